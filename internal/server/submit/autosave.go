package submit

import (
	"net/http"

	"exempla/internal/server/respond"
	"exempla/internal/submission"
	"exempla/internal/text"
)

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
