package catalogue

import (
	"slices"
	"strconv"
	"strings"

	"exempla/internal/practice"
)

// Results are what a selection found.
type Results struct {
	Total  int     // practices found, on all pages
	Pages  int     // at least 1
	Found  []Found // the practices of the selection's page, in its order
	Counts Counts
}

// Counts are the values of each facet with their numbers, sorted by key. The
// index is the facet.
type Counts [facetCount][]Value

// Found is a practice among results. Only its number is read in advance: most
// pages show practices whose markup is cached.
type Found struct {
	Number int64
	index  *Index
	spot   spot
}

// Practice reads the practice, without its sections, and of its attachments with the
// picture that listings show.
func (f Found) Practice() practice.Practice { return f.index.at(f.spot) }

// HasSections reports whether there is more to read than the summary.
func (f Found) HasSections() bool { return f.index.record(f.spot).hasSections() }

// Value is one value of a facet with its numbers.
type Value struct {
	Key    string
	Count  int // what choosing only this value in its facet would find
	All    int // how many practices have it in the whole catalogue
	Chosen bool
}

// Find answers a selection for a reader. Hits are the matches of its words.
func (x *Index) Find(s Selection, hits Hits, r Reader) Results {
	a := x.answer()
	defer a.end()
	others, all := a.matched(s, hits)
	res := Results{Total: all.count()}
	res.Pages = max(1, (res.Total+s.Size-1)/s.Size)
	for _, f := range r.Facets() {
		res.Counts[f] = x.counts(s, f, others[f])
	}
	res.Counts.offer(r.Offer)
	cursor := cursor{a, x.order(s.Sort, r), a.stages(s, hits, all)}
	first := (s.Page - 1) * s.Size
	spots := cursor.page(first, min(s.Size, res.Total-first))
	res.Found = make([]Found, len(spots))
	for i, spot := range spots {
		res.Found[i] = Found{x.number(spot), x, spot}
	}
	return res
}

// Numbers are those of all practices that Find would show, on all pages, in their order.
func (s Selection) Numbers(x *Index, hits Hits, r Reader) []int64 {
	a := x.answer()
	defer a.end()
	_, all := a.matched(s, hits)
	cursor := cursor{a, x.order(s.Sort, r), a.stages(s, hits, all)}
	spots := cursor.page(0, all.count())
	numbers := make([]int64, len(spots))
	for i, spot := range spots {
		numbers[i] = x.number(spot)
	}
	return numbers
}

// counts gives every value of a facet its numbers. A chosen value is always
// included, even if no practice has it.
func (x *Index) counts(s Selection, f Facet, others pair) []Value {
	chosen := s.chosen[f]
	values := x.offered[f]
	narrowed := s.Words != "" || s.Filters() > len(chosen)
	list := make([]Value, 0, len(values)+len(chosen))
	var few []uint32
	if narrowed {
		few = others.base.few(len(others.base) / fewOthers)
	}
	for _, value := range values {
		count := value.all
		if narrowed {
			count = value.common(others, few)
		}
		list = append(list, Value{value.key, count, value.all, slices.Contains(chosen, value.key)})
	}
	for _, key := range chosen {
		if _, ok := slices.BinarySearchFunc(values, key, func(v offered, key string) int { return strings.Compare(v.key, key) }); !ok {
			count, all := x.unoffered(f, key, others)
			list = append(list, Value{Key: key, Count: count, All: all, Chosen: true})
		}
	}
	if len(list) > len(values) {
		slices.SortFunc(list, func(a, b Value) int { return strings.Compare(a.Key, b.Key) })
	}
	return list
}

// unoffered counts a value that is not offered: how many of the others have it,
// and how many practices at all.
func (x *Index) unoffered(f Facet, key string, others pair) (count, all int) {
	base, overlay := &x.base.postings[f], &x.overlay.postings[f]
	count = others.base.among(base.rare[key]) + others.overlay.among(overlay.rare[key])
	all = x.shown.among(base.rare[key]) + len(overlay.rare[key])
	if set := overlay.value(key); set != nil {
		count += set.common(others.overlay)
		all += set.count()
	}
	return count, all
}

// fewOthers decides when the practices found are so few that looking each of
// them up is faster than going through whole sets: one in so many words of a set.
const fewOthers = 4

// common counts the practices among others that have the value; few lists those
// of the base if they are few.
func (v *offered) common(others pair, few []uint32) int {
	overlay := v.overlay.common(others.overlay)
	switch {
	case v.base == nil:
		return overlay
	case few != nil:
		return overlay + v.base.among(few)
	case v.few != nil:
		return overlay + others.base.among(v.few)
	}
	return overlay + v.base.common(others.base)
}

// Neighbours are the practices before and after one in a result.
type Neighbours struct {
	Total          int                // practices found
	Rank           int                // of the practice, from 1; 0 if it is not among them
	Previous, Next *practice.Practice // nil at either end
}

// Around finds the neighbours of the practice with that number.
func (x *Index) Around(s Selection, hits Hits, r Reader, number int64) Neighbours {
	a := x.answer()
	defer a.end()
	_, all := a.matched(s, hits)
	n := Neighbours{Total: all.count()}
	here, ok := x.spot(number)
	if !ok || !all.has(here) {
		return n
	}
	cursor := cursor{a, x.order(s.Sort, r), a.stages(s, hits, all)}
	n.Rank = cursor.rank(here) + 1
	if n.Rank > 1 {
		n.Previous = x.only(cursor.page(n.Rank-2, 1))
	}
	if n.Rank < n.Total {
		n.Next = x.only(cursor.page(n.Rank, 1))
	}
	return n
}

// only is the practice at the single spot of a page.
func (x *Index) only(spots []spot) *practice.Practice {
	p := x.at(spots[0])
	return &p
}

// Figures are the numbers behind the charts of a selection. Every number is what the
// listing finds when its value is chosen, as in the facets.
type Figures struct {
	Total  int
	Impact int            // of those found, how many describe what came of it
	Counts Counts         // by facet
	Begun  map[string]int // by year, among the practices that Counts has for years

	// Grid has the practices of each topic in each country, by their keys. Both facets
	// are free in it, so that it shows where there is nothing.
	Grid map[[2]string]int
}

// CountFigures counts a selection for its charts, which have all facets. Hits are the
// matches of its words.
func CountFigures(x *Index, s Selection, hits Hits, o Offer) Figures {
	a := x.answer()
	defer a.end()
	others, all := a.matched(s, hits)
	n := Figures{Total: all.count(), Begun: map[string]int{}, Grid: map[[2]string]int{}}
	for _, f := range Facets {
		n.Counts[f] = x.counts(s, f, others[f])
	}
	n.Counts.offer(o)
	a.each(all, func(r record) {
		if r.saysImpact() {
			n.Impact++
		}
	})
	var p practice.Practice
	a.each(others[Year], func(r record) {
		r.readFacts(&p, false)
		if first := p.Period.Start.Year; practice.PlausibleYear(first) {
			n.Begun[strconv.Itoa(first)]++
		}
	})
	_, free := a.matched(s.Only(Topic).Only(Country), hits)
	for _, topic := range x.offered[Topic] {
		both := a.copy(free)
		both.intersect(topic.whole(a))
		for _, country := range x.offered[Country] {
			if count := country.common(both, nil); count > 0 {
				n.Grid[[2]string{topic.key, country.key}] = count
			}
		}
	}
	return n
}

// whole is the set of practices with the value; where a segment has none, an empty one.
func (v *offered) whole(a *answer) pair {
	p := v.pair
	if p.base == nil {
		p.base = a.base.empty()
	}
	if p.overlay == nil {
		p.overlay = a.overlay.empty()
	}
	return p
}

// each visits the records of a set.
func (a *answer) each(p pair, visit func(record)) {
	for at := p.base.next(0); at >= 0; at = p.base.next(at + 1) {
		visit(a.Index.base.record(at))
	}
	for at := p.overlay.next(0); at >= 0; at = p.overlay.next(at + 1) {
		visit(a.Index.overlay.record(at))
	}
}

// Frequent returns the keys of the values that most practices have, at most so many,
// the most frequent first.
func (c Counts) Frequent(f Facet, most int) []string {
	values := slices.Clone(c[f])
	slices.SortStableFunc(values, func(a, b Value) int { return b.Count - a.Count })
	var keys []string
	for _, v := range values[:min(most, len(values))] {
		keys = append(keys, v.Key)
	}
	return keys
}

// describesImpact reports whether the original says what came of the practice.
func describesImpact(p *practice.Practice) bool {
	return len(p.Texts) > 0 && strings.TrimSpace(p.Texts[0].Sections[practice.Impact]) != ""
}
