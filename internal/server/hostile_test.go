package server_test

import (
	"strings"
	"testing"

	"exempla/internal/catalogue"
	"exempla/internal/link"
	"exempla/internal/locale"
	"exempla/internal/practice"
	"exempla/internal/testdb"
)

// attack is what is posted into every field: markup, an end to every kind of
// quotation, and Markdown that would load or run something.
const attack = `<script>alert(1)</script>"><img src=x onerror=alert(2)>'</title></textarea></script><svg/onload=alert(3)>--> [x](javascript:alert(4))`

const markdownAttack = attack + `

<iframe src="https://evil.example"></iframe><p style="position:fixed" onclick="alert(5)">raw</p>

![picture](https://evil.example/x.png "t") [data](data:text/html,<script>alert(6)</script>) [js](JaVaScRiPt:alert(7)) [vb](vbscript:x)
[tab](java	script:alert(8)) [entity](&#106;avascript:alert(9)) [title](https://good.example "\" onmouseover=alert(10) x=\"") <javascript:alert(11)>

[fine](https://good.example/page) and **strong**

# Heading one

| a | b |
|---|---|
| <b onclick=alert(12)>c</b> | javascript:alert(13) |

<style>body{display:none}</style><form action=https://evil.example><input name=q></form><a href="//evil.example">relative</a><base href=//evil.example>`

// hostile is a practice whose every text is an attack.
func hostile() practice.Practice {
	sections := map[practice.Section]string{}
	for _, section := range practice.Sections {
		sections[section] = markdownAttack
	}
	p := practice.Practice{
		Slug:   "hostile",
		Place:  practice.Place{Countries: []practice.Country{"MT"}, Cities: []practice.City{{Country: "MT", Name: "Valletta " + attack}}},
		Topics: []practice.Topic{"roma"}, Period: practice.Period{Wording: attack}, Organisation: attack, Licence: attack,
		Source: practice.Source{Name: attack, URL: "https://good.example/" + attack},
	}
	for _, language := range []practice.Language{"en", "el", "ar", "ja"} {
		p.Texts = append(p.Texts, practice.Text{Language: language, State: practice.Original, Title: attack, TitleLanguage: "fr",
			TitleEnglish: attack, Summary: attack, Sections: sections})
		if len(p.Texts) > 1 {
			p.Texts[len(p.Texts)-1].State = practice.Machine
		}
	}
	return p
}

func TestMarkupFromOutsideStaysText(t *testing.T) {
	t.Parallel()
	s := openOwn(t)
	s.add(hostile())
	s = serve(t, s.Store)
	selection := catalogue.Parse(nil).Only(catalogue.Country, "MT")
	selection.Words = "Valletta"
	for _, l := range locale.All() {
		for _, path := range []string{link.Practice(l.Tag(), "hostile"), link.Found(l.Tag(), "hostile", selection), link.Browse(l.Tag(), selection),
			link.Text(l.Tag(), "hostile", "ja"), link.Catalogue(l.Tag()) + "?sort=title&size=50"} {
			p := s.visit(path)
			p.harmless()
			if !strings.Contains(path, "sort=title") && !strings.Contains(text(p.one("main")), "<script>alert(1)</script>") {
				t.Errorf("%s: the text is not shown as it was written", path)
			}
		}
	}
	if got := s.visit("/en/practices/hostile").described().Name; got != attack {
		t.Errorf("programs are told another title: %q", got)
	}
}

// harmless checks that nothing from outside became markup.
func (p page) harmless() {
	p.Helper()
	p.obeys()
	p.lacks("svg[onload]")
	p.lacks("textarea")
	for _, within := range []string{"article div[lang] ", "li.item ", "aside ", "blockquote "} {
		for _, forbidden := range []string{"form", "input", "h1", "h2", "script"} {
			p.lacks(within + forbidden)
		}
		for _, e := range append(all(p.doc, within+"svg"), all(p.doc, within+"[id]")...) {
			if attr(e, "aria-hidden") == "" { // as a small map is
				p.Errorf("%s: there is %q in %s", p.path, text(e), within)
			}
		}
	}
	for _, raw := range []string{"<script>alert", "<img", "<iframe", "<svg/onload", "javascript:alert(4)\"", "<b onclick"} {
		if strings.Contains(p.body, raw) {
			p.Errorf("%s: %q arrives unescaped", p.path, raw)
		}
	}
	for _, href := range attrs(all(p.doc, "article a[href]"), "href") {
		if strings.Contains(href, "evil.example") && !strings.HasPrefix(href, "https://") {
			p.Errorf("%s: a link to %q", p.path, href)
		}
	}
}

func TestGoodMarkdownSurvives(t *testing.T) {
	t.Parallel()
	s := openOwn(t)
	s.add(hostile())
	p := s.visit("/en/practices/hostile")
	if links := all(p.doc, "article a[href=https://good.example/page]"); len(links) != len(practice.Sections) || !strings.Contains(attr(links[0], "rel"), "nofollow") {
		t.Errorf("%d good links", len(links))
	}
	if got := len(all(p.doc, "article strong")); got != len(practice.Sections) {
		t.Errorf("%d strong words", got)
	}
	if got := attr(p.one("a[rel=external]"), "href"); !strings.HasPrefix(got, "https://good.example/") {
		t.Errorf("the source is at %q", got)
	}
}

func TestMarkupInAddressesStaysText(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	const typed = "%3Cscript%3Ealert%281%29%3C%2Fscript%3E%22%3E%3Cimg+src%3Dx+onerror%3Dalert%282%29%3E"
	for _, path := range []string{"/en/practices?q=" + typed, "/en/practices?q=" + typed + "&country=GR", "/en/practices?q=" + typed + "&page=9",
		"/en/practices/" + ioannina + "?q=" + typed, "/en/" + typed, "/" + typed, "/en/practices/" + typed, "/en/practices?" + typed,
		"/en/nothing?" + typed + "=" + typed, "/en/nothing?a=\"><script>alert(1)</script>"} {
		p := s.get(strings.ReplaceAll(path, " ", "+"))
		p.harmless()
	}
	s.visit("/en/practices?q="+typed).says("ul.chips", `<script>alert(1)</script>"><img src=x onerror=alert(2)>`)
}

func TestMarkupInReasonsStaysText(t *testing.T) {
	t.Parallel()
	s := openOwn(t)
	testdb.Exec(t, s.Store, `update practice set state = 'archived', archive_reason = $1 where slug = $2`, attack, ioannina)
	p := s.get("/ar/practices/" + ioannina)
	p.is(410)
	p.harmless()
	p.says("blockquote", "<script>alert(1)</script>")
}
