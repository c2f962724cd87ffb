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

// Suggester suggests completions. It folds labels once for all readers: folding
// a million titles takes seconds, finding one far less than a millisecond.
type Suggester struct {
	countries map[practice.Country][]string // folded names
	base      labelCache
	overlay   labelCache
}

// Vocabulary are the names of countries and topics in the languages of the
// interface.
type Vocabulary struct {
	Languages []practice.Language
	Countries func(practice.Language, practice.Country) []string // all names of a country in a language
	Topic     func(practice.Language, practice.Topic) string     // a topic's name in a language
}

// NewSuggester returns a suggester that knows countries. It reads
// cities and titles from the first index that it is asked about.
func NewSuggester(s Vocabulary) *Suggester {
	g := &Suggester{countries: map[practice.Country][]string{}}
	for _, country := range practice.Countries() {
		for _, language := range s.Languages {
			for _, name := range s.Countries(language, country) {
				if name = text.Fold(name); !slices.Contains(g.countries[country], name) {
					g.countries[country] = append(g.countries[country], name)
				}
			}
		}
	}
	return g
}

// labels are the titles and cities of a segment, folded.
type labels struct {
	titles    prefixIndex
	cities    []SuggestedPlace // those with the most practices first
	cityNames prefixIndex      // the number of each is its index in cities
}

// labelCache keeps the labels of the latest segment.
type labelCache struct {
	current  atomic.Pointer[cachedLabels]
	building atomic.Bool
}

// cachedLabels are the labels of a segment, which they must not keep alive.
type cachedLabels struct {
	from weak.Pointer[Segment]
	next time.Time // a large segment is not labelled again before then
	labels
}

// labelledAtOnce is the size up to which a segment is labelled while a request
// waits: about ten milliseconds.
const labelledAtOnce = 2_000

// rebuildPause is how long the labels of a large segment are kept, as a multiple
// of the time they took. Labelling a million practices keeps a processor busy for
// ten seconds, and while many change there is a new base every minute. Recent
// changes are found all the same, because the overlay is small.
const rebuildPause = 10

// labels returns the labels of a segment; while those of a large one are being
// made, the previous ones, or nil if there are none.
func (l *labelCache) labels(s *Segment) *labels {
	known := l.current.Load()
	from := weak.Make(s)
	switch {
	case known != nil && known.from == from:
	case s.Size() <= labelledAtOnce:
		known = &cachedLabels{from: from, labels: newLabels(s)}
		l.current.Store(known)
	case known != nil && time.Now().Before(known.next):
	case l.building.CompareAndSwap(false, true):
		go func() {
			defer l.building.Store(false)
			begun := time.Now()
			next := &cachedLabels{from: from, labels: newLabels(s)}
			next.next = time.Now().Add(time.Since(begun) * rebuildPause)
			l.current.Store(next)
		}()
	}
	if known == nil {
		return nil
	}
	return &known.labels
}

// newLabels folds the titles and cities of a segment.
func newLabels(s *Segment) labels {
	var l labels
	counts := map[SuggestedPlace]int{}
	names := map[SuggestedPlace]practice.CityNames{}
	for at := range s.at {
		if at%pause == pause-1 {
			runtime.Gosched()
		}
		p := s.practice(at)
		for _, title := range titlesOf(&p) {
			l.titles.add(text.Fold(title), p.Number)
		}
		for _, city := range p.Place.Cities {
			place := SuggestedPlace{Country: city.Country, City: city.Name}
			counts[place]++
			names[place] = city.Names
		}
	}
	l.titles.sort()
	for city, count := range counts {
		// Cloned, because the names share the memory of the segment.
		l.cities = append(l.cities, SuggestedPlace{Country: practice.Country(strings.Clone(string(city.Country))),
			City: strings.Clone(city.City), Names: practice.CityNames(strings.Clone(string(names[city]))), Count: count})
	}
	slices.SortFunc(l.cities, func(a, b SuggestedPlace) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), strings.Compare(a.City, b.City), cmp.Compare(a.Country, b.Country))
	})
	for at, city := range l.cities {
		for _, name := range city.called() {
			l.cityNames.add(text.Fold(name), int64(at))
		}
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

// totals lists the values of a facet with how many practices have each in the
// whole catalogue.
func totals(x *Index, f Facet) []Value {
	list := make([]Value, len(x.offered[f]))
	for i, value := range x.offered[f] {
		list[i] = Value{Key: value.key, All: value.all}
	}
	return list
}
