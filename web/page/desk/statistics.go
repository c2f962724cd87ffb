package desk

import (
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
type Row struct{ Label, All, Recent string }

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
		t.Rows = append(t.Rows, Row{c.Label, l.Number(c.All), l.Number(c.Recent)})
	}
	return t
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
