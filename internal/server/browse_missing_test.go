package server_test

import (
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"exempla/internal/link"
	"exempla/internal/locale"
)

// misspelt are addresses like a slug: what is lost, added and swapped when one is
// copied or typed.
func misspelt(slug string) []string {
	half := len(slug) / 2
	swapped := slug[:half] + slug[half+1:half+2] + slug[half:half+1] + slug[half+2:]
	list := []string{slug[:len(slug)-1], slug[:half] + slug[half+1:], slug[:half] + "q" + slug[half:], slug + "x", swapped,
		slug + ".", "%20" + slug, strings.ToUpper(slug[:1]) + slug[1:], strings.ReplaceAll(slug, "-", "_")}
	if words := strings.Split(slug, "-"); len(words) > 2 {
		list = append(list, strings.Join(words[1:], "-"), strings.Join(words[:len(words)-1], "-"))
	}
	return list
}

// An address of a practice that is nearly right names it: of every tenth practice of
// the sample, with eleven kinds of faults, but for one in twenty.
func TestMissingPracticeNamesTheNearest(t *testing.T) {
	t.Parallel()
	s, practices := openSample(t), known(t)
	slugs := slices.Sorted(maps.Keys(practices))
	var tried, unnamed int
	for at := 0; at < len(slugs); at += 10 {
		for _, wrong := range misspelt(slugs[at]) {
			p := s.get("/en/practices/" + wrong)
			p.is(http.StatusNotFound)
			near := attrs(all(p.doc, ".alike a"), "href")
			if len(near) > 5 {
				t.Errorf("%s: %d practices are named", wrong, len(near))
			}
			if tried++; !slices.Contains(near, link.Practice("en", slugs[at])) {
				unnamed++
				t.Logf("%s names only %v", wrong, near)
			}
		}
	}
	if unnamed*20 > tried {
		t.Errorf("%d of %d addresses do not name their practice", unnamed, tried)
	}
}

func TestMissingPracticeCanBeSearchedFor(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	wrong := ioannina[:len(ioannina)-2]
	for _, l := range locale.All() {
		for _, end := range []string{"", "/history", ".ris"} {
			p := s.get(link.Practice(l.Tag(), wrong) + end + "?topic=roma")
			p.troubled(http.StatusNotFound, l.Tag(), "404")
			p.says(".alike h2", l.T("problem.404.near"))
			if near := attrs(all(p.doc, ".alike a"), "href"); len(near) == 0 || near[0] != link.Practice(l.Tag(), ioannina) {
				t.Errorf("%s names %v", p.path, near)
			}
			if words := attr(p.one("article input#q"), "value"); words != strings.ReplaceAll(wrong, "-", " ") {
				t.Errorf("%s: the box has %q", p.path, words)
			}
			same(t, p.path, attrs(all(p.doc, "#languages a"), "href")[:1], []string{strings.Replace(p.path, "/"+l.Tag()+"/", "/en/", 1)})
		}
	}
	for _, nothing := range []string{"---", "%E2%80%AE", "xyzzyplugh", "%22%3E%3Cscript%3E"} {
		p := s.get("/en/practices/" + nothing)
		p.is(http.StatusNotFound)
		p.lacks(".alike")
		p.one("article input#q")
	}
	openAway(t).get("/en/practices/" + wrong).is(http.StatusServiceUnavailable)
}

// A page that a history does not have leads to the history.
func TestPageThatAHistoryDoesNotHave(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	for _, number := range []string{"2", "0", "-1", "x", "99999"} {
		p := s.get("/fr/practices/" + ioannina + "/history?page=" + number)
		p.troubled(http.StatusNotFound, "fr", "page")
		if to := attrs(all(p.doc, "ul.ways a"), "href")[0]; to != "/fr/practices/"+ioannina+"/history" {
			t.Errorf("%s leads to %s", p.path, to)
		}
	}
}

// What is no value of a facet, but may be a name, can be searched for.
func TestNameInPlaceOfAValueCanBeSearchedFor(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	for query, want := range map[string]string{"topic=refugee": "q=refugee", "country=grece": "q=grece", "city=Ioanninna": "q=Ioanninna",
		"city=Ioannina&topic=refugees": "q=Ioannina&topic=refugees", "q=school&topic=romma": "q=school+romma", "topic=anti-rumours": "q=anti+rumours"} {
		p := s.get("/en/practices?" + query)
		if p.status == http.StatusFound {
			p = s.visit(p.header.Get("Location"))
		}
		to := attrs(all(p.doc, "p.how a"), "href")[0]
		if to != "/en/practices?"+want {
			t.Errorf("%s leads to %s", query, to)
		}
		if s.visit(to).total() == 0 {
			t.Errorf("%s leads to nothing", query)
		}
	}
	for _, query := range []string{"year=20199", "country=ZZ", "status=lost"} { // these are no names
		if links := all(s.visit("/en/practices?"+query).doc, "p.how a"); len(links) != 1 {
			t.Errorf("%s has %d links", query, len(links))
		}
	}
}
