package submit

import (
	"errors"
	"net/http"
	"slices"
	"strconv"

	"exempla/internal/link"
	"exempla/internal/server/respond"
	"exempla/internal/store"
	"exempla/internal/submission"
	page "exempla/web/page/submit"
)

// AnswerComment stores an officer's reply to a comment, or marks the comment as
// done or not done. What stands in other boxes of the page is kept.
func (h *Handlers) AnswerComment(r *respond.Request) (respond.Response, error) {
	in, err := h.input(r)
	if err != nil {
		return respond.Response{}, err
	}
	if _, ok := r.Number("comment"); !ok {
		return respond.Response{}, respond.ErrNoSuchPage
	}
	drafts, err := h.keepDrafts(r, in)
	if err != nil {
		return respond.Response{}, err
	}
	if r.IsFetch() {
		return respond.Saved(r, http.StatusOK, respond.Autosave{Saved: h.Now().UTC()})
	}
	response, pressed, err := h.answered(r, in, drafts, func(number int64) string { return h.commentPage(r, in.Submission, number) })
	if err == nil && !pressed {
		return respond.Redirect(link.Workplace(r.Tag(), in.Submission)), nil
	}
	return response, err
}

// answered does what a button beside a comment says, and leads back to the comment, on
// the page where it stands; pressed is false if there was no such button.
func (h *Handlers) answered(r *respond.Request, in page.SubmissionInput, drafts []store.CommentDraft, at func(number int64) string) (response respond.Response, pressed bool, err error) {
	number, done, err := h.answer(r, in.ID, drafts)
	switch {
	case errors.Is(err, submission.ErrNoText):
		response, err = h.invalidReply(r, in, number)
	case err == nil && number != 0:
		response, err = r.Done(done, at(number)+"#"+link.CommentID(number))
	}
	return response, number != 0, err
}

// keepDrafts stores what stands in the boxes of the page, and adds it to the input.
func (h *Handlers) keepDrafts(r *respond.Request, in page.SubmissionInput) ([]store.CommentDraft, error) {
	drafts := r.CommentDrafts()
	for _, d := range drafts {
		in.Drafts[d.Box] = d.Text
	}
	return drafts, h.Submissions.KeepCommentDrafts(r.Context(), r.CommentBy(in.ID), drafts)
}

// answer does what a button beside a comment says, and returns the comment's number, 0
// if none was pressed, and the key of the message that says what was done. A reply that
// is written goes with marking it as done.
func (h *Handlers) answer(r *respond.Request, id submission.ID, drafts []store.CommentDraft) (number int64, done string, err error) {
	for _, field := range []string{page.AnswerField, page.DoneField, page.UndoneField} {
		number, err := strconv.ParseInt(r.PostForm.Get(field), 10, 64)
		if err != nil || number <= 0 {
			continue
		}
		reply := store.CommentDraft{Box: submission.Box{Parent: number}}
		if at := slices.IndexFunc(drafts, func(d store.CommentDraft) bool { return d.Box == reply.Box }); at >= 0 {
			reply = drafts[at]
		}
		answered := field == page.AnswerField || reply.Text != ""
		if answered {
			if err := h.Submissions.AddComment(r.Context(), r.CommentBy(id), reply.Box.Write(reply.Text), reply.Key); err != nil {
				return number, "", err
			}
		}
		if field == page.AnswerField {
			return number, "done.answered", nil
		}
		err = h.Submissions.MarkComment(r.Context(), r.CommentBy(id), number, field == page.DoneField)
		return number, doneMarking(field, answered), err
	}
	return 0, "", nil
}

// doneMarking is the key of the message that a comment was marked by a button, perhaps
// with an answer.
func doneMarking(button string, answered bool) string {
	switch {
	case answered && button == page.DoneField:
		return "done.answered_marked"
	case answered:
		return "done.answered"
	case button == page.DoneField:
		return "done.marked"
	}
	return "done.unmarked"
}

// commentPage is the address of the page that shows a comment: that of its part,
// or the task list.
func (h *Handlers) commentPage(r *respond.Request, found submission.Submission, number int64) string {
	// The reply is stored already: the task list will do if this fails.
	comments, _ := h.Submissions.Comments(r.Context(), found.ID)
	part := partOf(comments, number)
	if part == "" {
		return link.Workplace(r.Tag(), found)
	}
	return link.Part(r.Tag(), found.ID, part)
}

// partOf is the part to which a comment belongs; empty for a comment on the
// whole text or an unknown one.
func partOf(comments []submission.Comment, number int64) submission.Part {
	at := slices.IndexFunc(comments, func(c submission.Comment) bool { return c.ID == number })
	if at < 0 {
		return ""
	}
	return comments[at].Part
}

// invalidReply shows the page of a comment with a reply that cannot be stored.
func (h *Handlers) invalidReply(r *respond.Request, in page.SubmissionInput, number int64) (respond.Response, error) {
	in.Reply = page.ReplyForm{Comment: number, Problem: r.Locale.T("comment.no_text", "Limit", submission.MaxComment)}
	part := partOf(in.Comments, number)
	if part == "" {
		return respond.Invalid(page.NewTasks(r.Locale, r.Frame, in).View()), nil
	}
	form, err := h.partInput(r, in, part)
	return respond.Invalid(page.NewPart(r.Locale, r.Frame, form).View()), err
}
