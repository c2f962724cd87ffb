package store

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"iter"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"exempla/internal/practice"
)

// importBatch is how many practices are written at once: enough that round
// trips do not matter, and few enough that progress shows every second.
const importBatch = 2_000

// ImportResult counts the practices of an import.
type ImportResult struct {
	New, Changed, Unchanged int
	Conflicts               []string // slugs of practices that people have edited since
}

// incoming is a practice to be written, with the columns of its new row in
// practice_revision.
type incoming struct {
	practice.Practice
	content  []byte
	digest   [sha256.Size]byte
	revision int
	origin   string
	language practice.Language // of the text that was revised
}

// Origins of a revision.
const (
	byImport     = "import"
	bySubmission = "submission"
	byCorrection = "correction"
)

// Import writes practices from a file, all or none. An existing practice is
// changed only if its last revision came from an import and the file differs
// from it; otherwise it counts as unchanged, or as a conflict. Progress is
// called with the number of practices processed; at is the time of the
// revisions. Errors: ErrAway.
func (s *Practices) Import(ctx context.Context, all []practice.Practice, at time.Time, progress func(done int)) (ImportResult, error) {
	return s.ImportParts(ctx, slices.Values([][]practice.Practice{all}), at, progress)
}

// ImportParts is Import for more practices than fit into memory. They come in
// parts and are still written all or none.
func (s *Practices) ImportParts(ctx context.Context, parts iter.Seq[[]practice.Practice], at time.Time, progress func(done int)) (ImportResult, error) {
	ctx, cancel := context.WithTimeout(ctx, longTime)
	defer cancel()
	var result ImportResult
	err := pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		i := importing{writer: writer{tx: tx, at: at}, progress: progress}
		for part := range parts {
			if err := i.take(ctx, part); err != nil {
				return err
			}
		}
		result = i.result
		return i.finish(ctx)
	})
	if err != nil {
		return ImportResult{}, fmt.Errorf("import: %w", classify(err))
	}
	return result, nil
}

// importing is an import in progress.
type importing struct {
	writer
	progress func(done int)
	result   ImportResult
	done     int    // practices processed
	written  int    // practices new or changed
	restore  string // statement that restores the index of titles; empty if it was not dropped
}

// take writes what is new in a part.
func (i *importing) take(ctx context.Context, part []practice.Practice) error {
	due, err := i.due(ctx, part, &i.result)
	if err != nil {
		return err
	}
	if len(due) > 0 {
		first := i.change == 0
		if err = i.begin(ctx, due); err == nil && first {
			i.restore, err = i.withoutIndex(ctx, len(due))
		}
		if err != nil {
			return err
		}
	}
	i.done += len(part) - len(due)
	for batch := range slices.Chunk(due, importBatch) {
		if err := i.write(ctx, batch); err != nil {
			return err
		}
		i.done += len(batch)
		i.written += len(batch)
		i.progress(i.done)
	}
	if len(due) == 0 {
		i.progress(i.done)
	}
	return nil
}

// finish restores the index of titles, and updates the planner's statistics
// after a large import.
func (i *importing) finish(ctx context.Context) error {
	if i.restore != "" {
		// With more memory, building the index takes fewer passes.
		if _, err := i.tx.Exec(ctx, `set local maintenance_work_mem = '512MB'; `+i.restore); err != nil {
			return err
		}
	}
	if i.written == 0 {
		return nil
	}
	if few, err := i.few(ctx, i.written); err != nil || few {
		return err
	}
	return i.writer.finish(ctx)
}

// withoutIndex drops the index of titles when a large import comes into an empty
// catalogue, and returns the statement that restores it: building an index at
// once takes a third of the time of building it row by row.
func (w *writer) withoutIndex(ctx context.Context, due int) (restore string, err error) {
	if due <= importBatch {
		return "", nil
	}
	err = w.tx.QueryRow(ctx, `select case when exists (select from practice_text) then ''
		else pg_get_indexdef('practice_text_title'::regclass) end`).Scan(&restore)
	if err != nil || restore == "" {
		return "", err
	}
	_, err = w.tx.Exec(ctx, `drop index practice_text_title`)
	return restore, err
}

// kept is what the store knows of a slug before an import.
type kept struct {
	number   int64
	revision int
	origin   string
	digest   []byte
}

// due returns the practices that have to be written and counts the others. It
// locks the table of changes first, so that nothing changes meanwhile.
func (w *writer) due(ctx context.Context, all []practice.Practice, result *ImportResult) ([]incoming, error) {
	if _, err := w.tx.Exec(ctx, `select number from catalogue_change for update`); err != nil {
		return nil, err
	}
	before, err := known(ctx, w.tx, all)
	if err != nil {
		return nil, err
	}
	var due []incoming
	for _, p := range all {
		in, err := newIncoming(p)
		if err != nil {
			return nil, err
		}
		old, ok := before[p.Slug]
		in.Number, in.revision = old.number, old.revision+1
		switch {
		case !ok:
			result.New++
			due = append(due, in)
		case old.origin != byImport:
			result.Conflicts = append(result.Conflicts, p.Slug)
		case string(old.digest) == string(in.digest[:]):
			result.Unchanged++
		default:
			result.Changed++
			due = append(due, in)
		}
	}
	return due, nil
}

func newIncoming(p practice.Practice) (incoming, error) {
	content, err := json.Marshal(p)
	return incoming{Practice: p, content: content, digest: sha256.Sum256(content), origin: byImport, language: p.Texts[0].Language}, err
}

// known returns what is stored under these slugs. Former slugs count as edited,
// since an editor has renamed the practice.
func known(ctx context.Context, tx pgx.Tx, all []practice.Practice) (map[string]kept, error) {
	slugs := make([]string, len(all))
	for i := range all {
		slugs[i] = all[i].Slug
	}
	rows, err := tx.Query(ctx, `
		select p.slug, p.number, p.revision, r.origin, r.digest from practice p
		join practice_revision r on r.practice = p.number and r.revision = p.revision where p.slug = any(@slugs)
		union all select slug, practice, 0, 'renamed', '' from old_slug where slug = any(@slugs)`, pgx.NamedArgs{"slugs": slugs})
	if err != nil {
		return nil, err
	}
	before := map[string]kept{}
	var slug string
	var k kept
	_, err = pgx.ForEachRow(rows, []any{&slug, &k.number, &k.revision, &k.origin, &k.digest}, func() error {
		before[slug] = k
		return nil
	})
	return before, err
}

// notable is the share of the catalogue, one in that many, that an import must
// write before it updates the planner's statistics. For less, Postgres does so
// by itself in time, and doing it here would take longer than a small import.
const notable = 10

// few reports whether this many practices are only a small part of the
// catalogue.
func (w *writer) few(ctx context.Context, due int) (few bool, err error) {
	err = w.tx.QueryRow(ctx, `select @due::bigint * @notable::bigint < reltuples from pg_class where oid = 'practice'::regclass`,
		pgx.NamedArgs{"due": due, "notable": notable}).Scan(&few)
	return few, err
}
