package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"exempla/internal/config"
	"exempla/internal/exchange"
	"exempla/internal/practice"
	"exempla/internal/sample"
)

type importCommand struct {
	config.Database
	DryRun bool   `help:"List every fault of every row and write nothing."`
	Sample bool   `help:"Import the sample catalogue that comes with the program, over an older one or beside other practices."`
	File   string `arg:"" optional:"" help:"The file, ending in .json, .jsonl or .csv (.tsv or .txt for a table with tabs)."`
}

// Help describes the file formats.
func (importCommand) Help() string {
	return `A JSON file is a list of objects; a CSV file names the same fields in its first line, with ";" between the
entries of a list and columns such as "sections.purpose" and "texts.el.title" for parts. Its cells may be separated by
commas, semicolons (lists then stand in quotes) or tabs. Needed are slug, title, country_code, topics and summary. A faulty file writes nothing. Importing the same file twice changes nothing;
practices that people have edited since are left as they are and listed. A row replaces the practice with all its
texts, so a translation that the file lacks is taken away.`
}

// Run reads the file and prints its faults, or imports it if there are none.
func (c *importCommand) Run(ctx context.Context) error {
	if err := checked(c.Check()); err != nil {
		return err
	}
	practices, err := c.read()
	if err != nil {
		return err
	}
	if c.DryRun {
		fmt.Printf("%s, no faults; nothing was written.\n", counted(len(practices), "practice"))
		return nil
	}
	db, err := openMigrated(ctx, openBeside, c.Database)
	if err != nil {
		return err
	}
	defer db.close()
	result, err := db.Practices.Import(ctx, practices, time.Now(), progress(len(practices)))
	if err != nil {
		return err
	}
	fmt.Printf("%d new, %d changed, %d unchanged, %d in conflict.\n", result.New, result.Changed, result.Unchanged, len(result.Conflicts))
	for _, slug := range result.Conflicts {
		fmt.Printf("in conflict, left as it is: %s\n", slug)
	}
	if !c.Sample {
		return nil
	}
	collections, err := sample.Collections()
	if err != nil {
		return err
	}
	return db.Collections.Add(ctx, collections, time.Now())
}

// read returns the practices to import. It prints every fault of a file.
func (c *importCommand) read() ([]practice.Practice, error) {
	if c.Sample == (c.File != "") {
		return nil, errors.New("name a file, or say --sample")
	}
	if c.Sample {
		return sample.Practices()
	}
	file, err := os.Open(c.File)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	practices, faults, err := exchange.Read(file, c.File)
	if err != nil {
		return nil, err
	}
	for _, fault := range faults {
		fmt.Println(fault)
	}
	if len(faults) > 0 {
		return nil, fmt.Errorf("%s in %s; nothing was written", counted(len(faults), "fault"), counted(len(practices), "practice"))
	}
	return practices, nil
}

// counted writes how many there are of a thing.
func counted(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}

// progress returns a function that reports on standard error how many of total
// practices are done.
func progress(total int) func(done int) {
	return func(done int) { fmt.Fprintf(os.Stderr, "%d of %d practices\n", done, total) }
}
