package server_test

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
)

// suggests asks for suggestions and lists them as they are read.
func (s *site) suggests(tag, typed string) (page, []string) {
	s.Helper()
	p := s.visit("/" + tag + "/suggest?q=" + url.QueryEscape(typed))
	var list []string
	for _, option := range all(p.doc, "[role=option]") {
		list = append(list, strings.Join(strings.Fields(text(option)), " "))
	}
	return p, list
}

func TestSuggestionsInEveryScript(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	tests := []struct{ tag, typed, first, path string }{
		{"en", "ioann", "Ioannina Greece", "/en/practices?q=Ioannina&country=GR"},
		{"fr", "TIMISO", "Timișoara Roumanie", "/fr/practices?q=Timi%C8%99oara&country=RO"},
		{"en", "sebast", "Donostia-San Sebastián Spain", "/en/practices?q=Donostia-San+Sebasti%C3%A1n&country=ES"},
		{"en", "Griechenl", "Greece 6 practices", "/en/practices?country=GR"},
		{"de", "greece", "Griechenland 6 Praxisbeispiele", "/de/practices?country=GR"},
		{"ar", "اليونان", "اليونان 6 ممارسات", "/ar/practices?country=GR"},
		{"el", "Ιωαννιν", "Ιωάννινα Ελλάδα", "/el/practices?q=Ioannina&country=GR"},
		{"uk", "вінниц", "Вінниця Україна", "/uk/practices?q=Vinnytsia&country=UA"},
		{"en", "refug", "Refugees 17 practices", "/en/practices?topic=refugees"},
		{"el", "πρόσφ", "Πρόσφυγες 17 πρακτικές", "/el/practices?topic=refugees"},
		{"en", "Συντονισμενη", "Συντονισμένη δράση στην πόλη Ioannina", "/en/practices/urban-response-coordination-ioannina"},
		{"uk", "табір КУЛЬТУР", "Табір культур у Вінниці Вінниця", "/uk/practices/culture-camp-in-vinnytsia"},
		{"en", "図書", "統合と異文化交流をうながす図書館 Sherbrooke", "/en/practices/the-role-of-libraries-as-drivers-of-integration-and-intercultural-sherbrooke"},
		{"ar", "تطبيق الترحيب", "تطبيق الترحيب إرلنغن", "/ar/practices/the-welcome-app-erlangen"},
		{"en", "geneve, sa", "Genève, sa gueule – Sharing the diversity of the city Geneva", "/en/practices/geneve-sa-gueule-sharing-the-diversity-of-the-city-geneva"},
	}
	for _, test := range tests {
		p, list := s.suggests(test.tag, test.typed)
		if len(list) == 0 || list[0] != test.first {
			t.Errorf("%s, %q: %q, want %q first", test.tag, test.typed, list, test.first)
			continue
		}
		if got := attrs(all(p.doc, "[role=option]"), "href")[0]; got != test.path {
			t.Errorf("%s, %q leads to %q, want %q", test.tag, test.typed, got, test.path)
		}
	}
}

// What is suggested exists: every address leads to a page that has something.
func TestSuggestionsLeadSomewhere(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	seen := map[string]bool{}
	for _, typed := range []string{"ma", "so", "in", "ci", "sch", "bar", "fra", "ko"} {
		p, list := s.suggests("en", typed)
		if len(list) == 0 || len(list) > 10 {
			t.Errorf("%q: %d suggestions", typed, len(list))
		}
		for _, option := range all(p.doc, "[role=option]") {
			path := attr(option, "href")
			if seen[path] {
				continue
			}
			seen[path] = true
			target := s.visit(path)
			if strings.HasPrefix(path, "/en/practices?") && len(target.slugs()) == 0 {
				t.Errorf("%q: %q leads to nothing", typed, text(option))
			}
		}
	}
}

func TestSuggestionsAreWellFormed(t *testing.T) {
	t.Parallel()
	p, list := openSample(t).suggests("ar", "ma")
	said := attr(p.one("[data-said]"), "data-said")
	if !strings.Contains(said, strconv.Itoa(len(list))) || len(list) < 5 {
		t.Errorf("of %d it is said: %q", len(list), said)
	}
	ids := map[string]bool{}
	for _, group := range all(p.doc, "[role=group]") {
		label := p.one("#" + attr(group, "aria-labelledby"))
		if text(label) == "" || label.Parent != group {
			t.Error("a group is not labelled by what it begins with")
		}
	}
	for _, option := range all(p.doc, "[role=option]") {
		if id := attr(option, "id"); id == "" || ids[id] || option.Parent.Data != "div" || attr(option, "tabindex") != "-1" {
			t.Errorf("the option %q is not one", text(option))
		}
		ids[attr(option, "id")] = true
	}
	for _, name := range all(p.doc, "bdi[lang=en]") {
		if attr(name, "dir") != "ltr" {
			t.Errorf("%q has no direction", text(name))
		}
	}
}

// Whatever is typed, the answer is short, quick and nothing but suggestions.
func TestSuggestionsTakeAnything(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	for _, typed := range []string{"", " ", "a", "é", "\x00\x00", "\xff\xfe", "'\"<script>", `"); drop table`, "🎉🎉", "\u202e\u202d",
		"((((", "%", "zzzzzz", strings.Repeat("school ", 600)} {
		p, list := s.suggests("en", typed)
		if len(list) > 0 || attr(p.one("[data-said]"), "data-said") != "" {
			t.Errorf("%.20q suggests %q", typed, list)
		}
		p.lacks("script")
	}
	for _, query := range []string{"", "?", "?q", "?Q=school", "?q=%zz", "?x=1&x=2"} {
		if p := s.get("/en/suggest" + query); p.status != http.StatusOK || len(all(p.doc, "[role=option]")) > 0 {
			t.Errorf("%q: status %d", query, p.status)
		}
	}
	if _, list := s.suggests("en", "school\x00 \u200d\n "); len(list) == 0 {
		t.Error("what cannot be seen keeps words from being found")
	}
	s.get("/xx/suggest?q=school").is(http.StatusNotFound)
	s.send(http.MethodPost, "/en/suggest?q=school").is(http.StatusMethodNotAllowed)
}

func TestSuggestionsStayInMemory(t *testing.T) {
	t.Parallel()
	s := openAway(t)
	p, list := s.suggests("en", "secretword school")
	if len(list) > 0 || strings.Contains(s.log.lines(), "secretword") || !strings.Contains(s.log.lines(), "/en/suggest") {
		t.Errorf("%q; the log says %s", list, s.log.lines())
	}
	if p.header.Get("Cache-Control") != "no-cache" || p.header.Get("ETag") == "" {
		t.Errorf("a browser is told %q, %q", p.header.Get("Cache-Control"), p.header.Get("ETag"))
	}
	s.get("/en/suggest?q=school", "If-None-Match", p.header.Get("ETag")).is(http.StatusNotModified)
	if _, list := s.suggests("en", "school"); len(list) == 0 {
		t.Error("without the database nothing is suggested")
	}
}

// A practice is suggested as soon as it is there, and no longer than that.
func TestSuggestionsFollowTheCatalogue(t *testing.T) {
	t.Parallel()
	s := openOwn(t)
	if _, list := s.suggests("en", "quokka"); len(list) != 0 {
		t.Errorf("before there is one: %q", list)
	}
	fresh := hostile()
	fresh.Texts[0].Title, fresh.Slug = "Quokka nights", "quokka-nights"
	s.add(fresh)
	if err := s.Store.Practices.Refresh(t.Context(), s.Catalogue); err != nil {
		t.Fatal(err)
	}
	if _, list := s.suggests("en", "quokka"); len(list) != 1 || !strings.HasPrefix(list[0], "Quokka nights") {
		t.Errorf("the new practice: %q", list)
	}
	if p, _ := s.suggests("en", "alert"); len(all(p.doc, "script, img, svg, iframe")) > 0 {
		t.Error("markup came through")
	}
}

// Who types is not taken for a program that walks through all selections.
func TestSuggestionsAreNotCountedAsPages(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	s.PageLimit = 2
	s.restart()
	for i := range 5 {
		s.suggests("en", strings.Repeat("s", i+2))
	}
	s.visit("/en/practices?country=GR")
	s.visit("/en/practices?country=FR")
	s.get("/en/practices?country=IT").is(http.StatusTooManyRequests)
}
