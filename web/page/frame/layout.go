// Package frame has what frames every page, and the page of a problem, which any
// address may answer.
package frame

import (
	"exempla/internal/account"
	"exempla/internal/link"
	"exempla/internal/locale"
)

// Frame is what is the same for all pages that somebody sees: where the site
// is, who looks at it, and what is to be said once.
type Frame struct {
	Site   link.Site
	Viewer account.Viewer
	Notice string // what has just been done, in the reader's words; empty for nothing
}

// Meta is what a page says about itself, outside its own content.
type Meta struct {
	Frame
	Title       string // without the name of the site
	Description string // one or two sentences; empty for none
	Path        string // of this page as it was asked for
	Query       string // likewise, canonical
	Canonical   string // path of the lasting address; empty where a page has none
	Unlisted    bool   // search engines are asked to leave the page out
	Kind        string // Open Graph type: "website" or "article"
	Data        any    // schema.org description, written as JSON-LD; nil for none
	Skip        Skip
	Current     string   // the name of the page in the navigation: "practices", or one of link's pages
	Working     bool     // a page on which people work, with the styles of forms
	Narrow      bool     // a page of one column, such as a form
	Problems    bool     // a form was not accepted: the title says so first
	Scripts     []string // files of static that only this page needs
	Styles      []string // likewise
}

// width is the class of the page's content.
func (m Meta) width() string {
	if m.Narrow {
		return "wrap column"
	}
	return "wrap"
}

// Entry is a link of the navigation.
type Entry struct {
	Name string // of the page, as Current says it
	Path string
	Key  string // message
}

// home lists where somebody of the viewer's role begins.
func (m Meta) home(tag string) []Entry {
	switch m.Viewer.Role {
	case account.Officer:
		return []Entry{{link.SubmissionsPage, link.Page(tag, link.SubmissionsPage), "layout.submissions"}}
	case account.Editor:
		return []Entry{{link.DeskPage, link.Page(tag, link.DeskPage), "layout.desk"}}
	case account.Administrator:
		return []Entry{{link.PeoplePage, link.Page(tag, link.PeoplePage), "layout.people"}}
	}
	return nil
}

// Skip is the first link of a page, for people who read by keyboard.
type Skip struct {
	Target string // id of an element
	Key    string // message
}

// ToContent skips to the content; it is the way of most pages.
var ToContent = Skip{"main", "layout.skip.content"}

// Alternate is the page in one language of the interface.
type Alternate struct {
	Locale *locale.Locale
	Path   string // of the page, keeping the filters
}

// Alternates lists the page's addresses in all languages, in the switcher's
// order.
func (m Meta) Alternates() []Alternate {
	var list []Alternate
	for _, l := range locale.All() {
		list = append(list, Alternate{l, link.InLanguage(l.Tag(), m.Path, m.Query)})
	}
	return list
}

// lasting is the canonical address in another language.
func (m Meta) lasting(tag string) string {
	return m.Site.Absolute(link.InLanguage(tag, m.Canonical, ""))
}

// here marks the current page in the navigation.
func (m Meta) here(name string) string {
	if m.Current == name {
		return "page"
	}
	return "false"
}
