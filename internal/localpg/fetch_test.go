package localpg

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"crypto/sha512"
	"encoding/base64"
	"os"
	"path/filepath"
	"testing"
)

// npmArchive is an archive like npm's with the files given, and its sum.
func npmArchive(t *testing.T, files map[string]string) (archive, sum string) {
	t.Helper()
	var packed bytes.Buffer
	zip := gzip.NewWriter(&packed)
	entries := tar.NewWriter(zip)
	for name, content := range files {
		header := &tar.Header{Name: "package/" + name, Mode: 0o755, Size: int64(len(content)), Typeflag: tar.TypeReg}
		if err := entries.WriteHeader(header); err != nil {
			t.Fatal(err)
		}
		if _, err := entries.Write([]byte(content)); err != nil {
			t.Fatal(err)
		}
	}
	entries.Close()
	zip.Close()
	archive = filepath.Join(t.TempDir(), "parcel.tgz")
	replace(t, archive, packed.Bytes())
	hash := sha512.Sum512(packed.Bytes())
	return archive, base64.StdEncoding.EncodeToString(hash[:])
}

func TestUnpack(t *testing.T) {
	t.Parallel()
	archive, sum := npmArchive(t, map[string]string{
		"native/bin/postgres":     "program",
		"native/lib/libpq.so.5.1": "library",
		"native/pg-symlinks.json": `[{"source":"native/lib/libpq.so.5.1","target":"native/lib/libpq.so.5"}]`,
	})
	into := t.TempDir()
	if err := unpack(archive, sum, into); err != nil {
		t.Fatal(err)
	}
	if got := read(t, filepath.Join(into, "native/lib/libpq.so.5")); got != "library" {
		t.Errorf("the link leads to %q", got)
	}
	info, err := os.Stat(filepath.Join(into, "native/bin/postgres"))
	if err != nil || info.Mode().Perm() != 0o755 {
		t.Errorf("the program's mode: %v, %v", info.Mode(), err)
	}
}

func TestUnpackRefuses(t *testing.T) {
	t.Parallel()
	const links = `[]`
	cases := []struct {
		name  string
		files map[string]string
		sum   string
	}{
		{"another sum", map[string]string{"native/pg-symlinks.json": links}, "AAAA"},
		{"a name that leads out", map[string]string{"../../out": "x", "native/pg-symlinks.json": links}, ""},
		{"no list of links", map[string]string{"native/bin/postgres": "x"}, ""},
	}
	for _, c := range cases {
		archive, sum := npmArchive(t, c.files)
		if c.sum != "" {
			sum = c.sum
		}
		if err := unpack(archive, sum, t.TempDir()); err == nil {
			t.Errorf("%s is taken", c.name)
		}
	}
}
