package backup

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/minio/minio-go/v7"

	"exempla/internal/attachment"
	"exempla/internal/store"
	"exempla/internal/testbucket"
	"exempla/internal/testdb"
)

// bucketOn is a bucket for backups on a server.
func bucketOn(t *testing.T, server *testbucket.Server) *Bucket {
	t.Helper()
	b, err := OpenBucket(attachment.Bucket{Host: server.Host, Name: testbucket.Bucket, Prefix: "night/", Key: testbucket.AccessKey, Secret: testbucket.Secret})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// In a bucket backups are made, kept, removed, tried and restored as in a folder.
func TestNightlyInABucket(t *testing.T) {
	t.Parallel()
	server := testbucket.Start(t)
	bucket := bucketOn(t, server)
	site, _ := full(t)
	now := noon
	n := nightly(t, site, &now)
	n.Place = bucket
	core := minio.Core{Client: bucket.client}
	for _, half := range []string{now.AddDate(0, 0, -1).Format(stampForm), "other"} {
		if _, err := core.NewMultipartUpload(t.Context(), bucket.name, bucket.prefix+half, minio.PutObjectOptions{}); err != nil {
			t.Fatal(err)
		}
	}
	for hour := range 9 { // a day that has been, of which one is kept
		at := now.AddDate(0, 0, -2).Add(time.Duration(hour) * time.Hour)
		if err := bucket.Write(t.Context(), at.Format(stampForm), func(io.Writer) error { return nil }); err != nil {
			t.Fatal(err)
		}
	}
	first := now.UTC().Format(stampForm)
	if got := look(t, n); len(got) != 2 || !slices.Contains(got, first) {
		t.Fatalf("kept %v", got)
	}
	var left []string
	for u := range bucket.client.ListIncompleteUploads(t.Context(), bucket.name, bucket.prefix, true) {
		left = append(left, u.Key)
	}
	if !slices.Equal(left, []string{"night/other"}) {
		t.Errorf("begun and left: %v", left)
	}
	name, made, err := site.Store.Noted(t.Context(), store.BackupMade)
	_, checked, e := site.Store.Noted(t.Context(), store.BackupChecked)
	if err != nil || e != nil || made.IsZero() || name != first || !checked.Equal(now) {
		t.Errorf("noted %s, %v, %v, %v, %v", name, made, checked, err, e)
	}

	server.Stop()
	now = now.AddDate(0, 0, 1)
	if err := n.Look(t.Context()); err == nil || !strings.Contains(err.Error(), "the bucket for backups, s3://files/night/ at http://"+server.Host) {
		t.Errorf("while it is away: %v", err)
	}
	server.Again(t)
	if got := look(t, n); len(got) != 3 {
		t.Errorf("when it is back: %v", got)
	}

	path, done, err := bucket.Fetch(t.Context(), first)
	if err != nil {
		t.Fatal(err)
	}
	report, err := Restore(t.Context(), siteOn(t, testdb.Open(t)), path)
	if err != nil || report.Practices() == 0 {
		t.Errorf("restored %d practices, %v", report.Practices(), err)
	}
	if err := done(); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(path); err == nil {
		t.Error("what was fetched stays")
	}
}

// In either place a file has its name only when it is whole, and comes back as it was.
func TestPlaces(t *testing.T) {
	t.Parallel()
	long := bytes.Repeat([]byte("0123456789abcdef"), uploadPart/16+1) // more than a part
	for kind, place := range map[string]Place{"folder": Folder(t.TempDir()), "bucket": bucketOn(t, testbucket.Start(t))} {
		for _, fault := range []error{errNotDue, io.EOF, io.ErrUnexpectedEOF} { // the latter as a connection that is lost
			err := place.Write(t.Context(), "half", func(to io.Writer) error {
				_, err := to.Write(long)
				return errors.Join(err, fault)
			})
			if !errors.Is(err, fault) {
				t.Errorf("%s: cut off by %v: %v", kind, fault, err)
			}
			err = place.Write(t.Context(), "half", func(io.Writer) error { return fault })
			if !errors.Is(err, fault) {
				t.Errorf("%s: cut off at once by %v: %v", kind, fault, err)
			}
		}
		if names, err := place.List(t.Context()); len(names) > 0 || err != nil {
			t.Errorf("%s: has %v, %v", kind, names, err)
		}
		whole := func(to io.Writer) error { _, err := to.Write(long); return err }
		if err := place.Write(t.Context(), "whole", whole); err != nil {
			t.Errorf("%s: %v", kind, err)
		}
		if err := place.Write(t.Context(), "whole", whole); !errors.Is(err, fs.ErrExist) {
			t.Errorf("%s: again: %v", kind, err)
		}
		path, done, err := place.Fetch(t.Context(), "whole")
		if err != nil {
			t.Fatalf("%s: %v", kind, err)
		}
		if got, err := os.ReadFile(path); err != nil || !bytes.Equal(got, long) {
			t.Errorf("%s: %d bytes came back, %v", kind, len(got), err)
		}
		if err := errors.Join(done(), place.Remove(t.Context(), "whole")); err != nil {
			t.Errorf("%s: %v", kind, err)
		}
		if names, err := place.List(t.Context()); len(names) > 0 || err != nil {
			t.Errorf("%s: has %v at the end, %v", kind, names, err)
		}
	}
}

// A bucket that is away, or full in the midst, holds up nobody.
func TestBucketIsAwayForABackup(t *testing.T) {
	t.Parallel()
	server := testbucket.Start(t)
	bucket := bucketOn(t, server)
	part := make([]byte, 1<<20)
	err := bucket.Write(t.Context(), "x", func(to io.Writer) error {
		server.Stop()
		for range 10 * uploadPart / len(part) {
			if _, err := to.Write(part); err != nil {
				return err
			}
		}
		return nil
	})
	if err == nil || !strings.Contains(err.Error(), "the bucket for backups") {
		t.Errorf("written: %v", err)
	}
	if _, _, err := bucket.Fetch(t.Context(), "x"); err == nil {
		t.Error("it is fetched")
	}
}
