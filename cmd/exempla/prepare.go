package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"exempla/internal/attachment"
	"exempla/internal/catalogue"
	"exempla/internal/sample"
	"exempla/internal/store"
	"exempla/migrations"
)

// prepareAgain is after how long a primary that was away at the start is tried again.
const prepareAgain = time.Second

// prepare migrates the database, and for a demo loads the sample catalogue into an empty
// one.
func (c *serveCommand) prepare(ctx context.Context, db *database) error {
	if _, err := db.Migrate(ctx, migrations.Files); err != nil {
		return err
	}
	if _, locale, err := db.Letters(ctx); err != nil {
		return err
	} else if locale.Advice != "" {
		slog.Warn("the database has the locale " + locale.Found + "; " + locale.Advice)
	}
	changed, err := db.Accounts.AllowSamples(ctx, c.Demo, time.Now())
	if changed > 0 && !c.Demo {
		slog.Warn("sample accounts are closed, for all programs on this database, because this one runs without --demo", "accounts", changed)
	}
	if err != nil || !c.Demo {
		return err
	}
	if err := addDemoPeople(ctx, db.Store); err != nil {
		return err
	}
	empty, err := db.Practices.Empty(ctx)
	if err != nil || !empty {
		return err
	}
	practices, err := sample.Practices()
	if err != nil {
		return err
	}
	if _, err := db.Practices.Import(ctx, practices, time.Now(), func(int) {}); err != nil {
		return err
	}
	collections, err := sample.Collections()
	if err != nil {
		return err
	}
	return db.Collections.Add(ctx, collections, time.Now())
}

// prepareOrWait prepares the database and returns the catalogue in memory. Where the
// primary is away, or takes no changes, and a replica has the tables of this program, the
// site starts all the same, and the preparation waits.
func (c *serveCommand) prepareOrWait(ctx context.Context, db *database) (x *catalogue.Index, waits bool, err error) {
	err = c.prepare(ctx, db)
	if errors.Is(err, store.ErrAway) && db.replicaAnswers() {
		waits = true
		err = suits(ctx, db.Standby(), err)
	}
	if err == nil {
		x, err = readCatalogue(ctx, db)
	}
	return x, waits, err
}

// suits checks that a standby has the tables of this program. away is why the primary
// cannot make them.
func suits(ctx context.Context, standby *store.Store, away error) error {
	pending, err := standby.PendingMigrations(ctx, migrations.Files)
	switch {
	case err != nil:
		return err
	case pending > 0:
		return fmt.Errorf("the replica lacks %s, which it gets from the primary: %w", counted(pending, "migration"), away)
	}
	slog.Warn("the site starts without its primary: people can read, and nothing else until it is back", "error", away)
	return nil
}

// jobNeeds holds the dependencies of what the program does besides answering requests.
type jobNeeds struct {
	db    *database
	files *attachment.Storage
	mail  mailNeeds
}

// startJobs starts backups and mails until end is called: at once, or when the primary is
// there. The error says that they cannot start.
func (c *serveCommand) startJobs(ctx context.Context, waits bool, needs jobNeeds) (end func(), err error) {
	if !waits {
		return c.startJobsNow(ctx, needs)
	}
	return background(ctx, func(ctx context.Context) {
		for told := false; ctx.Err() == nil; {
			var stop func()
			err := c.prepare(ctx, needs.db)
			if err == nil {
				stop, err = c.startJobsNow(ctx, needs)
			}
			if err == nil {
				slog.Info("the primary is there; people can sign in, and jobs run")
				<-ctx.Done()
				stop()
				return
			}
			if !errors.Is(err, store.ErrAway) && !told && ctx.Err() == nil {
				told = true
				slog.Error("the primary is there and cannot be used", "error", err)
			}
			select {
			case <-ctx.Done():
			case <-time.After(prepareAgain):
			}
		}
	}), nil
}

func (c *serveCommand) startJobsNow(ctx context.Context, needs jobNeeds) (end func(), err error) {
	endBackups, err := c.startBackups(ctx, needs.db, needs.files)
	if err != nil {
		return nil, err
	}
	endMail, err := c.startMail(ctx, needs.mail)
	if err != nil {
		endBackups()
		return nil, err
	}
	return func() { endMail(); endBackups() }, nil
}
