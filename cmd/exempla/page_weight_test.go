package main

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"regexp"
	"testing"

	"exempla/internal/browser"
)

// What a page may weigh over the wire on a first visit, everything included, in
// bytes: it must come quickly on a bad line.
const (
	listingLimit  = 29_500 // Greek, in which all cards are read, takes two bytes a letter, and covers one kilobyte; what other tests publish makes it differ
	practiceLimit = 20_000
	scriptLimit   = 5_000
)

// withSections is the practice of the sample that has all its sections; foreign
// is one whose title is in another language than its text.
const (
	withSections = "/en/practices/urban-response-coordination-ioannina"
	foreign      = "/en/practices/developing-a-guide-against-radicalisation-in-bergen"
)

func TestPagesAreLight(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		path  string
		limit int
	}{
		"listing":        {"/en/practices", listingLimit},
		"listing, el":    {"/el/practices", listingLimit},
		"listing, words": {"/en/practices?q=school&country=ES&country=IT", listingLimit},
		"practice":       {withSections, practiceLimit},
		"practice, ar":   {"/ar/practices/developing-a-guide-against-radicalisation-in-bergen", practiceLimit},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			tab := browser.Open(t)
			tab.Go(address(t, c.path))
			size := tab.Received()
			if size > c.limit {
				t.Errorf("%s weighs %d bytes", c.path, size)
			}
			t.Logf("%s: %d bytes", c.path, size)
		})
	}
}

func TestScriptIsSmall(t *testing.T) {
	t.Parallel()
	_, body := fetch(t, address(t, "/en/practices"))
	path := regexp.MustCompile(`/static/app\.[0-9a-f]+\.js`).FindString(body)
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address(t, path), nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Accept-Encoding", "gzip")
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	compressed, err := io.ReadAll(answer.Body)
	if err != nil || answer.Header.Get("Content-Encoding") != "gzip" || len(compressed) > scriptLimit {
		t.Errorf("the script comes in %d bytes, encoded as %q, %v", len(compressed), answer.Header.Get("Content-Encoding"), err)
	}
	if _, err := gzip.NewReader(bytes.NewReader(compressed)); err != nil {
		t.Error(err)
	}
}
