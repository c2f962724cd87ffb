package server_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"exempla/internal/account"
	"exempla/internal/link"
	"exempla/internal/locale"
	"exempla/internal/store"
	"exempla/internal/theme"
)

// basis is the version that a form is written on.
func (p page) basis() string { return attr(p.one("form input[name=basis]"), "value") }

// saves fills in the form of the appearance and returns the number of the new version.
func (c *client) saves(fields ...string) int64 {
	c.Helper()
	p := c.visit("/en/appearance")
	c.post("/en/appearance", append(withLanguages(fields), "basis", p.basis())...).leads(http.StatusSeeOther, "/en/appearance")
	number, _, err := c.Store.Themes.Latest(c.Context())
	if err != nil {
		c.Fatal(err)
	}
	return number
}

// withLanguages are the fields with all languages, unless some are among them.
func withLanguages(fields []string) []string {
	if slices.Contains(fields, "offered") {
		return fields
	}
	for _, l := range locale.All() {
		fields = append(fields, "offered", l.Tag())
	}
	return fields
}

// A site that has named itself in one language is not called by the program's name in
// others; a name does not turn what stands beside it.
func TestNameInEveryLanguage(t *testing.T) {
	t.Parallel()
	s := openOwn(t)
	c := s.as(account.Administrator)
	c.shows(c.saves("name-fr", "Villes de la mer"))
	for _, tag := range []string{"fr", "en", "ar"} {
		s.visit("/"+tag+"/practices").says("a.mark", "Villes de la mer")
	}
	if p := c.visit("/en/appearance"); strings.Contains(text(p.one("main")), "The form shows version") {
		p.Error("the form says that it goes on from what is not shown")
	}
	c.saves("name-en", "Cities by the sea")
	p := c.visit("/en/appearance")
	p.says("main", "The form shows version 2")
	c.post("/en/appearance", append(withLanguages([]string{"name-en", "Sea \u202eevil"}), "basis", p.basis())...).is(http.StatusUnprocessableEntity)
}

// shows publishes a version.
func (c *client) shows(number int64) {
	c.Helper()
	c.post(link.AppearanceStep("en", number, link.PublishPage)).leads(http.StatusSeeOther, "/en/appearance")
}

// A name is shown to nobody until it is published, then to everybody at once, whatever
// was kept of pages before; and one can go back.
func TestNameOfTheSite(t *testing.T) {
	t.Parallel()
	s := openOwn(t)
	c, reader := s.as(account.Administrator), s.stranger()
	before := reader.visit("/en/practices")
	before.says("title", "– Exempla")
	first := c.saves("name-en", "Intercity", "name-fr", "Intervilles", "note", "A name")
	reader.visit("/en/practices").says("title", "– Exempla")
	c.shows(first)
	p := reader.get("/en/practices", "If-None-Match", before.header.Get("Etag"))
	p.is(http.StatusOK)
	p.says("title", "– Intercity")
	p.says("a.mark", "Intercity")
	p.says("footer", "Intercity is an open catalogue")
	reader.visit("/fr/practices").says("a.mark", "Intervilles")
	reader.visit("/de/practices").says("a.mark", "Intercity")
	reader.get("/en/nowhere").says("title", "– Intercity")

	second := c.saves("name-en", "Between Cities")
	c.shows(second)
	reader.visit("/en/practices").says("a.mark", "Between Cities")
	reader.visit("/fr/practices").says("a.mark", "Between Cities")
	c.shows(first)
	reader.visit("/en/practices").says("a.mark", "Intercity")
	list := c.visit("/en/appearance")
	list.says("main", "Version 3", "It is the same as version 1", "A name", "Shown to everybody")
	events := c.visit("/en/events?subject=theme")
	events.says("main", "version of the appearance saved", "version of the appearance published")
}

// A version is looked at by one administrator, on all pages, before others see it.
func TestVersionIsLookedAt(t *testing.T) {
	t.Parallel()
	s := openOwn(t)
	c, other := s.as(account.Administrator), s.as(account.Administrator)
	number := c.saves("name-en", "Intercity")
	c.post(link.AppearanceStep("en", number, link.LookStep)).leads(http.StatusSeeOther, "/en/practices")
	for _, path := range []string{"/en/practices", "/en/practices/" + ioannina, "/en/about", "/en/appearance"} {
		p := c.visit(path)
		p.says("aside.preview", "preview of version 1")
		p.says("a.mark", "Intercity")
		if got := p.header.Get("Cache-Control"); got != "private, no-store" {
			t.Errorf("%s: Cache-Control %q", path, got)
		}
		p = other.visit(path)
		p.lacks("aside.preview")
		p.says("a.mark", "Exempla")
	}
	c.post("/en/appearance/leave").leads(http.StatusSeeOther, "/en/appearance")
	c.visit("/en/practices").says("a.mark", "Exempla")
	c.post(link.AppearanceStep("en", 99, link.LookStep)).is(http.StatusNotFound)
}

// A preview asks the database for its version once, whatever it has to do.
func TestPreviewIsKept(t *testing.T) {
	t.Parallel()
	s := openOwn(t)
	c := s.as(account.Administrator)
	c.post(link.AppearanceStep("en", c.saves("name-en", "Intercity"), link.LookStep)).is(http.StatusSeeOther)
	c.visit("/en/practices").says("a.mark", "Intercity")
	defer s.hold("theme_version")()
	c.visit("/en/practices").says("a.mark", "Intercity")
}

// Words stand in the place of a message on all pages; what does not fit is refused by
// name.
func TestWordsOfTheSite(t *testing.T) {
	t.Parallel()
	s := openOwn(t)
	c := s.as(account.Administrator)
	p := c.visit("/en/appearance/words?language=de&q=topic.education")
	field := "w-topic.education-other"
	p.one("textarea[name=" + field + "]")
	c.post("/en/appearance/words", "basis", p.basis(), "language", "de", "q", "topic.education", field, "Schulwesen").is(http.StatusSeeOther)
	p = c.visit("/en/appearance/words?language=de")
	p.says("main form textarea", "Schulwesen")
	c.shows(1)
	s.stranger().visit("/de/practices?topic=education").says("title", "Schulwesen")
	if named := s.visit("/api/v1/topics").body; !strings.Contains(named, "Schulwesen") {
		t.Error("programs do not hear of it")
	}

	for _, wrong := range []struct {
		says   string
		fields []string
	}{
		{"The text “for all other numbers” is missing", []string{"w-people.count-one", "{{.Count}} soul"}},
		{"{{.Count}} is missing", []string{"w-people.count-one", "{{.Count}} soul", "w-people.count-other", "Souls"}},
		{"does not fill in {{.Number}}", []string{"w-people.count-one", "{{.Count}} soul", "w-people.count-other", "{{.Count}} souls, {{.Number}}"}},
		{"Double braces", []string{"w-people.title-other", "{{printf}}"}},
	} {
		p := c.post("/en/appearance/words", append(wrong.fields, "basis", "1", "language", "en")...)
		p.is(http.StatusUnprocessableEntity)
		p.says("#problems", wrong.says)
	}
	c.post("/en/appearance/words", "basis", "1", "language", "de", field, "").is(http.StatusSeeOther)
	if _, latest, err := s.Store.Themes.Latest(t.Context()); err != nil || len(latest.Words) > 0 {
		t.Errorf("an empty field leaves %v, %v", latest.Words, err)
	}
}

// Of two administrators who write at the same time the second is told.
func TestVersionsDoNotOverwriteOneAnother(t *testing.T) {
	t.Parallel()
	s := openOwn(t)
	c := s.as(account.Administrator)
	c.saves("name-en", "One")
	c.post("/en/appearance", "basis", "0", "name-en", "Two").is(http.StatusConflict)
	c.post("/en/appearance", "name-en", "Two").is(http.StatusConflict)
	p := c.post("/en/appearance", "basis", "1", "name-en", strings.Repeat("x", 41))
	p.is(http.StatusUnprocessableEntity)
	p.says("#name-en-problem", "40 characters at most")
	p = c.follow(c.post("/en/appearance", withLanguages([]string{"basis", "1", "name-en", "One"})...))
	p.says("#notice", "Nothing has changed")
}

// Another program at the same database shows what this one publishes.
func TestOtherNodesFollowTheTheme(t *testing.T) {
	t.Parallel()
	s := openOwn(t)
	elsewhere := &theme.Current{}
	number := s.as(account.Administrator).saves("name-en", "Intercity")
	for _, want := range []int64{0, number} {
		if err := s.Store.Themes.Refresh(t.Context(), elsewhere); err != nil || elsewhere.Look().Number != want {
			t.Errorf("it shows %d, %v; want %d", elsewhere.Look().Number, err, want)
		}
		if err := s.Store.Themes.Publish(t.Context(), number, store.Actor{At: today}); err != nil {
			t.Fatal(err)
		}
	}
	if l := elsewhere.Look().Locales.Offered()[0]; l.SiteName() != "Intercity" {
		t.Errorf("it is called %q there", l.SiteName())
	}
}

// Colours on which nothing could be read are refused with the nearest that do; the others
// come by a style sheet that changes its address with them.
func TestColoursOfTheSite(t *testing.T) {
	t.Parallel()
	s := openOwn(t)
	c := s.as(account.Administrator)
	every := []string{"offered", "en", "offered", "fr"}
	p := c.post("/en/appearance", append(every, "basis", "0", "accent-light", "#00aaff", "header-dark", "red")...)
	p.is(http.StatusUnprocessableEntity)
	p.says("#accent-light-problem", "2.4 to 1", "nearest colour")
	p.says("#header-dark-problem", "no colour")
	nearest := attr(p.one("button[name=nearest-accent-light]"), "value")
	c.post("/en/appearance", append(every, "basis", "0", "accent-light", "#00aaff", "nearest-accent-light", nearest)...).is(http.StatusSeeOther)
	c.shows(1)
	sheet := ""
	for _, href := range attrs(all(s.visit("/en/practices").doc, "link[rel=stylesheet]"), "href") {
		if strings.HasPrefix(href, "/theme/") {
			sheet = href
		}
	}
	p = s.visit(sheet)
	if !strings.Contains(p.body, "--accent:light-dark("+nearest+",") || !strings.Contains(p.header.Get("Cache-Control"), "immutable") {
		t.Errorf("%s: %s, %v", sheet, p.body, p.header)
	}
	for _, wrong := range []string{"/theme/1-000000000000.css", "/theme/9-000000000000.css", "/theme/x-y.css"} {
		s.get(wrong).is(http.StatusNotFound)
	}
}

// A language that is not offered leads to the same page in the first that is.
func TestLanguagesOffered(t *testing.T) {
	t.Parallel()
	s := openOwn(t)
	c := s.as(account.Administrator)
	c.post("/en/appearance", "basis", "0", "name-fr", "X").is(http.StatusUnprocessableEntity)
	c.shows(c.saves("offered", "fr", "offered", "el", "publisher", "Eurotowns", "contact", "desk@towns.example"))
	s.get("/en/practices?country=GR").leads(http.StatusFound, "/fr/practices?country=GR")
	s.get("/", "Accept-Language", "en, el;q=0.5").leads(http.StatusFound, "/el/practices")
	p := s.visit("/fr/practices")
	same(t, "languages", attrs(all(p.doc, "#languages a"), "hreflang"), []string{"fr", "el"})
	p.says("footer", "Eurotowns")
	p = s.visit("/fr/about")
	same(t, "alternates", attrs(all(p.doc, "link[rel=alternate]"), "hreflang"), []string{"fr", "el"})
	p.says("main", "desk@towns.example")
	if body := s.visit("/sitemap-1.xml").body; strings.Contains(body, origin+"/en/") || !strings.Contains(body, origin+"/el/") {
		t.Error("the sitemap has other languages")
	}
}
