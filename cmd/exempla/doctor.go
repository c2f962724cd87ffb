package main

import (
	"context"
	"errors"
	"fmt"

	"exempla/internal/config"
	"exempla/internal/store"
	"exempla/migrations"
)

type doctorCommand struct{ config.Serve }

// errUnwell ends the program with a status that scripts can read.
var errUnwell = errors.New("something needs mending")

// Run looks at everything and tells what it found; one fault does not keep it
// from looking for the next.
func (c *doctorCommand) Run(ctx context.Context) error {
	well := true
	tell := func(f store.Finding) {
		mark := "ok  "
		if f.Advice != "" {
			mark, well = "BAD ", false
			f.Found += "\n      → " + f.Advice
		}
		fmt.Printf("%s%s: %s\n", mark, f.Subject, f.Found)
	}
	faults := c.Check()
	for _, fault := range faults {
		tell(store.Finding{Subject: "setting " + fault.Setting, Found: "cannot be used", Advice: fault.Message})
	}
	if len(faults) == 0 {
		tell(store.Finding{Subject: "settings", Found: "all can be used"})
	}
	for _, finding := range c.examine(ctx) {
		tell(finding)
	}
	if !well {
		return errUnwell
	}
	return nil
}

// examine looks at the database and its migrations.
func (c *doctorCommand) examine(ctx context.Context) []store.Finding {
	db, err := openBeside(ctx, c.Database)
	if err != nil {
		return []store.Finding{{Subject: "database", Found: "cannot be reached", Advice: err.Error()}}
	}
	defer db.close()
	findings, err := db.Examine(ctx)
	if err != nil {
		return []store.Finding{{Subject: "database", Found: "cannot be examined", Advice: err.Error()}}
	}
	pending, err := db.Pending(ctx, migrations.Files)
	last := store.Finding{Subject: "migrations", Found: fmt.Sprintf("%d pending", pending)}
	switch {
	case err != nil:
		last.Advice = err.Error()
	case pending > 0:
		last.Advice = "run: exempla migrate"
	}
	if folder, err := dataFolder(c.Database); err == nil && c.DatabaseURL == "" {
		findings = append(findings, store.Finding{Subject: "private Postgres", Found: "in " + folder})
	}
	return append(findings, last)
}
