package main

import (
	"context"
	"runtime/debug"
	"time"

	"exempla/internal/catalogue"
)

// How much garbage may lie beside what lives, in percent of it, before it is
// collected. Go's own 100 makes the program a third larger than 60 does, for a
// fortieth less work. With a large catalogue even that share would be most of a
// gigabyte, and collecting costs little there: nearly all that lives is bytes
// that point nowhere.
const (
	defaultGCPercent = 60
	largeGCPercent   = 30
	largeCatalogue   = 200_000 // practices
)

// readCatalogue reads the catalogue into memory; a large one with little garbage
// beside it, then and from then on.
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
