package store

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"

	"exempla/internal/practice"
	"exempla/internal/submission"
)

// Original is the text that a submission translates; nil if it translates none, or if
// the practice is no longer public, for it can be translated all the same. Errors:
// ErrAway.
func (s *Practices) Original(ctx context.Context, of submission.Submission) (*submission.Original, error) {
	if of.Kind != submission.Translation {
		return nil, nil
	}
	now, err := s.Find(ctx, of.Slug)
	var archived Archived
	var moved Moved
	switch {
	case errors.As(err, &archived), errors.As(err, &moved), errors.Is(err, ErrNotFound):
		return nil, nil
	case err != nil:
		return nil, err
	case len(now.Texts) == 0 || now.Texts[0].Language == of.Language:
		return nil, nil
	}
	begun := practice.Practice{}
	err = s.pool.QueryRow(ctx, `select content from practice_revision where practice = @number and revision = @revision`,
		pgx.NamedArgs{"number": of.Practice, "revision": of.BaseRevision}).Scan(&begun)
	if errors.Is(err, pgx.ErrNoRows) {
		begun, err = now, nil
	}
	if err != nil {
		return nil, fmt.Errorf("load original: %w", classify(err))
	}
	original := submission.OriginalOf(now, begun)
	return &original, nil
}
