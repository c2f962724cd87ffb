package catalogue_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"exempla/internal/catalogue"
	"exempla/internal/practice"
	"exempla/internal/text"
)

// Words that no language has and that are like no others, in languages for whose
// words no forms are known: what they find is what a reading of all texts finds.
var (
	madeUp = []string{"zorkaldim", "brufnexo", "quwhitoj", "gymplarv", "vedzuhko"}
	spoken = []practice.Language{"eu", "is", "mt"}
)

func drawWording(t *rapid.T, least int) string {
	return strings.Join(rapid.SliceOfN(rapid.SampledFrom(madeUp), least, 3).Draw(t, "wording"), " ")
}

// drawWorded is a practice that says a few of the words somewhere.
func drawWorded(t *rapid.T, number int64) practice.Practice {
	p := practice.Practice{Number: number, Slug: fmt.Sprint("p-", number)}
	for _, language := range rapid.SliceOfNDistinct(rapid.SampledFrom(spoken), 1, 2, rapid.ID[practice.Language]).Draw(t, "languages") {
		txt := practice.Text{Language: language, TitleLanguage: rapid.SampledFrom(spoken).Draw(t, "title language"),
			Title: "… " + drawWording(t, 0), TitleEnglish: drawWording(t, 0), Summary: drawWording(t, 0)}
		if rapid.Bool().Draw(t, "sections") {
			txt.Sections = map[practice.Section]string{practice.Process: drawWording(t, 1)}
		}
		p.Texts = append(p.Texts, txt)
	}
	p.Organisation = drawWording(t, 0)
	return p
}

// piece is some of what a practice says.
type piece struct {
	language practice.Language
	lead     bool // it stands in title or summary
	words    []string
}

func pieces(p practice.Practice) []piece {
	list := []piece{{p.Texts[0].Language, false, tokens(p.Organisation)}}
	for _, t := range p.Texts {
		list = append(list, piece{t.TitleLanguage, true, tokens(t.Title)}, piece{"en", true, tokens(t.TitleEnglish)}, piece{t.Language, true, tokens(t.Summary)})
		for _, section := range t.Sections {
			list = append(list, piece{t.Language, false, tokens(section)})
		}
	}
	return list
}

func tokens(s string) []string {
	var list []string
	for _, token := range text.Tokens(s) {
		list = append(list, token.Text)
	}
	return list
}

// says reports whether words stand side by side in a piece of a practice that
// fits.
func says(p practice.Practice, words []string, fits func(piece) bool) bool {
	return slices.ContainsFunc(pieces(p), func(one piece) bool {
		for from := 0; from+len(words) <= len(one.words); from++ {
			if slices.Equal(one.words[from:from+len(words)], words) && fits(one) {
				return true
			}
		}
		return false
	})
}

func anywhere(piece) bool { return true }

func leads(one piece) bool { return one.lead }

// reading is a catalogue read by loops, for a reader of a language.
type reading struct {
	all    []practice.Practice
	reader practice.Language
}

func (r reading) reads(p practice.Practice) bool {
	return slices.ContainsFunc(p.Texts, func(t practice.Text) bool { return t.Language == r.reader })
}

// wanted are the pieces that answer a term for a practice: a word that the
// reader's language has may mean something else in others, so these count only
// for who cannot be read in it.
func (r reading) wanted(term []string, p practice.Practice) func(piece) bool {
	own := func(one piece) bool { return one.language == r.reader }
	if len(term) > 1 || !r.reads(p) || !slices.ContainsFunc(r.all, func(p practice.Practice) bool { return says(p, term, own) }) {
		return anywhere
	}
	return own
}

func (r reading) has(p practice.Practice, term []string, more func(piece) bool) bool {
	fits := r.wanted(term, p)
	return says(p, term, func(one piece) bool { return fits(one) && more(one) })
}

// which are the slugs of the practices of which something is true.
func (r reading) which(is func(practice.Practice) bool) map[string]bool {
	set := map[string]bool{}
	for _, p := range r.all {
		if is(p) {
			set[p.Slug] = true
		}
	}
	return set
}

// bounds are the practices that terms side by side must find, and those that they
// may: if none has all of them in title or summary, some with fewer answer, too.
func (r reading) bounds(terms [][]string) (least, most map[string]bool) {
	having := func(term []string) map[string]bool {
		return r.which(func(p practice.Practice) bool { return r.has(p, term, anywhere) })
	}
	known := slices.DeleteFunc(slices.Clone(terms), func(term []string) bool { return len(having(term)) == 0 })
	if len(known) == 0 || slices.ContainsFunc(terms, func(term []string) bool { return isPhrase(term) && len(having(term)) == 0 }) {
		return nil, nil
	}
	every := func(where func(piece) bool) map[string]bool {
		return r.which(func(p practice.Practice) bool {
			return !slices.ContainsFunc(known, func(term []string) bool { return !r.has(p, term, where) })
		})
	}
	least = every(anywhere)
	if len(known) == 1 || len(every(leads)) > 0 {
		return least, least
	}
	return least, r.which(func(p practice.Practice) bool {
		has := func(term []string) bool { return r.has(p, term, anywhere) }
		return slices.ContainsFunc(known, has) && !slices.ContainsFunc(known, func(term []string) bool { return isPhrase(term) && !has(term) })
	})
}

// isPhrase reports whether a term stands in quotation marks: it is never left out.
func isPhrase(term []string) bool { return len(term) > 1 }

// question is a search as it is typed, and as it is meant.
type question struct {
	typed        string
	alternatives [][][]string // terms of one word, or phrases of several
	excluded     [][]string
}

func drawQuestion(t *rapid.T) question {
	var q question
	term := func() (string, []string) {
		if words := strings.Fields(drawWording(t, 1)); len(words) > 1 {
			return `"` + strings.Join(words, " ") + `"`, words
		} else {
			return words[0], words
		}
	}
	for i := range rapid.IntRange(0, 2).Draw(t, "alternatives") {
		if i > 0 {
			q.typed += " or"
		}
		var terms [][]string
		for range rapid.IntRange(1, 3).Draw(t, "terms") {
			typed, words := term()
			q.typed += " " + typed
			terms = append(terms, words)
		}
		q.alternatives = append(q.alternatives, terms)
	}
	for range rapid.IntRange(0, 1).Draw(t, "excluded") {
		typed, words := term()
		q.typed += " -" + typed
		q.excluded = append(q.excluded, words)
	}
	return q
}

// check holds what a question finds to what the loops find.
func (r reading) check(t *rapid.T, x *catalogue.Index, q question) {
	s := asked(q.typed)
	s.Size = 100
	hits, err := searcher.Search(context.Background(), x, s.Words, r.reader)
	if err != nil {
		t.Fatal(err)
	}
	least, most := map[string]bool{}, map[string]bool{}
	for _, terms := range q.alternatives {
		must, may := r.bounds(terms)
		for slug := range must {
			least[slug] = true
		}
		for slug := range may {
			most[slug] = true
		}
	}
	if len(q.alternatives) == 0 {
		least = r.which(func(practice.Practice) bool { return true })
		most = least
	}
	out := r.which(func(p practice.Practice) bool {
		return slices.ContainsFunc(q.excluded, func(term []string) bool { return says(p, term, anywhere) })
	})
	found := map[string]bool{}
	for _, p := range practices(x.Find(s, hits, catalogue.Reader{Language: r.reader})) {
		found[p.Slug] = true
		if !most[p.Slug] || out[p.Slug] {
			t.Errorf("%s finds %s, which says %v %v", q.typed, p.Slug, pieces(p), hits)
			for _, q := range r.all {
				t.Log(q.Number, pieces(q))
			}
		}
	}
	for _, p := range r.all {
		if least[p.Slug] && !out[p.Slug] && !found[p.Slug] {
			t.Errorf("%s does not find %s, which says %v", q.typed, p.Slug, pieces(p))
		}
	}
}

// Words find what a reading of all texts finds, in a new catalogue and after
// whatever changes.
func TestWordsFindWhatLoopsFind(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		r := reading{reader: rapid.SampledFrom(append([]practice.Language{"cy"}, spoken...)).Draw(t, "reader")}
		for number := range int64(rapid.IntRange(0, 12).Draw(t, "size")) {
			r.all = append(r.all, drawWorded(t, number+1))
		}
		c := catalogue.New(catalogue.NewIndex(r.all, 1, days[0]))
		r.check(t, c.Index(), drawQuestion(t))
		for change := range int64(3) {
			number := rapid.Int64Range(1, 14).Draw(t, "number")
			r.all = slices.DeleteFunc(slices.Clone(r.all), func(p practice.Practice) bool { return p.Number == number })
			if rapid.Bool().Draw(t, "removed") {
				c.Change(catalogue.Update{Since: c.Index(), Removed: []int64{number}, Change: change + 2})
			} else {
				p := drawWorded(t, number)
				r.all = append(r.all, p)
				c.Change(catalogue.Update{Since: c.Index(), Changed: []practice.Practice{p}, Change: change + 2})
			}
			switch rapid.IntRange(0, 3).Draw(t, "then") {
			case 0:
				c = catalogue.New(c.Index().Merged())
			case 1:
				c.Settle(rapid.SampledFrom(days).Draw(t, "day"))
			}
			r.check(t, c.Index(), drawQuestion(t))
		}
	})
}
