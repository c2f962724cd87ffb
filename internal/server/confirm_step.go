package server

import (
	"errors"
	"net/http"
	"unicode/utf8"

	"exempla/internal/link"
	"exempla/internal/locale"
	"exempla/internal/submission"
	"exempla/web/component"
	"exempla/web/page"
)

// reasoned are the steps with a submission that need a reason, and their pages.
var reasoned = []struct {
	action submission.Action
	name   string // of the page and its address
	done   string
}{{submission.Reject, link.RejectPage, "rejected"}, {submission.Reopen, link.ReopenPage, "reopened"}}

// askReason is the page on which a step is confirmed that needs a reason.
func (s *Server) askReason(action submission.Action) handler {
	return func(v *visit) (answer, error) {
		found, err := s.atDesk(v)
		if err != nil {
			return answer{}, err
		}
		if !found.Allows(action, v.viewer()) {
			return answer{goTo: link.Review(v.l.Tag(), found.ID)}, nil
		}
		return answer{view: reasonFor(v, found, action).View()}, nil
	}
}

func reasonFor(v *visit, found submission.Submission, action submission.Action) page.ConfirmForm {
	name := link.RejectPage
	if action == submission.Reopen {
		name = link.ReopenPage
	}
	return page.ConfirmForm{Frame: v.frame, Name: name, Of: found.Content.Title, Language: string(found.Language),
		Action: link.ReviewPage(v.l.Tag(), found.ID, name), Back: link.Review(v.l.Tag(), found.ID), Version: found.Version,
		Causes: action == submission.Reject, Cause: submission.Cause(v.r.PostFormValue(page.CauseField)), Words: submission.Tidy(v.r.PostFormValue(page.WordsField))}
}

// decideWithReason takes such a step.
func (s *Server) decideWithReason(action submission.Action, done string) handler {
	return func(v *visit) (answer, error) {
		found, err := s.atDesk(v)
		if err != nil {
			return answer{}, err
		}
		p := reasonFor(v, found, action)
		if p.Problems = reasonProblems(v.l, p); len(p.Problems) > 0 {
			return answer{view: p.View(), status: http.StatusUnprocessableEntity}, nil
		}
		step := submission.Step{Action: action, Reason: p.Words}
		if p.Causes {
			step.Cause = p.Cause
		}
		_, err = s.step(v, found.ID, step)
		if errors.Is(err, submission.ErrConflict) || errors.Is(err, submission.ErrState) {
			problem, now, err := s.meanwhile(v, found.ID)
			p.Problems, p.Version, p.Closed = component.Problems{problem}, now.Version, !now.Allows(action, v.viewer())
			return answer{view: p.View(), status: http.StatusConflict}, err
		}
		if err != nil {
			return answer{}, err
		}
		return s.done(v, "done."+done, link.Review(v.l.Tag(), found.ID))
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
