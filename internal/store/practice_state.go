package store

import (
	"context"
	"fmt"
	"slices"

	"github.com/jackc/pgx/v5"

	"exempla/internal/account"
	"exempla/internal/practice"
	"exempla/internal/submission"
)

// Standing is what has become of a practice.
type Standing struct {
	State    submission.PracticeState
	Outdated []practice.Language // of texts that are older than the original
}

// Standings returns what has become of practices, by number. Unknown numbers are left
// out. Errors: ErrAway.
func (s *Practices) Standings(ctx context.Context, numbers []int64) (map[int64]Standing, error) {
	rows, err := s.pool.Query(ctx, `select number, state, array(select language from practice_text where practice = number and state = 'outdated' order by position)
		from practice where number = any(@numbers)`, pgx.NamedArgs{"numbers": numbers})
	if err != nil {
		return nil, fmt.Errorf("load the states of practices: %w", classify(err))
	}
	standings := map[int64]Standing{}
	var number int64
	var one Standing
	_, err = pgx.ForEachRow(rows, []any{&number, &one.State, &one.Outdated}, func() error {
		standings[number] = Standing{one.State, slices.Clone(one.Outdated)}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("load the states of practices: %w", classify(err))
	}
	return standings, nil
}

// Advance archives or restores a practice. The event and the change of the
// catalogue are written in the same transaction. Errors: ErrNotFound, ErrAway,
// those of submission.Publication.Apply.
func (s *Practices) Advance(ctx context.Context, slug string, step submission.PracticeStep) error {
	err := s.write(ctx, func(tx pgx.Tx) error {
		change, err := announce(ctx, tx)
		if err != nil {
			return err
		}
		p, err := publication(ctx, tx, slug)
		if err != nil {
			return err
		}
		if step.Own, err = isOwnPractice(ctx, tx, p.Number, step.By); err != nil {
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
		if err := record(ctx, tx, Event{At: step.At, Account: step.By.ID, Action: string(event.Action), Subject: OfPractice,
			Number: p.Number, From: string(event.From), To: string(event.To), Reason: step.Reason, Language: step.Language}); err != nil {
			return err
		}
		return tellPracticeAuthors(ctx, tx, p, step)
	})
	if err != nil {
		return fmt.Errorf("%s: %w", step.Action, classify(err))
	}
	return nil
}

// tellPracticeAuthors tells those who wrote a practice that it was archived or
// restored.
func tellPracticeAuthors(ctx context.Context, tx pgx.Tx, p submission.Publication, step submission.PracticeStep) error {
	about := MailRestored
	if p.State == submission.Archived {
		about = MailArchived
	}
	authors, err := practiceAuthors(ctx, tx, p.Number, "")
	if err != nil {
		return err
	}
	for _, id := range authors {
		if err := queueMail(ctx, tx, MailJob{Mail: about, To: id, Practice: p.Number, By: step.By.ID}); err != nil {
			return err
		}
	}
	return nil
}

// IsOwn reports whether an account has a part in a text of the practice at an address, so
// that as an editor it does not decide about it. Errors: ErrNotFound, ErrAway.
func (s *Practices) IsOwn(ctx context.Context, slug string, v account.Viewer) (own bool, err error) {
	p, err := publication(ctx, s.pool, slug)
	if err == nil {
		own, err = isOwnPractice(ctx, s.pool, p.Number, v)
	}
	if err != nil {
		return false, fmt.Errorf("look for a part in a practice: %w", classify(err))
	}
	return own, nil
}

func isOwnPractice(ctx context.Context, from querier, number int64, v account.Viewer) (bool, error) {
	rows, err := from.Query(ctx, `select `+ownPractice+` from practice where number = @practice`,
		pgx.NamedArgs{"practice": number, "language": "", "viewer": int64(v.ID)})
	if err != nil {
		return false, err
	}
	return pgx.CollectExactlyOneRow(rows, pgx.RowTo[bool])
}

// Publication returns the state of the practice at an address. Errors:
// ErrNotFound, ErrAway.
func (s *Practices) Publication(ctx context.Context, slug string) (submission.Publication, error) {
	p, err := publication(ctx, s.pool, slug)
	if err != nil {
		return p, fmt.Errorf("load publication: %w", classify(err))
	}
	return p, nil
}

func publication(ctx context.Context, from querier, slug string) (submission.Publication, error) {
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

// ArchivedPractice is a practice that residents no longer see.
type ArchivedPractice struct {
	Slug     string
	Title    string // of the original
	Language practice.Language
	Reason   string
}

// Archived returns the archived practices, ordered by title, at most MaxListed.
// Errors: ErrAway.
func (s *Practices) Archived(ctx context.Context) ([]ArchivedPractice, error) {
	rows, err := s.pool.Query(ctx, `select p.slug, t.title, t.title_language, p.archive_reason from practice p
		join lateral (select title, title_language from practice_text where practice = p.number order by position limit 1) t on true
		where p.state = 'archived' order by lower(t.title), p.number limit @most`, pgx.NamedArgs{"most": MaxListed})
	if err != nil {
		return nil, fmt.Errorf("list archived practices: %w", classify(err))
	}
	list, err := pgx.CollectRows(rows, pgx.RowToStructByPos[ArchivedPractice])
	if err != nil {
		return nil, fmt.Errorf("list archived practices: %w", classify(err))
	}
	return list, nil
}
