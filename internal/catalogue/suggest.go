package catalogue

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"exempla/internal/practice"
	"exempla/internal/text"
)

// Bounds of suggestions: ten are what somebody takes in at a glance, and what
// fits a small screen. One letter begins too much to be of help, but a Chinese
// one is a word.
const (
	mostPlaces    = 3
	mostTopics    = 2
	mostTitles    = 5
	fewestLetters = 2
)

// Suggestions are what somebody may mean who has typed the beginning of it.
// What begins with the words comes before what has them further in.
type Suggestions struct {
	Places   []SuggestedPlace // those with most practices first
	Topics   []Value          // likewise
	Titles   []SuggestedTitle // the newest first
	Complete bool             // whether cities and titles could be looked through already
}

// Size is the number of suggestions.
func (s Suggestions) Size() int { return len(s.Places) + len(s.Topics) + len(s.Titles) }

// SuggestedPlace is a country or one of its cities.
type SuggestedPlace struct {
	Country practice.Country
	City    string // empty for the country
	Count   int    // practices
	inside  bool   // whether the words stand further in
}

// SuggestedTitle is a title of a practice that has the words, in the reader's
// language where there is one.
type SuggestedTitle struct {
	Practice practice.Practice
	Title    string
	Language practice.Language // of the title
	inside   bool
}

// sought are words that somebody has typed, folded.
type sought struct {
	words, inside string // inside begins with a space: it is how they stand further in
	undivided     bool
}

func (g *Suggester) sought(typed string) (sought, bool) {
	words := text.Fold(cleanWords(typed))
	first, _ := utf8.DecodeRuneInString(words)
	q := sought{words, " " + words, text.Undivided(first)}
	return q, q.undivided || utf8.RuneCountInString(words) >= fewestLetters
}

// in reports whether a folded label has the words at the beginning of one of
// its own, and whether that is further in than at its first.
func (q sought) in(label string) (found, inside bool) {
	if strings.HasPrefix(label, q.words) {
		return true, false
	}
	return strings.Contains(label, q.inside) || q.undivided && strings.Contains(label, q.words), true
}

// Suggest returns what a reader may mean who has typed so much. It is for every
// letter typed, and so it looks through memory only, and through a part of it
// that does not grow with the catalogue.
func (g *Suggester) Suggest(x *Index, typed string, reader practice.Language) Suggestions {
	base, recent := g.base.labels(x.Base()), g.recent.labels(x.Recent())
	s := Suggestions{Complete: base != nil && recent != nil}
	q, enough := g.sought(typed)
	if !enough {
		return s
	}
	s.Places = g.countriesWith(x, q)
	s.Topics = g.topicsWith(x, q, reader)
	for _, from := range []labelled{{x, base, false}, {x, recent, true}} {
		if from.labels != nil {
			s.Places = g.withCities(s.Places, from.labels, q, typed)
			s.Titles = g.withTitles(s.Titles, from, q, reader)
		}
	}
	s.order()
	return s
}

// labelled is a shelf of an index with its labels; those of the base may be of
// the base before.
type labelled struct {
	*Index
	*labels
	isRecent bool
}

// order puts what begins with the words first, then what has most practices or
// is newest, and keeps as many as are shown.
func (s *Suggestions) order() {
	slices.SortStableFunc(s.Places, func(a, b SuggestedPlace) int {
		return cmp.Or(later(a.inside, b.inside), cmp.Compare(b.Count, a.Count))
	})
	slices.SortStableFunc(s.Titles, func(a, b SuggestedTitle) int {
		return cmp.Or(later(a.inside, b.inside), newestFirst(&a.Practice, &b.Practice))
	})
	s.Places = s.Places[:min(len(s.Places), mostPlaces)]
	s.Titles = s.Titles[:min(len(s.Titles), mostTitles)]
}

// later orders what is further in behind what is not.
func later(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

// countriesWith finds countries of the catalogue by any of their names.
func (g *Suggester) countriesWith(x *Index, q sought) []SuggestedPlace {
	var list []SuggestedPlace
	for _, value := range x.totals(Country) {
		best := SuggestedPlace{Country: practice.Country(value.Key), Count: value.All, inside: true}
		any := false
		for _, name := range g.countries[best.Country] {
			found, inside := q.in(name)
			any, best.inside = any || found, best.inside && (inside || !found)
		}
		if any && value.All > 0 {
			list = append(list, best)
		}
	}
	return list
}

// topicsWith finds topics by what the reader calls them.
func (g *Suggester) topicsWith(x *Index, q sought, reader practice.Language) []Value {
	var first, then []Value
	for _, value := range x.totals(Topic) {
		switch found, inside := q.in(text.Fold(g.topic(reader, practice.Topic(value.Key)))); {
		case !found || value.All == 0:
		case inside:
			then = append(then, value)
		default:
			first = append(first, value)
		}
	}
	byCount := func(a, b Value) int { return cmp.Compare(b.All, a.All) }
	slices.SortStableFunc(first, byCount)
	slices.SortStableFunc(then, byCount)
	list := append(first, then...)
	return list[:min(len(list), mostTopics)]
}

// withCities adds cities. Their names are kept in Latin letters, so that
// somebody who types Greek or Cyrillic ones finds nothing at first.
func (g *Suggester) withCities(list []SuggestedPlace, l *labels, q sought, typed string) []SuggestedPlace {
	anyone := func(int64) bool { return true }
	found := l.cityNames.find(q.words, mostPlaces, anyone)
	if latin := strings.ReplaceAll(practice.Slugify(typed), "-", " "); len(found) == 0 && latin != "" {
		q.words, q.inside = latin, " "+latin
		found = l.cityNames.find(q.words, mostPlaces, anyone)
	}
	for _, at := range found {
		place := l.cities[at]
		_, place.inside = q.in(text.Fold(place.City))
		known := func(other SuggestedPlace) bool { return other.City == place.City && other.Country == place.Country }
		if !slices.ContainsFunc(list, known) {
			list = append(list, place)
		}
	}
	return list
}

// withTitles adds practices of one of the index's shelves by their titles, as
// they are called now.
func (g *Suggester) withTitles(list []SuggestedTitle, from labelled, q sought, reader practice.Language) []SuggestedTitle {
	here := func(number int64) bool {
		spot, ok := from.spot(number)
		return ok && spot.recent == from.isRecent
	}
	for _, number := range from.titles.find(q.words, mostTitles, here) {
		p, _ := from.Practice(number)
		if title, ok := g.titleWith(&p, q, reader); ok {
			list = append(list, title)
		}
	}
	return list
}

// titleWith is the title of a practice that has the words: one that begins with
// them, else any; among such the reader's, else the original.
func (g *Suggester) titleWith(p *practice.Practice, q sought, reader practice.Language) (best SuggestedTitle, ok bool) {
	consider := func(title string, language practice.Language) {
		found, inside := q.in(text.Fold(title))
		if found && (!ok || best.inside && !inside) {
			best, ok = SuggestedTitle{*p, title, language, inside}, true
		}
	}
	own, _ := p.Text(reader)
	for _, t := range append([]practice.Text{own}, p.Texts...) {
		consider(t.Title, t.TitleLanguage)
		consider(t.TitleEnglish, practice.English)
	}
	return best, ok
}
