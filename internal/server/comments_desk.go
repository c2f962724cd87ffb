package server

import (
	"errors"
	"net/http"
	"strconv"

	"github.com/go-chi/chi/v5"

	"exempla/internal/link"
	"exempla/internal/store"
	"exempla/internal/submission"
	"exempla/web/page"
)

// addRemark keeps what an editor writes: a comment on a part, an answer, or a
// note that never leaves the desk.
func (s *Server) addRemark(v *visit) (answer, error) {
	found, err := s.atDesk(v)
	if err != nil {
		return answer{}, err
	}
	typed := page.CommentForm{Part: submission.Part(v.r.PostFormValue("part")), Text: submission.Tidy(v.r.PostFormValue("text")), Open: true}
	typed.Parent, _ = strconv.ParseInt(v.r.PostFormValue("parent"), 10, 64)
	comment := submission.Comment{Part: typed.Part, Parent: typed.Parent, Text: typed.Text, Internal: typed.Part.IsNote()}
	if comment.Internal {
		comment.Part = ""
	}
	err = s.Store.Submissions.AddComment(v.r.Context(), remarkBy(v, found.ID, s.Now()), comment, formKey(v.r.PostFormValue("key")))
	switch {
	case errors.Is(err, submission.ErrNoText):
		return s.unkept(v, found, typed, "comment.no_words")
	case errors.Is(err, submission.ErrState), errors.Is(err, submission.ErrConflict):
		// The words are put where they can still be kept.
		typed.Part, typed.Parent = submission.NotesPart, 0
		return s.unkept(v, found, typed, "comment.too_late")
	case err != nil:
		return answer{}, err
	}
	return s.done(v, "done.remarked", s.reviewAddress(v, found.ID)+"#"+page.RemarkPlace(typed))
}

// unkept shows a comment that could not be kept in its form again.
func (s *Server) unkept(v *visit, found submission.Submission, typed page.CommentForm, key string) (answer, error) {
	typed.Problem = v.l.T(key, "Limit", submission.MaxComment)
	a, err := s.reviewed(v, found, func(r *page.Reading) {
		r.Typed = typed
		r.Problems.Add(v.l, page.RemarkID(typed), key, "Limit", submission.MaxComment)
	})
	a.status = http.StatusUnprocessableEntity
	return a, err
}

// changeRemark confirms a comment, opens it again, or takes it back. One that
// is taken back stands in its form again, so that no words are lost.
func (s *Server) changeRemark(v *visit) (answer, error) {
	found, err := s.atDesk(v)
	if err != nil {
		return answer{}, err
	}
	number, ok := v.number("comment")
	if !ok {
		return answer{}, errNoSuchPage
	}
	ctx, who := v.r.Context(), remarkBy(v, found.ID, s.Now())
	switch act := chi.URLParam(v.r, "act"); act {
	case "settle", "open":
		if err := s.Store.Submissions.SettleComment(ctx, who, number, act == "settle"); err != nil {
			return answer{}, err
		}
		return answer{goTo: s.reviewAddress(v, found.ID) + "#" + link.CommentID(number)}, nil
	case "drop":
		return s.dropRemark(v, found, number)
	}
	return answer{}, errNoSuchPage
}

func (s *Server) dropRemark(v *visit, found submission.Submission, number int64) (answer, error) {
	ctx := v.r.Context()
	comments, err := s.Store.Submissions.Comments(ctx, found.ID)
	if err != nil {
		return answer{}, err
	}
	err = s.Store.Submissions.DropComment(ctx, remarkBy(v, found.ID, s.Now()), number)
	if errors.Is(err, store.ErrNotFound) { // it has been taken back already
		return answer{goTo: s.reviewAddress(v, found.ID)}, nil
	}
	if err != nil {
		return answer{}, err
	}
	v.frame.Notice = v.l.T("done.dropped")
	return s.reviewed(v, found, func(r *page.Reading) {
		for _, c := range comments {
			if c.ID == number {
				r.Typed = page.CommentForm{Part: c.Part, Text: c.Text, Open: true}
				if c.Internal {
					r.Typed.Part = submission.NotesPart
				}
			}
		}
	})
}
