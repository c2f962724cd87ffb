// Package frame has the layout around every page, and the page of an error, which
// any address may answer.
package frame

import (
	"strings"

	"github.com/a-h/templ"

	"exempla/internal/account"
	"exempla/internal/link"
	"exempla/internal/locale"
	"exempla/web/component"
	"exempla/web/static"
)

// Frame is what every page shows whatever it is about.
type Frame struct {
	Site    link.Site
	Viewer  account.Viewer
	By      Publisher
	Style   string // address of the style sheet of the site's own look; empty for none
	Logo    Logo
	Preview int64  // version of the theme that the viewer looks at before others do; else 0
	Notice  string // says what has just been done, in the reader's language; empty for nothing
}

// Logo is the picture of a site in place of the program's mark. The zero value is none.
type Logo struct {
	Light, Dark Picture // Dark is empty where one does for all screens
	HasName     bool    // whether it shows the name of the site
}

// Picture is where a picture is, and how large it is shown.
type Picture struct {
	Path          string
	Width, Height int // in CSS pixels
}

// alt is what the logo says to who does not see it: nothing if the name stands beside it.
func (g Logo) alt(l *locale.Locale) string {
	if g.HasName {
		return l.SiteName()
	}
	return ""
}

// Icon is the address of the picture on the tab of a browser: the program's, or a logo that
// is about square; empty for none, as beside a wide one.
func (g Logo) Icon() string {
	switch {
	case g.Light.Path == "":
		return static.Path("icon.svg")
	case g.Light.Width <= 2*g.Light.Height:
		return g.Light.Path
	}
	return ""
}

// Publisher is who answers for the site. Empty fields are not shown.
type Publisher struct {
	Name           string
	Contact        string // mail address
	Enforcement    string // body to which readers can complain about accessibility
	EnforcementURL string
}

// Meta is what the layout needs to know of a page.
type Meta struct {
	Frame
	Title       string // without the name of the site
	Description string // one or two sentences; empty for none
	Path        string // of the request
	Query       string // of the request, in canonical form
	Canonical   string // path of the canonical address; empty if the page has none
	Card        string // path of the picture that stands for the page where its link is shared; empty for none
	Feed        string // path of the feed of what the page shows; empty if there is none
	Unlisted    bool   // search engines are asked not to list the page
	Kind        string // Open Graph type: "website" or "article"
	Tags        []Tag  // further elements meta
	Data        any    // schema.org description, written as JSON-LD; nil for none
	Skip        Skip
	Current     string   // the name of the page in the navigation: "practices", or one of link's pages
	Working     bool     // a page with forms, which needs their styles
	Narrow      bool     // a page of one column, such as a form
	Problems    bool     // a form was not accepted, which the title says first
	Scripts     []string // files of static that only this page needs
	Styles      []string // likewise
}

// Tag is an element meta.
type Tag struct{ Name, Content string }

// width is the class of the page's content.
func (m Meta) width() string {
	if m.Narrow {
		return "wrap column"
	}
	return "wrap"
}

// mastKey and footKey identify what is above and below pages.
type (
	mastKey struct {
		current string
		logo    Logo
	}
	footKey struct{ by Publisher }
)

// mast is the part above the page. For strangers it is ready but for the end of the
// address, which leads to the page in other languages.
func (m Meta) mast(l *locale.Locale) templ.Component {
	start := "/" + l.Tag() + "/"
	rest, ok := strings.CutPrefix(link.InLanguage(l.Tag(), m.Path, m.Query), start)
	if !ok || !m.Viewer.Stranger() {
		return masthead(m)
	}
	like := Meta{Frame: Frame{Logo: m.Logo}, Current: m.Current, Path: start + component.Slot(0)}
	return component.Ready(mastKey{m.Current, m.Logo}, masthead(like), component.Escape(rest))
}

// Entry is a link of the navigation.
type Entry struct {
	Name string // of the page, as Current says it
	Path string
	Key  string // message
}

// roleEntries lists the start pages of the viewer's roles, in the order of the roles.
func (m Meta) roleEntries(tag string) []Entry {
	var list []Entry
	for _, role := range m.Viewer.Roles() {
		switch role {
		case account.Officer:
			list = append(list, Entry{link.SubmissionsPage, link.Page(tag, link.SubmissionsPage), "layout.submissions"})
		case account.Editor:
			list = append(list, Entry{link.DeskPage, link.Page(tag, link.DeskPage), "layout.desk"})
		case account.Administrator:
			list = append(list, Entry{link.PeoplePage, link.Page(tag, link.PeoplePage), "layout.people"})
		}
	}
	return list
}

// Skip is the skip link of a page, for people who use the keyboard.
type Skip struct {
	Target string // id of an element
	Key    string // message
}

// ToContent skips to the content, as on most pages.
var ToContent = Skip{"main", "layout.skip.content"}

// Alternate is the page in one language of the interface.
type Alternate struct {
	Locale *locale.Locale
	Path   string // of the page, keeping the filters
}

// Alternates lists the page's addresses in all languages that the site offers, in the switcher's
// order.
func (m Meta) Alternates(here *locale.Locale) []Alternate {
	var list []Alternate
	for _, l := range here.Offered() {
		list = append(list, Alternate{l, link.InLanguage(l.Tag(), m.Path, m.Query)})
	}
	return list
}

// canonicalIn is the canonical address in a language.
func (m Meta) canonicalIn(tag string) string {
	return m.Site.Absolute(link.InLanguage(tag, m.Canonical, ""))
}

// Shared is the address by which people share the page: the canonical one, or else its
// own, as of a list that somebody has narrowed.
func (m Meta) Shared(tag string) string {
	if m.Canonical != "" {
		return m.canonicalIn(tag)
	}
	return m.Site.Absolute(link.InLanguage(tag, m.Path, m.Query))
}

// ariaCurrent is the attribute aria-current of an entry of the navigation.
func (m Meta) ariaCurrent(name string) string {
	if m.Current == name {
		return "page"
	}
	return "false"
}
