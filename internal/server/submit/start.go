package submit

import (
	"crypto/rand"
	"net/http"

	"exempla/internal/link"
	"exempla/internal/practice"
	"exempla/internal/server/respond"
	"exempla/internal/submission"
	"exempla/web/component"
	page "exempla/web/page/submit"
)

// AskToStart is the first page of a submission.
func (h *Handlers) AskToStart(r *respond.Request) (respond.Response, error) {
	begun := page.Begun{Key: rand.Text(), Language: practice.Language(r.Tag())}
	return respond.Response{Page: page.NewStart(r.Locale, r.Frame, begun, h.ReviewDays).View()}, nil
}

// StartSubmission begins a draft. A title is enough; the city is the officer's
// own until somebody says otherwise.
func (h *Handlers) StartSubmission(r *respond.Request) (respond.Response, error) {
	begun := page.Begun{Key: respond.FormKey(r.PostFormValue("key")), Title: submission.OneLine(r.PostFormValue("title")),
		Language: practice.Language(r.PostFormValue("language"))}
	content := submission.Content{Title: begun.Title}
	for _, city := range r.Viewer().Cities {
		content.Cities = append(content.Cities, practice.City{Country: city.Country, Name: city.Name})
		content.Countries = respond.AppendOnce(content.Countries, city.Country)
	}
	problems := component.SubmissionProblems(r.Locale, content.Sizes(), nil)
	if !begun.Language.Known() {
		problems.Add(r.Locale, "language", "start.unknown_language")
	}
	if len(problems) > 0 {
		view := page.NewStart(r.Locale, r.Frame, begun, h.ReviewDays).Refused(problems)
		return respond.Response{Page: view.View(), Status: http.StatusUnprocessableEntity}, nil
	}
	id, err := h.Submissions.Start(r.Context(), submission.Submission{Kind: submission.New, Language: begun.Language,
		Content: content, Created: h.Now()}, begun.Key, r.Viewer())
	return respond.Response{Redirect: link.Submission(r.Tag(), id)}, err
}
