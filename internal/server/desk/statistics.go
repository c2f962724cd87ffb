package desk

import (
	"exempla/internal/locale"
	"exempla/internal/server/respond"
	"exempla/internal/store"
	"exempla/internal/submission"
	"exempla/web/component"
	page "exempla/web/page/desk"
)

// lately is how far back the second column of statistics reaches, in months.
const lately = 12

// ShowStatistics says how decisions have gone, ever and lately.
func (h *Handlers) ShowStatistics(r *respond.Request) (respond.Response, error) {
	ctx, now := r.Context(), h.Now()
	all, err := h.Submissions.Statistics(ctx, now.AddDate(-1000, 0, 0))
	if err != nil {
		return respond.Response{}, err
	}
	recent, err := h.Submissions.Statistics(ctx, now.AddDate(0, -lately, 0))
	if err != nil {
		return respond.Response{}, err
	}
	return respond.Response{Page: page.Statistics{Frame: r.Frame, Tables: tables(r.Locale, all, recent)}.View()}, nil
}

func tables(l *locale.Locale, all, recent store.Statistics) []page.Table {
	state := func(name string) string { return component.State(l, submission.State(name)) }
	decision := func(name string) string { return l.T("decision." + name) }
	cause := func(name string) string { return l.T("cause." + name) }
	rounds := func(name string) string { return page.RoundsWords(l, name, store.MostRounds) }
	return []page.Table{
		waits(l, all, recent),
		page.CountTable(l, l.T("statistics.decisions"), beside(all.Decisions, recent.Decisions, decision)),
		page.CountTable(l, l.T("statistics.reasons"), beside(all.Causes, recent.Causes, cause)),
		page.CountTable(l, l.T("statistics.until_approved"), beside(all.Rounds, recent.Rounds, rounds)),
		page.CountTable(l, l.T("statistics.states"), beside(all.States, recent.States, state)),
	}
}

// waits is how long decisions took.
func waits(l *locale.Locale, all, recent store.Statistics) page.Table {
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
		t.Lines = append(t.Lines, page.Count{Label: label, All: page.DaysWords(l, wait.Median), Now: page.DaysWords(l, days)})
	}
	return t
}

// beside puts two counts of the same names into lines.
func beside(all, recent []store.Tally, label func(string) string) []page.Tallied {
	var lines []page.Tallied
	for _, tally := range all {
		line := page.Tallied{Label: label(tally.Name), All: tally.Count}
		for _, same := range recent {
			if same.Name == tally.Name {
				line.Now = same.Count
			}
		}
		lines = append(lines, line)
	}
	return lines
}
