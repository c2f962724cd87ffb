package pdf

import (
	"slices"
	"strings"

	"github.com/go-text/typesetting/di"
	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/language"
	"github.com/go-text/typesetting/shaping"
	"golang.org/x/image/math/fixed"
)

// em is the size in which text is shaped: a PDF counts widths in thousandths of it.
const em = 1000

// style is how a block looks.
type style struct {
	size, leading float64 // in points
	strong        bool
	colour        string // as operands of rg
}

// line is a line of text.
type line struct {
	runs  []run   // as they are read
	width float64 // in thousandths of the size
}

// run is a piece of a line in one font and direction.
type run struct {
	shaping.Output
	span    Span
	text    []rune // of the paragraph
	x       float64
	slanted bool
	thick   bool // no bold font has it
}

// shaper makes lines of texts.
type shaper struct {
	*faces
	segmenter shaping.Segmenter
	harfbuzz  shaping.HarfbuzzShaper
	wrapper   shaping.LineWrapper
}

// lines shapes and wraps a text to a width in points. Every line end in it ends a line.
func (s *shaper) lines(text []Span, st style, v Voice, width float64) []line {
	var list []line
	for _, paragraph := range paragraphs(text) {
		list = append(list, s.paragraph(paragraph, st, v, width)...)
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

func (s *shaper) paragraph(spans []Span, st style, v Voice, width float64) []line {
	s.language = v.Language
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
	if v.RightToLeft {
		direction = di.DirectionRTL
	}
	input := shaping.Input{Text: text, RunEnd: len(text), Direction: direction, Size: fixed.I(em), Language: language.NewLanguage(v.Language)}
	var outputs []shaping.Output
	thick := map[*font.Face]bool{} // upright faces that stand in for bold ones
	for _, in := range cutAt(s.segmenter.Split(input, s.faces), ends) {
		if span := spans[spanAt(ends, in.RunStart)]; span.Strong || st.strong {
			if bold := s.strong(in.Face, text[in.RunStart:in.RunEnd]); bold != nil {
				in.Face = bold
			} else {
				thick[in.Face] = true
			}
		}
		outputs = append(outputs, s.harfbuzz.Shape(in))
	}
	wrapped, _ := s.wrapper.WrapParagraphF(shaping.WrapConfig{Direction: direction}, fixed.Int26_6(width/st.size*em*64), text, shaping.NewSliceIterator(outputs))
	var lines []line
	for _, w := range wrapped {
		l := newLine(w)
		for i := range l.runs {
			r := &l.runs[i]
			r.text, r.span = text, spans[spanAt(ends, r.Runes.Offset)]
			r.slanted = r.span.Emphasis
			r.thick = (r.span.Strong || st.strong) && thick[r.Face]
		}
		lines = append(lines, l)
	}
	return lines
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
func newLine(wrapped shaping.Line) line {
	l := line{runs: make([]run, len(wrapped))}
	visual := make([]int, len(wrapped))
	for i, out := range wrapped {
		l.runs[i].Output = out
		visual[out.VisualIndex] = i
	}
	for _, i := range visual {
		l.runs[i].x = l.width
		for _, g := range l.runs[i].Glyphs {
			l.width += points(g.Advance)
		}
	}
	return l
}

// points is a measure of a shaper as a number.
func points(v fixed.Int26_6) float64 { return float64(v) / 64 }
