package link

import (
	"net/url"
	"strconv"

	"exempla/internal/account"
	"exempla/internal/catalogue"
	"exempla/internal/practice"
	"exempla/internal/submission"
)

// Names in the paths of editors' pages.
const (
	StatisticsPage   = "statistics"
	ArchivedPage     = "practices" // of the desk: those that residents no longer see
	NamedCitiesPage  = "cities"    // of the desk: what cities are called
	SeveralPage      = "several"   // of the desk: one step with what is ticked in the list
	AssignPage       = "assign"
	AskPage          = "ask"      // for changes
	ApprovePage      = "approve"  // and publish
	RejectPage       = "reject"   // with a reason
	ReopenPage       = "reopen"   // with a reason
	CorrectPage      = "correct"  // a part
	CriteriaPage     = "criteria" // the ticks
	HistoryPage      = "history"
	DeskCommentsPage = "comments"
	CorrectionsPage  = "corrections" // of public texts
	ArchivePage      = "archive"
	RestorePage      = "restore"
)

// Desk is the list of what waits for editors.
func Desk(tag string) string { return Page(tag, DeskPage) }

// DeskQuery is that list narrowed.
func DeskQuery(tag string, query url.Values) string { return WithQuery(Desk(tag), query.Encode()) }

// Several is where one step is taken with several submissions of that list.
func Several(tag string, query url.Values) string {
	return WithQuery(Desk(tag)+"/"+SeveralPage, query.Encode())
}

// ReviewPage is one of the pages beside it: AssignPage and so on.
func ReviewPage(tag string, id submission.ID, name string) string {
	return Review(tag, id) + "/" + name
}

// Parameters of a review, and the values of its view.
const (
	ViewParameter  = "view"
	WholeView      = "whole"   // the text as it is
	ChangesView    = "changes" // since an earlier revision
	PublicView     = "public"  // against what residents read
	SinceParameter = "since"   // number of a revision
)

// ReviewView is a review in one of its views.
func ReviewView(tag string, id submission.ID, view string) string {
	return WithQuery(Review(tag, id), ViewParameter+"="+view)
}

// DeskComment is where an editor changes a comment; act is "drop", "settle" or
// "open".
func DeskComment(tag string, id submission.ID, comment int64, act string) string {
	return ReviewPage(tag, id, DeskCommentsPage) + "/" + strconv.FormatInt(comment, 10) + "/" + act
}

// Statistics shows how submissions were decided.
func Statistics(tag string) string { return Desk(tag) + "/" + StatisticsPage }

// StatisticsFile is the same as a file.
func StatisticsFile(tag string) string { return Statistics(tag) + ".csv" }

// ArchivedPractices lists the practices that are no longer public.
func ArchivedPractices(tag string) string { return Desk(tag) + "/" + ArchivedPage }

// NamedCities lists the cities of the catalogue for those who name them, narrowed by a
// query.
func NamedCities(tag, query string) string {
	return WithQuery(Desk(tag)+"/"+NamedCitiesPage, query)
}

// CityNames is the form with the names of a city.
func CityNames(tag string, city practice.City) string {
	return NamedCities(tag, "") + "/" + catalogue.CityKey(city)
}

// BeginCorrection is where an editor begins to correct a text of a practice.
func BeginCorrection(tag, slug string) string {
	return ArchivedPractices(tag) + "/" + slug + "/" + CorrectPage
}

// Correction is where an editor corrects a public text.
func Correction(tag string, id submission.ID) string {
	return Desk(tag) + "/" + CorrectionsPage + "/" + strconv.FormatInt(int64(id), 10)
}

// Workplace is where those who work on a submission see it as a whole: officers, and the
// editor of a correction.
func Workplace(tag string, s submission.Submission) string {
	if s.Correction != nil {
		return Correction(tag, s.ID)
	}
	return Submission(tag, s.ID)
}

// WorkplaceOf is where a viewer sees a submission as a whole: where they work on it, or
// on the desk.
func WorkplaceOf(tag string, s submission.Submission, v account.Viewer) string {
	if s.IsOfficer(v) {
		return Workplace(tag, s)
	}
	return Review(tag, s.ID)
}

// Archive is where an editor makes a practice no longer public.
func Archive(tag, slug string) string { return ArchivedPractices(tag) + "/" + slug + "/" + ArchivePage }

// Restore is where an editor makes an archived practice public again.
func Restore(tag, slug string) string { return ArchivedPractices(tag) + "/" + slug + "/" + RestorePage }

// WithView adds to a path the view of a review to return to: the changes since a
// revision if since is above 0, else the view, if any.
func WithView(path, view string, since int) string {
	switch {
	case since > 0:
		return WithQuery(path, SinceParameter+"="+strconv.Itoa(since))
	case view != "":
		return WithQuery(path, ViewParameter+"="+url.QueryEscape(view))
	}
	return path
}
