package catalogue

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"exempla/internal/gazetteer"
	"exempla/internal/practice"
	"exempla/internal/text"
)

// Bounds of suggestions. Ten can be taken in at a glance and fit a small screen.
// One letter begins too many words to help, except in Chinese, where it is a word.
const (
	mostPlaces    = 3
	mostTopics    = 2
	mostTitles    = 5
	fewestLetters = 2
)

// Suggestions complete what a reader has begun to type. Labels that begin with
// the words come before those that contain them.
type Suggestions struct {
	Places   []SuggestedPlace // those with the most practices first
	Topics   []Value          // likewise
	Titles   []SuggestedTitle // the newest first
	Complete bool             // whether cities and titles were searched, too; they may still be loading
}

// Size returns how many suggestions there are.
func (s Suggestions) Size() int { return len(s.Places) + len(s.Topics) + len(s.Titles) }

// SuggestedPlace is a country or one of its cities.
type SuggestedPlace struct {
	Country practice.Country
	City    string // empty for the country
	Names   practice.CityNames
	Count   int  // of its practices
	inside  bool // whether the words are inside the name
}

// called are all names by which a city is suggested, its own first.
func (p SuggestedPlace) called() []string {
	names := []string{p.City}
	for _, name := range p.Names.All() {
		names = append(names, name)
	}
	for _, usual := range gazetteer.Usual(p.Country, p.City) {
		names = append(names, usual.Name)
	}
	return names
}

// SuggestedTitle is a title of a practice that has the words, in the reader's
// language if there is one.
type SuggestedTitle struct {
	Practice practice.Practice
	Title    string
	Language practice.Language // of the title
	inside   bool
}

// typedWords are what was typed, folded.
type typedWords struct {
	words, inside string // inside begins with a space: so it is found at later words only
	undivided     bool
}

func (g *Suggester) typedWords(typed string) (typedWords, bool) {
	words := text.Fold(cleanWords(typed))
	first, _ := utf8.DecodeRuneInString(words)
	q := typedWords{words, " " + words, text.Undivided(first)}
	return q, q.undivided || utf8.RuneCountInString(words) >= fewestLetters
}

// in reports whether any word of a folded label begins with what was typed, and
// whether that is inside rather than at the beginning.
func (q typedWords) in(label string) (found, inside bool) {
	if strings.HasPrefix(label, q.words) {
		return true, false
	}
	return strings.Contains(label, q.inside) || q.undivided && strings.Contains(label, q.words), true
}

// Suggest returns suggestions for a reader of a language, to whom a site offers topics by
// these names; one without a name is not suggested. It is called for every letter typed, so it looks through memory only, and through a part of it that
// does not grow with the catalogue.
func (g *Suggester) Suggest(x *Index, typed string, reader practice.Language, topic func(practice.Topic) string) Suggestions {
	base := g.base.labels(x.Base())
	overlay := g.overlay.labels(x.Overlay())
	s := Suggestions{Complete: base != nil && overlay != nil}
	q, enough := g.typedWords(typed)
	if !enough {
		return s
	}
	s.Places = g.countriesWith(x, q)
	s.Topics = topicsWith(x, q, topic)
	for _, from := range []labelledSegment{{x, base, false}, {x, overlay, true}} {
		if from.labels != nil {
			s.Places = from.withCities(s.Places, q, typed)
			s.Titles = g.withTitles(s.Titles, from, q, reader)
		}
	}
	s.order()
	return s
}

// labelledSegment is a segment of an index with its labels, which may still be
// those of the previous base.
type labelledSegment struct {
	*Index
	*labels
	inOverlay bool
}

// order sorts by where the words are, then by practices or start, and keeps as
// many as are shown.
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

// later sorts true after false.
func later(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

// countriesWith finds countries by their names in any language.
func (g *Suggester) countriesWith(x *Index, q typedWords) []SuggestedPlace {
	var list []SuggestedPlace
	for _, value := range totals(x, Country) {
		best := SuggestedPlace{Country: practice.Country(value.Key), Count: value.All, inside: true}
		any := false
		for _, name := range g.countries[best.Country] {
			found, inside := q.in(name)
			any = any || found
			best.inside = best.inside && (inside || !found)
		}
		if any && value.All > 0 {
			list = append(list, best)
		}
	}
	return list
}

// topicsWith finds topics by their names.
func topicsWith(x *Index, q typedWords, topic func(practice.Topic) string) []Value {
	var first, then []Value
	for _, value := range totals(x, Topic) {
		switch found, inside := q.in(text.Fold(topic(practice.Topic(value.Key)))); {
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

// withCities adds cities. Most of their names are in Latin letters, so words in Greek
// or Cyrillic are transliterated if they find nothing as they are.
func (from labelledSegment) withCities(list []SuggestedPlace, q typedWords, typed string) []SuggestedPlace {
	still := func(at int64) bool { _, ok := from.place(at, q); return ok }
	found := from.cityNames.find(q.words, mostPlaces, still)
	if latin := strings.ReplaceAll(practice.Slugify(typed), "-", " "); len(found) == 0 && latin != "" {
		q.words = latin
		q.inside = " " + latin
		found = from.cityNames.find(q.words, mostPlaces, still)
	}
	for _, at := range found {
		place, _ := from.place(at, q)
		known := func(other SuggestedPlace) bool { return other.City == place.City && other.Country == place.Country }
		if !slices.ContainsFunc(list, known) {
			list = append(list, place)
		}
	}
	return list
}

// place is a city of the labels as it is called now; ok is false if it is gone, or
// has no name any more that has the words.
func (from labelledSegment) place(at int64, q typedWords) (place SuggestedPlace, ok bool) {
	place = from.cities[at]
	city, there := from.City(CityKey(practice.City{Country: place.Country, Name: place.City}))
	place.Names, place.inside = city.Names, true
	for _, name := range place.called() {
		found, inside := q.in(text.Fold(name))
		ok = ok || found
		place.inside = place.inside && (inside || !found)
	}
	return place, ok && there
}

// withTitles adds practices of one segment by their current titles.
func (g *Suggester) withTitles(list []SuggestedTitle, from labelledSegment, q typedWords, reader practice.Language) []SuggestedTitle {
	here := func(number int64) bool {
		spot, ok := from.spot(number)
		return ok && spot.overlay == from.inOverlay
	}
	for _, number := range from.titles.find(q.words, mostTitles, here) {
		p, _ := from.Practice(number)
		if title, ok := g.titleWith(&p, q, reader); ok {
			list = append(list, title)
		}
	}
	return list
}

// titleWith picks the title of a practice that has the words: one that begins
// with them if possible, then the reader's, then the original.
func (g *Suggester) titleWith(p *practice.Practice, q typedWords, reader practice.Language) (best SuggestedTitle, ok bool) {
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
