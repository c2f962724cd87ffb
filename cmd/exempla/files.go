package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"exempla/internal/attachment"
	"exempla/internal/config"
)

// openFiles opens the place for uploaded files. It must run after the database is open,
// which creates the data folder with the permissions that it needs.
func openFiles(ctx context.Context, files config.Files, settings config.Database) (*attachment.Storage, error) {
	place, err := filesPlace(files, settings)
	if err != nil {
		return nil, err
	}
	storage, err := openStorage(ctx, place, files.BucketKey)
	if err != nil {
		return nil, fmt.Errorf("%w; another place can be set with EXEMPLA_FILES", err)
	}
	return storage, nil
}

// filesPlace is the configured place for uploaded files, or a folder in the data folder.
func filesPlace(files config.Files, settings config.Database) (string, error) {
	if files.Files != "" {
		return files.Files, nil
	}
	folder, err := dataFolder(settings)
	return filepath.Join(folder, "files"), err
}

// openStorage opens a folder or a bucket.
func openStorage(ctx context.Context, place string, key config.BucketKey) (*attachment.Storage, error) {
	if !config.IsBucket(place) {
		return attachment.OpenFolder(place)
	}
	b, err := bucket(place, key)
	if err != nil {
		return nil, err
	}
	return attachment.OpenBucket(ctx, b)
}

// bucket is the bucket at an address that has been checked.
func bucket(place string, key config.BucketKey) (b attachment.Bucket, err error) {
	secret := key.Key
	if key.KeyFile != "" {
		if secret, err = config.ReadSecret(key.KeyFile); err != nil {
			return b, fmt.Errorf("read the key for the bucket: %w", err)
		}
	}
	c, _ := config.ParseBucket(place) // what is wrong with it has been told
	return attachment.Bucket{Host: c.Host, TLS: c.TLS, Region: c.Region, Name: c.Name, Prefix: c.Prefix,
		Key: key.AccessKey, Secret: secret, Token: key.Session}, nil
}

type filesCommand struct {
	Copy filesCopyCommand `cmd:"" help:"Copy all uploaded files from one place to another."`
}

type filesCopyCommand struct {
	config.BucketKey
	From string `arg:"" help:"Folder, or bucket as in EXEMPLA_FILES."`
	To   string `arg:"" help:"The same."`
}

// Help says how a site moves.
func (filesCopyCommand) Help() string {
	return `Files are never changed, so this can be done while the site runs: copy, restart it with the new place in EXEMPLA_FILES, and copy
again what came in meanwhile. What is there in its size is passed over; each new file is read back and compared with its hash. Both
buckets, if there are two, are opened with one key.`
}

// samePlace reports whether two places for files are one.
func samePlace(a, b string) bool {
	if config.IsBucket(a) && config.IsBucket(b) {
		one, _ := config.ParseBucket(a)
		other, _ := config.ParseBucket(b)
		return one.Name == other.Name && one.Host == other.Host && one.Prefix == other.Prefix
	}
	return !config.IsBucket(a) && !config.IsBucket(b) && resolved(a) == resolved(b)
}

// progressTime is how often the progress of a long command is told.
const progressTime = 2 * time.Second

// Run copies. A file that is damaged does not keep the others from being copied.
func (c *filesCopyCommand) Run(ctx context.Context) error {
	if err := checked(append(c.CheckPlace("FROM", c.From), c.CheckPlace("TO", c.To)...)); err != nil {
		return err
	}
	if samePlace(c.From, c.To) {
		return misuse{errors.New("FROM and TO are the same place")}
	}
	if !config.IsBucket(c.From) {
		if _, err := os.Stat(c.From); err != nil { // it would be made
			return err
		}
	}
	from, err := openStorage(ctx, c.From, c.BucketKey)
	if err != nil {
		return fmt.Errorf("FROM: %w", err)
	}
	defer from.Close()
	to, err := openStorage(ctx, c.To, c.BucketKey)
	if err != nil {
		return fmt.Errorf("TO: %w", err)
	}
	defer to.Close()
	told := time.Now()
	copied, err := attachment.Copy(ctx, from, to, func(now attachment.Copied) {
		if time.Since(told) > progressTime {
			told = time.Now()
			fmt.Fprintf(os.Stderr, "%d of %d files, %d MB\n", now.Done(), now.Total, now.Bytes/1_000_000)
		}
	})
	fmt.Printf("%s copied and read back, %d were there.\n", counted(copied.New, "file"), copied.There)
	for _, hash := range copied.Damaged {
		fmt.Printf("damaged or gone, and left behind: %s\n", hash)
	}
	switch {
	case err != nil:
		return fmt.Errorf("%w; the same command goes on from here", err)
	case len(copied.Damaged) > 0:
		return errors.New(counted(len(copied.Damaged), "file") + " could not be copied")
	}
	return nil
}
