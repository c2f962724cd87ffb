package respond

import (
	"io"
	"net/http"
	"time"
)

// MaxBody is how many bytes a request may send without files: a form's longest
// texts in the script that takes most bytes.
const MaxBody = 1 << 20

// formTime is how long a body may take to arrive that has no files: a form at its
// longest, at a quarter of a megabit per second. Who sends it drop by drop holds a
// connection no longer.
const formTime = 30 * time.Second

// formBody is a body that has to arrive within formTime.
type formBody struct {
	io.ReadCloser
	control *http.ResponseController
}

func newFormBody(w http.ResponseWriter, body io.ReadCloser) formBody {
	b := formBody{body, http.NewResponseController(w)}
	_ = b.control.SetReadDeadline(time.Now().Add(formTime))
	return b
}

// Read reads the next piece.
func (b formBody) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	if err == io.EOF {
		_ = b.control.SetReadDeadline(time.Time{}) // or the request would be cancelled while it is worked on
	}
	return n, err
}

// Timeouts of an upload. Every read may take pieceTime, which cuts off a sender
// that stalls; the whole body may take uploadTime, which is what the largest one
// needs at a quarter of a megabit per second. After the first pieceTime the average
// must be leastRate, in bytes a second, which the slowest mobile networks reach.
const (
	pieceTime  = 30 * time.Second
	uploadTime = 70 * time.Minute
	leastRate  = 2 << 10
)

// ReadPatiently gives the body of a request more time as long as data keep
// arriving. A stranger could use that to hold connections open, so it is only for
// people who have signed in.
func (r *Request) ReadPatiently() {
	r.Body = &patientBody{ReadCloser: r.Body, w: r.Writer, begin: time.Now()}
}

// patientBody is a body whose read deadline moves with every read.
type patientBody struct {
	io.ReadCloser
	w     http.ResponseWriter
	begin time.Time
	read  int64 // bytes
}

// Read reads the next piece. The error is ErrTooLarge once the whole body has
// taken too long: a smaller one would have arrived. It is ErrBrokenOff if it
// arrives too slowly.
func (p *patientBody) Read(b []byte) (int, error) {
	now := time.Now()
	switch took := now.Sub(p.begin); {
	case took > uploadTime:
		return 0, ErrTooLarge
	case took > pieceTime && float64(p.read) < leastRate*(took-pieceTime).Seconds():
		return 0, ErrBrokenOff
	}
	control := http.NewResponseController(p.w)
	_ = control.SetReadDeadline(now.Add(pieceTime))
	Extend(p.w, pieceTime+WriteTime)
	n, err := p.ReadCloser.Read(b)
	p.read += int64(n)
	if err != nil {
		_ = control.SetReadDeadline(time.Time{}) // or the request would be cancelled while its files are checked
	}
	return n, err
}
