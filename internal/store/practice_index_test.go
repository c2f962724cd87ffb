package store_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"golang.org/x/sync/errgroup"

	"exempla/internal/catalogue"
	"exempla/internal/practice"
	"exempla/internal/testdb"
)

// The index is read in batches on several connections while people publish. It
// must be what the catalogue was at one moment: imports that change every
// practice are in it wholly or not at all.
func TestIndexIsOfOneMoment(t *testing.T) {
	t.Parallel()
	s := testdb.Open(t)
	edition := func(n int) []practice.Practice {
		var all []practice.Practice
		for i := range 40 {
			p := made(fmt.Sprintf("p-%d", i))
			p.Texts[0].Title = fmt.Sprintf("Edition %d", n)
			all = append(all, p)
		}
		return all
	}
	for i, p := range edition(0) { // far apart, so that each is in a batch of its own
		testdb.Exec(t, s, fmt.Sprintf(`alter sequence practice_number_seq restart with %d`, i*2_000+1))
		importInto(t, s, p)
	}
	ctx, stop := context.WithCancel(t.Context())
	var writing errgroup.Group
	writing.Go(func() error {
		for n := 1; ctx.Err() == nil; n++ {
			if _, err := s.Practices.Import(t.Context(), edition(n), tuesday, func(int) {}); err != nil {
				return err
			}
		}
		return nil
	})
	all := catalogue.Parse(nil)
	all.Size = 100
	for range 15 {
		x := indexOf(t, s)
		seen := map[string]int{}
		for _, found := range x.Find(all, catalogue.Hits{}, catalogue.Reader{}).Found {
			seen[found.Practice().Texts[0].Title]++
		}
		if len(seen) != 1 || x.Size() != 40 {
			t.Errorf("%d practices at change %d: %v", x.Size(), x.Change(), seen)
		}
		for title := range seen { // each import is one change, the first forty of them single practices
			if want := fmt.Sprintf("Edition %d", x.Change()-40); title != want {
				t.Errorf("change %d shows %s, want %s", x.Change(), title, want)
			}
		}
	}
	stop()
	if err := writing.Wait(); err != nil {
		t.Error(err)
	}
}

func TestCountIsOfLivePractices(t *testing.T) {
	t.Parallel()
	s := testdb.Open(t)
	importInto(t, s, many(3)...)
	archive(t, s, "practice-1", "Over")
	if n, err := s.Practices.Count(t.Context()); err != nil || n != 2 {
		t.Errorf("%d, %v", n, err)
	}
	if got := strings.Join(listed(indexOf(t, s)), " "); got != "practice-0 practice-2" {
		t.Errorf("listed %s", got)
	}
}
