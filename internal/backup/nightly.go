package backup

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"slices"
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
// trial every month where its key opens them. It decides by what lies at its place, so
// that a night in which the program did not run is made up for. It needs no queue: where
// several programs run, the lock of the backup lets one go first, and the others find its
// file.
type Nightly struct {
	Site
	Place
	Now func() time.Time
	Log *slog.Logger
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
	if due, err := n.due(ctx); err != nil || !due {
		return err
	}
	name := n.Now().UTC().Format(stampForm)
	wanted := func() error {
		due, err := n.due(ctx)
		if err == nil && !due {
			err = errNotDue
		}
		return errors.Join(err, n.Sweep(ctx, name)) // nobody else writes, for the backup's lock is held
	}
	var report Report
	err := n.Write(ctx, name, func(to io.Writer) (err error) {
		report, err = write(ctx, n.Site, to, wanted)
		return err
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
	if err := n.Store.Note(ctx, store.BackupMade, store.Lacking(name, len(report.Missing)), report.Made); err != nil {
		return err
	}
	if err := n.prune(ctx); err != nil {
		return err
	}
	return n.check(ctx, name)
}

// due reports whether the newest backup is from before the last night.
func (n *Nightly) due(ctx context.Context) (bool, error) {
	made, err := n.made(ctx)
	now := n.Now().UTC()
	night := time.Date(now.Year(), now.Month(), now.Day(), nightHour, 0, 0, 0, time.UTC)
	if night.After(now) {
		night = night.AddDate(0, 0, -1)
	}
	return err == nil && (len(made) == 0 || made[0].Before(night)), err
}

// made lists when the backups at the place were made, the newest first.
func (n *Nightly) made(ctx context.Context) ([]time.Time, error) {
	names, err := n.List(ctx)
	if err != nil {
		return nil, err
	}
	var list []time.Time
	for _, name := range names {
		if at, err := time.Parse(stampForm, name); err == nil {
			list = append(list, at)
		}
	}
	slices.SortFunc(list, func(a, b time.Time) int { return b.Compare(a) })
	return list, nil
}

// prune removes backups that are no longer kept. It runs after a good one only, so that
// where none is made any more the old ones stay.
func (n *Nightly) prune(ctx context.Context) error {
	made, err := n.made(ctx)
	if err != nil {
		return err
	}
	for _, at := range expired(made) {
		err = errors.Join(err, n.Remove(ctx, at.Format(stampForm)))
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
func (n *Nightly) check(ctx context.Context, name string) error {
	_, last, err := n.Store.Noted(ctx, store.BackupChecked)
	if err != nil || !n.Key.Opens() || n.Now().Sub(last) < checkEvery {
		return err
	}
	path, done, err := n.Fetch(ctx, name)
	if err == nil {
		_, err = Rehearse(ctx, n.Site, path)
		err = errors.Join(err, done())
	}
	if err != nil {
		return fmt.Errorf("%s was made, but could not be restored on trial, which is tried again tomorrow: %w", name, err)
	}
	n.Log.Info("the backup was restored on trial, and is good", "file", name)
	return n.Store.Note(ctx, store.BackupChecked, name, n.Now())
}
