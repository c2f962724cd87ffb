package exchange

import (
	"archive/zip"
	"bufio"
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode/utf16"

	"github.com/klauspost/compress/flate"

	"exempla/internal/practice"
)

const (
	// MaxSheetRows is how many practices a sheet holds; the first line has the names.
	MaxSheetRows = 1<<20 - 1
	// maxSheetCell is how much text a cell of a sheet holds, in units of UTF-16. Only the
	// longest sections in rare scripts have more.
	maxSheetCell = 1<<15 - 1
)

// ErrSheetFull is the error for more practices than a sheet holds.
var ErrSheetFull = errors.New("more rows than a sheet holds")

// sheet writes the table for spreadsheets, as ECMA-376 has it: parts in a zip file, the
// sheet last, so that each row is sent as it comes. Libraries for such files keep the
// rows until the end, because they can do much that no list needs.
type sheet struct {
	tableRows
	file    *zip.Writer
	out     *bufio.Writer
	letters []string // of the columns
	numbers []bool   // whether a column has numbers
	count   int      // rows, with that of the names
	text    []byte   // of the cell before, to be written over
}

func newSheet(out io.Writer, languages []practice.Language) (*sheet, error) {
	s := &sheet{tableRows: tableRows{languages: languages}, file: zip.NewWriter(out)}
	s.file.RegisterCompressor(zip.Deflate, newDeflater)
	for _, one := range workbook {
		part, err := s.file.Create(one.part)
		if err == nil {
			_, err = io.WriteString(part, declaration+one.content)
		}
		if err != nil {
			return s, err
		}
	}
	part, err := s.file.Create(sheetPart)
	if err != nil {
		return s, err
	}
	s.out = bufio.NewWriterSize(part, 1<<15)
	names := header(languages)
	for i, name := range names {
		s.letters = append(s.letters, columnLetters(i))
		s.numbers = append(s.numbers, slices.Contains(numberColumns, name))
	}
	s.out.WriteString(sheetBegin) // its error comes with the next
	return s, s.line(names, boldStyle)
}

// deflaters are kept, for to make one costs as much as a short sheet.
var deflaters = sync.Pool{New: func() any {
	made, err := flate.NewWriter(nil, flate.BestSpeed)
	if err != nil {
		panic(err) // the level above is a valid one
	}
	return made
}}

// deflater compresses one part.
type deflater struct{ *flate.Writer }

func newDeflater(out io.Writer) (io.WriteCloser, error) {
	d := deflater{deflaters.Get().(*flate.Writer)}
	d.Reset(out)
	return d, nil
}

// Close ends the part.
func (d deflater) Close() error {
	defer deflaters.Put(d.Writer)
	return d.Writer.Close()
}

// columnLetters names a column as spreadsheets do: A to Z, AA and so on.
func columnLetters(i int) string {
	last := string(rune('A' + i%26))
	if i < 26 {
		return last
	}
	return columnLetters(i/26-1) + last
}

func (s *sheet) write(p *practice.Practice) error {
	if s.count > MaxSheetRows {
		return ErrSheetFull
	}
	cells, err := s.row(p)
	if err != nil {
		return err
	}
	return s.line(cells, "")
}

// line writes a row. Empty cells are left out.
func (s *sheet) line(cells []string, style string) error {
	s.count++
	at := strconv.Itoa(s.count)
	s.out.WriteString(`<row r="` + at + `">`) // its error, as those that follow, comes with the last
	for i, cell := range cells {
		if cell != "" {
			s.cell(cell, ` r="`+s.letters[i]+at+`"`+style, s.numbers[i] && style == "")
		}
	}
	_, err := s.out.WriteString(`</row>`)
	return err
}

// cell writes a cell as text, which no spreadsheet takes for a formula, or as a number.
func (s *sheet) cell(cell, attributes string, number bool) {
	begin, end := ` t="inlineStr"><is><t xml:space="preserve">`, `</t></is></c>`
	if number {
		begin, end = `><v>`, `</v></c>`
	}
	s.out.WriteString(`<c`)
	s.out.WriteString(attributes)
	s.out.WriteString(begin)
	s.text = append(s.text[:0], sheetText(cell)...)
	xml.EscapeText(s.out, s.text)
	s.out.WriteString(end)
}

// sheetEscape is what a spreadsheet reads as a character by its number.
var sheetEscape = regexp.MustCompile(`_(x[0-9A-Fa-f]{4}_)`)

// sheetText is a text as a cell holds it.
func sheetText(text string) string {
	if len(text) > maxSheetCell {
		units := 0
		for i, letter := range text {
			if units += max(1, utf16.RuneLen(letter)); units > maxSheetCell {
				text = text[:i]
				break
			}
		}
	}
	if strings.Contains(text, "_x") {
		text = sheetEscape.ReplaceAllString(text, "_x005F_$1")
	}
	return text
}

func (s *sheet) close() error {
	s.out.WriteString(sheetEnd) // its error comes with the next
	return errors.Join(s.out.Flush(), s.file.Close())
}
