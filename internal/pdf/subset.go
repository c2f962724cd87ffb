package pdf

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math"
	"strings"
	"unicode"

	"github.com/go-text/typesetting/font"
)

// glyph is a sign of a font and the text that it stands for: where one sign is shared by
// two characters there are two glyphs, so that what is copied is what was written.
type glyph struct {
	id   font.GID
	text string
}

// blank is a sign without a shape and without a width.
const blank = font.GID(math.MaxUint32)

// subset has those glyphs of a font that a document uses, by numbers of its own.
type subset struct {
	face    *font.Face
	index   int // among the fonts of the document
	numbers map[glyph]int
	glyphs  []glyph // the first stands for none
}

func newSubset(face *font.Face, index int) *subset {
	return &subset{face: face, index: index, numbers: map[glyph]int{}, glyphs: []glyph{{}}}
}

// number is that of a glyph, which is added if need be.
func (s *subset) number(g glyph) int {
	n, ok := s.numbers[g]
	if !ok {
		n = len(s.glyphs)
		s.numbers[g] = n
		s.glyphs = append(s.glyphs, g)
	}
	return n
}

// scale is how many thousandths of the size a unit of the font is.
func (s *subset) scale() float64 { return em / float64(s.face.Upem()) }

// advance is the width of a sign in units of the font.
func (s *subset) advance(id font.GID) float64 {
	if id == blank {
		return 0
	}
	return math.Round(float64(s.face.HorizontalAdvance(id)))
}

// width is that of a sign in whole thousandths, as it is written in the file.
func (s *subset) width(id font.GID) float64 { return math.Round(s.advance(id) * s.scale()) }

// write writes the font and returns its number.
func (s *subset) write(w *writer) int {
	program, box := s.program()
	file := w.stream(fmt.Sprintf("/Length1 %d", len(program)), program)
	name := fmt.Sprintf("EXEM%c%c+%s", 'A'+s.index/26, 'A'+s.index%26, strings.Map(plain, s.face.Describe().Family))
	extents, _ := s.face.FontHExtents()
	scaled := func(v float64) int { return int(math.Round(v * s.scale())) }
	descriptor := w.add(fmt.Sprintf("<</Type/FontDescriptor/FontName/%s/Flags 4/FontBBox[%d %d %d %d]/ItalicAngle 0/Ascent %d/Descent %d/CapHeight %d/StemV 80/FontFile2 %s>>",
		name, scaled(float64(box.left)), scaled(float64(box.bottom)), scaled(float64(box.right)), scaled(float64(box.top)),
		scaled(float64(extents.Ascender)), scaled(float64(extents.Descender)), scaled(float64(s.face.LineMetric(font.CapHeight))), ref(file)))
	var widths strings.Builder
	for _, g := range s.glyphs {
		fmt.Fprintf(&widths, "%d ", int(s.width(g.id)))
	}
	cid := w.add(fmt.Sprintf("<</Type/Font/Subtype/CIDFontType2/BaseFont/%s/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor %s/CIDToGIDMap/Identity/W[0[%s]]>>",
		name, ref(descriptor), strings.TrimSpace(widths.String())))
	return w.add(fmt.Sprintf("<</Type/Font/Subtype/Type0/BaseFont/%s/Encoding/Identity-H/DescendantFonts[%s]/ToUnicode %s>>",
		name, ref(cid), ref(w.stream("", s.toUnicode()))))
}

// plain leaves letters and digits in a name.
func plain(r rune) rune {
	if r > unicode.MaxASCII || !unicode.IsLetter(r) && !unicode.IsDigit(r) {
		return -1
	}
	return r
}

// maxEntries is how many entries a block of a CMap may have.
const maxEntries = 100

// toUnicode says which text each glyph stands for.
func (s *subset) toUnicode() []byte {
	var b bytes.Buffer
	b.WriteString("/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def\n" +
		"/CMapName/Adobe-Identity-UCS def\n/CMapType 2 def\n1 begincodespacerange\n<0000><FFFF>\nendcodespacerange\n")
	for first := 1; first < len(s.glyphs); first += maxEntries {
		some := s.glyphs[first:min(first+maxEntries, len(s.glyphs))]
		fmt.Fprintf(&b, "%d beginbfchar\n", len(some))
		for i, g := range some {
			fmt.Fprintf(&b, "<%04X><%s>\n", first+i, utf16Hex(g.text))
		}
		b.WriteString("endbfchar\n")
	}
	b.WriteString("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n")
	return b.Bytes()
}

// bounds is a box in units of a font.
type bounds struct{ left, bottom, right, top int16 }

// program is the font in the format of TrueType, with what a PDF needs of it.
func (s *subset) program() ([]byte, bounds) {
	var glyf, loca, hmtx []byte
	var box bounds
	var most, contours int
	for _, g := range s.glyphs {
		loca = binary.BigEndian.AppendUint32(loca, uint32(len(glyf)))
		outline := contoursOf(s.face, g.id)
		data, own := outline.glyf()
		glyf = append(glyf, data...)
		hmtx = binary.BigEndian.AppendUint16(hmtx, uint16(s.advance(g.id)))
		hmtx = binary.BigEndian.AppendUint16(hmtx, uint16(own.left))
		box = bounds{min(box.left, own.left), min(box.bottom, own.bottom), max(box.right, own.right), max(box.top, own.top)}
		most, contours = max(most, outline.points()), max(contours, len(outline))
	}
	loca = binary.BigEndian.AppendUint32(loca, uint32(len(glyf)))
	extents, _ := s.face.FontHExtents()
	n := uint16(len(s.glyphs))
	upem := s.face.Upem()
	head := table{uint32(0x00010000), uint32(0), uint32(0), uint32(0x5F0F3CF5), uint16(0), upem, uint64(0), uint64(0),
		box, uint16(0), uint16(8), int16(2), int16(1), int16(0)}
	hhea := table{uint32(0x00010000), int16(extents.Ascender), int16(extents.Descender), int16(0), upem, [11]int16{}, n}
	maxp := table{uint32(0x00010000), n, uint16(most), uint16(contours), [2]uint16{}, uint16(2), [8]uint16{}}
	return sfnt([]namedTable{{"glyf", glyf}, {"head", head.bytes()}, {"hhea", hhea.bytes()}, {"hmtx", hmtx}, {"loca", loca}, {"maxp", maxp.bytes()}}), box
}

// table is the fields of a table of a font, in order.
type table []any

func (t table) bytes() []byte {
	var b bytes.Buffer
	for _, field := range t {
		// A buffer takes everything, and these have fixed sizes.
		_ = binary.Write(&b, binary.BigEndian, field)
	}
	return b.Bytes()
}

type namedTable struct {
	name    string
	content []byte
}

// sfnt puts tables, sorted by name, together to a font.
func sfnt(tables []namedTable) []byte {
	const entry = 16
	n := uint16(len(tables))
	directory := table{uint32(0x00010000), n, uint16(64), uint16(2), n*entry - 64}.bytes()
	var body []byte
	start := len(directory) + entry*len(tables)
	for _, t := range tables {
		directory = append(directory, t.name...)
		length := len(t.content)
		padded := append(t.content, make([]byte, -length&3)...)
		directory = append(directory, table{checksum(padded), uint32(start + len(body)), uint32(length)}.bytes()...)
		body = append(body, padded...)
	}
	return append(directory, body...)
}

func checksum(padded []byte) uint32 {
	var sum uint32
	for i := 0; i < len(padded); i += 4 {
		sum += binary.BigEndian.Uint32(padded[i:])
	}
	return sum
}
