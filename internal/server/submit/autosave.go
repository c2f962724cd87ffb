package submit

import (
	"errors"
	"net/http"

	"exempla/internal/server/respond"
	"exempla/internal/submission"
	"exempla/internal/text"
)

// partForm reads the form of a part.
func partForm(r *respond.Request) (submission.PartForm, error) {
	var large *http.MaxBytesError
	if err := r.ParseForm(); errors.As(err, &large) {
		return submission.PartForm{}, respond.ErrTooLarge
	}
	return submission.ParsePartForm(r.PostForm), nil
}

// answerAutosave tells the script whether the part was saved.
func answerAutosave(r *respond.Request, stored submission.Submission, part submission.Part, problems []submission.Problem) (respond.Response, error) {
	if len(problems) > 0 {
		return respond.Saved(r, http.StatusUnprocessableEntity, respond.Autosave{Problem: string(problems[0].Rule)})
	}
	return respond.Saved(r, http.StatusOK, respond.Autosave{
		Saved: stored.Updated.UTC(),
		Seen:  stored.Content.Digest(part),
		Words: text.CountWords(stored.Content.Text(part)),
	})
}
