package frame_test

import (
	"net/url"
	"strings"
	"testing"

	"github.com/a-h/templ"

	"exempla/internal/account"
	"exempla/internal/catalogue"
	"exempla/internal/locale"
	"exempla/web/page/frame"
	"exempla/web/static"
)

// site is the frame of the pages in these tests.
var site = frame.Frame{Site: "https://exempla.example"}

func in(t *testing.T, tag string) *locale.Locale {
	t.Helper()
	l, ok := locale.Find(tag)
	if !ok {
		t.Fatalf("no language %q", tag)
	}
	return l
}

func render(t *testing.T, l *locale.Locale, c templ.Component) string {
	t.Helper()
	var b strings.Builder
	if err := c.Render(locale.With(t.Context(), l), &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// expect checks what markup has, and what it lacks: phrases after a "-".
func expect(t *testing.T, name, html string, phrases ...string) {
	t.Helper()
	for _, phrase := range phrases {
		unwanted, lacks := strings.CutPrefix(phrase, "-")
		if lacks && strings.Contains(html, unwanted) {
			t.Errorf("%s has %q", name, unwanted)
		}
		if !lacks && !strings.Contains(html, phrase) {
			t.Errorf("%s lacks %q", name, phrase)
		}
	}
}

// canonical gives a page a lasting address.
func canonical(m *frame.Meta) {
	m.Canonical = "/en/help"
	m.Kind = "article"
	m.Description = "x"
}

// TestLayoutFollowsMeta changes one thing at a time.
func TestLayoutFollowsMeta(t *testing.T) {
	t.Parallel()
	l := in(t, "en")
	plain := frame.Meta{Frame: site, Title: "Help & more", Path: "/en/help", Skip: frame.ToContent}
	for name, c := range map[string]struct {
		change  func(*frame.Meta)
		phrases []string
	}{
		"plain": {func(*frame.Meta) {}, []string{"<title>Help &amp; more – Exempla</title>", `href="#main"`, `<main id="main" class="wrap"`,
			"-noindex", "-canonical", "-og:", `-id="notice"`, "-" + static.Path("work.css"), "-ld+json", `-name="description"`}},
		"unlisted":  {func(m *frame.Meta) { m.Unlisted = true }, []string{`<meta name="robots" content="noindex"`}},
		"problems":  {func(m *frame.Meta) { m.Problems = true }, []string{"<title>Error: Help &amp; more – Exempla</title>"}},
		"narrow":    {func(m *frame.Meta) { m.Narrow = true }, []string{`class="wrap column"`}},
		"notice":    {func(m *frame.Meta) { m.Notice = "Saved <now>" }, []string{`id="notice" role="status">Saved &lt;now&gt;<`}},
		"working":   {func(m *frame.Meta) { m.Working = true }, []string{static.Path("work.css")}},
		"script":    {func(m *frame.Meta) { m.Scripts = []string{"passkey.js"} }, []string{static.Path("passkey.js") + `" defer`}},
		"style":     {func(m *frame.Meta) { m.Styles = []string{"files.css"} }, []string{static.Path("files.css")}},
		"skip":      {func(m *frame.Meta) { m.Skip = frame.Skip{Target: "results", Key: "layout.skip.results"} }, []string{`href="#results"`}},
		"current":   {func(m *frame.Meta) { m.Current = "help" }, []string{`<a href="/en/help" aria-current="page">`, `<a href="/en/about" aria-current="false">`}},
		"described": {func(m *frame.Meta) { m.Description = "What it is" }, []string{`<meta name="description" content="What it is"`, "-og:description"}},
		"data":      {func(m *frame.Meta) { m.Data = map[string]string{"name": "</script>"} }, []string{"application/ld+json", `-"</script>"`}},
		"canonical": {canonical, []string{
			`<link rel="canonical" href="https://exempla.example/en/help"`, `hreflang="el" href="https://exempla.example/el/help"`,
			`property="og:type" content="article"`, `property="og:url" content="https://exempla.example/en/help"`, `property="og:description" content="x"`}},
	} {
		m := plain
		c.change(&m)
		expect(t, name, render(t, l, frame.Layout(m)), c.phrases...)
	}
}

func TestLanguageSwitcherKeepsTheAddress(t *testing.T) {
	t.Parallel()
	m := frame.Meta{Frame: site, Title: "x", Path: "/en/practices", Query: "q=school&topic=roma", Skip: frame.ToContent}
	html := render(t, in(t, "en"), frame.Layout(m))
	for _, l := range locale.All() {
		expect(t, l.Tag(), html, `href="/`+l.Tag()+`/practices?q=school&amp;topic=roma"`, ">"+l.Name()+"</a>")
	}
	if got := strings.Count(html, `aria-current="true"`); got != 1 {
		t.Errorf("%d languages are the current one", got)
	}
	expect(t, "Arabic", render(t, in(t, "ar"), frame.Layout(m)), `<html lang="ar" dir="rtl">`)
}

func TestNavigationFollowsTheRole(t *testing.T) {
	t.Parallel()
	l := in(t, "en")
	entries := map[account.Role]string{account.Officer: "/en/submissions", account.Editor: "/en/desk", account.Administrator: "/en/people"}
	for role := range entries {
		m := frame.Meta{Frame: site, Title: "x", Path: "/en/help", Skip: frame.ToContent}
		m.Viewer = account.Viewer{ID: 1, Role: role, Name: "Ana <b>"}
		html := render(t, l, frame.Layout(m))
		expect(t, string(role), html, "<bdi>Ana &lt;b&gt;</bdi>", `action="/en/sign-out"`, `-href="/en/sign-in"`)
		for other, path := range entries {
			if strings.Contains(html, `href="`+path+`"`) != (other == role) {
				t.Errorf("the navigation of an %s and the page %s", role, path)
			}
		}
	}
	html := render(t, l, frame.Layout(frame.Meta{Frame: site, Title: "x", Path: "/en/help", Skip: frame.ToContent}))
	expect(t, "a stranger", html, `href="/en/sign-in"`, `href="/en/template"`, "-/en/sign-out", "-/en/account", "-/en/desk")
}

func TestProblemsWithoutWordsAreFailures(t *testing.T) {
	t.Parallel()
	for status, name := range map[int]string{400: "400", 403: "403", 404: "404", 405: "405", 409: "409", 410: "410", 413: "413", 414: "414", 418: "500", 422: "422",
		429: "429", 500: "500", 502: "500", 503: "503"} {
		for _, l := range locale.All() {
			p := frame.NewProblem(l, site, frame.ProblemInput{Status: status, Path: "/en"})
			if p.Name != name || p.Status != status || !p.Meta.Unlisted {
				t.Errorf("%d has the messages of %s", status, p.Name)
			}
			expect(t, l.Tag(), render(t, l, p.View()), "-problem."+name)
		}
	}
}

func TestProblemLeadsOn(t *testing.T) {
	t.Parallel()
	l := in(t, "en")
	p := frame.NewProblem(l, site, frame.ProblemInput{Status: 503, Path: "/en/practices", Query: "q=a"})
	expect(t, "the page", render(t, l, p.View()), `<a href="/en/practices">`, `id="q" name="q" value=""`, "-<blockquote", "-<code>", `href="/el/practices?q=a"`)

	values, _ := url.ParseQuery("q=school&topic=roma&country=GR")
	p = p.WithMessages(l, "slow")
	p.Selection = catalogue.Parse(values)
	p.Detail = "Because <b>"
	p.Reference = "REF1"
	p.Link = frame.Link{Label: "Without words", Path: "/en/practices?topic=roma"}
	if p.Name != "slow" || p.Meta.Title != l.T("problem.slow.title") || p.Status != 503 {
		t.Errorf("%s, %q, %d", p.Name, p.Meta.Title, p.Status)
	}
	expect(t, "the page with all", render(t, l, p.View()), "<h1>"+l.T("problem.slow.title"), "<blockquote dir=\"auto\">Because &lt;b&gt;<", "<code>REF1</code>",
		`<a href="/en/practices?topic=roma">Without words</a>`, `value="school"`, `name="topic" value="roma"`, `name="country" value="GR"`)
}
