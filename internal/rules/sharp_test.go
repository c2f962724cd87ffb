package rules

import (
	"slices"
	"strings"
	"testing"
)

// TestRulesAreSharp shows every rule one text that breaks it, on the lines that
// end in a mark, and what comes near without breaking it. A rule that finds
// nothing any more would otherwise go unnoticed.
func TestRulesAreSharp(t *testing.T) {
	t.Parallel()
	const mark = "«"
	for _, c := range samples {
		var want, got []int
		for i, line := range strings.Split(c.text, "\n") {
			if strings.HasSuffix(line, mark) {
				want = append(want, i+1)
			}
		}
		f, err := newFile(c.path, strings.ReplaceAll(c.text, mark, ""))
		if err != nil {
			t.Fatal(err)
		}
		c.rule(f, func(line int, _ string) { got = append(got, line) })
		if slices.Sort(got); !slices.Equal(slices.Compact(got), want) {
			t.Errorf("%s: breaches were found in lines %v, not %v of\n%s", c.path, got, want, c.text)
		}
	}
}

var samples = []struct {
	rule       rule
	path, text string
}{
	{followArrows, "internal/catalogue/x.go", "package catalogue\nimport (\n\"exempla/internal/practice\"\n\"exempla/internal/store\"«\n\"fmt\"\n)"},
	{followArrows, "web/page/browse/x_templ.go", "package browse\nimport \"exempla/internal/catalogue\"\nimport \"exempla/internal/store\"«\nimport \"exempla/internal/server\"«"},
	{followArrows, "web/page/browse/x_test.go", "package browse\nimport \"exempla/internal/testdb\""},
	{followArrows, "internal/lexicon/x.go", "package lexicon\nimport \"exempla/internal/text\"\nimport \"exempla/internal/practice\"«\nimport \"exempla/internal/thesaurus\"«"},
	{followArrows, "internal/thesaurus/x.go", "package thesaurus\nimport \"exempla/locales\"\nimport \"exempla/internal/text\"\nimport \"exempla/internal/lexicon\"«"},
	{followArrows, "internal/text/x.go", "package text\nimport \"exempla/internal/lexicon\"«\nimport \"embed\""},
	{domainAlone, "internal/practice/x.go", "package practice\nimport \"golang.org/x/text/language\"«\nimport \"unicode/utf8\""},
	{domainAlone, "internal/text/x.go", "package text\nimport \"golang.org/x/text/unicode/norm\"\nimport \"golang.org/x/textual\"«\nimport \"github.com/x/stemmer\"«\nimport \"github.com/blevesearch/snowballstem/arabic\"\nimport \"github.com/RoaringBitmap/roaring/v2\"«"},
	{domainAlone, "internal/lexicon/x.go", "package lexicon\nimport \"github.com/RoaringBitmap/roaring/v2\"\nimport \"github.com/blevesearch/snowballstem\"«\nimport \"golang.org/x/text/unicode/norm\"«"},
	{domainAlone, "internal/catalogue/x.go", "package catalogue\nimport \"github.com/RoaringBitmap/roaring/v2\"\nimport \"github.com/klauspost/compress/zstd\"«"},
	{domainAlone, "internal/thesaurus/x.go", "package thesaurus\nimport \"github.com/RoaringBitmap/roaring/v2\"«\nimport \"encoding/json\""},
	{libraryInPlace, "internal/server/respond/x.go", "package respond\nimport \"github.com/jackc/pgx/v5\"«\nimport \"github.com/go-chi/chi/v5\""},
	{libraryInPlace, "internal/store/x.go", "package store\nimport \"github.com/RoaringBitmap/roaring/v2\"«\nimport \"github.com/blevesearch/snowballstem/german\"«"},
	{libraryInPlace, "internal/practice/x.go", "package practice\nimport \"net/http\"«\nimport \"net/url\""},
	{namedWell, "internal/page/util/x.go", "package util«"},
	{noBags, "internal/x/x.go", "package x\nvar a map[string]any«\nvar b map[string]interface{}«\nvar c map[string]string\nvar d []any"},
	{leanContext, "internal/x/x.go", "package x\nvar a = context.WithValue(nil, 1, 2)«\nvar b = context.WithoutCancel(nil)"},
	{noSQL, "internal/server/x.go", "package x\nvar a = \"select 1\"«\nvar b = `«\n with x as (select 2)`\nvar c = \"create folder\"\nvar d = \"CREATE TABLE x ()\"«"},
	{noGet, "internal/x/x.go", "package x\nfunc (x) GetName() {}«\nfunc Gettysburg() {}\nfunc getName() {}«"},
	{neverSkip, "x_test.go", "package x\nfunc f() {\nt.Skip(\"no database\")«\nt.Skipf(\"%d\", 1)«\n_ = Skip{}\n}"},
	{neverSleep, "x_test.go", "package x\nfunc f() {\ntime.Sleep(1)«\ntime.Now()\n}"},
	{shortFunctions, "x.go", "package x\nfunc f() {«" + strings.Repeat("\n", mostLines) + "}\nfunc g() {" + strings.Repeat("\n", mostLines-1) + "}"},
	{fewParameters, "x.go", "package x\nfunc (x) f(a, b, c, d, e int) {}«\nfunc (x) g(a, b int, c, d string) {}"},
	{shortFile, "x.css", strings.Repeat("\n", mostFileLines) + "«\n"},
	{explained, "x.go", "package x\ntype A int«\n// B is.\ntype B int\nfunc (b *B) C() {}«\nfunc (b b) D() {}\n// Both.\nconst (\nE = 1\nF = 2\n)\nvar G int«"},
	{explained, "x.templ", "package x\n\ntempl A() {«\n}\n// B is.\ntempl B() {\n}\ntempl c() {\n}"},
	{rawMarkup, "x.templ", "@templ.Raw(text)«\n{ text }"},
	{rawMarkup, "x.go", "package x\nvar a = templ.Raw(text)«\nvar b = templ.SafeURL(text)"},
	{pagesAskNothing, "web/page/x.go", "package page\nvar a *catalogue.Index«\nvar b catalogue.Results"},
	{pagesAskNothing, "web/page/x.templ", "{ a.(*catalogue.Index) }«\n{ a.(catalogue.Results) }"},
	{pagesAskNothing, "web/page/x_test.go", "package page\nvar a *catalogue.Index"},
	{strictMarkup, "x.templ", "<p style=\"color: red\">«\n<p data-style=\"x\">\n<style>«\n<p\nstyle={ x }>«"},
	{strictMarkup, letters + "x.templ", "<style>\n<p style=\"color: red\">«\n<script>«"},
	{strictMarkup, "x.templ", "<script>«\n<script type=\"module\">«\n<script defer src={ x }>\n<script src=\"/x.js\">\nscript x() {«"},
	{strictMarkup, "x.templ", "<p onclick=\"x()\">«\n<p onload={ x }>«\n<p data-on=\"x\">\nonce := \"x\""},
	{strictMarkup, "x.templ", "<img alt=\"x\" src=\"https://example.org/x.png\"/>«\n<link href={ \"//example.org\" }>«\n<a href=\"https://example.org\">\n<img src={ x }>"},
	{ownFiles, "web/static/x.css", "a { background: url(https://example.org/x.png) }«\n@import \"//example.org/x.css\";«\nb { background: url(x.png) }"},
	{ownFiles, "web/static/x.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>"},
	{logicalStyles, "x.css", "/* left:\n0 */ a { left: 0 }«\nb { margin-left: 0 }«\nc{text-align:right}«\nd { inset-inline-start: 0; margin-top: 0 }\ne {border-top-left-radius: 0}«"},
	{noMachine, "x.md", "see /ho" + "me/maria/x«\n/home/ana/x\nhttps://example.org/work/x\ncd /tm" + "p/x«"},
	{noRegistry, "x.json", "\"https://registry" + ".example.org/x\"«\nregistry.Register(x)"},
	{evenLines, "x.css", "a {\n  top: 0; «\n\tleft: 0;«\n}\n"},
	{evenLines, "x.md", "a\r«\nb«"},
	{evenLines, "x.go", "package x\n\nfunc f() {\n\tg()\n}\n"},
	{nothingPutOff, "x.go", "package x\n// TO" + "DO: more«\n// Things to do."},
}
