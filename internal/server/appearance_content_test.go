package server_test

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"

	"exempla/internal/account"
	"exempla/internal/catalogue"
	"exempla/internal/link"
	"exempla/internal/practice"
)

const contentPage = "/en/appearance/content"

// arranges changes the form about what the site has in it, and returns the number of the
// new version.
func (c *client) arranges(changed fields) int64 {
	c.Helper()
	c.posts(contentPage, c.visit(contentPage).filled(changed)).leads(http.StatusSeeOther, contentPage+"?language=en")
	number, _, err := c.Store.Themes.Latest(c.Context())
	if err != nil {
		c.Fatal(err)
	}
	return number
}

// without are the values of a field of a form but some.
func (p page) without(field string, some ...string) string {
	p.Helper()
	values := strings.Split(p.filled(nil)[field], "|")
	return strings.Join(slices.DeleteFunc(values, func(v string) bool { return slices.Contains(some, v) }), "|")
}

// offered are the keys of the topics that the form of a submission offers.
func (c *client) offered(at string) []string {
	c.Helper()
	return attrs(all(c.visit(at+"/topics").doc, "input[name=topics]"), "value")
}

// A topic that is off is offered nowhere once that is published. What has it keeps it, and
// addresses that choose it work.
func TestTopicsOffered(t *testing.T) {
	t.Parallel()
	s := openOwn(t)
	c, officer := s.as(account.Administrator), s.as(account.Officer, "GR Ioannina")
	old := officer.complete("With refugees")
	bare := s.visit("/en/practices").values()
	number := c.arranges(fields{"topics": c.visit(contentPage).without("topics", "refugees")})

	c.post(link.AppearanceStep("en", number, link.LookStep)).is(http.StatusSeeOther)
	if slices.Contains(keys(c.visit("/en/practices").values()), "refugees") {
		t.Error("the preview offers the topic")
	}
	same(t, "values before it is published", s.visit("/en/practices").values(), bare)
	c.shows(number)

	p := s.visit("/en/practices")
	same(t, "topics", keys(of("topic", p.values())), slices.DeleteFunc(keys(of("topic", bare)), func(key string) bool { return key == "refugees" }))
	same(t, "other values", p.values()[21:], bare[22:])
	p.promise(s)
	chosen := s.visit("/en/practices?topic=refugees&country=GR")
	chosen.says(".chips", "Refugees")
	if at := slices.IndexFunc(chosen.values(), func(v value) bool { return v.key == "refugees" && v.chosen }); at < 0 {
		t.Error("what is chosen is not listed")
	}
	chosen.promise(s)
	if _, list := s.suggests("en", "refug"); slices.ContainsFunc(list, func(o string) bool { return strings.HasPrefix(o, "Refugees 17") }) {
		t.Errorf("suggested: %q", list)
	}
	for _, path := range []string{"/api/v1/topics", "/api/v1/facets", "/sitemap-1.xml", "/catalogue.ttl", "/en/facts", "/en/countries/GR"} {
		if body := s.visit(path).body; strings.Contains(body, "topics/refugees") || strings.Contains(body, `"refugees"`) || strings.Contains(body, `"Refugees"@en`) || strings.Contains(body, "topic=refugees") {
			t.Errorf("%s offers the topic", path)
		}
	}
	s.visit("/en/practices/"+ioannina).says("main", "Refugees")
	s.visit("/en/topics/refugees").says("h1", "Refugees")

	fresh := officer.begins("Without refugees")
	if list := officer.offered(fresh); len(list) != 21 || slices.Contains(list, "refugees") {
		t.Errorf("a new submission is offered %v", list)
	}
	officer.writes(old+"/topics", fields{"keywords": "rumour"})
	same(t, "topics of an old draft", s.stored(old).Content.Topics, []practice.Topic{"education", "refugees"})
	officer.writes(old+"/topics", fields{"topics": "education"})
	same(t, "topics of the draft", s.stored(old).Content.Topics, []practice.Topic{"education"})
	if list := officer.offered(old); slices.Contains(list, "refugees") {
		t.Error("a draft that has given the topic up is offered it")
	}
}

// Names of topics are the site's own, also for the search, in all languages.
func TestSearchKnowsNamesOfTopics(t *testing.T) {
	t.Parallel()
	s := openOwn(t)
	c := s.as(account.Administrator)
	finds := func(words string) int { return s.visit("/en/practices?q=" + words).total() }
	education := s.visit("/en/practices?topic=education").total()
	if n := finds("zorkology"); n != 0 {
		t.Fatalf("%d practices have an invented word", n)
	}
	number := c.arranges(fields{"topic-education": "Zorkology"})
	c.post(link.AppearanceStep("en", number, link.LookStep)).is(http.StatusSeeOther)
	if n := c.visit("/en/practices?q=zorkology").total(); n != education {
		t.Errorf("the preview finds %d by the name, %d have the topic", n, education)
	}
	if n := finds("zorkology"); n != 0 {
		t.Errorf("others find %d before it is published", n)
	}
	c.shows(number)
	if n := finds("zorkology"); n != education {
		t.Errorf("%d are found by the name, %d have the topic", n, education)
	}
	if n := s.visit("/fr/practices?q=zorkology").total(); n != education {
		t.Errorf("readers of French find %d", n)
	}
	if _, list := s.suggests("en", "zork"); len(list) != 1 || !strings.HasPrefix(list[0], "Zorkology") {
		t.Errorf("suggested: %q", list)
	}
	if body := s.visit("/api/v1/practices?q=zorkology").body; !strings.Contains(body, `"total":`+strconv.Itoa(education)) {
		t.Errorf("programs find %.200s", body)
	}
	s.visit("/en/topics/education").says("h1", "Zorkology")
	c.visit("/en/appearance/content?language=fr").says("#topics", "Éducation")
	c.arranges(fields{"topic-education": "Education"})
	if _, latest, err := s.Store.Themes.Latest(t.Context()); err != nil || len(latest.Words) > 0 {
		t.Errorf("the program's name is kept as the site's: %v, %v", latest.Words, err)
	}
}

// A facet that is off is not on the page. Its values can be chosen by an address, and stay
// when the form is sent.
func TestFacetsShown(t *testing.T) {
	t.Parallel()
	s := openOwn(t)
	c := s.as(account.Administrator)
	before := s.visit("/en/practices").values()
	c.shows(c.arranges(fields{"facets": c.visit(contentPage).without("facets", "year", "city")}))
	p := s.visit("/en/practices")
	same(t, "values", p.values(), slices.DeleteFunc(before, func(v value) bool { return v.facet == "year" || v.facet == "city" }))
	p = s.visit("/en/practices?country=GR&year=2017")
	p.says(".chips", "2017", "Greece")
	same(t, "the form's year", attrs(all(p.doc, "form#browse input[type=hidden][name=year]"), "value"), []string{"2017"})
	p.promise(s)
	if body := s.visit("/api/v1/facets").body; !strings.Contains(body, `"name":"year"`) {
		t.Error("programs lack the facet")
	}

	c.shows(c.arranges(fields{"facets": ""}))
	p = s.visit("/en/practices")
	p.lacks(".filters")
	if words := strings.ToLower(text(p.one("main"))); strings.Contains(words, "filter") {
		t.Error("the page speaks of filters")
	}
	p = s.visit("/en/practices?topic=roma")
	p.says(".chips", "Roma")
	if p.total() == 0 || len(p.slugs()) != p.total() {
		t.Errorf("%d of %d practices", len(p.slugs()), p.total())
	}
	var hidden []string
	for _, f := range catalogue.Facets {
		hidden = append(hidden, attrs(all(p.doc, "form#browse input[type=hidden][name="+f.Name()+"]"), "value")...)
	}
	same(t, "hidden values", hidden, []string{"roma"})
}

// What cannot be is refused beside its field, and nothing is kept.
func TestContentThatCannotBe(t *testing.T) {
	t.Parallel()
	s := openOwn(t)
	c := s.as(account.Administrator)
	form := c.visit(contentPage)
	p := c.posts(contentPage, form.filled(fields{"topics": "none", "topic-roma": strings.Repeat("x", 101)}))
	p.is(http.StatusUnprocessableEntity)
	p.says("#topics", "Choose one topic at least", "100 characters at most")
	c.posts(contentPage, form.filled(fields{"basis": "7"})).is(http.StatusConflict)
	c.follow(c.posts(contentPage, form.filled(nil))).says("#notice", "Nothing has changed")
	if number, _, err := s.Store.Themes.Latest(t.Context()); err != nil || number != 0 {
		t.Errorf("version %d is kept, %v", number, err)
	}
}

// What a site says of itself stands on its page in the languages in which it is written;
// what has to be true of every site stays below it.
func TestTextAboutTheSite(t *testing.T) {
	t.Parallel()
	s := openOwn(t)
	c := s.as(account.Administrator)
	before, french := s.visit("/en/about"), s.visit("/fr/about").body
	number := c.arranges(fields{"about": "We are **Eurotowns**.\n\n## Who may join\n\n- Towns, see https://eurotowns.example/join\n\n<script>alert(1)</script>"})
	c.post(link.AppearanceStep("en", number, link.LookStep)).is(http.StatusSeeOther)
	c.visit("/en/about").says("main", "We are Eurotowns")
	same(t, "what others read", texts(all(s.visit("/en/about").doc, "main p")), texts(all(before.doc, "main p")))
	c.shows(number)
	p := s.visit("/en/about")
	p.says("main", "We are Eurotowns", "The number beside a filter", "GeoNames", "<script>alert(1)</script>")
	same(t, "headings", texts(all(p.doc, "main h2")), []string{"Who may join", "What the pages promise", "Where the practices come from"})
	same(t, "links", attrs(all(p.doc, "main article a"), "rel"), []string{"nofollow"})
	p.lacks("main h3")
	for _, words := range []string{"A practice is something", "Residents can see", "Intercultural Cities"} {
		if strings.Contains(text(p.one("main")), words) {
			t.Errorf("the page still says %q", words)
		}
	}
	if got := s.visit("/fr/about").body; got != french {
		t.Error("a language without a text of its own has changed")
	}
	c.posts(contentPage, c.visit(contentPage).filled(fields{"about": strings.Repeat("ж", 20_001)})).says("#about-problem", "20,000 characters at most")
	c.shows(c.arranges(fields{"about": " \n ", "facets": "topic"}))
	p = s.visit("/en/about")
	p.says("main", "A practice is something", "The number beside a filter")
	c.shows(c.arranges(fields{"facets": ""}))
	for _, path := range []string{"/en/about", "/en/help"} {
		if words := text(s.visit(path).one("main")); strings.Contains(words, "filter") {
			t.Errorf("%s speaks of filters that are not shown", path)
		}
	}
}

// wordy is a text of so many words.
func wordy(words int) string { return strings.TrimSpace(strings.Repeat("word ", words)) }

// What officers may write is as a site sets it: in forms and checks, for drafts that were
// begun before as well. What is public is not refused for it.
func TestLimitsOfTheTemplate(t *testing.T) {
	t.Parallel()
	b := openBureau(t)
	c := b.as(account.Administrator)
	at := b.ana.complete("Begun before")
	b.ana.writes(at+"/summary", fields{"text": wordy(40)}).is(http.StatusSeeOther)
	template := b.visit("/en/template").body
	c.shows(c.arranges(fields{"most-words-summary": "30", "most-words-purpose": "400", "most-topics": "1", "most-files": "1"}))

	b.visit("/en/template").says("main", "Up to 30 words", "The one topic of the catalogue that fits best", "Up to 400 words")
	p := b.ana.visit(at + "/summary")
	p.says("main", "Up to 30 words", "40", "shorten it before you submit")
	same(t, "the counter's limit", attrs(all(p.doc, "[data-used]"), "data-limit"), []string{"30"})
	b.ana.visit(at+"/topics").says("main", "The one topic of the catalogue")
	b.ana.visit(at+"/pictures").says("main", "One file, be it a picture or a document")
	p = b.ana.hands(at+"/pictures", fields{"act": "upload"}, chosen{"1.jpg", photo(t, 20, 20)}, chosen{"2.jpg", photo(t, 21, 20)})
	p.says("#problems", "There was no room for “2.jpg”")
	if pictures := b.stored(at).Content.Pictures; len(pictures) != 1 {
		t.Errorf("%d pictures", len(pictures))
	}
	b.ana.visit(at+"/pictures").says("#file", "as many files as it can have (1)")
	b.ana.writes(at+"/pictures", fields{"remove": b.stored(at).Content.Pictures[0].Hash})
	b.ana.visit(at).says("main", "40 of 30 words", "has 40 words; shorten it to 30")
	b.ana.visit(at+"/purpose").says("main", "I have completed this part")
	check := b.ana.visit(at + "/check")
	check.says("main", "has 40 words; shorten it to 30", "Choose one topic only")
	p = b.ana.posts(at+"/check", check.filled(fields{"consent": "yes"}))
	p.is(http.StatusUnprocessableEntity)
	p.says("#problems", "has 40 words; shorten it to 30")
	b.ana.writes(at+"/summary", fields{"text": wordy(30), "completed": "yes"}).is(http.StatusSeeOther)
	b.ana.writes(at+"/topics", fields{"topics": "education"}).is(http.StatusSeeOther)
	b.ana.writes(at+"/purpose", fields{"text": wordy(300), "completed": "yes"}).is(http.StatusSeeOther)
	b.ana.posts(at+"/check", b.ana.visit(at+"/check").filled(fields{"consent": "yes"})).leads(http.StatusSeeOther, at+"/receipt")

	if words := len(strings.Fields(b.practice(ioannina).Texts[0].Summary)); words <= 30 {
		t.Fatalf("the public summary has %d words", words)
	}
	change := b.ana.posts(link.Propose("en", ioannina), fields{"text": "en", "key": "CHANGE"}).header.Get("Location")
	b.ana.writes(change+"/contact", fields{"text": "The town hall", "person": "no"}).is(http.StatusSeeOther)
	b.ana.posts(change+"/check", b.ana.visit(change+"/check").filled(fields{"consent": "yes"})).leads(http.StatusSeeOther, change+"/receipt")
	page, _ := b.kim.corrects(ioannina, "en")
	b.kim.visit(page).says("main", "of 100 words")

	form := c.visit(contentPage)
	p = c.posts(contentPage, form.filled(fields{"most-words-summary": "301", "most-topics": "0", "most-files": "13", "most-words-impact": "many"}))
	p.is(http.StatusUnprocessableEntity)
	p.says("#most-words-summary-problem", "from 20 to 300")
	p.says("#most-topics-problem", "from 1 to 10")
	p.says("#most-files-problem", "from 1 to 12")
	p.says("#most-words-impact-problem", "from 20 to 3,000")
	if typed := attr(p.one("#most-words-impact"), "value"); typed != "many" {
		t.Errorf("what was typed has become %q", typed)
	}
	c.shows(c.arranges(fields{"most-words-summary": "100", "most-words-purpose": "", "most-topics": "3", "most-files": ""}))
	if got := b.visit("/en/template").body; got != template {
		t.Error("the template is not as it was")
	}
}

// Forms offer the languages of the site, and pages name things in these alone.
func TestChoicesOfLanguages(t *testing.T) {
	t.Parallel()
	s := openOwn(t)
	c, editor := s.as(account.Administrator), s.as(account.Editor)
	c.shows(c.saves("offered", "en", "offered", "el"))
	for path, field := range map[string]string{"/en/people/invite": "locale", "/en/account": "locale"} {
		same(t, path, attrs(all(c.visit(path).doc, "select[name="+field+"] option"), "value"), []string{"en", "el"})
	}
	if list := all(editor.visit("/en/desk/collections/new").doc, ".tongue"); len(list) != 2 {
		t.Errorf("a collection is written in %d languages", len(list))
	}
	if p := s.visit("/en/countries/GR"); !strings.Contains(p.body, ">Ελλάδα<") || strings.Contains(p.body, ">Griechenland<") {
		t.Error("a country is named in other languages than the site offers")
	}
	s.visit("/en/api").says("main", "en, el")
}
