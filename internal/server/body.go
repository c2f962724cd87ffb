package server

import (
	"io"
	"net/http"
	"slices"
	"time"

	"github.com/go-chi/chi/v5"

	"exempla/internal/attachment"
	"exempla/internal/link"
	"exempla/internal/submission"
)

// Bounds of what a request sends, in bytes: a form's longest texts in the
// script that takes most bytes, and, where files are handed in, as many of them
// as a submission can have beside such a form. They are read one at a time.
const (
	maxBody   = 1 << 20
	maxUpload = maxBody + submission.MaxFiles*attachment.MaxSize
)

// Waits of a long request. Each piece of it may take pieceTime, so that a slow
// but honest sender is not cut off, and one who sends nothing is; all of it
// together uploadTime: the largest one at a quarter of a megabit.
const (
	pieceTime  = 30 * time.Second
	uploadTime = 70 * time.Minute
)

// filedParts are the parts that have files.
var filedParts = slices.DeleteFunc(slices.Clone(submission.Parts), func(p submission.Part) bool { return !p.HasFiles() })

// uploads finds out whether a request brings files.
var uploads = func() chi.Router {
	r := chi.NewRouter()
	for _, part := range filedParts {
		r.Post("/{language}/"+link.SubmissionsPage+"/{id}/"+string(part), http.NotFound)
	}
	return r
}()

// bodyLimit is how many bytes a request may send.
func bodyLimit(r *http.Request) int64 {
	if uploads.Match(chi.NewRouteContext(), r.Method, r.URL.Path) {
		return maxUpload
	}
	return maxBody
}

// extend gives the answer more time than others have.
func extend(w http.ResponseWriter, more time.Duration) {
	// A writer that knows no deadlines, as in tests, needs no more time.
	_ = http.NewResponseController(w).SetWriteDeadline(time.Now().Add(more))
}

// patient is a body that is read however long it takes, as long as it moves.
type patient struct {
	io.ReadCloser
	w   http.ResponseWriter
	end time.Time
}

// newPatient makes the body of a request patient. Only a person who has signed
// in deserves that.
func newPatient(v *visit) patient { return patient{v.r.Body, v.w, time.Now().Add(uploadTime)} }

// Read reads the next piece. The error is errTooLarge when all of it has taken
// too long: less would have arrived.
func (p patient) Read(b []byte) (int, error) {
	now := time.Now()
	if now.After(p.end) {
		return 0, errTooLarge
	}
	control := http.NewResponseController(p.w)
	_ = control.SetReadDeadline(now.Add(pieceTime))
	extend(p.w, pieceTime+writeTime)
	n, err := p.ReadCloser.Read(b)
	if err != nil {
		_ = control.SetReadDeadline(time.Time{}) // else the request would end with it, while its files are still looked at
	}
	return n, err
}
