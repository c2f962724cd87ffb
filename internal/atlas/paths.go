package atlas

import (
	"math"
	"slices"
	"strconv"
	"strings"
)

const (
	// tolerance is how far a simplified border may be from the true one, in units of the
	// picture; what is smaller than least in both directions is left out.
	tolerance = .9
	least     = 1.5
	// small is the size under which a country is hard to see and to touch: it gets a dot.
	small = 6
)

// Path is a country in a view.
type Path struct {
	Code string  // of two letters
	Data string  // for the attribute d of a path in SVG; empty if it is too small to be drawn
	X, Y float64 // the middle of its largest part
	Tiny bool    // whether a dot shows it better
}

// Countries draws all countries that are seen in a view, by their codes.
func (v View) Countries() []Path {
	w := earth()
	seen := v.seen()
	arcs := make([][]point, len(w.arcs)) // simplified, on first use
	simple := func(at int) []point {
		if arcs[at] == nil {
			drawn := make([]point, len(w.arcs[at]))
			for i, p := range w.arcs[at] {
				drawn[i] = v.draw(p)
			}
			for _, i := range simplify(drawn) {
				arcs[at] = append(arcs[at], w.arcs[at][i])
			}
		}
		return arcs[at]
	}
	var paths []Path
	for code, rings := range w.countries {
		p, largest := Path{Code: code}, 0.0
		var data strings.Builder
		for _, r := range rings {
			for _, turn := range []float64{0, -360, 360} { // what goes on beyond 180 degrees comes in at the other side
				b := r.Box
				b.West, b.East = b.West+turn, b.East+turn
				if !b.meets(seen) {
					continue
				}
				for _, at := range r.arcs {
					simple(max(at, ^at))
				}
				size, middle := v.outline(&data, clip(turned(unwrap(w.join(r, arcs)), turn), seen))
				if size > largest {
					largest, p.X, p.Y = size, middle.x, middle.y
				}
			}
		}
		p.Data, p.Tiny = data.String(), largest < small
		if largest > 0 {
			paths = append(paths, p)
		}
	}
	slices.SortFunc(paths, func(a, b Path) int { return strings.Compare(a.Code, b.Code) })
	return paths
}

// seen is the box that is drawn, with a margin, so that no edge of it is seen.
func (v View) seen() Box {
	if v.whole {
		return Box{-180, -90, 180, 90}
	}
	margin := v.box.Span() * .02
	return Box{v.box.West - margin, v.box.South - margin, v.box.East + margin, v.box.North + margin}
}

// outline adds a ring to the data of a path, in whole units, and returns its size, the
// larger of width and height, and its middle. What is too small is left out, and has
// size and middle all the same.
func (v View) outline(to *strings.Builder, ring []point) (size float64, middle point) {
	if len(ring) == 0 {
		return 0, point{}
	}
	drawn := make([]point, len(ring))
	for i, p := range ring {
		drawn[i] = v.draw(p)
	}
	b := boxOf(drawn)
	size, middle = b.Span(), point{(b.West + b.East) / 2, (b.South + b.North) / 2}
	if size < least {
		return max(size, math.SmallestNonzeroFloat64), middle
	}
	x, y, command := 0, 0, "M"
	for _, p := range drawn {
		dx, dy := int(math.Round(p.x))-x, int(math.Round(p.y))-y
		if dx == 0 && dy == 0 && command != "M" {
			continue
		}
		to.WriteString(command + strconv.Itoa(dx))
		if dy >= 0 {
			to.WriteByte(' ')
		}
		to.WriteString(strconv.Itoa(dy))
		x, y = x+dx, y+dy
		command = "l"
	}
	to.WriteByte('z')
	return size, middle
}

func turned(ring []point, by float64) []point {
	for i := range ring {
		ring[i].x += by
	}
	return ring
}

// clip cuts a ring at the edges of a box, by Sutherland and Hodgman (1974).
func clip(ring []point, b Box) []point {
	for _, edge := range []struct {
		of    func(point) float64 // how far inside a point is
		moved func(p point) point // onto the edge
	}{
		{func(p point) float64 { return p.x - b.West }, func(p point) point { return point{b.West, p.y} }},
		{func(p point) float64 { return b.East - p.x }, func(p point) point { return point{b.East, p.y} }},
		{func(p point) float64 { return p.y - b.South }, func(p point) point { return point{p.x, b.South} }},
		{func(p point) float64 { return b.North - p.y }, func(p point) point { return point{p.x, b.North} }},
	} {
		var kept []point
		for i, p := range ring {
			before := ring[(i+len(ring)-1)%len(ring)]
			in, was := edge.of(p), edge.of(before)
			if (in < 0) != (was < 0) {
				share := was / (was - in)
				kept = append(kept, edge.moved(point{before.x + (p.x-before.x)*share, before.y + (p.y-before.y)*share}))
			}
			if in >= 0 {
				kept = append(kept, p)
			}
		}
		ring = kept
	}
	return ring
}

// simplify returns which points of a line are kept so that no other is farther than
// tolerance from it, by Douglas and Peucker (1973).
func simplify(line []point) []int {
	keep := []int{0}
	var between func(first, last int)
	between = func(first, last int) {
		farthest, at := tolerance, -1
		for i := first + 1; i < last; i++ {
			if d := apart(line[i], line[first], line[last]); d > farthest {
				farthest, at = d, i
			}
		}
		if at >= 0 {
			between(first, at)
			keep = append(keep, at)
			between(at, last)
		}
	}
	between(0, len(line)-1)
	return append(keep, len(line)-1)
}

// apart is the distance of a point from the line between two others.
func apart(p, a, b point) float64 {
	dx, dy := b.x-a.x, b.y-a.y
	along := 0.0
	if length := dx*dx + dy*dy; length > 0 {
		along = max(0, min(1, ((p.x-a.x)*dx+(p.y-a.y)*dy)/length))
	}
	return math.Hypot(p.x-a.x-along*dx, p.y-a.y-along*dy)
}
