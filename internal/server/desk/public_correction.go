package desk

import (
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"exempla/internal/link"
	"exempla/internal/practice"
	"exempla/internal/server/respond"
	"exempla/internal/store"
	"exempla/internal/submission"
	"exempla/web/component"
	page "exempla/web/page/desk"
)

// BeginCorrection begins to correct a text of a public practice. An editor who has begun
// that before is led to it.
func (h *PublishedHandlers) BeginCorrection(r *respond.Request) (respond.Response, error) {
	p, err := h.Practices.Find(r.Context(), r.Param("slug"))
	var archived store.Archived
	switch {
	case errors.As(err, &archived):
		return h.archivedMeanwhile(r, archived), nil
	case errors.As(err, new(store.Moved)):
		return respond.Response{}, respond.ErrNoSuchPage
	case err != nil:
		return respond.Response{}, err
	}
	language := practice.Language(r.PostFormValue(link.TextParameter))
	if !slices.ContainsFunc(p.Texts, func(t practice.Text) bool { return t.Language == language }) {
		return respond.Response{}, respond.ErrNoSuchPage
	}
	public := submission.Proposed(p, language)
	draft := submission.Submission{Kind: submission.Change, Practice: p.Number, BaseRevision: p.Revision, Language: language,
		Content: public, Correction: &submission.Correction{Public: public}, Created: h.Now()}
	begun, err := h.Submissions.Begun(r.Context(), draft, r.Viewer().ID)
	if err == nil {
		return r.Done("done.begun_before", link.Correction(r.Tag(), begun))
	}
	if !errors.Is(err, store.ErrNotFound) {
		return respond.Response{}, err
	}
	if language != p.Texts[0].Language {
		draft.Kind = submission.Translation
	}
	id, err := h.Submissions.Start(r.Context(), draft, respond.FormKey(r.PostFormValue("key")), r.Viewer())
	return respond.Redirect(link.Correction(r.Tag(), id)), err
}

// archivedMeanwhile says that a practice that is archived cannot be corrected.
func (h *PublishedHandlers) archivedMeanwhile(r *respond.Request, archived store.Archived) respond.Response {
	in := page.ConfirmInput{Step: link.CorrectPage, Action: link.ArchivedPractices(r.Tag()), Back: link.ArchivedPractices(r.Tag()), Closed: true}
	if len(archived.Practice.Texts) > 0 {
		in.Subject, in.Language = archived.Practice.Texts[0].Title, string(archived.Practice.Texts[0].TitleLanguage)
	}
	in.Problems.Add(r.Locale, "", "correction.archived")
	return respond.Conflict(page.NewConfirm(r.Locale, r.Frame, in).View())
}

// correction is the correction that the address names. It is there for the editor who
// makes it; others are led to its review, once there is one.
func (h *PublishedHandlers) correction(r *respond.Request) (submission.Submission, error) {
	found, err := h.submission(r)
	if err == nil && (found.Correction == nil || !found.IsOfficer(r.Viewer())) {
		err = respond.ErrNoSuchPage
	}
	return found, err
}

// ShowCorrection shows what an editor corrects in a public text, against the text as it
// is public now.
func (h *PublishedHandlers) ShowCorrection(r *respond.Request) (respond.Response, error) {
	found, err := h.correction(r)
	if err != nil {
		return respond.Response{}, err
	}
	in, err := h.correctionPage(r, found)
	return respond.Show(page.NewPublicCorrection(r.Locale, r.Frame, in).View()), err
}

// correctionPage is everything that the editor sees of a correction.
func (h *PublishedHandlers) correctionPage(r *respond.Request, found submission.Submission) (in page.PublicCorrectionInput, err error) {
	ctx := r.Context()
	in = page.PublicCorrectionInput{Submission: found, Said: *found.Correction, Public: found.Correction.Public, Settings: h.Settings, Now: h.Now()}
	if in.Said.Language == "" {
		in.Said.Language = practice.Language(r.Tag())
	}
	if in.Comments, err = h.Submissions.Comments(ctx, found.ID); err != nil {
		return in, err
	}
	if in.Reviews, err = h.Submissions.Reviews(ctx, found.ID); err != nil {
		return in, err
	}
	if found.Over() {
		return in, nil
	}
	p, err := h.Practices.Find(ctx, found.Slug)
	var archived store.Archived
	if errors.As(err, &archived) {
		in.Archived = true
		return in, nil
	}
	if err == nil && found.State != submission.Submitted {
		in.Practice, in.Public = p, submission.Proposed(p, found.Language)
	}
	return in, err
}

// correctionSteps are the steps that its editor can take with a correction.
var correctionSteps = []submission.Action{submission.Save, submission.Publish, submission.Withdraw, submission.Discard, submission.TakeBack}

// WriteCorrection keeps what the editor says about a correction, and does what the
// button says.
func (h *PublishedHandlers) WriteCorrection(r *respond.Request) (respond.Response, error) {
	found, err := h.correction(r)
	if err != nil {
		return respond.Response{}, err
	}
	said := &submission.Correction{Note: strings.ReplaceAll(submission.Tidy(r.PostFormValue(page.ReasonField)), "\x00", ""),
		Language: practice.Language(wordsLanguage(r)), InStep: r.PostFormValue(page.InStepField) == "yes"}
	step := submission.Step{Action: submission.Action(r.PostFormValue(page.ActField)), By: r.Viewer(), At: h.Now(), Content: found.Content, Correction: said, Desk: h.Settings, Limits: found.Limits}
	to := submission.Part(r.PostFormValue(page.ToField))
	if to != "" || step.Action == "" || r.IsFetch() {
		step.Action = submission.Save
	}
	if !slices.Contains(correctionSteps, step.Action) {
		return respond.Response{}, respond.ErrNoSuchPage
	}
	step.Seen, _ = strconv.Atoi(r.PostFormValue(page.ComparedField))
	after, err := h.Submissions.Advance(r.Context(), found.ID, found.Version, step)
	switch {
	case r.IsFetch() && err != nil:
		return respond.Saved(r, http.StatusConflict, respond.Autosave{})
	case r.IsFetch():
		return respond.Saved(r, http.StatusOK, respond.Autosave{Saved: h.Now().UTC()})
	case err != nil:
		return h.refusedCorrection(r, found, *said, err)
	case slices.Contains(after.Parts(), to):
		return respond.Redirect(link.Part(r.Tag(), found.ID, to)), nil
	}
	return h.correctionDone(r, after, step.Action)
}

// correctionDone leads on after a step with a correction.
func (h *PublishedHandlers) correctionDone(r *respond.Request, after submission.Submission, action submission.Action) (respond.Response, error) {
	here := link.Correction(r.Tag(), after.ID)
	switch {
	case action == submission.Publish && after.State == submission.Approved:
		h.refreshCatalogue(r)
		return r.Done("done.text_corrected", link.Text(r.Tag(), after.Slug, after.Language))
	case action == submission.Publish:
		return r.Done("done.correction_waits", here)
	case action == submission.Discard:
		return r.Done("done.correction_discarded", here)
	case action == submission.TakeBack:
		return r.Done("done.taken_back", here)
	case action == submission.Withdraw:
		return r.Done("done.withdrawn", here)
	}
	return r.Done("done.saved", here)
}

// refusedCorrection shows the page again with what is in the way of a step, and with
// the words of the editor.
func (h *PublishedHandlers) refusedCorrection(r *respond.Request, found submission.Submission, said submission.Correction, cause error) (respond.Response, error) {
	var incomplete submission.Incomplete
	var problems component.Problems
	answer := respond.Conflict
	switch {
	case errors.As(cause, &incomplete):
		problems = component.SubmissionProblems(r.Locale, incomplete.Problems, func(p submission.Part) string { return link.Faults(r.Tag(), found.ID, p) })
		answer = respond.Invalid
	case errors.Is(cause, submission.ErrNoReason):
		problems.Add(r.Locale, page.ReasonField, "correction.no_note", "Limit", submission.MaxNote)
		answer = respond.Invalid
	case errors.Is(cause, submission.ErrNoChange):
		problems.Add(r.Locale, page.PartsID, "correction.no_change")
		answer = respond.Invalid
	case errors.Is(cause, submission.ErrMoved):
		problems.Add(r.Locale, page.ChangesID, "correction.moved")
	case errors.Is(cause, submission.ErrArchived):
		problems.Add(r.Locale, "", "correction.archived")
	case isConflict(cause):
		problems.Add(r.Locale, "", "correction.elsewhere")
	default:
		return respond.Response{}, cause
	}
	found, err := respond.FindSubmission(r, h.Submissions, found.ID)
	if err != nil {
		return respond.Response{}, err
	}
	in, err := h.correctionPage(r, found)
	said.Public = in.Said.Public
	in.Said, in.Problems = said, problems
	return answer(page.NewPublicCorrection(r.Locale, r.Frame, in).View()), err
}
