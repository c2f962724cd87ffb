package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"time"

	"exempla/internal/backup"
	"exempla/internal/config"
	"exempla/internal/localpg"
	"exempla/internal/store"
	"exempla/migrations"
)

type upgradePostgresCommand struct{ config.Database }

// Help says what happens to the data.
func (upgradePostgresCommand) Help() string {
	return `Stop the site first. Needed are the version that made the data, the newer one, which is downloaded with npm where none is
installed, and room for the data twice. They are read from the old database, written into a new one, and compared; only then the new one
takes the old one's place, and the old one is kept beside it. Cut off anywhere, nothing is lost, and the same command begins anew.`
}

// roomBeside is what a new database takes before anything is in it, with its log.
const roomBeside = 200 << 20

// Run upgrades, unless there is no newer version.
func (c *upgradePostgresCommand) Run(ctx context.Context) error {
	if err := checked(c.Check()); err != nil {
		return err
	}
	if c.DatabaseURL != "" {
		return errors.New("DATABASE_URL names a server that this program did not make: who keeps it upgrades it")
	}
	folder, err := existingFolder(c.Database)
	if err != nil {
		return err
	}
	u, err := localpg.OpenUpgrade(ctx, localpg.Settings{Data: folder, Durable: true, Log: slog.Default()})
	if errors.Is(err, localpg.ErrNewest) {
		fmt.Printf("Nothing is to be done: %s.\n", err)
		return nil
	}
	if err != nil {
		return err
	}
	defer u.Close()
	if err := roomToUpgrade(u, folder); err != nil {
		return err
	}
	report, err := carryOver(ctx, u)
	if err != nil {
		return fmt.Errorf("%w; the data are as they were, in PostgreSQL %d", advised(err), u.From)
	}
	kept, err := u.Swap(time.Now())
	if err != nil {
		return fmt.Errorf("put the new database into its place: %w; exempla serve does it too", err)
	}
	tell(report)
	fmt.Printf("PostgreSQL %d has the data now, the same as %d had: %s, %s.\n", u.To, u.From,
		counted(report.Practices(), "practice"), counted(report.Rows["account"].Rows, "account"))
	data := filepath.Join(filepath.Dir(kept), "data")
	fmt.Printf("What %d had is kept in %s; settings of your own in its postgresql.conf are not carried over. Remove it when the site has run well for a while.\n", u.From, kept)
	fmt.Printf("To go back, without what was written since: stop the site, move %s away, and rename %s to %s.\n", data, kept, data)
	return nil
}

// roomToUpgrade returns an error if the disk has too little room.
func roomToUpgrade(u *localpg.Upgrade, folder string) error {
	size, err := u.Size()
	look := diskOf(folder)
	if err != nil || look == nil {
		return err
	}
	const mega = 1 << 20
	if free, _, ok := look(); ok && free < 2*size+roomBeside {
		return fmt.Errorf("the disk of %s has %d MB left, and the upgrade needs %d MB", folder, free/mega, (2*size+roomBeside)/mega)
	}
	return nil
}

// carryOver backs the old database up and restores it into the new one, which compares
// them. Files stay where they are.
func carryOver(ctx context.Context, u *localpg.Upgrade) (report backup.Report, err error) {
	way, err := u.Folder()
	if err != nil {
		return report, err
	}
	const name = "site.backup"
	slog.Info("the data are read", "postgres", u.From)
	err = withSite(ctx, u.StartOld, func(site backup.Site) error {
		if _, err := site.Store.PendingMigrations(ctx, site.Steps); err != nil { // a newer program's
			return err
		}
		_, err := backup.WriteFile(ctx, site, backup.Folder(way), name)
		return err
	})
	if err != nil {
		return report, err
	}
	slog.Info("the data are written and compared", "postgres", u.To)
	err = withSite(ctx, u.StartNew, func(site backup.Site) (err error) {
		report, err = backup.Restore(ctx, site, filepath.Join(way, name))
		return err
	})
	return report, err
}

// withSite lets use have the site in a server, which is stopped at the end.
func withSite(ctx context.Context, start func(context.Context) (*localpg.Server, error), use func(backup.Site) error) error {
	server, err := start(ctx)
	if err != nil {
		return err
	}
	s, err := store.Open(ctx, server.URL())
	if err == nil {
		err = use(backup.Site{Store: s, Steps: migrations.Files, Program: version})
		s.Close()
	}
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopTimeout)
	defer cancel()
	return errors.Join(err, server.Stop(last))
}
