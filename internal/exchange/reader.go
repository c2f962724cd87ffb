package exchange

import (
	"fmt"
	"maps"
	"slices"
	"sync"

	"exempla/internal/practice"
	"exempla/internal/text"
	"exempla/internal/thesaurus"
)

// maxSuggestions bounds for how many different misspelt words of a file others are
// suggested: a file whose every word is wrong is not misspelt, and each costs a look
// at the whole thesaurus.
const maxSuggestions = 1_000

// reader collects practices and faults while a file is scanned.
type reader struct {
	practices []practice.Practice
	faults    []Fault
	slugs     map[string]place     // of each slug's first row
	unknown   map[string]*unknown  // fields that are none, by name
	suggested map[[2]string]string // what was suggested for a word in a field
	before    struct {             // the row before
		last, faults int // its last line; how many faults there were before its own
		label        string
	}
}

// place is where a practice stands: its line, and its place in the list, from 1.
type place struct{ line, number int }

// unknown is a field that is none. It is told once, where it is first.
type unknown struct{ fault, rows int }

func newReader() *reader {
	return &reader{slugs: map[string]place{}, unknown: map[string]*unknown{}, suggested: map[[2]string]string{}}
}

func (r *reader) fault(line int, field, format string, args ...any) {
	r.faults = append(r.faults, Fault{Line: line, Field: field, Message: fmt.Sprintf(format, args...)})
}

// keep adds a row that has been read, with its faults.
func (r *reader) keep(w *row) {
	faultsBefore := len(r.faults)
	p := w.practice()
	unread := w.faults
	for _, problem := range p.Check() {
		w.problem(problem, unread, r.hint)
	}
	for _, keyword := range p.Keywords {
		if !hasConcept(keyword) {
			w.fault("keywords", "%q is no concept of the thesaurus%s", keyword, question(r.suggestion("keywords", keyword)))
		}
	}
	number := len(r.practices) + 1
	if first, ok := r.slugs[p.Slug]; ok && p.Slug != "" {
		if first.line == w.line {
			w.fault("slug", "%q is the slug of practice %d already", p.Slug, first.number)
		} else {
			w.fault("slug", "%q stands in line %d already", p.Slug, first.line)
		}
	} else {
		r.slugs[p.Slug] = place{w.line, number}
	}
	r.faults = append(r.faults, w.faults...)
	r.keepUnknown(w.unknown)
	r.tellApart(w, label(number, p.Slug), faultsBefore)
	r.practices = append(r.practices, p)
}

// keepUnknown counts the fields of a row that are none.
func (r *reader) keepUnknown(found []Fault) {
	for _, f := range found {
		if r.unknown[f.Field] == nil {
			r.unknown[f.Field] = &unknown{fault: len(r.faults)}
			r.faults = append(r.faults, f)
		}
		r.unknown[f.Field].rows++
	}
}

// finish completes what could be said only at the end: in how many practices a field
// stands that is none.
func (r *reader) finish() {
	for _, u := range r.unknown {
		if u.rows > 1 {
			r.faults[u.fault].Message += fmt.Sprintf(" (in %d practices)", u.rows)
		}
	}
}

// tellApart names the practice in the faults of rows that share a line.
func (r *reader) tellApart(w *row, label string, faultsBefore int) {
	shared := r.before.last == w.line
	if shared {
		for i := r.before.faults; i < len(r.faults); i++ {
			if i < faultsBefore {
				r.faults[i].Practice = r.before.label
			} else {
				r.faults[i].Practice = label
			}
		}
	}
	r.before.last, r.before.faults, r.before.label = w.last, faultsBefore, label
}

// label names a practice by its place and, if it has a sound one, its slug.
func label(number int, slug string) string {
	if slug == "" || len(slug) > practice.MaxSlug || practice.Slugify(slug) != slug {
		return fmt.Sprint(number)
	}
	return fmt.Sprintf("%d (%s)", number, slug)
}

// hint says what was probably meant by a value that is unknown.
func (r *reader) hint(p practice.Problem) string {
	switch {
	case p.Field == "topics":
		if nearest := r.suggestion(p.Field, p.Value); nearest != "" {
			return nearest + "?"
		}
	case p.Field == "country_code":
		return countryHint(p.Value)
	case isLanguageField(p.Field):
		return languageHint(p.Value)
	}
	return ""
}

// suggestion is the topic or keyword that was probably meant, or empty.
func (r *reader) suggestion(field, written string) string {
	key := [2]string{field, written}
	nearest, ok := r.suggested[key]
	if !ok && len(r.suggested) < maxSuggestions && len(written) <= practice.MaxKeyword {
		nearest = text.Nearest(written, wordsOf()[field])
		r.suggested[key] = nearest
	}
	return nearest
}

// wordsOf are the words that the fields know, which each have a list of their own.
var wordsOf = sync.OnceValue(func() map[string][]string {
	words := map[string][]string{"keywords": slices.Sorted(maps.Keys(thesaurus.Numbers()))}
	for _, topic := range practice.Topics {
		words["topics"] = append(words["topics"], string(topic))
	}
	return words
})

// full reports whether the file has more rows than a file may have.
func (r *reader) full(line int) bool {
	if len(r.practices) < MaxRows {
		return false
	}
	r.fault(line, "", "more than %d rows; split the file", MaxRows)
	return true
}
