package lexicon

import (
	"encoding/binary"
	"slices"
	"strings"

	"github.com/RoaringBitmap/roaring/v2"

	"exempla/internal/text"
)

// sequence is what stands in the texts of a language, word by word: numbers one more
// than those of the words; a zero and a zone come before what stands in a zone.
type sequence struct {
	texts  []uint32 // numbers of the texts, ascending
	starts []uint32 // where each begins in words
	words  []byte
}

// begin notes that what stands in a zone of a text follows.
func (q *sequence) begin(number uint32, zone Zone) {
	if len(q.texts) == 0 || q.texts[len(q.texts)-1] != number {
		q.texts = append(q.texts, number)
		q.starts = append(q.starts, uint32(len(q.words)))
	}
	q.words = binary.AppendUvarint(append(q.words, 0), uint64(zone))
}

// follow notes the next word of the text.
func (q *sequence) follow(n uint32) { q.words = binary.AppendUvarint(q.words, uint64(n)+1) }

// text is what stands in the text at a place.
func (q *sequence) text(at int) sequenceReader {
	end := len(q.words)
	if at+1 < len(q.starts) {
		end = int(q.starts[at+1])
	}
	return q.words[q.starts[at]:end]
}

// sequenceReader takes the zones of a text off the front.
type sequenceReader []byte

// zone reads the next zone and its words; false if there is none.
func (r *sequenceReader) zone(numbers []uint32) (zone Zone, words []uint32, ok bool) {
	if len(*r) == 0 {
		return 0, nil, false
	}
	next := func() uint32 {
		n, size := binary.Uvarint(*r)
		*r = (*r)[size:]
		return uint32(n)
	}
	next() // the zero
	zone = Zone(next())
	numbers = numbers[:0]
	for len(*r) > 0 && (*r)[0] != 0 {
		numbers = append(numbers, next()-1)
	}
	return zone, numbers, true
}

// add adds the texts of another sequence, with other numbers for its words.
func (q *sequence) add(other *sequence, numbers []uint32) {
	var words []uint32
	for at, text := range other.texts {
		r := other.text(at)
		for {
			zone, list, ok := r.zone(words)
			if !ok {
				break
			}
			q.begin(text, zone)
			for _, n := range list {
				q.follow(numbers[n])
			}
			words = list
		}
	}
}

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
	if n, ok := w.list.number(form.Word); ok {
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
		n, ok := w.list.number(piece)
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
	at, there := slices.BinarySearch(w.sequence.texts, text)
	if !there {
		return 0, false
	}
	for r := w.sequence.text(at); ; {
		if best, *numbers, ok = r.zone(*numbers); !ok || right(*numbers) {
			return best, ok
		}
	}
}
