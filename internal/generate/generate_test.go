package generate_test

import (
	"reflect"
	"strings"
	"testing"
	"unicode"

	"exempla/internal/generate"
	"exempla/internal/practice"
	"exempla/internal/sample"
)

func maker(t testing.TB, seed uint64) *generate.Maker {
	t.Helper()
	samples, err := sample.Practices()
	if err != nil {
		t.Fatal(err)
	}
	m, err := generate.New(samples, seed)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func some(t *testing.T, count int) []practice.Practice {
	t.Helper()
	m := maker(t, 1)
	var all []practice.Practice
	for n := range count {
		all = append(all, m.Practice(n))
	}
	return all
}

func TestMadePracticesAreInOrder(t *testing.T) {
	t.Parallel()
	slugs := map[string]bool{}
	for _, p := range some(t, 3_000) {
		if problems := p.Check(); len(problems) > 0 {
			t.Fatalf("%s: %v", p.Slug, problems)
		}
		if slugs[p.Slug] {
			t.Errorf("%s is there twice", p.Slug)
		}
		slugs[p.Slug] = true
	}
}

func TestSeedAndNumberDecide(t *testing.T) {
	t.Parallel()
	m, same, other := maker(t, 1), maker(t, 1), maker(t, 2)
	for n := 99; n >= 0; n-- { // in any order
		p := m.Practice(n)
		if again := same.Practice(n); !reflect.DeepEqual(p, again) {
			t.Fatalf("practice %d: %+v, then %+v", n, p, again)
		}
		if reflect.DeepEqual(p, other.Practice(n)) {
			t.Errorf("practice %d is the same with another seed", n)
		}
	}
}

// occurrences counts in how many practices each word of a title or summary is.
func occurrences(all []practice.Practice) map[string]int {
	in := map[string]int{}
	for _, p := range all {
		seen := map[string]bool{}
		for _, text := range p.Texts {
			for word := range strings.FieldsFuncSeq(text.Title+" "+text.Summary, func(r rune) bool { return !unicode.IsLetter(r) }) {
				seen[strings.ToLower(word)] = true
			}
		}
		for word := range seen {
			in[word]++
		}
	}
	return in
}

// Search has to be measured with common and with rare words, and the index of a
// large catalogue with a large vocabulary.
func TestWordsFollowZipf(t *testing.T) {
	t.Parallel()
	all := some(t, 4_000)
	few, many := occurrences(all[:1_000]), occurrences(all)
	if len(many) < 2*len(few) {
		t.Errorf("%d words in 1,000 practices, %d in 4,000: the vocabulary does not grow", len(few), len(many))
	}
	common, rare := 0, 0
	for word, count := range many {
		switch {
		case len(word) > 4 && count > len(all)/10 && count < len(all)/5:
			common++
		case count < 6:
			rare++
		}
	}
	if common < 5 || rare < len(many)/2 {
		t.Errorf("%d common and %d rare words of %d", common, rare, len(many))
	}
}

func TestMadeCatalogueIsLikeTheSample(t *testing.T) {
	t.Parallel()
	all := some(t, 4_000)
	scripts := map[string]*unicode.RangeTable{"Latin": unicode.Latin, "Greek": unicode.Greek, "Cyrillic": unicode.Cyrillic, "Arabic": unicode.Arabic, "Han": unicode.Han}
	found := map[string]int{}
	for _, p := range all {
		found["several texts"] += min(len(p.Texts)-1, 1)
		found["in Spain"] += int(one(p.Place.Countries[0] == "ES"))
		found["education"] += int(one(reflect.DeepEqual(p.Topics[0], practice.Topic("education"))))
		found["without a start"] += int(one(p.Period.Start.IsZero()))
		found["in English"] += int(one(p.Texts[0].Language == practice.English))
		for name, table := range scripts {
			found[name] += int(one(strings.ContainsFunc(p.Texts[0].Summary+p.Texts[len(p.Texts)-1].Summary, func(r rune) bool { return unicode.Is(table, r) })))
		}
	}
	for what, share := range map[string][2]float64{"several texts": {0.08, 0.18}, "in Spain": {0.10, 0.17}, "without a start": {0.23, 0.35},
		"in English": {0.8, 0.9}, "Greek": {0.01, 0.1}, "Cyrillic": {0.01, 0.1}, "Arabic": {0.01, 0.1}, "Han": {0.01, 0.1}, "Latin": {0.8, 1}} {
		if got := float64(found[what]) / float64(len(all)); got < share[0] || got > share[1] {
			t.Errorf("%s: a share of %.3f", what, got)
		}
	}
}

func one(is bool) int8 {
	if is {
		return 1
	}
	return 0
}

func BenchmarkPractice(b *testing.B) {
	m := maker(b, 1)
	for n := range b.N {
		m.Practice(n)
	}
}
