package server_test

import (
	"cmp"
	"slices"
	"testing"

	"exempla/internal/locale"
	"exempla/internal/practice"
)

// order is how two practices follow each other by start; unknown ones come
// last. TestStubsDoNotLead is about equal ones.
func order(a, b practice.Practice, direction int) int {
	s, t := a.Period.Start, b.Period.Start
	if (s.Year == 0) != (t.Year == 0) {
		return cmp.Compare(t.Year, s.Year)
	}
	return cmp.Or(direction*cmp.Compare(s.Year, t.Year), direction*cmp.Compare(s.Month, t.Month))
}

func TestOrderByStart(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	practices := known(t)
	for query, direction := range map[string]int{"size=50": -1, "sort=oldest&size=50": 1, "country=ES&size=10": -1, "country=ES&sort=oldest&size=10": 1} {
		list := s.listed(query)
		if !slices.IsSortedFunc(list, func(a, b string) int { return order(practices[a], practices[b], direction) }) {
			t.Errorf("%s: not in order: %v", query, list)
		}
	}
}

// TestOrderByTitleAndPlace reads the listing in the reader's alphabet.
func TestOrderByTitleAndPlace(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	for _, l := range locale.All() {
		p := s.visit("/" + l.Tag() + "/practices?sort=title&size=50")
		if titles := texts(all(p.doc, "li.item h3")); !slices.IsSortedFunc(titles, l.Compare) {
			t.Errorf("%s: titles are not in order: %q", l.Tag(), titles)
		}
		p = s.visit("/" + l.Tag() + "/practices?country=ES&country=GR&country=JP&country=KR&sort=place&size=50")
		var places []string
		practices := known(t)
		for _, slug := range p.slugs() {
			place := practices[slug].Place
			name := l.Country(string(place.Countries[0])) + " "
			if len(place.Cities) > 0 {
				name += place.Cities[0].Name
			}
			places = append(places, name)
		}
		if !slices.IsSortedFunc(places, l.Compare) {
			t.Errorf("%s: places are not in order: %q", l.Tag(), places)
		}
	}
}

// Of practices that began at the same time, none leads with less than half of what the
// next one says.
func TestStubsDoNotLead(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	toRead := func(p practice.Practice) int {
		size := len(p.Texts[0].Summary)
		for _, section := range p.Texts[0].Sections {
			size += len(section)
		}
		return size
	}
	var before practice.Practice
	equal := 0
	for _, slug := range s.listed("size=50") {
		now := s.practice(slug)
		if before.Texts != nil && before.Period.Start == now.Period.Start {
			equal++
			if size := toRead(now); toRead(before) < min(size/2, 6400) && size >= 400 {
				t.Errorf("%s with %d bytes comes before %s with %d", before.Slug, toRead(before), slug, size)
			}
		}
		before = now
	}
	if equal < 20 {
		t.Errorf("only %d began with the one before", equal)
	}
}

func TestWordsAreOrderedByRelevance(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	first := s.listed("q=%22Urban+response+coordination%22&size=50")
	if len(first) == 0 || first[0] != ioannina {
		t.Errorf("the title in quotation marks finds %v", first)
	}
	byDate := s.listed("q=school&sort=newest&size=50")
	byRank := s.listed("q=school&size=50")
	if slices.Equal(byDate, byRank) {
		t.Error("relevance is the order by date")
	}
	slices.Sort(byDate)
	slices.Sort(byRank)
	same(t, "what is found", byRank, byDate)
}

func TestWordsFindWhatIsNotOnTheCard(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	for _, query := range []string{"q=Griechenland&size=50", "q=%CE%BB%CE%BF%CF%85%CE%BB%CE%BF%CF%8D%CE%B4%CE%B9+OR+Ioannina&size=50",
		"q=IOANNINA&size=50", "q=UNHCR+Epirus&size=50", "q=%CE%99%CF%89%CE%B1%CE%BD%CE%BD%CE%B9%CE%BD%CE%B1&size=50"} {
		if !slices.Contains(s.listed(query), ioannina) {
			t.Errorf("%s does not find Ioannina", query)
		}
	}
	for _, query := range []string{"q=Ioannina+-coordination&size=50", "q=%22Council+of+Europe%22+Ioannina+Epirus&size=50"} {
		if slices.Contains(s.listed(query), ioannina) {
			t.Errorf("%s finds Ioannina", query)
		}
	}
}

// TestLanguageFacetShowsItsTexts: a filter by language shows the texts in it.
func TestLanguageFacetShowsItsTexts(t *testing.T) {
	t.Parallel()
	p := openSample(t).visit("/fr/practices?language=ja")
	for _, card := range all(p.doc, "li.item") {
		if got := attr(all(card, "h3 a")[0], "lang"); got != "ja" {
			t.Errorf("a title is in %q", got)
		}
	}
	p.says("h2#count", "3")
}
