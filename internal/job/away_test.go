package job_test

import (
	"os"
	"strings"
	"testing"
	"time"

	"exempla/internal/store"
	"exempla/internal/submission"
	"exempla/internal/testdb"
	"exempla/migrations"
)

// Workers wait for a database that is away, say so once, and go on when it is
// back, with what was queued before.
func TestDatabaseAwayAndBack(t *testing.T) {
	t.Parallel()
	folder, err := os.MkdirTemp("", "exempla-jobs-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(folder) })
	if err := os.Chmod(folder, 0o711); err != nil { // for the user who runs Postgres in root's stead
		t.Fatal(err)
	}
	server := testdb.Private(t, folder)
	s, err := store.Open(t.Context(), server.URL())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	if _, err := s.Migrate(t.Context(), migrations.Files); err != nil {
		t.Fatal(err)
	}
	o := furnish(t, s, func(sql string, args ...any) { execAt(t, server.URL(), sql, args...) })
	o.sink.away()
	o.take(o.begin("Before"), submission.Submit, ana)
	stop := o.work()
	o.await("three failed tries", func() bool { return len(o.seen().Retrying) == 3 })
	if err := server.Stop(t.Context()); err != nil {
		t.Fatal(err)
	}
	o.sink.back()
	o.await("a complaint of the workers", func() bool { return strings.Contains(o.log.String(), "level=ERROR") })
	testdb.Private(t, folder)
	o.await("the database", func() bool { return s.Ping(t.Context()) == nil })
	for _, w := range o.seen().Retrying {
		if err := o.Queue.Retry(t.Context(), w.ID); err != nil {
			t.Error(err)
		}
	}
	if mails := o.mails(); len(mails) != 3 {
		t.Errorf("%d mails", len(mails))
	}
	stop()
	if n := strings.Count(o.log.String(), "level=ERROR"); n != 1 {
		t.Errorf("%d complaints:\n%s", n, o.log)
	}
}

// A mail is tried for as long as RFC 5321 (4.5.4.1) asks.
func TestPatienceWithMailServers(t *testing.T) {
	t.Parallel()
	var whole time.Duration
	for tries := 1; tries < store.MailTries; tries++ {
		wait := store.MailWait(tries)
		if wait < store.MailWait(max(1, tries-1)) || wait > time.Hour {
			t.Errorf("after %d tries it waits %s", tries, wait)
		}
		whole += wait
	}
	if day := 24 * time.Hour; whole < 4*day || whole > 6*day || store.MailWait(1) > time.Minute {
		t.Errorf("a mail is given up after %s", whole)
	}
}
