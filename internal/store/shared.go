package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// Tries counts what is refused when it comes too often, such as wrong passwords, once
// for all programs that share the database. Of who tries it keeps a hash, until the
// count no longer matters.
type Tries struct{ db }

// Limit says how many tries there may be. Their number slides: the window before counts
// as far as it overlaps with the time before a try that is as long as a window.
type Limit struct {
	Name   string // of what is tried
	Most   int    // in a window
	Window time.Duration
}

// tried sums up what counts for a key, and is followed by what is done with it.
const tried = `with before as (select coalesce(sum(case began when @began then tries else tries * @overlap::float8 end), 0) as rate
	from try_count where hash = @hash and began in (@began, @earlier)) `

func (l Limit) args(key string, at time.Time) pgx.NamedArgs {
	began := at.UTC().Truncate(l.Window)
	return pgx.NamedArgs{"hash": hashOf(l.Name + " " + key), "began": began, "earlier": began.Add(-l.Window), "most": l.Most,
		"overlap": 1 - float64(at.Sub(began))/float64(l.Window), "expires": began.Add(2 * l.Window)}
}

// Count counts a try of a key and reports whether it may be made. One that may not is
// not counted. Errors: ErrAway.
func (s *Tries) Count(ctx context.Context, l Limit, key string, at time.Time) (bool, error) {
	done, err := s.pool.Exec(ctx, tried+`insert into try_count as t (hash, began, tries, expires)
		select @hash, @began, 1, @expires from before where round(rate) < @most
		on conflict (hash, began) do update set tries = t.tries + 1 where t.tries < @most`, l.args(key, at))
	if err != nil {
		return false, fmt.Errorf("count a try: %w", atPrimary(err))
	}
	return done.RowsAffected() > 0, nil
}

// Left reports whether another try of a key may be made, and counts none. Errors:
// ErrAway.
func (s *Tries) Left(ctx context.Context, l Limit, key string, at time.Time) (left bool, err error) {
	if err = s.pool.QueryRow(ctx, tried+`select round(rate) < @most from before`, l.args(key, at)).Scan(&left); err != nil {
		return false, fmt.Errorf("look how many tries are left: %w", atPrimary(err))
	}
	return left, nil
}

// Tidy deletes counts that no longer matter. Errors: ErrAway.
func (s *Tries) Tidy(ctx context.Context, at time.Time) error {
	if _, err := s.pool.Exec(ctx, `delete from try_count where expires < @at`, pgx.NamedArgs{"at": at}); err != nil {
		return fmt.Errorf("tidy tries: %w", atPrimary(err))
	}
	return nil
}

// notSupported is what Postgres answers at a standby, which has no tables without a log.
const notSupported = "0A000"

// atPrimary is classify for what only the primary can answer.
func atPrimary(err error) error {
	var server *pgconn.PgError
	if errors.As(err, &server) && server.Code == notSupported {
		return fmt.Errorf("%w: %w", ErrAway, err)
	}
	return classify(err)
}

// Certificates keeps what programs at one address have to share to speak https:
// certificates with their keys, and answers for the authority.
type Certificates struct{ db }

// Find returns what is kept under a name. Errors: ErrNotFound, ErrAway.
func (s *Certificates) Find(ctx context.Context, name string) (content []byte, err error) {
	err = s.ask(ctx, func(ctx context.Context, on db) error {
		err := on.pool.QueryRow(ctx, `select content from tls_certificate where name = @name`, pgx.NamedArgs{"name": name}).Scan(&content)
		if errors.Is(err, pgx.ErrNoRows) && on.standby {
			return errPerhapsNewer
		}
		return orNotFound(err)
	})
	if errors.Is(err, errPerhapsNewer) {
		err = ErrAway // or the authority would be asked for another one
	}
	if err != nil {
		return nil, fmt.Errorf("find a certificate: %w", err)
	}
	return content, nil
}

// Keep keeps something under a name, in place of what was there. Errors: ErrAway.
func (s *Certificates) Keep(ctx context.Context, name string, content []byte) error {
	_, err := s.pool.Exec(ctx, `insert into tls_certificate (name, content) values (@name, @content)
		on conflict (name) do update set content = excluded.content, changed = now()`, pgx.NamedArgs{"name": name, "content": content})
	if err != nil {
		return fmt.Errorf("keep a certificate: %w", classify(err))
	}
	return nil
}

// Forget deletes what is kept under a name, if anything is. Errors: ErrAway.
func (s *Certificates) Forget(ctx context.Context, name string) error {
	if _, err := s.pool.Exec(ctx, `delete from tls_certificate where name = @name`, pgx.NamedArgs{"name": name}); err != nil {
		return fmt.Errorf("forget a certificate: %w", classify(err))
	}
	return nil
}
