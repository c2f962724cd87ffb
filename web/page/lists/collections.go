package lists

import (
	"strings"

	"exempla/internal/account"
	"exempla/internal/catalogue"
	"exempla/internal/link"
	"exempla/internal/locale"
	"exempla/internal/practice"
	"exempla/internal/prose"
	"exempla/web/component"
	"exempla/web/page/browse"
	"exempla/web/page/frame"
)

// Collected is a collection with how many practices it shows.
type Collected struct {
	practice.Collection
	Count int
}

// CollectionsInput are the public collections.
type CollectionsInput struct{ List []Collected }

// Collections is the page that lists them.
type Collections struct {
	CollectionsInput
	Meta frame.Meta
}

// beginning is the first paragraph of an intro, shortened.
func beginning(intro string) string {
	first, _, _ := strings.Cut(intro, "\n\n")
	return component.Excerpt(prose.Plain(first), 2*descriptionLimit)
}

// NewCollections makes the page in a reader's language.
func NewCollections(l *locale.Locale, f frame.Frame, in CollectionsInput) Collections {
	p := Collections{CollectionsInput: in, Meta: listMeta(l, f, "collection.title")}
	p.Meta.Path = link.Collections(l.Tag())
	p.Meta.Canonical, p.Meta.Description, p.Meta.Current = p.Meta.Path, l.T("collection.lede"), link.CollectionsPage
	p.Meta.Unlisted = false
	return p
}

// CollectionInput is a collection and what is in it.
type CollectionInput struct {
	practice.Collection
	Cards []browse.Card
	List  practice.ReadingList // what the reader has put aside
}

// Collection is the page of a collection.
type Collection struct {
	CollectionInput
	Meta     frame.Meta
	Text     practice.CollectionText
	Language practice.Language // of the text
}

// descriptionLimit is how many characters of a description search engines show.
const descriptionLimit = 160

// NewCollection makes the page in a reader's language.
func NewCollection(l *locale.Locale, f frame.Frame, in CollectionInput) Collection {
	p := Collection{CollectionInput: in, Meta: listMeta(l, f, "collection.title")}
	p.Text, p.Language = in.Collection.Text(practice.Language(l.Tag()))
	m := &p.Meta
	m.Title, m.Description = p.Text.Title, component.Excerpt(prose.Plain(p.Text.Intro), descriptionLimit)
	m.Path, m.Query = link.Collection(l.Tag(), in.Slug), queryOf(link.Keeping("", in.List))
	m.Current, m.Kind, m.Unlisted = link.CollectionsPage, "article", !in.Public() || len(in.List) > 0
	if in.Public() {
		m.Canonical, m.Card, m.Feed = m.Path, link.CollectionCard(l.Tag(), in.Slug), link.CollectionExport(l.Tag(), in.Slug, link.Feed)
	}
	return p
}

// whole is the selection of the collection in the catalogue, where that shows more.
func (p Collection) whole(l *locale.Locale) string {
	if len(p.Cards) < practice.MaxCollected || p.Selection == "" {
		return ""
	}
	return link.Browse(l.Tag(), catalogue.ParseAddress(p.Selection))
}

// follow is where a reader asks for mails about the collection, if a selection alone says
// what is in it: what is chosen by hand has no news of its own.
func (p Collection) follow(l *locale.Locale) string {
	if p.Selection == "" || len(p.Practices) > 0 {
		return ""
	}
	return link.Follow(l.Tag(), catalogue.ParseAddress(p.Selection))
}

// takeAway is the collection as a file.
func (p Collection) takeAway(l *locale.Locale) browse.TakeAway {
	return browse.TakeAway{Practices: len(p.Cards), Path: func(format string) string { return link.CollectionExport(l.Tag(), p.Slug, format) }}
}

// isEditor reports whether the viewer may change the collection.
func (p Collection) isEditor() bool { return p.Meta.Viewer.Is(account.Editor) }
