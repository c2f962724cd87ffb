package server_test

import (
	"strings"
	"testing"

	"exempla/internal/locale"
)

// TestWalkingThroughAResult opens practices from their listing and compares
// the neighbours with the listing itself.
func TestWalkingThroughAResult(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	for _, query := range []string{"topic=refugees", "country=ES&sort=title&size=10", "q=intercultural", "country=PT&sort=oldest&size=10",
		"sort=place", "q=school&sort=place&size=10", "year=2018&status=running&size=50", "country=JP"} {
		var cards, links []string
		for path := "/en/practices?" + query; path != ""; {
			p := s.visit(path)
			cards = append(cards, p.slugs()...)
			for range p.slugs() {
				links = append(links, path)
			}
			path = ""
			if next := all(p.doc, "nav.pages a[rel=next]"); len(next) > 0 {
				path = attr(next[0], "href")
			}
		}
		for _, at := range []int{0, 1, 9, 10, 11, 19, 20, 21, len(cards) - 2, len(cards) - 1} {
			if at >= 0 && at < len(cards) {
				s.opened(query, cards, at).leadsBack(links[at], cards[at])
			}
		}
	}
}

// opened opens the practice at a place of a result and checks its neighbours.
func (s *site) opened(query string, cards []string, at int) page {
	s.Helper()
	p := s.visit("/en/practices/" + cards[at] + "?" + query)
	for rel, neighbour := range map[string]int{"prev": at - 1, "next": at + 1} {
		var want []string
		if neighbour >= 0 && neighbour < len(cards) {
			want = []string{"/en/practices/" + cards[neighbour] + "?" + query}
		}
		same(s.T, p.path+" "+rel, attrs(all(p.doc, "nav.neighbours a[rel="+rel+"]"), "href"), want)
	}
	return p
}

// leadsBack checks that the way back is the page of the listing and there the
// practice.
func (p page) leadsBack(to, slug string) {
	p.Helper()
	if got := attr(p.one("a.back"), "href"); got != to+"#practice-"+slug {
		p.Errorf("%s: back leads to %s, want %s", p.path, got, to)
	}
	if attr(p.one("meta[name=robots]"), "content") != "noindex" {
		p.Errorf("%s: search engines keep it", p.path)
	}
}

func TestBareAddressWalksThroughEverything(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	cards := append(s.visit("/en/practices").slugs(), s.visit("/en/practices?page=2").slugs()...)
	p := s.visit("/en/practices/" + cards[20])
	same(t, "prev", attrs(all(p.doc, "nav.neighbours a[rel=prev]"), "href"), []string{"/en/practices/" + cards[19]})
	same(t, "next", attrs(all(p.doc, "nav.neighbours a[rel=next]"), "href"), []string{"/en/practices/" + cards[21]})
	p.says("a.back", "All practices")
	if got := attr(p.one("a.back"), "href"); got != "/en/practices?page=2#practice-"+cards[20] {
		t.Errorf("back leads to %s", got)
	}
	p.lacks("meta[name=robots]")
}

func TestCardsCarryTheSelection(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	for query, carried := range map[string]string{"?topic=refugees&country=GR&sort=title&size=10": "?topic=refugees&country=GR&sort=title&size=10",
		"?page=2": "", "": "", "?country=ES&page=2": "?country=ES", "?q=%22help+desk%22": "?q=%22help+desk%22"} {
		for _, href := range attrs(all(s.visit("/el/practices"+query).doc, "li.item h3 a"), "href") {
			_, rest, _ := strings.Cut(href, "?")
			if rest != strings.TrimPrefix(carried, "?") {
				t.Errorf("%s: a card leads to %s", query, href)
			}
		}
	}
}

func TestBackSaysTheResult(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	s.visit("/en/practices/"+ioannina+"?topic=refugees&country=GR").says("a.back", "Back to ", " · Refugees, Greece")
	listing := s.visit("/en/practices?topic=refugees&country=GR")
	back := text(s.visit("/en/practices/" + ioannina + "?topic=refugees&country=GR").one("a.back"))
	if counted(t, back) != listing.total() {
		t.Errorf("back says %q, the listing counts %d", back, listing.total())
	}
	for _, l := range locale.All() {
		p := s.visit("/" + l.Tag() + "/practices/" + ioannina + "?q=Ioannina&topic=refugees")
		p.says("a.back", "Ioannina", l.T("topic.refugees"))
	}
}

// TestStrangerToAResult opens a practice with a selection it is not part of.
func TestStrangerToAResult(t *testing.T) {
	t.Parallel()
	p := openSample(t).visit("/en/practices/" + ioannina + "?country=JP&page=9")
	p.lacks("nav.neighbours")
	if got := attr(p.one("a.back"), "href"); got != "/en/practices?country=JP" {
		t.Errorf("back leads to %s", got)
	}
}
