package store

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
)

// Certificates keeps what programs at one address have to share to speak https:
// certificates with their keys, and answers for the authority.
type Certificates struct{ db }

// Find returns what is kept under a name. Errors: ErrNotFound, ErrAway.
func (s *Certificates) Find(ctx context.Context, name string) (content []byte, err error) {
	if err = s.pool.QueryRow(ctx, `select content from tls_certificate where name = @name`, pgx.NamedArgs{"name": name}).Scan(&content); err != nil {
		return nil, fmt.Errorf("find a certificate: %w", classify(orNotFound(err)))
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
