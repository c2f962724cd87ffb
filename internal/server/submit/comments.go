package submit

import (
	"errors"

	"exempla/internal/link"
	"exempla/internal/server/respond"
	"exempla/internal/submission"
	page "exempla/web/page/submit"
)

// AnswerComment keeps an answer to what an editor asked for, or says that it is
// done.
func (h *Handlers) AnswerComment(r *respond.Request) (respond.Response, error) {
	found, err := h.own(r)
	if err != nil {
		return respond.Response{}, err
	}
	number, ok := r.Number("comment")
	if !ok {
		return respond.Response{}, respond.ErrNoSuchPage
	}
	ctx, remark := r.Context(), submission.Comment{Parent: number, Text: submission.Tidy(r.PostFormValue("text"))}
	who := r.CommentBy(found.ID)
	switch act := r.PostFormValue("act"); act {
	case "done", "undone":
		err = h.Submissions.MarkComment(ctx, who, number, act == "done")
	default:
		err = h.Submissions.AddComment(ctx, who, remark, respond.FormKey(r.PostFormValue("key")))
	}
	if errors.Is(err, submission.ErrNoText) {
		return h.unanswered(r, found, page.ReplyForm{Comment: number, Text: remark.Text})
	}
	if err != nil {
		return respond.Response{}, err
	}
	return r.Done("done.answered", h.commented(r, found, number)+"#"+link.CommentID(number))
}
