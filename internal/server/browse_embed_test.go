package server_test

import (
	"net/http"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"exempla/internal/catalogue"
	"exempla/internal/link"
	"exempla/internal/locale"
)

// Another site shows a list by what its page gives to copy. Links leave the frame.
func TestListOnAnotherSite(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	for _, l := range locale.All() {
		selection := catalogue.Parse(nil).Only(catalogue.Topic, "refugees").Only(catalogue.Country, "GR")
		listing := s.visit(link.Browse(l.Tag(), selection))
		snippet := attr(listing.one("#embed"), "value")
		parsed, err := html.Parse(strings.NewReader(snippet))
		if err != nil {
			t.Fatal(err)
		}
		frames := all(parsed, "iframe")
		if len(frames) != 1 || attr(frames[0], "src") != origin+link.Embed(l.Tag(), selection) || attr(frames[0], "title") == "" {
			t.Fatalf("%s", snippet)
		}
		p := s.visit(strings.TrimPrefix(attr(frames[0], "src"), origin))
		p.in(l.Tag())
		if attr(p.one("base"), "target") != "_top" {
			t.Error("links stay in the frame")
		}
		p.lacks("script, form, button, header, footer, nav, style, [style], [onclick]")
		if got, want := len(all(p.doc, "li.item h3 a")), len(listing.slugs()); got != want || want == 0 {
			t.Errorf("%d practices, want %d", got, want)
		}
		for _, path := range attrs(all(p.doc, "main a"), "href") {
			s.visit(path)
		}
	}
	s.visit("/en/embed?q=xyzzy").says("main", "No practice matches")
	s.get("/en/embed?country=gr&page=2&size=20").leads(http.StatusFound, "/en/embed?country=GR")
}

// Only these pages are shown in frames, also when they come out of the cache; nothing
// can be done on them.
func TestOnlyListsAreShownInFrames(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	for range 2 { // the second time from the cache
		p := s.get("/en/embed?topic=refugees", "Accept-Encoding", "gzip")
		policy := p.header.Get("Content-Security-Policy")
		for _, rule := range []string{"frame-ancestors *", "default-src 'none'", "form-action 'none'"} {
			if !strings.Contains(policy, rule) {
				t.Errorf("the policy %q has not %s", policy, rule)
			}
		}
		if p.header.Get("X-Frame-Options") != "" {
			t.Error("frames are forbidden all the same")
		}
	}
	for _, path := range append(addresses("en"), "/en/sign-in", "/en/embedded", "/en/practices/embed", "/embed", "/en/embed/x", link.API+"/topics", link.OAI, link.JSONLD, "/static/style.css") {
		if policy := s.get(path).header.Get("Content-Security-Policy"); !strings.Contains(policy, "frame-ancestors 'none'") {
			t.Errorf("%s may be shown in frames: %q", path, policy)
		}
	}
}
