package store

import (
	"strings"
	"unicode/utf8"

	"exempla/internal/catalogue"
)

// question is what somebody typed, as websearch_to_tsquery is to read it. Of
// all signs only quotation marks and the word "or" are left, so that nothing
// typed means anything else to it: on its own it would not find Malta by
// "Cyprus - Malta", and many dashes in a row exhaust its stack.
type question struct {
	words    string   // all of them must be there
	phrase   string   // the same as one phrase, where there are several
	either   string   // any of them, where there are several
	exact    []string // what stood in quotation marks: to be there as it stands
	excluded string   // none of them may be there
}

// part is a word or phrase of a question, in plain words.
type part struct {
	text  string
	exact bool // somebody put it into quotation marks
}

// quoted keeps the words of a part together.
func (p part) quoted() string {
	if p.exact || strings.Contains(p.text, " ") {
		return `"` + p.text + `"`
	}
	return p.text
}

// asking is a question being read.
type asking struct {
	wanted   []part
	or       map[int]bool // whether an "or" stands before a part
	excluded []string
	dash     bool // a dash touches the phrase to come
}

// ask reads what somebody typed. A dash excludes the word or phrase that it
// touches; one that stands alone or inside a word is no more than a space.
func ask(typed string) question {
	a := asking{or: map[int]bool{}}
	read, other := a.open, a.quote
	for {
		at := strings.IndexAny(typed, catalogue.QuotationMarks)
		if at < 0 {
			read(typed)
			return a.question()
		}
		read(typed[:at])
		_, width := utf8.DecodeRuneInString(typed[at:])
		typed = typed[at+width:]
		read, other = other, read
	}
}

// quote takes what stood in quotation marks.
func (a *asking) quote(typed string) {
	a.add(part{bigrams(plain(typed)), true}, a.dash)
}

// open takes what stood outside of quotation marks.
func (a *asking) open(typed string) {
	fields := strings.Fields(typed)
	for _, field := range fields {
		switch {
		case strings.EqualFold(field, "or"):
			a.or[len(a.wanted)] = len(a.wanted) > 0
		case field[0] == '-':
			a.add(part{bigrams(plain(field)), false}, true)
		default:
			for _, word := range strings.Fields(plain(field)) {
				a.add(part{bigrams(word), false}, false)
			}
		}
	}
	a.dash = strings.HasSuffix(typed, "-") && strings.Trim(fields[len(fields)-1], "-") == ""
}

func (a *asking) add(p part, excluded bool) {
	switch {
	case p.text == "":
	case excluded:
		a.excluded = append(a.excluded, p.quoted())
	default:
		a.wanted = append(a.wanted, p)
	}
}

// question puts the parts together. Where there are alternatives, a quoted
// phrase is found by the stems of its words: what stands as it stands is asked
// for on top of everything else, and an alternative is not.
func (a *asking) question() question {
	q := question{excluded: strings.Join(a.excluded, " or ")}
	delete(a.or, len(a.wanted)) // nothing follows it
	var all, some, texts []string
	for i, p := range a.wanted {
		if a.or[i] {
			all = append(all, "or")
		}
		if some = append(some, p.quoted()); p.exact && len(a.or) == 0 {
			q.exact = append(q.exact, p.text)
			continue
		}
		all, texts = append(all, p.quoted()), append(texts, p.text)
	}
	q.words = strings.Join(all, " ")
	if len(a.or) > 0 || len(some) < 2 {
		return q
	}
	q.either = strings.Join(some, " or ")
	if len(q.exact) == 0 {
		q.phrase = strings.Join(texts, " ")
	}
	return q
}
