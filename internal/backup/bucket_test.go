package backup

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"exempla/internal/attachment"
	"exempla/internal/store"
	"exempla/internal/testbucket"
	"exempla/internal/testdb"
	"exempla/migrations"
)

// With its files in a bucket a site is backed up and restored alike; while the bucket is
// away there is no backup, rather than one without files.
func TestFilesInABucket(t *testing.T) {
	t.Parallel()
	server := testbucket.Start(t)
	inBucket := func(s *store.Store, prefix string) Site {
		files, err := attachment.OpenBucket(t.Context(), attachment.Bucket{Host: server.Host, Name: testbucket.Bucket, Prefix: prefix,
			Key: testbucket.AccessKey, Secret: testbucket.Secret})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { files.Close() })
		return Site{Store: s, Files: files, Steps: migrations.Files, Program: "1.0"}
	}
	site := inBucket(testdb.OpenSample(t), "one/")
	hash := keep(t, site, "a file")
	name, _ := written(t, site, Key{})
	again := inBucket(testdb.Open(t), "other/")
	if report, err := Restore(t.Context(), again, name); err != nil || report.Contents.Files != 1 {
		t.Errorf("restored %+v, error %v", report.Contents, err)
	}
	if content, err := again.Files.Whole(t.Context(), hash); string(content) != "a file" || err != nil {
		t.Errorf("the file is %q, %v", content, err)
	}
	third := inBucket(testdb.Open(t), "other/") // where the site before lies
	if _, err := Restore(t.Context(), third, name); err != nil {
		t.Errorf("over the same files: %v", err)
	}
	keep(t, again, "a later file")
	fourth := inBucket(testdb.Open(t), "other/")
	if _, err := Restore(t.Context(), fourth, name); !errors.Is(err, ErrForeignFiles) {
		t.Errorf("over files of another site: %v", err)
	}
	server.Stop()
	if _, err := WriteFile(t.Context(), site, Folder(filepath.Dir(name)), filepath.Base(name)+"2"); !errors.Is(err, attachment.ErrAway) {
		t.Errorf("a backup without files: %v", err)
	}
	if _, err := os.Stat(name + "2"); err == nil {
		t.Error("it has a name")
	}
}
