package testdb

import (
	"context"
	"errors"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
)

// asChild is set in the environment of a test process that another one starts
// to see what it leaves behind.
const asChild = "EXEMPLA_TESTDB_CHILD"

// TestOfAChild is the one test of such a process. It says on standard output
// which database it has.
func TestOfAChild(t *testing.T) {
	how := os.Getenv(asChild)
	if how == "" {
		return
	}
	s := OpenSample(t)
	address, err := url.Parse(URL(t, s))
	if err != nil {
		t.Fatal(err)
	}
	os.Stdout.WriteString("database " + strings.TrimPrefix(address.Path, "/") + "\n")
	if how == "fails" {
		t.Error("as it was told to")
	}
}

// child runs a test process with settings to its end and gives all it said.
func child(t *testing.T, how string, settings ...string) (said string, status int) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestOfAChild$", "-test.v")
	cmd.Env = append(append(os.Environ(), asChild+"="+how), settings...)
	output, err := cmd.CombinedOutput()
	if exit := new(exec.ExitError); err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return string(output), cmd.ProcessState.ExitCode()
}

// named lists the databases of our server whose names begin with prefix.
func named(t *testing.T, prefix string) []string {
	t.Helper()
	var names []string
	err := databases.withConnection(t.Context(), func(conn *pgx.Conn) error {
		rows, err := conn.Query(t.Context(), `select datname from pg_database where starts_with(datname, $1)`, prefix)
		if err == nil {
			names, err = pgx.CollectRows(rows, pgx.RowTo[string])
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}

// On a server that stays, the end of a process removes its templates too,
// whether its tests pass or fail, and its exit status says which.
func TestProcessLeavesASharedServerClean(t *testing.T) {
	t.Parallel()
	for how, want := range map[string]int{"passes": 0, "fails": 1} {
		said, status := child(t, how, "DATABASE_URL="+databases.address.String())
		_, after, found := strings.Cut(said, "database "+namePrefix)
		process, _, whole := strings.Cut(after, "_")
		if status != want || !found || !whole {
			t.Errorf("a process that %s ended with %d, want %d: %s", how, status, want, said)
			continue
		}
		if left := named(t, namePrefix+process+"_"); len(left) > 0 {
			t.Errorf("a process that %s left %q", how, left)
		}
	}
}

// A private server goes with its process, and its folder with it.
func TestProcessTakesItsPrivateServerWithIt(t *testing.T) {
	t.Parallel()
	folder, err := os.MkdirTemp("", "child-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(folder) })
	if err := os.Chmod(folder, 0o711); err != nil { // the user who runs Postgres passes through
		t.Fatal(err)
	}
	said, status := child(t, "passes", "DATABASE_URL=", "TMPDIR="+folder)
	if status != 0 {
		t.Fatalf("the process ended with %d: %s", status, said)
	}
	left, err := filepath.Glob(filepath.Join(folder, "*"))
	if err != nil || len(left) > 0 {
		t.Errorf("it left %q, %v", left, err)
	}
	pids, err := filepath.Glob("/proc/[0-9]*/cmdline")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range pids {
		if line, err := os.ReadFile(path); err == nil && strings.Contains(string(line), folder) {
			t.Errorf("a process of the server is still there: %q", line)
		}
	}
}

// Tests without a database are no tests: they fail, and say why.
func TestProcessWithoutServerFails(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ address, want string }{
		"not an address": {"nonsense", "DATABASE_URL cannot be read"},
		"nothing there":  {"postgres://ana:secret@127.0.0.1:1/exempla", "connect"},
	} {
		said, status := child(t, "passes", "DATABASE_URL="+c.address)
		if status != 1 || !strings.Contains(said, "test database: ") || !strings.Contains(said, c.want) {
			t.Errorf("%s: ended with %d: %s", name, status, said)
		}
		if strings.Contains(said, "secret") {
			t.Errorf("%s: the password is told: %s", name, said)
		}
	}
}

func TestPrivateServerEndsWithItsTest(t *testing.T) {
	t.Parallel()
	folder := filepath.Join(t.TempDir(), "data")
	openToOthers(t, filepath.Dir(folder))
	var address string
	t.Run("inner", func(t *testing.T) {
		address = Private(t, folder).URL()
		conn, err := pgx.Connect(t.Context(), address)
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close(context.Background())
		if _, err := conn.Exec(t.Context(), `create table kept as select 7 as n`); err != nil {
			t.Fatal(err)
		}
	})
	if conn, err := pgx.Connect(t.Context(), address); err == nil {
		conn.Close(t.Context())
		t.Fatal("the server is still there")
	}
	conn, err := pgx.Connect(t.Context(), Private(t, folder).URL())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.Background())
	var n int
	if err := conn.QueryRow(t.Context(), `select n from kept`).Scan(&n); err != nil || n != 7 {
		t.Errorf("what was kept is %d, %v", n, err)
	}
}

// openToOthers lets the user who runs Postgres pass through a test's folders.
func openToOthers(t *testing.T, folder string) {
	t.Helper()
	for _, path := range []string{folder, filepath.Dir(folder)} {
		if err := os.Chmod(path, 0o711); err != nil {
			t.Fatal(err)
		}
	}
}
