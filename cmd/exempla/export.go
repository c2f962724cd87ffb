package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"exempla/internal/config"
	"exempla/internal/exchange"
	"exempla/internal/practice"
)

type exportCommand struct {
	config.Database
	File string `arg:"" help:"The file, ending in .json, .jsonl, .csv or .xlsx; - writes JSON to standard output. It must not exist yet."`
}

// Help says what is in the file.
func (exportCommand) Help() string {
	return `Every practice that readers can see, with all its texts, in the form that import reads: imported into an empty catalogue and
exported again, JSON and CSV are the same bytes. Archived practices, revisions, people and attached files are not in it; a backup of
the database has those. A sheet (.xlsx) is for reading only.`
}

// Run writes the file whole or not at all.
func (c *exportCommand) Run(ctx context.Context) error {
	if err := checked(c.Check()); err != nil {
		return err
	}
	format, err := formatOf(c.File)
	if err != nil {
		return err
	}
	db, err := openMigrated(ctx, openExisting, c.Database)
	if err != nil {
		return err
	}
	defer db.close()
	var count int
	err = writeNew(c.File, func(to io.Writer) (err error) {
		count, err = exportTo(ctx, db, to, format)
		return err
	})
	if err != nil || c.File == "-" {
		return err
	}
	fmt.Printf("%s in %s.\n", counted(count, "practice"), c.File)
	return nil
}

// writeNew lets write fill a file, which must not exist yet, whole or not at all; - is
// standard output.
func writeNew(name string, write func(io.Writer) error) error {
	if name == "-" {
		return write(os.Stdout)
	}
	file, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644) // #nosec G302 G304 -- it has what is public, in a place that the operator names
	if err != nil {
		return err
	}
	if err := errors.Join(write(file), file.Close()); err != nil {
		return errors.Join(err, os.Remove(name)) // half a file would pass for a whole one
	}
	return nil
}

// formatOf is the format of a file by how its name ends.
func formatOf(name string) (exchange.Format, error) {
	if name == "-" {
		return exchange.JSON, nil
	}
	format := exchange.Format(strings.ToLower(strings.TrimPrefix(filepath.Ext(name), ".")))
	switch format {
	case exchange.JSON, exchange.JSONL, exchange.CSV, exchange.XLSX:
		return format, nil
	}
	return "", fmt.Errorf("%s: the name must end in .json, .jsonl, .csv or .xlsx", filepath.Base(name))
}

// exportTo writes all live practices and counts them.
func exportTo(ctx context.Context, db *database, to io.Writer, format exchange.Format) (count int, err error) {
	out := bufio.NewWriterSize(to, 1<<16)
	var file *exchange.Writer
	begin := func(languages []practice.Language) (err error) {
		file, err = exchange.NewWriter(out, format, languages)
		return err
	}
	err = db.Practices.Export(ctx, begin, func(some []practice.Practice) error {
		for i := range some {
			if err := file.Write(&some[i]); err != nil {
				return err
			}
		}
		count += len(some)
		return nil
	})
	if err == nil {
		err = file.Close()
	}
	if err == nil {
		err = out.Flush()
	}
	return count, err
}
