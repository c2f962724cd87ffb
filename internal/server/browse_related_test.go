package server_test

import (
	"strings"
	"testing"

	"exempla/internal/catalogue"
)

// A practice leads to others like it, and says why.
func TestRelatedPractices(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	p := s.visit("/en/practices/" + ioannina)
	p.says(".alike h2", "Related practices")
	links := all(p.doc, ".alike li a")
	if len(links) == 0 || len(links) > 4 {
		t.Fatalf("%d related practices", len(links))
	}
	for _, link := range links {
		path := attr(link, "href")
		if strings.HasSuffix(path, ioannina) {
			t.Error("the practice is related to itself")
		}
		s.visit(path).says("h1", text(link))
	}
	for _, why := range all(p.doc, ".alike .why") {
		if said := text(why); !strings.Contains(said, "topic") && !strings.Contains(said, "city") && !strings.Contains(said, "title") {
			t.Errorf("it is related for %q", said)
		}
	}
	// What it is related to follows the catalogue, not the page.
	own := openOwn(t)
	first := strings.TrimPrefix(attr(links[0], "href"), "/en/practices/")
	gone := own.Catalogue.Index().Find(catalogue.Parse(nil), catalogue.Hits{}, catalogue.Reader{})
	for number := int64(1); number <= int64(gone.Total); number++ {
		if practice, ok := own.Catalogue.Index().Practice(number); ok && practice.Slug == first {
			own.Catalogue.Change(catalogue.Update{Since: own.Catalogue.Index(), Removed: []int64{number}, Change: own.Catalogue.Index().Change() + 1})
		}
	}
	for _, link := range all(own.visit("/en/practices/"+ioannina).doc, ".alike li a") {
		if attr(link, "href") == attr(links[0], "href") {
			t.Error("a practice that is gone is still shown")
		}
	}
}
