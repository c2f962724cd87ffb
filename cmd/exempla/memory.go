package main

import (
	"context"
	"runtime/debug"
	"time"

	"exempla/internal/catalogue"
)

// GC percentages: how much garbage may accumulate, relative to the live heap,
// before a collection. With Go's default of 100 the program is half as large again
// as with 25, where collecting takes about a thirtieth of the work: most of the heap
// is bytes without pointers. With 20, files of all of 100,000 practices take less than
// 50 MB beside it. While the catalogue is read there is much garbage, which is given
// back afterwards. With a large catalogue even 20 would be hundreds of
// megabytes, and collecting is cheap there: nearly all of the heap is such bytes.
const (
	readingGCPercent = 60
	servingGCPercent = 20
	largeGCPercent   = 15
	largeCatalogue   = 200_000 // practices
)

// readCatalogue reads the catalogue into memory. It also sets the process's GC
// percentage until the words are learned, too.
func readCatalogue(ctx context.Context, db *database) (*catalogue.Index, error) {
	practices := db.Reading().Practices
	size, err := practices.Count(ctx)
	if err != nil {
		return nil, err
	}
	debug.SetGCPercent(readingGCPercent)
	if size > largeCatalogue {
		debug.SetGCPercent(largeGCPercent)
	}
	return practices.Index(ctx, time.Now())
}

// learnAfter is how long after the start the words of the catalogue are learned:
// the first listings need none, and should not share the processor with it.
const learnAfter = 300 * time.Millisecond

// learnWords reads the words of the catalogue and the thesaurus, so that nobody who
// searches has to wait for it, and gives back the memory that only this needed.
func learnWords(x *catalogue.Index) {
	time.Sleep(learnAfter)
	x.Learn()
	if x.Base().Size() <= largeCatalogue {
		debug.SetGCPercent(servingGCPercent)
	}
	debug.FreeOSMemory()
}
