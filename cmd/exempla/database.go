package main

import (
	"context"
	"log/slog"
	"path/filepath"
	"time"

	"exempla/internal/config"
	"exempla/internal/locale"
	"exempla/internal/localpg"
	"exempla/internal/store"
	"exempla/migrations"
)

// stopTimeout bounds how long a private Postgres may take to write everything
// down when it is asked to stop; then it is stopped at once, which is safe too.
const stopTimeout = 30 * time.Second

// database is the store and, where the program runs its own, the Postgres
// under it.
type database struct {
	*store.Store
	server *localpg.Server // nil for a server that somebody else runs
}

// openBeside opens the store for a command that may work beside a running
// site: on that site's private Postgres where there is one.
func openBeside(ctx context.Context, settings config.Database) (*database, error) {
	if settings.DatabaseURL == "" {
		folder, err := dataFolder(settings)
		if err != nil {
			return nil, err
		}
		settings.DatabaseURL, _ = localpg.Running(folder)
	}
	return openDatabase(ctx, settings)
}

// openMigrated opens the database beside a running site and brings it to the
// shape that this version needs.
func openMigrated(ctx context.Context, settings config.Database) (*database, error) {
	db, err := openBeside(ctx, settings)
	if err != nil {
		return nil, err
	}
	if _, err := db.Migrate(ctx, migrations.Files); err != nil {
		db.close()
		return nil, err
	}
	return db, nil
}

// openDatabase opens the store at the configured server, or starts a private
// one first.
func openDatabase(ctx context.Context, settings config.Database) (*database, error) {
	var d database
	url := settings.DatabaseURL
	if url == "" {
		server, err := startPostgres(ctx, settings)
		if err != nil {
			return nil, err
		}
		d.server, url = server, server.URL()
	}
	opened, err := store.Open(ctx, url, locale.SearchNames)
	if err == nil {
		d.Store = opened
		if err = opened.Ping(ctx); err == nil {
			return &d, nil
		}
	}
	d.close()
	return nil, err
}

func startPostgres(ctx context.Context, settings config.Database) (*localpg.Server, error) {
	folder, err := dataFolder(settings)
	if err != nil {
		return nil, err
	}
	return localpg.Start(ctx, localpg.Settings{Data: folder, Durable: true, Log: slog.Default()})
}

// dataFolder is where data lie: as set, else where the system keeps such things.
func dataFolder(settings config.Database) (string, error) {
	if settings.Data != "" {
		return settings.Data, nil
	}
	return localpg.DefaultData()
}

// filesFolder is where files that people hand in lie: as set, else beside the
// data.
func filesFolder(settings config.Serve) (string, error) {
	if settings.Files != "" {
		return settings.Files, nil
	}
	folder, err := dataFolder(settings.Database)
	return filepath.Join(folder, "files"), err
}

// lost is closed when a private Postgres has ended; nil otherwise.
func (d *database) lost() <-chan struct{} {
	if d.server == nil {
		return nil
	}
	return d.server.Done()
}

// close gives everything back and stops a private Postgres cleanly.
func (d *database) close() {
	if d.Store != nil {
		d.Store.Close()
	}
	if d.server == nil {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), stopTimeout)
	defer cancel()
	if err := d.server.Stop(ctx); err != nil {
		slog.Error("the database did not stop cleanly", "error", err)
	}
}
