package catalogue

import (
	"math/bits"
	"slices"
	"sync"

	"github.com/RoaringBitmap/roaring/v2"

	"exempla/internal/lexicon"
	"exempla/internal/query"
	"exempla/internal/text"
	"exempla/internal/thesaurus"
)

// level is how well a practice answers a word of a search: what was typed stands
// above what was meant, in the same place.
type level uint8

// From not at all to best.
const (
	absent    level = iota
	behind          // of a topic that goes with what is meant
	meantRest       // a word that means the same, anywhere
	typedRest       // as typed, anywhere
	meantLead       // in title and summary
	typedLead       // or: of the topic, country or city that was named
	meantTitle
	typedTitle
)

// Parts of a score, from what matters least: whether the practice has a text in
// the reader's language, the sum of the levels of all words, and how many of the
// words it has.
const (
	readerBit     = 1
	levelShift    = 1
	coverageShift = 10
)

// rank scores the practices that have all groups, or, if none has, those that have
// most of them. Scores compare within one search only.
func (s *search) rank(groups []*group) {
	known := slices.DeleteFunc(slices.Clone(groups), func(g *group) bool { return g.isEmpty() })
	if len(known) == 0 {
		return
	}
	var all [2][][]level
	for side := range s.sides {
		for _, g := range known {
			all[side] = append(all[side], s.levels(g, side))
		}
	}
	weights := s.weights(all, len(known))
	complete := 0
	for _, weight := range weights {
		complete += weight
	}
	least := complete
	if !s.any(all, weights, complete) {
		least = (complete + 1) / 2
	}
	if least < complete || len(known) < len(groups) {
		s.reading.Partly = len(groups) > 1
	}
	for side := range s.sides {
		s.score(side, known, all[side], scale{weights, least})
	}
}

// scale is how words count.
type scale struct {
	weights []int // of each word
	least   int   // sum of the weights of the words that a practice must have
}

// levels are the levels of a group, by position.
func (s *search) levels(g *group, side int) []level {
	found := &g.sides[side]
	list := make([]level, s.sides[side].Size())
	for _, set := range found.behind {
		raiseSet(list, set, behind)
	}
	raise(list, found.meant[lexicon.Rest], meantRest)
	raise(list, found.typed[lexicon.Rest], typedRest)
	raise(list, found.meant[lexicon.Lead], meantLead)
	raise(list, found.typed[lexicon.Lead], typedLead)
	for _, set := range found.named {
		raiseSet(list, set, typedLead)
	}
	raise(list, found.few, typedLead)
	raise(list, found.meant[lexicon.Title], meantTitle)
	raise(list, found.typed[lexicon.Title], typedTitle)
	return list
}

// raise sets the level of positions; better levels must come later.
func raise(list []level, positions *roaring.Bitmap, to level) {
	if positions == nil {
		return
	}
	positions.Iterate(func(at uint32) bool {
		list[at] = to
		return true
	})
}

func raiseSet(list []level, s set, to level) {
	for i, word := range s {
		for ; word != 0; word &= word - 1 {
			list[i*64+bits.TrailingZeros64(word)] = to
		}
	}
}

// weights say how much each group tells: a rare word tells more than a common
// one, as log2 of what share of the practices has it.
func (s *search) weights(all [2][][]level, groups int) []int {
	weights := make([]int, groups)
	for g := range weights {
		having := 1
		for side := range all {
			for _, l := range all[side][g] {
				if l != absent {
					having++
				}
			}
		}
		weights[g] = 1 + bits.Len(uint(s.index.size/having))
	}
	return weights
}

// any reports whether some practice reaches a sum of weights.
func (s *search) any(all [2][][]level, weights []int, least int) bool {
	for side := range all {
		for at := range s.sides[side].Size() {
			if covered(all[side], weights, at) >= least && s.shows(side, at) {
				return true
			}
		}
	}
	return false
}

// covered is the sum of the weights of the groups that a practice has.
func covered(levels [][]level, weights []int, at int) (sum int) {
	for g := range weights {
		if levels[g][at] != absent {
			sum += weights[g]
		}
	}
	return sum
}

func (s *search) score(side int, groups []*group, levels [][]level, by scale) {
	segment := &s.sides[side]
	readers := segment.postings[Language].value(s.reader)
	topics := make([][]set, len(groups))
	for g := range groups {
		topics[g] = groups[g].sides[side].behind
	}
	for at := range segment.Size() {
		weight := covered(levels, by.weights, at)
		if weight < by.least || !s.shows(side, at) {
			continue
		}
		sum := 0
		for g := range groups {
			if l := levels[g][at]; l != absent {
				sum += 2 * int(l)
				if slices.ContainsFunc(topics[g], func(set set) bool { return set.has(at) }) {
					sum++
				}
			}
		}
		score := uint32(weight<<coverageShift | sum<<levelShift)
		if readers != nil && readers.has(at) {
			score |= readerBit
		}
		segment.scores[at] = max(segment.scores[at], score)
	}
}

// mostVerified is how many practices that have all words of a quoted phrase are
// read to see whether these stand together: the newest. Reading one takes some
// microseconds.
const mostVerified = 5_000

// phraseGroup is what stands in quotation marks, as it stands.
func (s *search) phraseGroup(term query.Term) *group {
	g := &group{typed: term.Words}
	wanted := make([]string, 0, len(term.Words))
	for _, token := range text.Tokens(term.Typed) {
		wanted = append(wanted, token.Text)
	}
	for side := range g.sides {
		index := s.sides[side].words.index
		var found lexicon.Hits
		for i, word := range term.Words {
			hits := index.Exact(text.FoldWord(word))
			if first := []rune(word)[0]; text.Undivided(first) {
				hits = index.Run(word)
			}
			if i > 0 {
				hits = found.And(hits)
			}
			found = hits
		}
		if len(wanted) > 1 {
			found = s.sides[side].verified(found.Any(), wanted)
		}
		g.sides[side].typed = found
	}
	return g
}

var thesaurusSpeller = sync.OnceValue(func() *lexicon.Speller {
	var speller lexicon.Speller
	for _, c := range thesaurus.Load().Concepts() {
		for _, w := range c.Wordings {
			for _, form := range w.Forms {
				speller.Add(form.Word, 0)
			}
		}
	}
	return &speller
})
