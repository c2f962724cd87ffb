package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"exempla/internal/config"
	"exempla/internal/generate"
	"exempla/internal/practice"
	"exempla/internal/sample"
)

// maxGenerated is the size up to which an index in memory makes sense.
const maxGenerated = 2_000_000

type generateCommand struct {
	config.Database
	Count int    `help:"How many practices." default:"1000"`
	Part  int    `hidden:"" default:"20000"` // batch size; one batch is generated while another is written, so two must fit into memory
	Seed  uint64 `help:"Another seed makes another catalogue, the same one the same." default:"1"`
}

// Help describes what is generated.
func (generateCommand) Help() string {
	return `The practices are made in the likeness of the sample catalogue: words in several scripts, common and rare ones,
and its mixture of topics, places, periods and languages. Nobody should publish them. Only an empty catalogue is filled.`
}

// Run fills an empty catalogue; a catalogue with practices is an error.
func (c *generateCommand) Run(ctx context.Context) error {
	if err := checked(c.Check()); err != nil {
		return err
	}
	if c.Count < 1 || c.Count > maxGenerated || c.Part < 1 {
		return fmt.Errorf("--count: %d must be from 1 to %d", c.Count, maxGenerated)
	}
	samples, err := sample.Practices()
	if err != nil {
		return err
	}
	maker, err := generate.New(samples, c.Seed)
	if err != nil {
		return err
	}
	db, err := openMigrated(ctx, openBeside, c.Database)
	if err != nil {
		return err
	}
	defer db.close()
	began := time.Now()
	if err := c.fill(ctx, db, maker); err != nil {
		return err
	}
	fmt.Printf("%d practices made with seed %d in %s.\n", c.Count, c.Seed, time.Since(began).Round(time.Millisecond))
	return nil
}

// fill generates the next batch while the previous one is written.
func (c *generateCommand) fill(ctx context.Context, db *database, maker *generate.Maker) error {
	empty, err := db.Practices.Empty(ctx)
	if err != nil {
		return err
	}
	if !empty {
		return errors.New("the catalogue is not empty, and made-up practices do not belong among real ones; " +
			"name an empty database in DATABASE_URL, or a new folder in EXEMPLA_DATA")
	}
	running, stop := context.WithCancel(ctx)
	defer stop()
	parts := make(chan []practice.Practice)
	go func() {
		defer close(parts)
		for from := 0; from < c.Count; from += c.Part {
			select {
			case parts <- makePart(maker, from, min(from+c.Part, c.Count)):
			case <-running.Done():
				return
			}
		}
	}()
	each := func(yield func([]practice.Practice) bool) {
		for part := range parts {
			if !yield(part) {
				return
			}
		}
	}
	if _, err := db.Practices.ImportParts(ctx, each, time.Now(), progress(c.Count)); err != nil {
		return err
	}
	return db.Vacuum(ctx)
}

func makePart(maker *generate.Maker, from, to int) []practice.Practice {
	part := make([]practice.Practice, 0, to-from)
	for number := from; number < to; number++ {
		part = append(part, maker.Practice(number))
	}
	return part
}
