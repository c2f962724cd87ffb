package respond

import (
	"io"
	"net/http"
	"time"
)

// MaxBody is how many bytes a request may send without files: a form's longest
// texts in the script that takes most bytes.
const MaxBody = 1 << 20

// Timeouts of an upload. Every read may take pieceTime, which cuts off a sender
// that stalls but not one that is slow; the whole body may take uploadTime, which
// is what the largest one needs at a quarter of a megabit per second.
const (
	pieceTime  = 30 * time.Second
	uploadTime = 70 * time.Minute
)

// ReadPatiently gives the body of a request more time as long as data keep
// arriving. A stranger could use that to hold connections open, so it is only for
// people who have signed in.
func (r *Request) ReadPatiently() {
	r.Body = patientBody{r.Body, r.Writer, time.Now().Add(uploadTime)}
}

// patientBody is a body whose read deadline moves with every read.
type patientBody struct {
	io.ReadCloser
	w   http.ResponseWriter
	end time.Time
}

// Read reads the next piece. The error is ErrTooLarge once the whole body has
// taken too long: a smaller one would have arrived.
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
		_ = control.SetReadDeadline(time.Time{}) // or the request would be cancelled while its files are checked
	}
	return n, err
}
