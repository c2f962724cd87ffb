package store

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
)

// FreshToken makes the secret of a link that is about to be sent, and keeps
// only its SHA-256. A secret made before for the same token is worth nothing
// from then on. Errors: ErrNotFound when the token is used or over, ErrAway.
func (s *Store) FreshToken(ctx context.Context, token int64, at time.Time) (secret string, err error) {
	secret = rand.Text() // 130 bits, in letters that survive being copied by hand
	hash := sha256.Sum256([]byte(secret))
	kept, err := s.pool.Exec(ctx, `update account_token set hash = @hash where id = @id and used is null and expires > @at`,
		pgx.NamedArgs{"hash": hash[:], "id": token, "at": at})
	if err == nil && kept.RowsAffected() == 0 {
		err = ErrNotFound
	}
	if err != nil {
		return "", fmt.Errorf("make a secret link: %w", kind(err))
	}
	return secret, nil
}
