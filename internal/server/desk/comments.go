package desk

import (
	"errors"
	"net/http"
	"strconv"

	"exempla/internal/link"
	"exempla/internal/server/respond"
	"exempla/internal/store"
	"exempla/internal/submission"
	page "exempla/web/page/desk"
)

// addRemark keeps what an editor writes: a comment on a part, an answer, or a
// note that never leaves the desk.
func (h *Handlers) AddComment(r *respond.Request) (respond.Response, error) {
	found, err := h.atDesk(r)
	if err != nil {
		return respond.Response{}, err
	}
	typed := page.CommentForm{Part: submission.Part(r.PostFormValue("part")), Text: submission.Tidy(r.PostFormValue("text")), Open: true}
	typed.Parent, _ = strconv.ParseInt(r.PostFormValue("parent"), 10, 64)
	comment := submission.Comment{Part: typed.Part, Parent: typed.Parent, Text: typed.Text, Internal: typed.Part.IsNote()}
	if comment.Internal {
		comment.Part = ""
	}
	err = h.Submissions.AddComment(r.Context(), r.CommentBy(found.ID), comment, respond.FormKey(r.PostFormValue("key")))
	switch {
	case errors.Is(err, submission.ErrNoText):
		return h.unkept(r, found, typed, "comment.no_words")
	case errors.Is(err, submission.ErrState), errors.Is(err, submission.ErrConflict):
		// The words are put where they can still be kept.
		typed.Part, typed.Parent = submission.NotesPart, 0
		return h.unkept(r, found, typed, "comment.too_late")
	case err != nil:
		return respond.Response{}, err
	}
	return r.Done("done.remarked", h.reviewAddress(r, found.ID)+"#"+page.RemarkPlace(typed))
}

// unkept shows a comment that could not be kept in its form again.
func (h *Handlers) unkept(r *respond.Request, found submission.Submission, typed page.CommentForm, key string) (respond.Response, error) {
	typed.Problem = r.Locale.T(key, "Limit", submission.MaxComment)
	a, err := h.reviewed(r, found, func(in *page.Reading) {
		in.Typed = typed
		in.Problems.Add(r.Locale, page.RemarkID(typed), key, "Limit", submission.MaxComment)
	})
	a.Status = http.StatusUnprocessableEntity
	return a, err
}

// changeRemark confirms a comment, opens it again, or takes it back. One that
// is taken back stands in its form again, so that no words are lost.
func (h *Handlers) ChangeComment(r *respond.Request) (respond.Response, error) {
	found, err := h.atDesk(r)
	if err != nil {
		return respond.Response{}, err
	}
	number, ok := r.Number("comment")
	if !ok {
		return respond.Response{}, respond.ErrNoSuchPage
	}
	ctx, who := r.Context(), r.CommentBy(found.ID)
	switch act := r.Param("act"); act {
	case "settle", "open":
		if err := h.Submissions.SettleComment(ctx, who, number, act == "settle"); err != nil {
			return respond.Response{}, err
		}
		return respond.Response{Redirect: h.reviewAddress(r, found.ID) + "#" + link.CommentID(number)}, nil
	case "drop":
		return h.dropRemark(r, found, number)
	}
	return respond.Response{}, respond.ErrNoSuchPage
}

func (h *Handlers) dropRemark(r *respond.Request, found submission.Submission, number int64) (respond.Response, error) {
	ctx := r.Context()
	comments, err := h.Submissions.Comments(ctx, found.ID)
	if err != nil {
		return respond.Response{}, err
	}
	err = h.Submissions.DropComment(ctx, r.CommentBy(found.ID), number)
	if errors.Is(err, store.ErrNotFound) { // it has been taken back already
		return respond.Response{Redirect: h.reviewAddress(r, found.ID)}, nil
	}
	if err != nil {
		return respond.Response{}, err
	}
	r.Frame.Notice = r.Locale.T("done.dropped")
	return h.reviewed(r, found, func(in *page.Reading) {
		for _, c := range comments {
			if c.ID == number {
				in.Typed = page.CommentForm{Part: c.Part, Text: c.Text, Open: true}
				if c.Internal {
					in.Typed.Part = submission.NotesPart
				}
			}
		}
	})
}
