package catalogue

import "iter"

// cursor reads what was found in an order. It goes through the stages one after
// another; only relevance has more than one.
type cursor struct {
	*answer
	order  *order
	stages iter.Seq[pair]
}

// stages are the sets to go through one after another: for relevance the
// practices of each tier, so that nothing needs sorting. Words that only exclude
// have no tiers.
func (a *answer) stages(s Selection, hits Hits, all pair) iter.Seq[pair] {
	if s.Sort != Relevance || s.onlyExcludes() {
		return func(yield func(pair) bool) { yield(all) }
	}
	return func(yield func(pair) bool) {
		rest := a.copy(all)
		stage := a.empty()
		for _, tier := range hits.tiers {
			clear(stage.base)
			clear(stage.overlay)
			stage.mark(tier)
			stage.intersect(rest)
			if !yield(stage) {
				return
			}
			rest.subtract(stage)
		}
	}
}

func (p pair) has(s spot) bool {
	if s.overlay {
		return p.overlay.has(s.at)
	}
	return p.base.has(s.at)
}

// page returns the next size practices from a rank on; ranks count from 0.
func (c *cursor) page(first, size int) []spot {
	if size <= 0 {
		return nil
	}
	page := page{skip: first, spots: make([]spot, 0, size)}
	for stage := range c.stages {
		if total := stage.count(); page.skip >= total {
			page.skip -= total
		} else if c.order.fill(&page, stage); page.full() {
			break
		}
	}
	return page.spots
}

// rank counts the practices before here, which must be in one of the stages.
func (c *cursor) rank(here spot) int {
	rank := 0
	for stage := range c.stages {
		if stage.has(here) {
			return rank + c.order.rank(stage, here)
		}
		rank += stage.count()
	}
	return rank
}

// page collects spots after skipping some.
type page struct {
	skip  int
	spots []spot
}

func (p *page) full() bool { return len(p.spots) == cap(p.spots) }

func (p *page) take(s spot) {
	if p.skip > 0 {
		p.skip--
	} else {
		p.spots = append(p.spots, s)
	}
}

// fill adds members of a stage in the order until the page is full: those of the
// base, with those of the overlay at their places between them.
func (o *order) fill(p *page, stage pair) {
	from := 0
	for _, e := range o.entries {
		o.stretch(p, stage.base, from, e.before)
		if from = e.before; p.full() {
			return
		}
		if stage.overlay.has(e.at) {
			p.take(spot{true, e.at})
		}
		if p.full() {
			return
		}
	}
	o.stretch(p, stage.base, from, len(stage.base)*64)
}

// stretch adds the members that are at ranks [from, to) of the base, until the
// page is full.
func (o *order) stretch(p *page, s set, from, to int) {
	if o.base != nil {
		for _, at := range o.base[from:min(to, len(o.base))] {
			if s.has(int(at)) {
				if p.take(spot{false, int(at)}); p.full() {
					return
				}
			}
		}
		return
	}
	// Skipping whole words makes a deep page as cheap as the first.
	for p.skip > 0 && from < to {
		end := min(to, from|63+1)
		members := s.between(from, end)
		if members > p.skip {
			break
		}
		p.skip -= members
		from = end
	}
	for at := s.next(from); at >= 0 && at < to && !p.full(); at = s.next(at + 1) {
		p.take(spot{false, at})
	}
}

// rank counts the members of a stage that come before one of them.
func (o *order) rank(stage pair, here spot) int {
	rank := 0
	base := 0 // how many practices of the base come before
	if !here.overlay {
		base = o.place(here.at)
	}
	for _, e := range o.entries {
		if here.overlay && e.at == here.at {
			base = e.before
			break
		}
		if (here.overlay || e.before <= base) && stage.overlay.has(e.at) {
			rank++
		}
	}
	if o.base == nil {
		return rank + stage.base.between(0, base)
	}
	for _, at := range o.base[:base] {
		if stage.base.has(int(at)) {
			rank++
		}
	}
	return rank
}
