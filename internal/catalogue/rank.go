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
	keyed           // what is meant is a keyword
	meantTitle
	typedTitle
)

// worth is what a level is worth: to have a word in title or summary is to be
// about it, and all words there are worth more than one of them in the title. What was
// typed in the title stands above a keyword of a practice on the topic.
var worth = [...]int{absent: 0, behind: 1, beside: 3, between: 5, meantRest: 5, typedRest: 6, meantLead: 9, typedLead: 11, keyed: 15, meantTitle: 17, typedTitle: 22}

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
// or summary or as keywords, those that have most of them answer, too; see asGood.
// Scores compare within one search only.
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
	loose := len(known) > 1 && !s.strong(fields)
	s.reading.Partly = s.reading.Partly || len(groups) > 1 && (loose || len(known) < len(groups))
	weights := s.weights(fields)
	var found [2][]scored
	best := uint32(0)
	for side := range s.sides {
		found[side] = s.score(side, fields[side], weights, loose)
		for _, one := range found[side] {
			best = max(best, one.score)
		}
	}
	least := uint32(0)
	if loose {
		least = uint32(asGood * float64(best))
	}
	for side := range s.sides {
		for _, one := range found[side] {
			if one.hasAll || one.score >= least {
				s.sides[side].keep(one)
			}
		}
	}
}

// scored is a position with its score, and whether it has all words.
type scored struct {
	at, score uint32
	hasAll    bool
}

// keep notes a score, unless the position has a better one.
func (s *side) keep(one scored) {
	s.found.Add(one.at)
	s.scores[one.at] = max(s.scores[one.at], one.score)
}

// field makes the levels of a group. What lies near, and what only mentions another
// word for it, counts beside other words, and alone where no practice is about what
// was asked for.
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
		raise(found.meant[lexicon.Rest], meantRest)
	}
	raise(found.typed[lexicon.Rest], typedRest)
	raise(found.meant[lexicon.Lead], meantLead)
	raise(found.typed[lexicon.Lead], typedLead)
	raise(union(found.named), typedLead)
	raise(found.few, typedLead)
	raise(found.keyed[lexicon.Lead], keyed)
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

// asGood is which share of the best score answers, too, where nothing is about all
// words: what has the least of them is nothing that readers look for. Whatever has
// all of them somewhere answers.
const asGood = 0.6

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

// score scores the practices of a segment that have all words; or, loosely, one of
// those that are known to mean something, if there are any.
func (s *search) score(side int, fields []field, weights []int, loose bool) []scored {
	segment := &s.sides[side]
	readers := segment.postings[Language].value(s.reader)
	var all, known []*roaring.Bitmap
	for _, f := range fields {
		all = append(all, f.any)
		if !f.isPlain {
			known = append(known, f.any)
		}
	}
	var candidates *roaring.Bitmap
	switch {
	case !loose:
		candidates = roaring.FastAnd(all...)
	case len(known) > 0:
		candidates = roaring.FastOr(known...)
	default:
		candidates = roaring.FastOr(all...)
	}
	list := make([]scored, 0, candidates.GetCardinality())
	each(candidates, func(at uint32) {
		sum, hasAll := 0, true
		for g := range fields {
			f := &fields[g]
			l := f.levels[at]
			if f.isPlace && l < typedLead && l != behind || f.isExact && l == absent {
				return // it is elsewhere, or says it otherwise
			}
			if l == absent {
				hasAll = false
				continue
			}
			part := worth[l]
			if slices.ContainsFunc(f.topics, func(set set) bool { return set.has(int(at)) }) {
				part += onTopic
			}
			sum += part * weights[g]
		}
		if sum == 0 || !s.shows(side, int(at)) {
			return
		}
		score := uint32(2 * sum)
		if readers != nil && readers.has(int(at)) {
			score++
		}
		list = append(list, scored{at, score, hasAll})
	})
	return list
}
