package server

import (
	"exempla/internal/account"
	"exempla/internal/locale"
	"exempla/internal/store"
	"exempla/internal/submission"
	"exempla/web/component"
	"exempla/web/page"
)

// lately is how far back the second column of statistics reaches, in months.
const lately = 12

// showStatistics says how decisions have gone, ever and lately.
func (s *Server) showStatistics(v *visit) (answer, error) {
	ctx, now := v.r.Context(), s.Now()
	all, err := s.Store.Submissions.Statistics(ctx, now.AddDate(-1000, 0, 0))
	if err != nil {
		return answer{}, err
	}
	recent, err := s.Store.Submissions.Statistics(ctx, now.AddDate(0, -lately, 0))
	if err != nil {
		return answer{}, err
	}
	return answer{view: page.Statistics{Frame: v.frame, Tables: tables(v.l, all, recent)}.View()}, nil
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

// showHistory is everything that has happened to a submission.
func (s *Server) showHistory(v *visit) (answer, error) {
	found, err := s.atDesk(v)
	if err != nil {
		return answer{}, err
	}
	events, err := s.Store.Events.OfSubmission(v.r.Context(), found.ID)
	if err != nil {
		return answer{}, err
	}
	reviews, err := s.Store.Submissions.Reviews(v.r.Context(), found.ID)
	if err != nil {
		return answer{}, err
	}
	var people []account.ID
	for _, e := range events {
		people = append(people, e.Account)
	}
	names, err := s.Store.Accounts.Names(v.r.Context(), distinct(people))
	return answer{view: page.History{Frame: v.frame, Submission: found, Lines: historyLines(events), Reviews: reviews, Names: names}.View()}, err
}

// historyLines are events as pages show them.
func historyLines(events []store.Event) []page.HistoryLine {
	var lines []page.HistoryLine
	for _, e := range events {
		lines = append(lines, page.HistoryLine{At: e.At, By: e.Account, Action: e.Action, To: submission.State(e.To)})
	}
	return lines
}
