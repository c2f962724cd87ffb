package submit

import (
	"net/http"
	"slices"

	"exempla/internal/link"
	"exempla/internal/server/respond"
	"exempla/internal/submission"
	page "exempla/web/page/submit"
)

// commented is the page on which a comment stands: that of its part, or the
// task list.
func (h *Handlers) commented(r *respond.Request, found submission.Submission, number int64) string {
	// What was done is done: where it stands is worth no failure.
	comments, _ := h.Submissions.Comments(r.Context(), found.ID)
	part := partOf(comments, number)
	if part == "" {
		return link.Submission(r.Tag(), found.ID)
	}
	return link.Part(r.Tag(), found.ID, part)
}

// partOf is the part to which a comment is pinned; empty for the whole, and
// when there is no such comment.
func partOf(comments []submission.Comment, number int64) submission.Part {
	at := slices.IndexFunc(comments, func(c submission.Comment) bool { return c.ID == number })
	if at < 0 {
		return ""
	}
	return comments[at].Part
}

// unanswered is the page of a comment with an answer that cannot be kept.
func (h *Handlers) unanswered(r *respond.Request, found submission.Submission, typed page.ReplyForm) (respond.Response, error) {
	w, err := h.workOn(r, found)
	if err != nil {
		return respond.Response{}, err
	}
	typed.Problem = r.Locale.T("comment.no_text", "Limit", submission.MaxComment)
	w.Typed = typed
	part := partOf(w.Comments, typed.Comment)
	if part == "" {
		return respond.Response{Page: page.NewTasks(r.Locale, w).View(), Status: http.StatusUnprocessableEntity}, nil
	}
	f, err := h.filling(r, w, part)
	return respond.Response{Page: page.NewPart(r.Locale, f).View(), Status: http.StatusUnprocessableEntity}, err
}
