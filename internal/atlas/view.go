package atlas

import (
	"math"
	"strconv"
	"strings"
)

// Box is a part of the world, in degrees.
type Box struct{ West, South, East, North float64 }

// World is the part that the map of everything shows: without Antarctica.
var World = Box{-180, -56, 180, 84}

// Bounds of a part that is shown, in degrees: smaller than leastSpan, the shapes would be
// coarse; wider than Widest, the projection for parts would stretch too much.
const (
	leastSpan    = 2.0
	Widest       = 150
	northernMost = 80.0
)

func boxOf(points []point) Box {
	b := Box{math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)}
	for _, p := range points {
		b = b.With(p.y, p.x)
	}
	return b
}

// Nowhere is the box of no points.
var Nowhere = boxOf(nil)

// With is the box that has a point, too, by its latitude and longitude.
func (b Box) With(latitude, longitude float64) Box {
	return Box{min(b.West, longitude), min(b.South, latitude), max(b.East, longitude), max(b.North, latitude)}
}

// Join is the box around both.
func (b Box) Join(other Box) Box {
	return Box{min(b.West, other.West), min(b.South, other.South), max(b.East, other.East), max(b.North, other.North)}
}

// Span is how far the box reaches at its widest, in degrees of latitude or longitude.
func (b Box) Span() float64 { return max(b.East-b.West, b.North-b.South) }

func (b Box) meets(other Box) bool {
	return b.West <= other.East && other.West <= b.East && b.South <= other.North && other.South <= b.North
}

// Round is a box of at least leastSpan each way around it, with a margin and in whole tenths of a
// degree, so that few boxes have an address.
func (b Box) Round() Box {
	margin := func(span float64) float64 { return max(b.Span()*.08, (leastSpan-span)/2) }
	wide, tall := margin(b.East-b.West), margin(b.North-b.South)
	tenth := func(to func(float64) float64, n float64) float64 { return to(n*10) / 10 }
	return Box{tenth(math.Floor, b.West-wide), max(tenth(math.Floor, b.South-tall), -northernMost),
		tenth(math.Ceil, b.East+wide), min(tenth(math.Ceil, b.North+tall), northernMost)}
}

// String is the box in an address: west, south, east and north.
func (b Box) String() string {
	var parts []string
	for _, n := range []float64{b.West, b.South, b.East, b.North} {
		parts = append(parts, strconv.FormatFloat(n, 'f', -1, 64))
	}
	return strings.Join(parts, ",")
}

// ParseBox reads what String writes. ok is false for anything else, and for a part that
// no map shows.
func ParseBox(address string) (b Box, ok bool) {
	parts := strings.Split(address, ",")
	if len(parts) != 4 {
		return Box{}, false
	}
	for i, to := range []*float64{&b.West, &b.South, &b.East, &b.North} {
		n, err := strconv.ParseFloat(parts[i], 64)
		if err != nil || !(math.Abs(n) <= 200) {
			return Box{}, false
		}
		*to = math.Round(n*10) / 10
	}
	return b, b.East-b.West >= leastSpan/2 && b.North-b.South >= leastSpan/2 && b.Span() <= Widest && math.Abs(b.South) <= northernMost && b.North <= northernMost
}

// Country is where most of a country lies: its largest part, and what is not far from
// it. So the map of a country is not that of its farthest islands. ok is false if the
// atlas does not have it.
func Country(code string) (b Box, ok bool) {
	rings := earth().countries[code]
	if len(rings) == 0 {
		return Box{}, false
	}
	area := func(b Box) float64 { return (b.East - b.West) * (b.North - b.South) }
	largest := rings[0].Box
	for _, r := range rings {
		if area(r.Box) > area(largest) {
			largest = r.Box
		}
	}
	b = largest
	near := Box{largest.West - 3, largest.South - 3, largest.East + 3, largest.North + 3}
	for _, r := range rings {
		if r.meets(near) {
			b = b.Join(r.Box)
		}
	}
	return b, true
}

// View is a part of the world on paper of a given width. The zero value is of no use.
type View struct {
	Width, Height int // of the picture, in its own units
	box           Box
	whole         bool    // of the whole world
	scale         float64 // units of the picture for one of the projection
	left, top     float64 // of the projection
}

// NewView shows a box, or the whole world if that is wider than a part can be. The
// height follows from it, within what fits a screen.
func NewView(b Box, width int) View {
	v := View{Width: width, box: b, whole: b.Span() > Widest}
	if v.whole {
		v.box = World
	}
	low, high := v.extent()
	wide, tall := high.x-low.x, high.y-low.y
	if most := wide * highest; tall > most { // as wide as it has to be for its height
		wide = tall / highest
		low.x -= (wide - (high.x - low.x)) / 2
	} else if least := wide * lowest; tall < least && !v.whole {
		tall = least
		low.y -= (tall - (high.y - low.y)) / 2
	}
	v.left, v.top, v.scale = low.x, low.y, float64(width)/wide
	v.Height = int(math.Ceil(tall * v.scale))
	if !v.whole {
		v.box = Box{degrees(low.x), latitude(low.y + tall), degrees(low.x + wide), latitude(low.y)}
	}
	return v
}

// How high a picture is, by its width: so that it fits a screen, and does not become a strip.
const (
	lowest  = .45
	highest = .62
)

// latitude is the one at a height of Mercator's projection, in degrees.
func latitude(y float64) float64 { return degrees(2*math.Atan(math.Exp(-y)) - math.Pi/2) }

// extent is what the box covers of the projection.
func (v View) extent() (low, high point) {
	low, high = point{math.Inf(1), math.Inf(1)}, point{math.Inf(-1), math.Inf(-1)}
	for _, x := range []float64{v.box.West, 0, v.box.East} {
		if x < v.box.West || x > v.box.East {
			continue
		}
		for _, y := range []float64{v.box.South, max(v.box.South, min(0, v.box.North)), v.box.North} {
			p := v.project(point{x, y})
			low, high = point{min(low.x, p.x), min(low.y, p.y)}, point{max(high.x, p.x), max(high.y, p.y)}
		}
	}
	return low, high
}

func radians(degrees float64) float64 { return degrees * math.Pi / 180 }
func degrees(radians float64) float64 { return radians * 180 / math.Pi }

// project puts a place on the plane, north up. The whole world is shown by Equal Earth
// (Šavrič, Patterson and Jenny 2018), in which areas can be compared; a part by Mercator's
// projection, in which it has the shape that people know.
func (v View) project(p point) point {
	lambda, phi := radians(p.x), radians(p.y)
	if !v.whole {
		phi = radians(max(-85, min(85, p.y)))
		return point{lambda, -math.Log(math.Tan(math.Pi/4 + phi/2))}
	}
	const a1, a2, a3, a4 = 1.340264, -0.081106, 0.000893, 0.003796
	theta := math.Asin(math.Sqrt(3) / 2 * math.Sin(phi))
	t2 := theta * theta
	t6 := t2 * t2 * t2
	x := 2 * math.Sqrt(3) * lambda * math.Cos(theta) / (3 * (9*a4*t6*t2 + 7*a3*t6 + 3*a2*t2 + a1))
	return point{x, -theta * (a4*t6*t2 + a3*t6 + a2*t2 + a1)}
}

// draw is where a place is in the picture.
func (v View) draw(p point) point {
	p = v.project(p)
	return point{(p.x - v.left) * v.scale, (p.y - v.top) * v.scale}
}

// Place is where a place is in the picture, from its left and upper edge; seen is false
// if it is outside.
func (v View) Place(latitude, longitude float64) (x, y float64, seen bool) {
	p := v.draw(point{longitude, latitude})
	return p.x, p.y, p.x >= 0 && p.x <= float64(v.Width) && p.y >= 0 && p.y <= float64(v.Height)
}
