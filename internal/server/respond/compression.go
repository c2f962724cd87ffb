package respond

import (
	"bytes"
	"io"
	"strconv"
	"strings"
	"sync"

	"github.com/klauspost/compress/gzip"
)

// pageLevel is the gzip level of pages. A listing of 41 kB becomes 8.3 kB at level
// 1; level 5 saves 8 % of that for nearly twice the work, and compression is most
// of what a page costs that is not cached.
const pageLevel = 1

var compressors = sync.Pool{New: func() any {
	zip, err := gzip.NewWriterLevel(nil, pageLevel)
	if err != nil {
		panic(err) // the level above is a valid one
	}
	return zip
}}

// compress appends the compressed page to out.
func compress(out *bytes.Buffer, page []byte) {
	zip := compressors.Get().(*gzip.Writer)
	defer compressors.Put(zip)
	zip.Reset(out)
	zip.Write(page)
	zip.Close()
}

// Stream begins a response of a media type that the handler writes itself, bit by
// bit and compressed if the client takes that. The caller has to call end when
// everything is written.
func (r *Request) Stream(mediaType string) (out io.Writer, end func() error) {
	h := r.Writer.Header()
	h.Set("Content-Type", mediaType)
	if !Accepts(r.Header.Get("Accept-Encoding"), "gzip") {
		return r.Writer, func() error { return nil }
	}
	h["Content-Encoding"] = gzipped
	zip := compressors.Get().(*gzip.Writer)
	zip.Reset(r.Writer)
	return zip, func() error {
		defer compressors.Put(zip)
		return zip.Close() // fails only if the client has gone
	}
}

// Accepts reports whether an Accept-Encoding header names a coding, such as "gzip", that
// the client takes; "gzip;q=0" says that it does not.
func Accepts(header, coding string) bool {
	for entry := range strings.SplitSeq(strings.ToLower(header), ",") {
		name, quality, weighed := strings.Cut(strings.ReplaceAll(entry, " ", ""), ";q=")
		if name == coding {
			if !weighed {
				return true
			}
			value, err := strconv.ParseFloat(quality, 64)
			return err == nil && value > 0
		}
	}
	return false
}

func acceptsJSON(header string) bool { return strings.Contains(header, "application/json") }
