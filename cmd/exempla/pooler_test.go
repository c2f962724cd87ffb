package main

import (
	"fmt"
	"net"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"exempla/internal/testdb"
)

// pooler starts pgbouncer before a server, which lends connections for one transaction,
// and returns the address of a database through it.
func pooler(t *testing.T, server string) string {
	t.Helper()
	name, err := exec.LookPath("pgbouncer")
	if err != nil {
		name = "/usr/sbin/pgbouncer" // where Debian has it, which is in root's path only
	}
	behind, err := url.Parse(server)
	if err != nil {
		t.Fatal(err)
	}
	at := freeAddress(t)
	_, port, _ := net.SplitHostPort(at)
	folder := emptyFolder(t)
	if err := os.MkdirAll(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	settings := filepath.Join(folder, "pgbouncer.ini")
	if err := os.WriteFile(settings, fmt.Appendf(nil, `[databases]
* = host=%s port=5432 user=%s
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = %s
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = 3
`, behind.Query().Get("host"), behind.User.Username(), port), 0o644); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(name, settings)
	if os.Getuid() == 0 { // as whom it does not run; the server's user may open its socket
		socket, err := os.Stat(behind.Query().Get("host"))
		if err != nil {
			t.Fatal(err)
		}
		owner := socket.Sys().(*syscall.Stat_t)
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: owner.Uid, Gid: owner.Gid}}
	}
	inBackground(t, cmd)
	eventually(t, "the pooler", func() bool {
		conn, err := net.Dial("tcp", at)
		if err == nil {
			conn.Close()
		}
		return err == nil
	})
	return "postgres://" + behind.User.Username() + "@" + at + behind.Path
}

// Through a pooler the site works as without, if it knows a way around it.
func TestSiteWorksThroughAPooler(t *testing.T) {
	t.Parallel()
	direct := testdb.Private(t, emptyFolder(t)).URL()
	pooled := pooler(t, direct)
	p := start(t, "DATABASE_URL="+pooled, "serve", "--demo", "--listen-url", direct)
	for _, path := range read {
		if err := p.answers(path); err != nil {
			t.Error(err)
		}
	}
	o := signInTo(t, p, "ioannina@example.org")
	for i := range 5 {
		number, err := o.submitNew(fmt.Sprint("Through a pooler ", i))
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range []string{"/submissions", "/submissions/" + number, "/submissions/" + number + "/receipt", "/account"} {
			o.opens(t, path)
		}
	}
	editor := signInTo(t, p, "editor@example.org")
	for _, path := range []string{"/desk", "/desk/1", "/desk/statistics", "/collections", "/enquiries"} {
		editor.opens(t, path)
	}
	if to, err := editor.send("/desk/practices/urban-response-coordination-ioannina/correct", "text", "en"); err != nil || !strings.HasPrefix(to, "/en/desk/corrections/") {
		t.Errorf("a correction begins at %q, %v", to, err)
	}
	administrator := signInTo(t, p, "administrator@example.org")
	for _, path := range []string{"/people", "/events", "/mail-queue"} {
		administrator.opens(t, path)
	}

	// Another program changes the catalogue, and this one is told.
	file := filepath.Join(t.TempDir(), "more.json")
	if err := os.WriteFile(file, []byte(`[{"slug": "through-a-pooler", "title": "Heard through a pooler", "title_language": "en", "summary": "News of another program.", "country_code": "FR", "topics": ["refugees"], "start_year": 2020, "ongoing": true}]`), 0o644); err != nil {
		t.Fatal(err)
	}
	if out, code := run(t, "DATABASE_URL="+pooled+" EXEMPLA_LISTEN_URL="+direct, "import", file); code != 0 {
		t.Fatal(out)
	}
	eventually(t, "what another program has imported", func() bool {
		_, body := fetch(t, p.address+"/en/practices?q=heard")
		return strings.Contains(body, "Heard through a pooler")
	})

	for setting, want := range map[string]string{"": "BAD pooler: there is one", " EXEMPLA_LISTEN_URL=" + direct: "ok  pooler: EXEMPLA_LISTEN_URL leads around it"} {
		if out, _ := run(t, "DATABASE_URL="+pooled+setting, "doctor"); !strings.Contains(out, want) {
			t.Errorf("doctor with %q does not say %q:\n%s", setting, want, out)
		}
	}
}

// What does not lead around the pooler is refused, or named.
func TestTheWayAroundAPoolerIsLookedAt(t *testing.T) {
	t.Parallel()
	direct := testdb.Private(t, emptyFolder(t)).URL()
	pooled := pooler(t, direct)
	elsewhere := strings.Replace(direct, "/exempla?", "/postgres?", 1)
	if out, code := run(t, "DATABASE_URL="+pooled+" EXEMPLA_LISTEN_URL="+elsewhere, "account", "list"); code == 0 || !strings.Contains(out, "leads to another database") {
		t.Errorf("with another database: %d, %s", code, out)
	}
	if out, _ := run(t, "DATABASE_URL="+pooled+" EXEMPLA_LISTEN_URL="+pooled, "doctor"); !strings.Contains(out, "BAD pooler: there is one") {
		t.Errorf("with the pooler itself: %s", out)
	}
}

// opens opens a page as somebody who is signed in.
func (o officer) opens(t *testing.T, path string) {
	t.Helper()
	answer, err := o.client.Get(o.home + path)
	if err != nil {
		t.Fatal(err)
	}
	answer.Body.Close()
	if answer.StatusCode != 200 {
		t.Errorf("%s: %s", path, answer.Status)
	}
}
