// Package backup writes a whole site into one file, reads it back, and sees to it that
// there is a recent one. It knows the form of the file; what stands in tables is the
// store's to know.
//
// A backup is a tar archive, compressed by zstd and, if so wanted, encrypted by age:
// whoever has lost this program still reads it with three common tools. Its entries are
// backup.json, which says what is in it; rows/<table>/<part>, the rows of a table as
// Postgres's COPY writes and reads them; files/<hash>, the attachments; and at the end
// contents.json, which counts all of it. A file without the last is cut off.
//
// COPY rather than pg_dump: the tables are made by the migrations, which the program
// carries, so that a backup needs no second program that fits the server, goes to any
// version of Postgres, and is brought to the shape of a newer program as a running site is.
package backup

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"time"

	"exempla/internal/attachment"
	"exempla/internal/store"
)

// Site is what is backed up and restored.
type Site struct {
	Store   *store.Store
	Files   *attachment.Storage // nil to leave files where they are
	Steps   fs.FS               // the migrations of the program
	Program string              // its version
	Key     Key
}

// form is the version of the form of the file.
const form = 1

// About is the first entry of a backup: what is in it, and what is needed to read it.
type About struct {
	Form    int    `json:"exempla_backup"`
	Program string `json:"program"` // version
	store.Shape
	Change int64         `json:"change"` // the last one of the catalogue
	Made   time.Time     `json:"made"`
	Tables []store.Table `json:"tables"`
}

// Contents is the last entry of a backup: what must have come before it.
type Contents struct {
	Rows      map[string]Count `json:"rows"` // by table
	Sequences map[string]int64 `json:"sequences"`
	Files     int              `json:"files"`
	Bytes     int64            `json:"bytes"`   // of the files
	Missing   []string         `json:"missing"` // hashes of files that were not there, or damaged
}

// Report is what a backup says about itself once it has been written or read.
type Report struct {
	About
	Contents
	LeftOut []string // tables that are none of this program's
}

// Practices is how many practices there are, archived ones included.
func (r *Report) Practices() int { return r.Rows["practice"].Rows }

// Write writes a backup of a site while it is used. Errors: store.ErrBusy,
// store.ErrNoShape, store.ErrAway, attachment.ErrAway.
func Write(ctx context.Context, site Site, to io.Writer) (Report, error) {
	return write(ctx, site, to, func() error { return nil })
}

// write is Write that asks wanted once nobody else writes one. An error of wanted ends it.
func write(ctx context.Context, site Site, to io.Writer, wanted func() error) (report Report, err error) {
	err = site.Store.Dump(ctx, func(ctx context.Context, d *store.Dump) error {
		if err := wanted(); err != nil {
			return err
		}
		out, err := newWriter(to, site.Key)
		if err != nil {
			return err
		}
		report, err = writeAll(ctx, site, d, out)
		return errors.Join(err, out.Close())
	})
	if err != nil {
		return report, fmt.Errorf("backup: %w", err)
	}
	return report, nil
}

func writeAll(ctx context.Context, site Site, d *store.Dump, out *writer) (r Report, err error) {
	r.About = About{form, site.Program, d.Shape, d.Change, time.Now().UTC(), d.Tables}
	r.Contents = Contents{Rows: map[string]Count{}, Missing: []string{}}
	if err := out.json(aboutName, r.About); err != nil {
		return r, err
	}
	for _, t := range d.Tables {
		parts := &parts{out: out, table: t.Name}
		if err := d.Copy(ctx, t, parts); err != nil {
			return r, err
		}
		if r.Rows[t.Name], err = parts.end(); err != nil {
			return r, err
		}
	}
	hashes, err := d.Files(ctx)
	if err != nil {
		return r, err
	}
	if r.Sequences, err = d.Sequences(ctx); err != nil {
		return r, err
	}
	if site.Files == nil {
		hashes = nil
	}
	for _, hash := range hashes {
		if err := ctx.Err(); err != nil {
			return r, err
		}
		content, err := site.Files.Whole(ctx, hash)
		if errors.Is(err, attachment.ErrAway) { // else a backup without any file would look good
			return r, err
		}
		if err != nil { // the others are worth no less
			r.Missing = append(r.Missing, hash)
			continue
		}
		r.Contents.Files++
		r.Bytes += int64(len(content))
		if err := out.entry(fileFolder+hash, content); err != nil {
			return r, err
		}
	}
	return r, out.json(contentsName, r.Contents)
}

// WriteFile writes a backup into a new file at a place, which has its name only once it is
// whole and safe there. Errors: fs.ErrExist, those of Write.
func WriteFile(ctx context.Context, site Site, place Place, name string) (report Report, err error) {
	err = place.Write(ctx, name, func(to io.Writer) error {
		report, err = Write(ctx, site, to)
		return err
	})
	return report, err
}
