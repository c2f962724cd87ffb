package typeset

import (
	"slices"
	"strings"

	"github.com/go-text/typesetting/di"
	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/language"
	"github.com/go-text/typesetting/shaping"
	"golang.org/x/image/math/fixed"
)

// Em is the size in which text is shaped: widths are in thousandths of the size in which
// it is shown.
const Em = 1000

// Voice is a language and the direction in which it is written.
type Voice struct {
	Language    string // as BCP 47 has it
	RightToLeft bool
}

// Span is a piece of text that looks the same throughout. Line ends in it are kept.
type Span struct {
	Text             string
	Strong, Emphasis bool
	Link             string // address; empty for none
}

// Setting says how a text is set.
type Setting struct {
	Voice
	Size, Width float64 // of the letters and of the lines, in the same measure
	Strong      bool    // throughout
	Most        int     // lines of a paragraph, the last with an ellipsis for what is left out; 0 for any number
}

// Line is a line of text.
type Line struct {
	Runs  []Run   // as they are read
	Width float64 // in thousandths of the size
}

// Run is a piece of a line in one font and direction.
type Run struct {
	shaping.Output
	Span    Span
	Text    []rune  // of the paragraph
	X       float64 // where it begins, in thousandths of the size
	Slanted bool
	Thick   bool // strong, and no bold font has it
}

// Shaper makes lines of texts. It is for one document, and not safe for concurrent use.
type Shaper struct {
	*faces
	segmenter shaping.Segmenter
	harfbuzz  shaping.HarfbuzzShaper
	wrapper   shaping.LineWrapper
}

// NewShaper returns one for a document.
func NewShaper() *Shaper { return &Shaper{faces: newFaces()} }

// Lines shapes and wraps a text. Every line end in it ends a line.
func (s *Shaper) Lines(text []Span, in Setting) []Line {
	var list []Line
	for _, paragraph := range paragraphs(text) {
		list = append(list, s.paragraph(paragraph, in)...)
	}
	return list
}

// paragraphs cuts a text at its line ends.
func paragraphs(text []Span) [][]Span {
	list := [][]Span{nil}
	for _, span := range text {
		for i, part := range strings.Split(span.Text, "\n") {
			if i > 0 {
				list = append(list, nil)
			}
			if span.Text = part; part != "" {
				list[len(list)-1] = append(list[len(list)-1], span)
			}
		}
	}
	return slices.DeleteFunc(list, func(p []Span) bool { return len(p) == 0 })
}

func (s *Shaper) paragraph(spans []Span, set Setting) []Line {
	s.language = set.Language
	var text []rune
	var ends []int // of the spans
	for _, span := range spans {
		text = append(text, []rune(s.mend(span.Text))...)
		ends = append(ends, len(text))
	}
	if len(text) == 0 {
		return nil
	}
	direction := di.DirectionLTR
	if set.RightToLeft {
		direction = di.DirectionRTL
	}
	input := shaping.Input{Text: text, RunEnd: len(text), Direction: direction, Size: fixed.I(Em), Language: language.NewLanguage(set.Language)}
	var outputs []shaping.Output
	thick := map[*font.Face]bool{} // upright faces that stand in for bold ones
	for _, in := range cutAt(s.segmenter.Split(input, s.faces), ends) {
		if span := spans[spanAt(ends, in.RunStart)]; span.Strong || set.Strong {
			if bold := s.strong(in.Face, text[in.RunStart:in.RunEnd]); bold != nil {
				in.Face = bold
			} else {
				thick[in.Face] = true
			}
		}
		outputs = append(outputs, s.harfbuzz.Shape(in))
	}
	wrap := shaping.WrapConfig{Direction: direction, TruncateAfterLines: set.Most}
	if set.Most > 0 {
		wrap.Truncator = s.ellipsis(outputs[len(outputs)-1].Face, input)
	}
	wrapped, _ := s.wrapper.WrapParagraphF(wrap, fixed.Int26_6(set.Width/set.Size*Em*64), text, shaping.NewSliceIterator(outputs))
	var lines []Line
	for _, w := range wrapped {
		l := newLine(w)
		for i := range l.Runs {
			r := &l.Runs[i]
			r.Text, r.Span = text, spans[spanAt(ends, r.Runes.Offset)]
			r.Slanted = r.Span.Emphasis
			r.Thick = (r.Span.Strong || set.Strong) && thick[r.Face]
		}
		lines = append(lines, l)
	}
	return lines
}

// ellipsis is the sign for what is left out of a text that ends in a face; input is like
// that of the text.
func (s *Shaper) ellipsis(face *font.Face, input shaping.Input) shaping.Output {
	input.Text, input.RunEnd, input.Face = []rune("…"), 1, face
	if _, ok := face.NominalGlyph('…'); !ok {
		input.Face = s.find('…')
	}
	return s.harfbuzz.Shape(input)
}

// cutAt cuts inputs where spans end.
func cutAt(inputs []shaping.Input, ends []int) []shaping.Input {
	var list []shaping.Input
	for _, in := range inputs {
		for _, end := range ends {
			if in.RunStart < end && end < in.RunEnd {
				first := in
				first.RunEnd = end
				list = append(list, first)
				in.RunStart = end
			}
		}
		list = append(list, in)
	}
	return list
}

// spanAt is the span in which a character stands.
func spanAt(ends []int, at int) int {
	i, _ := slices.BinarySearch(ends, at+1)
	return i
}

// newLine places the runs of a line from the left, and leaves them in the order in
// which they are read.
func newLine(wrapped shaping.Line) Line {
	l := Line{Runs: make([]Run, len(wrapped))}
	visual := make([]int, len(wrapped))
	for i, out := range wrapped {
		l.Runs[i].Output = out
		visual[out.VisualIndex] = i
	}
	for _, i := range visual {
		l.Runs[i].X = l.Width
		for _, g := range l.Runs[i].Glyphs {
			l.Width += Points(g.Advance)
		}
	}
	return l
}

// Points is a measure of a shaper as a number.
func Points(v fixed.Int26_6) float64 { return float64(v) / 64 }
