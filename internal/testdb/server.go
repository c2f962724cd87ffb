package testdb

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/jackc/pgx/v5"

	"exempla/internal/localpg"
)

// namePrefix starts the name of every test database. One that a crash left on a
// shared server can be recognised by it and dropped.
const namePrefix = "exempla_test_"

// firstWithStrategy is the first version of Postgres with a choice of how to
// clone a database. Copying files takes a third of the time of writing the log,
// and nothing here has to survive a crash.
const firstWithStrategy = 150000

// server is a Postgres server and the databases that this process creates on it.
type server struct {
	address url.URL // of a database to connect to for making others
	prefix  string  // of this process's databases
	cleanUp func(context.Context) error
}

// findServer returns the server in DATABASE_URL, or starts a private one.
func findServer(ctx context.Context) (server, error) {
	s := server{prefix: namePrefix + strings.ToLower(rand.Text()[:10]) + "_"}
	if given := os.Getenv("DATABASE_URL"); given != "" {
		err := s.setAddress(given)
		s.cleanUp = s.dropAll
		return s, err
	}
	return s.startPrivate(ctx)
}

func (s *server) setAddress(address string) error {
	parsed, err := url.Parse(address)
	if err != nil || parsed.Scheme == "" {
		return errors.New("DATABASE_URL cannot be read; expected postgres://user:password@host:port/name")
	}
	s.address = *parsed
	return nil
}

// startPrivate starts a server in a new folder, which goes with it.
func (s server) startPrivate(ctx context.Context) (server, error) {
	folder, err := os.MkdirTemp("", "exempla-test-")
	if err != nil {
		return s, err
	}
	// Root cannot run Postgres; the user who does must be able to pass through.
	if err := os.Chmod(folder, 0o711); err != nil {
		return s, err
	}
	running, err := localpg.Start(ctx, localpg.Settings{Data: folder})
	if err != nil {
		return s, errors.Join(err, os.RemoveAll(folder))
	}
	s.cleanUp = func(ctx context.Context) error {
		return errors.Join(running.Stop(ctx), os.RemoveAll(folder))
	}
	return s, s.setAddress(running.URL())
}

// urlOf is the address of a database on the server.
func (s server) urlOf(name string) string {
	address := s.address
	address.Path = "/" + name
	return address.String()
}

// create clones a database, to which no one may be connected, and returns the
// clone's name.
func (s server) create(ctx context.Context, from string) (name string, err error) {
	name = s.prefix + strings.ToLower(rand.Text())
	err = s.withConnection(ctx, func(conn *pgx.Conn) error {
		var version int
		if err := conn.QueryRow(ctx, `select current_setting('server_version_num')::int`).Scan(&version); err != nil {
			return err
		}
		sql := `create database ` + name + ` template ` + from
		if version >= firstWithStrategy {
			sql += ` strategy file_copy`
		}
		_, err := conn.Exec(ctx, sql)
		return err
	})
	if err != nil {
		return "", fmt.Errorf("create a database from %s: %w", from, err)
	}
	return name, nil
}

func (s server) drop(ctx context.Context, name string) error {
	return s.withConnection(ctx, func(conn *pgx.Conn) error {
		_, err := conn.Exec(ctx, `drop database if exists `+name+` with (force)`)
		return err
	})
}

// alone runs do while nobody is connected to a database, nor can be.
func (s server) alone(ctx context.Context, name string, do func() error) error {
	return s.withConnection(ctx, func(conn *pgx.Conn) error {
		if _, err := conn.Exec(ctx, `alter database `+name+` allow_connections false`); err != nil {
			return err
		}
		_, err := conn.Exec(ctx, `select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = $1`, name)
		if err == nil {
			err = do()
		}
		_, again := conn.Exec(ctx, `alter database `+name+` allow_connections true`)
		return errors.Join(err, again)
	})
}

func (s server) rename(ctx context.Context, from, to string) error {
	return s.withConnection(ctx, func(conn *pgx.Conn) error {
		_, err := conn.Exec(ctx, `alter database `+from+` rename to `+to)
		return err
	})
}

// dropAll drops this process's databases on a server that keeps running.
func (s server) dropAll(ctx context.Context) error {
	var names []string
	err := s.withConnection(ctx, func(conn *pgx.Conn) error {
		rows, err := conn.Query(ctx, `select datname from pg_database where starts_with(datname, $1)`, s.prefix)
		if err == nil {
			names, err = pgx.CollectRows(rows, pgx.RowTo[string])
		}
		return err
	})
	for _, name := range names {
		err = errors.Join(err, s.drop(ctx, name))
	}
	return err
}

// withConnection uses a connection to the server's own database.
func (s server) withConnection(ctx context.Context, use func(*pgx.Conn) error) error {
	conn, err := pgx.Connect(ctx, s.address.String())
	if err != nil {
		return err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	return use(conn)
}

// Private starts a Postgres server just for this test, on a folder. It runs until
// the test stops it or ends; use it for tests in which the server goes away.
func Private(t testing.TB, folder string) *localpg.Server {
	t.Helper()
	return startOn(t, localpg.Settings{Data: folder})
}

func startOn(t testing.TB, s localpg.Settings) *localpg.Server {
	t.Helper()
	server, err := localpg.Start(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { server.Stop(context.Background()) })
	return server
}

// Standby starts a server just for this test that replays what another one writes, on a
// folder with a copy of that one's. The other has to be one of Durable, or its changes
// arrive late.
func Standby(t testing.TB, of *localpg.Server, folder string) *localpg.Server {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), of.URL())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.Background())
	var programs, data string
	err = conn.QueryRow(t.Context(), `select setting, current_setting('data_directory') from pg_config where name = 'BINDIR'`).Scan(&programs, &data)
	if err != nil {
		t.Fatal(err)
	}
	home := filepath.Join(folder, "postgres")
	if err := errors.Join(os.MkdirAll(folder, 0o755), os.Chmod(folder, 0o755)); err != nil { // the server has another user
		t.Fatal(err)
	}
	copied := filepath.Join(home, "data")
	if out, err := exec.Command(filepath.Join(programs, "pg_basebackup"), "--dbname="+of.URL(), "--pgdata="+copied, "--write-recovery-conf",
		"--checkpoint=fast", "--no-sync").CombinedOutput(); err != nil {
		t.Fatalf("copy the server: %v: %s", err, out)
	}
	if err := ownAs(home, filepath.Dir(data)); err != nil {
		t.Fatal(err)
	}
	return Durable(t, folder)
}

// Durable is Private for a server whose changes are on disk, and on their way to a
// standby, when they are acknowledged.
func Durable(t testing.TB, folder string) *localpg.Server {
	t.Helper()
	return startOn(t, localpg.Settings{Data: folder, Durable: true})
}

// ownAs gives a folder and what is in it to the owner of another one.
func ownAs(folder, like string) error {
	owner, err := os.Stat(like)
	if err != nil {
		return err
	}
	id := owner.Sys().(*syscall.Stat_t)
	return filepath.WalkDir(folder, func(path string, _ fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		return os.Lchown(path, int(id.Uid), int(id.Gid))
	})
}
