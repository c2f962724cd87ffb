package desk

import (
	"errors"
	"slices"
	"strconv"
	"unicode/utf8"

	"exempla/internal/account"
	"exempla/internal/link"
	"exempla/internal/locale"
	"exempla/internal/practice"
	"exempla/internal/server/respond"
	"exempla/internal/submission"
	"exempla/web/component"
	page "exempla/web/page/desk"
)

// StepsWithReason are the steps with a submission that need a reason.
var StepsWithReason = []struct {
	Action submission.Action
	Name   string // of the page in its address and its messages
	Done   string // message "done.<done>"
}{{submission.Reject, link.RejectPage, "rejected"}, {submission.Reopen, link.ReopenPage, "reopened"}}

// ConfirmStep returns the handler of the page on which a step is confirmed that
// needs a reason.
func (h *Handlers) ConfirmStep(action submission.Action) respond.Handler {
	return func(r *respond.Request) (respond.Response, error) {
		found, err := h.submission(r)
		if err != nil {
			return respond.Response{}, err
		}
		if !found.Allows(action, r.Viewer()) {
			return respond.Redirect(link.Review(r.Tag(), found.ID)), nil
		}
		in, err := h.confirmInput(r, found, action)
		return respond.Show(page.NewConfirm(r.Locale, r.Frame, in).View()), err
	}
}

// confirmInput is the form that confirms a step, as it was sent.
func (h *Handlers) confirmInput(r *respond.Request, found submission.Submission, action submission.Action) (page.ConfirmInput, error) {
	name := map[submission.Action]string{submission.RequestChanges: link.AskPage, submission.Approve: link.ApprovePage, submission.Reject: link.RejectPage, submission.Reopen: link.ReopenPage}[action]
	in := page.ConfirmInput{
		Step:     name,
		Subject:  found.Content.Title,
		Language: string(found.Language),
		Action:   link.ReviewPage(r.Tag(), found.ID, name),
		Back:     link.Review(r.Tag(), found.ID),
		Version:  found.Version,
		Choice:   submission.Pending(r.PostFormValue(page.PendingField)),
	}
	readReason(r, &in)
	in.Compared, _ = strconv.Atoi(r.PostFormValue(page.ComparedField))
	if err := h.holder(r, found, &in); err != nil || action == submission.Reopen || action == submission.RequestChanges {
		return in, err
	}
	comments, err := h.Submissions.Comments(r.Context(), found.ID)
	in.Pending = slices.DeleteFunc(comments, func(c submission.Comment) bool { return !c.Unsent() })
	return in, err
}

// holder reads whom the editor knows to work on the submission, and says who does.
func (h *Handlers) holder(r *respond.Request, found submission.Submission, in *page.ConfirmInput) error {
	told, _ := strconv.ParseInt(r.PostFormValue(page.HolderField), 10, 64)
	in.Told = account.ID(told)
	if in.Holder = submission.HeldBy(found, r.Viewer()); in.Holder == 0 {
		return nil
	}
	names, err := h.Accounts.Names(r.Context(), []account.ID{in.Holder})
	in.HolderName = names[in.Holder]
	return err
}

// TakeStep returns the handler that takes such a step.
func (h *Handlers) TakeStep(action submission.Action, done string) respond.Handler {
	return func(r *respond.Request) (respond.Response, error) {
		found, err := h.submission(r)
		if err != nil {
			return respond.Response{}, err
		}
		in, err := h.confirmInput(r, found, action)
		if err != nil {
			return respond.Response{}, err
		}
		if in.Problems = reasonProblems(r.Locale, in); len(in.Problems) > 0 {
			return respond.Invalid(page.NewConfirm(r.Locale, r.Frame, in).View()), nil
		}
		step := submission.Step{Action: action, Reason: in.Reason, Pending: in.Choice, Holder: in.Told}
		if in.Reasoned {
			step.Language = practice.Language(in.Words)
		}
		if in.Causes {
			step.Cause = in.Cause
		}
		_, err = r.Advance(h.Submissions, found.ID, step)
		if errors.Is(err, submission.ErrHeld) {
			return respond.Conflict(page.NewConfirm(r.Locale, r.Frame, in).View()), nil
		}
		if isConflict(err) || errors.Is(err, submission.ErrPending) {
			problem, now, err := h.conflictProblem(r, found.ID)
			in.Problems = component.Problems{problem}
			in.Version = now.Version
			in.Closed = !now.Allows(action, r.Viewer())
			return respond.Conflict(page.NewConfirm(r.Locale, r.Frame, in).View()), err
		}
		if err != nil {
			return respond.Response{}, err
		}
		return r.Done("done."+done, link.Review(r.Tag(), found.ID))
	}
}

// readReason reads the reason that the form of the step has.
func readReason(r *respond.Request, in *page.ConfirmInput) {
	in.Causes = in.Step == link.RejectPage
	in.Cause = submission.Cause(r.PostFormValue(page.CauseField))
	in.Reasoned = in.Step != link.ApprovePage && in.Step != link.AskPage
	in.Reason = submission.Tidy(r.PostFormValue(page.ReasonField))
	in.Words = wordsLanguage(r)
}

// wordsLanguage is the language in which the editor says to have written, else that
// of the page.
func wordsLanguage(r *respond.Request) string {
	if l, ok := r.Locale.Beside(r.PostFormValue(page.ReasonLanguage)); ok {
		return l.Tag()
	}
	return r.Tag()
}

// isConflict reports whether a step came too late: the submission has changed
// since the form was made.
func isConflict(err error) bool {
	return errors.Is(err, submission.ErrConflict) || errors.Is(err, submission.ErrState)
}

// reasonProblems says what is wrong with the reason of a step.
func reasonProblems(l *locale.Locale, in page.ConfirmInput) component.Problems {
	const reserved = 500 // characters for the sentence of a common reason
	var problems component.Problems
	switch {
	case in.Causes && in.Cause != submission.OtherCause && !in.Cause.Known():
		problems.Add(l, page.CauseField, "reasoned.no_cause")
	case in.Reason == "" && (!in.Causes || in.Cause == submission.OtherCause):
		problems.Add(l, page.ReasonField, "reasoned.no_words")
	case !utf8.ValidString(in.Reason), utf8.RuneCountInString(in.Reason) > submission.MaxReason-reserved:
		problems.Add(l, page.ReasonField, "reasoned.too_long", "Limit", submission.MaxReason-reserved)
	}
	return append(problems, pendingProblems(l, in)...)
}

// pendingProblems says that it is open what becomes of comments.
func pendingProblems(l *locale.Locale, in page.ConfirmInput) component.Problems {
	var problems component.Problems
	if len(in.Pending) > 0 && !in.Choice.Known() {
		problems.Add(l, page.PendingField, "reasoned.no_choice")
	}
	return problems
}
