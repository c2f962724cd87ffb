// Package card draws the picture that stands for a page where somebody shares its link:
// a title, what is said above and below it, and the name of the site. It knows neither
// practices nor the words of any language.
package card

import (
	"bytes"
	"image"
	"image/png"

	"exempla/internal/cover"
	"exempla/internal/typeset"
)

// The size of a card in pixels, which is what those who show links ask for.
const (
	Width  = 1200
	Height = 630
)

// MediaType is that of a card.
const MediaType = "image/png"

// Card is what is drawn.
type Card struct {
	RightToLeft bool // which side lines begin at
	Site        Text
	Accent      string // colour of the site, as #rrggbb; empty for the program's
	Logo        Logo
	Language    Text   // of the page
	Kicker      Text   // above the title
	Titles      []Text // the first one for which there are fonts is drawn
	Facts       []Text // below the title, a line each
	Cover       Seed
}

// Logo is a picture of the site in place of the program's mark. The zero value is none.
type Logo struct {
	Mark    string // names the content
	Content []byte `json:"-"` // PNG; a card is found again by the mark
	HasName bool   // whether it shows the name of the site
	Absent  bool   // whether there is one that cannot be drawn, and no mark in its place
}

// Seed is what the cover at the end of a card is made of, see package cover.
type Seed struct{ Topic, Place string }

// Text is a text in a language.
type Text struct {
	Voice typeset.Voice
	Text  string
}

// Lengths of the design, in pixels.
const (
	margin    = 72
	cell      = 102 // of the cover, which is two cells wide and as high as the card
	column    = Width - 2*margin - 2*cell
	headLine  = 92
	kickLine  = 182
	titleTop  = 204
	lastFact  = 562
	factsLead = 48
	foot      = 18

	logoHeight, logoWidth = 56, 360 // at most
	languageRoom          = 200     // for the name of the language on the line of the site
	mostFacts             = 2
)

// steps are the sizes of titles, the largest first. One is taken if the title fits into
// its lines, else the last, and the rest of the title is left out.
var steps = []struct {
	size, leading float64
	lines         int
}{{78, 90, 2}, {62, 73, 3}, {50, 60, 4}}

// Draw draws a card as PNG. Texts for which there is no font are left out, so that no
// sign is drawn as an empty box; if there is none for any title, typeset.Missing stands
// for what cannot be drawn.
func Draw(c Card) []byte {
	d := &drawing{typeset.NewShaper(), newCanvas(c.Accent), c.RightToLeft}
	d.fill(image.Rect(0, Height-foot, Width, Height), accent)
	d.fill(image.Rect(0, Height-foot, 3*margin, Height).Add(image.Pt(d.mirrored(0, 3*margin), 0)), spark)
	d.cover(cover.New(c.Cover.Topic, c.Cover.Place, 2, (Height-foot)/cell), d.mirrored(Width-2*cell, 2*cell))
	d.site(c)
	d.put(c.Language, look{size: 30, colour: muted, y: headLine, atEnd: true})
	d.put(c.Kicker, look{size: 31, colour: accent, strong: true, y: kickLine})
	d.title(c.Titles)
	d.facts(c.Facts)
	var out bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.BestSpeed}
	if err := encoder.Encode(&out, d.picture); err != nil {
		panic(err) // a buffer takes everything, and the picture has a size
	}
	return out.Bytes()
}

// site draws the logo or the mark, and beside it the name of the site.
func (d *drawing) site(c Card) {
	indent := 64
	logo, err := png.Decode(bytes.NewReader(c.Logo.Content))
	switch {
	case c.Logo.Absent:
		indent = 0
	case err != nil: // there is none
		d.mark(float32(d.mirrored(margin-4, 52)), headLine-41, 52)
	default:
		size := logo.Bounds().Size()
		scale := min(logoHeight/float64(size.Y), logoWidth/float64(size.X))
		width, height := max(1, int(float64(size.X)*scale)), max(1, int(float64(size.Y)*scale))
		left := d.mirrored(margin, width)
		d.paint(logo, image.Rect(left, headLine-13-height/2, left+width, headLine-13-height/2+height))
		indent = width + 16
	}
	if err != nil || !c.Logo.HasName {
		d.put(c.Site, look{size: 38, colour: ink, strong: true, indent: float64(indent), y: headLine, room: languageRoom})
	}
}

// drawing is a card on its way.
type drawing struct {
	*typeset.Shaper
	*canvas
	rightToLeft bool
}

// look is how a line is drawn and where.
type look struct {
	size   float64
	colour colour
	strong bool
	indent float64 // from the beginning of lines
	y      float64 // of the base line
	atEnd  bool    // at the end of the line instead of its beginning
	room   float64 // that is left free at the end of the line
}

// put draws a text on one line.
func (d *drawing) put(t Text, l look) {
	if d.Lacks(t.Text) {
		return
	}
	set := typeset.Setting{Voice: t.Voice, Size: l.size, Width: column - l.indent - l.room, Strong: l.strong, Most: 1}
	for _, line := range d.Lines([]typeset.Span{{Text: t.Text}}, set) {
		d.draw(line, l)
	}
}

// draw draws a line.
func (d *drawing) draw(line typeset.Line, l look) {
	width := line.Width * l.size / typeset.Em
	x := margin + l.indent
	if l.atEnd {
		x = margin + column - l.indent - width
	}
	if d.rightToLeft {
		x = Width - x - width
	}
	d.text(line, x, l)
}

// title draws the first title that can be drawn.
func (d *drawing) title(list []Text) {
	title := list[len(list)-1]
	for _, other := range list {
		if !d.Lacks(other.Text) {
			title = other
			break
		}
	}
	for i, step := range steps {
		set := typeset.Setting{Voice: title.Voice, Size: step.size, Width: column, Strong: true}
		if i == len(steps)-1 {
			set.Most = step.lines
		}
		lines := d.Lines([]typeset.Span{{Text: title.Text}}, set)
		if len(lines) > step.lines && set.Most == 0 {
			continue
		}
		for n, line := range lines {
			d.draw(line, look{size: step.size, colour: ink, y: titleTop + step.size*0.92 + step.leading*float64(n)})
		}
		return
	}
}

// facts draws lines that end where the last one stands.
func (d *drawing) facts(list []Text) {
	list = list[:min(len(list), mostFacts)]
	for i, fact := range list {
		d.put(fact, look{size: 33, colour: muted, y: lastFact - factsLead*float64(len(list)-1-i)})
	}
}

// mirrored is where something that wide stands whose distance from the side at which
// lines begin is x.
func (d *drawing) mirrored(x, width int) int {
	if d.rightToLeft {
		return Width - x - width
	}
	return x
}
