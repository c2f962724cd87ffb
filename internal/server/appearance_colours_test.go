package server_test

import (
	"image/color"
	"image/png"
	"net/http"
	"slices"
	"strings"
	"testing"

	"exempla/internal/account"
	"exempla/internal/link"
)

// Colours reach what other sites show of this one, however often it was asked for before.
func TestColoursOnOtherSites(t *testing.T) {
	t.Parallel()
	s := openOwn(t)
	c, reader := s.as(account.Administrator), s.stranger()
	const embed = "/en/embed?topic=refugees"
	cards := []string{"/en/practices.png?topic=refugees", link.PracticeCard("en", ioannina)}
	before := map[string]page{}
	for _, path := range append(cards, embed) {
		before[path] = reader.visit(path)
		reader.get(path, "Accept-Encoding", "gzip").is(http.StatusOK) // which is kept
		reader.get(path, "Accept-Encoding", "gzip", "If-None-Match", before[path].header.Get("Etag")).is(http.StatusNotModified)
	}
	number := c.saves("accent-light", "#5b2a86")
	for path, was := range before {
		if p := reader.visit(path); p.body != was.body {
			t.Errorf("%s changes before it is published", path)
		}
	}
	c.shows(number)
	for _, path := range cards {
		p := reader.get(path, "If-None-Match", before[path].header.Get("Etag"))
		p.is(http.StatusOK)
		read, err := png.Decode(strings.NewReader(p.body))
		if err != nil {
			t.Fatal(err)
		}
		if got := color.RGBAModel.Convert(read.At(600, 620)); got != (color.RGBA{0x5b, 0x2a, 0x86, 0xff}) {
			t.Errorf("%s: the stripe is %v", path, got)
		}
	}
	sheets := attrs(all(reader.visit("/en/practices").doc, "link[rel=stylesheet]"), "href")
	p := reader.get(embed, "If-None-Match", before[embed].header.Get("Etag"))
	p.is(http.StatusOK)
	shown := attrs(all(p.doc, "link[rel=stylesheet]"), "href")
	if len(shown) != 2 || !strings.HasPrefix(shown[1], "/theme/") || !slices.Contains(sheets, shown[1]) {
		t.Errorf("style sheets %v, where pages have %v", shown, sheets)
	}
	s.visit(shown[1])
}
