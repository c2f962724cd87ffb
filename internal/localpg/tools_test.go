package localpg

import (
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/jackc/pgx/v5"
)

func connect(t *testing.T, url string) *pgx.Conn {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	return conn
}

// replace changes a file's content and keeps its owner, who may be another user.
func replace(t *testing.T, path string, content []byte) {
	t.Helper()
	if err := os.WriteFile(path, content, 0o644); err != nil {
		t.Fatal(err)
	}
}

// giveHome hands a home made by a test to the user who would have made it.
func giveHome(t *testing.T, data string) {
	t.Helper()
	home := filepath.Join(data, "postgres")
	give(t, home)
	if err := os.Chmod(home, 0o700); err != nil {
		t.Fatal(err)
	}
}

func serverUser(t *testing.T) owner {
	t.Helper()
	who, err := ownerOf("")
	if err != nil {
		t.Fatal(err)
	}
	return who
}

// held opens a folder as Start does, for tests of its parts.
func held(t *testing.T, s Settings) *folder {
	t.Helper()
	s.Log = slog.New(slog.DiscardHandler)
	f, err := openFolder(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.lock.Close() })
	return f
}

func read(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// give hands a file or folder to the server's user.
func give(t *testing.T, path string) {
	t.Helper()
	who := serverUser(t)
	if err := os.Chown(path, int(who.uid), int(who.gid)); err != nil {
		t.Fatal(err)
	}
}

// deadProcess is the number of a process that has just ended.
func deadProcess(t *testing.T) int {
	t.Helper()
	cmd := exec.Command("true")
	if err := cmd.Run(); err != nil {
		t.Fatal(err)
	}
	return cmd.Process.Pid
}

// livingProcess is the number of a process that is no server but has its user.
func livingProcess(t *testing.T) int {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "sleep", "600")
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: serverUser(t).credential()}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { cmd.Process.Kill(); cmd.Wait() })
	return cmd.Process.Pid
}
