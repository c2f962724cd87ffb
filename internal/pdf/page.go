package pdf

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"github.com/go-text/typesetting/di"
	"github.com/go-text/typesetting/font"

	"exempla/internal/typeset"
)

// page is a page on its way.
type page struct {
	index       int
	content     bytes.Buffer
	marked      []*element // by number of the marked content
	annotations []annotation
}

// area is a rectangle of a page: left, bottom, right, top.
type area [4]float64

// annotation is a link on a page.
type annotation struct {
	area     area
	link     *element
	to       string // name of a title; empty for an address
	address  string
	contents string // what screen readers say of it
}

// spot is where a line is drawn: its base line in a column.
type spot struct {
	column
	y float64
}

// mark draws something as part of an element.
func (p *page) mark(e *element, drawing string) {
	if e == nil {
		p.artefact(drawing)
		return
	}
	fmt.Fprintf(&p.content, "/%s<</MCID %d>>BDC\n%sEMC\n", e.kind, len(p.marked), drawing)
	e.kids = append(e.kids, kid{page: p, mark: len(p.marked)})
	p.marked = append(p.marked, e)
}

// artefact draws what has no meaning.
func (p *page) artefact(drawing string) {
	p.content.WriteString("/Artifact BMC\n" + drawing + "EMC\n")
}

// rule draws a thin line across a column.
func (p *page) rule(in column, y float64) {
	p.artefact(hair + " RG 0.5 w " + numbers(in.x, y) + " m " + numbers(in.x+in.width, y) + " l S\n")
}

// annotate makes an area of the page a link.
func (p *page) annotate(link *element, where area, a annotation) {
	a.area, a.link = where, link
	link.kids = append(link.kids, kid{page: p, mark: -1, annotation: len(p.annotations)})
	p.annotations = append(p.annotations, a)
}

// draw draws a line at the beginning of a column: what belongs together in one mark, in
// the order in which it is read, wherever it stands. Without an element it has no
// meaning.
func (l *layout) draw(line typeset.Line, st style, at spot, e *element) {
	x := at.x
	if at.voice.RightToLeft {
		x += at.width - line.Width*st.size/em
	}
	var b strings.Builder
	for i := 0; i < len(line.Runs); i++ {
		r := line.Runs[i]
		b.WriteString(l.run(r, st, x, at.y))
		if i+1 < len(line.Runs) && line.Runs[i+1].Span.Link == r.Span.Link {
			continue
		}
		if r.Span.Link == "" || e == nil {
			l.page.mark(e, b.String())
		} else {
			l.link(line, i, b.String(), linked{e, st, x, at.y})
		}
		b.Reset()
	}
}

// linked is where a part of a line that is a link stands.
type linked struct {
	in   *element
	st   style
	x, y float64 // of the line
}

// link marks the runs up to the last one, which have the same address, as a link.
func (l *layout) link(line typeset.Line, last int, drawing string, at linked) {
	address := line.Runs[last].Span.Link
	left, right := line.Width, 0.0
	for i := last; i >= 0 && line.Runs[i].Span.Link == address; i-- {
		r := line.Runs[i]
		left, right = min(left, r.X), max(right, r.X+typeset.Points(r.Advance))
	}
	from, to := at.x+left*at.st.size/em, at.x+right*at.st.size/em
	e := l.child(at.in, "Link", Voice{})
	l.page.mark(e, drawing)
	l.page.annotate(e, area{from, at.y - 3, to, at.y + at.st.size}, annotation{address: address, contents: address})
	l.page.artefact(blue + " RG 0.4 w " + numbers(from, at.y-1.6) + " m " + numbers(to, at.y-1.6) + " l S\n")
}

// run draws a run of a line that begins at x.
func (l *layout) run(r typeset.Run, st style, x, y float64) string {
	var b strings.Builder
	s := l.subset(r.Face)
	colour := st.colour
	if r.Span.Link != "" {
		colour = blue
	}
	slant := 0.0
	if r.Slanted {
		slant = 0.2
	}
	b.WriteString("BT " + colour + " rg ")
	if r.Thick {
		b.WriteString(colour + " RG 2 Tr " + number(st.size*0.035) + " w ")
	} else {
		b.WriteString("0 Tr ")
	}
	fmt.Fprintf(&b, "/F%d %s Tf %s Tm ", s.index, number(st.size), numbers(1, 0, slant, 1, x+r.X*st.size/em, y))
	b.WriteString(glyphs(r, s, st.size) + "ET\n")
	return b.String()
}

// glyphs shows the glyphs of a run. The pen moves on by the widths in the font; where
// the shaper says otherwise it is moved.
func glyphs(r typeset.Run, s *subset, size float64) string {
	var b strings.Builder
	pen, want, rise := 0.0, 0.0, 0.0
	open := false
	end := func() {
		if open {
			b.WriteString(">]TJ ")
			open = false
		}
	}
	for i, g := range r.Glyphs {
		part, seen := cluster(r, i)
		if !seen {
			want += typeset.Points(g.Advance)
			continue
		}
		if up := typeset.Points(g.YOffset); up != rise {
			end()
			b.WriteString(number(up*size/em) + " Ts ")
			rise = up
		}
		if !open {
			b.WriteString("[<")
			open = true
		}
		if move := pen - want - typeset.Points(g.XOffset); move > 0.5 || move < -0.5 {
			b.WriteString(">" + number(move) + "<")
			pen -= move
		}
		if toLeft(r) {
			part = parted(&b, s, part)
		}
		fmt.Fprintf(&b, "%04X", s.number(glyph{g.GlyphID, part}))
		pen += s.width(g.GlyphID)
		want += typeset.Points(g.Advance)
	}
	end()
	if rise != 0 {
		b.WriteString("0 Ts ")
	}
	return b.String()
}

// parted shows all of a text but its first character by blanks, the last at the left, and
// returns that first one. Readers who turn a text around that is written to the left do
// so character by character, and would turn the text of a ligature as well.
func parted(to *strings.Builder, s *subset, text string) string {
	characters := []rune(text)
	for len(characters) > 1 {
		last := len(characters) - 1
		fmt.Fprintf(to, "%04X", s.number(glyph{blank, string(characters[last])}))
		characters = characters[:last]
	}
	return string(characters)
}

// cluster is the text that a glyph stands for, and whether there is anything to see of
// it. Where several glyphs stand for one text, each that is as wide as something has a
// character of it, and the last what is left.
func cluster(r typeset.Run, at int) (part string, seen bool) {
	here := r.Glyphs[at].TextIndex()
	text := r.Text[here : here+r.Glyphs[at].RunesCount()]
	first := at
	for first > 0 && r.Glyphs[first-1].TextIndex() == here {
		first--
	}
	var wide []int
	for i := first; i < len(r.Glyphs) && r.Glyphs[i].TextIndex() == here; i++ {
		if r.Glyphs[i].Advance > 0 {
			wide = append(wide, i)
		}
	}
	if len(wide) == 0 {
		wide = []int{first}
	}
	if toLeft(r) {
		slices.Reverse(wide)
	}
	seen = slices.ContainsFunc(text, func(c rune) bool { return !typeset.Invisible(c) })
	switch i := slices.Index(wide, at); {
	case i < 0 || i >= len(text):
		return "", seen
	case i == len(wide)-1:
		return string(text[i:]), seen
	default:
		return string(text[i]), seen
	}
}

func toLeft(r typeset.Run) bool { return r.Direction.Progression() == di.TowardTopLeft }

// subset is the part of a font that the document uses.
func (l *layout) subset(face *font.Face) *subset {
	for _, s := range l.subsets {
		if s.face == face {
			return s
		}
	}
	s := newSubset(face, len(l.subsets))
	l.subsets = append(l.subsets, s)
	return s
}

// numbers writes measures with spaces between them.
func numbers(list ...float64) string {
	var b strings.Builder
	for i, v := range list {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(number(v))
	}
	return b.String()
}
