package server_test

import (
	"encoding/json"
	"flag"
	"fmt"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"
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

// How many questions there are: at hand while the search was made, and written
// later. None may go because it fails.
const (
	askedBefore = 480
	askedLater  = 240
)

// question is what somebody typed, and what would serve them. The questions were
// written by somebody who had seen neither the catalogue nor the program, and
// judged by reading all of the catalogue. Those written later are there to judge by:
// whoever makes the search better looks at their figures, never at them.
type question struct {
	language, kind, words string
	wanted                []string // slugs
	near                  []string // what a good librarian would hand over, too
}

// questions reads a file of them: what is wanted, by names, what lies near, and
// questions as language, kind, words and the name of what is wanted.
func questions(t *testing.T, name string, count int) []question {
	t.Helper()
	content, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Wants, Near map[string][]string
		Questions   [][4]string
	}
	if err := json.Unmarshal(content, &file); err != nil {
		t.Fatal(err)
	}
	list := make([]question, len(file.Questions))
	for i, q := range file.Questions {
		list[i] = question{q[0], q[1], q[2], file.Wants[q[3]], file.Near[q[3]]}
	}
	if len(list) != count {
		t.Fatalf("%s: %d questions, want %d", name, len(list), count)
	}
	return list
}

// figures sum up some questions.
type figures struct {
	asked, answered, useful int
	right                   float64 // the sum of the shares of right ones among the first few
}

func (f *figures) add(wanted, first []string) {
	f.asked++
	if len(first) == 0 {
		return
	}
	f.answered++
	right := 0
	for _, slug := range first {
		if slices.Contains(wanted, slug) {
			right++
		}
	}
	if right > 0 {
		f.useful++
	}
	f.right += float64(right) / float64(len(first))
}

// served are figures by reader and kind of question.
type served map[string]*figures

func (s served) add(q question, wanted, first []string) {
	if len(wanted) == 0 {
		return // nothing in the catalogue would serve
	}
	for _, key := range []string{q.language, q.kind, "all"} {
		if s[key] == nil {
			s[key] = &figures{}
		}
		s[key].add(wanted, first)
	}
}

// share writes a part of a whole in percent.
func share(part float64, whole int) string { return fmt.Sprintf(" %.0f %% |", 100*part/float64(whole)) }

// TestQuestions asks the site what people ask, and holds README.md to how well
// they are served. An empty page while something would serve fails the test.
func TestQuestions(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	before, later, near := served{}, served{}, served{}
	for _, q := range questions(t, "questions.json", askedBefore) {
		before.add(q, q.wanted, s.first(q))
	}
	for _, q := range questions(t, "questions_later.json", askedLater) {
		first := s.first(q)
		later.add(q, q.wanted, first)
		near.add(q, slices.Concat(q.wanted, q.near), first)
	}
	var table strings.Builder
	table.WriteString("| Reader, kind | Before: questions | Something useful | Right | Later: questions | Something useful | Right | Questions | Something useful or near | Right or near |\n|---|---|---|---|---|---|---|---|---|---|\n")
	for _, key := range []string{"ar", "de", "el", "en", "es", "fr", "sq", "uk", "word", "phrase", "sentence", "place", "misspelt", "all"} {
		fmt.Fprintf(&table, "| %s |", key)
		for _, set := range []served{before, later, near} {
			f := set[key]
			fmt.Fprintf(&table, " %d |%s%s", f.asked, share(float64(f.useful), f.asked), share(f.right, f.answered))
		}
		table.WriteByte('\n')
	}
	inStep(t, table.String())
}

// first are the slugs of the first few practices that a question finds.
func (s *site) first(q question) []string {
	s.Helper()
	first := s.visit("/" + q.language + "/practices?" + url.Values{"q": {q.words}}.Encode()).slugs()
	if len(first) == 0 && len(q.wanted) > 0 {
		s.Errorf("%s %q finds nothing", q.language, q.words)
	}
	return first[:min(len(first), firstFew)]
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
