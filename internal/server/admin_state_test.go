package server_test

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"exempla/internal/account"
	"exempla/internal/server"
	"exempla/internal/store"
	"exempla/internal/testdb"
	"exempla/migrations"
)

// reopen serves the same site with other settings.
func (s *site) reopen(change func(*server.Config)) {
	c := s.Config
	change(&c)
	s.Server = server.New(c)
	s.handler = s.Handler()
}

const allIsWell = "finds nothing that needs a look"

func TestStateOfASiteThatIsWell(t *testing.T) {
	t.Parallel()
	s := openPeople(t)
	s.reopen(func(c *server.Config) {
		c.Version, c.Disk = "1.2", func() (free, size int64, ok bool) { return 20_000_000_000, 100_000_000_000, true }
	})
	c := s.as(account.Administrator)
	p := c.visit("/en/state")
	p.says(".note.done", allIsWell)
	p.says("main", "PostgreSQL", "1.2", "None has reported", "20 GB of 100 GB", "This program has made no backup", "Last backupNever")
	if err := s.Store.Report(t.Context(), store.Node{Name: "one:80", Version: "1.2", Build: "test"}, s.Catalogue.Index().Change()); err != nil {
		t.Fatal(err)
	}
	for _, what := range []store.Upkeep{store.BackupMade, store.BackupChecked} {
		if err := s.Store.Note(t.Context(), what, "a.backup", s.clock()); err != nil {
			t.Fatal(err)
		}
	}
	p = c.visit("/en/state")
	p.says(".note.done", allIsWell)
	p.says("main", "one:80", "Runs and shows the latest state", "Slowest pages", "/{language}/state")
	if strings.Contains(p.body, "has made no backup") {
		t.Error("a backup is denied")
	}
}

// A backup that is without some files is told as one.
func TestStateTellsOfFilesMissingInABackup(t *testing.T) {
	t.Parallel()
	s := openPeople(t)
	for what, name := range map[store.Upkeep]string{store.BackupMade: store.Lacking("a.backup", 1), store.BackupChecked: "a.backup"} {
		if err := s.Store.Note(t.Context(), what, name, s.clock()); err != nil {
			t.Fatal(err)
		}
	}
	s.as(account.Administrator).visit("/en/state").says("main", "not in the last backup", "keep an older backup")
}

// Everything that can be wrong is told by itself, with what to do.
func TestStateNamesEveryTrouble(t *testing.T) {
	t.Parallel()
	s := openPeople(t)
	c := s.as(account.Administrator)
	was := s.Config
	run := func(sql string, args ...any) func() { return func() { testdb.Exec(t, s.Store, sql, args...) } }
	note := func(what store.Upkeep, days int) {
		if err := s.Store.Note(t.Context(), what, "a.backup", s.clock().AddDate(0, 0, -days)); err != nil {
			t.Fatal(err)
		}
	}
	with := func(change func(*server.Config)) func() { return func() { s.reopen(change) } }
	disk := func(free, size int64) func() {
		return with(func(c *server.Config) { c.Disk = func() (int64, int64, bool) { return free, size, true } })
	}
	certificate := func(kind string) func() {
		return with(func(c *server.Config) { c.Certificate = func(context.Context) string { return kind } })
	}
	newest := migrations.Newest(migrations.Files)
	mail := `insert into river_job (state, kind, args, max_attempts, queue, created_at, finalized_at) select $1::river_job_state, 'mail', '{}', 25, 'default',
		now() - $2::interval, case when $1 = 'discarded' then now() end`
	node := `insert into node (name, version, build, latest, late, seen) values ($1, '', $2, 0, $3, now() - $4::interval)`
	forgetMails, forgetNodes := run(`delete from river_job`), run(`delete from node`)
	for _, step := range []struct {
		name         string
		spoil, undo  func()
		trouble, act string
	}{
		{"given up", run(mail, "discarded", "1 minute"), forgetMails, "were given up", "page “Emails” says why"},
		{"waiting", run(mail, "retryable", "2 hours"), forgetMails, "for more than an hour", "five days"},
		{"no server", func() { run(mail, "available", "2 hours")(); with(func(c *server.Config) { c.MailWaits = true })() }, forgetMails, "no mail server is set", "EXEMPLA_SMTP_URL"},
		{"no backup", with(func(c *server.Config) { c.Backups = true }), nil, "No backup has been made yet", "program’s log"},
		{"old backup", func() { note(store.BackupMade, 2); note(store.BackupChecked, 2) }, run(`delete from upkeep`), "a day and a half", "exempla backup"},
		{"old trial", func() { note(store.BackupMade, 0); note(store.BackupChecked, 36) }, run(`delete from upkeep`), "last five weeks", "restore --check"},
		{"newer schema", run(`insert into goose_db_version (version_id, is_applied) values ($1, true)`, newest+1), run(`delete from goose_db_version where version_id = $1`, newest+1),
			"for a newer version", "upgrade is over"},
		{"older schema", run(`update goose_db_version set is_applied = false where version_id = $1`, newest), run(`update goose_db_version set is_applied = true where version_id = $1`, newest),
			"not prepared for this version", "exempla migrate"},
		{"silent node", run(node, "two:80", "test", false, "2 minutes"), forgetNodes, "two:80 has not reported", "switched off on purpose"},
		{"late node", run(node, "two:80", "test", true, "1 second"), forgetNodes, "two:80 shows an older state", "restart it"},
		{"two versions", run(node, "two:80", "other", false, "1 second"), forgetNodes, "Not all programs are the same version", "during an upgrade"},
		{"full disk", disk(900_000_000, 5_000_000_000), nil, "nearly full", "make room"},
		{"full large disk", disk(9_000_000_000, 100_000_000_000), nil, "nearly full", "make room"},
		{"old certificate", certificate("certificate_ends"), nil, "expired or will within two weeks", "renew it"},
		{"wrong certificate", certificate("certificate_wrong"), nil, "does not fit this site", "EXEMPLA_TLS"},
		{"files", func() {
			if err := s.Files.Close(); err != nil {
				t.Fatal(err)
			}
		}, nil, "Uploaded files cannot be kept", "EXEMPLA_FILES"},
	} {
		if p := c.visit("/en/state"); !strings.Contains(p.body, allIsWell) {
			t.Fatalf("before %s: %s", step.name, text(p.one("main")))
		}
		step.spoil()
		p := c.visit("/en/state")
		p.says(".note", "1 thing needs a look", step.trouble, step.act)
		if t.Failed() {
			t.Fatalf("%s: %s", step.name, text(p.one("main")))
		}
		if step.undo != nil {
			step.undo()
		}
		s.reopen(func(c *server.Config) { *c = was })
	}
}

// While the database is away nobody is recognised, but the page says why.
func TestStateWithoutADatabase(t *testing.T) {
	t.Parallel()
	s := openPeople(t)
	c := s.as(account.Administrator)
	c.visit("/en/state")
	s.Store.Close()
	p := c.get("/en/state")
	p.is(http.StatusServiceUnavailable)
	p.says("main", "The database is not answering")
}

// With a replica the page says which server answers readers.
func TestStateSaysWhichServerAnswersReaders(t *testing.T) {
	t.Parallel()
	s := openPeople(t)
	c := s.as(account.Administrator)
	if p := c.visit("/en/state"); strings.Contains(p.body, "pages come from") {
		t.Error("a site without a replica speaks of one")
	}
	if err := s.Store.ReadFrom(t.Context(), testdb.URL(t, s.Store)); err != nil {
		t.Fatal(err)
	}
	s.reopen(func(*server.Config) {})
	p := c.visit("/en/state")
	p.says("main", allIsWell, "come fromthe copy of the database set up for reading")
}
