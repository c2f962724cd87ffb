package server_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// A file that is far too large is not read to its end, nor to the end of what twelve of
// them may have, whoever sends it. One that is somewhat too large is.
func TestFarTooLargeFilesAreNotRead(t *testing.T) {
	t.Parallel()
	b := openBureau(t)
	path := b.ana.begins("Huge") + "/pictures"
	for name, c := range map[string]*client{"officer": b.ana, "stranger": b.stranger()} {
		for _, megabytes := range []int{13, 200} {
			begin := "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.jpg\"\r\n\r\n\xff\xd8\xff"
			length := int64(megabytes) << 20
			file := &io.LimitedReader{R: endless{}, N: length}
			body := io.MultiReader(strings.NewReader(begin), file, strings.NewReader("\r\n--b--\r\n"))
			p := c.request(httptest.NewRequest(http.MethodPost, path, body), "Content-Type", "multipart/form-data; boundary=b")
			read := length - file.N
			switch {
			case megabytes < 20 && (p.status == http.StatusRequestEntityTooLarge || read < length):
				t.Errorf("%s: %d MB are answered with %d", name, megabytes, p.status)
			case megabytes > 20:
				p.is(http.StatusRequestEntityTooLarge)
				if read > 32<<20 {
					t.Errorf("%s: %d bytes are read", name, read)
				}
			}
		}
	}
}

// endless reads as zeros.
type endless struct{}

func (endless) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}
