package server_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"exempla/internal/catalogue"
	"exempla/internal/link"
	"exempla/internal/locale"
	"exempla/internal/practice"
	"exempla/internal/testdb"
	"exempla/web/component"
)

// TestEveryPracticeShowsAllItHas visits each practice of the sample.
func TestEveryPracticeShowsAllItHas(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	l, _ := locale.Find("en")
	for slug, want := range known(t) {
		p := s.visit(link.Practice("en", slug))
		original := want.Texts[0]
		p.says("h1", original.Title)
		p.says("title", original.Title+" – Exempla")
		p.says("p.summary", strings.Join(strings.Fields(original.Summary), " "))
		p.says("aside.facts", component.Period(l, want.Period, today), want.Source.Name, want.Period.Wording, origin+link.Practice("en", slug))
		p.says(".where.dates", component.Period(l, want.Period, today), "Updated on 2 January 2026")
		if strings.Contains(text(p.one("main")), "Published on") {
			t.Errorf("%s: an imported practice says when it was published", slug)
		}
		same(t, slug+" sections", texts(all(p.doc, "article.prose h2")), sectionNames(l, original))
		same(t, slug+" source", attrs(all(p.doc, "a[rel=external]"), "href"), []string{want.Source.URL})
		var topics []string
		for _, topic := range want.Topics {
			topics = append(topics, "/en/practices?topic="+string(topic))
		}
		same(t, slug+" topics", attrs(all(p.doc, "aside.facts dd a"), "href")[:len(topics)], topics)
		for _, city := range want.Place.Cities {
			p.says("aside.facts", city.Name)
		}
	}
}

func sectionNames(l *locale.Locale, shown practice.Text) []string {
	var names []string
	for _, section := range shown.Ordered() {
		names = append(names, l.T("section."+string(section.Section)))
	}
	return names
}

func TestOnlySectionsWithTextShow(t *testing.T) {
	t.Parallel()
	p := openSample(t).visit("/en/practices/" + ioannina)
	same(t, "sections", texts(all(p.doc, "article.prose h2")), []string{"Purpose", "Process", "Impact"})
	p.says("article.prose", "one coordinated response", "Urban Working Group")
}

func TestTextsOfAPractice(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	want := known(t)[ioannina]
	for _, c := range []struct{ path, tag, shown string }{
		{"/en/practices/" + ioannina, "en", "en"}, {"/el/practices/" + ioannina, "el", "el"}, {"/ar/practices/" + ioannina, "ar", "ar"},
		{"/fr/practices/" + ioannina, "fr", "en"}, {"/en/practices/" + ioannina + "?text=el", "en", "el"},
		{"/el/practices/" + ioannina + "?text=en", "el", "en"}, {"/ar/practices/" + ioannina + "?text=xx", "ar", "ar"}, {"/en/practices/" + ioannina + "?text=ar", "en", "ar"}} {
		p := s.visit(c.path)
		p.in(c.tag)
		shown, _ := want.Text(practice.Language(c.shown))
		p.says("h1[lang="+c.shown+"][dir="+locale.Direction(c.shown)+"]", shown.Title)
		p.says("div[lang="+c.shown+"][dir="+locale.Direction(c.shown)+"] p.summary", shown.Summary)
		l, _ := locale.Find(c.tag)
		note := l.T("practice.only_in", "Language", l.Language(c.shown))
		if got := strings.Contains(text(p.one("p.note")), note); got != (c.tag != c.shown) {
			t.Errorf("%s: says that the text is in another language: %v", c.path, got)
		}
		if got := len(all(p.doc, "meta[name=robots]")) == 1; got != strings.Contains(c.path, "text=") && !strings.Contains(c.path, "xx") {
			t.Errorf("%s: search engines leave it out: %v", c.path, got)
		}
		same(t, c.path, attrs(all(p.doc, "link[rel=canonical]"), "href"), []string{origin + link.Practice(c.tag, ioannina)})
		var others []string
		for _, other := range want.Texts {
			if string(other.Language) != c.shown {
				others = append(others, link.Text(c.tag, ioannina, other.Language))
			}
		}
		same(t, c.path+" also", attrs(all(p.doc, "p.note a"), "href"), others)
	}
}

func TestTextThatDoesNotExistShowsTheReadersOwn(t *testing.T) {
	t.Parallel()
	openSample(t).visit("/el/practices/" + ioannina + "?text=ja").one("h1[lang=el]")
}

func TestPracticeWithOneTextHasNoNote(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	s.visit("/en/practices/patras-carnival-embraces-all").says("p.note", "Ελληνικά")
	s.visit("/en/practices/integration-pact-in-luxemburg-luxembourg").lacks("p.note")
	s.visit("/fr/practices/integration-pact-in-luxemburg-luxembourg").says("p.note", "anglais")
}

func TestTranslationsSayHowTheyCameAbout(t *testing.T) {
	t.Parallel()
	s := openOwn(t)
	for state, key := range map[string]string{"machine": "practice.machine", "outdated": "practice.outdated", "human": ""} {
		testdb.Exec(t, s.Store, `update practice_text set state = $1 where language = 'el'`, state)
		for _, path := range []string{"/el/practices/" + ioannina, "/en/practices/" + ioannina + "?text=el"} {
			l, _ := locale.Find(path[1:3])
			note := text(s.visit(path).one("p.note"))
			for _, other := range []string{"practice.machine", "practice.outdated"} {
				if got := strings.Contains(note, l.T(other)); got != (key == other) {
					t.Errorf("%s, %s: says %q: %v", path, state, l.T(other), got)
				}
			}
		}
		s.visit("/en/practices/"+ioannina).says("p.note", "Ελληνικά")
	}
}

func TestEnglishTitleUnderAForeignOne(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	const belgium = "improving-equality-data-collection-in-belgium"
	s.visit("/en/practices/"+belgium).says("p.english[lang=en]", "Improving equality data collection in Belgium")
	s.visit("/en/practices/" + belgium).one("h1[lang=sq]")
	s.visit("/fr/practices/"+belgium).says("p.english[lang=en]", "Improving equality data collection in Belgium")
	s.visit("/sq/practices/" + belgium).lacks("p.english") // its readers need none
	s.visit("/en/practices/" + ioannina).lacks("p.english")
}

// described is what the page tells programs.
type described struct {
	Context  string `json:"@context"`
	Type     string `json:"@type"`
	Name     string
	Abstract string
	Language string `json:"inLanguage"`
	URL      string
	Based    string `json:"isBasedOn"`
	Modified string `json:"dateModified"`
	Temporal string `json:"temporalCoverage"`
	Places   []struct {
		Type string `json:"@type"`
		Name string
	} `json:"spatialCoverage"`
	Keywords []string
}

func (p page) described() described {
	p.Helper()
	var d described
	if err := json.Unmarshal([]byte(text(p.one("script[type=application/ld+json]"))), &d); err != nil {
		p.Fatalf("%s: the description cannot be read: %v", p.path, err)
	}
	return d
}

func TestDescriptionForPrograms(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	want := known(t)[ioannina]
	greek, _ := want.Text("el")
	d := s.visit("/el/practices/" + ioannina).described()
	same(t, "fields", []string{d.Context, d.Type, d.Name, d.Abstract, d.Language, d.URL, d.Based, d.Modified, d.Temporal},
		[]string{"https://schema.org", "CreativeWork", greek.Title, greek.Summary, "el", origin + link.Practice("el", ioannina), want.Source.URL, "2026-01-02", "2017-04/.."})
	if len(d.Places) != 2 || d.Places[0].Name != "Ιωάννινα" || d.Places[1].Name != "Ελλάδα" || !slices.Contains(d.Keywords, "Πρόσφυγες") {
		t.Errorf("places %v, keywords %v", d.Places, d.Keywords)
	}
	p := s.visit("/el/practices/" + ioannina)
	if got := attr(p.one("meta[property=og:title]"), "content"); got != greek.Title {
		t.Errorf("og:title is %q", got)
	}
	description := strings.TrimSuffix(attr(p.one("meta[name=description]"), "content"), "…")
	if !strings.HasPrefix(greek.Summary, description) || len([]rune(description)) > 160 || len(description) < 100 {
		t.Errorf("the description is %q", description)
	}
}

func TestOldAddressLeadsToTheNewOne(t *testing.T) {
	t.Parallel()
	s := openOwn(t)
	testdb.Exec(t, s.Store, `insert into old_slug (slug, practice) select 'former-name', number from practice where slug = $1`, ioannina)
	for _, l := range locale.All() {
		s.get(link.Practice(l.Tag(), "former-name")).leads(301, link.Practice(l.Tag(), ioannina))
	}
	s.visit("/en/practices/" + ioannina)
}

func TestArchivedPracticeSaysWhy(t *testing.T) {
	t.Parallel()
	s := openOwn(t)
	testdb.Exec(t, s.Store, `update practice set state = 'archived', archive_reason = $1, change = 2 where slug = $2`, "Asked for by the <city>.", ioannina)
	testdb.Exec(t, s.Store, `update catalogue_change set number = 2`)
	p := s.get("/el/practices/" + ioannina)
	p.troubled(410, "el", "410")
	p.says("blockquote", "Asked for by the <city>.")
	again := serve(t, s.Store)
	if slices.Contains(again.listed("country=GR&size=50"), ioannina) {
		t.Error("an archived practice is listed")
	}
	again.visit("/en/practices").says("h2#count", "273 practices")
	if slices.Contains(again.listed("q=Ioannina&size=50"), ioannina) {
		t.Error("an archived practice is found by words")
	}
}

func TestQueryThatMeansNothingChangesNothing(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	p := s.visit("/en/practices/" + ioannina + "?utm_source=x&topic=nothing")
	p.lacks("meta[name=robots]")
	if got := attr(p.one("a.back"), "href"); !strings.HasPrefix(got, link.Browse("en", catalogue.Parse(nil))) {
		t.Errorf("back leads to %q", got)
	}
}
