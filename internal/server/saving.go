package server

import (
	"encoding/json"
	"errors"
	"net/http"
	"time"

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
func (v *visit) partForm() (submission.PartForm, error) {
	var large *http.MaxBytesError
	if err := v.r.ParseForm(); errors.As(err, &large) {
		return submission.PartForm{}, errTooLarge
	}
	return submission.ParsePartForm(v.r.PostForm), nil
}

// data answers a script.
func (v *visit) data(status int, s saving) (answer, error) {
	v.w.Header().Set("Content-Type", "application/json")
	v.w.Header().Set("Cache-Control", "private, no-store")
	v.w.WriteHeader(status)
	return answer{sent: true}, json.NewEncoder(v.w).Encode(s)
}

// saved tells the script what became of a part.
func saved(v *visit, now submission.Submission, part submission.Part, problems []submission.Problem) (answer, error) {
	if len(problems) > 0 {
		return v.data(http.StatusUnprocessableEntity, saving{Problem: string(problems[0].Rule)})
	}
	return v.data(http.StatusOK, saving{Saved: now.Updated.UTC(), Seen: now.Content.Digest(part), Words: text.CountWords(now.Content.Text(part))})
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
