package store

import (
	"strings"

	"exempla/internal/query"
	"exempla/internal/text"
)

// question is a query as websearch_to_tsquery is to read it. Of all signs only
// quotation marks and the word "or" are left, so that nothing typed means
// anything else to it: on its own it would not find Malta by "Cyprus - Malta",
// and many dashes in a row exhaust its stack.
type question struct {
	words    string   // all of them must be there
	phrase   string   // the same as one phrase, where there are several
	either   string   // any of them, where there are several
	exact    []string // what stood in quotation marks: to be there as it stands
	excluded string   // none of them may be there
}

// ask writes a search as a question. Where there are alternatives, a
// quoted phrase is found by the stems of its words: what stands as it stands is
// asked for on top of everything else, and an alternative is not.
func ask(typed string) question {
	var w writing
	for _, t := range query.Parse(typed).Terms {
		w.add(t)
	}
	parts := w.wanted
	q := question{excluded: strings.Join(w.excluded, " or ")}
	var all, some, texts []string
	for _, p := range parts {
		some = append(some, p.quoted())
		if p.or {
			all = append(all, "or")
		}
		if p.exact && !w.alternatives {
			q.exact = append(q.exact, p.text)
			continue
		}
		all = append(all, p.quoted())
		texts = append(texts, p.text)
	}
	q.words = strings.Join(all, " ")
	if w.alternatives || len(parts) < 2 {
		return q
	}
	q.either = strings.Join(some, " or ")
	if len(q.exact) == 0 {
		q.phrase = strings.Join(texts, " ")
	}
	return q
}

// writing gathers the parts of a question.
type writing struct {
	wanted       []part
	excluded     []string
	alternatives bool
}

// add takes a term. Words that no space parts may stand apart in a text, but
// only together do they exclude one.
func (w *writing) add(t query.Term) {
	whole := part{text: text.Pairs(strings.Join(t.Words, " ")), exact: t.Phrase, or: t.Or}
	switch {
	case t.Excluded:
		w.excluded = append(w.excluded, whole.quoted())
	case t.Phrase:
		w.wanted = append(w.wanted, whole)
	default:
		for i, word := range t.Words {
			w.wanted = append(w.wanted, part{text: text.Pairs(word), or: t.Or && i == 0})
		}
	}
	w.alternatives = w.alternatives || t.Or
}

// part is a word or phrase of a question, in plain words.
type part struct {
	text  string
	exact bool // it stood in quotation marks
	or    bool // an alternative begins with it
}

// quoted keeps the words of a part together, and a word "or" from joining the
// words beside it.
func (p part) quoted() string {
	if p.exact || p.text == "or" || strings.Contains(p.text, " ") {
		return `"` + p.text + `"`
	}
	return p.text
}
