package catalogue

// Hits are what the words of a selection match: numbers of practices in tiers,
// the best tier first. A practice belongs to the first tier that names it;
// within a tier the newest comes first. The zero value matches nothing.
type Hits struct {
	Tiers    [][]int64
	Excluded []int64 // practices that a word with a leading dash excludes
}

// answer holds the sets borrowed while one selection is evaluated.
type answer struct {
	*Index
	base, overlay loan
}

func (x *Index) answer() *answer {
	return &answer{Index: x, base: loan{from: x.base.scratch}, overlay: loan{from: x.overlay.scratch}}
}

// end returns the borrowed sets; none may be used afterwards.
func (a *answer) end() {
	a.base.end()
	a.overlay.end()
}

func (a *answer) empty() pair      { return pair{a.base.empty(), a.overlay.empty()} }
func (a *answer) copy(p pair) pair { return pair{a.base.copy(p.base), a.overlay.copy(p.overlay)} }

// mark adds the practices with these numbers to p. Numbers that are not in the
// snapshot are ignored: the store may be ahead of it.
func (x *Index) mark(p pair, numbers []int64) {
	for _, number := range numbers {
		if at, ok := x.base.numbers.of(number); ok && x.shown.has(at) {
			p.base.add(at)
		} else if at, ok := x.overlay.numbers.of(number); ok {
			p.overlay.add(at)
		}
	}
}

func (x *Index) everything() pair { return pair{x.shown, x.overlay.whole} }

// worded is the set of practices that the words of a selection allow.
func (a *answer) worded(s Selection, hits Hits) pair {
	if s.Words == "" {
		return a.everything()
	}
	found := a.empty()
	if s.onlyExcludes() {
		found = a.copy(a.everything())
	}
	for _, tier := range hits.Tiers {
		a.mark(found, tier)
	}
	if len(hits.Excluded) > 0 {
		excluded := a.empty()
		a.mark(excluded, hits.Excluded)
		found.subtract(excluded)
	}
	return found
}

// matched returns, for each facet, the practices allowed by everything else, and
// the practices allowed by everything.
func (a *answer) matched(s Selection, hits Hits) (others [facetCount]pair, all pair) {
	words := a.worded(s, hits)
	var allowed [facetCount]pair
	all = a.copy(words)
	for _, f := range Facets {
		allowed[f] = pair{a.Index.base.postings[f].chosen(s.chosen[f], &a.base), a.Index.overlay.postings[f].chosen(s.chosen[f], &a.overlay)}
		all.intersect(allowed[f])
	}
	for _, f := range Facets {
		switch chosen := len(s.chosen[f]); {
		case chosen == 0:
			others[f] = all
		case chosen == s.Filters():
			others[f] = words
		default:
			others[f] = a.copy(words)
			for _, g := range Facets {
				if g != f {
					others[f].intersect(allowed[g])
				}
			}
		}
	}
	return others, all
}

// Count returns how many practices a selection finds.
func (x *Index) Count(s Selection, hits Hits) int {
	a := x.answer()
	defer a.end()
	_, all := a.matched(s, hits)
	return all.count()
}
