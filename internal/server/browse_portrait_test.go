package server_test

import (
	"strings"
	"testing"

	"exempla/internal/catalogue"
	"exempla/internal/link"
	"exempla/internal/locale"
)

// The page of a practice leads to those of its topics, country and city; each has as many
// practices as the listing that it leads to, and its bars are links that find what they
// say.
func TestPortraits(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	practice := s.visit("/en/practices/" + ofIoannina)
	for f, key := range map[catalogue.Facet]string{catalogue.Topic: "refugees", catalogue.Country: "GR", catalogue.City: "gr-ioannina"} {
		at := link.Portrait("en", f, key)
		if f != catalogue.Topic && len(all(practice.doc, "aside a[href="+at+"]")) != 1 {
			t.Errorf("the page of a practice does not lead to %s", at)
		}
		p := s.visit(at)
		button := p.one("main a.btn")
		if listing := s.visit(attr(button, "href")); text(listing.one("#count")) != text(button) {
			t.Errorf("%s: %q leads to %q", at, text(button), text(listing.one("#count")))
		}
		if len(all(p.doc, "li.item")) == 0 || len(all(p.doc, "svg.chart a")) == 0 || f != catalogue.Country && len(all(p.doc, "nav.placed a")) == 0 {
			t.Errorf("%s has no practices, figures or neighbours", at)
		}
		for i, a := range all(p.doc, "svg.chart a") {
			if i%9 > 0 {
				continue // every ninth, for the sake of time
			}
			number, _, _ := strings.Cut(text(s.visit(attr(a, "href")).one("#count")), " ")
			if said := attr(a, "aria-label"); !strings.HasSuffix(said, ", "+number) {
				t.Errorf("%s: %q leads to %s practices", at, said, number)
			}
		}
		for _, l := range locale.All() {
			s.visit(link.Portrait(l.Tag(), f, key))
		}
		if feed := attr(p.one("link[rel=alternate][type=application/atom+xml]"), "href"); s.get(feed).status != 200 {
			t.Errorf("%s: no feed at %s", at, feed)
		}
	}
	s.visit("/en/countries/NO").says("nav.placed", "Sweden")
	s.visit(link.Portrait("en", catalogue.City, "gr-ioannina")).says("dl.names dd[lang=el]", "Ιωάννινα")
}

// A place in another spelling leads on; one that is none is not there, and a country
// without practices says so.
func TestPortraitsOfOthers(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	s.get("/en/countries/gr").leads(302, "/en/countries/GR")
	for _, at := range []string{"/en/countries/ZZ", "/en/topics/nothing", "/en/places/gr-nowhere", "/en/places/%00", "/en/topics/unknown", "/en/countries/unknown"} {
		s.get(at).is(404)
	}
	s.visit("/en/countries/TV").says("main", "no practice like this yet")
}
