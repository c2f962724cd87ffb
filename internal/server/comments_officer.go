package server

import (
	"net/http"
	"slices"
	"time"

	"exempla/internal/link"
	"exempla/internal/store"
	"exempla/internal/submission"
	"exempla/web/page"
)

func remarkBy(v *visit, id submission.ID, now time.Time) store.Contribution {
	return store.Contribution{Submission: id, By: v.viewer(), At: now}
}

// commented is the page on which a comment stands: that of its part, or the
// task list.
func (s *Server) commented(v *visit, found submission.Submission, number int64) string {
	// What was done is done: where it stands is worth no failure.
	comments, _ := s.Store.Submissions.Comments(v.r.Context(), found.ID)
	part := partOf(comments, number)
	if part == "" {
		return link.Submission(v.l.Tag(), found.ID)
	}
	return link.Part(v.l.Tag(), found.ID, part)
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
func (s *Server) unanswered(v *visit, found submission.Submission, typed page.ReplyForm) (answer, error) {
	w, err := s.workOn(v, found)
	if err != nil {
		return answer{}, err
	}
	typed.Problem = v.l.T("comment.no_text", "Limit", submission.MaxComment)
	w.Typed = typed
	part := partOf(w.Comments, typed.Comment)
	if part == "" {
		return answer{view: page.NewTasks(v.l, w).View(), status: http.StatusUnprocessableEntity}, nil
	}
	f, err := s.filling(v, w, part)
	return answer{view: page.NewPart(v.l, f).View(), status: http.StatusUnprocessableEntity}, err
}
