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

// importBatch is how many practices travel to Postgres together: enough that
// round trips do not matter, few enough that progress is seen every second.
const importBatch = 2_000

// Imported says what an import did, in numbers of practices.
type ImportResult struct {
	New, Changed, Unchanged int
	Conflicts               []string // slugs of practices that people have edited since
}

// incoming is a practice on its way in, as a row of practice_revision sees it.
type incoming struct {
	practice.Practice
	content  []byte
	digest   [sha256.Size]byte
	revision int
	origin   string
	language practice.Language // of the text that the revision is about
}

// Where a revision of a practice came from.
const (
	byImport     = "import"
	bySubmission = "submission"
)

// Import writes practices that came from a file, all or none. A practice that
// is there already is changed only while its last revision came from an import
// and the file brings something new; otherwise it is unchanged, or listed as a
// conflict. Progress is told how many of the practices are written; at is the
// time that the revisions bear.
func (s *Practices) Import(ctx context.Context, all []practice.Practice, at time.Time, progress func(done int)) (ImportResult, error) {
	return s.ImportParts(ctx, slices.Values([][]practice.Practice{all}), at, progress)
}

// ImportParts is Import for more practices than fit into memory: they come in
// parts, and are still written all or none.
func (s *Practices) ImportParts(ctx context.Context, parts iter.Seq[[]practice.Practice], at time.Time, progress func(done int)) (ImportResult, error) {
	var result ImportResult
	err := pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		i := importing{writer: writer{tx: tx, at: at, names: s.names}, progress: progress}
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

// importing is an import on its way.
type importing struct {
	writer
	progress func(done int)
	result   ImportResult
	done     int    // practices looked at
	written  int    // those of them that brought something
	restore  string // makes the index of words again that was dropped, if it was
}

// take writes what is due of a part.
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

// finish makes the index of words again and tells the planner, where much came.
func (i *importing) finish(ctx context.Context) error {
	if i.restore != "" {
		// An index that is made at once is made in as many goes as do not fit into memory.
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

// withoutIndex drops the index of words when a whole catalogue comes into an
// empty one, and returns the statement that makes it again: at once, an index
// takes a third of the time that it takes row by row. Searches wait meanwhile,
// for there is nothing to find yet.
func (w *writer) withoutIndex(ctx context.Context, due int) (restore string, err error) {
	if due <= importBatch {
		return "", nil
	}
	err = w.tx.QueryRow(ctx, `select case when exists (select from practice_words) then ''
		else pg_get_indexdef('practice_words_search'::regclass) end`).Scan(&restore)
	if err != nil || restore == "" {
		return "", err
	}
	_, err = w.tx.Exec(ctx, `drop index practice_words_search`)
	return restore, err
}

// kept is what the store knows of a slug before an import.
type kept struct {
	number   int64
	revision int
	origin   string
	digest   []byte
}

// due sorts out which practices have to be written, and counts the others.
// The table of changes is locked first, so that nothing moves meanwhile.
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

// known returns what is there of these practices by slug, former slugs
// included: those count as edited, for somebody has renamed the practice.
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

// notable is the part of a catalogue that has to be new, one in so many, before
// the planner is told at once. Of less Postgres learns by itself, and telling it
// would cost more than a small import does.
const notable = 10

// few reports whether these practices are a small part of the catalogue.
func (w *writer) few(ctx context.Context, due int) (few bool, err error) {
	err = w.tx.QueryRow(ctx, `select @due::bigint * @notable::bigint < reltuples from pg_class where oid = 'practice'::regclass`,
		pgx.NamedArgs{"due": due, "notable": notable}).Scan(&few)
	return few, err
}
