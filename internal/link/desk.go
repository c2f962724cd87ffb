package link

import (
	"net/url"
	"strconv"

	"exempla/internal/submission"
)

// Words in the paths of editors' pages.
const (
	StatisticsPage   = "statistics"
	ArchivedPage     = "practices" // of the desk: those that residents no longer see
	AssignPage       = "assign"
	AskPage          = "ask"      // for changes
	ApprovePage      = "approve"  // and publish
	RejectPage       = "reject"   // with a reason
	ReopenPage       = "reopen"   // likewise
	CorrectPage      = "correct"  // a part
	CriteriaPage     = "criteria" // the ticks
	HistoryPage      = "history"
	DeskCommentsPage = "comments"
	ArchivePage      = "archive"
	RestorePage      = "restore"
)

// Desk is the list of what waits for editors.
func Desk(tag string) string { return Page(tag, DeskPage) }

// DeskQuery is that list narrowed.
func DeskQuery(tag string, query url.Values) string { return withQuery(Desk(tag), query.Encode()) }

// ReviewPage is one of the pages beside it: AssignPage and so on.
func ReviewPage(tag string, id submission.ID, name string) string {
	return Review(tag, id) + "/" + name
}

// Parameters of a review, and what the one that chooses its view can be.
const (
	ViewParameter  = "view"
	WholeView      = "whole"   // the text as it is
	ChangesView    = "changes" // since an earlier revision
	PublicView     = "public"  // against what residents read
	SinceParameter = "since"   // number of a revision
)

// ReviewView is a review in one of its views.
func ReviewView(tag string, id submission.ID, view string) string {
	return withQuery(Review(tag, id), ViewParameter+"="+view)
}

// Correct is where an editor corrects a part.
func Correct(tag string, id submission.ID, part submission.Part) string {
	return ReviewPage(tag, id, CorrectPage) + "/" + string(part)
}

// DeskComment is where an editor changes a comment; act is "drop", "settle" or
// "open".
func DeskComment(tag string, id submission.ID, comment int64, act string) string {
	return ReviewPage(tag, id, DeskCommentsPage) + "/" + strconv.FormatInt(comment, 10) + "/" + act
}

// Statistics is how decisions have gone.
func Statistics(tag string) string { return Desk(tag) + "/" + StatisticsPage }

// ArchivedPractices lists the practices that residents no longer see.
func ArchivedPractices(tag string) string { return Desk(tag) + "/" + ArchivedPage }

// Archive is where an editor takes a practice from residents' sight.
func Archive(tag, slug string) string { return ArchivedPractices(tag) + "/" + slug + "/" + ArchivePage }

// Restore is where an editor shows an archived practice again.
func Restore(tag, slug string) string { return ArchivedPractices(tag) + "/" + slug + "/" + RestorePage }

// WithView is an address that leads back to a view of a review.
func WithView(path, view string, since int) string {
	switch {
	case since > 0:
		return withQuery(path, SinceParameter+"="+strconv.Itoa(since))
	case view != "":
		return withQuery(path, ViewParameter+"="+url.QueryEscape(view))
	}
	return path
}
