package server

import (
	"crypto/rand"
	"net/http"
	"strings"

	"exempla/internal/link"
	"exempla/internal/practice"
	"exempla/internal/submission"
	"exempla/web/component"
	"exempla/web/page"
)

// askToStart is the first page of a submission.
func (s *Server) askToStart(v *visit) (answer, error) {
	begun := page.Begun{Key: rand.Text(), Language: practice.Language(v.l.Tag())}
	return answer{view: page.NewStart(v.l, v.frame, begun, s.ReviewDays).View()}, nil
}

// startSubmission begins a draft. A title is enough; the city is the officer's
// own until somebody says otherwise.
func (s *Server) startSubmission(v *visit) (answer, error) {
	begun := page.Begun{Key: formKey(v.r.PostFormValue("key")), Title: submission.OneLine(v.r.PostFormValue("title")),
		Language: practice.Language(v.r.PostFormValue("language"))}
	content := submission.Content{Title: begun.Title}
	for _, city := range v.viewer().Cities {
		content.Cities = append(content.Cities, practice.City{Country: city.Country, Name: city.Name})
		content.Countries = appendOnce(content.Countries, city.Country)
	}
	problems := component.SubmissionProblems(v.l, content.Sizes(), nil)
	if !begun.Language.Known() {
		problems.Add(v.l, "language", "start.unknown_language")
	}
	if len(problems) > 0 {
		view := page.NewStart(v.l, v.frame, begun, s.ReviewDays).Refused(problems)
		return answer{view: view.View(), status: http.StatusUnprocessableEntity}, nil
	}
	id, err := s.Store.Submissions.Start(v.r.Context(), submission.Submission{Kind: submission.New, Language: begun.Language,
		Content: content, Created: s.Now()}, begun.Key, v.viewer())
	return answer{goTo: link.Submission(v.l.Tag(), id)}, err
}

// maxKey bounds the key of a form, in characters: ours have 26.
const maxKey = 64

// formKey is the key that a form carries, or a new one where somebody's own
// form has none.
func formKey(text string) string {
	if text == "" || len(text) > maxKey || strings.ContainsFunc(text, func(r rune) bool { return r < '0' || r > 'z' }) {
		return rand.Text()
	}
	return text
}

func appendOnce[T comparable](list []T, value T) []T {
	for _, other := range list {
		if other == value {
			return list
		}
	}
	return append(list, value)
}
