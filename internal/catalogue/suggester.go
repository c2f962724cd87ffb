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
)

// Suggester suggests while somebody types. It looks through words folded once
// for all who ask: folding a million titles takes seconds, finding one far less
// than a millisecond.
type Suggester struct {
	fold      func(string) string
	topic     func(practice.Language, practice.Topic) string
	countries map[practice.Country][]string // folded names
	base      labelCache
	overlay   labelCache
}

// Vocabulary is what a suggester has to know of languages.
type Vocabulary struct {
	Fold      func(string) string                            // words without case and accents, single spaces between them
	Countries func(practice.Country) []string                // all names of a country, in any language
	Topic     func(practice.Language, practice.Topic) string // what a reader of the language calls a topic
}

// NewSuggester returns a suggester that knows countries and topics; cities and
// titles it learns from the index that it is first asked about.
func NewSuggester(s Vocabulary) *Suggester {
	g := &Suggester{fold: s.Fold, topic: s.Topic, countries: map[practice.Country][]string{}}
	for _, country := range practice.Countries() {
		for _, name := range s.Countries(country) {
			g.countries[country] = append(g.countries[country], s.Fold(name))
		}
	}
	return g
}

// labels are what the practices of a segment are called and where they are, folded.
type labels struct {
	titles    prefixIndex
	cities    []SuggestedPlace // those with most practices first
	cityNames prefixIndex      // the number of each is its place in cities
}

// labelCache learns the labels of one segment after another.
type labelCache struct {
	current  atomic.Pointer[cachedLabels]
	building atomic.Bool
}

// cachedLabels is what was learned from a segment, which must not live on for it.
type cachedLabels struct {
	from weak.Pointer[Segment]
	next time.Time // not before then is a large segment learned again
	labels
}

// labelledAtOnce is how many practices are learned while somebody waits: that
// takes some ten milliseconds.
const labelledAtOnce = 2_000

// rebuildPause is how many times as long as learning a large segment takes it is not done
// again: a million practices keep a processor busy for ten seconds, and while
// many of them change a new base comes every minute. What changed last is found
// all the same, for the overlay segment is small.
const rebuildPause = 10

// labels returns the labels of a segment; those of the segment before while a large
// one is still being learned, and nil when there was none.
func (l *labelCache) labels(s *Segment, fold func(string) string) *labels {
	known, from := l.current.Load(), weak.Make(s)
	switch {
	case known != nil && known.from == from:
	case s.Size() <= labelledAtOnce:
		known = &cachedLabels{from: from, labels: newLabels(s, fold)}
		l.current.Store(known)
	case known != nil && time.Now().Before(known.next):
	case l.building.CompareAndSwap(false, true):
		go func() {
			defer l.building.Store(false)
			begun := time.Now()
			next := &cachedLabels{from: from, labels: newLabels(s, fold)}
			next.next = time.Now().Add(time.Since(begun) * rebuildPause)
			l.current.Store(next)
		}()
	}
	if known == nil {
		return nil
	}
	return &known.labels
}

// learn folds what the practices of a segment are called and where they are.
func newLabels(s *Segment, fold func(string) string) labels {
	var l labels
	counts := map[SuggestedPlace]int{}
	for at := range s.at {
		if at%pause == pause-1 {
			runtime.Gosched()
		}
		p := s.practice(at)
		for _, title := range titlesOf(&p) {
			l.titles.add(fold(title), p.Number)
		}
		for _, city := range p.Place.Cities {
			counts[SuggestedPlace{Country: city.Country, City: city.Name}]++
		}
	}
	l.titles.sort()
	for city, count := range counts {
		// Clones, for the names themselves share the memory of the segment.
		l.cities = append(l.cities, SuggestedPlace{Country: practice.Country(strings.Clone(string(city.Country))),
			City: strings.Clone(city.City), Count: count})
	}
	slices.SortFunc(l.cities, func(a, b SuggestedPlace) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), strings.Compare(a.City, b.City), cmp.Compare(a.Country, b.Country))
	})
	for at, city := range l.cities {
		l.cityNames.add(fold(city.City), int64(at))
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
	list := make([]Value, len(x.offered[f]))
	for i, value := range x.offered[f] {
		list[i] = Value{Key: value.key, All: value.all}
	}
	return list
}
