package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"exempla/internal/attachment"
	"exempla/internal/practice"
	"exempla/internal/testbucket"
)

// kept is a folder with some files.
func kept(t *testing.T, contents map[string]string) string {
	t.Helper()
	path := emptyFolder(t)
	s, err := attachment.OpenFolder(path)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for hash, content := range contents {
		if err := s.Keep(t.Context(), attachment.File{Attachment: practice.Attachment{Hash: hash}, Content: []byte(content)}); err != nil {
			t.Fatal(err)
		}
	}
	return path
}

// helloHash is that of "hello".
const helloHash = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"

// A site moves its files to a bucket and is served, backed up and restored from there.
func TestFilesMoveToABucket(t *testing.T) {
	t.Parallel()
	bucket := testbucket.Start(t)
	secret := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(secret, []byte(testbucket.Secret+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	key := "AWS_ACCESS_KEY_ID=" + testbucket.AccessKey + " AWS_SECRET_ACCESS_KEY_FILE=" + secret
	damaged := strings.Repeat("a", 64)
	from := kept(t, map[string]string{helloHash: "hello", damaged: "damaged"})

	said, status := run(t, key, "files", "copy", from, bucket.Address())
	if status == 0 {
		t.Error("a damaged file was copied as if all were well")
	}
	wantMentions(t, said, "1 file copied and read back, 0 were there", "left behind: "+damaged)
	if err := os.Remove(filepath.Join(from, damaged)); err != nil {
		t.Fatal(err)
	}
	if said, status = run(t, key, "files", "copy", from, bucket.Address()); status != 0 {
		t.Errorf("copying again ended with %d", status)
	}
	wantMentions(t, said, "0 files copied and read back, 1 were there")

	place := anotherPlace(t) + " " + key + " EXEMPLA_FILES=" + bucket.Address()
	if said, status := run(t, place, "migrate"); status != 0 {
		t.Fatal(said)
	}
	said, status = run(t, place, "doctor")
	if status != 0 || strings.Contains(said, testbucket.Secret) {
		t.Errorf("doctor ended with %d", status)
	}
	wantMentions(t, said, "ok  files: in s3://files/ at http://"+bucket.Host)

	file := strings.Replace(bucket.Address(), "s3://files?", "s3://files/today.backup?", 1)
	if said, status := run(t, place, "backup", file); status != 0 {
		t.Errorf("a backup in the bucket ended with %d: %s", status, said)
	}
	said, _ = run(t, place, "restore", "--check", file)
	wantMentions(t, said, "The backup is good")
	if said, status := run(t, place, "restore", "--check", bucket.Address()); status == 0 {
		t.Errorf("a bucket was restored: %s", said)
	}
	apart := place + " EXEMPLA_BACKUP=" + bucket.Address() + "&prefix=night/"
	said, _ = run(t, apart, "doctor")
	wantMentions(t, said, "setting --backup", "must be another bucket")
	apart = anotherPlace(t) + " " + key + " EXEMPLA_BACKUP=" + bucket.Address() + "&prefix=night/"
	if said, status := run(t, apart, "migrate"); status != 0 {
		t.Fatal(said)
	}
	said, _ = run(t, apart, "doctor")
	wantMentions(t, said, "ok  nightly backups: in s3://files")

	bucket.Stop()
	said, _ = run(t, apart, "doctor")
	wantMentions(t, said, "BAD nightly backups: cannot be looked up", "the bucket for backups, s3://files/night/")
	said, status = run(t, place, "doctor")
	if status == 0 {
		t.Error("doctor is content without files")
	}
	wantMentions(t, said, "BAD files: cannot be kept", "refused")
	if _, status := run(t, place, "backup", filepath.Join(t.TempDir(), "x.backup")); status == 0 {
		t.Error("a backup was made without files")
	}
}

func TestFilesCopyTellsAllFaults(t *testing.T) {
	t.Parallel()
	said, status := run(t, "", "files", "copy", "here", "s3://files?endpoint=http://s3.example")
	if status == 0 {
		t.Error("it ended as if all were well")
	}
	wantMentions(t, said, "FROM: \"here\" must be an absolute path", "TO: must name the server by https://", "--s3-key (AWS_ACCESS_KEY_ID): is needed", "--s3-secret (AWS_SECRET_ACCESS_KEY): is needed")
	missing := filepath.Join(t.TempDir(), "nothing")
	if said, status := run(t, "", "files", "copy", missing, emptyFolder(t)); status == 0 {
		t.Errorf("what is not there was copied: %s", said)
	}
	if _, err := os.Stat(missing); err == nil {
		t.Error("it was made")
	}
}

// Somebody who copies a place onto itself meant another.
func TestFilesAreNotCopiedOntoThemselves(t *testing.T) {
	t.Parallel()
	folder, link := t.TempDir(), filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(folder, link); err != nil {
		t.Fatal(err)
	}
	key := "AWS_ACCESS_KEY_ID=a AWS_SECRET_ACCESS_KEY=b"
	bucket := "s3://files?endpoint=https://localhost:1"
	for _, c := range [][2]string{{folder, folder}, {folder, link}, {link + "/new", folder + "/new"}, {bucket, bucket + "&region=eu"}} {
		said, status := run(t, key, "files", "copy", c[0], c[1])
		if status != 2 || !strings.Contains(said, "FROM and TO are the same place") {
			t.Errorf("%v ended with %d: %s", c, status, said)
		}
	}
}
