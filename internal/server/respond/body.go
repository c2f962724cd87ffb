package respond

import (
	"io"
	"net/http"
	"time"
)

// MaxBody is how many bytes a request may send without files: a form's longest
// texts in the script that takes most bytes.
const MaxBody = 1 << 20

// Waits of a long request. Each piece of it may take pieceTime, so that a slow
// but honest sender is not cut off, and one who sends nothing is; all of it
// together uploadTime: the largest one at a quarter of a megabit.
const (
	pieceTime  = 30 * time.Second
	uploadTime = 70 * time.Minute
)

// ReadPatiently lets the body of a request take its time, as long as it moves.
// Only people who have signed in deserve that.
func (r *Request) ReadPatiently() {
	r.Body = patientBody{r.Body, r.Writer, time.Now().Add(uploadTime)}
}

// patientBody is a body that is read however long it takes, as long as it moves.
type patientBody struct {
	io.ReadCloser
	w   http.ResponseWriter
	end time.Time
}

// Read reads the next piece. The error is ErrTooLarge when all of it has taken
// too long: less would have arrived.
func (p patientBody) Read(b []byte) (int, error) {
	now := time.Now()
	if now.After(p.end) {
		return 0, ErrTooLarge
	}
	control := http.NewResponseController(p.w)
	_ = control.SetReadDeadline(now.Add(pieceTime))
	Extend(p.w, pieceTime+WriteTime)
	n, err := p.ReadCloser.Read(b)
	if err != nil {
		_ = control.SetReadDeadline(time.Time{}) // else the request would end with it, while its files are still looked at
	}
	return n, err
}
