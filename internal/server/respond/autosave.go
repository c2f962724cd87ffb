package respond

import (
	"encoding/json"
	"time"
)

// Autosave is the response to the script that saves while somebody writes.
type Autosave struct {
	Saved   time.Time `json:"saved"`             // by the server's clock; the browser puts it into words
	Seen    string    `json:"seen,omitempty"`    // what the next request has to send as what it has seen
	Words   int       `json:"words"`             // of the text
	Problem string    `json:"problem,omitempty"` // why nothing was saved
}

// Saved writes the response to the script that saves.
func Saved(r *Request, status int, result Autosave) (Response, error) {
	r.Writer.Header().Set("Content-Type", "application/json")
	r.Writer.Header().Set("Cache-Control", "private, no-store")
	r.Writer.WriteHeader(status)
	return Response{Written: true}, json.NewEncoder(r.Writer).Encode(result)
}
