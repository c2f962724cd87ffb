package main

import (
	"context"
	"runtime/debug"
	"time"

	"exempla/internal/catalogue"
)

// GC percentages: how much garbage may accumulate, relative to the live heap,
// before a collection. With Go's default of 100 the program is half as large again
// as with 30. Collecting takes a thirtieth of the work at 30, for most of the heap is
// bytes without pointers; of a large catalogue nearly all is.
const (
	defaultGCPercent = 30
	largeGCPercent   = 25
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
