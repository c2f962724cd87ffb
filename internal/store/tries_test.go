package store_test

import (
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"exempla/internal/store"
	"exempla/internal/testdb"
)

var often = store.Limit{Name: "often", Most: 6, Window: 10 * time.Minute}

// try counts tries until one is refused, and says how many were not.
func try(t *testing.T, s *store.Store, key string, at time.Time) (allowed int) {
	t.Helper()
	for {
		left, err := s.Tries.Left(t.Context(), often, key, at)
		if err != nil {
			t.Fatal(err)
		}
		counted, err := s.Tries.Count(t.Context(), often, key, at)
		if err != nil {
			t.Fatal(err)
		}
		if counted != left {
			t.Errorf("%s after %d: left is %t, counted %t", key, allowed, left, counted)
		}
		if !counted {
			return allowed
		}
		allowed++
	}
}

// The window slides: what was tried in the one before counts less and less.
func TestTriesOfAWindow(t *testing.T) {
	t.Parallel()
	s := testdb.Open(t)
	began := monday.Truncate(often.Window)
	for _, c := range []struct {
		after   time.Duration
		key     string
		allowed int
	}{
		{0, "a", 6}, {9 * time.Minute, "a", 0}, {9 * time.Minute, "b", 6},
		{10 * time.Minute, "a", 0}, {15 * time.Minute, "a", 3}, {20 * time.Minute, "a", 3}, {40 * time.Minute, "a", 6},
	} {
		if got := try(t, s, c.key, began.Add(c.after)); got != c.allowed {
			t.Errorf("%s after %s: %d tries, want %d", c.key, c.after, got, c.allowed)
		}
	}
	if other, err := s.Tries.Left(t.Context(), store.Limit{Name: "other", Most: 1, Window: often.Window}, "a", began.Add(40*time.Minute)); err != nil || !other {
		t.Errorf("another limit counts the same: %v", err)
	}
}

// Programs that share a database count together, and tries that come at once are no way
// around.
func TestTriesAreCountedOnceForAllPrograms(t *testing.T) {
	t.Parallel()
	s := testdb.Open(t)
	another, err := store.Open(t.Context(), testdb.URL(t, s))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(another.Close)
	var allowed atomic.Int64
	var group sync.WaitGroup
	for i := range 40 {
		group.Go(func() {
			counted, err := []*store.Store{s, another}[i%2].Tries.Count(t.Context(), often, "key", monday)
			if err != nil {
				t.Error(err)
			}
			if counted {
				allowed.Add(1)
			}
		})
	}
	group.Wait()
	if n := allowed.Load(); n != int64(often.Most) {
		t.Errorf("%d tries, want %d", n, often.Most)
	}
}

// What is kept says nobody's address, and is gone once it does not count.
func TestTriesAreForgotten(t *testing.T) {
	t.Parallel()
	s := testdb.Open(t)
	try(t, s, "nora@example.org", monday)
	if n := count(t, s, `select count(*) from try_count where try_count::text like '%nora%'`); n > 0 {
		t.Error("an address is kept")
	}
	tidied := func(after time.Duration) int {
		if err := s.Tries.Tidy(t.Context(), monday.Truncate(often.Window).Add(after)); err != nil {
			t.Fatal(err)
		}
		return count(t, s, `select count(*) from try_count`)
	}
	if early, late := tidied(20*time.Minute), tidied(20*time.Minute+time.Second); early != 1 || late != 0 {
		t.Errorf("%d rows, then %d, want 1 and 0", early, late)
	}
}
