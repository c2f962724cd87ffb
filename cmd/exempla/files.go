package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"exempla/internal/attachment"
	"exempla/internal/config"
)

// openFiles opens the place for uploaded files. It must run after the database is open,
// which creates the data folder with the permissions that it needs.
func openFiles(ctx context.Context, files config.Files, settings config.Database) (*attachment.Storage, error) {
	place := files.Files
	if place == "" {
		folder, err := dataFolder(settings)
		if err != nil {
			return nil, err
		}
		place = filepath.Join(folder, "files")
	}
	storage, err := openStorage(ctx, place, files.BucketKey)
	if err != nil {
		return nil, fmt.Errorf("%w; another place can be set with EXEMPLA_FILES", err)
	}
	return storage, nil
}

// openStorage opens a folder or a bucket.
func openStorage(ctx context.Context, place string, key config.BucketKey) (*attachment.Storage, error) {
	if !config.IsBucket(place) {
		return attachment.OpenFolder(place)
	}
	secret := key.Key
	if key.KeyFile != "" {
		content, err := os.ReadFile(key.KeyFile)
		if err != nil {
			return nil, fmt.Errorf("read the key for the bucket: %w", err)
		}
		secret, _, _ = strings.Cut(string(content), "\n")
		secret = strings.TrimSpace(secret)
	}
	b, _ := config.ParseBucket(place) // what is wrong with it has been told
	return attachment.OpenBucket(ctx, attachment.Bucket{Host: b.Host, TLS: b.TLS, Region: b.Region, Name: b.Name, Prefix: b.Prefix,
		Key: key.AccessKey, Secret: secret})
}
