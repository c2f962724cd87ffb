package lexicon

import (
	"math/bits"
	"unicode/utf8"

	"exempla/internal/text"
)

// Speller finds the word that was probably meant by a misspelt one. Its zero
// value knows none.
type Speller struct {
	words   *words   // of an index, nil for none
	own     table    // other words, as people write them
	texts   []uint32 // how common each of these is
	letters []uint32 // which letters each word has, first those of the index
	size    []uint8  // how many; 0 of what cannot be misspelt
}

// newSpeller returns a speller that knows the words of a language of an index.
func newSpeller(w *words) *Speller {
	s := &Speller{words: w, letters: make([]uint32, w.list.size()), size: make([]uint8, w.list.size())}
	for n := range s.size {
		if word := w.list.at(uint32(n)); text.Spellable(word) {
			s.letters[n], s.size[n] = lettersOf(word), uint8(utf8.RuneCountInString(word))
		}
	}
	return s
}

// Add adds a folded word, as people write it, that texts have so often. What
// cannot be misspelt is left out.
func (s *Speller) Add(word, written string, texts int) {
	if !text.Spellable(word) {
		return
	}
	n, isNew := s.own.add(written)
	if !isNew {
		s.texts[n] = max(s.texts[n], uint32(texts))
		return
	}
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
	texts := 0
	letters, size := lettersOf(typed), utf8.RuneCountInString(typed)
	most := text.MostMisspelt(typed)
	for i, has := range s.letters {
		// Each edit changes the set of letters by two at most, and the size by one.
		if s.size[i] == 0 || bits.OnesCount32(letters^has) > 2*most || int(s.size[i]) > size+most || int(s.size[i])+most < size {
			continue
		}
		written, common := s.at(i)
		n, ok := text.Misspelling(typed, text.FoldWord(written))
		if ok && (word == "" || n < edits || n == edits && common > texts) {
			word, edits, texts = written, n, common
		}
	}
	return word, edits
}

// Kin returns the word, as people write it, that shares the longest beginning with a
// folded one, at least so many letters, of several the shortest: probably another
// form of it. At most mostEnding of its letters may follow. It is empty when there is
// none.
func (s *Speller) Kin(typed string, least int) (word string, shared int) {
	if utf8.RuneCountInString(typed) < least {
		return "", 0
	}
	beginning := lettersOf(string([]rune(typed)[:least]))
	for i, has := range s.letters {
		if s.size[i] == 0 || has&beginning != beginning {
			continue
		}
		written, _ := s.at(i)
		folded := text.FoldWord(written)
		n := text.SharedLetters(typed, folded)
		if n < least || int(s.size[i])-n > mostEnding {
			continue
		}
		if n > shared || n == shared && len(written) < len(word) {
			word, shared = written, n
		}
	}
	return word, shared
}

// mostEnding is how long an ending may be, in letters.
const mostEnding = 5

// at is a word as people write it, and in how many texts it is.
func (s *Speller) at(i int) (written string, texts int) {
	if s.words != nil {
		if i < s.words.list.size() {
			return s.words.shownAs(uint32(i)), s.words.count(uint32(i))
		}
		i -= s.words.list.size()
	}
	return s.own.at(uint32(i)), int(s.texts[i])
}

// lettersOf is the set of letters of a word, in thirty-two classes: as many as there
// are letters in Latin, Greek or Cyrillic.
func lettersOf(word string) (set uint32) {
	for _, r := range word {
		set |= 1 << (uint(r) % 32)
	}
	return set
}
