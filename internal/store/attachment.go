package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"exempla/internal/practice"
	"exempla/internal/submission"
)

// Keep registers a file that has been stored, so that texts can refer to it.
// Until one does, no one can see it. Errors: ErrAway.
func (s *Files) Keep(ctx context.Context, a practice.Attachment, at time.Time) error {
	_, err := s.pool.Exec(ctx, `insert into attachment (hash, type, size, width, height, created)
		values (@hash, @type, @size, @width, @height, @at) on conflict (hash) do nothing`, pgx.NamedArgs{"hash": a.Hash,
		"type": a.Type, "size": a.Size, "width": a.Width, "height": a.Height, "at": at})
	if err != nil {
		return fmt.Errorf("keep an attachment: %w", classify(err))
	}
	return nil
}

// Find returns a file by its hash, and whether it is public, which it is while
// a live practice shows it. A public file has the name that readers see.
// Errors: ErrNotFound, ErrAway.
func (s *Files) Find(ctx context.Context, hash string) (a practice.Attachment, public bool, err error) {
	err = s.ask(ctx, func(ctx context.Context, on db) (err error) {
		a, public, err = on.file(ctx, hash)
		if on.standby && !public && (err == nil || errors.Is(err, pgx.ErrNoRows)) {
			return errPerhapsNewer
		}
		return orNotFound(err)
	})
	if err != nil {
		return a, false, fmt.Errorf("find an attachment: %w", err)
	}
	return a, public, nil
}

func (d db) file(ctx context.Context, hash string) (a practice.Attachment, public bool, err error) {
	rows, err := d.pool.Query(ctx, `
		select a.hash, a.type, a.size, a.width, a.height, exists (select from practice_attachment pa
				join practice p on p.number = pa.practice where pa.hash = a.hash and p.state = 'live'),
			coalesce((select shown->>'name' from practice_attachment pa
				join practice p on p.number = pa.practice and p.state = 'live'
				join practice_text t on t.practice = p.number, jsonb_array_elements(t.attachments) shown
				where pa.hash = a.hash and shown->>'hash' = a.hash order by p.number, t.position limit 1), '')
		from attachment a where a.hash = @hash`, pgx.NamedArgs{"hash": hash})
	if err == nil {
		a, err = pgx.CollectExactlyOneRow(rows, func(row pgx.CollectableRow) (a practice.Attachment, err error) {
			err = row.Scan(&a.Hash, &a.Type, &a.Size, &a.Width, &a.Height, &public, &a.Name)
			return a, err
		})
	}
	return a, public, err
}

// WithFile returns the submissions whose text refers to a file, or did so once,
// newest first. Whoever may read one of them may see the file. Errors: ErrAway.
func (s *Submissions) WithFile(ctx context.Context, hash string) ([]submission.Submission, error) {
	list, err := submissions(ctx, s.pool, `s.id in (select submission from submission_attachment where hash = @hash) order by s.id desc`,
		pgx.NamedArgs{"hash": hash})
	if err != nil {
		return nil, fmt.Errorf("find who may see an attachment: %w", classify(err))
	}
	return list, nil
}

// show makes the files of these practices public. A file that is not stored
// here, as after an import from elsewhere, is left out.
func (w *writer) show(ctx context.Context, batch []incoming) error {
	var numbers []int64
	var hashes []string
	for i := range batch {
		for _, text := range batch[i].Texts {
			for _, a := range text.Attachments {
				numbers, hashes = append(numbers, batch[i].Number), append(hashes, a.Hash)
			}
		}
	}
	if len(hashes) == 0 {
		return nil
	}
	_, err := w.tx.Exec(ctx, `insert into practice_attachment (practice, hash)
		select distinct number, hash from unnest(@numbers::bigint[], @hashes::text[]) as shown (number, hash) join attachment using (hash)`,
		pgx.NamedArgs{"numbers": numbers, "hashes": hashes})
	return err
}
