package server_test

import (
	"slices"
	"strings"
	"testing"

	"exempla/internal/locale"
	"exempla/internal/practice"
	"exempla/internal/sample"
	"exempla/internal/testdb"
	"exempla/web/component"
)

// known are the practices of the sample by slug.
func known(t *testing.T) map[string]practice.Practice {
	t.Helper()
	list, err := sample.Practices()
	if err != nil {
		t.Fatal(err)
	}
	all := make(map[string]practice.Practice, len(list))
	for _, p := range list {
		all[p.Slug] = p
	}
	return all
}

// listed are the slugs of all pages of a listing, whose query may not be empty.
func (s *site) listed(query string) []string {
	s.Helper()
	var list []string
	for path := "/en/practices?" + query; path != ""; {
		p := s.visit(path)
		list = append(list, p.slugs()...)
		path = ""
		if next := all(p.doc, "nav.pages a[rel=next]"); len(next) > 0 {
			path = attr(next[0], "href")
		}
	}
	return list
}

func TestEveryPracticeIsListedOnce(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	for _, query := range []string{"size=50", "sort=title", "sort=place&size=10", "sort=oldest&size=50"} {
		list := s.listed(query)
		if len(list) != 274 {
			t.Errorf("%s: %d practices, want 274", query, len(list))
		}
		slices.Sort(list)
		if len(slices.Compact(list)) != 274 {
			t.Errorf("%s: some practice is listed twice", query)
		}
	}
}

// TestCardTellsThePractice looks at every card in two languages.
func TestCardTellsThePractice(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	practices := known(t)
	for _, tag := range []string{"en", "el"} {
		l, _ := locale.Find(tag)
		for path := "/" + tag + "/practices?size=50"; path != ""; {
			p := s.visit(path)
			for _, card := range all(p.doc, "li.item") {
				slug := strings.TrimPrefix(attr(card, "id"), "practice-")
				want, _ := practices[slug].Text(practice.Language(tag))
				heading := all(card, "h3 a")[0]
				summary := all(card, "p[lang="+string(want.Language)+"]")
				if text(heading) != want.Title || attr(heading, "lang") != string(want.TitleLanguage) || len(summary) == 0 {
					t.Errorf("%s: title %q in %q", slug, text(heading), attr(heading, "lang"))
				}
				cardSays(t, text(card), practices[slug], want, l)
			}
			path = ""
			if next := all(p.doc, "nav.pages a[rel=next]"); len(next) > 0 {
				path = attr(next[0], "href")
			}
		}
	}
}

// cardSays checks what can be read on a card.
func cardSays(t *testing.T, card string, p practice.Practice, shown practice.Text, l *locale.Locale) {
	t.Helper()
	summary := strings.Join(strings.Fields(shown.Summary), " ")
	if runes := []rune(summary); len(runes) > 320 {
		summary = string(runes[:250]) // a long one is cut
	}
	phrases := []string{summary, component.Period(l, p.Period, today)}
	for _, topic := range p.Topics {
		phrases = append(phrases, l.T("topic."+string(topic)))
	}
	for _, country := range p.Place.Countries {
		phrases = append(phrases, l.Country(string(country)))
	}
	for _, city := range p.Place.Cities {
		phrases = append(phrases, component.CityName(l, city))
	}
	for _, phrase := range phrases {
		if !strings.Contains(card, phrase) {
			t.Errorf("%s: the card lacks %q: %s", p.Slug, phrase, card)
		}
	}
	foreign := l.T("text.in_language", "Language", l.Language(string(shown.Language)))
	if strings.Contains(card, foreign) != (string(shown.Language) != l.Tag()) {
		t.Errorf("%s: the note on the language is wrong: %s", p.Slug, card)
	}
}

func TestForeignTitleSaysItsLanguage(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	serbian := known(t)[inNoviPazar].Texts[0]
	const card = "li.item[id=practice-" + inNoviPazar + "] "
	p := s.visit("/en/practices?country=RS")
	heading := p.one(card + "h3 a")
	if attr(heading, "lang") != "sr" || attr(heading, "dir") != "ltr" || text(heading) != serbian.Title {
		t.Errorf("the title is %q in %q", text(heading), attr(heading, "lang"))
	}
	p.says(card+"p.english[lang=en]", serbian.TitleEnglish)
	p.says(card+".foreign", "Title in Serbian")
	p = s.visit("/ar/practices?country=RS&language=en")
	if got := attr(p.one(card+"h3 a"), "dir"); got != "ltr" {
		t.Errorf("in an Arabic page the Serbian title runs %q", got)
	}
}

// A card says in two words that a program translated what it shows.
func TestTranslatedCardsSaySo(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	for _, l := range locale.All() {
		for _, card := range all(s.visit("/"+l.Tag()+"/practices").doc, "li.item") {
			if got := strings.Contains(text(card), l.T("text.machine")); got != (l.Tag() != "en") {
				t.Errorf("%s: says that a program translated it: %v: %s", l.Tag(), got, text(card))
			}
		}
	}
}

func TestHeadingCountsAndTitleSaysTheSearch(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	for path, want := range map[string]string{
		"/en/practices":                                     "Good practices of cities – Exempla",
		"/en/practices?page=2":                              "Good practices of cities – page 2 of 14 – Exempla",
		"/en/practices?country=GR&country=IT":               "Greece or Italy – 26 practices – Exempla",
		"/en/practices?country=JP":                          "Japan – 1 practice – Exempla",
		"/en/practices?q=xyzzy":                             "“xyzzy” – No practices found – Exempla",
		"/en/practices?topic=refugees&country=GR&year=2019": "Refugees – Greece – 2019 – ",
		"/en/practices?year=unknown&status=unknown":         "year not stated – status not stated – ",
		"/el/practices?country=GR":                          "Ελλάδα – 6 ",
	} {
		p := s.visit(path)
		p.says("title", want)
		heading := text(p.one("h2#count"))
		if strings.Contains(path, "country") && !strings.Contains(text(p.one("title")), heading) {
			t.Errorf("%s: the heading is %q", path, heading)
		}
	}
	s.visit("/en/practices").says("h2#count", "274 practices")
}

// One count is enough to see: the heading that screen readers need is hidden where
// the head of the page says it, and the buttons count only what is narrowed.
func TestCountIsSeenOnce(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	for path, want := range map[string]int{"/en/practices": 1, "/de/practices?page=2": 1, "/en/practices?topic=education": 0} {
		p := s.visit(path)
		seen := 0
		for _, part := range slices.Concat(all(p.doc, ".lede p"), all(p.doc, "h2#count"), all(p.doc, ".show")) {
			if strings.Contains(text(part), "274") && !strings.Contains(attr(part, "class"), "hush") {
				seen++
			}
		}
		if seen != want {
			t.Errorf("%s: the count of all is seen %d times, want %d", path, seen, want)
		}
	}
	s.visit("/en/practices").says("h2#count", "274 practices")
}

func TestSelectionIsSaidInWords(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	p := s.visit("/en/practices?q=school&topic=education&topic=refugees&country=GR&country=IT&country=PT&status=unknown")
	same(t, "said", texts(all(p.doc, ".said li")), []string{"“school”", "Topic: Education or Refugees", "Country: Greece, Italy or Portugal", "Status: Not stated"})
	s.visit("/es/practices?country=ES&country=IT").says(".said", "España o Italia")
	s.visit("/en/practices").lacks(".said")
}

func TestPagesOfTheListing(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	first, middle, last := s.visit("/en/practices"), s.visit("/en/practices?page=7"), s.visit("/en/practices?page=14")
	first.lacks("nav.pages a[rel=prev]")
	last.lacks("nav.pages a[rel=next]")
	first.says(".range", "1–20")
	last.says(".range", "261–274")
	middle.says("nav.pages a[aria-current=page]", "7")
	same(t, "pages", texts(all(middle.doc, "nav.pages li")),
		[]string{"Previous", "Page 1", "…", "Page 6", "Page 7", "Page 8", "…", "Page 14", "Next"})
	same(t, "links", attrs(all(middle.doc, "nav.pages a"), "href")[:2], []string{"/en/practices?page=6", "/en/practices"})
	for query, size := range map[string]int{"size=10": 10, "sort=title": 20, "size=50": 50} {
		if got := len(s.visit("/en/practices?" + query).slugs()); got != size {
			t.Errorf("%s: %d cards, want %d", query, got, size)
		}
	}
	p := s.visit("/en/practices?country=JP")
	p.lacks("nav.pages")
	p.lacks(".range")
}

func TestFormKeepsWhatIsAsked(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	p := s.visit("/fr/practices?q=%22help+desk%22&country=GR&sort=title&size=50")
	if got := attr(p.one("#browse #q"), "value"); got != `"help desk"` {
		t.Errorf("the words are %q", got)
	}
	same(t, "sort", attrs(all(p.doc, "#sort option[selected]"), "value"), []string{"title"})
	same(t, "sizes", attrs(all(p.doc, "#size option"), "value"), []string{"10", "20", "50"})
	same(t, "size", attrs(all(p.doc, "#size option[selected]"), "value"), []string{"50"})
	same(t, "sorts", attrs(all(p.doc, "#sort option"), "value"), []string{"relevance", "newest", "oldest", "title", "place"})
	same(t, "sorts without words", attrs(all(s.visit("/fr/practices").doc, "#sort option"), "value"), []string{"newest", "oldest", "title", "place"})
	if form := p.one("form#browse"); attr(form, "method") != "get" || attr(form, "action") != "/fr/practices" {
		t.Errorf("the form goes to %q", attr(form, "action"))
	}
}

// TestFormOfEmptyResultKeepsSortAndSize: a reader who removes a filter there finds
// the list as it was.
func TestFormOfEmptyResultKeepsSortAndSize(t *testing.T) {
	t.Parallel()
	p := openSample(t).visit("/en/practices?topic=roma&country=JP&sort=title&size=50")
	for name, want := range map[string]string{"sort": "title", "size": "50"} {
		chosen := slices.Concat(all(p.doc, "#browse input[name="+name+"]"), all(p.doc, "#browse select[name="+name+"] option[selected]"))
		same(t, name, attrs(chosen, "value"), []string{want})
	}
}

func TestEmptyCatalogue(t *testing.T) {
	t.Parallel()
	s := serve(t, testdb.Open(t))
	for _, l := range locale.All() {
		p := s.visit("/" + l.Tag() + "/practices")
		p.says("h2#count", l.T("browse.none"))
		p.says(".empty", l.T("browse.nothing_yet"))
		s.visit("/" + l.Tag() + "/practices?q=school&country=GR&year=2019")
	}
}
