package catalogue

import (
	"cmp"
	"math/bits"
	"slices"

	"exempla/internal/practice"
)

// Bounds of looking for related practices. They keep it below half a millisecond
// in a million: reading a practice takes about a microsecond, and scanning sets
// a hundredth of that for each thousand.
const (
	mostRelated    = 4   // fit into one row
	mostCandidates = 160 // practices compared, besides those that share words of the title
	mostOfAKind    = 32  // of them for one reason, so that every reason has its turn
	comparedTopics = 3   // the rarest; few practices have more
	comparedWords  = 4   // of titles, the rarest
	rareShare      = 50  // a word that one title in so many has still says something,
	mostSharing    = 32  // unless more titles than these have it
	comparedCities = 9   // the largest network seen has as many
)

// Related is a practice similar to another one, and why.
type Related struct {
	Practice practice.Practice
	Shared
}

// Shared is what two practices have in common.
type Shared struct {
	Topics int // how many
	Place  Nearness
	Words  bool // whether their titles share a word that few others have
}

// Nearness is how near two practices are.
type Nearness int

// From far apart to the same place.
const (
	Elsewhere Nearness = iota
	SameCountry
	CloseBy // in any country
	SameCity
)

// Related returns the practices most similar to p, the most similar first, then
// the newest.
func (g *Suggester) Related(x *Index, p practice.Practice) []Related {
	c := g.comparison(x, p)
	var best []*candidate
	for _, spot := range c.candidates() {
		if found := c.compare(spot); found.isRelated() && found.Practice.Number != p.Number {
			best = append(best, found)
		}
	}
	slices.SortFunc(best, func(a, b *candidate) int {
		return cmp.Or(cmp.Compare(b.score, a.score), newestFirst(&a.Practice, &b.Practice))
	})
	var list []Related
	for _, found := range best[:min(len(best), mostRelated)] {
		list = append(list, found.Related)
	}
	return list
}

// candidates finds practices that may be related, the strongest reason first.
func (c *comparison) candidates() []spot {
	var list []spot
	for _, reason := range c.reasons() {
		for _, overlay := range []bool{true, false} {
			list = c.gather(list, reason, overlay)
		}
	}
	for s := range c.sharedWords {
		if !c.seen[s] {
			list = append(list, s)
		}
	}
	return list
}

// reason is what candidates must share: topics, a country, or both.
type reason struct {
	topics  []practice.Topic
	country practice.Country
}

func (c *comparison) reasons() []reason {
	var pairs, single []reason
	for i, topic := range c.topics[:min(len(c.topics), comparedTopics)] {
		single = append(single, reason{topics: []practice.Topic{topic.Topic}})
		for _, other := range c.topics[i+1 : min(len(c.topics), comparedTopics)] {
			pairs = append(pairs, reason{topics: []practice.Topic{topic.Topic, other.Topic}})
		}
	}
	anywhere := append(pairs, single...)
	if len(c.practice.Place.Countries) == 0 {
		return anywhere
	}
	country := c.practice.Place.Countries[0]
	var list []reason
	for _, r := range anywhere {
		list = append(list, reason{r.topics, country})
	}
	return append(append(list, anywhere...), reason{country: country})
}

// gather adds the newest practices of a segment that fit a reason.
func (c *comparison) gather(list []spot, r reason, overlay bool) []spot {
	segment := c.index.base
	sets := []set{c.index.shown}
	if overlay {
		segment = c.index.overlay
		sets = []set{segment.whole}
	}
	for _, topic := range r.topics {
		sets = append(sets, segment.postings[Topic].value(string(topic)))
	}
	if r.country != "" {
		sets = append(sets, segment.postings[Country].value(string(r.country)))
	}
	left := mostOfAKind
	members(sets, func(at int) bool {
		if s := (spot{overlay, at}); !c.seen[s] {
			c.seen[s] = true
			list = append(list, s)
			left--
		}
		return left > 0 && len(list) < mostCandidates
	})
	return list
}

// members visits the intersection of some sets in the order of positions until
// visit returns false. A nil set has no members.
func members(sets []set, visit func(at int) bool) {
	if slices.ContainsFunc(sets, func(s set) bool { return s == nil }) {
		return
	}
	for i, word := range sets[0] {
		for _, other := range sets[1:] {
			word &= other[i]
		}
		for ; word != 0; word &= word - 1 {
			if !visit(i*64 + bits.TrailingZeros64(word)) {
				return
			}
		}
	}
}
