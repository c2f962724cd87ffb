// Package query reads what people type into the search box: words, "phrases",
// alternatives joined by "or", and -exclusions. Searching, marking what was found
// and taking a word away all read it here, so that they mean the same. It knows
// neither what is searched nor how.
package query

import (
	"slices"
	"strings"
)

// Query is a search as it was read. Alternatives bind less than words that stand
// side by side: "greece malta or cyprus" asks for Cyprus, or for Greece and Malta
// together.
type Query struct {
	Typed string
	Terms []Term // in the order in which they were typed
}

// Term is a part of a query that means something by itself: a word, several
// that no space parts ("sink-or-swim"), or a phrase.
type Term struct {
	Typed    string   // with the quotation marks and the dash
	From, To int      // bytes of the query where it begins and ends
	Words    []string // plain, one or more; "or" among them is a word like others
	Phrase   bool     // it stood in quotation marks: as it is, in this order
	Excluded bool     // a dash touched it: it must not be there
	Or       bool     // an alternative begins with it
}

// OnlyExcludes reports whether the query says nothing but what is not wanted:
// then everything else is.
func (q Query) OnlyExcludes() bool {
	wanted := func(t Term) bool { return !t.Excluded }
	return len(q.Terms) > 0 && !slices.ContainsFunc(q.Terms, wanted)
}

// Without returns what was typed without one of the terms, with single spaces;
// an "or" that has nothing left to join goes with it. A term that is not there
// takes nothing away.
func (q Query) Without(i int) string {
	if i < 0 || i >= len(q.Terms) {
		return q.Typed
	}
	before := strings.Fields(q.Typed[:q.Terms[i].From])
	after := strings.Fields(q.Typed[q.Terms[i].To:])
	first, last := len(before) == 0, len(after) == 0
	switch {
	case !first && isOr(before[len(before)-1]) && (last || isOr(after[0])):
		before = before[:len(before)-1]
	case first && !last && isOr(after[0]):
		after = after[1:]
	}
	return strings.Join(append(before, after...), " ")
}

// isOr reports whether a part between spaces joins alternatives. Japanese and
// Chinese keyboards write wide letters too.
func isOr(part string) bool {
	return strings.EqualFold(part, "or") || strings.EqualFold(part, "ｏｒ")
}
