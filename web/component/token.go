package component

import (
	"strings"
	"unicode"

	"exempla/internal/catalogue"
)

// token is a word of a text, or a run of characters that are written without
// spaces between words.
type token struct {
	text     string // folded; a run as it stands
	from, to int    // where it is
	unspaced bool
}

// kinds of characters.
const (
	between    = iota // words
	continuing        // a word: marks, and joiners that are not seen
	letter
	unspaced
)

func kindOf(r rune) int {
	switch {
	case r < unicode.MaxASCII:
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' {
			return letter
		}
		return between
	case catalogue.Unspaced(r):
		return unspaced
	case unicode.IsMark(r), isJoiner(r):
		return continuing
	case unicode.IsLetter(r), unicode.IsNumber(r):
		return letter
	}
	return between
}

// usualWord is how many bytes a word takes with the space after it.
const usualWord = 6

// tokens takes a text apart. No token ends before a mark that belongs to its
// last letter.
func tokens(text string) []token {
	list := make([]token, 0, len(text)/usualWord+1)
	from, kind := 0, between
	keep := func(to int) {
		if kind != between {
			t := token{text: text[from:to], from: from, to: to, unspaced: kind == unspaced}
			if !t.unspaced {
				t.text = fold(t.text)
			}
			list = append(list, t)
		}
	}
	for at, r := range text {
		if now := kindOf(r); now != kind && now != continuing {
			keep(at)
			from, kind = at, now
		}
	}
	keep(len(text))
	return list
}

// term is what has to stand together: a word, or the words of a phrase.
type term []token

// weakLetters is how many letters a word has at most that is marked only beside
// another one that was asked for: most of these are articles and the like.
const weakLetters = 3

// shortPart is how many letters a part of a word with an apostrophe has that
// belongs to its neighbour: l'école, women's.
const shortPart = 2

// newTerm reads a term as it was typed; nil for one that excludes, and for one
// without letters.
func newTerm(typed string) term {
	if strings.HasPrefix(typed, "-") {
		return nil
	}
	list := term(tokens(typed))
	if !strings.ContainsAny(typed, "'’") {
		return list
	}
	var long term
	for _, t := range list {
		if t.to-t.from > shortPart {
			long = append(long, t)
		}
	}
	if len(long) == 0 {
		return list
	}
	return long
}

// weak reports whether the term is a short word.
func (t term) weak() bool {
	return len(t) == 1 && !t[0].unspaced && len([]rune(t[0].text)) <= weakLetters
}

// stretch is a part of a text; weak when it counts only beside another.
type stretch struct {
	from, to    int
	first, last int // tokens that it touches
	weak        bool
}

// find appends where the term stands in a text from its i-th token on. The
// characters of a run may begin and end anywhere in a longer one, for it has
// no word ends.
func (t term) find(list []token, i int, found []stretch) []stretch {
	if len(t) == 1 && t[0].unspaced {
		return t.within(list[i], i, found)
	}
	if i+len(t) > len(list) {
		return found
	}
	last := len(t) - 1
	for k := range t {
		if !t[k].fits(&list[i+k], k == 0, k == last) {
			return found
		}
	}
	s := stretch{from: list[i].from, to: list[i+last].to, first: i, last: i + last, weak: t.weak()}
	if t[0].unspaced {
		s.from = list[i].to - len(t[0].text)
	}
	if t[last].unspaced {
		s.to = list[i+last].from + len(t[last].text)
	}
	return append(found, s)
}

// within appends every place of a run of characters in a token.
func (t term) within(in token, i int, found []stretch) []stretch {
	if !in.unspaced {
		return found
	}
	for at := 0; ; {
		next := strings.Index(in.text[at:], t[0].text)
		if next < 0 {
			return found
		}
		from := in.from + at + next
		found = append(found, stretch{from: from, to: from + len(t[0].text), first: i, last: i})
		at += next + len(t[0].text)
	}
}

// fits reports whether a token of a text is the one wanted, as the first or
// last of a phrase.
func (want *token) fits(t *token, first, last bool) bool {
	switch {
	case want.unspaced != t.unspaced:
		return false
	case !t.unspaced:
		return alike(want.text, t.text)
	case first:
		return strings.HasSuffix(t.text, want.text)
	case last:
		return strings.HasPrefix(t.text, want.text)
	}
	return t.text == want.text
}
