package store_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"exempla/internal/catalogue"
	"exempla/internal/localpg"
	"exempla/internal/store"
	"exempla/internal/testdb"
	"exempla/internal/theme"
	"exempla/migrations"
)

// pair is a primary, a standby, and a store that reads from that.
type pair struct {
	*store.Store
	primary, standby *localpg.Server
	folder           string // of the primary
}

func newPair(t *testing.T) pair {
	t.Helper()
	p := pair{folder: newFolder(t)}
	p.primary = testdb.Durable(t, p.folder)
	p.Store = openAt(t, p.primary)
	if _, err := p.Migrate(t.Context(), migrations.Files); err != nil {
		t.Fatal(err)
	}
	importInto(t, p.Store, made("a"))
	p.standby = testdb.Standby(t, p.primary, newFolder(t))
	if err := p.ReadFrom(t.Context(), p.standby.URL()); err != nil {
		t.Fatal(err)
	}
	return p
}

func openAt(t *testing.T, server *localpg.Server) *store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), server.URL())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}

// at runs statements at a server, one by one.
func at(t *testing.T, server *localpg.Server, statements ...string) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), server.URL())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.Background())
	for _, sql := range statements {
		if _, err := conn.Exec(t.Context(), sql); err != nil {
			t.Fatal(err)
		}
	}
}

// slow makes looking for a former slug take a while at a standby.
const slow = `alter table old_slug rename to old_slug_kept;
	insert into old_slug_kept (slug, practice) select 'old', number from practice;
	create view old_slug as select * from old_slug_kept where pg_sleep(case when pg_is_in_recovery() then 8 else 0 end) is not null`

// What a standby gives up, because it replays something that takes away what is being
// read, is asked of the primary, and the standby is none the worse for it.
func TestAConflictWithReplayIsAskedOfThePrimary(t *testing.T) {
	t.Parallel()
	p := newPair(t)
	at(t, p.primary, slow)
	at(t, p.standby, `alter system set max_standby_streaming_delay = 0`, `select pg_reload_conf()`)
	c := followed(t, p)
	await(t, "the replica", func() bool {
		return p.Replica().Used && countAt(t, p.standby, `select count(*) from pg_views where viewname = 'old_slug'`) == 1
	})
	found := make(chan error)
	go func() {
		numbers, err := p.Reading().Practices.Numbers(t.Context(), []string{"old"})
		if err == nil && len(numbers) != 1 {
			t.Errorf("found %v", numbers)
		}
		found <- err
	}()
	await(t, "the question at the standby", func() bool {
		return countAt(t, p.standby, `select count(*) from pg_stat_activity where query like '%old_slug%' and state = 'active' and pid <> pg_backend_pid()`) > 0
	})
	at(t, p.primary, `alter table practice add column conflict int`)
	if err := <-found; err != nil {
		t.Error(err)
	}
	if !p.Replica().Answers || c.Index().Size() != 1 {
		t.Error("the replica counts as lost")
	}
	await(t, "the count of the conflict", func() bool {
		return countAt(t, p.standby, `select confl_lock from pg_stat_database_conflicts where datname = current_database()`) > 0
	})
}

// A question that the standby gives up is asked of the primary, too.
func TestACancelledQuestionIsAskedOfThePrimary(t *testing.T) {
	t.Parallel()
	p := newPair(t)
	at(t, p.primary, slow)
	followed(t, p)
	await(t, "the replica", func() bool {
		return p.Replica().Used && countAt(t, p.standby, `select count(*) from pg_views where viewname = 'old_slug'`) == 1
	})
	found := make(chan error)
	go func() {
		_, err := p.Reading().Practices.Numbers(t.Context(), []string{"old"})
		found <- err
	}()
	await(t, "the question at the standby", func() bool {
		return countAt(t, p.standby, `select count(pg_cancel_backend(pid)) from pg_stat_activity where query like '%old_slug%' and state = 'active' and pid <> pg_backend_pid()`) > 0
	})
	if err := <-found; err != nil || !p.Replica().Answers {
		t.Errorf("%v; the replica answers: %v", err, p.Replica().Answers)
	}
}

// What has no number of a change, such as a theme that is not published, may be at the
// primary only. While that is away, what the replica does not have is not there.
func TestWhatTheReplicaDoesNotHaveYet(t *testing.T) {
	t.Parallel()
	p := newPair(t)
	followed(t, p)
	await(t, "the replica", func() bool { return p.Replica().Used })
	at(t, p.standby, `select pg_wal_replay_pause()`)
	number, err := p.Themes.Save(t.Context(), theme.Version{Written: onMonday()}, 0, theme.Theme{Publisher: "The network"})
	if err != nil {
		t.Fatal(err)
	}
	if look, err := p.Reading().Themes.Look(t.Context(), number); err != nil || look.Publisher != "The network" {
		t.Errorf("%+v, %v", look, err)
	}
	if err := p.primary.Stop(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := p.Reading().Themes.Look(t.Context(), number+1); !errors.Is(err, store.ErrNotFound) {
		t.Error(err)
	}
}

// followed follows by way of the replica for the rest of the test.
func followed(t *testing.T, p pair) *catalogue.Catalogue {
	t.Helper()
	c := catalogue.New(indexOf(t, p.Reading()))
	followWith(t, p.Reading(), c, onMonday)
	return c
}

func countAt(t *testing.T, server *localpg.Server, sql string) (n int) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), server.URL())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.Background())
	if err := conn.QueryRow(t.Context(), sql).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

// A standby that took over without the last change, and went its own way, is followed
// while the primary is away, although it has another change of the same number.
func TestAPromotedReplicaIsFollowed(t *testing.T) {
	t.Parallel()
	p := newPair(t)
	c := followed(t, p)
	importInto(t, p.Store, made("b"))
	await(t, "b", func() bool { return slices.Equal(listed(c.Index()), []string{"a", "b"}) && p.Replica().Used })
	at(t, p.standby, `alter system set primary_conninfo = ''`, `select pg_reload_conf()`)
	await(t, "the end of replication", func() bool { return countAt(t, p.standby, `select count(*) from pg_stat_wal_receiver`) == 0 })
	importInto(t, p.Store, made("lost"))
	await(t, "what only the primary has", func() bool { return slices.Equal(listed(c.Index()), []string{"a", "b", "lost"}) })
	if r := p.Replica(); r.Used || r.Behind != 1 {
		t.Errorf("%+v", r)
	}
	if err := p.primary.Stop(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := p.Reading().Practices.Find(t.Context(), "b"); !errors.Is(err, store.ErrAway) {
		t.Errorf("a page that may be older than the list: %v", err)
	}
	await(t, "what the replica has", func() bool { return slices.Equal(listed(c.Index()), []string{"a", "b"}) && p.Replica().Used })
	if _, err := p.Reading().Practices.Find(t.Context(), "b"); err != nil {
		t.Errorf("what the replica has: %v", err)
	}
	at(t, p.standby, `select pg_promote()`)
	importInto(t, openAt(t, p.standby), made("new"))
	await(t, "the history of the one that was promoted", func() bool { return slices.Equal(listed(c.Index()), []string{"a", "b", "new"}) && p.Replica().Used })
	importInto(t, openAt(t, p.standby), made("newer"))
	await(t, "the next change", func() bool { return slices.Contains(listed(c.Index()), "newer") })

	// The primary that is set is the one that counts.
	testdb.Durable(t, p.folder)
	await(t, "the history of the primary", func() bool { return slices.Equal(listed(c.Index()), []string{"a", "b", "lost"}) })
	await(t, "the other one is noticed", func() bool { return p.Replica().Other && !p.Replica().Used })
	for end := time.Now().Add(1500 * time.Millisecond); time.Now().Before(end); { // it is looked at every second
		if got := listed(c.Index()); !slices.Equal(got, []string{"a", "b", "lost"}) {
			t.Fatalf("the other one is followed: %v", got)
		}
	}
	if f := p.ExamineReplica(t.Context()); !strings.Contains(f.Found, "does not have the history") || f.Advice == "" {
		t.Errorf("%+v", f)
	}
}

// What is published on a standby that took over is shown by a program that cannot reach
// the primary.
func TestTheThemeIsFollowedAtTheReplica(t *testing.T) {
	t.Parallel()
	p := newPair(t)
	look := followWith(t, p.Reading(), catalogue.New(indexOf(t, p.Reading())), onMonday)
	publish := func(s *store.Store, from int64, name string) {
		t.Helper()
		number, err := s.Themes.Save(t.Context(), theme.Version{Written: onMonday()}, from, theme.Theme{Publisher: name})
		if err == nil {
			err = s.Themes.Publish(t.Context(), number, store.Actor{At: onMonday()})
		}
		if err != nil {
			t.Fatal(err)
		}
		await(t, name, func() bool { return look.Look().Publisher == name })
	}
	publish(p.Store, 0, "At the primary")
	await(t, "the replica", func() bool { return p.Replica().Used })
	if err := p.primary.Stop(t.Context()); err != nil {
		t.Fatal(err)
	}
	at(t, p.standby, `select pg_promote()`)
	publish(openAt(t, p.standby), 1, "At the standby")
}

// A replica that lets wait is waited for once; what others change shows in time, and it
// is asked again when it has caught up.
func TestALaggingReplicaIsWaitedForOnce(t *testing.T) {
	t.Parallel()
	p := newPair(t)
	c := followed(t, p)
	await(t, "the replica", func() bool { return p.Replica().Used })
	at(t, p.standby, `select pg_wal_replay_pause()`)
	const wait = 150 * time.Millisecond // for one change
	var waited time.Duration
	for n := range 20 {
		slug := fmt.Sprintf("practice-%d", n)
		importInto(t, p.Store, made(slug))
		began := time.Now()
		await(t, slug, func() bool { return slices.Contains(listed(c.Index()), slug) })
		waited += time.Since(began)
		if _, err := p.Reading().Practices.Find(t.Context(), slug); err != nil {
			t.Errorf("%s: %v", slug, err)
		}
	}
	if waited > 20*wait {
		t.Errorf("20 changes were waited for for %s", waited)
	}
	if r := p.Replica(); r.Used || r.Behind == 0 || !r.Answers {
		t.Errorf("%+v", r)
	}
	if f := p.ExamineReplica(t.Context()); !strings.Contains(f.Found, "does not have the last 20 changes") {
		t.Errorf("%+v", f)
	}
	at(t, p.standby, `select pg_wal_replay_resume()`)
	await(t, "the replica has caught up", func() bool { return p.Replica().Used })
	if f := p.ExamineReplica(t.Context()); f.Found != "answers, and has all changes" || f.Advice != "" {
		t.Errorf("%+v", f)
	}
}

// A replica at the primary's address is a site that only reads, on purpose.
func TestASiteThatOnlyReads(t *testing.T) {
	t.Parallel()
	p := newPair(t)
	if p.ReadsOnly() {
		t.Error("a site with a primary only reads")
	}
	s := openAt(t, p.standby)
	if err := s.ReadFrom(t.Context(), p.standby.URL()); err != nil {
		t.Fatal(err)
	}
	findings, err := s.Examine(t.Context())
	if err != nil || !s.ReadsOnly() {
		t.Fatalf("only reads: %v, %v", s.ReadsOnly(), err)
	}
	for _, f := range findings {
		if f.Advice != "" {
			t.Errorf("%s: %s", f.Subject, f.Advice)
		}
	}
	c := catalogue.New(indexOf(t, s.Reading()))
	followWith(t, s.Reading(), c, onMonday)
	importInto(t, p.Store, made("b"))
	await(t, "a change", func() bool { return slices.Equal(listed(c.Index()), []string{"a", "b"}) })
}

// Behind a balancer the replica may become another server, which may know less.
func TestAnotherReplicaIsLookedAtAnew(t *testing.T) {
	t.Parallel()
	p := newPair(t)
	followed(t, p)
	await(t, "the replica", func() bool { return p.Replica().Used })
	// A server that starts anew is another one; its folder and address stay.
	folder := filepath.Dir(filepath.Dir(dataOf(t, p.standby)))
	if err := p.standby.Stop(t.Context()); err != nil {
		t.Fatal(err)
	}
	await(t, "the loss", func() bool { return !p.Replica().Used })
	p.standby = testdb.Durable(t, folder)
	await(t, "its return", func() bool { return p.Replica().Used })
	if _, err := p.Reading().Practices.Find(t.Context(), "a"); err != nil {
		t.Error(err)
	}
}

func dataOf(t *testing.T, server *localpg.Server) (folder string) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), server.URL())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.Background())
	if err := conn.QueryRow(t.Context(), `select current_setting('data_directory')`).Scan(&folder); err != nil {
		t.Fatal(err)
	}
	return folder
}

// Seconds without the replica are no trouble.
func TestTroubleWithAReplica(t *testing.T) {
	t.Parallel()
	const short, long = time.Second, time.Minute
	for is, want := range map[store.Replica]store.Trouble{
		{Answers: true, Used: true}:                 "",
		{Unused: short}:                             "",
		{Unused: long}:                              store.ReplicaAway,
		{Answers: true, Behind: 2, Unused: long}:    store.ReplicaBehind,
		{Answers: true, Behind: 2, Unused: short}:   "",
		{Answers: true, Other: true, Unused: long}:  store.ReplicaOther,
		{Answers: true, Other: true, Unused: short}: "",
	} {
		if got := is.Trouble(); got != want {
			t.Errorf("%+v: %q, not %q", is, got, want)
		}
	}
}
