package main

import (
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// wantMentions fails the test for every part that a text lacks.
func wantMentions(t *testing.T, said string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if !strings.Contains(said, part) {
			t.Errorf("%q is not said in:\n%s", part, said)
		}
	}
}

func TestWrongSettingsAreToldAllAtOnce(t *testing.T) {
	t.Parallel()
	wrong := "EXEMPLA_LISTEN=nonsense EXEMPLA_PUBLIC_URL=ftp://site EXEMPLA_LOG_FORMAT=xml EXEMPLA_DATA=relative " +
		"DATABASE_URL=mysql://somebody:secret@host/name"
	for _, command := range []string{"serve", "doctor"} {
		said, status := run(t, wrong, command)
		if status == 0 {
			t.Errorf("%s ended as if all were well", command)
		}
		wantMentions(t, said, "--listen", "--public-url", "--log-format", "--data", "--database-url")
		if strings.Contains(said, "secret") {
			t.Errorf("%s tells the password: %s", command, said)
		}
	}
}

// The parser would end at the first, and without the others.
func TestUnreadableSettingsAreToldWithTheOthers(t *testing.T) {
	t.Parallel()
	wrong := "EXEMPLA_DEMO=ja EXEMPLA_DRAIN=5s EXEMPLA_PROXIES= EXEMPLA_LISTEN=nonsense"
	for _, command := range []string{"serve", "doctor"} {
		said, status := run(t, wrong, command)
		if status != 1 {
			t.Errorf("%s ended with %d", command, status)
		}
		wantMentions(t, said, "EXEMPLA_DEMO", `"ja" must be true or false`, "EXEMPLA_DRAIN", `"5s" must be a whole number`, "EXEMPLA_PROXIES", "--listen")
	}
	if said, status := run(t, wrong, "version"); status != 0 {
		t.Errorf("settings of others trouble a command: %s", said)
	}
}

func TestAddressInUse(t *testing.T) {
	t.Parallel()
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	folder := emptyFolder(t)
	said, status := run(t, "EXEMPLA_DATA="+folder+" EXEMPLA_LISTEN="+taken.Addr().String(), "serve")
	if status == 0 {
		t.Error("serve ended as if all were well")
	}
	wantMentions(t, said, taken.Addr().String(), "EXEMPLA_LISTEN")
	if _, err := os.Stat(folder); err == nil {
		t.Error("a database was made for a site that cannot be reached")
	}
}

func TestDryRunTellsEveryFault(t *testing.T) {
	t.Parallel()
	const faulty = `[
  {"slug": "Not A Slug",
   "title": "",
   "country_code": "XX",
   "topics": ["no-such-topic"],
   "summary": "Text."},
  {"slug": "good-practice", "title": "Good practice", "country_code": "GR",
   "topics": ["education"], "summary": "Text.",
   "colour": "red"}
]`
	file, folder := filepath.Join(t.TempDir(), "faulty.json"), emptyFolder(t)
	if err := os.WriteFile(file, []byte(faulty), 0o600); err != nil {
		t.Fatal(err)
	}
	said, status := run(t, "EXEMPLA_DATA="+folder, "import", "--dry-run", file)
	if status == 0 {
		t.Error("a faulty file ended as if all were well")
	}
	wantMentions(t, said, "line 2, slug", "line 3, title", "line 4, country_code", "line 5, topics", "line 9, colour", "nothing was written")
	if _, err := os.Stat(folder); err == nil {
		t.Error("a dry run made a database")
	}
}

// What spreadsheets save is no catalogue of nothing: lines that end with CR alone were
// once read as one, without a fault.
func TestImportOfTablesOfSpreadsheets(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	for _, c := range []struct {
		content, said string
		sound         bool
	}{
		{"sep=;\rslug;title;country_code;topics;summary;\ra;A;EL;\"roma; refugees\";S;\r;;;;;\r", "1 practice, no faults", true},
		{"slug;title;country_code;topics;summary\r", "line 1: there are no practices in this file", false},
		{"slug;titel;country_code;topics;summary\ra;A;GR;roma;S\r", "1 fault in 1 practice", false},
	} {
		file := filepath.Join(folder, "table.csv")
		if err := os.WriteFile(file, []byte(c.content), 0o600); err != nil {
			t.Fatal(err)
		}
		said, status := run(t, "EXEMPLA_DATA="+folder, "import", "--dry-run", file)
		if (status == 0) != c.sound {
			t.Errorf("%q ended with %d", c.content, status)
		}
		wantMentions(t, said, c.said)
	}
}

// The program carries the sample, so that an older one can be brought up to date.
func TestImportOfTheSampleThatComesWithTheProgram(t *testing.T) {
	t.Parallel()
	setting := "EXEMPLA_DATA=" + emptyFolder(t)
	said, status := run(t, setting, "import", "--dry-run", "--sample")
	if status != 0 {
		t.Errorf("ended with %d", status)
	}
	wantMentions(t, said, "274 practices, no faults")
	for _, arguments := range [][]string{{"import"}, {"import", "--sample", "practices.json"}} {
		said, status := run(t, setting, arguments...)
		if status == 0 {
			t.Errorf("%v ended as if all were well", arguments)
		}
		wantMentions(t, said, "name a file, or say --sample")
	}
}

func TestHelpAndVersion(t *testing.T) {
	t.Parallel()
	said, status := run(t, "", "version")
	if status != 0 || !strings.HasPrefix(said, "exempla ") {
		t.Errorf("version ended with %d: %s", status, said)
	}
	for _, command := range []string{"serve", "migrate", "import", "backup", "restore", "files copy", "doctor", "version"} {
		said, status := run(t, "", append(strings.Fields(command), "--help")...)
		if status != 0 || !strings.HasPrefix(said, "Usage: exempla "+command) {
			t.Errorf("%s --help ended with %d: %s", command, status, said)
		}
	}
}
