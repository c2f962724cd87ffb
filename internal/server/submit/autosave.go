package submit

import (
	"encoding/json"
	"errors"
	"net/http"
	"time"

	"exempla/internal/server/respond"
	"exempla/internal/submission"
	"exempla/internal/text"
)

// autosaveResult is the response to the script that saves while an author types.
type autosaveResult struct {
	Saved   time.Time `json:"saved"`             // by the server's clock; the browser puts it into words
	Base    string    `json:"seen,omitempty"`    // digest of the part, for the next request
	Words   int       `json:"words"`             // of the text
	Problem string    `json:"problem,omitempty"` // why nothing was saved
}

// partForm reads the form of a part.
func partForm(r *respond.Request) (submission.PartForm, error) {
	var large *http.MaxBytesError
	if err := r.ParseForm(); errors.As(err, &large) {
		return submission.PartForm{}, respond.ErrTooLarge
	}
	return submission.ParsePartForm(r.PostForm), nil
}

func writeAutosave(r *respond.Request, status int, result autosaveResult) (respond.Response, error) {
	r.Writer.Header().Set("Content-Type", "application/json")
	r.Writer.Header().Set("Cache-Control", "private, no-store")
	r.Writer.WriteHeader(status)
	return respond.Response{Written: true}, json.NewEncoder(r.Writer).Encode(result)
}

// answerAutosave tells the script whether the part was saved.
func answerAutosave(r *respond.Request, stored submission.Submission, part submission.Part, problems []submission.Problem) (respond.Response, error) {
	if len(problems) > 0 {
		return writeAutosave(r, http.StatusUnprocessableEntity, autosaveResult{Problem: string(problems[0].Rule)})
	}
	return writeAutosave(r, http.StatusOK, autosaveResult{
		Saved: stored.Updated.UTC(),
		Base:  stored.Content.Digest(part),
		Words: text.CountWords(stored.Content.Text(part)),
	})
}
