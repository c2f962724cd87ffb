package card

import (
	"image"
	"image/color"
	"image/draw"
	"strconv"
	"strings"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/opentype"
	"golang.org/x/image/vector"

	"exempla/internal/cover"
	"exempla/internal/typeset"
)

// colour is one in which something is drawn: the place of the first of its shades in the
// palette.
type colour uint8

// shades is how many steps there are from what is behind it to a colour, for smooth edges. So few
// colours make a small file.
const shades = 16

// The colours of a site by day: on paper, and on the ground of covers.
const (
	ink colour = shades * iota
	muted
	accent
	spark
	coverAccent
	coverPale
	coverSpark
)

// paletteOf are the shades of all colours, with the accent of a site if it has one.
func paletteOf(accent string) color.Palette {
	paper, ground := color.RGBA{0xfb, 0xfa, 0xf7, 0xff}, color.RGBA{0xe2, 0xf0, 0xee, 0xff}
	ink, main, orange := color.RGBA{0x16, 0x20, 0x2b, 0xff}, color.RGBA{0x0b, 0x5c, 0x55, 0xff}, color.RGBA{0xc2, 0x57, 0x1a, 0xff}
	if number, err := strconv.ParseUint(strings.TrimPrefix(accent, "#"), 16, 24); err == nil {
		main = color.RGBA{uint8(number >> 16), uint8(number >> 8), uint8(number), 0xff}
		ground = mixed(color.RGBA{0xff, 0xff, 0xff, 0xff}, main, 10, 100)
	}
	var list color.Palette
	for _, way := range [][2]color.RGBA{{paper, ink}, {paper, {0x51, 0x60, 0x6f, 0xff}}, {paper, main}, {paper, orange},
		{ground, main}, {ground, mixed(ground, main, 45, 100)}, {ground, orange}} {
		for step := range shades {
			list = append(list, mixed(way[0], way[1], step, shades-1))
		}
	}
	return list
}

// mixed is a colour so many steps on the way to another.
func mixed(from, to color.RGBA, step, steps int) color.RGBA {
	value := func(from, to uint8) uint8 { return uint8((int(from)*(steps-step) + int(to)*step) / steps) }
	return color.RGBA{value(from.R, to.R), value(from.G, to.G), value(from.B, to.B), 0xff}
}

// canvas is what is drawn on. Nothing is drawn over anything else but what is behind its
// colour.
type canvas struct {
	picture *image.Paletted
	raster  *vector.Rasterizer
	mask    *image.Alpha
}

func newCanvas(accent string) *canvas {
	return &canvas{image.NewPaletted(image.Rect(0, 0, Width, Height), paletteOf(accent)), vector.NewRasterizer(0, 0), image.NewAlpha(image.Rect(0, 0, Width, Height))}
}

// fill fills a rectangle.
func (c *canvas) fill(area image.Rectangle, in colour) { c.flat(area, uint8(in)+shades-1) }

func (c *canvas) flat(area image.Rectangle, shade uint8) {
	for y := area.Min.Y; y < area.Max.Y; y++ {
		line := c.picture.Pix[y*c.picture.Stride:][area.Min.X:area.Max.X]
		for x := range line {
			line[x] = shade
		}
	}
}

// cover draws a cover from the top on.
func (c *canvas) cover(shown cover.Cover, left int) {
	c.flat(image.Rect(left, 0, left+shown.Columns*cell, shown.Rows*cell), uint8(coverAccent))
	at := func(x, y int) (float32, float32) { return float32(left) + float32(x)*cell/2, float32(y) * cell / 2 }
	for layer, in := range []colour{coverAccent, coverPale, coverSpark} {
		area := c.strip(0, shown.Rows*cell)
		for _, s := range shown.Layers[layer] {
			x, y := s.X, s.Y
			c.raster.MoveTo(at(x, y))
			for _, e := range s.Edges {
				fromX, fromY := at(x, y)
				x, y = x+e.DX, y+e.DY
				toX, toY := at(x, y)
				if e.Radius == 0 {
					c.raster.LineTo(toX, toY)
					continue
				}
				// Where the sides of the quarter meet outside.
				cornerX, cornerY := (fromX+toX+toY-fromY)/2, (fromY+toY-toX+fromX)/2
				c.raster.CubeTo(fromX+bend*(cornerX-fromX), fromY+bend*(cornerY-fromY), toX+bend*(cornerX-toX), toY+bend*(cornerY-toY), toX, toY)
			}
			c.raster.ClosePath()
		}
		c.colour(area, in)
	}
}

// strip begins to draw between two heights.
func (c *canvas) strip(top, bottom int) image.Rectangle {
	area := image.Rect(0, max(top, 0), Width, min(bottom, Height))
	c.raster.Reset(area.Dx(), area.Dy())
	c.raster.DrawOp = draw.Src
	return area
}

// colour colours what was drawn on a strip.
func (c *canvas) colour(area image.Rectangle, in colour) {
	c.raster.Draw(c.mask, area, image.Opaque, image.Point{})
	for y := area.Min.Y; y < area.Max.Y; y++ {
		covered, line := c.mask.Pix[y*c.mask.Stride:][:Width], c.picture.Pix[y*c.picture.Stride:][:Width]
		for x, a := range covered {
			if step := a / (256 / shades); step > 0 {
				line[x] = uint8(in) + step
			}
		}
	}
}

// text draws a line of text that begins at x.
func (c *canvas) text(line typeset.Line, x float64, l look) {
	area := c.strip(int(l.y-1.5*l.size), int(l.y+0.8*l.size))
	for _, r := range line.Runs {
		pen, scale := x+r.X*l.size/typeset.Em, l.size/float64(r.Face.Upem())
		for _, g := range r.Glyphs {
			if outline, ok := r.Face.GlyphDataOutline(g.GlyphID); ok {
				at := origin{pen + typeset.Points(g.XOffset)*l.size/typeset.Em, l.y - typeset.Points(g.YOffset)*l.size/typeset.Em - float64(area.Min.Y), scale}
				c.outline(outline, at)
				if r.Thick {
					at.x += l.size / 40
					c.outline(outline, at)
				}
			}
			pen += typeset.Points(g.Advance) * l.size / typeset.Em
		}
	}
	c.colour(area, l.colour)
}

// origin is where the zero point of a sign is, and how large its units are.
type origin struct{ x, y, scale float64 }

// of is a point of the sign, whose heights grow upwards.
func (o origin) of(p opentype.SegmentPoint) (x, y float32) {
	return float32(o.x + float64(p.X)*o.scale), float32(o.y - float64(p.Y)*o.scale)
}

// outline adds the shape of a sign.
func (c *canvas) outline(shape font.GlyphOutline, at origin) {
	for _, s := range shape.Segments {
		ax, ay := at.of(s.Args[0])
		bx, by := at.of(s.Args[1])
		cx, cy := at.of(s.Args[2])
		switch s.Op {
		case opentype.SegmentOpMoveTo:
			c.raster.ClosePath()
			c.raster.MoveTo(ax, ay)
		case opentype.SegmentOpLineTo:
			c.raster.LineTo(ax, ay)
		case opentype.SegmentOpQuadTo:
			c.raster.QuadTo(ax, ay, bx, by)
		case opentype.SegmentOpCubeTo:
			c.raster.CubeTo(ax, ay, bx, by, cx, cy)
		}
	}
	c.raster.ClosePath()
}

// house is the mark of the site without its spark, in units of its icon.
var house = [][2]float32{{3.1, 20}, {3.1, 8.5}, {12, 2.94}, {20.9, 8.5}, {20.9, 20}, {19.1, 20}, {19.1, 9.5}, {12, 5.06}, {4.9, 9.5}, {4.9, 20}}

// mark draws the mark of the site in a square at x and y.
func (c *canvas) mark(x, y, side float32) {
	unit := side / 24
	area := c.strip(int(y), int(y+side))
	for i, p := range house {
		draw := c.raster.LineTo
		if i == 0 {
			draw = c.raster.MoveTo
		}
		draw(x+p[0]*unit, p[1]*unit)
	}
	c.raster.ClosePath()
	c.colour(area, ink)
	area = c.strip(int(y), int(y+side))
	c.disc(x+12*unit, 13*unit, 3.2*unit)
	c.colour(area, spark)
}

// bend is how long the arms of a curve are that makes a quarter of a circle.
const bend = 0.5523

// disc adds a circle.
func (c *canvas) disc(x, y, radius float32) {
	b := radius * bend
	c.raster.MoveTo(x+radius, y)
	c.raster.CubeTo(x+radius, y+b, x+b, y+radius, x, y+radius)
	c.raster.CubeTo(x-b, y+radius, x-radius, y+b, x-radius, y)
	c.raster.CubeTo(x-radius, y-b, x-b, y-radius, x, y-radius)
	c.raster.CubeTo(x+b, y-radius, x+radius, y-b, x+radius, y)
	c.raster.ClosePath()
}
