package rules

import (
	"go/ast"
	"path"
	"regexp"
	"strings"
	"testing"
)

func TestTextIsNeverMarkup(t *testing.T) {
	t.Parallel()
	hold(t, rawMarkup)
}

func rawMarkup(f file, tell func(int, string)) {
	const breach = "nothing that somebody wrote is markup: print text with { }, or long texts through component.Prose"
	if f.isTempl() {
		find(f, regexp.MustCompile(`templ\.Raw\b`), tell, breach)
	}
	if f.isProgram() {
		each(f, func(s *ast.SelectorExpr) {
			if isName(s, "templ", "Raw") {
				tell(f.line(s.Pos()), breach)
			}
		})
	}
}

// markup is what the content security policy would block, or what would send
// readers' addresses to other sites.
var markup = []struct {
	pattern *regexp.Regexp
	breach  string
}{
	{regexp.MustCompile(`\sstyle\??=|<style\b|(?m:^css \w+\()`),
		"styles stand in web/static/style: use a class, or an SVG with width and height"},
	{regexp.MustCompile(`(?m:^script \w+\()|<script\b(?:[^>s]|s[^>r]|sr[^>c])*>`),
		"code stands in web/static/app.js: a script element has src, data are printed by templ.JSONScript"},
	{regexp.MustCompile(`\son[a-z]+\??=\s*["'{]`),
		"no handlers in markup: mark the element with data-… and listen in web/static/app.js"},
	{regexp.MustCompile(`<(?:link|script|img|iframe|source|video|audio|embed|object|image|use)\s(?:[^>]*\s)?(?:src|href|srcset|poster|data)=\s*(?:\{\s*)?["'](?:https?:)?//`),
		"pages load nothing from other sites: put the file into web/static"},
}

func TestPagesKeepToTheContentSecurityPolicy(t *testing.T) {
	t.Parallel()
	hold(t, strictMarkup)
}

func strictMarkup(f file, tell func(int, string)) {
	if !f.isTempl() && path.Ext(f.path) != ".html" {
		return
	}
	for _, m := range markup {
		find(f, m.pattern, tell, m.breach)
	}
}

// Addresses of other sites; names of XML vocabularies only look like one.
var (
	elsewhere  = regexp.MustCompile(`(?i)https?://[^\s"'` + "`" + `)]+|(?:url\(|@import)\s*["']?//`)
	vocabulary = "http://www.w3.org/"
)

func TestStaticFilesLoadNothingFromElsewhere(t *testing.T) {
	t.Parallel()
	hold(t, ownFiles)
}

func ownFiles(f file, tell func(int, string)) {
	if !strings.HasPrefix(f.path, "web/static/") || f.syntax != nil {
		return
	}
	for _, at := range elsewhere.FindAllStringIndex(f.text, -1) {
		if !strings.HasPrefix(f.text[at[0]:], vocabulary) {
			tell(f.lineAt(at[0]), "static files name no other site: put the file beside this one")
		}
	}
}

// Properties that name a side of the screen, and comments, where they may.
var (
	sided = regexp.MustCompile(`(?:margin|padding|border)-(?:left|right)\b|border-(?:top|bottom)-(?:left|right)-radius|` +
		`[{;\s](?:left|right)\s*:|\b(?:text-align|float|clear)\s*:\s*(?:left|right)\b`)
	cssComment = regexp.MustCompile(`(?s)/\*.*?\*/`)
)

func TestStylesKnowNoLeftAndRight(t *testing.T) {
	t.Parallel()
	hold(t, logicalStyles)
}

func logicalStyles(f file, tell func(int, string)) {
	if path.Ext(f.path) != ".css" {
		return
	}
	blank := func(comment string) string { return strings.Repeat("\n", strings.Count(comment, "\n")) }
	f.text = cssComment.ReplaceAllStringFunc(f.text, blank)
	find(f, sided, tell, "pages are also read from right to left: use the logical property (margin-inline-start, inset-inline-end, text-align: start …)")
}

// find tells every place where a pattern matches.
func find(f file, pattern *regexp.Regexp, tell func(int, string), breach string) {
	for _, at := range pattern.FindAllStringIndex(f.text, -1) {
		text := f.text[at[0]:at[1]]
		lead := len(text) - len(strings.TrimLeft(text, "\n\t "))
		tell(f.lineAt(at[0]+lead), breach)
	}
}

func TestPagesAskNothing(t *testing.T) {
	t.Parallel()
	hold(t, pagesAskNothing)
}

// finder is what answers from memory: pages get the answers.
var finder = regexp.MustCompile(`\bcatalogue\.(Catalogue|Index|Segment|Suggester)\b`)

func pagesAskNothing(f file, tell func(int, string)) {
	if strings.HasPrefix(f.path, "web/") && (f.isTempl() || f.isProgram()) {
		find(f, finder, tell, "pages do not ask the catalogue: let the handler pass the counts and values that they print")
	}
}

func TestGeneratedPagesHaveTheirSource(t *testing.T) {
	t.Parallel()
	there := make(map[string]bool)
	for _, f := range repository(t) {
		there[f.path] = true
	}
	for name := range there {
		if source, ok := strings.CutSuffix(name, "_templ.go"); ok && !there[source+".templ"] {
			t.Errorf("%s:1: its .templ file is gone: delete it", name)
		}
		if source, ok := strings.CutSuffix(name, ".templ"); ok && !there[source+"_templ.go"] {
			t.Errorf("%s:1: no Go code was generated: run make generate and commit it", name)
		}
	}
}
