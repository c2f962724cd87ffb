package backup

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strings"

	"exempla/internal/store"
)

// visitor is told what is in a backup, in the order of the file.
type visitor interface {
	rows(ctx context.Context, table store.Table, rows []byte) error
	file(ctx context.Context, hash string, content []byte) error
}

// nobody only wants to know whether a backup is sound.
type nobody struct{}

func (nobody) rows(context.Context, store.Table, []byte) error { return nil }
func (nobody) file(context.Context, string, []byte) error      { return nil }

// hashes collects which files are in a backup.
type hashes struct {
	nobody
	has map[string]bool
}

func (h hashes) file(_ context.Context, hash string, _ []byte) error {
	h.has[hash] = true
	return nil
}

// Check reads a whole backup and compares everything with its counts and checksums.
// Errors: ErrNoBackup, ErrSealed, ErrWrongKey, and that the file is damaged.
func Check(ctx context.Context, name string, key Key) (Report, error) {
	return check(ctx, name, key, nobody{})
}

func check(ctx context.Context, name string, key Key, v visitor) (Report, error) {
	file, err := os.Open(name) // #nosec G304 -- the operator names it
	if err != nil {
		return Report{}, err
	}
	defer file.Close()
	report, err := read(ctx, file, key, v)
	if err != nil {
		err = fmt.Errorf("%s: %w", name, err)
	}
	return report, err
}

// Look reads what a backup says about itself at its beginning. Errors: those of Check,
// though what comes later is not read.
func Look(name string, key Key) (About, error) {
	file, err := os.Open(name) // #nosec G304 -- the operator names it
	if err != nil {
		return About{}, err
	}
	defer file.Close()
	about, err := first(file, key)
	if err != nil {
		err = fmt.Errorf("%s: %w", name, err)
	}
	return about, err
}

func first(from io.Reader, key Key) (About, error) {
	in, err := newReader(from, key)
	if err != nil {
		return About{}, err
	}
	defer in.Close()
	return in.about()
}

// read tells a visitor what is in a backup, and whether it was sound at the end.
func read(ctx context.Context, from io.Reader, key Key, v visitor) (Report, error) {
	in, err := newReader(from, key)
	if err != nil {
		return Report{}, err
	}
	defer in.Close()
	r := reading{visitor: v, tables: map[string]store.Table{}, counts: map[string]Count{}}
	report, err := r.all(ctx, in)
	if err == nil {
		err = in.finish()
	}
	return report, err
}

// reading is how far a backup has been read.
type reading struct {
	visitor
	tables map[string]store.Table
	counts map[string]Count
	files  int
	bytes  int64
}

func (r *reading) all(ctx context.Context, in *reader) (report Report, err error) {
	if report.About, err = in.about(); err != nil {
		return report, err
	}
	if report.Form != form {
		return report, fmt.Errorf("the backup has form %d and this program knows form %d; take the version that wrote it, %s, or a newer one",
			report.Form, form, report.Program)
	}
	for _, t := range report.Tables {
		r.tables[t.Name], r.counts[t.Name] = t, Count{}
	}
	for ctx.Err() == nil {
		name, content, err := in.next()
		if err != nil {
			return report, err
		}
		if name == contentsName {
			if err := json.Unmarshal(content, &report.Contents); err != nil {
				return report, damaged(err)
			}
			return report, r.compare(report.Contents)
		}
		if err := r.take(ctx, name, content); err != nil {
			return report, err
		}
	}
	return report, ctx.Err()
}

// take hands an entry on.
func (r *reading) take(ctx context.Context, name string, content []byte) error {
	if hash, is := strings.CutPrefix(name, fileFolder); is {
		if sum := sha256.Sum256(content); hex.EncodeToString(sum[:]) != hash {
			return fmt.Errorf("%w: %s", errDamaged, name)
		}
		r.files++
		r.bytes += int64(len(content))
		return r.file(ctx, hash, content)
	}
	table, _, _ := strings.Cut(strings.TrimPrefix(name, rowsFolder), "/")
	t, known := r.tables[table]
	if !known {
		return fmt.Errorf("%w: %s", errDamaged, name)
	}
	count := r.counts[table]
	count.add(content)
	r.counts[table] = count
	return r.rows(ctx, t, content)
}

// compare compares what came with what should have.
func (r *reading) compare(c Contents) error {
	if !maps.Equal(r.counts, c.Rows) || r.files != c.Files || r.bytes != c.Bytes {
		return fmt.Errorf("%w: %s", errDamaged, strings.Join(differing(r.counts, c.Rows), ", "))
	}
	return nil
}

// differing names the tables that are not the same in both.
func differing(a, b map[string]Count) []string {
	var names []string
	for name, count := range a {
		if b[name] != count {
			what := fmt.Sprintf("%s has %d rows, not %d", name, count.Rows, b[name].Rows)
			if count.Rows == b[name].Rows {
				what = name + " has other rows"
			}
			names = append(names, what)
		}
	}
	slices.Sort(names)
	return names
}
