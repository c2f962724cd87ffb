package catalogue

import (
	"bytes"
	"cmp"
	"iter"
	"slices"
	"sort"
	"unicode/utf8"

	"exempla/internal/text"
)

// titles finds titles by the beginning of any of their words. It holds no
// pointers, so that the garbage collector has nothing to walk through: about
// 90 MB for a million titles of seven words.
type titles struct {
	text   []byte   // all titles, folded, end to end
	start  []uint32 // where each title begins in it, and where the last one ends
	number []int64  // of the practice of each title
	word   []uint32 // titles in the order of the text from a word on; with inner where the word is not the first
	offset []uint8  // where in the title that word begins
	best   []uint32 // the least of each block of word: the title to prefer
}

// Bounds of titles. Of a longer title the words at its beginning are found.
const (
	inner       = 1 << 31 // more titles than that do not fit anyway
	mostOffset  = 255     // bytes; what one byte can say, and 40 words
	titlesBlock = 64      // small enough to look through, large enough that most blocks are passed over
)

// add appends a title, folded. Titles are added in the order in which they are
// to be preferred.
func (t *titles) add(folded string, number int64) {
	t.start = append(t.start, uint32(len(t.text)))
	t.text = append(t.text, folded...)
	t.number = append(t.number, number)
}

// sort makes the titles ready to be found.
func (t *titles) sort() {
	t.start = append(t.start, uint32(len(t.text)))
	t.text, t.start, t.number = slices.Clone(t.text), slices.Clone(t.start), slices.Clone(t.number)
	var words []uint64 // a title and an offset in it, for they are sorted together
	for title := range t.number {
		eachWord(t.from(uint32(title), 0), func(at int) {
			words = append(words, uint64(title)<<8|uint64(at))
		})
	}
	slices.SortFunc(words, func(a, b uint64) int {
		return cmp.Or(bytes.Compare(t.from(uint32(a>>8), uint8(a)), t.from(uint32(b>>8), uint8(b))), cmp.Compare(a, b))
	})
	t.word, t.offset = make([]uint32, len(words)), make([]uint8, len(words))
	t.best = make([]uint32, 0, len(words)/titlesBlock+1)
	for i, word := range words {
		t.word[i], t.offset[i] = uint32(word>>8), uint8(word)
		if t.offset[i] > 0 {
			t.word[i] |= inner
		}
	}
	for block := range slices.Chunk(t.word, titlesBlock) {
		t.best = append(t.best, slices.Min(block))
	}
}

// from is the text of a title from an offset on.
func (t *titles) from(title uint32, offset uint8) []byte {
	return t.text[t.start[title]+uint32(offset) : t.start[title+1]]
}

// eachWord visits where words begin, as far as they can be found. In scripts
// whose words are not told apart every letter may begin one.
func eachWord(folded []byte, visit func(at int)) {
	begins := true
	for at := 0; at < len(folded) && at <= mostOffset; {
		r, size := utf8.DecodeRune(folded[at:])
		if begins || text.Undivided(r) {
			visit(at)
		}
		begins = r == ' '
		at += size
	}
}

// find visits the practices whose titles have a word that begins so, or words
// when there are several: first those whose title begins so, then the others,
// each as they were added, until wanted of them have been taken. A practice may
// be offered again when it was taken with a title that is no better.
func (t *titles) find(beginning string, wanted int, take func(number int64) bool) []int64 {
	first, last := t.all(beginning)
	found := make([]uint32, 0, wanted+1)
	for at := first; at < last; {
		if block := at / titlesBlock; len(found) == wanted && t.best[block] >= found[wanted-1] {
			at = (block + 1) * titlesBlock
			continue
		}
		if len(found) < wanted || t.word[at] < found[wanted-1] {
			found = t.keep(found, t.word[at], take)
			found = found[:min(len(found), wanted)]
		}
		at++
	}
	numbers := make([]int64, len(found))
	for i, word := range found {
		numbers[i] = t.number[word&^inner]
	}
	return numbers
}

// all is the range of the words that begin so.
func (t *titles) all(beginning string) (first, last int) {
	first = sort.Search(len(t.word), func(i int) bool { return t.compare(i, beginning) >= 0 })
	return first, first + sort.Search(len(t.word)-first, func(i int) bool { return t.compare(first+i, beginning) > 0 })
}

// with walks the practices of the titles in which words begin so, some of them
// more than once.
func (t *titles) with(beginning string) iter.Seq[int64] {
	return func(yield func(int64) bool) {
		first, last := t.all(beginning)
		for _, word := range t.word[first:last] {
			if !yield(t.number[word&^inner]) {
				return
			}
		}
	}
}

// count is how many words begin so.
func (t *titles) count(beginning string) int {
	first, last := t.all(beginning)
	return last - first
}

// compare says whether the words at a position come before a beginning, have
// it, or come after.
func (t *titles) compare(at int, beginning string) int {
	text := t.from(t.word[at]&^inner, t.offset[at])
	return bytes.Compare(text[:min(len(text), len(beginning))], []byte(beginning))
}

// keep puts a title into its place among those found, unless a better one of
// the same practice is there or the practice is refused.
func (t *titles) keep(found []uint32, word uint32, take func(int64) bool) []uint32 {
	number := t.number[word&^inner]
	same := slices.IndexFunc(found, func(w uint32) bool { return t.number[w&^inner] == number })
	switch {
	case same >= 0 && found[same] <= word:
		return found
	case same >= 0:
		found = slices.Delete(found, same, same+1)
	case !take(number):
		return found
	}
	at, _ := slices.BinarySearch(found, word)
	return slices.Insert(found, at, word)
}
