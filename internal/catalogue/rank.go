package catalogue

import (
	"math/bits"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"exempla/internal/lexicon"
)

// level is how well a practice answers a word of a search: what was typed stands
// above what was meant, in the same place.
type level uint8

// From not at all to best.
const (
	absent    level = iota
	behind          // of a topic that goes with what is meant, or of the country of a city without practices
	beside          // a word for something that lies near
	between         // words for several things that lie near
	meantRest       // a word that means the same, anywhere
	typedRest       // as typed, anywhere
	meantLead       // in title and summary
	typedLead       // or: of the topic, country or city that was named
	meantTitle
	typedTitle
)

// worth is what a level is worth: to have a word in title or summary is to be
// about it, and all words there are worth more than one of them in the title.
var worth = [...]int{absent: 0, behind: 1, beside: 3, between: 5, meantRest: 6, typedRest: 7, meantLead: 12, typedLead: 13, meantTitle: 16, typedTitle: 17}

// onTopic is what it adds to the worth of a level that a practice is of a topic
// that goes with what is meant.
const onTopic = 6

// field is a group over the practices of one segment.
type field struct {
	*group
	levels []level         // by position
	any    *roaring.Bitmap // positions with a level
	topics []set           // practices of the topics of what is meant
}

// rank scores the practices that have all groups. If none has all of them in title
// or summary, those that have most of them answer, too. Scores compare within one
// search only.
func (s *search) rank(groups []*group) {
	known := slices.DeleteFunc(slices.Clone(groups), func(g *group) bool { return g.isEmpty() && !g.isExact })
	if len(known) == 0 || slices.ContainsFunc(known, func(g *group) bool { return g.isEmpty() }) {
		return
	}
	var fields [2][]field
	for side := range s.sides {
		for _, g := range known {
			fields[side] = append(fields[side], s.field(g, side, len(known) == 1))
		}
		defer s.sides[side].giveBack(fields[side])
	}
	by := s.scale(fields)
	s.reading.Partly = s.reading.Partly || len(groups) > 1 && (by.loose || len(known) < len(groups))
	for side := range s.sides {
		s.score(side, fields[side], by)
	}
}

// field makes the levels of a group. What lies near counts beside other words, and
// alone where no title or summary has what was asked for.
func (s *search) field(g *group, side int, alone bool) field {
	segment, found := s.sides[side].Segment, &g.sides[side]
	f := field{group: g, levels: segment.words.borrowLevels(segment.Size()), topics: found.behind}
	var all []*roaring.Bitmap
	raise := func(positions *roaring.Bitmap, to level) { // better levels come later
		if positions != nil && !positions.IsEmpty() {
			each(positions, func(at uint32) { f.levels[at] = to })
			all = append(all, positions)
		}
	}
	missed := g.led() == 0
	if missed {
		raise(union(found.behind), behind)
	}
	if missed || !alone {
		s.addNear(g)
		raise(found.beside, beside)
		raise(found.between, between)
	}
	raise(found.meant[lexicon.Rest], meantRest)
	raise(found.typed[lexicon.Rest], typedRest)
	raise(found.meant[lexicon.Lead], meantLead)
	raise(found.typed[lexicon.Lead], typedLead)
	raise(union(found.named), typedLead)
	raise(found.few, typedLead)
	raise(found.meant[lexicon.Title], meantTitle)
	raise(found.typed[lexicon.Title], typedTitle)
	f.any = roaring.FastOr(all...)
	return f
}

// giveBack clears what fields have borrowed.
func (s side) giveBack(fields []field) {
	for _, f := range fields {
		each(f.any, func(at uint32) { f.levels[at] = absent })
		s.words.levels.Put(&f.levels)
	}
}

// union is the union of some sets as a bitmap; nil of none.
func union(sets []set) *roaring.Bitmap {
	var all *roaring.Bitmap
	for _, set := range sets {
		if all == nil {
			all = roaring.FromDense(set, true)
		} else {
			all.Or(roaring.FromDense(set, false))
		}
	}
	return all
}

// batch is how many positions are read from a bitmap at once.
const batch = 256

// each visits the positions of a bitmap, ascending.
func each(positions *roaring.Bitmap, visit func(at uint32)) {
	var buffer [batch]uint32
	all := positions.ManyIterator()
	for n := all.NextMany(buffer[:]); n > 0; n = all.NextMany(buffer[:]) {
		for _, at := range buffer[:n] {
			visit(at)
		}
	}
}

// scale is how words count.
type scale struct {
	weights  []int // of each word
	decisive []int // the same of words that decide, zero for others
	least    int   // sum of decisive weights that a practice must have
	loose    bool  // not all words are wanted
}

// scale weighs the words. Where some practice has all of them in title or summary,
// all are wanted; else a third by weight, and then what is known to mean something
// decides, if anything is.
func (s *search) scale(fields [2][]field) scale {
	by := scale{weights: s.weights(fields)}
	by.decisive = slices.Clone(by.weights)
	by.loose = len(by.weights) > 1 && !s.strong(fields)
	if by.loose && slices.ContainsFunc(fields[0], func(f field) bool { return !f.isPlain }) {
		for i, f := range fields[0] {
			if f.isPlain {
				by.decisive[i] = 0
			}
		}
	}
	for _, weight := range by.decisive {
		by.least += weight
	}
	if by.loose {
		by.least = (by.least + 2) / 3
	}
	return by
}

// weights say how much each group tells: a rare word tells more than a common
// one, as log2 of what share of the practices has it; one without a known meaning
// half as much.
func (s *search) weights(fields [2][]field) []int {
	weights := make([]int, len(fields[0]))
	for g := range weights {
		having := 1 + int(fields[0][g].any.GetCardinality()+fields[1][g].any.GetCardinality())
		weights[g] = 2 + 2*bits.Len(uint(s.index.size/having))
		if fields[0][g].isPlain {
			weights[g] /= 2
		}
	}
	return weights
}

// strong reports whether some practice has all groups in title or summary.
func (s *search) strong(fields [2][]field) bool {
	for side := range fields {
		common := make([]*roaring.Bitmap, len(fields[side]))
		for g, f := range fields[side] {
			common[g] = f.any
		}
		for all := roaring.FastAnd(common...).Iterator(); all.HasNext(); {
			at := all.Next()
			weak := func(f field) bool { return f.levels[at] < meantLead }
			if !slices.ContainsFunc(fields[side], weak) && s.shows(side, int(at)) {
				return true
			}
		}
	}
	return false
}

// score scores the practices of a segment that have enough.
func (s *search) score(side int, fields []field, by scale) {
	segment := &s.sides[side]
	readers := segment.postings[Language].value(s.reader)
	all := make([]*roaring.Bitmap, len(fields))
	for g, f := range fields {
		all[g] = f.any
	}
	candidates := roaring.FastOr(all...)
	segment.found.Or(candidates)
	each(candidates, func(at uint32) {
		has, sum := 0, 0
		for g := range fields {
			f := &fields[g]
			l := f.levels[at]
			if f.isPlace && l < typedLead && l != behind || f.isExact && l == absent {
				return // it is elsewhere, or says it otherwise
			}
			if l == absent {
				continue
			}
			part := worth[l]
			if slices.ContainsFunc(f.topics, func(set set) bool { return set.has(int(at)) }) {
				part += onTopic
			}
			has += by.decisive[g]
			sum += part * by.weights[g]
		}
		if has < by.least || !s.shows(side, int(at)) {
			return
		}
		score := uint32(2 * sum)
		if readers != nil && readers.has(int(at)) {
			score++
		}
		segment.scores[at] = max(segment.scores[at], score)
	})
}
