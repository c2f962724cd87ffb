package catalogue

import "exempla/internal/query"

// MaxTerms bounds how many parts of a search are told apart: when nothing is
// found the page offers the search without each, and a longer list is no help.
const MaxTerms = 8

// Terms are the parts of the typed words that mean something by themselves, at
// most MaxTerms.
func (s Selection) Terms() []query.Term {
	terms := query.Parse(s.Words).Terms
	return terms[:min(len(terms), MaxTerms)]
}

// WithoutTerm returns the selection without one of its terms, on its first page.
func (s Selection) WithoutTerm(i int) Selection {
	return s.WithWords(query.Parse(s.Words).Without(i))
}

// onlyExcludes reports whether the words say nothing but what is not wanted:
// then everything else is.
func (s Selection) onlyExcludes() bool { return query.Parse(s.Words).OnlyExcludes() }
