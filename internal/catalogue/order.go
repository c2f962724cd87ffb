package catalogue

import (
	"bytes"
	"slices"

	"exempla/internal/practice"
)

// Reader is how somebody reads: what the orders by title and place depend on.
type Reader struct {
	Language practice.Language
	SortKey  func(string) []byte           // collation key of the reader's alphabet; safe for concurrent use
	Country  func(practice.Country) string // a country's name in the reader's language
}

// orderKey names one order kept by an index.
type orderKey struct {
	sort     Sort
	language practice.Language
}

// order returns positions in the selection's order; nil is the index's own.
func (x *Index) order(s Selection, hits Hits, r Reader) []int {
	switch s.Sort {
	case Relevance:
		return x.byRank(hits)
	case Newest:
		return nil
	}
	key := orderKey{s.Sort, r.Language}
	if order, ok := x.orders.Load(key); ok {
		return order.([]int)
	}
	order, _ := x.orders.LoadOrStore(key, x.sorted(s.Sort, r))
	return order.([]int)
}

// byRank returns the positions of the hits, best tier first, newest first
// inside a tier.
func (x *Index) byRank(hits Hits) []int {
	var order []int
	before := newSet(len(x.practices))
	for _, numbers := range hits.Tiers {
		tier := newSet(len(x.practices))
		x.mark(tier, numbers)
		for at := range x.practices {
			if tier.has(at) && !before.has(at) {
				order = append(order, at)
			}
		}
		before.union(tier)
	}
	return order
}

// sorted makes the order of all practices by start, title or place.
func (x *Index) sorted(sort Sort, r Reader) []int {
	order := make([]int, len(x.practices))
	keys := make([][]byte, len(x.practices))
	for i := range x.practices {
		order[i] = i
		keys[i] = sortKey(&x.practices[i], sort, r)
	}
	slices.SortStableFunc(order, func(a, b int) int {
		if sort == Oldest {
			return byStart(&x.practices[a], &x.practices[b], 1)
		}
		return bytes.Compare(keys[a], keys[b])
	})
	return order
}

// sortKey is what a practice is sorted by: its title, or its leading country,
// city and then title, in the reader's alphabet. Practices without a city
// come before the cities of their country.
func sortKey(p *practice.Practice, sort Sort, r Reader) []byte {
	if sort == Oldest {
		return nil
	}
	text, _ := p.Text(r.Language)
	title := r.SortKey(text.Title)
	if sort == Title {
		return title
	}
	var country, city string
	if len(p.Place.Countries) > 0 {
		country = r.Country(p.Place.Countries[0])
	}
	if len(p.Place.Cities) > 0 {
		city = p.Place.Cities[0].Name
	}
	return bytes.Join([][]byte{r.SortKey(country), r.SortKey(city), title}, []byte{0, 0})
}
