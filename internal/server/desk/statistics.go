package desk

import (
	"bytes"
	"time"

	"exempla/internal/locale"
	"exempla/internal/server/respond"
	"exempla/internal/store"
	"exempla/internal/submission"
	"exempla/web/component"
	page "exempla/web/page/desk"
)

// recentMonths is how far back the recent column of statistics reaches.
const recentMonths = 12

// ShowStatistics shows how decisions have gone, in all time and recently.
func (h *Handlers) ShowStatistics(r *respond.Request) (respond.Response, error) {
	list, err := h.statistics(r)
	if err != nil {
		return respond.Response{}, err
	}
	return respond.Show(page.NewStatistics(r.Locale, r.Frame, page.StatisticsInput{Tables: list}).View()), nil
}

// ExportStatistics sends the same numbers as a CSV file; a time is in days.
func (h *Handlers) ExportStatistics(r *respond.Request) (respond.Response, error) {
	list, err := h.statistics(r)
	if err != nil {
		return respond.Response{}, err
	}
	var content bytes.Buffer
	rows := respond.NewCSV(&content)
	for _, row := range page.StatisticsRows(r.Locale, list) {
		rows.Write(row) // a buffer takes everything
	}
	rows.Flush()
	r.Writer.Header().Set("Cache-Control", "private, no-store")
	return r.SendFile(respond.CSVType, respond.FileName(r.Locale, "statistics-"+h.Now().UTC().Format(time.DateOnly)+".csv"), content.Bytes())
}

// statistics counts everything, in all time and recently.
func (h *Handlers) statistics(r *respond.Request) ([]page.Table, error) {
	ctx, now := r.Context(), h.Now()
	all, err := h.Submissions.Statistics(ctx, now.AddDate(-1000, 0, 0))
	if err != nil {
		return nil, err
	}
	recent, err := h.Submissions.Statistics(ctx, now.AddDate(0, -recentMonths, 0))
	if err != nil {
		return nil, err
	}
	return tables(r.Locale, all, recent), nil
}

func tables(l *locale.Locale, all, recent store.Statistics) []page.Table {
	state := func(name string) string { return component.State(l, submission.State(name)) }
	decision := func(name string) string { return l.T("decision." + name) }
	cause := func(name string) string { return l.T("cause." + name) }
	rounds := func(name string) string { return page.RoundsLabel(l, name, store.MostRounds) }
	return []page.Table{
		waitTable(l, all, recent),
		page.CountTable(l, l.T("statistics.decisions"), counts(all.Decisions, recent.Decisions, decision)),
		page.CountTable(l, l.T("statistics.reasons"), counts(all.Causes, recent.Causes, cause)),
		page.CountTable(l, l.T("statistics.until_approved"), counts(all.Rounds, recent.Rounds, rounds)),
		page.CountTable(l, l.T("statistics.states"), counts(all.States, recent.States, state)),
	}
}

// waitTable says how long decisions took.
func waitTable(l *locale.Locale, all, recent store.Statistics) page.Table {
	t := page.Table{Title: l.T("statistics.waits")}
	for _, wait := range all.Waits {
		label := l.T("statistics.any_decision")
		if wait.Decision != "" {
			label = l.T("decision." + string(wait.Decision))
		}
		days := -1.0
		for _, same := range recent.Waits {
			if same.Decision == wait.Decision {
				days = same.Median
			}
		}
		t.Rows = append(t.Rows, page.Row{Label: label, All: page.DaysLabel(l, wait.Median), Recent: page.DaysLabel(l, days),
			AllValue: wait.Median, RecentValue: days})
	}
	return t
}

// counts puts two tallies of the same names next to each other.
func counts(all, recent []store.Tally, label func(string) string) []page.Count {
	var list []page.Count
	for _, tally := range all {
		count := page.Count{Label: label(tally.Name), All: tally.Count}
		for _, same := range recent {
			if same.Name == tally.Name {
				count.Recent = same.Count
			}
		}
		list = append(list, count)
	}
	return list
}
