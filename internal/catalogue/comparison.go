package catalogue

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"exempla/internal/practice"
	"exempla/internal/text"
)

// Scores of what two practices share. A topic scores more the fewer practices
// have it: about three if an eighth of them do, six if one in sixty does. The
// same city scores about as much as one topic and less than two; so do two words
// of the title.
const (
	cityWorth    = 4.0
	nearWorth    = 3.0
	countryWorth = 2.0
	wordWorth    = 2.0
)

// Practices at most nearby kilometres apart are close: an hour or so by train.
const (
	nearby      = 100.0
	earthRadius = 6371.0 // mean
)

// Lengths of words in letters. Shorter ones say nothing; the last letter of a
// long one is often an ending, as in "rumours".
const (
	shortestWord = 4
	longWord     = 6
)

// comparison compares other practices with one.
type comparison struct {
	index       *Index
	practice    practice.Practice
	topics      []weightedTopic // the rarest first
	sharedWords map[spot]int    // how many words of its titles another practice shares
	seen        map[spot]bool
}

type weightedTopic struct {
	practice.Topic
	weight float64
}

// candidate is a practice that may be related, with its score.
type candidate struct {
	Related
	score float64
	words int
}

// isRelated reports whether the two share enough to be worth showing: more than
// a country, or one word.
func (c *candidate) isRelated() bool { return c.Topics > 0 || c.Place == SameCity || c.words > 1 }

func (g *Suggester) comparison(x *Index, p practice.Practice) *comparison {
	c := &comparison{index: x, practice: p, sharedWords: map[spot]int{}, seen: map[spot]bool{}}
	for _, value := range x.offered[Topic] {
		if topic := practice.Topic(value.key); slices.Contains(p.Topics, topic) && value.all > 0 {
			c.topics = append(c.topics, weightedTopic{topic, math.Log2(1 + float64(x.size)/float64(value.all))})
		}
	}
	slices.SortStableFunc(c.topics, func(a, b weightedTopic) int { return cmp.Compare(b.weight, a.weight) })
	segments := []labelledSegment{{x, g.base.labels(x.Base()), false}, {x, g.overlay.labels(x.Overlay()), true}}
	if segments[0].labels != nil && segments[1].labels != nil {
		c.findSharedWords(segments, g.titleWords(&p))
	}
	return c
}

// titleWords lists the words of a practice's titles that are long enough,
// without their endings. Names of its cities are left out, since the place
// scores by itself.
func (g *Suggester) titleWords(p *practice.Practice) []string {
	var names, words []string
	for _, city := range p.Place.Cities {
		names = append(names, strings.Fields(text.Fold(city.Name))...)
	}
	for _, title := range titlesOf(p) {
		for word := range strings.FieldsSeq(text.Fold(title)) {
			letters := utf8.RuneCountInString(word)
			if letters < shortestWord || slices.ContainsFunc(names, func(name string) bool { return strings.HasPrefix(word, name) }) {
				continue
			}
			if _, last := utf8.DecodeLastRuneInString(word); letters >= longWord {
				word = word[:len(word)-last]
			}
			if !slices.Contains(words, word) {
				words = append(words, word)
			}
		}
	}
	return words
}

// findSharedWords finds the practices whose titles have the rarest of some words.
func (c *comparison) findSharedWords(segments []labelledSegment, words []string) {
	sharing := func(word string) int { return segments[0].titles.count(word) + segments[1].titles.count(word) }
	few := min(max(2, len(segments[0].titles.number)/rareShare), mostSharing)
	rare := slices.DeleteFunc(words, func(word string) bool { return sharing(word) > few })
	slices.SortStableFunc(rare, func(a, b string) int { return cmp.Compare(sharing(a), sharing(b)) })
	for _, word := range rare[:min(len(rare), comparedWords)] {
		had := map[spot]bool{}
		for _, segment := range segments {
			for number := range segment.titles.with(word) {
				s, ok := c.index.spot(number)
				if ok && s.overlay == segment.inOverlay && !had[s] {
					had[s] = true
					c.sharedWords[s]++
				}
			}
		}
	}
}

// compare says what this practice shares with the one at a spot.
func (c *comparison) compare(at spot) *candidate {
	found := &candidate{Related: Related{Practice: c.index.at(at)}, words: min(c.sharedWords[at], 2)}
	for _, topic := range c.topics {
		if slices.Contains(found.Practice.Topics, topic.Topic) {
			found.Topics++
			found.score += topic.weight
		}
	}
	found.Place = near(c.practice.Place, found.Practice.Place)
	found.Words = found.words > 0
	found.score += float64(found.words)*wordWorth +
		[...]float64{Elsewhere: 0, SameCountry: countryWorth, CloseBy: nearWorth, SameCity: cityWorth}[found.Place]
	return found
}

// near compares two places by the closest pair of their cities.
func near(a, b practice.Place) Nearness {
	best := Elsewhere
	for _, country := range a.Countries {
		if slices.Contains(b.Countries, country) {
			best = SameCountry
		}
	}
	for _, city := range a.Cities[:min(len(a.Cities), comparedCities)] {
		for _, other := range b.Cities[:min(len(b.Cities), comparedCities)] {
			switch {
			case city.Name == other.Name && city.Country == other.Country:
				return SameCity
			case city.Located && other.Located && kilometres(city, other) <= nearby:
				best = CloseBy
			}
		}
	}
	return best
}

// kilometres is the great-circle distance by the haversine formula.
func kilometres(a, b practice.City) float64 {
	radians := func(degrees float64) float64 { return degrees * math.Pi / 180 }
	half := func(angle float64) float64 { return math.Pow(math.Sin(radians(angle)/2), 2) }
	h := half(b.Latitude-a.Latitude) + math.Cos(radians(a.Latitude))*math.Cos(radians(b.Latitude))*half(b.Longitude-a.Longitude)
	return 2 * earthRadius * math.Asin(min(1, math.Sqrt(h)))
}
