package main

import (
	"fmt"
	"html"
	"math"
	"slices"
	"strings"
	"time"
)

// Measures of the graph, in pixels.
const (
	graphWidth, graphHeight    = 820, 480
	left, right, above, bottom = 70, 250, 20, 45
	labelHeight                = 17
)

// lines are the questions that the graph shows, each with a class for its colour and
// a dash for readers who cannot tell colours apart.
var lines = []struct{ name, class, dash string }{
	{plainThree, "a", "2 3"},
	{commonWord, "b", ""},
	{threeFilters, "c", ""},
	{newSelection, "d", "8 3"},
	{keptListing, "e", ""},
	{bareListing, "f", "2 3"},
}

const graphStyle = `<style>
text { font: 13px system-ui, sans-serif; fill: #333 }
.grid { stroke: #ddd } .line { fill: none; stroke-width: 2 } .back { fill: #fff }
.a { stroke: #b3261e } .b { stroke: #7b4bb7 } .c { stroke: #0b66c3 } .d { stroke: #00796b } .e { stroke: #b35c00 } .f { stroke: #666 }
@media (prefers-color-scheme: dark) {
text { fill: #ddd } .grid { stroke: #444 } .back { fill: #1b1b1b }
.a { stroke: #ff8a80 } .b { stroke: #c9a6ff } .c { stroke: #7cb8ff } .d { stroke: #63d3c3 } .e { stroke: #ffb35c } .f { stroke: #aaa }
}
</style>
`

// graph draws the waiting time of a single reader against the size, in SVG.
func (r report) graph() string {
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" role="img" aria-label="Cost against size">`+"\n%s<rect class=\"back\" width=\"100%%\" height=\"100%%\"/>\n",
		graphWidth, graphHeight, graphWidth, graphHeight, graphStyle)
	scale := r.scale()
	scale.grid(&b, r.sizes)
	var labels []label
	for _, l := range lines {
		var path []string
		var last point
		for _, one := range r.sizes {
			if found, ok := one.find(l.name, alone); ok {
				last = scale.at(one.size, found.p50)
				path = append(path, fmt.Sprintf("%.1f,%.1f", last.x, last.y))
				fmt.Fprintf(&b, `<circle class="line %s" cx="%.1f" cy="%.1f" r="3"/>`+"\n", l.class, last.x, last.y)
			}
		}
		if len(path) > 0 {
			fmt.Fprintf(&b, `<polyline class="line %s" stroke-dasharray="%s" points="%s"/>`+"\n", l.class, l.dash, strings.Join(path, " "))
			labels = append(labels, label{l.name, l.class, last, last.y})
		}
	}
	write(&b, labels)
	return b.String() + "</svg>\n"
}

type point struct{ x, y float64 }

// scale maps sizes and waits to points; both axes are logarithmic.
type scale struct{ smallest, largest, shortest, longest float64 }

// scale covers all sizes, and the powers of ten around all waits.
func (r report) scale() scale {
	s := scale{math.Inf(1), 0, math.Inf(1), 0}
	for _, one := range r.sizes {
		s.smallest, s.largest = min(s.smallest, math.Log10(float64(one.size))), max(s.largest, math.Log10(float64(one.size)))
		for _, l := range lines {
			if found, ok := one.find(l.name, alone); ok {
				wait := math.Log10(micro(found.p50))
				s.shortest, s.longest = min(s.shortest, math.Floor(wait)), max(s.longest, math.Ceil(wait))
			}
		}
	}
	if s.longest <= s.shortest { // nothing, or all the same
		s.shortest, s.longest = 0, 6
	}
	if s.largest == s.smallest {
		s.largest++
	}
	return s
}

func (s scale) at(size int, wait time.Duration) point {
	across := (math.Log10(float64(size)) - s.smallest) / (s.largest - s.smallest)
	up := (math.Log10(micro(wait)) - s.shortest) / (s.longest - s.shortest)
	return point{left + across*(graphWidth-left-right), graphHeight - bottom - up*(graphHeight-above-bottom)}
}

// grid draws a line for every power of ten and every size.
func (s scale) grid(b *strings.Builder, sizes []measurement) {
	for power := s.shortest; power <= s.longest; power++ {
		wait := time.Duration(math.Pow(10, power)) * time.Microsecond
		y := s.at(1, wait).y
		fmt.Fprintf(b, `<path class="grid" d="M%d %.1fH%d"/><text x="%d" y="%.1f" text-anchor="end">%s</text>`+"\n", left, y, graphWidth-right, left-8, y+4, wait)
	}
	for _, one := range sizes {
		x := s.at(one.size, time.Microsecond).x
		fmt.Fprintf(b, `<path class="grid" d="M%.1f %dV%d"/><text x="%.1f" y="%d" text-anchor="middle">%s</text>`+"\n", x, above, graphHeight-bottom, x, graphHeight-bottom+20, number(one.size))
	}
	fmt.Fprintf(b, `<text x="%d" y="%d" text-anchor="middle">practices</text>`+"\n", left+(graphWidth-left-right)/2, graphHeight-6)
}

// label names a line at its end.
type label struct {
	name, class string
	end         point
	y           float64
}

// write draws the labels from top to bottom, so that none covers another.
func write(b *strings.Builder, labels []label) {
	slices.SortFunc(labels, func(a, b label) int { return int(math.Copysign(1, a.end.y-b.end.y)) })
	for i := 1; i < len(labels); i++ {
		labels[i].y = max(labels[i].y, labels[i-1].y+labelHeight)
	}
	for _, l := range labels {
		fmt.Fprintf(b, `<path class="%s" d="M%.1f %.1fL%.1f %.1f"/><text x="%.1f" y="%.1f">%s</text>`+"\n",
			l.class, l.end.x+5, l.end.y, l.end.x+20, l.y, l.end.x+24, l.y+4, html.EscapeString(l.name))
	}
}
