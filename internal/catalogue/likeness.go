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

// What a kinship is worth. A topic is worth the more the fewer practices have
// it: about three for one that an eighth of them have, six for one in sixty.
// Being in one city is worth as much as a topic, and less than two; two words of
// the title are, too.
const (
	cityWorth    = 4.0
	nearWorth    = 3.0
	countryWorth = 2.0
	wordWorth    = 2.0
)

// Kilometres within which practices are nearby: an hour or so by train.
const (
	nearby      = 100.0
	earthRadius = 6371.0 // mean
)

// Letters of a word. Shorter words say nothing; the last letter of a long one
// is often an ending: "rumour", "rumours".
const (
	shortestWord = 4
	longWord     = 6
)

// likeness compares practices with one.
type likeness struct {
	index    *Index
	practice practice.Practice
	topics   []weightedTopic // the rarest first
	worded   map[spot]int    // practices whose titles share words with this one's, and how many
	seen     map[spot]bool
}

type weightedTopic struct {
	practice.Topic
	weight float64
}

// ranked is a related practice with how much it is alike.
type ranked struct {
	Related
	score float64
	words int
}

// tells reports whether what is in common is worth telling: more than a country
// alone, or one word.
func (r *ranked) tells() bool { return r.Topics > 0 || r.Place == SameCity || r.words > 1 }

func (g *Suggester) likeness(x *Index, p practice.Practice) *likeness {
	k := &likeness{index: x, practice: p, worded: map[spot]int{}, seen: map[spot]bool{}}
	for _, value := range x.listed[Topic] {
		if topic := practice.Topic(value.key); slices.Contains(p.Topics, topic) && value.all > 0 {
			k.topics = append(k.topics, weightedTopic{topic, math.Log2(1 + float64(x.size)/float64(value.all))})
		}
	}
	slices.SortStableFunc(k.topics, func(a, b weightedTopic) int { return cmp.Compare(b.weight, a.weight) })
	shelves := []labelled{{x, g.base.labels(x.Base()), false}, {x, g.recent.labels(x.Recent()), true}}
	if shelves[0].labels != nil && shelves[1].labels != nil {
		k.shareWords(shelves, g.telling(&p))
	}
	return k
}

// telling lists the words of a practice's titles that are long enough and not
// the name of the place, which counts by itself; without their endings.
func (g *Suggester) telling(p *practice.Practice) []string {
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

// shareWords finds the practices whose titles have the rarest of some words.
func (k *likeness) shareWords(shelves []labelled, words []string) {
	sharing := func(word string) int { return shelves[0].titles.count(word) + shelves[1].titles.count(word) }
	few := min(max(2, len(shelves[0].titles.number)/rareShare), mostSharing)
	rare := slices.DeleteFunc(words, func(word string) bool { return sharing(word) > few })
	slices.SortStableFunc(rare, func(a, b string) int { return cmp.Compare(sharing(a), sharing(b)) })
	for _, word := range rare[:min(len(rare), comparedWords)] {
		had := map[spot]bool{}
		for _, shelf := range shelves {
			for number := range shelf.titles.with(word) {
				s, ok := k.index.spot(number)
				if ok && s.recent == shelf.isRecent && !had[s] {
					had[s] = true
					k.worded[s]++
				}
			}
		}
	}
}

// compare says what the practice at a spot has in common with this one.
func (k *likeness) compare(at spot) *ranked {
	found := &ranked{Related: Related{Practice: k.index.at(at)}, words: min(k.worded[at], 2)}
	for _, topic := range k.topics {
		if slices.Contains(found.Practice.Topics, topic.Topic) {
			found.Topics++
			found.score += topic.weight
		}
	}
	found.Place = near(k.practice.Place, found.Practice.Place)
	found.Words = found.words > 0
	found.score += float64(found.words)*wordWorth +
		[...]float64{Elsewhere: 0, SameCountry: countryWorth, CloseBy: nearWorth, SameCity: cityWorth}[found.Place]
	return found
}

// near says how near two places are.
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

// kilometres is the distance between two cities along the surface of the earth,
// by the haversine formula.
func kilometres(a, b practice.City) float64 {
	radians := func(degrees float64) float64 { return degrees * math.Pi / 180 }
	half := func(angle float64) float64 { return math.Pow(math.Sin(radians(angle)/2), 2) }
	h := half(b.Latitude-a.Latitude) + math.Cos(radians(a.Latitude))*math.Cos(radians(b.Latitude))*half(b.Longitude-a.Longitude)
	return 2 * earthRadius * math.Asin(min(1, math.Sqrt(h)))
}
