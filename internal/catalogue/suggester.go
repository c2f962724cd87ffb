package catalogue

import (
	"cmp"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"time"
	"weak"

	"exempla/internal/practice"
	"exempla/internal/text"
)

// Suggester suggests while somebody types. It looks through words folded once
// for all who ask: folding a million titles takes seconds, finding one far less
// than a millisecond.
type Suggester struct {
	topic     func(practice.Language, practice.Topic) string
	countries map[practice.Country][]string // folded names
	base      learner
	recent    learner
}

// Speech is what a suggester has to know of languages.
type Speech struct {
	Countries func(practice.Country) []string                // all names of a country, in any language
	Topic     func(practice.Language, practice.Topic) string // what a reader of the language calls a topic
}

// NewSuggester returns a suggester that knows countries and topics; cities and
// titles it learns from the index that it is first asked about.
func NewSuggester(s Speech) *Suggester {
	g := &Suggester{topic: s.Topic, countries: map[practice.Country][]string{}}
	for _, country := range practice.Countries() {
		for _, name := range s.Countries(country) {
			g.countries[country] = append(g.countries[country], text.Fold(name))
		}
	}
	return g
}

// labels are what the practices of a shelf are called and where they are, folded.
type labels struct {
	titles    titles
	cities    []SuggestedPlace // those with most practices first
	cityNames titles           // the number of each is its place in cities
}

// learner learns the labels of one shelf after another.
type learner struct {
	learned  atomic.Pointer[lesson]
	learning atomic.Bool
}

// lesson is what was learned from a shelf, which must not live on for it.
type lesson struct {
	from weak.Pointer[Shelf]
	next time.Time // not before then is a large shelf learned again
	labels
}

// learnedAtOnce is how many practices are learned while somebody waits: that
// takes some ten milliseconds.
const learnedAtOnce = 2_000

// learnPause is how many times as long as learning a large shelf takes it is not done
// again: a million practices keep a processor busy for ten seconds, and while
// many of them change a new base comes every minute. What changed last is found
// all the same, for the recent shelf is small.
const learnPause = 10

// labels returns the labels of a shelf; those of the shelf before while a large
// one is still being learned, and nil when there was none.
func (l *learner) labels(s *Shelf) *labels {
	known, from := l.learned.Load(), weak.Make(s)
	switch {
	case known != nil && known.from == from:
	case s.Size() <= learnedAtOnce:
		known = &lesson{from: from, labels: learn(s)}
		l.learned.Store(known)
	case known != nil && time.Now().Before(known.next):
	case l.learning.CompareAndSwap(false, true):
		go func() {
			defer l.learning.Store(false)
			begun := time.Now()
			next := &lesson{from: from, labels: learn(s)}
			next.next = time.Now().Add(time.Since(begun) * learnPause)
			l.learned.Store(next)
		}()
	}
	if known == nil {
		return nil
	}
	return &known.labels
}

// learn folds what the practices of a shelf are called and where they are.
func learn(s *Shelf) labels {
	var l labels
	counts := map[SuggestedPlace]int{}
	for at := range s.at {
		if at%pause == pause-1 {
			runtime.Gosched()
		}
		p := s.practice(at)
		for _, title := range titlesOf(&p) {
			l.titles.add(text.Fold(title), p.Number)
		}
		for _, city := range p.Place.Cities {
			counts[SuggestedPlace{Country: city.Country, City: city.Name}]++
		}
	}
	l.titles.sort()
	for city, count := range counts {
		// Clones, for the names themselves share the memory of the shelf.
		l.cities = append(l.cities, SuggestedPlace{Country: practice.Country(strings.Clone(string(city.Country))),
			City: strings.Clone(city.City), Count: count})
	}
	slices.SortFunc(l.cities, func(a, b SuggestedPlace) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), strings.Compare(a.City, b.City), cmp.Compare(a.Country, b.Country))
	})
	for at, city := range l.cities {
		l.cityNames.add(text.Fold(city.City), int64(at))
	}
	l.cityNames.sort()
	return l
}

// titlesOf lists the different titles of a practice.
func titlesOf(p *practice.Practice) []string {
	var list []string
	for _, text := range p.Texts {
		for _, title := range []string{text.Title, text.TitleEnglish} {
			if title != "" && !slices.Contains(list, title) {
				list = append(list, title)
			}
		}
	}
	return list
}

// totals gives the values of a facet with the number of practices that have
// them, whatever is selected.
func (x *Index) totals(f Facet) []Value {
	list := make([]Value, len(x.listed[f]))
	for i, value := range x.listed[f] {
		list[i] = Value{Key: value.key, All: value.all}
	}
	return list
}
