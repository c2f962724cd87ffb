package component

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"exempla/internal/text"
)

// term is a word of a search, or the words of a phrase.
type term []text.Token

// weakLetters is the length of the longest word that is only marked beside another
// one, in letters: most such words are articles and the like.
const weakLetters = 3

// shortPart is the length of the longest part of a word with an apostrophe that
// belongs to its neighbour, in bytes: l'école, women's.
const shortPart = 2

// newTerm reads a term as it was typed.
func newTerm(typed string) term {
	list := term(text.Tokens(typed))
	if !strings.ContainsAny(typed, "'’") {
		return list
	}
	var long term
	for _, t := range list {
		if t.To-t.From > shortPart {
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
	return len(t) == 1 && !t[0].Run && len([]rune(t[0].Text)) <= weakLetters
}

// sameWord reports whether two words of terms match the same.
func sameWord(a, b text.Token) bool { return a.Text == b.Text && a.Run == b.Run }

// stretch is a part of a text that a term matches; a weak one only counts beside
// another.
type stretch struct {
	from, to    int
	first, last int // tokens of the text
	weak        bool
}

// find appends what the term matches at the i-th token of a text. A run of characters
// in a script without spaces may match anywhere within a longer run.
func (t term) find(list []text.Token, i int, found []stretch) []stretch {
	if len(t) == 1 && t[0].Run {
		return t.within(list[i], i, found)
	}
	if i+len(t) > len(list) {
		return found
	}
	last := len(t) - 1
	for k := range t {
		if !fits(&t[k], &list[i+k], k == 0, k == last) {
			return found
		}
	}
	s := stretch{from: list[i].From, to: list[i+last].To, first: i, last: i + last, weak: t.weak()}
	if t[0].Run {
		s.from = list[i].To - len(t[0].Text)
	}
	if t[last].Run {
		s.to = list[i+last].From + len(t[last].Text)
	}
	return append(found, s)
}

// within appends every place of a run of characters in a token, except where a
// combining mark would be cut off.
func (t term) within(in text.Token, i int, found []stretch) []stretch {
	if !in.Run {
		return found
	}
	wanted := t[0].Text
	for at := 0; ; at += len(wanted) {
		next := strings.Index(in.Text[at:], wanted)
		if next < 0 {
			return found
		}
		at += next
		if after, _ := utf8.DecodeRuneInString(in.Text[at+len(wanted):]); !unicode.IsMark(after) {
			from := in.From + at
			found = append(found, stretch{from: from, to: from + len(wanted), first: i, last: i})
		}
	}
}

// fits reports whether a token of a text matches one of a term. The first and the
// last of a phrase may match a part of a run.
func fits(want, t *text.Token, first, last bool) bool {
	switch {
	case want.Run != t.Run:
		return false
	case !t.Run:
		return text.Alike(want.Text, t.Text)
	case first:
		return strings.HasSuffix(t.Text, want.Text)
	case last:
		return strings.HasPrefix(t.Text, want.Text)
	}
	return t.Text == want.Text
}
