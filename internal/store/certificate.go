package store

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
)

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
