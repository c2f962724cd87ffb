package main

import (
	"fmt"
	"net/http"
	"os"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"exempla/internal/link"
	"exempla/internal/practice"
	"exempla/internal/store"
	"exempla/internal/testdb"
)

// stocked is a trial of a generated catalogue of so many practices in a database
// of its own, whose pages a handler answers.
func stocked(t *testing.T, size int, site http.HandlerFunc) *trial {
	t.Helper()
	c := &collection{size: size, maker: maker(t)}
	all := make([]practice.Practice, size)
	for i := range all {
		all[i] = c.maker.Practice(i)
	}
	db := testdb.Open(t)
	if _, err := db.Practices.Import(t.Context(), all, time.Now(), func(int) {}); err != nil {
		t.Fatal(err)
	}
	p := serving(t, site)
	p.postgres = os.Getpid()
	return &trial{Settings: Settings{Round: 20 * time.Millisecond, Rounds: 2}, catalogue: c, store: db, site: p}
}

func TestTasksAreQuestionsAtEachConcurrency(t *testing.T) {
	t.Parallel()
	var one trial
	q := &question{name: "q"}
	one.addTasks(&process{}, []*question{q, {name: "other"}})
	if len(one.tasks) != 2*len(concurrencies) || one.tasks[0].question != q || one.tasks[0].concurrency != alone || one.tasks[1].concurrency != busy {
		t.Errorf("%d tasks, the first: %+v", len(one.tasks), one.tasks[0])
	}
}

func TestTheFirstRoundIsWarmedUp(t *testing.T) {
	t.Parallel()
	var asked atomic.Int64
	site := serving(t, func(w http.ResponseWriter, _ *http.Request) {
		asked.Add(1)
		page(w, "page")
	})
	one := &task{to: site, question: &question{addresses: []string{"/"}, status: http.StatusOK}, concurrency: alone}
	run := &trial{Settings: Settings{Round: 20 * time.Millisecond}}
	if err := run.round(t.Context(), one, true); err != nil {
		t.Fatal(err)
	}
	if len(one.rounds) != 1 || int(asked.Load()) < len(one.rounds[0].latencies)+leastAnswers {
		t.Fatalf("%d questions for %d rounds", asked.Load(), len(one.rounds))
	}
	asked.Store(0)
	if err := run.round(t.Context(), one, false); err != nil || len(one.rounds) != 2 || int(asked.Load()) != len(one.rounds[1].latencies) {
		t.Errorf("%d questions in the second round, %v", asked.Load(), err)
	}
}

func TestWhatTheServerLacksIsNotAsked(t *testing.T) {
	t.Parallel()
	site := serving(t, http.NotFound)
	run := &trial{Settings: Settings{Round: time.Millisecond}}
	for name, missing := range map[string]bool{aSuggestion: true, keptListing: false} {
		one := &task{to: site, question: &question{name: name, addresses: []string{"/"}, status: http.StatusOK}, concurrency: alone}
		if err := run.round(t.Context(), one, true); err != nil {
			t.Fatal(err)
		}
		if one.missing != missing || missing != (len(one.rounds) == 0) {
			t.Errorf("%s: missing is %v, %d rounds", name, one.missing, len(one.rounds))
		}
	}
}

func TestQuestionsOfASite(t *testing.T) {
	t.Parallel()
	one := stocked(t, 300, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("ETag", `W/"now"`)
		page(w, "page")
	})
	questions, err := one.questions(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	names := map[string]*question{}
	for _, q := range questions {
		if names[q.name] != nil || len(q.addresses) == 0 {
			t.Errorf("%s is asked twice, or has no address", q.name)
		}
		names[q.name] = q
	}
	if len(names) != 28 {
		t.Errorf("%d questions", len(names))
	}
	if q := names[unchanged]; q.tag != `W/"now"` || q.status != http.StatusNotModified {
		t.Errorf("what has not changed: %q, %d", q.tag, q.status)
	}
	if q := names[keptListing]; len(q.addresses) != 1 || q.addresses[0] != "/en/practices" || q.status != http.StatusOK {
		t.Errorf("the listing: %q, %d", q.addresses, q.status)
	}
}

// Words that are searched for are as common and as rare as they should be, by
// the count of the store that finds them.
func TestWordsAreAsCommonAsTheyAreCalled(t *testing.T) {
	t.Parallel()
	one := stocked(t, 300, http.NotFound)
	w, err := one.words(t.Context())
	if err != nil || len(w.common) == 0 || len(w.rare) == 0 {
		t.Fatalf("%+v, %v", w, err)
	}
	for _, word := range w.common {
		if n, err := one.found(t.Context(), word); err != nil || n < 30 || n > 75 {
			t.Errorf("%s, called common, is in %d of 300, %v", word, n, err)
		}
	}
	for _, word := range w.rare {
		if n, err := one.found(t.Context(), word); err != nil || n < 1 || n > mostRare {
			t.Errorf("%s, called rare, is in %d of 300, %v", word, n, err)
		}
	}
	if n, err := one.found(t.Context(), "xylophonist"); n != 0 || err != nil {
		t.Errorf("a word that is nowhere is in %d, %v", n, err)
	}
}

func TestACatalogueWithoutWordsIsAnError(t *testing.T) {
	t.Parallel()
	one := &trial{catalogue: &collection{size: 0, maker: maker(t)}}
	if w, err := one.words(t.Context()); err == nil {
		t.Errorf("%+v", w)
	}
}

func TestWordsOfAPractice(t *testing.T) {
	t.Parallel()
	english := practice.Text{Language: practice.English, Title: "School-meals for ALL", Summary: "School, 2 kitchens; a café."}
	words := wordsOf(practice.Practice{Texts: []practice.Text{english}})
	for word, want := range map[string]bool{"school": true, "meals": true, "kitchens": true, "café": true, "all": false, "2": false} {
		if words[word] != want {
			t.Errorf("%s is a word: %v", word, words[word])
		}
	}
	if words := wordsOf(practice.Practice{Texts: []practice.Text{{Language: "fr", Title: "École maternelle"}}}); len(words) > 0 {
		t.Errorf("words of a French text: %v", words)
	}
}

func TestTheFirstGoodWordsAreChosen(t *testing.T) {
	t.Parallel()
	asked := 0
	got := choose([]string{"a", "bb", "cc", "dd"}, 2, func(word string) bool { asked++; return len(word) == 2 })
	if !slices.Equal(got, []string{"bb", "cc"}) || asked != 3 {
		t.Errorf("%v after %d questions", got, asked)
	}
}

func TestPlainSQLIsAsked(t *testing.T) {
	t.Parallel()
	one := stocked(t, 300, http.NotFound)
	w, err := one.words(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	one.chosen = w
	results, err := one.plain(t.Context())
	if err != nil || len(results) != 4 {
		t.Fatalf("%d results, %v", len(results), err)
	}
	for i, name := range []string{plainAll, plainTopic, plainThree, plainCommon} {
		r := results[i]
		if r.name != name || r.concurrency != alone || r.answers < leastPlain || r.p50 <= 0 || r.rate <= 0 || r.allocations != 0 {
			t.Errorf("%s: %+v", name, r)
		}
	}
	if err := one.listBySQL(t.Context(), searches([]string{"xylophonist"})[0]); err == nil {
		t.Error("a search that finds nothing was measured")
	}
}

// changing is a site whose first page shows the present titles of three
// practices, as the store has them.
func changing(t *testing.T, size int) *trial {
	t.Helper()
	var one *trial
	one = stocked(t, size, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.RequestURI() != link.Catalogue(tag) {
			page(w, "<p>a selection")
			return
		}
		for number := range 3 {
			slug := one.catalogue.maker.Practice(number).Slug
			found, err := one.store.Practices.Find(r.Context(), slug)
			if err != nil {
				http.Error(w, err.Error(), http.StatusInternalServerError)
				return
			}
			fmt.Fprintf(w, `<a href="%s">%s</a>`, link.Practice(tag, slug), found.Texts[0].Title)
		}
	})
	return one
}

func TestReadersWhilePracticesChange(t *testing.T) {
	t.Parallel()
	one := changing(t, 20)
	one.Round = 60 * time.Millisecond
	before := titles(t, one.store, one)
	changeResults, err := one.changeResults(t.Context())
	if err != nil || len(changeResults) != len(changeConcurrencies) {
		t.Fatalf("%d changeResults, %v", len(changeResults), err)
	}
	for i, s := range changeResults {
		if s.concurrency != changeConcurrencies[i] || s.updates < 1 || s.unseen != 0 || s.shown <= 0 || s.last < s.shown {
			t.Errorf("%+v", s)
		}
		if s.still.p50 <= 0 || s.busy.p50 <= 0 || s.still.most < s.still.p99 || s.still.rate <= 0 {
			t.Errorf("waits of %+v and %+v", s.still, s.busy)
		}
	}
	if after := titles(t, one.store, one); !slices.Equal(after, before) {
		t.Errorf("practices keep their changes: %q", after)
	}
}

// titles are those of the practices on the first page.
func titles(t *testing.T, s *store.Store, of *trial) (list []string) {
	t.Helper()
	for number := range 3 {
		found, err := s.Practices.Find(t.Context(), of.catalogue.maker.Practice(number).Slug)
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, found.Texts[0].Title)
	}
	return list
}

func TestAFirstPageWithoutPracticesCannotChange(t *testing.T) {
	t.Parallel()
	one := &trial{site: serving(t, func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "<p>nothing") })}
	if _, err := one.changeResults(t.Context()); err == nil || !strings.Contains(err.Error(), "no practices") {
		t.Errorf("the error is %v", err)
	}
}

// A change shows by its own number or by a later one.
func TestChangesAreSeenOnce(t *testing.T) {
	t.Parallel()
	began := time.Now()
	c := changeTracker{sent: map[int]time.Time{7: began, 8: began.Add(time.Second), 9: began.Add(2 * time.Second)}}
	now := began.Add(3 * time.Second)
	if left := c.see("<p>nothing", now); left != 3 || len(c.shown) != 0 {
		t.Errorf("nothing is seen: %d left, %v", left, c.shown)
	}
	if left := c.see("Change number 5 of a, Change number 8 of b", now); left != 1 {
		t.Errorf("%d left", left)
	}
	slices.Sort(c.shown)
	if !slices.Equal(c.shown, []time.Duration{2 * time.Second, 3 * time.Second}) {
		t.Errorf("shown after %v", c.shown)
	}
	if left := c.see("Change number 8 of b", now); left != 1 || len(c.shown) != 2 {
		t.Errorf("seen twice: %v", c.shown)
	}
}

func TestNewSelectionsGoOnWhereTheyWere(t *testing.T) {
	t.Parallel()
	q := &question{name: newSelection}
	if got := (&trial{tasks: []*task{{question: &question{name: keptListing}}, {question: q}}}).fresh(); got != q {
		t.Errorf("another question: %s", got.name)
	}
	if got := (&trial{}).fresh(); got.name != newSelection || len(got.addresses) == 0 || got.status != http.StatusOK {
		t.Errorf("no question of new selections: %+v", got.name)
	}
}
