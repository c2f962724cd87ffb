package main

import (
	"context"
	"runtime/debug"
	"time"

	"exempla/internal/catalogue"
)

// GC percentages: how much garbage may accumulate, relative to the live heap,
// before a collection. Go's default of 100 makes the program a third larger than
// 60 and saves a fortieth of the work. With a large catalogue even 60 would be most
// of a gigabyte, and collecting is cheap there: nearly all of the heap is bytes
// without pointers.
const (
	defaultGCPercent = 60
	largeGCPercent   = 30
	largeCatalogue   = 200_000 // practices
)

// readCatalogue reads the catalogue into memory. It also sets the process's GC
// percentage, a lower one for a large catalogue.
func readCatalogue(ctx context.Context, db *database) (*catalogue.Index, error) {
	size, err := db.Practices.Count(ctx)
	if err != nil {
		return nil, err
	}
	debug.SetGCPercent(defaultGCPercent)
	if size > largeCatalogue {
		debug.SetGCPercent(largeGCPercent)
	}
	return db.Practices.Index(ctx, time.Now())
}

// learnAfter is how long after the start the words of the catalogue are learned:
// the first listings need none, and should not share the processor with it.
const learnAfter = 300 * time.Millisecond

// learnWords reads the words of the catalogue and the thesaurus, so that nobody who
// searches has to wait for it, and gives back the memory that only this needed.
func learnWords(x *catalogue.Index) {
	time.Sleep(learnAfter)
	x.Learn()
	debug.FreeOSMemory()
}
