package component

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"exempla/internal/text"
)

// term is what has to stand together: a word, or the words of a phrase.
type term []text.Token

// weakLetters is how many letters a word has at most that is marked only beside
// another one that was asked for: most of these are articles and the like.
const weakLetters = 3

// shortPart is how many letters a part of a word with an apostrophe has that
// belongs to its neighbour: l'école, women's.
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

// stretch is a part of a text; weak when it counts only beside another.
type stretch struct {
	from, to    int
	first, last int // tokens that it touches
	weak        bool
}

// find appends where the term stands in a text from its i-th token on. The
// characters of a run may begin and end anywhere in a longer one, for it has
// no word ends.
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

// within appends every place of a run of characters in a token. None ends before
// a mark that belongs to its last character.
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

// fits reports whether a token of a text is the one wanted, as the first or
// last of a phrase.
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
