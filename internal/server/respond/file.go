package respond

import (
	"encoding/csv"
	"io"
	"strings"

	"exempla/internal/exchange"
	"exempla/internal/locale"
	"exempla/internal/practice"
)

// CSVType is the media type of what CSV writes.
const CSVType = "text/csv; charset=utf-8"

// CSV writes rows as spreadsheets read them, no cell as a formula.
type CSV struct{ *csv.Writer }

// NewCSV begins a file. An error of out comes with the rows.
func NewCSV(out io.Writer) CSV {
	_, _ = io.WriteString(out, "\ufeff") // the byte order mark by which Excel recognises UTF-8
	return CSV{csv.NewWriter(out)}
}

// Write writes a row, whose cells it changes. The error is that of what is written to.
func (c CSV) Write(row []string) error {
	for i := range row {
		row[i] = exchange.Guard(row[i])
	}
	return c.Writer.Write(row)
}

// FileName is the name of a file to keep: that of the site in letters that every system
// keeps, and what the file is.
func FileName(l *locale.Locale, what string) string {
	return strings.TrimSuffix(practice.Slugify(l.SiteName())+"-"+what, "-")
}

// SendFile sends a small file to keep. The caller has set how it may be cached.
func (r *Request) SendFile(mediaType, name string, content []byte) (Response, error) {
	header := r.Writer.Header()
	header.Set("Content-Type", mediaType)
	header.Set("Content-Disposition", `attachment; filename="`+name+`"`)
	_, err := r.Writer.Write(content)
	return Response{Written: true}, err
}
