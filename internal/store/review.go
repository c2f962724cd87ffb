package store

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"exempla/internal/account"
	"exempla/internal/submission"
)

const commentColumns = `id, coalesce(review, 0), coalesce(parent, 0), part, text, internal, account, at, done, settled`

func scanComment(row pgx.CollectableRow) (submission.Comment, error) {
	var c submission.Comment
	var done, settled *time.Time
	err := row.Scan(&c.ID, &c.Review, &c.Parent, &c.Part, &c.Text, &c.Internal, &c.By, &c.At, &done, &settled)
	c.Done, c.Settled = value(done), value(settled)
	return c, err
}

// Comments returns all comments on a submission, oldest first. Use
// submission.Seen to select those that a viewer may see. Errors: ErrAway.
func (s *Submissions) Comments(ctx context.Context, id submission.ID) ([]submission.Comment, error) {
	list, err := comments(ctx, s.pool, `submission = @id`, pgx.NamedArgs{"id": int64(id)})
	if err != nil {
		return nil, fmt.Errorf("load comments: %w", classify(err))
	}
	return list, nil
}

func comments(ctx context.Context, from querier, where string, args pgx.NamedArgs) ([]submission.Comment, error) {
	rows, err := from.Query(ctx, `select `+commentColumns+` from comment where `+where+` order by id`, args)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scanComment)
}

// Contribution says who works on a submission outside its workflow, and when.
type Contribution struct {
	Submission submission.ID
	By         account.Viewer
	At         time.Time
}

// AddComment adds a comment, an internal note or a reply, in place of the draft in
// its box. Key identifies the form: one that is sent twice is stored once. Errors: those of MayWrite,
// submission.ErrConflict when there are too many, ErrNotFound, ErrAway.
func (s *Submissions) AddComment(ctx context.Context, r Contribution, c submission.Comment, key string) error {
	c.Text = strings.TrimSpace(c.Text)
	box := c.Box()
	return s.contribute(ctx, r, c.Parent, func(tx pgx.Tx, now submission.Submission, parent *submission.Comment) error {
		if parent != nil {
			c.Part = parent.Part
		}
		if err := now.MayWrite(c, parent, r.By); err != nil {
			return err
		}
		added, err := tx.Exec(ctx, `insert into comment (submission, parent, part, text, internal, account, at, form_key)
			select @id::bigint, nullif(@parent::bigint, 0), @part, @text, @internal, @account, @at, @key
			where (select count(*) from comment where submission = @id) < @most on conflict (form_key) do nothing`, pgx.NamedArgs{
			"id": int64(r.Submission), "parent": c.Parent, "part": string(c.Part), "text": c.Text, "internal": c.Internal,
			"account": int64(r.By.ID), "at": r.At, "key": key, "most": submission.MaxComments})
		if err == nil {
			err = forgetDraft(ctx, tx, r, box)
		}
		switch {
		case err != nil:
			return err
		case added.RowsAffected() == 0:
			return keptBefore(ctx, tx, key)
		case parent != nil && !now.ActsAsEditor(r.By):
			return tellAnswered(ctx, tx, now, r.By.ID)
		}
		return nil
	})
}

// keptBefore tells a form that was sent twice from a submission that has too
// many comments, for which it returns submission.ErrConflict.
func keptBefore(ctx context.Context, tx pgx.Tx, key string) error {
	var there bool
	err := tx.QueryRow(ctx, `select exists (select from comment where form_key = @key)`, pgx.NamedArgs{"key": key}).Scan(&there)
	if err == nil && !there {
		err = submission.ErrConflict
	}
	return err
}

// MarkComment records that an officer has done what a comment asks for, or
// takes that back. Errors: those of MayMark, ErrNotFound, ErrAway.
func (s *Submissions) MarkComment(ctx context.Context, r Contribution, comment int64, done bool) error {
	return s.contribute(ctx, r, comment, func(tx pgx.Tx, now submission.Submission, c *submission.Comment) error {
		if err := now.MayMark(*c, r.By); err != nil {
			return err
		}
		return stamp(ctx, tx, `done`, moment{comment, done, r.At})
	})
}

// SettleComment records that an editor considers a comment settled, or reopens
// it. Errors: those of MaySettle, ErrNotFound, ErrAway.
func (s *Submissions) SettleComment(ctx context.Context, r Contribution, comment int64, settled bool) error {
	return s.contribute(ctx, r, comment, func(tx pgx.Tx, now submission.Submission, c *submission.Comment) error {
		if err := now.MaySettle(*c, r.By); err != nil {
			return err
		}
		return stamp(ctx, tx, `settled`, moment{comment, settled, r.At})
	})
}

// DropComment deletes a comment that the authors have not been sent yet, with
// its replies. Errors: those of MayDrop, ErrNotFound, ErrAway.
func (s *Submissions) DropComment(ctx context.Context, r Contribution, comment int64) error {
	return s.contribute(ctx, r, comment, func(tx pgx.Tx, now submission.Submission, c *submission.Comment) error {
		if err := now.MayDrop(*c, r.By); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `delete from comment where id = @comment or parent = @comment`, pgx.NamedArgs{"comment": comment})
		return err
	})
}

// moment sets or clears a time stamp of a comment.
type moment struct {
	comment int64
	set     bool
	at      time.Time
}

func stamp(ctx context.Context, tx pgx.Tx, column string, m moment) error {
	_, err := tx.Exec(ctx, `update comment set `+column+` = case when @set then coalesce(`+column+`, @at) end where id = @comment`,
		pgx.NamedArgs{"comment": m.comment, "set": m.set, "at": m.at})
	return err
}

// contribute locks a submission, loads one of its comments (nil for number 0),
// and lets do decide and write. A submission that the viewer may not read is
// not found.
func (s *Submissions) contribute(ctx context.Context, r Contribution, comment int64, do func(pgx.Tx, submission.Submission, *submission.Comment) error) error {
	err := s.write(ctx, func(tx pgx.Tx) error {
		args := pgx.NamedArgs{"id": int64(r.Submission), "comment": comment}
		if _, err := tx.Exec(ctx, `select from submission where id = @id for update`, args); err != nil {
			return err
		}
		now, err := oneSubmission(ctx, tx, r.Submission)
		if err == nil && !now.MayRead(r.By) {
			err = ErrNotFound
		}
		if err != nil {
			return err
		}
		if comment == 0 {
			return do(tx, now, nil)
		}
		found, err := comments(ctx, tx, `submission = @id and id = @comment`, args)
		if err == nil && len(submission.Seen(now, found, r.By)) == 0 {
			err = ErrNotFound
		}
		if err != nil {
			return err
		}
		return do(tx, now, &found[0])
	})
	if err != nil {
		return fmt.Errorf("comment: %w", classify(err))
	}
	return nil
}

// CommentDraft is what stands in the box of a comment. Key is the form key under
// which it would be stored as a comment.
type CommentDraft struct {
	Box       submission.Box
	Text, Key string
}

// CommentDrafts returns what somebody has written into boxes of a submission and not
// sent yet. Errors: ErrAway.
func (s *Submissions) CommentDrafts(ctx context.Context, id submission.ID, by account.ID) (map[submission.Box]string, error) {
	rows, err := s.pool.Query(ctx, `select box, text from comment_draft where submission = @id and account = @account`,
		pgx.NamedArgs{"id": int64(id), "account": int64(by)})
	if err != nil {
		return nil, fmt.Errorf("load comment drafts: %w", classify(err))
	}
	drafts := map[submission.Box]string{}
	var field, text string
	_, err = pgx.ForEachRow(rows, []any{&field, &text}, func() error {
		if box, ok := submission.ParseBox(field); ok {
			drafts[box] = text
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("load comment drafts: %w", classify(err))
	}
	return drafts, nil
}

// KeepCommentDrafts stores what stands in boxes; an empty one is forgotten. A text
// that has become a comment meanwhile, because its form arrives twice or late, is no
// draft any more; an answer to no comment of the submission is none either. Errors: ErrNotFound, ErrAway.
func (s *Submissions) KeepCommentDrafts(ctx context.Context, r Contribution, drafts []CommentDraft) error {
	if len(drafts) == 0 {
		return nil
	}
	var fields, texts, keys []string
	for _, d := range drafts {
		fields, texts, keys = append(fields, d.Box.Field()), append(texts, d.Text), append(keys, d.Key)
	}
	return s.contribute(ctx, r, 0, func(tx pgx.Tx, _ submission.Submission, _ *submission.Comment) error {
		args := pgx.NamedArgs{"id": int64(r.Submission), "account": int64(r.By.ID), "fields": fields, "texts": texts, "keys": keys}
		if _, err := tx.Exec(ctx, `delete from comment_draft where submission = @id and account = @account and box = any(@fields)`, args); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `insert into comment_draft (submission, account, box, text)
			select @id, @account, box, text from unnest(@fields::text[], @texts::text[], @keys::text[]) as one (box, text, key)
			where text <> '' and not exists (select from comment where form_key = key)
			and (box not like 'reply-%' or exists (select from comment c where c.submission = @id and box = 'reply-' || c.id))`, args)
		return err
	})
}

// forgetDraft removes what stood in the box of a comment that is stored now.
func forgetDraft(ctx context.Context, tx pgx.Tx, r Contribution, box submission.Box) error {
	_, err := tx.Exec(ctx, `delete from comment_draft where submission = @id and account = @account and box = @box`,
		pgx.NamedArgs{"id": int64(r.Submission), "account": int64(r.By.ID), "box": box.Field()})
	return err
}

// Revisions returns the texts of a submission as they were submitted and
// corrected, oldest first. Errors: ErrAway.
func (s *Submissions) Revisions(ctx context.Context, id submission.ID) ([]submission.Revision, error) {
	rows, err := s.pool.Query(ctx, `select number, round, kind = 'corrected', content, account, written from revision
		where submission = @id order by number`, pgx.NamedArgs{"id": int64(id)})
	if err != nil {
		return nil, fmt.Errorf("load revisions: %w", classify(err))
	}
	list, err := pgx.CollectRows(rows, pgx.RowToStructByPos[submission.Revision])
	if err != nil {
		return nil, fmt.Errorf("load revisions: %w", classify(err))
	}
	return list, nil
}

// Reviews returns the desk's decisions on a submission, oldest first. Errors:
// ErrAway.
func (s *Submissions) Reviews(ctx context.Context, id submission.ID) ([]submission.Review, error) {
	rows, err := s.pool.Query(ctx, `select id, revision, decision, coalesce(cause, ''), reason, account, at from review
		where submission = @id order by id`, pgx.NamedArgs{"id": int64(id)})
	if err != nil {
		return nil, fmt.Errorf("load reviews: %w", classify(err))
	}
	list, err := pgx.CollectRows(rows, pgx.RowToStructByPos[submission.Review])
	if err != nil {
		return nil, fmt.Errorf("load reviews: %w", classify(err))
	}
	return list, nil
}

// TickCriteria sets which of the public criteria editors find met. The version
// stays the same, as the text does not change. Errors: ErrNotFound,
// submission.ErrNotYours, submission.ErrState, ErrAway.
func (s *Submissions) TickCriteria(ctx context.Context, id submission.ID, ticked []submission.Criterion, by account.Viewer) error {
	r := Contribution{Submission: id, By: by}
	return s.contribute(ctx, r, 0, func(tx pgx.Tx, now submission.Submission, _ *submission.Comment) error {
		switch {
		case !now.ActsAsEditor(by):
			return submission.ErrNotYours
		case now.State != submission.Submitted:
			return submission.ErrState
		}
		_, err := tx.Exec(ctx, `update submission set criteria = @criteria where id = @id`,
			pgx.NamedArgs{"id": int64(id), "criteria": words(ticked)})
		return err
	})
}
