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

// asked is how many questions there are. None may go because it fails.
const asked = 480

// question is what somebody typed, and what would serve them. The questions were
// written by somebody who had seen neither the catalogue nor the program, and
// judged by reading all of the catalogue.
type question struct {
	language, kind, words string
	wanted                []string // slugs
}

// questions reads testdata/questions.json: what is wanted, by names, and questions
// as language, kind, words and the name of what is wanted.
func questions(t *testing.T) []question {
	t.Helper()
	content, err := os.ReadFile("testdata/questions.json")
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Wants     map[string][]string
		Questions [][4]string
	}
	if err := json.Unmarshal(content, &file); err != nil {
		t.Fatal(err)
	}
	list := make([]question, len(file.Questions))
	for i, q := range file.Questions {
		list[i] = question{q[0], q[1], q[2], file.Wants[q[3]]}
	}
	return list
}

// figures sum up some questions.
type figures struct {
	asked, answered, useful int
	right                   float64 // the sum of the shares of right ones among the first few
}

func (f *figures) add(q question, first []string) {
	f.asked++
	if len(first) == 0 {
		return
	}
	f.answered++
	right := 0
	for _, slug := range first {
		if slices.Contains(q.wanted, slug) {
			right++
		}
	}
	if right > 0 {
		f.useful++
	}
	f.right += float64(right) / float64(len(first))
}

// String is the figures' part of a line of the table.
func (f *figures) String() string {
	return fmt.Sprintf("| %d | %d %% | %.0f %% | %.0f %% |\n", f.asked, 100*f.answered/f.asked, 100*float64(f.useful)/float64(f.asked), 100*f.right/float64(f.answered))
}

// TestQuestions asks the site what people ask, and holds README.md to how well
// they are served. An empty page while something would serve fails the test.
func TestQuestions(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	list := questions(t)
	if len(list) != asked {
		t.Fatalf("%d questions, want %d", len(list), asked)
	}
	by := map[string]*figures{}
	for _, q := range list {
		if len(q.wanted) == 0 {
			continue // nothing in the catalogue would serve
		}
		p := s.visit("/" + q.language + "/practices?" + url.Values{"q": {q.words}}.Encode())
		first := p.slugs()
		first = first[:min(len(first), firstFew)]
		if len(first) == 0 {
			t.Errorf("%s %q finds nothing", q.language, q.words)
		}
		for _, key := range []string{q.language, q.kind, "all"} {
			if by[key] == nil {
				by[key] = &figures{}
			}
			by[key].add(q, first)
		}
	}
	var table strings.Builder
	table.WriteString("| Reader, kind | Questions | With an answer | Something useful among the first five | Right among the first five |\n|---|---|---|---|---|\n")
	for _, key := range []string{"ar", "de", "el", "en", "es", "fr", "sq", "uk", "word", "phrase", "sentence", "place", "misspelt", "all"} {
		fmt.Fprintf(&table, "| %s %s", key, by[key])
	}
	inStep(t, table.String())
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
