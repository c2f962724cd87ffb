package desk

import (
	"math"
	"strconv"

	"exempla/internal/link"
	"exempla/internal/locale"
	"exempla/web/page/frame"
)

// StatisticsInput is what is counted about decisions.
type StatisticsInput struct{ Tables []Table }

// Table is one table of statistics.
type Table struct {
	Title string
	Rows  []Row
}

// Row is a row of a table: the value of all time, and the recent one.
type Row struct {
	Label, All, Recent    string
	AllValue, RecentValue float64 // the same as numbers; negative for none
}

// Count is a row of numbers.
type Count struct {
	Label       string
	All, Recent int
}

// Statistics is the page about decisions and how long they took.
type Statistics struct {
	StatisticsInput
	Meta frame.Meta
}

// NewStatistics makes the page.
func NewStatistics(l *locale.Locale, f frame.Frame, in StatisticsInput) Statistics {
	return Statistics{StatisticsInput: in, Meta: deskMeta(f, l.T("statistics.title"), link.Statistics(l.Tag()))}
}

// CountTable is a table of numbers, written as the reader writes them.
func CountTable(l *locale.Locale, title string, counts []Count) Table {
	t := Table{Title: title}
	for _, c := range counts {
		t.Rows = append(t.Rows, Row{c.Label, l.Number(c.All), l.Number(c.Recent), float64(c.All), float64(c.Recent)})
	}
	return t
}

// barLength is the length of the longest bar; a bar is as much of it as its value is of
// the largest in its table.
const barLength = 100

// bar is the length of the bar of a value, in whole units; one at least for any value
// above nothing, so that it can be seen.
func (t Table) bar(value float64) string {
	largest := 0.0
	for _, row := range t.Rows {
		largest = max(largest, row.AllValue, row.RecentValue)
	}
	if value <= 0 {
		return "0"
	}
	return strconv.Itoa(max(1, int(value/largest*barLength+0.5)))
}

// StatisticsRows are the tables as rows of a file, the first with the names of the
// columns. Numbers are written as programs read them.
func StatisticsRows(l *locale.Locale, tables []Table) [][]string {
	number := func(value float64) string {
		if value < 0 {
			return ""
		}
		return strconv.FormatFloat(math.Round(value*10)/10, 'f', -1, 64)
	}
	rows := [][]string{{l.T("statistics.title"), l.T("statistics.what"), l.T("statistics.now"), l.T("statistics.all")}}
	for _, t := range tables {
		for _, row := range t.Rows {
			rows = append(rows, []string{t.Title, row.Label, number(row.RecentValue), number(row.AllValue)})
		}
	}
	return rows
}

// DaysLabel writes a number of days, which may be a fraction; a negative one
// means that there is nothing to tell.
func DaysLabel(l *locale.Locale, days float64) string {
	switch {
	case days < 0:
		return l.T("statistics.none")
	case days < 1:
		return l.T("statistics.less")
	}
	return l.N("desk.days", int(days+0.5))
}

// RoundsLabel writes how often something was submitted, in digits. From the
// number most on, all are counted as one.
func RoundsLabel(l *locale.Locale, rounds string, most int) string {
	n, err := strconv.Atoi(rounds)
	if err != nil || n >= most {
		return l.N("statistics.rounds_or_more", most)
	}
	return l.N("statistics.rounds", n)
}
