package desk

import (
	"errors"
	"net/http"
	"unicode/utf8"

	"exempla/internal/link"
	"exempla/internal/locale"
	"exempla/internal/server/respond"
	"exempla/internal/submission"
	"exempla/web/component"
	page "exempla/web/page/desk"
)

// reasoned are the steps with a submission that need a reason, and their pages.
var StepsWithReason = []struct {
	Action submission.Action
	Name   string // of the page and its address
	Done   string
}{{submission.Reject, link.RejectPage, "rejected"}, {submission.Reopen, link.ReopenPage, "reopened"}}

// askReason is the page on which a step is confirmed that needs a reason.
func (h *Handlers) ConfirmStep(action submission.Action) respond.Handler {
	return func(r *respond.Request) (respond.Response, error) {
		found, err := h.atDesk(r)
		if err != nil {
			return respond.Response{}, err
		}
		if !found.Allows(action, r.Viewer()) {
			return respond.Response{Redirect: link.Review(r.Tag(), found.ID)}, nil
		}
		return respond.Response{Page: reasonFor(r, found, action).View()}, nil
	}
}

func reasonFor(r *respond.Request, found submission.Submission, action submission.Action) page.ConfirmForm {
	name := link.RejectPage
	if action == submission.Reopen {
		name = link.ReopenPage
	}
	return page.ConfirmForm{Frame: r.Frame, Name: name, Of: found.Content.Title, Language: string(found.Language),
		Action: link.ReviewPage(r.Tag(), found.ID, name), Back: link.Review(r.Tag(), found.ID), Version: found.Version,
		Causes: action == submission.Reject, Cause: submission.Cause(r.PostFormValue(page.CauseField)), Words: submission.Tidy(r.PostFormValue(page.WordsField))}
}

// decideWithReason takes such a step.
func (h *Handlers) TakeStep(action submission.Action, done string) respond.Handler {
	return func(r *respond.Request) (respond.Response, error) {
		found, err := h.atDesk(r)
		if err != nil {
			return respond.Response{}, err
		}
		p := reasonFor(r, found, action)
		if p.Problems = reasonProblems(r.Locale, p); len(p.Problems) > 0 {
			return respond.Response{Page: p.View(), Status: http.StatusUnprocessableEntity}, nil
		}
		step := submission.Step{Action: action, Reason: p.Words}
		if p.Causes {
			step.Cause = p.Cause
		}
		_, err = r.Advance(h.Submissions, found.ID, step)
		if errors.Is(err, submission.ErrConflict) || errors.Is(err, submission.ErrState) {
			problem, now, err := h.meanwhile(r, found.ID)
			p.Problems, p.Version, p.Closed = component.Problems{problem}, now.Version, !now.Allows(action, r.Viewer())
			return respond.Response{Page: p.View(), Status: http.StatusConflict}, err
		}
		if err != nil {
			return respond.Response{}, err
		}
		return r.Done("done."+done, link.Review(r.Tag(), found.ID))
	}
}

// reasonProblems says what a reason lacks.
func reasonProblems(l *locale.Locale, p page.ConfirmForm) component.Problems {
	var problems component.Problems
	const room = 500 // characters for the words of a common reason
	switch {
	case p.Causes && p.Cause != submission.OtherCause && !p.Cause.Known():
		problems.Add(l, page.CauseField, "reasoned.no_cause")
	case p.Words == "" && (!p.Causes || p.Cause == submission.OtherCause):
		problems.Add(l, page.WordsField, "reasoned.no_words")
	case !utf8.ValidString(p.Words), utf8.RuneCountInString(p.Words) > submission.MaxReason-room:
		problems.Add(l, page.WordsField, "reasoned.too_long", "Limit", submission.MaxReason-room)
	}
	return problems
}
