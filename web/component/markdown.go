package component

import (
	"bytes"

	"github.com/a-h/templ"
	"github.com/microcosm-cc/bluemonday"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
)

var (
	markdown = goldmark.New(goldmark.WithExtensions(extension.Linkify, extension.Table))
	allowed  = newAllowed()
)

// newAllowed allows paragraphs, lists, emphasis, quotes, tables and links. It allows
// no headings, which would break the outline of the page, and nothing that loads or
// runs anything, such as pictures.
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

// Markdown renders Markdown from users, sanitised. It is the only place where users'
// markup reaches a page.
func Markdown(text string) templ.Component {
	var html bytes.Buffer
	if err := markdown.Convert([]byte(text), &html); err != nil {
		return templ.Raw(templ.EscapeString(text))
	}
	return templ.Raw(string(allowed.SanitizeBytes(html.Bytes())))
}
