package submit

import (
	"cmp"
	"errors"
	"maps"
	"net/http"
	"slices"

	"exempla/internal/account"
	"exempla/internal/link"
	"exempla/internal/practice"
	"exempla/internal/server/respond"
	"exempla/internal/store"
	"exempla/internal/submission"
	page "exempla/web/page/submit"
)

// maxSaves is how often saving a part is tried when others save other parts of
// the submission at the same moment. Only a few people work on one draft.
const maxSaves = 8

// ShowPart shows the form of one part.
func (h *PartHandlers) ShowPart(r *respond.Request) (respond.Response, error) {
	in, part, err := h.namedPart(r)
	if err != nil {
		return respond.Response{}, err
	}
	if in.Writing == "" {
		return respond.Redirect(link.WorkplaceOf(r.Tag(), in.Submission, r.Viewer())), nil
	}
	form, err := h.partInput(r, in, part)
	return respond.Show(page.NewPart(r.Locale, r.Frame, form).View()), err
}

// namedPart is the submission and the part that the address names.
func (h *PartHandlers) namedPart(r *respond.Request) (page.SubmissionInput, submission.Part, error) {
	in, err := h.written(r)
	part := submission.Part(r.Param("part"))
	if err == nil && !slices.Contains(in.Parts(), part) {
		err = respond.ErrNoSuchPage
	}
	return in, part, err
}

// partInput is the form of a part as it is stored, with what helps to fill it in.
func (h *Handlers) partInput(r *respond.Request, in page.SubmissionInput, part submission.Part) (page.PartInput, error) {
	shown, offered := in.Submission, false
	if part == submission.Part(practice.Contact) && submission.Writes(shown, r.Viewer()) == submission.Save {
		officer, err := h.Accounts.Find(r.Context(), r.Viewer().ID)
		if err != nil {
			return page.PartInput{}, err
		}
		shown, offered = submission.OfferContact(shown, officer)
	}
	form := page.PartInput{
		SubmissionInput: in,
		Readers:         h.readers(r, in, part),
		Part:            part,
		Form:            submission.NewPartForm(shown.Content, part),
		Offered:         offered,
		Base:            in.Content.Digest(part),
		Checking:        r.URL.Query().Get(link.ReturnParameter) == link.ToCheck || r.PostFormValue(link.ReturnParameter) == link.ToCheck,
	}
	if r.URL.Query().Has(link.MoreParameter) {
		form.ExtraRows = 1
	}
	if form.Checking || r.URL.Query().Has(link.FaultsParameter) { // the page before has said what is missing
		form.Invalid = slices.DeleteFunc(shown.Problems(), func(p submission.Problem) bool { return p.Part != part })
	}
	if part == submission.Topics {
		form.Topics, form.Suggested = r.Look().Topics(), in.SuggestedKeywords()
	}
	return form, nil
}

// readers notes that the viewer has a part open, and returns who else has. The names of
// these are added to those of the submission. The form works without them.
func (h *Handlers) readers(r *respond.Request, in page.SubmissionInput, part submission.Part) []page.Reader {
	h.notePresence(r, in.ID, part)
	found, err := h.Submissions.Readers(r.Context(), r.CommentBy(in.ID), part)
	var list []page.Reader
	var people []account.ID
	for _, one := range found {
		list, people = append(list, page.Reader(one)), append(people, one.Account)
	}
	if err == nil && len(people) > 0 {
		var names map[account.ID]string
		names, err = h.Accounts.Names(r.Context(), people)
		maps.Copy(in.Names, names)
	}
	if err != nil {
		h.Log.Warn("an officer is not told who else is there", "error", err)
	}
	return list
}

// lastSaver is who has saved a part last, whose name is added to those of the
// submission; the zero value for nobody. The texts can be compared without it.
func (h *Handlers) lastSaver(r *respond.Request, in page.SubmissionInput, part submission.Part) page.Reader {
	last, err := h.Submissions.LastSaver(r.Context(), in.ID, part)
	if err == nil && in.Names[last.Account] == "" {
		var names map[account.ID]string
		names, err = h.Accounts.Names(r.Context(), []account.ID{last.Account})
		maps.Copy(in.Names, names)
	}
	if err != nil {
		h.Log.Warn("nobody knows who saved a part", "error", err)
	}
	return page.Reader(last)
}

// notePresence notes that the viewer has a part open.
func (h *Handlers) notePresence(r *respond.Request, id submission.ID, part submission.Part) {
	if err := h.Submissions.Reads(r.Context(), r.CommentBy(id), part); err != nil {
		h.Log.Warn("others are not told who has a part open", "error", err)
	}
}

// SavePart stores a part as it was typed. Parts that others have saved since the
// form was made stay as they are; for the same part, both texts are shown.
func (h *PartHandlers) SavePart(r *respond.Request) (respond.Response, error) {
	in, part, err := h.namedPart(r)
	if err != nil {
		return respond.Response{}, err
	}
	typed := submission.ParsePartForm(r.PostForm)
	drafts, err := h.keepDrafts(r, in)
	if err != nil {
		return respond.Response{}, err
	}
	stored, problems, err := h.storePart(r, in.Submission, part)
	var incomplete submission.Incomplete
	switch {
	case errors.As(err, &incomplete):
		problems, stored = incomplete.Problems, in.Submission
	case errors.Is(err, submission.ErrConflict):
		in.Submission = stored
		return h.partConflict(r, in, part)
	case errors.Is(err, submission.ErrState) && !r.IsFetch():
		return h.partTooLate(r, part)
	case err != nil:
		return respond.Response{}, err
	}
	if r.IsFetch() {
		h.notePresence(r, in.ID, part) // who writes is still there
		return answerAutosave(r, stored, part, problems)
	}
	if len(problems) > 0 {
		in.Submission = stored
		form, err := h.partInput(r, in, part)
		form.Invalid = problems
		if left, ok := submission.Leftover(problems); ok {
			form.Form.OtherKeywords = left
		} else {
			form.Form, form.Base = typed, r.PostFormValue("seen")
		}
		return respond.Invalid(page.NewPart(r.Locale, r.Frame, form).View()), err
	}
	if in.Writing == submission.Correct {
		return corrected(r, in.Submission, stored, part)
	}
	in.Submission = stored
	return h.goOn(r, in, part, drafts)
}

// corrected leads back to the review once an editor has corrected a part.
func corrected(r *respond.Request, before, stored submission.Submission, part submission.Part) (respond.Response, error) {
	address := link.Review(r.Tag(), stored.ID) + "#part-" + string(part)
	switch {
	case r.PostFormValue("act") == "row":
		return respond.Redirect(link.AnotherRow(r.Tag(), stored.ID, part) + page.FirstNewRow(stored.Content)), nil
	case before.Version == stored.Version: // nothing was changed, or the form was sent twice
		return respond.Redirect(address), nil
	}
	return r.Done("done.corrected", address)
}

// goOn leads on once a part is stored: back to the comment beside which a button was
// pressed, else to where saving leads.
func (h *Handlers) goOn(r *respond.Request, in page.SubmissionInput, part submission.Part, drafts []store.CommentDraft) (respond.Response, error) {
	response, pressed, err := h.answered(r, in, drafts, func(int64) string { return partAddress(r, in.ID, part) })
	if err == nil && !pressed {
		return respond.Redirect(nextAddress(r, in.Submission, part)), nil
	}
	return response, err
}

// partAddress is the page of a part, which leads back to checking the answers if it came
// from there.
func partAddress(r *respond.Request, id submission.ID, part submission.Part) string {
	if r.PostFormValue(link.ReturnParameter) == link.ToCheck {
		return link.Returning(r.Tag(), id, part)
	}
	return link.Part(r.Tag(), id, part)
}

// storePart puts the part as it was typed into the current text, and tries again
// if another part was saved in the meantime. What comes from the button is stored
// without the words that name no keyword; the script is refused then, for its author
// may still be typing. ErrConflict comes with the submission as it is now: this very
// part has changed since the form was made.
func (h *PartHandlers) storePart(r *respond.Request, now submission.Submission, part submission.Part) (submission.Submission, []submission.Problem, error) {
	typed := submission.ParsePartForm(r.PostForm)
	base := r.PostFormValue("seen")
	for range maxSaves {
		content, problems := now.Fill(part, typed)
		_, rest := submission.Leftover(problems)
		before := now.Content.Digest(part)
		switch {
		case len(problems) > 0 && (!rest || r.IsFetch()), before == content.Digest(part):
			return now, problems, nil
		case submission.Writes(now, r.Viewer()) == "":
			return now, nil, submission.ErrState
		case before != base:
			return now, nil, submission.ErrConflict
		}
		stored, err := h.Submissions.Advance(r.Context(), now.ID, now.Version, h.write(r, now, content))
		if !errors.Is(err, submission.ErrConflict) {
			return stored, problems, err
		}
		if now, err = respond.FindSubmission(r, h.Submissions, now.ID); err != nil {
			return now, nil, err
		}
	}
	return now, nil, submission.ErrConflict
}

// write is the step with which the viewer changes the text.
func (h *Handlers) write(r *respond.Request, now submission.Submission, content submission.Content) submission.Step {
	return submission.Step{Action: cmp.Or(submission.Writes(now, r.Viewer()), submission.Save), By: r.Viewer(), At: h.Now(), Limits: now.Limits, Content: content}
}

// partTooLate shows what was typed when the text cannot be changed any more.
func (h *PartHandlers) partTooLate(r *respond.Request, part submission.Part) (respond.Response, error) {
	in, err := h.written(r)
	if err != nil {
		return respond.Response{}, err
	}
	form, err := h.partInput(r, in, part)
	form.Form, form.Closed, form.Invalid = submission.ParsePartForm(r.PostForm), true, nil
	return respond.Conflict(page.NewPart(r.Locale, r.Frame, form).View()), err
}

// partConflict shows both texts of a part, the stored one and the typed one, so
// that the author can merge them.
func (h *PartHandlers) partConflict(r *respond.Request, in page.SubmissionInput, part submission.Part) (respond.Response, error) {
	if r.IsFetch() {
		return respond.Saved(r, http.StatusConflict, respond.Autosave{})
	}
	form, err := h.partInput(r, in, part)
	form.Form = submission.ParsePartForm(r.PostForm)
	form.Conflict = true
	form.Saver = h.lastSaver(r, in, part)
	form.Invalid = nil
	return respond.Conflict(page.NewPart(r.Locale, r.Frame, form).View()), err
}

// nextAddress is where saving a part leads: to the next part, back to checking
// the answers, to another row for a city, or to the task list.
func nextAddress(r *respond.Request, stored submission.Submission, part submission.Part) string {
	tag := r.Tag()
	switch act := r.PostFormValue("act"); {
	case act == "row":
		return link.AnotherRow(tag, stored.ID, part) + page.FirstNewRow(stored.Content)
	case act != "continue", stored.Correction != nil:
		r.Notify("done.saved")
		return link.Workplace(tag, stored)
	case r.PostFormValue(link.ReturnParameter) == link.ToCheck:
		return link.SubmissionPage(tag, stored.ID, link.CheckPage)
	}
	parts := stored.Parts()
	next := slices.Index(parts, part) + 1
	if next == len(parts) {
		return link.SubmissionPage(tag, stored.ID, link.CheckPage)
	}
	return link.Part(tag, stored.ID, parts[next])
}
