package server_test

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"exempla/internal/locale"
	"exempla/internal/practice"
	"exempla/internal/theme"
)

// tag is the entity tag of an address.
func (s *site) tag(path string) string {
	s.Helper()
	tag := s.visit(path).header.Get("ETag")
	if !strings.HasPrefix(tag, `W/"`) || !strings.HasSuffix(tag, `"`) {
		s.Fatalf("%s: the tag is %q", path, tag)
	}
	return tag
}

func TestUnchangedPagesAreNotSentAgain(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	for _, path := range addresses("el") {
		tag := s.tag(path)
		strong := strings.TrimPrefix(tag, "W/")
		for _, header := range []string{tag, strong, `"other", ` + tag, `W/"other",` + strong + `, "third"`, "*"} {
			p := s.get(path, "If-None-Match", header)
			p.is(http.StatusNotModified)
			if p.body != "" || p.header.Get("ETag") != tag || p.header.Get("Cache-Control") != "no-cache" {
				t.Errorf("%s: 304 with %d bytes, tag %q, cache %q", path, len(p.body), p.header.Get("ETag"), p.header.Get("Cache-Control"))
			}
		}
		for _, header := range []string{`"other"`, strings.Trim(strong, `"`), ""} {
			s.get(path, "If-None-Match", header).is(http.StatusOK)
		}
		if got := s.visit(path).header.Get("Cache-Control"); got != "no-cache" {
			t.Errorf("%s: Cache-Control is %q", path, got)
		}
	}
}

// TestTagDoesNotHideAnotherAnswer: RFC 9110 (13.2.1) has conditions looked at only
// where the answer would be a page.
func TestTagDoesNotHideAnotherAnswer(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	tag := s.tag("/en/practices")
	for path, status := range map[string]int{"/en/practices/no-such-practice": http.StatusNotFound, "/en/practices?page=99": http.StatusNotFound,
		"/en/practices?topic=": http.StatusFound} {
		for _, header := range []string{tag, "*"} {
			if got := s.get(path, "If-None-Match", header).status; got != status {
				t.Errorf("%s: status %d for who knows %s, want %d", path, got, header, status)
			}
		}
	}
}

func TestTagChangesWithLanguageDayBuildAndCatalogue(t *testing.T) {
	t.Parallel()
	s := openOwn(t)
	seen := map[string]string{}
	look := func(what, path string) {
		t.Helper()
		tag := s.tag(path)
		if before, ok := seen[tag]; ok {
			t.Errorf("%s has the tag of %s", what, before)
		}
		seen[tag] = what
	}
	for _, l := range locale.All() {
		look(l.Tag(), "/"+l.Tag()+"/practices")
	}
	s.Catalogue.Settle(today.AddDate(0, 0, 1))
	look("the next day", "/en/practices")
	s.change()
	look("another catalogue", "/en/practices")
	s = assemble(t, s.Store, s.Catalogue.Index())
	s.Build = "another"
	s.restart()
	look("another build", "/en/practices")
}

// change imports one more practice and has the catalogue take it in.
func (s *site) change() {
	s.Helper()
	s.add(practice.Practice{Slug: "one-more", Place: practice.Place{Countries: []practice.Country{"MT"}}, Topics: []practice.Topic{"education"},
		Texts: []practice.Text{{Language: "en", TitleLanguage: "en", State: practice.Original, Title: "One more", Summary: "One more summary."}}})
	if err := s.Store.Practices.Refresh(s.Context(), s.Catalogue); err != nil {
		s.Fatal(err)
	}
}

// add writes a practice as an import does.
func (s *site) add(p practice.Practice) {
	s.Helper()
	if problems := p.Check(); len(problems) > 0 {
		s.Fatal(problems)
	}
	if _, err := s.Store.Practices.Import(s.Context(), []practice.Practice{p}, today, func(int) {}); err != nil {
		s.Fatal(err)
	}
}

// TestImportIsSeenByItself follows the database as the running site does.
func TestImportIsSeenByItself(t *testing.T) {
	t.Parallel()
	s := openOwn(t)
	before := s.tag("/en/practices")
	ctx, stop := context.WithCancel(t.Context())
	followed := make(chan struct{})
	go func() {
		defer close(followed)
		s.Store.Practices.Follow(ctx, s.Catalogue, &theme.Current{}, func() time.Time { return today })
	}()
	defer func() { stop(); <-followed }()
	s.add(practice.Practice{Slug: "brand-new", Place: practice.Place{Countries: []practice.Country{"MT"}}, Topics: []practice.Topic{"education"},
		Texts: []practice.Text{{Language: "en", TitleLanguage: "en", State: practice.Original, Title: "Brand new", Summary: "A summary."}}})
	for deadline := time.Now().Add(20 * time.Second); s.get("/en/practices", "If-None-Match", before).status == http.StatusNotModified; {
		if time.Now().After(deadline) {
			t.Fatal("the listing does not show what was imported")
		}
	}
	p := s.visit("/en/practices")
	p.says("h2#count", "275 practices")
	if !slices.Contains(keys(of("country", p.values())), "MT") {
		t.Error("the new country cannot be chosen")
	}
	s.visit("/en/practices?country=MT").says("li.item h3", "Brand new")
	s.visit("/en/practices/brand-new").says("h1", "Brand new")
}
