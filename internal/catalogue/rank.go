package catalogue

import (
	"math/bits"
	"slices"
	"sync"
	"unicode/utf8"

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
	beside          // a word for something that lies near
	between         // words for several things that lie near
	meantRest       // a word that means the same, anywhere
	typedRest       // as typed, anywhere
	meantLead       // in title and summary
	typedLead       // or: of the topic, country or city that was named
	meantTitle
	typedTitle
)

// onTopic is what it adds to the worth of a level that a practice is of a topic
// that goes with what is meant.
const onTopic = 6

// few is how many practices make an answer. Where fewer have what was asked for,
// what lies near stands behind them.
const few = 1

// rank scores the practices that have all groups. If none has all of them in title
// or summary, those that have most of them answer, too. Scores compare within one
// search only.
func (s *search) rank(groups []*group) {
	known := slices.DeleteFunc(slices.Clone(groups), func(g *group) bool { return g.isEmpty() })
	if len(known) == 0 {
		return
	}
	var all [2][][]level
	for side := range s.sides {
		for _, g := range known {
			all[side] = append(all[side], s.levels(g, side, len(known) == 1))
		}
	}
	weights := s.weights(all, known)
	counted := slices.Clone(weights) // what is known to mean something decides, if anything is
	if slices.ContainsFunc(known, func(g *group) bool { return !g.isPlain }) {
		for i, g := range known {
			if g.isPlain {
				counted[i] = 0
			}
		}
	}
	complete := 0
	for _, weight := range counted {
		complete += weight
	}
	least := complete
	if len(known) > 1 && !s.any(all, known) {
		least = (complete + 2) / 3
	}
	if least < complete || len(known) < len(groups) {
		s.reading.Partly = len(groups) > 1
	}
	for side := range s.sides {
		s.score(side, known, all[side], scale{weights, counted, least})
	}
}

// worth is what a level is worth: to have a word in title or summary is to be
// about it, and all words there are worth more than one of them in the title.
var worth = [...]int{absent: 0, behind: 1, beside: 3, between: 5, meantRest: 6, typedRest: 7, meantLead: 12, typedLead: 13, meantTitle: 16, typedTitle: 17}

// scale is how words count.
type scale struct {
	weights []int // of each word
	counted []int // the same of words that decide, zero for others
	least   int   // sum of the weights of the words that decide which a practice must have
}

// levels are the levels of a group, by position.
func (s *search) levels(g *group, side int, alone bool) []level {
	found := &g.sides[side]
	list := make([]level, s.sides[side].Size())
	if g.led() < few {
		for _, set := range found.behind {
			raiseSet(list, set, behind)
		}
	}
	if g.led() < few || !alone {
		raise(list, found.near, beside)
		raise(list, found.between, between)
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
func (s *search) weights(all [2][][]level, groups []*group) []int {
	weights := make([]int, len(groups))
	for g := range weights {
		having := 1
		for side := range all {
			for _, l := range all[side][g] {
				if l != absent {
					having++
				}
			}
		}
		weights[g] = 2 + 2*bits.Len(uint(s.index.size/having))
		if groups[g].isPlain {
			weights[g] /= 2
		}
	}
	return weights
}

// any reports whether some practice has all groups in title or summary.
func (s *search) any(all [2][][]level, groups []*group) bool {
	for side := range all {
		for at := range s.sides[side].Size() {
			weak := false
			for g := range groups {
				weak = weak || all[side][g][at] < meantLead
			}
			if !weak && s.shows(side, at) {
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
		elsewhere := false
		for g := range groups {
			elsewhere = elsewhere || groups[g].isPlace && levels[g][at] < typedLead
		}
		if elsewhere || covered(levels, by.counted, at) < by.least || !s.shows(side, at) {
			continue
		}
		sum := 0
		for g := range groups {
			if l := levels[g][at]; l != absent {
				part := worth[l]
				if slices.ContainsFunc(topics[g], func(set set) bool { return set.has(at) }) {
					part += onTopic
				}
				sum += part * by.weights[g]
			}
		}
		score := uint32(2 * sum)
		if readers != nil && readers.has(at) {
			score++
		}
		segment.scores[at] = max(segment.scores[at], score)
	}
}

// phraseGroup is what stands in quotation marks, as it stands.
func (s *search) phraseGroup(term query.Term) *group {
	g := &group{typed: term.Words}
	words := make([]string, len(term.Words))
	for i, word := range term.Words {
		words[i] = word
		if first, _ := utf8.DecodeRuneInString(word); !text.Undivided(first) {
			words[i] = text.FoldWord(word)
		}
	}
	for side := range g.sides {
		g.sides[side].typed = s.shown(s.sides[side].Segment, s.sides[side].words.index.Phrase(words))
	}
	return g
}

// thesaurusSpellers know the words of the thesaurus, by language.
var thesaurusSpellers = sync.OnceValue(func() map[string]*lexicon.Speller {
	spellers := map[string]*lexicon.Speller{}
	for _, c := range thesaurus.Load().Concepts() {
		for _, w := range c.Wordings {
			if spellers[w.Language] == nil {
				spellers[w.Language] = &lexicon.Speller{}
			}
			for _, form := range w.Forms {
				spellers[w.Language].Add(form.Word, 0)
			}
		}
	}
	return spellers
})
