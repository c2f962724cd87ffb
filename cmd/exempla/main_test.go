package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5"

	"exempla/internal/browser"
)

func TestMain(m *testing.M) {
	code := m.Run()
	browser.Close()
	endSite()
	if folder, err := buildFolder(); err == nil {
		os.RemoveAll(folder)
	}
	os.Exit(code)
}

// buildFolder is a folder for all tests. Every user may pass through it, because a
// private Postgres does not run as root.
var buildFolder = sync.OnceValues(func() (string, error) {
	folder, err := os.MkdirTemp("", "exempla-test-")
	if err != nil {
		return "", err
	}
	return folder, os.Chmod(folder, 0o711)
})

// binary builds the program as people get it.
var binary = sync.OnceValues(func() (string, error) {
	folder, err := buildFolder()
	if err != nil {
		return "", err
	}
	path := filepath.Join(folder, "program")
	build := exec.Command("go", "build", "-o", path, ".")
	if out, err := build.CombinedOutput(); err != nil {
		return "", fmt.Errorf("build: %w\n%s", err, out)
	}
	return path, nil
})

// newFolder is a place for the data of one program.
func newFolder() (string, error) {
	folder, err := buildFolder()
	if err != nil {
		return "", err
	}
	return filepath.Join(folder, strings.ToLower(rand.Text())), nil
}

// emptyFolder is newFolder for a test.
func emptyFolder(t *testing.T) string {
	t.Helper()
	folder, err := newFolder()
	if err != nil {
		t.Fatal(err)
	}
	return folder
}

// site is the one running program that all tests may read from. Its database is
// private, or a new one on the server that DATABASE_URL names.
var site = sync.OnceValues(func() (*program, error) {
	setting, err := newDatabase()
	if err != nil {
		return nil, err
	}
	return launch(setting, "serve", "--demo")
})

// siteSetting is how the shared site's database was chosen.
var siteSetting string

// endSite stops the shared site, if it was ever started, and takes its database
// away.
func endSite() {
	if siteSetting == "" {
		return
	}
	if p, err := site(); err == nil {
		p.reportEarlyEnd()
		p.end()
	}
	if address, ok := strings.CutPrefix(siteSetting, "DATABASE_URL="); ok {
		name := strings.TrimPrefix(databaseOf(address).Path, "/")
		if err := onServer("drop database " + pgx.Identifier{name}.Sanitize()); err != nil {
			fmt.Fprintln(os.Stderr, "the test's database stays behind:", err)
		}
	}
}

// newDatabase gives the setting for an empty database.
func newDatabase() (setting string, err error) {
	defer func() { siteSetting = setting }()
	server := os.Getenv("DATABASE_URL")
	if server == "" {
		folder, err := newFolder()
		return "EXEMPLA_DATA=" + folder, err
	}
	address := databaseOf(server)
	address.Path = "/exempla_test_" + strings.ToLower(rand.Text())
	name := strings.TrimPrefix(address.Path, "/")
	return "DATABASE_URL=" + address.String(), onServer("create database " + pgx.Identifier{name}.Sanitize())
}

func databaseOf(address string) *url.URL {
	parsed, err := url.Parse(address)
	if err != nil {
		return &url.URL{}
	}
	return parsed
}

// onServer runs one statement on the server that DATABASE_URL names.
func onServer(statement string) error {
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, os.Getenv("DATABASE_URL"))
	if err != nil {
		return err
	}
	defer conn.Close(ctx)
	_, err = conn.Exec(ctx, statement)
	return err
}

// address is an address of the shared site.
func address(t *testing.T, path string) string {
	t.Helper()
	p, err := site()
	if err != nil {
		t.Fatal(err)
	}
	return p.address + path
}

// fetch asks for an address without a browser.
func fetch(t *testing.T, address string) (*http.Response, string) {
	t.Helper()
	answer, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	var body bytes.Buffer
	if _, err := body.ReadFrom(answer.Body); err != nil {
		t.Fatal(err)
	}
	return answer, body.String()
}
