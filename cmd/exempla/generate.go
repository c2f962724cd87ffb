package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"golang.org/x/sync/errgroup"

	"exempla/internal/config"
	"exempla/internal/generate"
	"exempla/internal/practice"
	"exempla/internal/sample"
)

const (
	// mostGenerated is where an index in memory ends to make sense.
	mostGenerated = 2_000_000
	// generatedChunk is how many practices are written in one transaction: few
	// enough that those waiting fit into memory, whatever the count.
	generatedChunk = 5_000
)

type generateCommand struct {
	config.Database
	Count int    `help:"How many practices." default:"1000"`
	Seed  uint64 `help:"Another seed makes another catalogue, the same one the same." default:"1"`
}

// Help tells what is made.
func (generateCommand) Help() string {
	return `The practices are made in the likeness of the sample catalogue: words in several scripts, common and rare ones,
and its mixture of topics, places, periods and languages. Nobody should publish them. Only an empty catalogue is filled.`
}

// Run fills an empty catalogue.
func (c *generateCommand) Run(ctx context.Context) error {
	if err := checked(c.Check()); err != nil {
		return err
	}
	if c.Count < 1 || c.Count > mostGenerated {
		return fmt.Errorf("--count: %d must be from 1 to %d", c.Count, mostGenerated)
	}
	samples, err := sample.Practices()
	if err != nil {
		return err
	}
	maker, err := generate.New(samples, c.Seed)
	if err != nil {
		return err
	}
	db, err := openMigrated(ctx, c.Database)
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

// fill makes the next chunk while the one before is written.
func (c *generateCommand) fill(ctx context.Context, db *database, maker *generate.Maker) error {
	empty, err := db.Empty(ctx)
	if err != nil {
		return err
	}
	if !empty {
		return errors.New("the catalogue is not empty, and made-up practices do not belong among real ones; " +
			"name an empty database in DATABASE_URL, or a new folder in EXEMPLA_DATA")
	}
	chunks := make(chan []practice.Practice)
	both, running := errgroup.WithContext(ctx)
	both.Go(func() error {
		defer close(chunks)
		for from := 0; from < c.Count; from += generatedChunk {
			select {
			case chunks <- makeChunk(maker, from, min(from+generatedChunk, c.Count)):
			case <-running.Done():
				return running.Err()
			}
		}
		return nil
	})
	both.Go(func() error {
		done, told := 0, progress(c.Count)
		for chunk := range chunks {
			if _, err := db.Import(running, chunk, time.Now(), func(of int) { told(done + of) }); err != nil {
				return err
			}
			done += len(chunk)
		}
		return nil
	})
	if err := both.Wait(); err != nil {
		return err
	}
	return db.Settle(ctx)
}

func makeChunk(maker *generate.Maker, from, to int) []practice.Practice {
	chunk := make([]practice.Practice, 0, to-from)
	for number := from; number < to; number++ {
		chunk = append(chunk, maker.Practice(number))
	}
	return chunk
}
