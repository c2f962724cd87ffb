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
		p.says("title", original.Title, " – Exempla")
		if cities := want.Place.Cities; len(cities) > 0 {
			p.says("title", component.CityName(l, cities[0]))
		}
		p.says(".summary", plain(original.Summary))
		p.says("aside.facts", component.Period(l, want.Period, today), want.Source.Name, origin+link.Practice("en", slug))
		p.says(".where.dates", component.Period(l, want.Period, today))
		for _, never := range []string{"Published on", "Updated on"} {
			if strings.Contains(text(p.one("main")), never) {
				t.Errorf("%s: an import is no publication and no update: %q", slug, never)
			}
		}
		sections := sectionNames(l, original)
		if sections == nil {
			sections = []string{l.T("part.summary")} // for the ear
		}
		same(t, slug+" sections", texts(all(p.doc, "article.prose h2")), sections)
		same(t, slug+" source", attrs(all(p.doc, "a[rel=external]"), "href"), []string{want.Source.URL})
		var topics []string
		for _, topic := range want.Topics {
			topics = append(topics, link.Portrait("en", catalogue.Topic, string(topic)))
		}
		same(t, slug+" topics", attrs(all(p.doc, "aside.facts dd a"), "href")[:len(topics)], topics)
		for _, city := range want.Place.Cities {
			p.says("aside.facts", city.Name)
		}
	}
}

// plain is a text with single spaces, as the tests read it from a page.
func plain(words string) string { return strings.Join(strings.Fields(words), " ") }

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
		{"/fr/practices/" + ioannina, "fr", "fr"}, {"/en/practices/" + ioannina + "?text=el", "en", "el"},
		{"/el/practices/" + ioannina + "?text=en", "el", "en"}, {"/ar/practices/" + ioannina + "?text=xx", "ar", "ar"}, {"/en/practices/" + ioannina + "?text=ar", "en", "ar"}} {
		p := s.visit(c.path)
		p.in(c.tag)
		shown, _ := want.Text(practice.Language(c.shown))
		p.says("h1[lang="+c.shown+"][dir="+locale.Direction(c.shown)+"]", shown.Title)
		p.says("div[lang="+c.shown+"][dir="+locale.Direction(c.shown)+"].summary", plain(shown.Summary))
		l, _ := locale.Find(c.tag)
		note := ""
		if found := all(p.doc, "p.note"); len(found) > 0 {
			note = text(found[0])
		}
		for said, want := range map[string]bool{
			l.T("practice.only_in", "Language", l.Language(c.shown)): c.tag != c.shown,
			l.T("practice.machine"):                                  c.shown != "en",
		} {
			if got := strings.Contains(note, plain(said)); got != want {
				t.Errorf("%s: says %q: %v", c.path, said, got)
			}
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
		same(t, c.path+" also", attrs(all(p.doc, "dd.texts a"), "href"), others)
		var original []string
		if c.shown != "en" {
			original = []string{link.Text(c.tag, ioannina, "en")}
		}
		same(t, c.path+" original", attrs(all(p.doc, "p.note a"), "href"), original)
	}
}

func TestTextThatDoesNotExistShowsTheReadersOwn(t *testing.T) {
	t.Parallel()
	openSample(t).visit("/el/practices/" + ioannina + "?text=ja").one("h1[lang=el]")
}

func TestOriginalInTheReadersLanguageHasNoNote(t *testing.T) {
	t.Parallel()
	s := openOwn(t)
	p := s.visit("/en/practices/" + ioannina)
	p.lacks("p.note")
	p.says("dd.texts", "English (original)", "Ελληνικά", "العربية")
	testdb.Exec(t, s.Store, `delete from practice_text where position > 0`)
	p = s.visit("/en/practices/" + ioannina)
	p.lacks("p.note")
	p.lacks("dd.texts a")
	s.visit("/fr/practices/"+ioannina).says("p.note", "anglais")
}

// A reader has the whole practice on one page: what nobody has translated follows
// in the original, with its language and direction.
func TestWhatIsNotTranslatedFollowsInTheOriginal(t *testing.T) {
	t.Parallel()
	s := openOwn(t)
	testdb.Exec(t, s.Store, `update practice_text set sections = sections - 'process' where language in ('de', 'ar')`)
	testdb.Exec(t, s.Store, `update practice_text set sections = '{}' where language = 'el'`)
	want := known(t)[ioannina]
	for tag, untranslated := range map[string][]practice.Section{"de": {practice.Process}, "ar": {practice.Process},
		"el": {practice.Purpose, practice.Process, practice.Impact}, "fr": nil, "en": nil} {
		p := s.visit("/" + tag + "/practices/" + ioannina)
		l, _ := locale.Find(tag)
		same(t, tag+" sections", texts(all(p.doc, "article.prose h2")), sectionNames(l, want.Texts[0]))
		label := l.T("text.in_language", "Language", l.Language("en"))
		partly := l.T("practice.partly", "Language", l.Language("en"))
		if len(untranslated) == 0 {
			p.lacks(".prose .foreign")
			if strings.Contains(text(p.one("article.prose")), partly) {
				t.Errorf("%s says %q of a text that is whole", tag, partly)
			}
			continue
		}
		p.says("p.note", partly)
		p.says(".prose .foreign", label) // once for all that follow
		shown := texts(all(p.doc, ".prose div[lang=en][dir=ltr]"))
		if len(shown) != len(untranslated) {
			t.Errorf("%s: %d parts in English, want %v", tag, len(shown), untranslated)
		}
		if process := texts(all(p.doc, ".prose div[lang=en] li")); len(process) != 10 || process[0] != "have an asylum card translated;" {
			t.Errorf("%s: in English it lists %q", tag, process)
		}
		p.one(".prose div[lang=" + tag + "][dir=" + l.Dir() + "].summary")
	}
}

// A page on which the practice is one of several is no place to read the whole
// story.
func TestSourceSaysWhatIsThere(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	lists := 0
	for slug, want := range known(t) {
		facts := text(s.visit(link.Practice("en", slug)).one("aside.facts"))
		if strings.Contains(facts, "Listed at") != want.Source.Listing || strings.Contains(facts, "Read the whole story at") == want.Source.Listing {
			t.Errorf("%s, a list: %v: %s", slug, want.Source.Listing, facts)
		}
		if want.Source.Listing {
			lists++
		}
	}
	if lists < 50 || lists > 200 {
		t.Errorf("%d sources are lists", lists)
	}
}

// The words of the source are shown where they say more than the period does.
func TestWordingOfThePeriodIsNotRepeated(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	for slug, said := range map[string]string{
		ioannina:                                     "", // "since April 2017", as on the page
		"culture-camp-in-vinnytsia":                  "", // "2021" for a start and an end in 2021
		"music-making-without-language-erlangen":     "June 2017",
		"local-forum-for-religious-diversity-bilbao": "ongoing",
	} {
		for _, tag := range []string{"en", "el", "ar"} {
			p := s.visit(link.Practice(tag, slug))
			if said == "" {
				p.lacks("aside.facts .wording")
			} else {
				p.says("aside.facts .wording q", said)
			}
		}
	}
}

func TestTranslationsSayHowTheyCameAbout(t *testing.T) {
	t.Parallel()
	s := openOwn(t)
	for state, key := range map[string]string{"machine": "practice.machine", "outdated": "practice.outdated", "human": ""} {
		testdb.Exec(t, s.Store, `update practice_text set state = $1 where language = 'el'`, state)
		for _, path := range []string{"/el/practices/" + ioannina, "/en/practices/" + ioannina + "?text=el"} {
			l, _ := locale.Find(path[1:3])
			note := strings.Join(texts(all(s.visit(path).doc, "p.note")), " ")
			for _, other := range []string{"practice.machine", "practice.outdated"} {
				if got := strings.Contains(note, l.T(other)); got != (key == other) {
					t.Errorf("%s, %s: says %q: %v", path, state, l.T(other), got)
				}
			}
		}
		s.visit("/en/practices/"+ioannina).says("dd.texts", "Ελληνικά")
	}
}

// inNoviPazar has a Serbian title over an English text.
const inNoviPazar = "drafting-a-local-strategic-plan-for-roma-in-novi-pazar"

func TestEnglishTitleUnderAForeignOne(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	const english = "Drafting a local strategic plan for Roma in Novi Pazar"
	p := s.visit("/en/practices/" + inNoviPazar)
	p.says("p.english[lang=en]", english)
	p.one("h1[lang=sr]")
	s.visit("/fr/practices/"+inNoviPazar+"?text=en").says("p.english[lang=en]", english)
	s.visit("/sq/practices/" + inNoviPazar).lacks("p.english") // its readers need none
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
		[]string{"https://schema.org", "CreativeWork", greek.Title, greek.Summary, "el", origin + link.Practice("el", ioannina), want.Source.URL, "", "2017-04/.."})
	if len(d.Places) != 2 || d.Places[0].Name != "Ιωάννινα" || d.Places[1].Name != "Ελλάδα" || !slices.Contains(d.Keywords, "Πρόσφυγες") {
		t.Errorf("places %v, keywords %v", d.Places, d.Keywords)
	}
	p := s.visit("/el/practices/" + ioannina)
	if got := attr(p.one("meta[property=og:title]"), "content"); got != greek.Title && got != greek.Title+" – Ιωάννινα" {
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
	greek, _ := known(t)[ioannina].Text("el")
	p.says("main", greek.Title, "2017")
	if others := attrs(all(p.doc, ".alike a"), "href"); len(others) == 0 || slices.Contains(others, link.Practice("el", ioannina)) {
		t.Errorf("others like it are %v", others)
	}
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
