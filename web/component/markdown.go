package component

import (
	"bytes"

	"github.com/a-h/templ"
	"github.com/microcosm-cc/bluemonday"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
)

// Headings of a section start below the page's own ones.
var (
	markdown = goldmark.New(goldmark.WithExtensions(extension.Linkify, extension.Table))
	allowed  = newAllowed()
)

// newAllowed is what people may write: paragraphs, lists, emphasis, quotes,
// tables and links. No pictures, no headings that would break the outline of
// the page, nothing that loads or runs anything.
func newAllowed() *bluemonday.Policy {
	p := bluemonday.NewPolicy()
	p.AllowElements("p", "br", "ul", "ol", "li", "em", "strong", "del", "blockquote", "code", "pre", "hr",
		"table", "thead", "tbody", "tr", "th", "td")
	p.AllowAttrs("href").OnElements("a")
	p.AllowURLSchemes("http", "https", "mailto")
	p.RequireNoFollowOnLinks(true)
	p.AllowRelativeURLs(false)
	return p
}

// Markdown shows text written by people, sanitised. It is the one place where
// markup from outside reaches a page.
func Markdown(text string) templ.Component {
	var html bytes.Buffer
	if err := markdown.Convert([]byte(text), &html); err != nil {
		return templ.Raw(templ.EscapeString(text))
	}
	return templ.Raw(string(allowed.SanitizeBytes(html.Bytes())))
}
