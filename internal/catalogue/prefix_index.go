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

// prefixIndex finds titles by the beginning of any of their words: a suffix array
// that starts at words only. It holds no pointers for the garbage collector to
// follow, and takes about 90 MB for a million titles of seven words.
type prefixIndex struct {
	text   []byte   // all folded titles, one after another
	start  []uint32 // where each title begins in text, and where the last one ends
	number []int64  // of the practice of each title
	word   []uint32 // title of each word, sorted by the text from the word on; with inner unless it is the first word
	offset []uint8  // where in the title that word begins
	best   []uint32 // the smallest of each block of word: the best title
}

// Bounds of the index. In a longer title only the words at its beginning are found.
const (
	inner      = 1 << 31 // more titles than that do not fit
	mostOffset = 255     // bytes; fits one byte, and 40 words
	blockSize  = 64      // small enough to scan, large enough to skip most blocks
)

// add appends a folded title. Titles must be added best first.
func (t *prefixIndex) add(folded string, number int64) {
	t.start = append(t.start, uint32(len(t.text)))
	t.text = append(t.text, folded...)
	t.number = append(t.number, number)
}

// sort must be called once, after all titles were added.
func (t *prefixIndex) sort() {
	t.start = append(t.start, uint32(len(t.text)))
	// Cloned to the size that they need.
	t.text = slices.Clone(t.text)
	t.start = slices.Clone(t.start)
	t.number = slices.Clone(t.number)
	var words []uint64 // title and offset, sorted together
	for title := range t.number {
		eachWord(t.from(uint32(title), 0), func(at int) {
			words = append(words, uint64(title)<<8|uint64(at))
		})
	}
	slices.SortFunc(words, func(a, b uint64) int {
		return cmp.Or(bytes.Compare(t.from(uint32(a>>8), uint8(a)), t.from(uint32(b>>8), uint8(b))), cmp.Compare(a, b))
	})
	t.word = make([]uint32, len(words))
	t.offset = make([]uint8, len(words))
	t.best = make([]uint32, 0, len(words)/blockSize+1)
	for i, word := range words {
		t.word[i] = uint32(word >> 8)
		t.offset[i] = uint8(word)
		if t.offset[i] > 0 {
			t.word[i] |= inner
		}
	}
	for block := range slices.Chunk(t.word, blockSize) {
		t.best = append(t.best, slices.Min(block))
	}
}

// from is the text of a title from an offset on.
func (t *prefixIndex) from(title uint32, offset uint8) []byte {
	return t.text[t.start[title]+uint32(offset) : t.start[title+1]]
}

// eachWord visits the offsets at which words begin, as far as they are indexed.
// In scripts whose words are not told apart every letter may begin one.
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

// find returns the practices with a title in which one word, or several in a row,
// begin like this: those whose title begins so first, then the others, each as
// they were added. It stops when wanted of them have passed take, which may see
// the same number more than once.
func (t *prefixIndex) find(beginning string, wanted int, take func(number int64) bool) []int64 {
	first, last := t.all(beginning)
	found := make([]uint32, 0, wanted+1)
	for at := first; at < last; {
		if block := at / blockSize; len(found) == wanted && t.best[block] >= found[wanted-1] {
			at = (block + 1) * blockSize
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

// all is the range of the words that begin like this.
func (t *prefixIndex) all(beginning string) (first, last int) {
	first = sort.Search(len(t.word), func(i int) bool { return t.compare(i, beginning) >= 0 })
	return first, first + sort.Search(len(t.word)-first, func(i int) bool { return t.compare(first+i, beginning) > 0 })
}

// with yields the numbers of the titles with words that begin like this; a number
// may come more than once.
func (t *prefixIndex) with(beginning string) iter.Seq[int64] {
	return func(yield func(int64) bool) {
		first, last := t.all(beginning)
		for _, word := range t.word[first:last] {
			if !yield(t.number[word&^inner]) {
				return
			}
		}
	}
}

// count is how many words begin like this.
func (t *prefixIndex) count(beginning string) int {
	first, last := t.all(beginning)
	return last - first
}

// compare compares the text from a word on with a beginning; 0 if it begins so.
func (t *prefixIndex) compare(at int, beginning string) int {
	text := t.from(t.word[at]&^inner, t.offset[at])
	return bytes.Compare(text[:min(len(text), len(beginning))], []byte(beginning))
}

// keep inserts a title into the sorted list of those found, unless the practice
// is there with a better one or take refuses it.
func (t *prefixIndex) keep(found []uint32, word uint32, take func(int64) bool) []uint32 {
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
