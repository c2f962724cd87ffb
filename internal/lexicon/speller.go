package lexicon

import (
	"math/bits"
	"unicode/utf8"

	"exempla/internal/text"
)

// Speller finds the word that was probably meant by a misspelt one. Its zero
// value knows none.
type Speller struct {
	written []string // the words, as people write them
	letters []uint64 // which letters each has
	size    []uint8  // how many
	texts   []uint32 // how common it is
}

// Add adds a folded word, as people write it, that texts have so often. What
// cannot be misspelt is left out.
func (s *Speller) Add(word, written string, texts int) {
	if !text.Spellable(word) {
		return
	}
	s.written = append(s.written, written)
	s.letters = append(s.letters, lettersOf(word))
	s.size = append(s.size, uint8(utf8.RuneCountInString(word)))
	s.texts = append(s.texts, uint32(texts))
}

// Nearest returns the word, as people write it, with the fewest letters otherwise, of several the most
// common one, and how many letters these are; empty when none is close enough to
// have been meant. A word that it knows is the nearest to itself.
func (s *Speller) Nearest(typed string) (word string, edits int) {
	if !text.Spellable(typed) {
		return "", 0
	}
	texts := uint32(0)
	letters, size := lettersOf(typed), utf8.RuneCountInString(typed)
	most := text.MostMisspelt(typed)
	for i, written := range s.written {
		// Each edit changes the set of letters by two at most, and the size by one.
		if bits.OnesCount64(letters^s.letters[i]) > 2*most || int(s.size[i]) > size+most || int(s.size[i])+most < size {
			continue
		}
		n, ok := text.Misspelling(typed, text.FoldWord(written))
		if ok && (word == "" || n < edits || n == edits && s.texts[i] > texts) {
			word, edits, texts = written, n, s.texts[i]
		}
	}
	return word, edits
}

// lettersOf is the set of letters of a word, in sixty-four classes.
func lettersOf(word string) (set uint64) {
	for _, r := range word {
		set |= 1 << (uint(r) % 64)
	}
	return set
}
