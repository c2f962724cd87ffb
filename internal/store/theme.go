package store

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"

	"exempla/internal/submission"
	"exempla/internal/theme"
)

// Themes are the versions of how the site looks and what it calls things. None is ever
// changed or deleted; the newest that was published is shown.
type Themes struct{ db }

// List returns the versions, the newest first, at most that many before the one of that
// number; 0 for all. Errors: ErrAway.
func (s *Themes) List(ctx context.Context, before int64, most int) ([]theme.Version, error) {
	list, err := rowsOf(ctx, s.question(`select id, note, written, coalesce(author, 0), coalesce(published, '0001-01-01'), coalesce(publisher, 0), coalesce(repeats, 0)
		from theme_version where @before::bigint = 0 or id < @before order by id desc limit @most`,
		pgx.NamedArgs{"before": before, "most": most}), pgx.RowToStructByPos[theme.Version])
	if err != nil {
		return nil, fmt.Errorf("list themes: %w", err)
	}
	return list, nil
}

// Latest returns the newest version with its theme, published or not; number 0 if there
// is none yet. Errors: ErrAway.
func (s *Themes) Latest(ctx context.Context) (number int64, t theme.Theme, err error) {
	return s.newest(ctx, `true`)
}

// Published returns the version that is shown with its theme; number 0 if the program's
// own look is. Errors: ErrAway.
func (s *Themes) Published(ctx context.Context) (number int64, t theme.Theme, err error) {
	return s.newest(ctx, `published is not null`)
}

func (s *Themes) newest(ctx context.Context, where string) (number int64, t theme.Theme, err error) {
	err = s.pool.QueryRow(ctx, `select id, content from theme_version where `+where+` order by id desc limit 1`).Scan(&number, &t)
	if err != nil && !errors.Is(err, pgx.ErrNoRows) {
		return 0, t, fmt.Errorf("find the newest theme: %w", classify(err))
	}
	return number, t, nil
}

// Of returns the theme of a version. Errors: ErrNotFound, ErrAway.
func (s *Themes) Of(ctx context.Context, number int64) (t theme.Theme, err error) {
	if err = s.pool.QueryRow(ctx, `select content from theme_version where id = @id`, pgx.NamedArgs{"id": number}).Scan(&t); err != nil {
		return t, fmt.Errorf("find a theme: %w", classify(orNotFound(err)))
	}
	return t, nil
}

// Look returns a version as it is shown. Errors: ErrNotFound, ErrAway.
func (s *Themes) Look(ctx context.Context, number int64) (look *theme.Look, err error) {
	err = s.ask(ctx, func(ctx context.Context, on db) (err error) {
		look, err = on.look(ctx, number)
		if errors.Is(err, ErrNotFound) && on.standby {
			err = errPerhapsNewer
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("find a theme: %w", err)
	}
	return look, nil
}

func (d db) look(ctx context.Context, number int64) (*theme.Look, error) {
	var t theme.Theme
	var mark string
	err := d.pool.QueryRow(ctx, `select content, mark from theme_version where id = @id`, pgx.NamedArgs{"id": number}).Scan(&t, &mark)
	if err != nil {
		return nil, orNotFound(err)
	}
	look := theme.NewLook(number, t)
	look.Mark = mark // another program may have made it
	return look, nil
}

// Refresh makes what is shown the version that is published. It asks for the theme only
// if that is another one. Errors: ErrAway.
func (s *Themes) Refresh(ctx context.Context, c *theme.Current) error {
	err := s.ask(ctx, func(ctx context.Context, on db) error { return on.renewTheme(ctx, c) })
	if err != nil {
		return fmt.Errorf("look for another theme: %w", err)
	}
	return nil
}

func (d db) renewTheme(ctx context.Context, c *theme.Current) error {
	var number int64
	var mark string
	err := d.pool.QueryRow(ctx, `select id, mark from theme_version where published is not null order by id desc limit 1`).Scan(&number, &mark)
	look := c.Look()
	switch {
	case err != nil && !errors.Is(err, pgx.ErrNoRows):
		return err
	case number == look.Number && mark == look.Mark:
		return nil
	case number == 0:
		c.Show(nil)
		return nil
	}
	next, err := d.look(ctx, number)
	if err == nil {
		c.Show(next)
	}
	return err
}

// Save keeps a theme as a new version, which was written on the basis of the latest one;
// from is its number, 0 for none. Errors: submission.ErrConflict if there is a later one,
// ErrAway.
func (s *Themes) Save(ctx context.Context, v theme.Version, from int64, t theme.Theme) (number int64, err error) {
	err = s.write(ctx, func(tx pgx.Tx) error {
		latest, err := lockThemes(ctx, tx)
		if err == nil && latest != from {
			err = submission.ErrConflict
		}
		if err != nil {
			return err
		}
		number, err = addTheme(ctx, tx, v, t)
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("save a theme: %w", classify(err))
	}
	return number, nil
}

// Publish shows a version to everybody. One that is older than what is shown is repeated
// as a new version, so that the newest that was published always is the one. Errors:
// ErrNotFound, ErrAway.
func (s *Themes) Publish(ctx context.Context, number int64, by Actor) error {
	err := s.write(ctx, func(tx pgx.Tx) error {
		if _, err := announce(ctx, tx); err != nil { // all programs that serve the site look at once
			return err
		}
		if _, err := lockThemes(ctx, tx); err != nil {
			return err
		}
		var v theme.Version
		var t theme.Theme
		var shown int64
		if err := tx.QueryRow(ctx, `select note, content, coalesce((select max(id) from theme_version where published is not null), 0)
			from theme_version where id = @id`, pgx.NamedArgs{"id": number}).Scan(&v.Note, &t, &shown); err != nil {
			return orNotFound(err)
		}
		if number == shown {
			return nil
		}
		published := number
		if number < shown {
			v.Written, v.By, v.From = by.At, by.By, number
			var err error
			if published, err = addTheme(ctx, tx, v, t); err != nil {
				return err
			}
		}
		if _, err := tx.Exec(ctx, `update theme_version set published = @at, publisher = nullif(@by::bigint, 0) where id = @id`,
			pgx.NamedArgs{"id": published, "at": by.At, "by": int64(by.By)}); err != nil {
			return err
		}
		return record(ctx, tx, Event{At: by.At, Account: by.By, Action: PublishTheme, Subject: OfTheme, Number: published})
	})
	if err != nil {
		return fmt.Errorf("publish a theme: %w", classify(err))
	}
	return nil
}

// lockThemes makes writers of themes wait for one another, and returns the number of the
// latest version.
func lockThemes(ctx context.Context, tx pgx.Tx) (latest int64, err error) {
	if _, err = tx.Exec(ctx, `lock table theme_version in share row exclusive mode`); err != nil {
		return 0, err
	}
	err = tx.QueryRow(ctx, `select coalesce(max(id), 0) from theme_version`).Scan(&latest)
	return latest, err
}

func addTheme(ctx context.Context, tx pgx.Tx, v theme.Version, t theme.Theme) (number int64, err error) {
	err = tx.QueryRow(ctx, `insert into theme_version (content, mark, note, written, author, repeats)
		values (@content, @mark, @note, @written, nullif(@by::bigint, 0), nullif(@from::bigint, 0)) returning id`, pgx.NamedArgs{
		"content": t, "mark": t.Mark(), "note": v.Note, "written": v.Written, "by": int64(v.By), "from": v.From}).Scan(&number)
	if err != nil {
		return 0, err
	}
	return number, record(ctx, tx, Event{At: v.Written, Account: v.By, Action: SaveTheme, Subject: OfTheme, Number: number})
}
