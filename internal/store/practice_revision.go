package store

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"exempla/internal/submission"
)

// RevisionsShown is how many revisions a page of the history shows: each has the whole
// practice, and is compared with the one before it.
const RevisionsShown = 10

// Revisions returns the revisions of a practice on a page of its history, from page 1,
// the latest first, each with the one before it; more says whether there are earlier
// ones. Errors: ErrAway.
func (s *Practices) Revisions(ctx context.Context, number int64, page int) (list []submission.PublicRevision, more bool, err error) {
	rows, err := s.pool.Query(ctx, `select r.revision, r.written, r.language, r.origin, coalesce(s.note, ''), coalesce(s.language, ''), r.content
		from practice_revision r left join lateral (select correction->>'note' as note, correction->>'language' as language
			from submission where practice = r.practice and r.origin = 'correction' and correction is not null
			and state = 'approved' and since = r.written order by id desc limit 1) s on true
		where r.practice = @practice order by r.revision desc limit @most offset @first`,
		pgx.NamedArgs{"practice": number, "most": RevisionsShown + 1, "first": (page - 1) * RevisionsShown})
	if err != nil {
		return nil, false, fmt.Errorf("load the revisions of a practice: %w", classify(err))
	}
	list, err = pgx.CollectRows(rows, func(row pgx.CollectableRow) (r submission.PublicRevision, err error) {
		err = row.Scan(&r.Revision, &r.At, &r.Language, &r.Origin, &r.Note, &r.Words, &r.After)
		return r, err
	})
	if err != nil {
		return nil, false, fmt.Errorf("load the revisions of a practice: %w", classify(err))
	}
	for i := range list[:max(0, len(list)-1)] {
		list[i].Before = &list[i+1].After
	}
	if len(list) > RevisionsShown {
		return list[:RevisionsShown], true, nil
	}
	return list, false, nil
}
