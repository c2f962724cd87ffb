package store

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"exempla/internal/account"
	"exempla/internal/submission"
)

// Revisions returns the texts of a submission as they were submitted and
// corrected, the first one first.
func (s *Store) Revisions(ctx context.Context, id submission.ID) ([]submission.Revision, error) {
	rows, err := s.pool.Query(ctx, `select number, round, kind = 'corrected', content, account, written from revision
		where submission = @id order by number`, pgx.NamedArgs{"id": int64(id)})
	if err != nil {
		return nil, fmt.Errorf("load revisions: %w", kind(err))
	}
	list, err := pgx.CollectRows(rows, pgx.RowToStructByPos[submission.Revision])
	if err != nil {
		return nil, fmt.Errorf("load revisions: %w", kind(err))
	}
	return list, nil
}

// Reviews returns the decisions of the desk about a submission, the first one
// first.
func (s *Store) Reviews(ctx context.Context, id submission.ID) ([]submission.Review, error) {
	rows, err := s.pool.Query(ctx, `select id, revision, decision, coalesce(cause, ''), reason, account, at from review
		where submission = @id order by id`, pgx.NamedArgs{"id": int64(id)})
	if err != nil {
		return nil, fmt.Errorf("load reviews: %w", kind(err))
	}
	list, err := pgx.CollectRows(rows, pgx.RowToStructByPos[submission.Review])
	if err != nil {
		return nil, fmt.Errorf("load reviews: %w", kind(err))
	}
	return list, nil
}

// History returns the events of a submission, the first one first.
func (s *Store) History(ctx context.Context, id submission.ID) ([]Event, error) {
	rows, err := s.pool.Query(ctx, `select id, at, coalesce(account, 0), action, subject, number, from_state, to_state, version from event
		where subject = 'submission' and number = @id order by id limit @most`, pgx.NamedArgs{"id": int64(id), "most": MaxListed})
	if err != nil {
		return nil, fmt.Errorf("load history: %w", kind(err))
	}
	list, err := pgx.CollectRows(rows, pgx.RowToStructByPos[Event])
	if err != nil {
		return nil, fmt.Errorf("load history: %w", kind(err))
	}
	return list, nil
}

// TickCriteria keeps which of the public criteria editors find met. It raises
// no version: ticking changes nothing of the text. Errors: ErrNotFound,
// submission.ErrNotYours, submission.ErrState, ErrAway.
func (s *Store) TickCriteria(ctx context.Context, id submission.ID, ticked []submission.Criterion, by account.Viewer) error {
	r := Remark{Submission: id, By: by}
	return s.remark(ctx, r, 0, func(tx pgx.Tx, now submission.Submission, _ *submission.Comment) error {
		switch {
		case !by.Is(account.Editor):
			return submission.ErrNotYours
		case now.State != submission.Submitted:
			return submission.ErrState
		}
		_, err := tx.Exec(ctx, `update submission set criteria = @criteria where id = @id`,
			pgx.NamedArgs{"id": int64(id), "criteria": words(ticked)})
		return err
	})
}

// AdvancePractice archives a practice, or restores it. Its event and the change
// of the catalogue are written together. Errors: ErrNotFound, ErrAway, those of
// submission.Publication.Apply.
func (s *Store) AdvancePractice(ctx context.Context, slug string, step submission.PracticeStep) error {
	err := pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		change, err := announce(ctx, tx)
		if err != nil {
			return err
		}
		p, err := publication(ctx, tx, slug)
		if err != nil {
			return err
		}
		event, err := p.Apply(step)
		if err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `update practice set state = @state, archive_reason = @reason, change = @change where number = @number`,
			pgx.NamedArgs{"state": string(p.State), "reason": p.Reason, "change": change, "number": p.Number}); err != nil {
			return err
		}
		return record(ctx, tx, Event{At: step.At, Account: step.By.ID, Action: string(event.Action), Subject: OfPractice,
			Number: p.Number, From: string(event.From), To: string(event.To)})
	})
	if err != nil {
		return fmt.Errorf("%s: %w", step.Action, kind(err))
	}
	return nil
}

// Publication says whether residents see a practice. Errors: ErrNotFound,
// ErrAway.
func (s *Store) Publication(ctx context.Context, slug string) (submission.Publication, error) {
	p, err := publication(ctx, s.pool, slug)
	if err != nil {
		return p, fmt.Errorf("load publication: %w", kind(err))
	}
	return p, nil
}

func publication(ctx context.Context, from asker, slug string) (submission.Publication, error) {
	rows, err := from.Query(ctx, `select number, state, archive_reason from practice where slug = @slug`, pgx.NamedArgs{"slug": slug})
	if err != nil {
		return submission.Publication{}, err
	}
	found, err := pgx.CollectRows(rows, pgx.RowToStructByPos[submission.Publication])
	if err == nil && len(found) == 0 {
		err = ErrNotFound
	}
	if err != nil {
		return submission.Publication{}, err
	}
	return found[0], nil
}

// DeskFilter narrows the list of the desk. The zero value shows what waits.
type DeskFilter struct {
	States    []submission.State // none for those that wait for a decision
	Language  string
	City      string     // slug
	Assignee  account.ID // 0 for anybody
	Nobody    bool       // only what nobody has taken
	WaitedFor time.Time  // only what has waited since before; zero for all
}

// DeskSubmissions lists what editors may see, the longest waiting first.
func (s *Store) DeskSubmissions(ctx context.Context, f DeskFilter) ([]submission.Submission, error) {
	states := f.States
	if len(states) == 0 {
		states = []submission.State{submission.Submitted}
	}
	list, err := submissions(ctx, s.pool, `s.round > 0 and s.state = any(@states) and (@language = '' or s.language = @language)
		and (@city = '' or exists (select from submission_city c where c.submission = s.id and c.slug = @city))
		and (@assignee = 0 or s.assignee = @assignee) and (not @nobody or s.assignee is null)
		and (@before::timestamptz is null or s.since < @before) order by s.since, s.id`, pgx.NamedArgs{"states": words(states),
		"language": f.Language, "city": f.City, "assignee": int64(f.Assignee), "nobody": f.Nobody, "before": stamped(f.WaitedFor)})
	if err != nil {
		return nil, fmt.Errorf("list the desk: %w", kind(err))
	}
	return list, nil
}

// stamped is a time for a query in which null means none.
func stamped(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}
