package localpg

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"sync"
	"syscall"
	"testing"

	"github.com/jackc/pgx/v5"
)

// childData makes the test binary a program with a private database in that
// folder, for the tests that kill such a program.
const childData = "LOCALPG_TEST_CHILD"

func TestMain(m *testing.M) {
	if data := os.Getenv(childData); data != "" {
		if err := child(data); err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
	}
	code := m.Run()
	if made, err := template(); err == nil {
		os.RemoveAll(filepath.Dir(made))
	}
	os.Exit(code)
}

// template is a data folder with a database in it, for tests that do not ask how
// it is made: a copy takes a tenth of the time.
var template = sync.OnceValues(func() (string, error) {
	base, err := os.MkdirTemp("", "localpg-template-")
	if err != nil {
		return "", err
	}
	if err := os.Chmod(base, 0o755); err != nil {
		return "", err
	}
	data := filepath.Join(base, "site")
	server, err := Start(context.Background(), Settings{Data: data})
	if err != nil {
		return "", err
	}
	return data, server.Stop(context.Background())
})

// readyData is a new folder like newData, with a database that was stopped.
func readyData(t *testing.T) string {
	t.Helper()
	data := newData(t)
	copyTo(t, data)
	return data
}

func copyTo(t *testing.T, data string) {
	t.Helper()
	from, err := template()
	if err != nil {
		t.Fatal(err)
	}
	if err := exec.Command("cp", "-a", from, data).Run(); err != nil {
		t.Fatal(err)
	}
}

// child starts the database, says so, and works on until it is killed. It takes
// no notice of Ctrl-C: that the server outlives it shows in a test.
func child(data string) error {
	signal.Ignore(syscall.SIGINT)
	server, err := Start(context.Background(), Settings{Data: data, Durable: true})
	if err != nil {
		return err
	}
	fmt.Println(server.URL())
	<-server.Done()
	return nil
}

// newData is a folder that the database's user can reach, unlike t.TempDir().
func newData(t *testing.T) string {
	t.Helper()
	data, err := os.MkdirTemp("", "localpg-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(data) })
	if err := os.Chmod(data, 0o755); err != nil {
		t.Fatal(err)
	}
	return filepath.Join(data, "site")
}

// start fails the test where Start does, and stops the server after the test.
func start(t *testing.T, s Settings) *Server {
	t.Helper()
	if s.Log == nil {
		s.Log = slog.New(slog.NewTextHandler(t.Output(), nil))
	}
	server, err := Start(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { server.Stop(context.Background()) })
	return server
}

func stop(t *testing.T, server *Server) {
	t.Helper()
	if err := server.Stop(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// ask runs one statement over its own connection and gives its first value.
func ask(t *testing.T, url, sql string) string {
	t.Helper()
	conn := connect(t, url)
	defer conn.Close(context.Background())
	rows, err := conn.Query(t.Context(), sql)
	if err != nil {
		t.Fatal(err)
	}
	values, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		t.Fatal(err)
	}
	if len(values) == 0 {
		return ""
	}
	return values[0]
}
