package desk

import (
	"errors"
	"net/http"
	"strconv"
	"strings"

	"exempla/internal/account"
	"exempla/internal/link"
	"exempla/internal/practice"
	"exempla/internal/server/respond"
	"exempla/internal/store"
	"exempla/internal/submission"
	page "exempla/web/page/desk"
)

// pick is a submission that an editor has ticked in the list, as the list showed it.
type pick struct {
	id      submission.ID
	version int
}

// picks reads the ticked boxes, each once. No more are read than a page of the list has.
func picks(r *respond.Request) []pick {
	r.PostFormValue(page.PickField) // reads the form
	var list []pick
	seen := map[string]bool{}
	for _, value := range r.PostForm[page.PickField] {
		number, version, _ := strings.Cut(value, "-")
		one := pick{}
		id, err := strconv.ParseInt(number, 10, 64)
		if err != nil || id < 1 || seen[number] || len(list) == store.DeskPerPage {
			continue
		}
		seen[number] = true
		one.id = submission.ID(id)
		one.version, _ = strconv.Atoi(version)
		list = append(list, one)
	}
	return list
}

// TakeSeveral takes one step with all submissions that are ticked in the list: it
// assigns them, or rejects them once that is confirmed with a reason. What cannot be
// done with one leaves the others as they are.
func (h *Handlers) TakeSeveral(r *respond.Request) (respond.Response, error) {
	filter := submission.ParseDeskFilter(r.URL.Query())
	back := link.DeskQuery(r.Tag(), filter.Query())
	list := picks(r)
	if len(list) == 0 {
		return r.Done("done.none_picked", back)
	}
	step := submission.Step{Action: submission.Assign, By: r.Viewer(), At: h.Now(), Desk: h.Settings}
	switch act := r.PostFormValue(page.ActField); act {
	case page.RejectThem:
		in, err := h.severalToReject(r, list)
		if err != nil {
			return respond.Response{}, err
		}
		in.Back = back
		in.Action = link.Several(r.Tag(), filter.Query())
		if r.PostFormValue(page.SureField) == "" {
			return respond.Show(page.NewConfirm(r.Locale, r.Frame, in).View()), nil
		}
		if in.Problems = reasonProblems(r.Locale, in); len(in.Problems) > 0 {
			return respond.Invalid(page.NewConfirm(r.Locale, r.Frame, in).View()), nil
		}
		step.Action = submission.Reject
		step.Cause = in.Cause
		step.Reason = in.Reason
		step.Language = practice.Language(in.Words)
	case submission.Mine:
		step.Assignee = r.Viewer().ID
	default:
		assignee, err := h.activeEditor(r, act)
		if err != nil {
			return respond.Response{}, err
		}
		step.Assignee = assignee
	}
	return showSeveral(r, h.takeEach(r, list, step), back), nil
}

// severalToReject is the form that confirms the rejection, as it was sent.
func (h *Handlers) severalToReject(r *respond.Request, list []pick) (page.ConfirmInput, error) {
	in := page.ConfirmInput{Step: link.RejectPage}
	readReason(r, &in)
	for _, one := range list {
		found, err := respond.FindSubmission(r, h.Submissions, one.id)
		if errors.Is(err, store.ErrNotFound) || err == nil && !found.MayReview(r.Viewer()) {
			continue
		}
		if err != nil {
			return in, err
		}
		if submission.HeldBy(found, r.Viewer()) != 0 {
			in.Held++
		}
		found.Version = one.version
		in.Several = append(in.Several, found)
	}
	if len(in.Several) == 0 {
		return in, respond.ErrNoSuchPage
	}
	return in, nil
}

// takeEach takes a step with each, and says what came of it.
func (h *Handlers) takeEach(r *respond.Request, list []pick, step submission.Step) (in page.SeveralInput) {
	in.Rejected = step.Action == submission.Reject
	var names map[account.ID]string
	if step.Assignee != 0 {
		names, _ = h.Accounts.Names(r.Context(), []account.ID{step.Assignee}) // without a name the page says it without
	}
	in.Assignee = names[step.Assignee]
	for _, one := range list {
		found, err := respond.FindSubmission(r, h.Submissions, one.id)
		if err == nil {
			step.Holder = submission.HeldBy(found, step.By) // the confirmation has said so
			_, err = h.Submissions.Advance(r.Context(), one.id, one.version, step)
		}
		switch {
		case err == nil:
			in.Done = append(in.Done, found)
		case errors.Is(err, store.ErrNotFound), errors.Is(err, submission.ErrNotYours):
			in.Missing++
		case errors.Is(err, submission.ErrState):
			in.Refused = append(in.Refused, page.Refusal{Submission: found, Why: "state"})
		case errors.Is(err, submission.ErrPending):
			in.Refused = append(in.Refused, page.Refusal{Submission: found, Why: "pending"})
		case errors.Is(err, submission.ErrConflict):
			in.Refused = append(in.Refused, page.Refusal{Submission: found, Why: "conflict"})
		default:
			h.Log.Error("a step with several submissions failed with one", "submission", int64(one.id), "error", err)
			in.Refused = append(in.Refused, page.Refusal{Submission: found, Why: "failed"})
		}
	}
	return in
}

func showSeveral(r *respond.Request, in page.SeveralInput, back string) respond.Response {
	in.Back = back
	status := http.StatusOK
	if len(in.Done) == 0 {
		status = http.StatusConflict
	}
	return respond.Response{Page: page.NewSeveral(r.Locale, r.Frame, in).View(), Status: status}
}
