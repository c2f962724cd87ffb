package server_test

import (
	"image/png"
	"net/http"
	"strings"
	"testing"

	"exempla/internal/link"
	"exempla/internal/testdb"
)

// card visits the picture by which a page says that it is shared, and checks it.
func (s *site) card(path string) page {
	s.Helper()
	shown := s.visit(path)
	address, found := strings.CutPrefix(attr(shown.one("meta[property=og:image]"), "content"), origin)
	if !found {
		s.Fatalf("%s: the card is elsewhere: %s", path, address)
	}
	p := s.visit(address)
	read, err := png.Decode(strings.NewReader(p.body))
	if err != nil {
		s.Fatalf("%s: %v", address, err)
	}
	wide, high := attr(shown.one("meta[property=og:image:width]"), "content"), attr(shown.one("meta[property=og:image:height]"), "content")
	if size := read.Bounds().Size(); size.X != 1200 || size.Y != 630 || wide != "1200" || high != "630" {
		s.Errorf("%s has %v pixels, and the page says %s × %s", address, size, wide, high)
	}
	if most := 60_000; len(p.body) > most {
		s.Errorf("%s has %d bytes, at most %d are allowed", address, len(p.body), most)
	}
	if p.header.Get("Content-Type") != "image/png" || attr(shown.one("meta[property=og:image:alt]"), "content") != attr(shown.one("meta[property=og:title]"), "content") ||
		attr(shown.one("meta[name=twitter:card]"), "content") != "summary_large_image" {
		s.Errorf("%s is described wrongly", address)
	}
	return p
}

// Pages that people share have a card, which is another one in another language.
func TestCards(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	for _, path := range []string{"/practices", "/practices?topic=education&country=GR&sort=title", "/practices/" + erlangen, "/collections/answers-to-rumours",
		"/topics/refugees", "/countries/GR", "/places/gr-ioannina", "/facts?country=GR", "/map"} {
		if s.card("/en"+path).body == s.card("/ar"+path).body {
			t.Errorf("%s has the same card in two languages", path)
		}
	}
	if s.card("/en/practices?country=GR").body == s.card("/en/practices?country=DE").body {
		t.Error("two selections have the same card")
	}
	s.get("/en/sign-in").lacks("meta[property=og:image]")
	if got := attr(s.visit("/en/practices?country=GR&sort=title").one("meta[property=og:image]"), "content"); got != origin+"/en/practices.png?country=GR" {
		t.Errorf("a list in another order has a card of its own: %s", got)
	}
	s.get("/en/practices.png?sort=title&topic=&country=GR").leads(http.StatusFound, "/en/practices.png?country=GR")
	s.get("/en/countries/gr.png").leads(http.StatusFound, "/en/countries/GR.png")
	for _, missing := range []string{"/en/countries/XY.png", "/en/collections/none.png", "/en/practices/no-such-practice.png", "/xx/practices.png"} {
		s.get(missing).is(http.StatusNotFound)
	}
}

// Every practice has a light card, in scripts of either direction.
func TestCardOfEveryPractice(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	for slug := range known(t) {
		for _, tag := range []string{"en", "ar", "uk"} {
			p := s.visit(link.PracticeCard(tag, slug))
			if config, err := png.DecodeConfig(strings.NewReader(p.body)); err != nil || config.Width != 1200 || len(p.body) > 60_000 {
				t.Errorf("%s: %d bytes, %v", p.path, len(p.body), err)
			}
		}
	}
}

// A card is asked for once, and again when the practice has changed.
func TestCardIsTheSameUntilThePracticeChanges(t *testing.T) {
	t.Parallel()
	s := openOwn(t)
	path := link.PracticeCard("en", ioannina)
	first := s.visit(path)
	if first.header.Get("Cache-Control") != s.visit("/en/practices/"+ioannina).header.Get("Cache-Control") {
		t.Errorf("a card is cached otherwise than its page: %s", first.header.Get("Cache-Control"))
	}
	s.get(path, "If-None-Match", first.header.Get("ETag")).is(http.StatusNotModified)
	if p := s.send(http.MethodHead, path); p.body != "" || p.header.Get("Content-Type") != "image/png" {
		t.Errorf("HEAD is answered with %v", p.header)
	}
	testdb.Exec(t, s.Store, `update practice_text set title = 'Quite another title' where practice = (select number from practice where slug = '`+ioannina+`')`)
	if s.visit(path).body == first.body {
		t.Error("a changed practice has its old card")
	}
	testdb.Exec(t, s.Store, `insert into old_slug (slug, practice) select 'an-old-name', number from practice where slug = '`+ioannina+`'`)
	s.get("/en/practices/an-old-name.png").leads(http.StatusMovedPermanently, path)
	testdb.Exec(t, s.Store, `update practice set state = 'archived', archive_reason = 'Asked by the city' where slug = '`+ioannina+`'`)
	s.get(path).is(http.StatusGone)
}
