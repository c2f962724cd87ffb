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

// AddComment stores what an editor writes: a comment on a part, a reply, or a
// note that only editors see.
func (h *Handlers) AddComment(r *respond.Request) (respond.Response, error) {
	found, err := h.submission(r)
	if err != nil {
		return respond.Response{}, err
	}
	form := page.CommentForm{Part: submission.Part(r.PostFormValue("part")), Text: submission.Tidy(r.PostFormValue("text")), Open: true}
	form.Parent, _ = strconv.ParseInt(r.PostFormValue("parent"), 10, 64)
	comment := submission.Comment{Part: form.Part, Parent: form.Parent, Text: form.Text, Internal: form.Part.IsNote()}
	if comment.Internal {
		comment.Part = ""
	}
	err = h.Submissions.AddComment(r.Context(), r.CommentBy(found.ID), comment, respond.FormKey(r.PostFormValue("key")))
	switch {
	case errors.Is(err, submission.ErrNoText):
		return h.invalidComment(r, found, form, "comment.no_words")
	case errors.Is(err, submission.ErrState), errors.Is(err, submission.ErrConflict):
		// The submission takes no more comments, but it can still take a note.
		form.Part = submission.NotesPart
		form.Parent = 0
		return h.invalidComment(r, found, form, "comment.too_late")
	case err != nil:
		return respond.Response{}, err
	}
	return r.Done("done.commented", reviewAddress(r, found.ID)+"#"+form.Anchor())
}

// invalidComment shows the review with a comment that could not be stored.
func (h *Handlers) invalidComment(r *respond.Request, found submission.Submission, form page.CommentForm, key string) (respond.Response, error) {
	in, err := h.reviewInput(r, found)
	if err != nil {
		return respond.Response{}, err
	}
	form.Problem = r.Locale.T(key, "Limit", submission.MaxComment)
	in.Unsaved = form
	in.Problems.Add(r.Locale, form.FieldID(), key, "Limit", submission.MaxComment)
	return showReview(r, in, http.StatusUnprocessableEntity), nil
}

// ChangeComment settles a comment, opens it again, or deletes it.
func (h *Handlers) ChangeComment(r *respond.Request) (respond.Response, error) {
	found, err := h.submission(r)
	if err != nil {
		return respond.Response{}, err
	}
	number, ok := r.Number("comment")
	if !ok {
		return respond.Response{}, respond.ErrNoSuchPage
	}
	switch act := r.Param("act"); act {
	case "settle", "open":
		if err := h.Submissions.SettleComment(r.Context(), r.CommentBy(found.ID), number, act == "settle"); err != nil {
			return respond.Response{}, err
		}
		return respond.Redirect(reviewAddress(r, found.ID) + "#" + link.CommentID(number)), nil
	case "drop":
		return h.deleteComment(r, found, number)
	}
	return respond.Response{}, respond.ErrNoSuchPage
}

// deleteComment deletes a comment, and shows its text in the form, so that it is
// not lost.
func (h *Handlers) deleteComment(r *respond.Request, found submission.Submission, number int64) (respond.Response, error) {
	comments, err := h.Submissions.Comments(r.Context(), found.ID)
	if err != nil {
		return respond.Response{}, err
	}
	err = h.Submissions.DropComment(r.Context(), r.CommentBy(found.ID), number)
	if errors.Is(err, store.ErrNotFound) { // the button was pressed twice
		return respond.Redirect(reviewAddress(r, found.ID)), nil
	}
	if err != nil {
		return respond.Response{}, err
	}
	in, err := h.reviewInput(r, found)
	if err != nil {
		return respond.Response{}, err
	}
	for _, c := range comments {
		if c.ID == number {
			in.Unsaved = page.CommentForm{Part: c.Part, Text: c.Text, Open: true}
			if c.Internal {
				in.Unsaved.Part = submission.NotesPart
			}
		}
	}
	r.Frame.Notice = r.Locale.T("done.dropped")
	return showReview(r, in, http.StatusOK), nil
}
