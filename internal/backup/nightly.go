package backup

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"exempla/internal/store"
)

// When backups are made and checked.
const (
	nightHour  = 2                   // UTC, when hardly anybody is there
	lookEvery  = 10 * time.Minute    // whether one is due
	retryAfter = time.Hour           // a full disk does not become empty in ten minutes
	checkEvery = 30 * 24 * time.Hour // a restore is as much work as a backup, many times over
)

// Which backups are kept: the last of each of so many days, weeks and months that have
// one. A mistake is found within days, one that nobody looked at within weeks; a year is
// for what was deleted and is asked for again when the next report is due.
const (
	keepDays   = 7
	keepWeeks  = 4
	keepMonths = 12
)

// stampForm is how nightly backups are named, by the time when they were begun.
const stampForm = "exempla-20060102T150405Z.backup"

// Nightly makes a backup every night, keeps some of the older ones, and restores one on
// trial every month where its key opens them. It decides by what lies in its folder, so
// that a night in which the program did not run is made up for. It needs no queue: where
// several programs run, the lock of the backup lets one go first, and the others find its
// file.
type Nightly struct {
	Site
	Folder string
	Now    func() time.Time
	Log    *slog.Logger
}

// Run makes backups until the context ends.
func (n *Nightly) Run(ctx context.Context) {
	for ctx.Err() == nil {
		wait := lookEvery
		if err := n.Look(ctx); err != nil && ctx.Err() == nil {
			n.Log.Error("not all is well with the nightly backup", "error", err)
			wait = retryAfter
		}
		select {
		case <-ctx.Done():
		case <-time.After(wait):
		}
	}
}

// errNotDue means that another program has made it meanwhile.
var errNotDue = errors.New("not due")

// Look makes a backup if one is due. The error says why it could not be made, or not be
// restored on trial.
func (n *Nightly) Look(ctx context.Context) error {
	if due, err := n.due(); err != nil || !due {
		return err
	}
	name := n.Now().UTC().Format(stampForm)
	path := filepath.Join(n.Folder, name)
	report, err := writeFile(ctx, n.Site, path, func() error {
		due, err := n.due()
		if err == nil && !due {
			err = errNotDue
		}
		return errors.Join(err, n.sweep(name))
	})
	switch {
	case errors.Is(err, errNotDue), errors.Is(err, store.ErrBusy):
		return nil
	case err != nil:
		return fmt.Errorf("none was made, which is tried again in an hour: %w", err)
	}
	n.Log.Info("a backup was made", "file", name, "practices", report.Practices(), "files", report.Contents.Files)
	for _, hash := range report.Missing {
		n.Log.Warn("a file is missing or damaged; the backup is without it", "file", hash)
	}
	if err := n.Store.Note(ctx, store.BackupMade, name, report.Made); err != nil {
		return err
	}
	if err := n.prune(); err != nil {
		return err
	}
	return n.check(ctx, path)
}

// due reports whether the newest backup is from before the last night.
func (n *Nightly) due() (bool, error) {
	made, err := n.made()
	now := n.Now().UTC()
	night := time.Date(now.Year(), now.Month(), now.Day(), nightHour, 0, 0, 0, time.UTC)
	if night.After(now) {
		night = night.AddDate(0, 0, -1)
	}
	return err == nil && (len(made) == 0 || made[0].Before(night)), err
}

// made lists when the backups in the folder were made, the newest first.
func (n *Nightly) made() ([]time.Time, error) {
	entries, err := os.ReadDir(n.Folder)
	if err != nil {
		return nil, err
	}
	var list []time.Time
	for _, entry := range entries {
		if at, err := time.Parse(stampForm, entry.Name()); err == nil {
			list = append(list, at)
		}
	}
	slices.SortFunc(list, func(a, b time.Time) int { return b.Compare(a) })
	return list, nil
}

// sweep removes what killed programs have left. Nobody else writes, for the backup's lock
// is held.
func (n *Nightly) sweep(own string) error {
	entries, err := os.ReadDir(n.Folder)
	if err != nil {
		return err
	}
	for _, entry := range entries {
		name, half := strings.CutSuffix(entry.Name(), partial)
		if _, e := time.Parse(stampForm, name); e == nil && half && name != own {
			err = errors.Join(err, os.Remove(filepath.Join(n.Folder, entry.Name())))
		}
	}
	return err
}

// prune removes backups that are no longer kept. It runs after a good one only, so that
// where none is made any more the old ones stay.
func (n *Nightly) prune() error {
	made, err := n.made()
	if err != nil {
		return err
	}
	for _, at := range expired(made) {
		err = errors.Join(err, os.Remove(filepath.Join(n.Folder, at.Format(stampForm))))
	}
	return err
}

// expired returns which of these times, the newest first, are no longer kept.
func expired(made []time.Time) []time.Time {
	kept := map[time.Time]bool{}
	keep := func(most int, period func(time.Time) string) {
		last := ""
		for _, at := range made {
			if name := period(at); name != last && most > 0 {
				last = name
				most--
				kept[at] = true
			}
		}
	}
	keep(keepDays, func(at time.Time) string { return at.Format(time.DateOnly) })
	keep(keepWeeks, func(at time.Time) string {
		year, week := at.ISOWeek()
		return fmt.Sprint(year, week)
	})
	keep(keepMonths, func(at time.Time) string { return at.Format("2006-01") })
	return slices.DeleteFunc(slices.Clone(made), func(at time.Time) bool { return kept[at] })
}

// check restores a backup on trial if none was for a month.
func (n *Nightly) check(ctx context.Context, path string) error {
	_, last, err := n.Store.Noted(ctx, store.BackupChecked)
	if err != nil || !n.Key.Opens() || n.Now().Sub(last) < checkEvery {
		return err
	}
	if _, err := Rehearse(ctx, n.Site, path); err != nil {
		return fmt.Errorf("%s was made, but could not be restored on trial, which is tried again tomorrow: %w", filepath.Base(path), err)
	}
	n.Log.Info("the backup was restored on trial, and is good", "file", filepath.Base(path))
	return n.Store.Note(ctx, store.BackupChecked, filepath.Base(path), n.Now())
}
