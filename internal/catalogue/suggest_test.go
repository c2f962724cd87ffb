package catalogue_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"

	"exempla/internal/catalogue"
	"exempla/internal/practice"
)

func suggester() *catalogue.Suggester {
	return catalogue.NewSuggester(catalogue.Vocabulary{
		Languages: []practice.Language{"en"},
		Countries: func(_ practice.Language, c practice.Country) []string {
			return map[practice.Country][]string{"GR": {"Greece", "Grèce", "Griechenland"}, "UA": {"Ukraine", "Ucraina"}, "CY": {"Cyprus"}}[c]
		},
	})
}

// topicsIn are called by their keys after the language.
func topicsIn(reader practice.Language) func(practice.Topic) string {
	return func(t practice.Topic) string { return string(reader) + " " + string(t) }
}

// titled is a practice with a title in English and perhaps one in Greek.
func titled(number int64, year int, titles ...string) practice.Practice {
	p := practice.Practice{Number: number, Slug: fmt.Sprintf("p%03d", number), Period: practice.Period{Start: practice.Date{Year: year}}}
	for i, title := range titles {
		language := []practice.Language{"en", "el"}[i]
		p.Texts = append(p.Texts, practice.Text{Language: language, Title: title, TitleLanguage: language})
	}
	return p
}

func found(s catalogue.Suggestions) []string {
	var list []string
	for _, p := range s.Places {
		list = append(list, strings.TrimSpace(string(p.Country)+" "+p.City))
	}
	for _, v := range s.Topics {
		list = append(list, v.Key)
	}
	for _, t := range s.Titles {
		list = append(list, t.Title)
	}
	return list
}

func TestSuggestionsByKindAndOrder(t *testing.T) {
	t.Parallel()
	all := []practice.Practice{
		titled(1, 2001, "Urban farming"), titled(2, 2020, "The farm"), titled(3, 2010, "Farm-to-table"),
		titled(4, 2015, "Unfarmed", "Farmakéo"), titled(5, 2003, "統合と図書館"),
	}
	all[0].Place = practice.Place{Countries: []practice.Country{"GR"}, Cities: []practice.City{{Country: "GR", Name: "Farsala"}}}
	all[1].Place = practice.Place{Countries: []practice.Country{"UA"}, Cities: []practice.City{{Country: "UA", Name: "Kyiv"}, {Country: "UA", Name: "New Farsala"}}}
	all[2].Place = all[1].Place
	all[3].Topics, all[4].Topics = []practice.Topic{"roma", "refugees"}, []practice.Topic{"roma", "religion-and-interfaith"}
	x := catalogue.NewIndex(all, 1, day(2026, 1, 1))
	g := suggester()
	tests := map[string][]string{
		"FARM":     {"Farmakéo", "Farm-to-table", "The farm", "Urban farming"},
		"farm to":  {"Farm-to-table"},
		"urban fa": {"Urban farming"},
		"far":      {"GR Farsala", "UA New Farsala", "Farmakéo", "Farm-to-table", "The farm", "Urban farming"},
		"griech":   {"GR"},
		"éN r":     {"roma", "refugees"},
		"interf":   {"religion-and-interfaith"},
		"en ho":    nil, // nothing has it
		"書":        {"統合と図書館"},
		"Φαρσ":     {"GR Farsala", "UA New Farsala"},
		"f":        nil,
		" ":        nil,
		"arm":      nil,
	}
	for typed, want := range tests {
		got := g.Suggest(x, typed, "en", topicsIn("en"))
		if !slices.Equal(found(got), want) || !got.Complete {
			t.Errorf("%q suggests %q, want %q", typed, found(got), want)
		}
	}
	if got := g.Suggest(x, "Farmakéo", "el", topicsIn("el")); len(got.Titles) != 1 || got.Titles[0].Language != "el" || got.Titles[0].Practice.Number != 4 {
		t.Errorf("in Greek: %+v", got.Titles)
	}
	ukraine := g.Suggest(x, "ucr", "el", topicsIn("el")).Places
	if len(ukraine) != 1 || ukraine[0].Count != 2 {
		t.Errorf("Ukraine: %+v", ukraine)
	}
}

// The five best titles, found by reading all of them.
func TestSuggestedTitlesAreTheBest(t *testing.T) {
	t.Parallel()
	words := rapid.SampledFrom([]string{"ab", "abc", "b", "ba", "bab", "日本", "日"})
	rapid.Check(t, func(t *rapid.T) {
		draw := func(number int64) practice.Practice {
			titles := make([]string, rapid.IntRange(1, 2).Draw(t, "titles"))
			for i := range titles {
				titles[i] = strings.Join(rapid.SliceOfN(words, 1, 4).Draw(t, "title"), " ")
			}
			return titled(number, rapid.IntRange(2000, 2003).Draw(t, "year"), titles...)
		}
		var all []practice.Practice
		for number := range int64(rapid.IntRange(0, 200).Draw(t, "size")) {
			all = append(all, draw(number+1))
		}
		x := catalogue.NewIndex(all, 1, day(2026, 1, 1))
		g := suggester()
		g.Suggest(x, "", "en", topicsIn("en"))               // learns what is on the segments of this index
		for number := int64(1); number < 200; number += 20 { // some change, some go, one comes
			fresh := draw(number)
			x = x.With([]practice.Practice{fresh}, []int64{number + 1}, number)
			all = slices.DeleteFunc(all, func(p practice.Practice) bool { return p.Number == number || p.Number == number+1 })
			all = append(all, fresh)
		}
		typed := rapid.SampledFrom([]string{"ab", "ba", "bab ab", "ab a", "日", "本"}).Draw(t, "typed")
		var got, want []int64
		for _, title := range g.Suggest(x, typed, "en", topicsIn("en")).Titles {
			got = append(got, title.Practice.Number)
		}
		for _, p := range naiveTitles(all, typed) {
			want = append(want, p.Number)
		}
		if !slices.Equal(got, want) {
			t.Fatalf("%q suggests %v, want %v", typed, got, want)
		}
	})
}

// naiveTitles are the best five practices whose titles have what was typed.
func naiveTitles(all []practice.Practice, typed string) []practice.Practice {
	rank := func(p practice.Practice) int {
		best := 2
		for _, text := range p.Texts {
			spaceless := unicode.Is(unicode.Han, []rune(typed)[0])
			switch {
			case strings.HasPrefix(text.Title, typed):
				best = 0
			case strings.Contains(text.Title, " "+typed) || spaceless && strings.Contains(text.Title, typed):
				best = min(best, 1)
			}
		}
		return best
	}
	var list []practice.Practice
	for _, p := range all {
		if rank(p) < 2 {
			list = append(list, p)
		}
	}
	slices.SortFunc(list, func(a, b practice.Practice) int {
		if c := rank(a) - rank(b); c != 0 {
			return c
		}
		if c := b.Period.Start.Year - a.Period.Start.Year; c != 0 {
			return c
		}
		return strings.Compare(a.Slug, b.Slug)
	})
	return list[:min(5, len(list))]
}
