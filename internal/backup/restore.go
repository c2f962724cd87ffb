package backup

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"exempla/internal/attachment"
	"exempla/internal/practice"
	"exempla/internal/store"
)

// Errors of a restore to be told apart with errors.Is.
var (
	ErrNewerProgram = errors.New("a newer version of Exempla made this backup")
	ErrForeignFiles = errors.New("the place for files is not empty")
)

// Restore puts a backup into an empty site. The whole file is looked through before
// anything is written. The rows are kept together, and only if those that can then be
// read are those that were backed up; files that were written before an error stay, and
// are found there the next time. Errors: those of Check, ErrNewerProgram, ErrForeignFiles,
// store.ErrNotEmpty, store.ErrOtherShape, store.ErrAway.
func Restore(ctx context.Context, site Site, name string) (Report, error) {
	report, err := restore(ctx, site, name)
	if err == nil {
		err = site.Store.Vacuum(ctx)
	}
	return report, err
}

func restore(ctx context.Context, site Site, name string) (Report, error) {
	files := hashes{has: map[string]bool{}}
	report, err := check(ctx, name, site.Key, files)
	if err == nil {
		err = fits(site, report)
	}
	if err == nil {
		err = roomFor(ctx, site.Files, files.has)
	}
	if err == nil {
		report, err = load(ctx, site, name)
	}
	if err == nil {
		_, err = site.Store.Migrate(ctx, site.Steps)
	}
	return report, err
}

// Rehearse restores a backup into a database that is there only for this, and compares.
// Files are only looked through. Errors: those of Restore, store.ErrMayNot.
func Rehearse(ctx context.Context, site Site, name string) (Report, error) {
	var report Report
	err := site.Store.WithScratch(ctx, func(scratch *store.Store) (err error) {
		site.Store, site.Files = scratch, nil
		report, err = restore(ctx, site, name)
		return err
	})
	return report, err
}

// fits reports whether the program has all the migrations of a backup. Errors: ErrNewerProgram.
func fits(site Site, r Report) error {
	most, err := site.Store.ShapeOf(site.Steps)
	if err == nil && (r.Schema > most.Schema || r.Queue > most.Queue) {
		err = fmt.Errorf("%w (%s, schema %d; this program knows up to %d): take that version or a newer one",
			ErrNewerProgram, r.Program, r.Schema, most.Schema)
	}
	return err
}

// roomFor returns ErrForeignFiles if there are files that are not in the backup. Those
// that are were left by an attempt before.
func roomFor(ctx context.Context, place *attachment.Storage, known map[string]bool) error {
	if place == nil {
		return nil
	}
	name, err := place.Foreign(ctx, known)
	if err == nil && name != "" {
		err = fmt.Errorf("%w: %s, in %s, is not in the backup", ErrForeignFiles, name, place)
	}
	return err
}

func load(ctx context.Context, site Site, name string) (report Report, err error) {
	file, err := os.Open(name) // #nosec G304 -- the operator names it
	if err != nil {
		return report, err
	}
	defer file.Close()
	about, err := first(file, site.Key)
	if err != nil {
		return report, err
	}
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return report, err
	}
	err = site.Store.Restore(ctx, site.Steps, about.Shape, func(ctx context.Context, l *store.Load) error {
		in := &loading{load: l, files: site.Files}
		if report, err = read(ctx, file, site.Key, in); err != nil {
			return err
		}
		report.LeftOut = in.leftOut
		if err := l.SetSequences(ctx, report.Sequences); err != nil {
			return err
		}
		return same(ctx, l, report)
	})
	return report, err
}

// loading puts what comes into a site.
type loading struct {
	load    *store.Load
	files   *attachment.Storage // nil for none
	leftOut []string
}

func (l *loading) rows(ctx context.Context, table store.Table, rows []byte) error {
	if !l.load.Knows(table.Name) {
		if !slices.Contains(l.leftOut, table.Name) {
			l.leftOut = append(l.leftOut, table.Name)
		}
		return nil
	}
	return l.load.Fill(ctx, table, bytes.NewReader(rows))
}

func (l *loading) file(ctx context.Context, hash string, content []byte) error {
	if l.files == nil {
		return nil
	}
	return l.files.Keep(ctx, attachment.File{Attachment: practice.Attachment{Hash: hash}, Content: content})
}

// same reads back what was loaded and compares it with what was backed up.
func same(ctx context.Context, l *store.Load, r Report) error {
	got, wanted := map[string]Count{}, map[string]Count{}
	for _, t := range r.Tables {
		if !l.Knows(t.Name) {
			continue
		}
		var c counter
		if err := l.Copy(ctx, t, &c); err != nil {
			return err
		}
		got[t.Name], wanted[t.Name] = c.Count, r.Rows[t.Name]
	}
	if wrong := differing(got, wanted); len(wrong) > 0 {
		return fmt.Errorf("what was restored is not what was backed up: %s", strings.Join(wrong, ", "))
	}
	return nil
}

// counter counts rows that are written to it.
type counter struct {
	Count
	rest []byte
}

// Write takes some rows; the last may go on with the next call.
func (c *counter) Write(some []byte) (int, error) {
	whole := bytes.LastIndexByte(some, '\n') + 1
	c.rest = append(c.rest, some[:whole]...)
	if whole > 0 {
		c.add(c.rest)
		c.rest = c.rest[:0]
	}
	c.rest = append(c.rest, some[whole:]...)
	return len(some), nil
}
