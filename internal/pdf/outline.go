package pdf

import (
	"encoding/binary"
	"math"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/opentype"
)

// point is a corner or, off the curve, a control point.
type point struct {
	x, y int16
	on   bool
}

// contours are the shape of a glyph: closed lines of points. All formats of outlines
// become those of TrueType, so that there is one kind of font to write.
type contours [][]point

func contoursOf(face *font.Face, id font.GID) contours {
	if id == blank {
		return nil
	}
	outline, _ := face.GlyphDataOutline(id)
	var list contours
	var at opentype.SegmentPoint
	add := func(p opentype.SegmentPoint, on bool) {
		last := &list[len(list)-1]
		*last = append(*last, point{int16(math.Round(float64(p.X))), int16(math.Round(float64(p.Y))), on})
		at = p
	}
	for _, segment := range outline.Segments {
		a := segment.Args
		switch segment.Op {
		case opentype.SegmentOpMoveTo:
			list = append(list, nil)
			add(a[0], true)
		case opentype.SegmentOpLineTo:
			add(a[0], true)
		case opentype.SegmentOpQuadTo:
			add(a[0], false)
			add(a[1], true)
		case opentype.SegmentOpCubeTo:
			quadratic([4]opentype.SegmentPoint{at, a[0], a[1], a[2]}, add)
		}
	}
	for i := range list {
		list[i] = tidy(list[i])
	}
	return list
}

// quadratic adds a cubic curve as quadratic ones that are never farther from it than
// half a unit.
func quadratic(c [4]opentype.SegmentPoint, add func(opentype.SegmentPoint, bool)) {
	x, y := float64(c[3].X-3*c[2].X+3*c[1].X-c[0].X), float64(c[3].Y-3*c[2].Y+3*c[1].Y-c[0].Y)
	if math.Hypot(x, y)*math.Sqrt(3)/36 <= 0.5 {
		add(opentype.SegmentPoint{X: (3*(c[1].X+c[2].X) - c[0].X - c[3].X) / 4, Y: (3*(c[1].Y+c[2].Y) - c[0].Y - c[3].Y) / 4}, false)
		add(c[3], true)
		return
	}
	a, b, d := middle(c[0], c[1]), middle(c[1], c[2]), middle(c[2], c[3])
	ab, bd := middle(a, b), middle(b, d)
	centre := middle(ab, bd)
	quadratic([4]opentype.SegmentPoint{c[0], a, ab, centre}, add)
	quadratic([4]opentype.SegmentPoint{centre, bd, d, c[3]}, add)
}

func middle(a, b opentype.SegmentPoint) opentype.SegmentPoint {
	return opentype.SegmentPoint{X: (a.X + b.X) / 2, Y: (a.Y + b.Y) / 2}
}

// tidy leaves out the last point where it is the first again, and corners half way
// between two control points, which TrueType implies.
func tidy(c []point) []point {
	if n := len(c); n > 1 && c[0] == c[n-1] {
		c = c[:n-1]
	}
	var kept []point
	for i, p := range c {
		before, after := c[(i+len(c)-1)%len(c)], c[(i+1)%len(c)]
		implied := p.on && i > 0 && !before.on && !after.on &&
			near(2*int(p.x), int(before.x)+int(after.x)) && near(2*int(p.y), int(before.y)+int(after.y))
		if !implied {
			kept = append(kept, p)
		}
	}
	return kept
}

func near(a, b int) bool { return a-b >= -1 && a-b <= 1 }

func (c contours) points() int {
	n := 0
	for _, one := range c {
		n += len(one)
	}
	return n
}

// Flags of points in the table glyf.
const (
	onCurve         = 1 << iota
	shortX          // one byte, without sign
	shortY          // likewise
	_               // repeated
	sameOrPositiveX // the sign of a byte; without shortX, no change
	sameOrPositiveY // likewise
)

// glyf writes the shape as the table glyf has it, padded to four bytes.
func (c contours) glyf() ([]byte, bounds) {
	if c.points() == 0 {
		return nil, bounds{}
	}
	box := bounds{math.MaxInt16, math.MaxInt16, math.MinInt16, math.MinInt16}
	var ends []uint16
	var flags, xs, ys []byte
	var last point
	for _, contour := range c {
		for _, p := range contour {
			box = bounds{min(box.left, p.x), min(box.bottom, p.y), max(box.right, p.x), max(box.top, p.y)}
			var flag, flagX, flagY byte
			if p.on {
				flag = onCurve
			}
			xs, flagX = delta(xs, p.x-last.x)
			ys, flagY = delta(ys, p.y-last.y)
			flags = append(flags, flag|flagX*shortX|flagY*shortY)
			last = p
		}
		ends = append(ends, uint16(len(flags)-1))
	}
	data := table{int16(len(c)), box, ends, uint16(0)}.bytes()
	data = append(append(append(data, flags...), xs...), ys...)
	return append(data, make([]byte, -len(data)&3)...), box
}

// delta appends a difference, and returns the flags about it as those of shortX by that.
func delta(to []byte, d int16) ([]byte, byte) {
	const short, positive = 1, sameOrPositiveX / shortX
	switch {
	case d == 0:
		return to, positive
	case d > 0 && d < 256:
		return append(to, byte(d)), short | positive
	case d < 0 && d > -256:
		return append(to, byte(-d)), short
	}
	return binary.BigEndian.AppendUint16(to, uint16(d)), 0
}
