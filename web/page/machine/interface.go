// Package machine has the page for those who write programs that read the catalogue.
package machine

import (
	"strings"

	"exempla/internal/link"
	"exempla/internal/locale"
	"exempla/web/page/frame"
)

// InterfaceInput is what the page says of the interface for programs.
type InterfaceInput struct {
	Licence string // URL
	Most    int    // practices in one answer
	Slug    string // of a practice; empty if there is none
}

// Interface is the page about the interface for programs.
type Interface struct {
	InterfaceInput
	Meta      frame.Meta
	Examples  []Address
	Whole     []Address
	Languages string
}

// Address is an address to try, and what is there.
type Address struct{ Path, Words string }

// NewInterface makes the page.
func NewInterface(l *locale.Locale, f frame.Frame, in InterfaceInput) Interface {
	path := link.Page(l.Tag(), link.InterfacePage)
	p := Interface{InterfaceInput: in, Meta: frame.Meta{Title: l.T("api.title"), Description: l.T("api.lede"), Frame: f, Path: path,
		Canonical: path, Kind: "website", Skip: frame.ToContent, Current: link.InterfacePage, Styles: []string{"interface.css"}}}
	var tags []string
	for _, other := range l.Offered() {
		tags = append(tags, other.Tag())
	}
	p.Languages = strings.Join(tags, ", ")
	p.Examples = examples(l, in.Slug)
	p.Whole = []Address{{link.JSONLines, l.T("export.jsonl")}, {link.OAI + "?verb=Identify", l.T("api.oai")}, {link.JSONLD, l.T("api.dcat")}}
	return p
}

func examples(l *locale.Locale, slug string) []Address {
	list := []Address{
		{link.API + "/practices?topic=refugees&limit=5", l.T("api.example.topic")},
		{link.API + "/practices?q=school&sort=relevance", l.T("api.example.search")},
	}
	if slug != "" {
		list = append(list, Address{link.APIPractice(slug), l.T("api.example.practice")})
	}
	return append(list,
		Address{link.API + "/facets?country=GR&locale=" + l.Tag(), l.T("api.example.facets")},
		Address{link.API + "/topics", l.T("api.example.topics")},
		Address{link.API + "/countries", l.T("api.example.countries")},
		Address{link.API + "/cities?country=GR", l.T("api.example.cities")},
		Address{link.API + "/collections", l.T("api.example.collections")})
}
