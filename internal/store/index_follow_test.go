package store_test

import (
	"context"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"exempla/internal/catalogue"
	"exempla/internal/store"
	"exempla/internal/testdb"
	"exempla/internal/theme"
)

// follow follows a store in the background for the rest of the test.
func follow(t *testing.T, s *store.Store, now func() time.Time) *catalogue.Catalogue {
	t.Helper()
	c := catalogue.New(indexOf(t, s))
	followWith(t, s, c, now)
	return c
}

// followWith lets a catalogue follow a store in the background for the rest of the test,
// and returns the look that does so, too.
func followWith(t *testing.T, s *store.Store, c *catalogue.Catalogue, now func() time.Time) *theme.Current {
	t.Helper()
	look := &theme.Current{}
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() {
		s.Practices.Follow(ctx, c, look, now)
		close(ended)
	}()
	t.Cleanup(func() { cancel(); <-ended })
	return look
}

func onMonday() time.Time { return monday }

// Snapshots that readers hold stay as they are while the catalogue moves on.
func TestFollowSeesEveryChange(t *testing.T) {
	t.Parallel()
	s := testdb.Open(t)
	c := follow(t, s, onMonday)
	begin := c.Index()
	importInto(t, s, made("a"), made("b"))
	await(t, "two new practices", func() bool { return slices.Equal(listed(c.Index()), []string{"a", "b"}) })
	changed := made("a")
	changed.Topics = append(changed.Topics, "roma")
	importInto(t, s, changed)
	roma := catalogue.Parse(nil).Only(catalogue.Topic, "roma")
	await(t, "a changed practice", func() bool { return c.Index().Count(roma, catalogue.Hits{}) == 1 })
	archive(t, s, "a", "")
	await(t, "an archived practice", func() bool { return slices.Equal(listed(c.Index()), []string{"b"}) })
	if begin.Size() != 0 || c.Index().Change() != 3 {
		t.Errorf("%d practices at the beginning, change %d at the end", begin.Size(), c.Index().Change())
	}
}

// Connections break without the database being away; twice, for the connection
// that comes after must listen as well.
func TestFollowOutlivesItsConnection(t *testing.T) {
	t.Parallel()
	s := testdb.Open(t)
	c := follow(t, s, onMonday)
	for _, slug := range []string{"a", "b"} {
		await(t, "a listening connection", func() bool {
			return count(t, s, `select count(pg_terminate_backend(pid)) from pg_stat_activity
				where datname = current_database() and query = 'listen catalogue'`) == 1
		})
		importInto(t, s, made(slug))
		await(t, "a change after it", func() bool { return slices.Contains(listed(c.Index()), slug) })
	}
	importInto(t, s, made("c"))
	await(t, "a change on the new connection", func() bool { return c.Index().Size() == 3 })
}

// Practices end with their date although nothing was written.
func TestFollowTurnsTheDate(t *testing.T) {
	t.Parallel()
	s := testdb.Open(t)
	var days atomic.Int64
	c := follow(t, s, func() time.Time { return monday.AddDate(0, 0, int(days.Load())) })
	days.Store(1)
	testdb.Exec(t, s, `notify catalogue`)
	await(t, "Tuesday", func() bool { return c.Index().Today().Equal(tuesday) })
}

// A change that is rolled back was never there.
func TestFollowSeesOnlyWhatIsCommitted(t *testing.T) {
	t.Parallel()
	s := testdb.Open(t)
	c := follow(t, s, onMonday)
	if _, err := s.Practices.Import(t.Context(), append(many(3), made("no slug")), tuesday, func(int) {}); err == nil {
		t.Fatal("no error")
	}
	importInto(t, s, made("a"))
	await(t, "the next change", func() bool { return c.Index().Change() == 1 })
	if got := listed(c.Index()); !slices.Equal(got, []string{"a"}) {
		t.Errorf("%v", got)
	}
}

// A database that was put back under a running program is followed: what was lost goes
// from the list, and what is written after shows, although its numbers were used before.
func TestFollowNoticesThatTheDatabaseWasPutBack(t *testing.T) {
	t.Parallel()
	s := testdb.Open(t)
	c, other := follow(t, s, onMonday), follow(t, s, onMonday)
	importInto(t, s, made("a"))
	putBack := testdb.Backup(t, s)
	importInto(t, s, made("lost"))
	importInto(t, s, made("lost-too"))
	await(t, "both", func() bool { return c.Index().Size() == 3 && other.Index().Size() == 3 })
	before := c.Index()
	putBack()
	await(t, "what was there", func() bool {
		return slices.Equal(listed(c.Index()), []string{"a"}) && slices.Equal(listed(other.Index()), []string{"a"})
	})
	if before.Size() != 3 {
		t.Error("a reader lost the list that was being read")
	}

	// Nobody looks while the numbers catch up.
	alone := catalogue.New(before)
	for _, slug := range []string{"x", "y", "z"} {
		importInto(t, s, made(slug))
	}
	await(t, "what was written after", func() bool { return slices.Equal(listed(c.Index()), []string{"a", "x", "y", "z"}) })
	if now := c.Index(); now.Change() <= before.Change() {
		t.Fatalf("change %d is not behind %d", now.Change(), before.Change())
	}
	if err := s.Practices.Refresh(t.Context(), alone); err != nil || alone.Index() != before {
		t.Errorf("an index of another history was changed: %v, %v", listed(alone.Index()), err)
	}
	followWith(t, s, alone, onMonday)
	await(t, "the same after a long silence", func() bool { return slices.Equal(listed(alone.Index()), []string{"a", "x", "y", "z"}) })
}
