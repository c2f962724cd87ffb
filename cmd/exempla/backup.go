package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"exempla/internal/attachment"
	"exempla/internal/backup"
	"exempla/internal/config"
	"exempla/internal/store"
	"exempla/migrations"
)

type backupCommand struct {
	config.Backup
	File string `arg:"" help:"The file, which must not exist yet; in a bucket, s3://NAME/FILE?endpoint=https://HOST; - writes to standard output."`
}

// Help says what is in the file and how it can be read.
func (backupCommand) Help() string {
	return `Everything is in it: practices with all revisions, submissions, people, mails that wait, and uploaded files. It is made
while the site runs and holds one moment of it. The file has its name only once it is whole. It holds addresses and hashes of passwords,
so keep it as safe as the site. It is a tar archive in zstd (and in age, where it is encrypted).`
}

// Run writes the file whole or not at all.
func (c *backupCommand) Run(ctx context.Context) error {
	if err := checked(c.Check()); err != nil {
		return err
	}
	key, err := backup.KeyFiles{Recipient: c.Recipient, Passphrase: c.PassphraseFile}.Read()
	if err != nil {
		return err
	}
	place, name, err := backupFile(c.File, c.BucketKey)
	if err != nil {
		return err
	}
	db, err := openExisting(ctx, c.Database)
	if err != nil {
		return err
	}
	defer db.close()
	files, err := openFiles(ctx, c.Files, c.Database)
	if err != nil {
		return err
	}
	defer files.Close()
	site := backup.Site{Store: db.Store, Files: files, Program: version, Key: key}
	var report backup.Report
	if c.File == "-" {
		report, err = backup.Write(ctx, site, os.Stdout)
	} else {
		report, err = backup.WriteFile(ctx, site, place, name)
	}
	if err != nil {
		return advised(err)
	}
	for _, hash := range report.Missing {
		slog.Warn("a file is missing or damaged; the backup is without it", "file", hash)
	}
	if err := db.Note(ctx, store.BackupMade, store.Lacking(withoutServer(c.File), len(report.Missing)), report.Made); err != nil {
		slog.Warn("the backup is good, but doctor will not know of it", "error", err)
	}
	if c.File != "-" {
		fmt.Printf("%s in %s.\n", summary(report), c.File)
	}
	if n := len(report.Missing); n > 0 { // a script that made it has to learn of this
		return fmt.Errorf("the backup is written without %s that could not be read", counted(n, "file"))
	}
	return nil
}

// apart returns a fault where backups lie in a folder of the site, or the site in theirs:
// they would be lost together, or taken for each other's files.
func apart(s config.Serve) []config.Fault {
	if s.Backup == "" || config.IsBucket(s.Backup) {
		return nil
	}
	var folders []string
	if data, err := dataFolder(s.Database); err == nil && s.DatabaseURL == "" {
		folders = append(folders, data)
	}
	if files, err := filesPlace(s.Files, s.Database); err == nil && !config.IsBucket(files) {
		folders = append(folders, files)
	}
	own := resolved(s.Backup)
	for _, folder := range folders {
		if other := resolved(folder); within(own, other) || within(other, own) {
			return []config.Fault{{Setting: "--backup", Message: fmt.Sprintf("%q must lie outside of %q, and that outside of it; another disk is best", s.Backup, folder)}}
		}
	}
	return nil
}

// resolved is where a path leads, which need not be there yet.
func resolved(path string) string {
	if real, err := filepath.EvalSymlinks(path); err == nil {
		return real
	}
	if parent := filepath.Dir(path); parent != path {
		return filepath.Join(resolved(parent), filepath.Base(path))
	}
	return path
}

// within reports whether a path is a folder or lies in it.
func within(path, folder string) bool {
	way, err := filepath.Rel(folder, path)
	return err == nil && filepath.IsLocal(way)
}

// startBackups makes backups every night until it is told to end. The error says that the
// settings cannot be used.
func (c *serveCommand) startBackups(ctx context.Context, db *database, files *attachment.Storage) (end func(), err error) {
	if c.Backup == "" {
		return func() {}, nil
	}
	key, err := backup.KeyFiles{Recipient: c.Recipient, Passphrase: c.PassphraseFile}.Read()
	if err != nil {
		return nil, err
	}
	place, err := backupPlace(c.Backup, c.BucketKey)
	if err != nil {
		return nil, err
	}
	if folder, is := place.(backup.Folder); is {
		if err := os.MkdirAll(string(folder), 0o700); err != nil {
			return nil, fmt.Errorf("make the folder for backups: %w; another one can be set with EXEMPLA_BACKUP", err)
		}
	}
	nightly := backup.Nightly{Site: backup.Site{Store: db.Store, Files: files, Steps: migrations.Files, Program: version, Key: key},
		Place: place, Now: time.Now, Log: slog.Default()}
	return background(ctx, nightly.Run), nil
}

// backupPlace is a folder or a bucket with backups, whose address has been checked.
func backupPlace(address string, key config.BucketKey) (backup.Place, error) {
	if !config.IsBucket(address) {
		return backup.Folder(address), nil
	}
	b, err := bucket(address, key)
	if err != nil {
		return nil, err
	}
	return backup.OpenBucket(b)
}

// backupFile is the place of a backup, and its name there.
func backupFile(path string, key config.BucketKey) (place backup.Place, name string, err error) {
	if !config.IsBucket(path) {
		return backup.Folder(filepath.Dir(path)), filepath.Base(path), nil
	}
	address, name := config.SplitBucket(path)
	if name == "" {
		return nil, "", fmt.Errorf("%s names no file: it must be like s3://name/file?endpoint=https://host", path)
	}
	if err := checked(key.CheckPlace("FILE", address)); err != nil {
		return nil, "", err
	}
	place, err = backupPlace(address, key)
	return place, name, err
}

// withoutServer is how a backup is called that was made or tried: a bucket's server says
// nothing to who reads it.
func withoutServer(path string) string {
	if config.IsBucket(path) {
		_, path = config.SplitBucket(path)
	}
	return path
}

// summary says what a backup holds.
func summary(r backup.Report) string {
	return fmt.Sprintf("%s, %s, %s", counted(r.Practices(), "practice"), counted(r.Rows["account"].Rows, "account"), counted(r.Contents.Files, "file"))
}

type restoreCommand struct {
	config.Backup
	Trial    bool   `name:"check" help:"Restore into a scratch database that is dropped again, and compare; the site stays as it is."`
	Identity string `help:"File with the identity of age that opens the backup." placeholder:"FILE"`
	File     string `arg:"" help:"The backup; in a bucket, s3://NAME/FILE?endpoint=https://HOST."`
}

// Help says how a site is restored.
func (restoreCommand) Help() string {
	return `Stop the site first. The place must be empty: a new folder in EXEMPLA_DATA, or a new database in DATABASE_URL and a new folder
in EXEMPLA_FILES. The whole file is checked before anything is written, then all is restored or nothing, and compared with the backup.
Mails that waited when the backup was made go out again.`
}

// Run restores or checks a backup.
func (c *restoreCommand) Run(ctx context.Context) error {
	if err := checked(c.Check()); err != nil {
		return err
	}
	keys := backup.KeyFiles{Identity: c.Identity, Passphrase: c.PassphraseFile}
	if keys.Passphrase == "" {
		keys.Recipient = c.Recipient
	}
	key, err := keys.Read()
	if err != nil {
		return err
	}
	place, name, err := backupFile(c.File, c.BucketKey)
	if err != nil {
		return err
	}
	path, done, err := place.Fetch(ctx, name)
	if err != nil {
		return err
	}
	return errors.Join(c.restore(ctx, path, key), done())
}

// restore restores or checks a backup that lies here.
func (c *restoreCommand) restore(ctx context.Context, path string, key backup.Key) error {
	// Before a database is opened, which would be made for nothing.
	if _, err := backup.Look(path, key); err != nil {
		return advised(err)
	}
	db, err := openBeside(ctx, c.Database)
	if err != nil {
		return err
	}
	defer db.close()
	began := time.Now()
	site := backup.Site{Store: db.Store, Steps: migrations.Files, Program: version, Key: key}
	if c.Trial {
		return c.check(ctx, site, path)
	}
	if site.Files, err = openFiles(ctx, c.Files, c.Database); err != nil {
		return err
	}
	defer site.Files.Close()
	report, err := backup.Restore(ctx, site, path)
	if err != nil {
		return advised(err)
	}
	tell(report)
	fmt.Printf("Restored in %s: %s, as they were at %s.\n", time.Since(began).Round(100*time.Millisecond), summary(report), report.Made.Format(time.DateTime))
	return nil
}

func (c *restoreCommand) check(ctx context.Context, site backup.Site, path string) error {
	report, err := backup.Rehearse(ctx, site, path)
	if err != nil {
		return advised(err)
	}
	tell(report)
	fmt.Printf("The backup is good: %s, as they were at %s.\n", summary(report), report.Made.Format(time.DateTime))
	if err := site.Store.Note(ctx, store.BackupChecked, withoutServer(c.File), time.Now()); err != nil {
		slog.Warn("doctor will not know that the backup was checked", "error", err)
	}
	return nil
}

// tell names what a restored site lacks.
func tell(r backup.Report) {
	for _, hash := range r.Missing {
		fmt.Printf("Not in the backup, because it was missing or damaged: file %s\n", hash)
	}
	for _, table := range r.LeftOut {
		fmt.Printf("Left out, because it is none of Exempla's tables: %s\n", table)
	}
}

// advised adds what can be done.
func advised(err error) error {
	for _, a := range []struct {
		kind   error
		advice string
	}{
		{os.ErrExist, "choose another name"},
		{store.ErrBusy, "another backup is being made; try again when it is done"},
		{store.ErrNoShape, "look whether EXEMPLA_DATA or DATABASE_URL names the right place"},
		{store.ErrNotEmpty, "name a new folder in EXEMPLA_DATA, or a new database in DATABASE_URL"},
		{backup.ErrForeignFiles, "name a new folder, or a new prefix in a bucket, in EXEMPLA_FILES"},
		{store.ErrOtherShape, "name a new folder in EXEMPLA_DATA, or a new database in DATABASE_URL"},
		{store.ErrMayNot, "let it (alter role … createdb), or restore into an empty database elsewhere"},
		{store.ErrAway, "look into the database's log, and whether its disk is full; nothing was kept in half"},
		{backup.ErrSealed, "name the file with its passphrase in --backup-passphrase-file, or that of the identity in --identity"},
	} {
		if errors.Is(err, a.kind) {
			return fmt.Errorf("%w; %s", err, a.advice)
		}
	}
	return err
}
