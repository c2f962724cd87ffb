package submit

import (
	"encoding/json"
	"errors"
	"net/http"
	"time"

	"exempla/internal/server/respond"
	"exempla/internal/store"
	"exempla/internal/submission"
	"exempla/internal/text"
)

// saving is the answer to the script that saves while an author writes.
type saving struct {
	Saved   time.Time `json:"saved"`             // the time of the server, which the browser puts in its own words
	Seen    string    `json:"seen,omitempty"`    // digest of the part, for the next time
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

// data answers a script.
func answerScript(r *respond.Request, status int, s saving) (respond.Response, error) {
	r.Writer.Header().Set("Content-Type", "application/json")
	r.Writer.Header().Set("Cache-Control", "private, no-store")
	r.Writer.WriteHeader(status)
	return respond.Response{Written: true}, json.NewEncoder(r.Writer).Encode(s)
}

// saved tells the script what became of a part.
func saved(r *respond.Request, now submission.Submission, part submission.Part, problems []submission.Problem) (respond.Response, error) {
	if len(problems) > 0 {
		return answerScript(r, http.StatusUnprocessableEntity, saving{Problem: string(problems[0].Rule)})
	}
	return answerScript(r, http.StatusOK, saving{Saved: now.Updated.UTC(), Seen: now.Content.Digest(part), Words: text.CountWords(now.Content.Text(part))})
}

// withoutOriginal forgives that a practice is not shown any more: its
// translation can be written all the same.
func withoutOriginal(err error) error {
	var archived store.Archived
	var moved store.Moved
	if errors.As(err, &archived) || errors.As(err, &moved) || errors.Is(err, store.ErrNotFound) {
		return nil
	}
	return err
}
