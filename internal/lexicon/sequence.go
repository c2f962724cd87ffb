package lexicon

import (
	"encoding/binary"
	"slices"
	"strings"

	"github.com/RoaringBitmap/roaring/v2"

	"exempla/internal/text"
)

// The words of a language's texts stand one after another as numbers, one more
// than those of the words; a zero and a zone come before what stands in a zone.

// mostVerified is how many texts that have all words of a phrase are read to see
// whether these stand together: those with the lowest numbers. It bounds what a
// phrase of common words may cost.
const mostVerified = 20_000

// mostBetween is how many other words may stand between those of one wording:
// "courses in the language" has two.
const mostBetween = 3

// Near finds the texts in a language that have a form of each of several words, in
// any order, with few others between them.
func (x *Index) Near(language string, forms []text.Form) Hits {
	var found Hits
	for i, form := range forms {
		hits := x.Forms(language, form)
		if i > 0 {
			hits = found.And(hits)
		}
		if found = hits; found.IsEmpty() {
			return found
		}
	}
	w := x.languages[language]
	if len(forms) < 2 || w == nil {
		return found
	}
	places := map[uint32][]int{} // of the forms, by number of the words that are one
	for i, form := range forms {
		for _, n := range w.numbers(form) {
			places[n] = append(places[n], i)
		}
	}
	last := make([]int, len(forms))
	return w.verified(found, func(numbers []uint32) bool {
		for i := range last {
			last[i] = -len(forms) - mostBetween
		}
		for at, n := range numbers {
			for _, i := range places[n] {
				last[i] = at
			}
			if places[n] != nil && at-slices.Min(last) < len(forms)+mostBetween {
				return true
			}
		}
		return false
	})
}

// numbers are the words that are forms of one.
func (w *words) numbers(form text.Form) []uint32 {
	var list []uint32
	if n, ok := w.at[form.Word]; ok {
		list = append(list, n)
	}
	for _, stem := range form.Stems {
		list = append(list, w.stems.of(stem)...)
	}
	return append(list, w.parts.of(form.Word)...)
}

// Phrase finds the texts that have folded words side by side just so, in any
// language; a run of characters whose words are not told apart is one of them.
func (x *Index) Phrase(phrase []string) Hits {
	var pieces []string
	for _, word := range phrase {
		pieces = append(pieces, strings.Fields(text.Pairs(word))...)
	}
	var all []Hits
	for _, w := range x.languages {
		all = append(all, w.phrase(pieces))
	}
	return Or(all...)
}

func (w *words) phrase(pieces []string) Hits {
	wanted := make([]uint32, len(pieces))
	var found Hits
	for i, piece := range pieces {
		n, ok := w.at[piece]
		if !ok {
			return Hits{}
		}
		wanted[i] = n
		var u union
		u.add(w, n)
		if hits := u.hits(); i == 0 {
			found = hits
		} else if found = found.And(hits); found.IsEmpty() {
			return found
		}
	}
	if len(wanted) < 2 {
		return found
	}
	return w.verified(found, func(numbers []uint32) bool {
		for from := 0; from+len(wanted) <= len(numbers); from++ {
			if slices.Equal(numbers[from:from+len(wanted)], wanted) {
				return true
			}
		}
		return false
	})
}

// verified are those of some texts in a zone of which the words are right, in the
// best zone of each.
func (w *words) verified(candidates Hits, right func(numbers []uint32) bool) Hits {
	var found Hits
	for zone := range found {
		found[zone] = roaring.New()
	}
	looked := 0
	var numbers []uint32
	candidates.Any().Iterate(func(text uint32) bool {
		if zone, ok := w.bestZone(text, &numbers, right); ok {
			found[zone].Add(text)
		}
		looked++
		return looked < mostVerified
	})
	return found
}

// bestZone is the best zone of a text in which the words are right: the first, for
// better zones come first.
func (w *words) bestZone(text uint32, numbers *[]uint32, right func([]uint32) bool) (best Zone, ok bool) {
	at, there := slices.BinarySearch(w.texts, text)
	if !there {
		return 0, false
	}
	end := len(w.sequence)
	if at+1 < len(w.start) {
		end = int(w.start[at+1])
	}
	rest := w.sequence[w.start[at]:end]
	next := func() uint32 {
		n, size := binary.Uvarint(rest)
		rest = rest[size:]
		return uint32(n)
	}
	for len(rest) > 0 {
		next() // the zero
		zone := Zone(next())
		*numbers = (*numbers)[:0]
		for len(rest) > 0 && rest[0] != 0 {
			*numbers = append(*numbers, next()-1)
		}
		if right(*numbers) {
			return zone, true
		}
	}
	return 0, false
}
