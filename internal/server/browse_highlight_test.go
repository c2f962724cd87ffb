package server_test

import (
	"net/url"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// marked are the marks in what a selector means, as written.
func (p page) marked(selector string) []string { return texts(all(p.doc, selector+" mark")) }

func TestWordsAreMarkedInTitleAndSummary(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	card := "li.item[id=practice-" + ioannina + "] "
	for _, c := range []struct {
		path, selector string
		want           []string
	}{
		{"/en/practices?q=URBAN+responses&country=GR", card + "h3 a[lang=en]", []string{"Urban", "response"}},
		{"/en/practices?q=refugee&country=GR", card + "p[lang=en]", []string{"refugee", "refugees"}},
		{"/en/practices?q=%22two+help%22&country=GR", card + "p[lang=en]", []string{"Two help"}},
		{"/en/practices?q=strategic+Pazar&country=RS", "li.item[id=practice-" + inNoviPazar + "] p.english[lang=en]", []string{"strategic", "Pazar"}},
		{"/el/practices?q=%CF%80%CF%81%CE%BF%CF%83%CF%86%CF%85%CE%B3%CE%B5%CF%82&country=GR", card + "p[lang=el][dir=ltr]", []string{"Πρόσφυγες", "πρόσφυγες"}},
		{"/ar/practices?q=" + url.QueryEscape("اللاجئين") + "&country=GR", card + "p[lang=ar][dir=rtl]", []string{"اللاجئين"}},
	} {
		same(t, c.path, s.visit(c.path).marked(c.selector), c.want)
	}
}

func TestOnlyWhatWasAskedForIsMarked(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	for _, path := range []string{"/en/practices", "/en/practices?country=GR", "/en/practices?q=-school"} {
		s.visit(path).lacks("mark")
	}
	p := s.visit("/en/practices?q=city+-school&size=50")
	for _, mark := range all(p.doc, "mark") {
		if got := strings.ToLower(text(mark)); got != "city" && got != "cities" && got != "citys" {
			t.Errorf("%q is marked", got)
		}
		if !slices.ContainsFunc(all(p.doc, "li.item"), func(card *html.Node) bool { return slices.Contains(all(card, "mark"), mark) }) {
			t.Errorf("%q is marked outside the list", text(mark))
		}
	}
	if len(all(p.doc, "mark")) == 0 {
		t.Error("nothing is marked")
	}
}

// TestSnippetShowsWhatWasAskedFor looks for a word near the end of a long summary.
func TestSnippetShowsWhatWasAskedFor(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	greek, _ := known(t)[ioannina].Text("el")
	summary := greek.Summary
	words := strings.Fields(summary)
	last := strings.Trim(words[len(words)-1], ".")
	p := s.visit("/el/practices?q=" + url.QueryEscape(last) + "&country=GR")
	shown := text(p.one("li.item[id=practice-" + ioannina + "] p[lang=el]"))
	if !strings.HasPrefix(shown, "…") || !strings.HasSuffix(summary, strings.TrimPrefix(shown, "…")) {
		t.Errorf("%q shows %q of %q", last, shown, summary)
	}
	same(t, "the mark", p.marked("li.item[id=practice-"+ioannina+"] p[lang=el]"), []string{last})
}

func TestMarksHoldHostileTexts(t *testing.T) {
	t.Parallel()
	s := openOwn(t)
	s.add(hostile())
	s = serve(t, s.Store)
	for _, words := range []string{"script", "alert", `"script alert"`, "img src", "onerror 1 2 3", "x"} {
		p := s.visit("/en/practices?q=" + url.QueryEscape(words) + "&country=MT")
		p.harmless()
		if len(all(p.doc, "li.item")) == 1 && text(p.one("li.item h3")) != strings.Join(strings.Fields(attack), " ") {
			t.Errorf("%s: the title is %q", words, text(p.one("li.item h3")))
		}
	}
	if got := s.visit("/en/practices?q=script&country=MT").marked("li.item h3"); len(got) == 0 {
		t.Error("nothing is marked in a hostile title")
	}
}
