package desk

import (
	"strconv"
	"time"

	"exempla/internal/account"
	"exempla/internal/link"
	"exempla/internal/locale"
	"exempla/internal/practice"
	"exempla/internal/submission"
	"exempla/web/component"
	"exempla/web/page/frame"
)

// History is everything that has happened to a submission, the latest last.
type History struct {
	frame.Frame
	submission.Submission
	Lines   []HistoryLine
	Reviews []submission.Review
	Names   component.Names
}

// HistoryLine is one event.
type HistoryLine struct {
	At     time.Time
	By     account.ID
	Action string
	To     submission.State
}

// reason is what was said with a decision.
func (h History) reason(l *locale.Locale, line HistoryLine) string {
	for _, r := range h.Reviews {
		if r.At.Equal(line.At) && r.By == line.By {
			return component.Explanation(l, r)
		}
	}
	return ""
}

// deskMeta is what a page beside the desk says about itself.
func deskMeta(l *locale.Locale, f frame.Frame, title, path string) frame.Meta {
	return frame.Meta{Frame: f, Title: title, Path: path, Unlisted: true, Skip: frame.ToContent, Current: link.DeskPage, Working: true}
}

// Count is a line of a table of statistics: all that ever was, and lately.
type Count struct {
	Label    string
	All, Now string
}

// Table is one table of statistics.
type Table struct {
	Title string
	Lines []Count
}

// Statistics are how decisions have gone.
type Statistics struct {
	frame.Frame
	Tables []Table
}

// Tallied is a number beside a name, twice.
type Tallied struct {
	Label    string
	All, Now int
}

// CountTable is a table of numbers.
func CountTable(l *locale.Locale, title string, lines []Tallied) Table {
	t := Table{Title: title}
	for _, line := range lines {
		t.Lines = append(t.Lines, Count{line.Label, l.Number(line.All), l.Number(line.Now)})
	}
	return t
}

// DaysWords writes a number of days, which may be part of one.
func DaysWords(l *locale.Locale, days float64) string {
	switch {
	case days < 0:
		return l.T("statistics.none")
	case days < 1:
		return l.T("statistics.less")
	}
	return l.N("desk.days", int(days+0.5))
}

// RoundsWords names how often something was submitted; from the last number on
// all are one.
func RoundsWords(l *locale.Locale, rounds string, most int) string {
	n, err := strconv.Atoi(rounds)
	if err != nil || n >= most {
		return l.N("statistics.rounds_or_more", most)
	}
	return l.N("statistics.rounds", n)
}

// Archived lists the practices that residents no longer see.
type Archived struct {
	frame.Frame
	List []ArchivedLine
}

// ArchivedLine is one of them.
type ArchivedLine struct {
	Slug, Title string
	Language    practice.Language
	Reason      string
}
