package catalogue

// Hits are what the words of a selection find in one index: practices in tiers,
// the best tier first; within a tier the newest comes first. The zero value finds
// nothing. They mean nothing to any other index.
type Hits struct {
	Reading  Reading // how the words were read
	tiers    []tier
	excluded tier // practices that a word with a leading dash excludes
}

// tier are positions in the base and in the overlay, ascending.
type tier [2][]uint32

// Any reports whether the words find anything, whatever the filters.
func (h Hits) Any() bool { return len(h.tiers) > 0 }

// Numbers lists the numbers of all practices that hits of this index name, and of
// those that they exclude.
func (x *Index) Numbers(h Hits) (found, excluded []int64) {
	for _, t := range h.tiers {
		found = x.appendNumbers(found, t)
	}
	return found, x.appendNumbers(nil, h.excluded)
}

func (x *Index) appendNumbers(list []int64, t tier) []int64 {
	for side, positions := range t {
		for _, at := range positions {
			list = append(list, x.number(spot{side == 1, int(at)}))
		}
	}
	return list
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

// mark adds the positions of a tier to p.
func (p pair) mark(t tier) {
	for _, at := range t[0] {
		p.base.add(int(at))
	}
	for _, at := range t[1] {
		p.overlay.add(int(at))
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
	for _, tier := range hits.tiers {
		found.mark(tier)
	}
	if len(hits.excluded[0])+len(hits.excluded[1]) > 0 {
		excluded := a.empty()
		excluded.mark(hits.excluded)
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
