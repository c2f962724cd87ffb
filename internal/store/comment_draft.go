package store

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"exempla/internal/account"
	"exempla/internal/submission"
)

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
