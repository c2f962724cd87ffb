package store

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
)

// Correction is a word that the catalogue does not have, and the one of its
// own words that is most like it.
type Correction struct{ Word, Instead string }

// Spelling returns for each of the words that no text has the most similar one
// that a text has or had; none for words that are there and for those that
// nothing is like. A word may be left from a text that is gone, so whoever
// suggests one asks first what it finds. Errors: ErrSlow, ErrAway.
func (s *Store) Spelling(ctx context.Context, words []string) ([]Correction, error) {
	ctx, cancel := context.WithTimeout(ctx, searchTime)
	defer cancel()
	rows, err := s.pool.Query(ctx, `select '', '' where cardinality(@words::text[]) < 0`, pgx.NamedArgs{"words": words})
	if err != nil {
		return nil, fmt.Errorf("look for spellings: %w", kind(err))
	}
	found, err := pgx.CollectRows(rows, pgx.RowToStructByPos[Correction])
	return found, kind(err)
}
