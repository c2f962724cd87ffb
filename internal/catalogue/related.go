package catalogue

import (
	"cmp"
	"math/bits"
	"slices"

	"exempla/internal/practice"
)

// Bounds of looking for what is related. They keep it below half a millisecond
// in a million practices: a practice is read in about a microsecond, and sets
// are walked through in a hundredth of one for each thousand.
const (
	mostRelated    = 4   // what stands in one row
	mostCandidates = 160 // practices read and compared, besides those with words of the title
	mostOfAKind    = 32  // of them for one reason, the newest, so that every reason has its turn
	comparedTopics = 3   // the rarest; few practices have more
	comparedWords  = 4   // of titles, the rarest
	rareShare      = 50  // a word of one title in so many still says something,
	mostSharing    = 32  // but not one of more titles than these
	comparedCities = 9   // the largest network seen has as many
)

// Related is a practice like another one, and why.
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

// From one end of the world to the same place.
const (
	Elsewhere Nearness = iota
	SameCountry
	CloseBy // in any country
	SameCity
)

// Related returns the practices most like one, the most alike first, then the
// newest. Nothing is asked of the store.
func (g *Suggester) Related(x *Index, p practice.Practice) []Related {
	k := g.comparison(x, p)
	var best []*candidate
	for _, spot := range k.candidates() {
		if found := k.compare(spot); found.isRelated() && found.Practice.Number != p.Number {
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

// candidates finds practices that may be related, by one reason after another,
// the most telling first.
func (k *comparison) candidates() []spot {
	var list []spot
	for _, reason := range k.reasons() {
		for _, overlay := range []bool{true, false} {
			list = k.gather(list, reason, overlay)
		}
	}
	for s := range k.sharedWords {
		if !k.seen[s] {
			list = append(list, s)
		}
	}
	return list
}

// reason is a kind of kinship that sets can tell: a country, topics, or both.
type reason struct {
	topics  []practice.Topic
	country practice.Country
}

func (k *comparison) reasons() []reason {
	var pairs, single []reason
	for i, topic := range k.topics[:min(len(k.topics), comparedTopics)] {
		single = append(single, reason{topics: []practice.Topic{topic.Topic}})
		for _, other := range k.topics[i+1 : min(len(k.topics), comparedTopics)] {
			pairs = append(pairs, reason{topics: []practice.Topic{topic.Topic, other.Topic}})
		}
	}
	anywhere := append(pairs, single...)
	if len(k.practice.Place.Countries) == 0 {
		return anywhere
	}
	country := k.practice.Place.Countries[0]
	var list []reason
	for _, r := range anywhere {
		list = append(list, reason{r.topics, country})
	}
	return append(append(list, anywhere...), reason{country: country})
}

// gather adds the newest practices of a segment that fit a reason.
func (k *comparison) gather(list []spot, r reason, overlay bool) []spot {
	segment, sets := k.index.base, []set{k.index.shown}
	if overlay {
		segment, sets = k.index.overlay, []set{k.index.overlay.whole}
	}
	for _, topic := range r.topics {
		sets = append(sets, segment.postings[Topic].value(string(topic)))
	}
	if r.country != "" {
		sets = append(sets, segment.postings[Country].value(string(r.country)))
	}
	left := mostOfAKind
	members(sets, func(at int) bool {
		if s := (spot{overlay, at}); !k.seen[s] {
			k.seen[s] = true
			list = append(list, s)
			left--
		}
		return left > 0 && len(list) < mostCandidates
	})
	return list
}

// members visits what is in all of some sets, from the first position on, until
// it is told to stop. A set that is nil has no members.
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
