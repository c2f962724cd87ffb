package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"exempla/internal/testdb"
)

// foreignDatabase makes a database on a server that the program did not start, and returns
// its address.
func foreignDatabase(t *testing.T, server, name, how string) string {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), server)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.Background())
	if _, err := conn.Exec(t.Context(), "create database "+name+" template template0 "+how); err != nil {
		t.Fatal(err)
	}
	address := databaseOf(server)
	address.Path = "/" + name
	return "DATABASE_URL=" + address.String()
}

// A database that cannot keep every letter is refused, and one that does not know them as
// letters is warned of; doctor says the same of both.
func TestDatabaseOfAnotherAlphabet(t *testing.T) {
	t.Parallel()
	server := testdb.Private(t, emptyFolder(t)).URL()
	latin := foreignDatabase(t, server, "latin", "encoding 'LATIN1' locale 'C'")
	for command, want := range map[string]string{"serve": "has the encoding LATIN1", "doctor": "BAD encoding: LATIN1"} {
		said, status := run(t, latin+" EXEMPLA_LISTEN=127.0.0.1:0 EXEMPLA_DATA="+emptyFolder(t), command)
		if status != 1 {
			t.Errorf("%s ended with %d", command, status)
		}
		wantMentions(t, said, want, "createdb --encoding=UTF8 --locale=C.UTF-8")
	}
	plain := start(t, foreignDatabase(t, server, "plain", "encoding 'UTF8' locale 'C'"), "serve")
	wantMentions(t, plain.log.String(), "the database has the locale C; with it, letters beyond a–z", "createdb --encoding=UTF8 --locale=C.UTF-8")
}

// A mistyped folder is told from an empty site, and is not made.
func TestNoSiteInAMistypedFolder(t *testing.T) {
	t.Parallel()
	folder := emptyFolder(t)
	for _, command := range []string{"doctor", "account list", "account erase ana@example.org", "account invite --role editor ana@example.org",
		"export " + filepath.Join(t.TempDir(), "x.json"), "backup " + filepath.Join(t.TempDir(), "x.backup")} {
		said, status := run(t, "EXEMPLA_DATA="+folder, strings.Fields(command)...)
		if status != 1 {
			t.Errorf("%s ended with %d", command, status)
		}
		wantMentions(t, said, "there is no site in "+folder)
	}
	if _, err := os.Stat(folder); !errors.Is(err, os.ErrNotExist) {
		t.Error("the folder was made")
	}
}

// Backups are lost with what they lie in.
func TestBackupsLieApart(t *testing.T) {
	t.Parallel()
	place, link := t.TempDir(), filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(place, link); err != nil {
		t.Fatal(err)
	}
	for name, setting := range map[string]string{
		"in the data":           "EXEMPLA_DATA=" + place + "/data EXEMPLA_BACKUP=" + place + "/data/backups",
		"the data itself":       "EXEMPLA_DATA=" + place + "/data EXEMPLA_BACKUP=" + place + "/data/",
		"around the data":       "EXEMPLA_DATA=" + place + "/data EXEMPLA_BACKUP=" + place,
		"in the data by a link": "EXEMPLA_DATA=" + place + "/data EXEMPLA_BACKUP=" + link + "/data/backups",
		"in the files":          "DATABASE_URL=postgres://localhost:1/x EXEMPLA_FILES=" + place + "/files EXEMPLA_BACKUP=" + place + "/files/backups",
		"around the files":      "EXEMPLA_DATA=" + place + "/data EXEMPLA_FILES=" + place + "/all/files EXEMPLA_BACKUP=" + link + "/all",
	} {
		for _, command := range []string{"serve", "doctor"} {
			said, status := run(t, setting+" EXEMPLA_LISTEN=127.0.0.1:0", command)
			if status != 1 || !strings.Contains(said, "--backup") || !strings.Contains(said, "must lie outside of") {
				t.Errorf("%s: %s ended with %d: %s", name, command, status, said)
			}
		}
	}
	said, _ := run(t, "EXEMPLA_DATA="+place+"/data EXEMPLA_BACKUP="+place+"/data-backups", "doctor")
	if strings.Contains(said, "--backup") {
		t.Errorf("beside the data: %s", said)
	}
}

// Who takes their accounts from the programs beside it says so.
func TestSampleAccountsAreClosedAloud(t *testing.T) {
	t.Parallel()
	place := "EXEMPLA_DATA=" + emptyFolder(t)
	p := start(t, place, "serve", "--demo")
	said, _ := run(t, place, "doctor")
	wantMentions(t, said, "ok  sample accounts: 5 can be used, 0 are closed")
	p.end()
	for _, told := range []bool{true, false} { // the second has nothing to close
		p = start(t, place, "serve")
		if strings.Contains(p.log.String(), "sample accounts are closed") != told {
			t.Errorf("it should be told: %t", told)
		}
		p.end()
	}
	said, _ = run(t, place, "doctor")
	wantMentions(t, said, "ok  sample accounts: 0 can be used, 5 are closed")
}
