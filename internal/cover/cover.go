// Package cover makes pictures for what has none: plain shapes in rows, which topic and
// place choose. What has the same topic looks alike, and is arranged otherwise in another
// place. They mean nothing, so that nobody misses anything who does not see them.
package cover

import (
	"hash/fnv"
	"strconv"
	"strings"
)

// Cover is a picture of Columns × Rows cells, each of two units.
type Cover struct {
	Columns, Rows int
	Layers        [3][]Shape // by colour: most of it, what is paler, and a spark
}

// Shape is a closed outline, on the right of which its inside lies.
type Shape struct {
	X, Y  int // where it begins
	Edges []Edge
}

// Edge goes on by so many units, straight or, with a radius, in a quarter of a circle
// that bends to the right.
type Edge struct{ DX, DY, Radius int }

// shapes are those of a cell, as they lie before they are turned. Beams and halves of
// squares are not among them: turned one after another they may make signs.
var shapes = []Shape{
	{0, 0, []Edge{{2, 0, 0}, {-2, 2, 2}}},                                    // quarter of a disc
	{0, 0, []Edge{{2, 2, 2}, {-2, -2, 2}}},                                   // leaf
	{0, 2, []Edge{{0, -1, 0}, {1, -1, 1}, {1, 1, 1}, {0, 1, 0}}},             // gate
	{0, 0, []Edge{{2, 0, 0}, {-1, 1, 1}, {-1, -1, 1}}},                       // half of a disc
	{2, 1, []Edge{{-1, 1, 1}, {-1, -1, 1}, {1, -1, 1}, {1, 1, 1}}},           // disc
	{1, 0, []Edge{{1, 1, 0}, {-1, 1, 0}, {-1, -1, 0}}},                       // square on its tip
	{0, 0, []Edge{{1, 0, 0}, {1, 1, 1}, {0, 1, 0}, {-1, 0, 0}, {-1, -1, 1}}}, // drop between two corners
}

// New makes the cover of a topic and a place, each by any name that stays the same.
func New(topic, place string, columns, rows int) Cover {
	c := Cover{Columns: columns, Rows: rows}
	kind, turn := source(topic), source(topic+"/"+place)
	first := kind.below(len(shapes))
	second := (first + 1 + kind.below(len(shapes)-1)) % len(shapes)
	spark := turn.below(columns * rows)
	for cell := range columns * rows {
		shape := shapes[first]
		if turn.below(3) == 0 {
			shape = shapes[second]
		}
		layer := 0
		switch {
		case cell == spark:
			layer = 2
		case turn.below(5) < 2:
			layer = 1
		}
		c.Layers[layer] = append(c.Layers[layer], shape.turned(turn.below(4)).moved(2*(cell%columns), 2*(cell/columns)))
	}
	return c
}

// source gives numbers that look as if drawn by lot, the same for the same name.
func source(name string) *lot {
	sum := fnv.New64a()
	sum.Write([]byte(name))
	l := lot(sum.Sum64())
	return &l
}

// lot is where the drawing stands (xorshift64*).
type lot uint64

func (l *lot) below(n int) int {
	x := *l | 1
	x ^= x >> 12
	x ^= x << 25
	x ^= x >> 27
	*l = x
	return int(uint64(x*0x2545f4914f6cdd1d) >> 33 % uint64(n))
}

// turned is the shape a number of quarters to the right, around the middle of its cell.
func (s Shape) turned(quarters int) Shape {
	edges := make([]Edge, len(s.Edges))
	copy(edges, s.Edges)
	for range quarters {
		s.X, s.Y = 2-s.Y, s.X
		for i, e := range edges {
			edges[i] = Edge{-e.DY, e.DX, e.Radius}
		}
	}
	s.Edges = edges
	return s
}

func (s Shape) moved(x, y int) Shape {
	s.X, s.Y = s.X+x, s.Y+y
	return s
}

// ViewBox is the attribute of the element svg.
func (c Cover) ViewBox() string {
	return "0 0 " + strconv.Itoa(2*c.Columns) + " " + strconv.Itoa(2*c.Rows)
}

// Paths are the layers as attributes d of elements path, which close when they are filled.
func (c Cover) Paths() []string {
	var list []string
	for _, layer := range c.Layers {
		var b strings.Builder
		for _, s := range layer {
			write(&b, "M", s.X, s.Y)
			for _, e := range s.Edges {
				if e.Radius == 0 {
					write(&b, "l", e.DX, e.DY)
				} else {
					write(&b, "a", e.Radius, e.Radius)
					write(&b, " 0 0 1 ", e.DX, e.DY)
				}
			}
		}
		list = append(list, b.String())
	}
	return list
}

// write writes a command with two numbers.
func write(b *strings.Builder, command string, x, y int) {
	b.WriteString(command + strconv.Itoa(x))
	if y >= 0 {
		b.WriteByte(' ')
	}
	b.WriteString(strconv.Itoa(y))
}
