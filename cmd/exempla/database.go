package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"exempla/internal/config"
	"exempla/internal/localpg"
	"exempla/internal/store"
	"exempla/migrations"
)

// stopTimeout is how long a private Postgres may take to shut down cleanly. After
// that it is stopped immediately, which is safe too.
const stopTimeout = 30 * time.Second

// database is the store and, if the program runs its own, the Postgres server
// underneath.
type database struct {
	*store.Store
	server *localpg.Server // nil for an external server
}

// openBeside opens the store for a command that may run alongside a site, using
// that site's private Postgres if it is running.
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

// openExisting is openBeside for a command that begins no site: in a folder whose name was
// mistyped it would find an empty one.
func openExisting(ctx context.Context, settings config.Database) (*database, error) {
	if settings.DatabaseURL == "" {
		if _, err := existingFolder(settings); err != nil {
			return nil, err
		}
	}
	return openBeside(ctx, settings)
}

// existingFolder is the data folder, in which there must be a site.
func existingFolder(settings config.Database) (string, error) {
	folder, err := dataFolder(settings)
	if err == nil && !localpg.Made(folder) {
		err = fmt.Errorf("there is no site in %s: look whether EXEMPLA_DATA names the right folder; exempla serve begins a new site", folder)
	}
	return folder, err
}

// openMigrated opens the store with openBeside or openExisting, and applies all pending
// migrations.
func openMigrated(ctx context.Context, open func(context.Context, config.Database) (*database, error), settings config.Database) (*database, error) {
	db, err := open(ctx, settings)
	if err != nil {
		return nil, err
	}
	if _, err := db.Migrate(ctx, migrations.Files); err != nil {
		db.close()
		return nil, err
	}
	return db, nil
}

// openDatabase opens the store on the configured server, or on a private one that
// it starts. The error says that the server cannot be started or reached.
func openDatabase(ctx context.Context, settings config.Database) (*database, error) {
	var d database
	url := settings.DatabaseURL
	if url == "" {
		server, err := startPostgres(ctx, settings)
		if err != nil {
			return nil, err
		}
		d.server = server
		url = server.URL()
	}
	err := d.open(ctx, url, settings)
	if err != nil {
		d.close()
		return nil, err
	}
	return &d, nil
}

// open opens the store, and warns of a pooler that the program does not know of. The
// primary may be away if there is a replica that answers.
func (d *database) open(ctx context.Context, url string, settings config.Database) (err error) {
	if settings.ListenURL == "" {
		d.Store, err = store.Open(ctx, url)
	} else {
		d.Store, err = store.OpenPooled(ctx, url, settings.ListenURL)
	}
	if err == nil && settings.ReadURL != "" {
		err = d.ReadFrom(ctx, settings.ReadURL)
	}
	if err != nil {
		return err
	}
	err = d.Ping(ctx)
	if err == nil {
		err = d.Together(ctx)
	}
	if errors.Is(err, store.ErrAway) && d.replicaAnswers() {
		return nil
	}
	if err != nil {
		return err
	}
	pooled, err := d.Pooled(ctx)
	if pooled {
		slog.Warn("there is a pooler before the database: " + store.PoolerAdvice)
	}
	return err
}

// replicaAnswers reports whether residents can be served while the primary is away.
func (d *database) replicaAnswers() bool {
	replica := d.Replica()
	return replica != nil && replica.Answers
}

func startPostgres(ctx context.Context, settings config.Database) (*localpg.Server, error) {
	folder, err := dataFolder(settings)
	if err != nil {
		return nil, err
	}
	return localpg.Start(ctx, localpg.Settings{Data: folder, Durable: true, Log: slog.Default()})
}

// dataFolder returns the configured data folder or the system's default.
func dataFolder(settings config.Database) (string, error) {
	if settings.Data != "" {
		return settings.Data, nil
	}
	return localpg.DefaultData()
}

// How often a private Postgres is started again that has ended, and how often it is told
// why that fails. Recovery reads what a crash has left, which costs more than it looks.
const (
	reviveEvery = 2 * time.Second
	tellEvery   = 5 * time.Minute
)

// keep starts the private Postgres again whenever it ends by itself, as on a disk that is
// full, until the context ends. What needs it is answered as if a server were away.
func (d *database) keep(ctx context.Context) {
	for d.server != nil {
		select {
		case <-ctx.Done():
			return
		case <-d.server.Done():
		}
		slog.Error("the private Postgres has ended, and is started again; see postgres.log in the data folder", "error", d.server.Stop(ctx))
		d.revive(ctx)
	}
}

func (d *database) revive(ctx context.Context) {
	for told := (time.Time{}); ; {
		select {
		case <-ctx.Done():
			return
		case <-time.After(reviveEvery):
		}
		server, err := d.server.Revive(ctx)
		if err == nil {
			d.server = server
			return
		}
		if ctx.Err() == nil && time.Since(told) > tellEvery {
			told = time.Now()
			slog.Error("the private Postgres does not start; it is tried again and again", "error", err)
		}
	}
}

// close closes the store and stops a private Postgres cleanly.
func (d *database) close() {
	if d.Store != nil {
		d.Store.Close()
	}
	if d.server == nil {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), stopTimeout)
	defer cancel()
	select {
	case <-d.server.Done(): // by itself, which was told
		return
	default:
	}
	if err := d.server.Stop(ctx); err != nil {
		slog.Error("the database did not stop cleanly", "error", err)
	}
}
