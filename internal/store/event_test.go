package store_test

import (
	"fmt"
	"testing"
	"time"

	"exempla/internal/account"
	"exempla/internal/store"
	"exempla/internal/submission"
	"exempla/internal/testdb"
)

func events(t *testing.T, s *store.Store, f store.EventFilter) []store.Event {
	t.Helper()
	list, err := s.Events.List(t.Context(), f, 0, 100)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func actions(list []store.Event) []string {
	found := []string{}
	for _, e := range list {
		found = append(found, e.Action)
	}
	return found
}

func TestEventFilters(t *testing.T) {
	t.Parallel()
	d := openDesk(t)
	one := d.submitted("First")                         // start, submit by ana
	d.take(one, after(1, step(submission.Reject, kim))) // reject by kim, a day later
	d.submitted("Second")                               // start, submit by ana
	signIn(t, d.Store, mia.ID, "mine")                  // sign_in by mia, on monday
	if err := d.Accounts.Disable(t.Context(), ivo.ID, store.Actor{At: tuesday}); err != nil {
		t.Fatal(err) // disable by the operator
	}
	for name, c := range map[string]struct {
		filter store.EventFilter
		want   []string
	}{
		"all":                         {store.EventFilter{}, []string{"disable", "sign_in", "submit", "start", "reject", "submit", "start"}},
		"by account":                  {store.EventFilter{Account: kim.ID}, []string{"reject"}},
		"by name":                     {store.EventFilter{Who: "sample 4"}, []string{"sign_in"}},
		"by mail address":             {store.EventFilter{Who: "A3@"}, []string{"reject"}},
		"by an unknown name":          {store.EventFilter{Who: "nothing like it"}, []string{}},
		"by action":                   {store.EventFilter{Action: "start"}, []string{"start", "start"}},
		"by subject":                  {store.EventFilter{Subject: store.OfAccount}, []string{"disable"}},
		"by subject and its number":   {store.EventFilter{Subject: store.OfSubmission, Number: int64(one.ID)}, []string{"reject", "submit", "start"}},
		"from the first moment":       {store.EventFilter{From: tuesday.AddDate(0, 0, 1)}, []string{"reject"}},
		"after the first moment":      {store.EventFilter{From: tuesday.AddDate(0, 0, 1).Add(time.Second)}, []string{}},
		"up to the moment afterwards": {store.EventFilter{To: tuesday}, []string{"sign_in", "start", "start"}},
		"several at once":             {store.EventFilter{Account: ana.ID, Action: "submit", Number: int64(one.ID)}, []string{"submit"}},
	} {
		if got := actions(events(t, d.Store, c.filter)); fmt.Sprint(got) != fmt.Sprint(c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
	e := events(t, d.Store, store.EventFilter{Action: "reject"})[0]
	want := store.Event{ID: e.ID, At: tuesday.AddDate(0, 0, 1), Account: kim.ID, Action: "reject", Subject: store.OfSubmission,
		Number: int64(one.ID), From: "submitted", To: "rejected", Version: one.Version, Reason: "Because", Title: "First", First: one.ID}
	if e.At = e.At.UTC(); e != want {
		t.Errorf("recorded %+v, want %+v", e, want)
	}
}

// Older events are reached from the last one shown, however many come in
// meanwhile.
func TestEventsAreReadInPages(t *testing.T) {
	t.Parallel()
	s := testdb.Open(t)
	for i := range 5 {
		person(t, s, account.Editor, fmt.Sprintf("p%d@example.org", i))
	}
	read := func(before int64) []store.Event {
		list, err := s.Events.List(t.Context(), store.EventFilter{Action: store.SampleMade}, before, 2)
		if err != nil {
			t.Fatal(err)
		}
		return list
	}
	var numbers []int64
	var before int64
	for list := read(0); len(list) > 0; list = read(before) {
		for _, e := range list {
			numbers = append(numbers, e.Number)
			before = e.ID
		}
		person(t, s, account.Editor, fmt.Sprintf("new%d@example.org", len(numbers)))
	}
	if fmt.Sprint(numbers) != "[5 4 3 2 1]" {
		t.Errorf("read %v", numbers)
	}
}

// An erased person is not found by their former name, but their number is.
func TestEventsOfErasedPeople(t *testing.T) {
	t.Parallel()
	s := testdb.Open(t)
	id := person(t, s, account.Editor, "kim@example.org")
	if err := s.Sessions.Record(t.Context(), id, store.SignOut, monday); err != nil {
		t.Fatal(err)
	}
	if list := events(t, s, store.EventFilter{Who: "kim"}); len(list) != 1 || list[0].Action != store.SignOut || list[0].Subject != store.OfSession {
		t.Errorf("by name: %+v", list)
	}
	if err := s.Accounts.Erase(t.Context(), id, store.Actor{At: tuesday}); err != nil {
		t.Fatal(err)
	}
	if list := events(t, s, store.EventFilter{Who: "kim"}); len(list) != 0 {
		t.Errorf("by the name of an erased person: %+v", list)
	}
	if list := events(t, s, store.EventFilter{Account: id}); len(list) != 1 {
		t.Errorf("by number: %+v", list)
	}
}
