package main

import (
	"encoding/xml"
	"errors"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
)

// anotherPlace is the setting for an empty place, with a database of its own where the
// tests have a server.
func anotherPlace(t *testing.T) string {
	t.Helper()
	return "EXEMPLA_DATA=" + emptyFolder(t)
}

// readAsPublic reads a site as the public sees it, by path: lists and files of several
// kinds, and every fourth page that search engines are told of.
func readAsPublic(t *testing.T, address string) map[string]string {
	t.Helper()
	paths := []string{"/en/practices", "/ar/practices?q=refugees", "/fr/practices.json?country=GR", "/en/practices.csv", "/en/practices.json",
		"/en/practices.geojson", "/en/practices.atom", "/catalogue.jsonl", "/api/v1/practices", "/en/figures", "/en/map"}
	_, sitemap := fetch(t, address+"/sitemap.xml")
	var listed struct {
		Locations []string `xml:"url>loc"`
		Parts     []string `xml:"sitemap>loc"`
	}
	if err := xml.Unmarshal([]byte(sitemap), &listed); err != nil {
		t.Fatal(err)
	}
	for _, part := range listed.Parts {
		_, text := fetch(t, part)
		if err := xml.Unmarshal([]byte(text), &listed); err != nil {
			t.Fatal(err)
		}
	}
	for i, location := range listed.Locations {
		if i%4 == 0 {
			paths = append(paths, strings.TrimPrefix(location, address))
		}
	}
	pages := map[string]string{}
	for _, path := range paths {
		answer, body := fetch(t, address+path)
		pages[path] = answer.Status + "\n" + strings.ReplaceAll(body, address, "")
	}
	return pages
}

// Somebody backs up a site, loses it, and has it again.
func TestSiteIsLostAndRestored(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "site.backup")
	old := anotherPlace(t)
	p, err := launch(old, "serve", "--demo")
	if err != nil {
		t.Fatal(err)
	}
	defer p.end()
	before := readAsPublic(t, p.address)
	said, status := run(t, old, "backup", file)
	if status != 0 {
		t.Fatal(said)
	}
	wantMentions(t, said, "274 practices, 5 accounts, 0 files in "+file)
	said, status = run(t, old, "restore", "--check", file)
	if status != 0 {
		t.Error(said)
	}
	wantMentions(t, said, "The backup is good: 274 practices")
	said, status = run(t, old, "doctor")
	if status != 0 {
		t.Error(said)
	}
	wantMentions(t, said, "ok  backup: "+file, "ok  backup restored on trial: "+file)
	if said, status = run(t, old, "restore", file); status == 0 {
		t.Error("it was restored over a site")
	}
	wantMentions(t, said, "not empty", "name a new folder in EXEMPLA_DATA")
	p.end()

	place := anotherPlace(t)
	said, status = run(t, place, "restore", file)
	if status != 0 {
		t.Fatal(said)
	}
	wantMentions(t, said, "Restored in ", "274 practices, 5 accounts, 0 files")
	again, err := launch(place, "serve", "--demo")
	if err != nil {
		t.Fatal(err)
	}
	defer again.end()
	after := readAsPublic(t, again.address)
	if len(after) != len(before) || len(before) < 500 {
		t.Errorf("%d pages, then %d", len(before), len(after))
	}
	for path, body := range before {
		if withoutCursor(after[path]) != withoutCursor(body) {
			t.Errorf("%s is another page:\n%.2000s\nwas\n%.2000s", path, after[path], body)
			break
		}
	}
	signInAgain(t, again.address)
}

var cursor = regexp.MustCompile(`"cursor":"[^"]*"|cursor=[0-9a-f-]+`)

// withoutCursor is a page of the API without the place where the next one begins, which
// does not hold where the catalogue has gone back.
func withoutCursor(page string) string { return cursor.ReplaceAllString(page, "") }

// signInAgain signs in with the password that a sample account had.
func signInAgain(t *testing.T, address string) {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	client := &http.Client{Jar: jar}
	answer, err := client.PostForm(address+"/en/sign-in", url.Values{"mail": {"editor@example.org"}, "password": {demoPassword}})
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK || strings.Contains(answer.Request.URL.Path, "sign-in") {
		t.Errorf("signing in ends with %s at %s", answer.Status, answer.Request.URL)
	}
}

// What is no backup is refused before a database is made for it.
func TestRestoreOfSomethingElse(t *testing.T) {
	t.Parallel()
	folder := emptyFolder(t)
	said, status := run(t, "EXEMPLA_DATA="+folder, "restore", "backup_test.go")
	if status == 0 {
		t.Error("it was restored")
	}
	wantMentions(t, said, "backup_test.go: this is no backup of Exempla")
	if _, err := os.Stat(folder); err == nil {
		t.Error("a database was made")
	}
}

// What was being written when the program was killed does not have the name of a backup.
func TestKilledBackupLeavesNoFile(t *testing.T) {
	t.Parallel()
	place := anotherPlace(t)
	if said, status := run(t, place, "import", "--sample"); status != 0 {
		t.Fatal(said)
	}
	path, err := binary()
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "x.backup")
	if err := syscall.Mkfifo(file+".partial", 0o600); err != nil { // so that it stops in the middle
		t.Fatal(err)
	}
	cmd := exec.Command(path, "backup", file)
	cmd.Env = environment(place)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	pipe, err := os.Open(file + ".partial")
	if err != nil {
		t.Fatal(err)
	}
	defer pipe.Close()
	if _, err := io.ReadFull(pipe, make([]byte, 1000)); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	cmd.Wait()
	if _, err := os.Stat(file); err == nil {
		t.Error("there is a file that looks like a backup")
	}
	if err := os.Remove(file + ".partial"); err != nil {
		t.Fatal(err)
	}
	if said, status := run(t, place, "backup", file); status != 0 {
		t.Error(said)
	}
}

// A site that is told a folder has an encrypted backup there soon after it has started,
// which was restored on trial.
func TestRunningSiteMakesItsBackups(t *testing.T) {
	t.Parallel()
	place, folder := anotherPlace(t), t.TempDir()
	phrase, wrong := filepath.Join(t.TempDir(), "phrase"), filepath.Join(t.TempDir(), "wrong")
	if err := errors.Join(os.WriteFile(phrase, []byte("a long phrase\n"), 0o600), os.WriteFile(wrong, []byte("another\n"), 0o600)); err != nil {
		t.Fatal(err)
	}
	p, err := launch(place, "serve", "--backup", filepath.Join(folder, "new"), "--backup-passphrase-file", phrase)
	if err != nil {
		t.Fatal(err)
	}
	defer p.end()
	eventually(t, "a backup that was tried", func() bool {
		return strings.Contains(p.log.String(), "the backup was restored on trial, and is good")
	})
	said, status := run(t, place+" EXEMPLA_BACKUP="+folder, "doctor")
	if status != 0 {
		t.Error(said)
	}
	wantMentions(t, said, "ok  backup: exempla-", "ok  backup restored on trial: exempla-")
	files, err := filepath.Glob(filepath.Join(folder, "new", "*"))
	if err != nil || len(files) != 1 {
		t.Fatal(files, err)
	}
	for setting, want := range map[string]string{
		"": "the backup is encrypted; name the file",
		" EXEMPLA_BACKUP_PASSPHRASE_FILE=" + wrong: "neither passphrase nor identity opens the backup",
	} {
		said, status := run(t, place+setting, "restore", "--check", files[0])
		if status == 0 {
			t.Errorf("with %q: %s", setting, said)
		}
		wantMentions(t, said, want)
	}
}
