package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"time"

	"exempla/internal/config"
	"exempla/internal/link"
	"exempla/internal/store"
	"exempla/migrations"
)

type doctorCommand struct{ config.Serve }

// errUnhealthy makes the program exit with a status that scripts can check.
var errUnhealthy = errors.New("something needs mending")

// Run checks everything and prints what it finds. It continues after a fault and
// returns errUnhealthy at the end if there was one.
func (c *doctorCommand) Run(ctx context.Context) error {
	well := true
	tell := func(f store.Finding) {
		mark := "ok  "
		if f.Advice != "" {
			mark = "BAD "
			well = false
			f.Found += "\n      → " + f.Advice
		}
		fmt.Printf("%s%s: %s\n", mark, f.Subject, f.Found)
	}
	faults := slices.Concat(unreadable, c.Check(), tried(c.Serve), unknown)
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
		return errUnhealthy
	}
	return nil
}

// examine checks the database, its migrations and the mail queue.
func (c *doctorCommand) examine(ctx context.Context) []store.Finding {
	db, err := openExisting(ctx, c.Database)
	if err != nil {
		return []store.Finding{{Subject: "database", Found: "cannot be reached", Advice: err.Error()}}
	}
	defer db.close()
	findings, away := db.Examine(ctx)
	if away != nil {
		findings = []store.Finding{{Subject: "database", Found: "cannot be examined", Advice: away.Error()}}
	}
	if c.ReadURL != "" {
		findings = append(findings, db.ExamineReplica(ctx))
	}
	if away != nil {
		return findings
	}
	pending, err := db.PendingMigrations(ctx, migrations.Files)
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
	upToDate := last.Advice == ""
	findings = append(findings, last, c.files(ctx), c.mails(ctx, db, upToDate))
	if look := diskOfFiles(c.Serve); look != nil {
		findings = append(findings, room(look())...)
	}
	if c.Backup != "" && len(c.Check()) == 0 {
		findings = append(findings, c.backupPlace(ctx))
	}
	if upToDate { // else there may be no table to ask
		findings = append(findings, c.backups(ctx, db)...)
		findings = append(findings, c.samples(ctx, db)...)
	}
	if c.Certificates != "" && len(c.Check()) == 0 && (upToDate || !c.Auto()) {
		finding, _ := examineCertificate(ctx, c.Serve, db.Certificates)
		findings = append(findings, finding)
	}
	return findings
}

// room says how much is left on the disk of uploaded files, where that is known.
func room(free, size int64, known bool) []store.Finding {
	if !known {
		return nil
	}
	const mega = 1 << 20
	finding := store.Finding{Subject: "disk", Found: fmt.Sprintf("%d MB of %d MB are left", free/mega, size/mega)}
	if store.LittleRoom(free, size) {
		finding.Advice = "make room, or enlarge it: when it is full, nothing can be saved or uploaded"
	}
	return []store.Finding{finding}
}

// files checks whether uploaded files can be kept.
func (c *doctorCommand) files(ctx context.Context) store.Finding {
	finding := store.Finding{Subject: "files"}
	files, err := openFiles(ctx, c.Files, c.Database)
	if err != nil {
		finding.Found, finding.Advice = "cannot be kept", err.Error()
		return finding
	}
	defer files.Close()
	finding.Found = "in " + files.String()
	return finding
}

// backupPlace checks whether nightly backups can be looked up where they lie.
func (c *doctorCommand) backupPlace(ctx context.Context) store.Finding {
	finding := store.Finding{Subject: "nightly backups", Found: "in " + c.Backup}
	place, err := backupPlace(c.Backup, c.BucketKey)
	if err == nil {
		_, err = place.List(ctx)
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) { // exempla serve makes the folder
		finding.Found, finding.Advice = "cannot be looked up", err.Error()
	}
	return finding
}

// backups checks whether there is a recent backup, and whether it was tried.
func (c *doctorCommand) backups(ctx context.Context, db *database) []store.Finding {
	last := store.Finding{Subject: "backup"}
	state, err := db.State(ctx)
	troubles := state.Troubles(time.Now())
	switch {
	case err != nil:
		last.Found, last.Advice = "cannot be looked up", err.Error()
	case state.Backup.IsZero():
		last.Found = "none was made; exempla backup makes one, and EXEMPLA_BACKUP one every night"
		if c.Backup != "" {
			last.Advice = "look into the log of exempla serve, which makes the first one when it starts"
		}
	default:
		last.Found = fmt.Sprintf("%s, made on %s", state.BackupName, state.Backup.UTC().Format(time.DateTime))
		if slices.Contains(troubles, store.BackupLacks) {
			last.Advice = "it is without files that were missing or damaged: look for them in the log of exempla serve, or in what exempla backup says, and keep an older one that has them"
		}
		if slices.Contains(troubles, store.BackupOld) {
			last.Advice = "it is old: run exempla backup, or set EXEMPLA_BACKUP and look into the log of exempla serve"
		}
	}
	if err != nil || state.Backup.IsZero() {
		return []store.Finding{last}
	}
	tried := store.Finding{Subject: "backup restored on trial"}
	tried.Found = fmt.Sprintf("%s, on %s", state.TrialName, state.Trial.UTC().Format(time.DateTime))
	if state.Trial.IsZero() {
		tried.Found = "never"
	}
	if slices.Contains(troubles, store.BackupUntried) {
		tried.Advice = "a backup is good once it was restored: run exempla restore --check FILE"
	}
	return []store.Finding{last, tried}
}

// samples says whether the sample accounts, if there are any, can be used. Programs that
// serve one site with and without --demo take them from each other.
func (c *doctorCommand) samples(ctx context.Context, db *database) []store.Finding {
	usable, closed, err := db.Accounts.CountSamples(ctx)
	finding := store.Finding{Subject: "sample accounts", Found: fmt.Sprintf("%d can be used, %d are closed, as the program that started last says by --demo", usable, closed)}
	switch {
	case err != nil:
		finding.Found, finding.Advice = "cannot be counted", err.Error()
	case usable+closed == 0:
		return nil
	}
	return []store.Finding{finding}
}

// mails checks how mails are delivered and counts those that were not. The queue
// may not exist before all migrations are applied (upToDate).
func (c *doctorCommand) mails(ctx context.Context, db *database, upToDate bool) store.Finding {
	finding := store.Finding{Subject: "mails", Found: "by the mail server of EXEMPLA_SMTP_URL"}
	waiting, givenUp := 0, 0
	if upToDate { // else there may be no queue yet
		var err error
		if waiting, givenUp, err = db.Queue.CountUnsent(ctx); err != nil {
			finding.Advice = err.Error()
		}
	}
	switch {
	case c.SMTPURL == "" && c.Demo:
		finding.Found = "shown at " + link.DevMail + ", not sent"
	case c.SMTPURL == "":
		finding.Found = "no mail server is set in EXEMPLA_SMTP_URL, so mails wait in the queue"
		if waiting > 0 {
			finding.Advice = "set EXEMPLA_SMTP_URL; then they are sent"
		}
	}
	finding.Found += fmt.Sprintf("; %d wait, %d were given up", waiting, givenUp)
	return finding
}
