package server_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/go-chi/chi/v5"

	"exempla/internal/account"
	"exempla/internal/catalogue"
	"exempla/internal/link"
)

// brief is a practice without sections.
const brief = "developing-a-guide-against-radicalisation-in-bergen"

// TestEveryPageIsWhole opens every address that has a page, in every role and in both
// directions of writing: it has a title of its own with the name of the site, headings
// in its sections, each name of an element once, the statements in its foot, and all
// headers of protection. What else the HTML checker of the W3C (vnu) says of these pages
// in all languages was looked at by hand, as it needs Java: npm install vnu-jar.
func TestEveryPageIsWhole(t *testing.T) {
	t.Parallel()
	b := openBureau(t)
	w := whole{titles: map[string]string{}, opened: map[string]bool{}}
	another := b.handInCalled("Handed in, too", b.ana)
	waiting, draft, somebody := b.handIn(b.ana), b.ana.begins("Begun"), fmt.Sprint(b.person(account.Officer, "GR Ioannina").ID)
	clients := []*client{b.stranger(), b.ana, b.kim, b.root()}
	for _, tag := range []string{"en", "ar"} {
		paths := []string{link.Catalogue(tag) + "?country=GR", link.Catalogue(tag) + "?q=zzzz",
			link.Practice(tag, brief), link.Portrait(tag, catalogue.Topic, "refugees"), link.Portrait(tag, catalogue.Country, "GR"), link.Portrait(tag, catalogue.City, "gr-ioannina"),
			strings.Replace(draft, "/en/", "/"+tag+"/", 1)}
		_ = chi.Walk(b.handler.(chi.Router), func(method, pattern string, _ http.Handler, _ ...func(http.Handler) http.Handler) error {
			id, other := waiting, another
			if strings.HasPrefix(pattern, "/{language}/people") {
				id, other = somebody, somebody
			}
			if method == http.MethodGet && strings.HasPrefix(pattern, "/{language}") && !strings.Contains(pattern, link.EmbedPage) {
				for _, of := range []struct{ id, slug string }{{id, ioannina}, {other, brief}} {
					paths = append(paths, strings.NewReplacer("{language}", tag, "{slug}", of.slug, "{id}", of.id, "{part}", "summary", "{city}", "gr-ioannina").Replace(pattern))
				}
			}
			return nil
		})
		slices.Sort(paths)
		for _, path := range slices.Compact(paths) {
			for _, c := range clients {
				w.check(c.get(path), tag)
			}
		}
	}
	if len(w.opened) < 100 {
		t.Errorf("%d pages only", len(w.opened))
	}
}

// whole is what was seen of the pages before.
type whole struct {
	titles map[string]string // of a language, to their addresses
	opened map[string]bool
}

func (w whole) check(p page, tag string) {
	p.Helper()
	if p.status != http.StatusOK || !strings.HasPrefix(p.header.Get("Content-Type"), "text/html") || !strings.HasPrefix(strings.ToLower(p.body), "<!doctype") {
		return // an error, a file, or a part of a page
	}
	w.opened[p.path] = true
	title := text(p.one("head title"))
	before := w.titles[tag+title] // what somebody wrote is the same in both
	if before != "" && before != p.path {
		p.Errorf("%s and %s are both called %q", before, p.path, title)
	}
	w.titles[tag+title] = p.path
	if name, site, _ := strings.Cut(title, " – Exempla"); name == "" || site != "" {
		p.Errorf("%s is called %q", p.path, title)
	}
	for name, value := range protection {
		if got := strings.Join(p.header.Values(name), ", "); got != value && name != "Set-Cookie" {
			p.Errorf("%s: %s is %q, want %q", p.path, name, got, value)
		}
	}
	for _, statement := range []string{link.Accessibility, link.Privacy} {
		if len(all(p.doc, "footer a[href="+link.Page(tag, statement)+"]")) != 1 {
			p.Errorf("%s: no way to %s", p.path, statement)
		}
	}
	ids := map[string]bool{}
	for _, n := range all(p.doc, "[id]") {
		if id := attr(n, "id"); id == "" || ids[id] {
			p.Errorf("%s: more than one element is called %q", p.path, id)
		} else {
			ids[id] = true
		}
	}
	for _, tag := range []string{"article", "section"} {
		for _, n := range all(p.doc, tag) {
			if !slices.ContainsFunc([]string{"h1", "h2", "h3", "h4", "h5", "h6"}, func(h string) bool { return len(all(n, h)) > 0 }) {
				p.Errorf("%s: <%s class=%q> has no heading: %.60s", p.path, tag, attr(n, "class"), text(n))
			}
		}
	}
}
