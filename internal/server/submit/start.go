package submit

import (
	"crypto/rand"

	"exempla/internal/link"
	"exempla/internal/practice"
	"exempla/internal/server/respond"
	"exempla/internal/submission"
	"exempla/web/component"
	page "exempla/web/page/submit"
)

// AskToStart shows the first page of a submission.
func (h *Handlers) AskToStart(r *respond.Request) (respond.Response, error) {
	in := page.StartInput{Key: rand.Text(), Language: practice.Language(r.Tag()), Days: h.ReviewDays}
	return respond.Show(page.NewStart(r.Locale, r.Frame, in).View()), nil
}

// StartSubmission creates a draft. Officers who speak for no city, as those whom a
// colleague invited to one draft, cannot start. Only a title is required; the place is that
// of the officer until it is changed.
func (h *Handlers) StartSubmission(r *respond.Request) (respond.Response, error) {
	in := page.StartInput{
		Key:      respond.FormKey(r.PostFormValue("key")),
		Title:    submission.OneLine(r.PostFormValue("title")),
		Language: practice.Language(r.PostFormValue("language")),
		Days:     h.ReviewDays,
	}
	content := submission.Content{Title: in.Title}
	for _, city := range r.Viewer().Cities {
		content.Cities = append(content.Cities, submission.Located(practice.City{Country: city.Country, Name: city.Name}))
		content.Countries = respond.AppendOnce(content.Countries, city.Country)
	}
	if len(r.Viewer().Cities) == 0 {
		return respond.Response{}, respond.ErrNotAllowed
	}
	in.Problems = component.SubmissionProblems(r.Locale, content.Sizes(), nil)
	if !in.Language.Known() {
		in.Problems.Add(r.Locale, "language", "start.unknown_language")
	}
	if len(in.Problems) > 0 {
		return respond.Invalid(page.NewStart(r.Locale, r.Frame, in).View()), nil
	}
	draft := submission.Submission{Kind: submission.New, Language: in.Language, Content: content, Created: h.Now()}
	id, err := h.Submissions.Start(r.Context(), draft, in.Key, r.Viewer())
	return respond.Redirect(link.Submission(r.Tag(), id)), err
}
