package respond

import (
	"io"
	"net/http"

	"github.com/klauspost/compress/gzip"
)

// Known answers a request for something that depends on nothing but address and
// snapshot, if only its headers are wanted or the browser has it already. It sets the
// headers by which others may keep it.
func (r *Request) Known() bool {
	if !r.isPublic() {
		r.Writer.Header().Set("Cache-Control", "private, no-store")
	} else if notModified(r.Writer, r.Request, r.snapshot.tags[r.Locale]) {
		return true
	}
	return r.Method == http.MethodHead
}

// Compressed is where to write a long response, compressed if the browser takes that.
// The caller has set all headers, and calls end when it has written everything.
func (r *Request) Compressed() (out io.Writer, end func() error) {
	if !AcceptsGzip(r.Header.Get("Accept-Encoding")) {
		return r.Writer, func() error { return nil }
	}
	r.Writer.Header()["Content-Encoding"] = gzipped
	zip := compressors.Get().(*gzip.Writer)
	zip.Reset(r.Writer)
	return zip, func() error {
		err := zip.Close()
		compressors.Put(zip)
		return err
	}
}
