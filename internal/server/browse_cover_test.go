package server_test

import (
	"net/http"
	"strings"
	"testing"

	"exempla/internal/link"
	"exempla/internal/testdb"
)

// A list shows the picture of a practice in the small, in a place that is there before it
// comes. What is only handed in stays hidden in every size.
func TestListShowsPictures(t *testing.T) {
	t.Parallel()
	s := serve(t, testdb.Open(t))
	picture, hidden := s.keeps(photo(t, 2000, 1000)), s.keeps(photo(t, 900, 700))
	picture.Alt = "A desk"
	s.shown(s.keeps(report("x")), picture)
	if err := s.Store.Practices.Refresh(t.Context(), s.Catalogue); err != nil {
		t.Fatal(err)
	}
	p := s.visit("/en/practices")
	shown := p.one(".item img")
	at := "/files/" + picture.Hash
	for name, want := range map[string]string{"alt": "", "src": at + "/tiny", "srcset": at + "/tiny 240w, " + at + "/small 480w, " + at + "/medium 960w, " + at + " 1600w",
		"width": "1600", "height": "800", "loading": "lazy"} {
		if got := attr(shown, name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	p.lacks(".cover")
	s.visit("/en/practices/shown").lacks(".cover")
	for _, size := range []string{"/tiny", "/small", "/medium"} {
		if got := s.visit(at + size); got.header.Get("Content-Type") != "image/jpeg" || len(got.body) > 20_000 {
			t.Errorf("%s: %d bytes, %v", size, len(got.body), got.header)
		}
		s.get("/files/" + hidden.Hash + size).is(http.StatusNotFound)
	}
	s.get(at + "/huge").is(http.StatusNotFound)
}

// Practices with sections and without pictures have covers, which nobody hears of. Those
// of the same place and topic are the same.
func TestLongPracticesHaveCovers(t *testing.T) {
	t.Parallel()
	s, practices := openSample(t), known(t)
	p := s.visit("/en/practices?size=50")
	covers := 0
	for _, item := range all(p.doc, "li.item") {
		slug := strings.TrimPrefix(attr(item, "id"), link.EntryID(""))
		found, ok := practices[slug]
		if !ok {
			t.Fatalf("no practice %q", slug)
		}
		cover := all(item, "svg.cover")
		if long := len(found.Texts[0].Sections) > 0; long != (len(cover) == 1) {
			t.Errorf("%s has %d covers", slug, len(cover))
		}
		for _, svg := range cover {
			covers++
			if attr(svg, "aria-hidden") != "true" || len(all(svg, "path")) != 3 {
				t.Errorf("%s has a cover that is not one", slug)
			}
		}
	}
	if covers == 0 {
		t.Error("nothing has a cover")
	}
	s.visit("/en/practices/" + ioannina).one(".beside svg.cover")
}
