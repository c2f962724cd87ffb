package localpg

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestUserData(t *testing.T) {
	t.Parallel()
	cases := []struct{ system, xdg, want string }{
		{"linux", "", "/home/ana/.local/share/exempla"},
		{"linux", "/big/ana", "/big/ana/exempla"},
		{"linux", "not/absolute", "/home/ana/.local/share/exempla"},
		{"darwin", "/big/ana", "/home/ana/Library/Application Support/exempla"},
	}
	for _, c := range cases {
		if got := userData(c.system, c.xdg, "/home/ana"); got != c.want {
			t.Errorf("%s, %q: %s, want %s", c.system, c.xdg, got, c.want)
		}
	}
}

func TestDefaultData(t *testing.T) {
	t.Setenv("HOME", "/home/ana")
	t.Setenv("XDG_DATA_HOME", "")
	got, err := DefaultData()
	if err != nil || !filepath.IsAbs(got) || filepath.Base(got) != "exempla" {
		t.Errorf("got %q, %v", got, err)
	}
	if os.Geteuid() == 0 && got != "/var/lib/exempla" {
		t.Errorf("as root the data lie in %s", got)
	}
}

func TestRelativeFolderIsRefused(t *testing.T) {
	t.Parallel()
	if _, err := Start(t.Context(), Settings{Data: "here"}); err == nil {
		t.Error("a relative folder is taken")
	}
}

// A folder out of reach is rejected before anything is created in it that would
// have to be moved. Only root runs the server as another user; an ordinary user
// gets the system's error.
func TestFolderOutOfReachIsRefused(t *testing.T) {
	t.Parallel()
	shut := filepath.Dir(newData(t))
	mode := os.FileMode(0o700)
	if os.Geteuid() != 0 {
		mode = 0o500
	}
	if err := os.Chmod(shut, mode); err != nil {
		t.Fatal(err)
	}
	_, err := Start(t.Context(), Settings{Data: filepath.Join(shut, "site")})
	if err == nil || !strings.Contains(err.Error(), shut) {
		t.Fatalf("the error does not name the closed folder: %v", err)
	}
	if os.Geteuid() == 0 && !strings.Contains(err.Error(), "chmod o+x "+shut) {
		t.Errorf("the error does not say how to mend it: %v", err)
	}
}

func TestClosedReadsModesAsTheKernelDoes(t *testing.T) {
	t.Parallel()
	folder := filepath.Dir(newData(t))
	uid, gid := uint32(os.Geteuid()), uint32(os.Getegid())
	cases := []struct {
		mode  os.FileMode
		owner owner
		open  bool
	}{
		{0o700, owner{uid: uid, gid: gid}, true},
		{0o077, owner{uid: uid, gid: gid}, false},
		{0o010, owner{uid: uid + 1, gid: gid}, true},
		{0o701, owner{uid: uid + 1, gid: gid}, false},
		{0o001, owner{uid: uid + 1, gid: gid + 1}, true},
		{0o770, owner{uid: uid + 1, gid: gid + 1}, false},
	}
	for _, c := range cases {
		if err := os.Chmod(folder, c.mode); err != nil {
			t.Fatal(err)
		}
		c.owner.foreign = true
		shut, err := c.owner.blockedAt(folder)
		if err != nil || (shut == "") != c.open {
			t.Errorf("%o for %+v: closed %q, %v", c.mode, c.owner, shut, err)
		}
	}
}

// The umask of the user who starts the program does not matter.
func TestNewFolderCanBeReached(t *testing.T) {
	t.Parallel()
	f := held(t, Settings{Data: filepath.Join(newData(t), "deep", "down")})
	if shut, err := f.owner.blockedAt(f.root); err != nil || shut != "" {
		t.Errorf("closed at %q, %v", shut, err)
	}
	info, err := os.Stat(f.home())
	if err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("the database's own folder: %v, %v", info.Mode(), err)
	}
}
