package submit

import (
	"errors"
	"slices"

	"exempla/internal/link"
	"exempla/internal/server/respond"
	"exempla/internal/submission"
	page "exempla/web/page/submit"
)

// AnswerComment stores an officer's reply to a comment, or marks the comment as
// done or not done.
func (h *Handlers) AnswerComment(r *respond.Request) (respond.Response, error) {
	found, err := h.submission(r)
	if err != nil {
		return respond.Response{}, err
	}
	number, ok := r.Number("comment")
	if !ok {
		return respond.Response{}, respond.ErrNoSuchPage
	}
	reply := submission.Comment{Parent: number, Text: submission.Tidy(r.PostFormValue("text"))}
	author := r.CommentBy(found.ID)
	switch act := r.PostFormValue("act"); act {
	case "done", "undone":
		err = h.Submissions.MarkComment(r.Context(), author, number, act == "done")
	default:
		err = h.Submissions.AddComment(r.Context(), author, reply, respond.FormKey(r.PostFormValue("key")))
	}
	if errors.Is(err, submission.ErrNoText) {
		return h.invalidReply(r, found, page.ReplyForm{Comment: number, Text: reply.Text})
	}
	if err != nil {
		return respond.Response{}, err
	}
	return r.Done("done.answered", h.commentPage(r, found, number)+"#"+link.CommentID(number))
}

// commentPage is the address of the page that shows a comment: that of its part,
// or the task list.
func (h *Handlers) commentPage(r *respond.Request, found submission.Submission, number int64) string {
	// The reply is stored already: the task list will do if this fails.
	comments, _ := h.Submissions.Comments(r.Context(), found.ID)
	part := partOf(comments, number)
	if part == "" {
		return link.Submission(r.Tag(), found.ID)
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
func (h *Handlers) invalidReply(r *respond.Request, found submission.Submission, reply page.ReplyForm) (respond.Response, error) {
	in, err := h.inputOf(r, found)
	if err != nil {
		return respond.Response{}, err
	}
	reply.Problem = r.Locale.T("comment.no_text", "Limit", submission.MaxComment)
	in.Reply = reply
	part := partOf(in.Comments, reply.Comment)
	if part == "" {
		return respond.Invalid(page.NewTasks(r.Locale, r.Frame, in).View()), nil
	}
	form, err := h.partInput(r, in, part)
	return respond.Invalid(page.NewPart(r.Locale, r.Frame, form).View()), err
}
