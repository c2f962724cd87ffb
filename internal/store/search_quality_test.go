package store_test

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"exempla/internal/catalogue"
	"exempla/internal/practice"
	"exempla/internal/store"
	"exempla/internal/testdb"
)

var update = flag.Bool("update", false, "write how well search finds into README.md")

// The marks between which README.md says how well search finds.
const (
	figuresIn    = "../../README.md"
	figuresBegin = "<!-- how well search finds, written by make generate -->\n"
	figuresEnd   = "<!-- end of the figures -->\n"
)

// firstFew is how many results people look at before they type something else.
const firstFew = 5

// figures sum up the questions of one language.
type figures struct {
	asked, answered int
	precision       float64 // the sum of the shares of right ones among the first few answers
}

// TestQueries holds search to what people want of the sample, and README.md to
// how well that goes. A practice that must be found and is not fails the test.
func TestQueries(t *testing.T) {
	t.Parallel()
	s := testdb.OpenSample(t)
	index := indexOf(t, s)
	languages, all := map[practice.Language]*figures{}, &figures{}
	for _, q := range queries {
		first, total := q.ask(t, s, index)
		for _, slug := range strings.Fields(q.want) {
			if !slices.ContainsFunc(first, func(p practice.Practice) bool { return strings.HasPrefix(p.Slug, slug) }) {
				t.Errorf("%s %q: %s is not among the first %d of %d", q.reader, q.words, slug, firstFew, total)
			}
		}
		if languages[q.reader] == nil {
			languages[q.reader] = &figures{}
		}
		languages[q.reader].add(q, first)
		all.add(q, first)
	}
	var table strings.Builder
	table.WriteString("| Reader | Questions | With an answer | Right among the first five |\n|---|---|---|---|\n")
	for _, language := range slices.Sorted(maps.Keys(languages)) {
		fmt.Fprintf(&table, "| %s %s", language, languages[language])
	}
	fmt.Fprintf(&table, "| all %s", all)
	inStep(t, table.String())
}

func (f *figures) add(q query, first []practice.Practice) {
	f.asked++
	if len(first) == 0 {
		return
	}
	f.answered++
	right := 0
	for _, p := range first {
		if q.right(p) {
			right++
		}
	}
	f.precision += float64(right) / float64(len(first))
}

// String is the figures' part of a line of the table.
func (f *figures) String() string {
	return fmt.Sprintf("| %d | %d %% | %.0f %% |\n", f.asked, 100*f.answered/f.asked, 100*f.precision/float64(f.answered))
}

// inStep compares the table with that of README.md, or writes it there.
func inStep(t *testing.T, table string) {
	t.Helper()
	readme, err := os.ReadFile(figuresIn)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, begun := strings.Cut(string(readme), figuresBegin)
	_, after, ended := strings.Cut(rest, figuresEnd)
	if !begun || !ended {
		t.Fatalf("README.md lacks %q or %q", figuresBegin, figuresEnd)
	}
	want := before + figuresBegin + table + figuresEnd + after
	switch {
	case want == string(readme):
	case *update:
		if err := os.WriteFile(figuresIn, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	default:
		t.Errorf("README.md says otherwise of how well search finds; see what changed, then run make generate:\n%s", table)
	}
}

// ask returns the first few answers and how many there are. A misspelt question
// must find nothing and be corrected first.
func (q query) ask(t *testing.T, s *store.Store, index *catalogue.Index) ([]practice.Practice, int) {
	t.Helper()
	words := q.words
	if q.meant != "" {
		corrections, err := s.Practices.Spelling(t.Context(), strings.Fields(words))
		if err != nil || len(corrections) != 1 || corrections[0] != (store.Correction{Word: words, Instead: q.meant}) {
			t.Errorf("%s %q: corrections %v, %v, want %s", q.reader, words, corrections, err, q.meant)
		}
		words = q.meant
	}
	selection := catalogue.Parse(map[string][]string{"q": {words}})
	hits, err := s.Practices.Match(t.Context(), selection.Words, q.reader)
	if err != nil {
		t.Fatal(err)
	}
	found := index.Find(selection, hits, catalogue.Reader{Language: q.reader})
	var first []practice.Practice
	for _, one := range found.Found[:min(firstFew, len(found.Found))] {
		first = append(first, one.Practice())
	}
	return first, found.Total
}

// right reports whether a practice is wanted.
func (q query) right(p practice.Practice) bool {
	return slices.ContainsFunc(strings.Fields(q.want+" "+q.also), func(slug string) bool { return strings.HasPrefix(p.Slug, slug) }) ||
		slices.Contains(p.Topics, q.topic) || slices.Contains(p.Place.Countries, q.country) ||
		slices.ContainsFunc(p.Place.Cities, func(c practice.City) bool { return c.Name == q.city })
}
