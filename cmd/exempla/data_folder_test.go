package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
)

// extraPractice is a file with one practice that the sample does not have.
const extraPractice = `[{"slug": "a-practice-of-our-own", "title": "A practice of our own", "country_code": "GR",
	"topics": ["education"], "summary": "It is there to be found again."}]`

// The size of the sample, and with extraPractice, as the listing displays it.
const (
	sampleCount = "274 practices"
	extraCount  = "275 practices"
)

var heading = regexp.MustCompile(`<h2 id="count"[^>]*>([^<]*)</h2>`)

// listingCount is the count above the listing of a running program.
func listingCount(t *testing.T, p *program) string {
	t.Helper()
	_, body := fetch(t, p.address+"/en/practices")
	if found := heading.FindStringSubmatch(body); found != nil {
		return found[1]
	}
	return ""
}

func importExtra(t *testing.T, setting string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "extra.json")
	if err := os.WriteFile(file, []byte(extraPractice), 0o600); err != nil {
		t.Fatal(err)
	}
	said, status := run(t, setting, "import", file)
	if status != 0 {
		t.Fatalf("import ended with %d: %s", status, said)
	}
	return said
}

// One data folder is filled, stopped, imported into, and killed.
func TestProgramKeepsItsData(t *testing.T) {
	t.Parallel()
	folder := emptyFolder(t)
	setting := "EXEMPLA_DATA=" + folder

	p := start(t, setting, "serve", "--demo")
	if !regexp.MustCompile(`^http://localhost:\d+$`).MatchString(p.address) {
		t.Errorf("the address printed is %q", p.address)
	}
	if got := listingCount(t, p); got != sampleCount {
		t.Errorf("a fresh catalogue has %s", got)
	}
	postgres := postgresOf(t, folder)
	if postgres == 0 || !alive(postgres) {
		t.Errorf("no private Postgres runs in the folder (%d)", postgres)
	}
	p.end()
	if p.err != nil {
		t.Errorf("SIGTERM: %v\n%s", p.err, &p.log)
	}
	if alive(postgres) {
		t.Errorf("the stopped program left Postgres %d behind", postgres)
	}

	if said := importExtra(t, setting); !strings.HasPrefix(said, "1 new") && !strings.Contains(said, "\n1 new") {
		t.Errorf("import said %q", said)
	}
	if said, status := run(t, setting, "doctor"); status != 0 || strings.Contains(said, "BAD") {
		t.Errorf("doctor ended with %d: %s", status, said)
	}

	p = start(t, setting, "serve", "--demo")
	if got := listingCount(t, p); got != extraCount {
		t.Errorf("the second start has %s", got)
	}
	postgres = postgresOf(t, folder)
	if err := p.process.Signal(syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	<-p.ended
	eventually(t, "Postgres ends with its killed program", func() bool { return !alive(postgres) })

	p = start(t, setting, "serve", "--demo")
	if got := listingCount(t, p); got != extraCount {
		t.Errorf("after kill -9 there are %s", got)
	}
}

// Two data folders are two independent sites; an import while a site is running is
// visible there immediately.
func TestTwoFoldersSideBySide(t *testing.T) {
	t.Parallel()
	one, other := "EXEMPLA_DATA="+emptyFolder(t), "EXEMPLA_DATA="+emptyFolder(t)
	a, b := start(t, one, "serve", "--demo"), start(t, other, "serve")
	importExtra(t, one)
	eventually(t, "the import shows on the site it belongs to", func() bool { return listingCount(t, a) == extraCount })
	if got := listingCount(t, b); got == extraCount || got == sampleCount {
		t.Errorf("the other site has %s", got)
	}
	a.end()
	if answer, _ := fetch(t, b.address+"/readyz"); answer.StatusCode != 200 {
		t.Errorf("when one site stops, the other answers %s", answer.Status)
	}
}
