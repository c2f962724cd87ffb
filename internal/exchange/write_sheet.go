package exchange

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"strconv"

	"github.com/xuri/excelize/v2"

	"exempla/internal/practice"
)

// MaxSheetRows is how many practices a sheet holds; the first line has the names.
const MaxSheetRows = excelize.TotalRows - 1

// ErrSheetFull is the error for more practices than a sheet holds.
var ErrSheetFull = errors.New("more rows than a sheet holds")

// sheet writes the table for spreadsheets. The library keeps rows in a temporary file
// once they are more than 16 MB.
type sheet struct {
	tableRows
	out   io.Writer
	file  *excelize.File
	rows  *excelize.StreamWriter
	names []string
	count int
	cells []any
}

func newSheet(out io.Writer, languages []practice.Language) (*sheet, error) {
	s := &sheet{tableRows: tableRows{languages: languages}, out: out, file: excelize.NewFile(), names: header(languages)}
	bold, err := s.file.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}})
	if err == nil {
		s.rows, err = s.file.NewStreamWriter("Sheet1")
	}
	if err == nil { // the names stay in sight
		err = s.rows.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"})
	}
	if err != nil {
		return s, errors.Join(fmt.Errorf("begin a sheet: %w", err), s.file.Close())
	}
	for _, name := range s.names {
		s.cells = append(s.cells, excelize.Cell{StyleID: bold, Value: name})
	}
	return s, s.rows.SetRow("A1", s.cells)
}

func (s *sheet) write(p *practice.Practice) error {
	if s.count++; s.count > MaxSheetRows {
		return ErrSheetFull
	}
	cells, err := s.row(p)
	if err != nil {
		return err
	}
	for i, cell := range cells {
		s.cells[i] = sheetValue(s.names[i], cell)
	}
	return s.rows.SetRow("A"+strconv.Itoa(s.count+1), s.cells)
}

// sheetValue is a cell as a number if its column has years or months, else as text,
// which no spreadsheet takes for a formula. An empty cell is left out.
func sheetValue(column, cell string) any {
	if cell == "" {
		return nil
	}
	switch column {
	case "start_year", "start_month", "end_year", "end_month":
		if n, err := strconv.Atoi(cell); err == nil {
			return n
		}
	}
	return cell
}

// close sends the file. It removes the temporary file in any case.
func (s *sheet) close() error {
	// The library would collect the whole file in memory before it sends any of it.
	s.file.SetZipWriter(func(io.Writer) excelize.ZipWriter { return zip.NewWriter(s.out) })
	err := s.rows.Flush()
	if err == nil {
		_, err = s.file.WriteTo(s.out)
	}
	return errors.Join(err, s.file.Close())
}
