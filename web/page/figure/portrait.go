package figure

import (
	"cmp"
	"slices"
	"time"

	"exempla/internal/atlas"
	"exempla/internal/catalogue"
	"exempla/internal/link"
	"exempla/internal/locale"
	"exempla/internal/practice"
	"exempla/web/component"
	"exempla/web/page/browse"
	"exempla/web/page/frame"
)

// mostNeighbours is how many places or topics a portrait leads on to.
const mostNeighbours = 24

// PortraitInput is a topic, a country or a city with its practices.
type PortraitInput struct {
	Facet   catalogue.Facet
	Key     string
	City    practice.City // if it is one
	Figures catalogue.Figures
	Latest  []practice.Practice
	Near    []catalogue.Nearby // of a city
	Today   time.Time
}

// Portrait is the page of a topic, a country or a city.
type Portrait struct {
	PortraitInput
	Meta       frame.Meta
	Name       string
	Names      []Name
	Charts     []Chart
	Cards      []browse.Card
	Neighbours []Neighbour
	selection  catalogue.Selection
}

// Name is what it is called in another language.
type Name struct {
	Language  string // its name in the reader's language
	Tag, Text string
}

// Neighbour is another portrait.
type Neighbour struct {
	Label, Path, Note string
}

// NewPortrait makes the page in a reader's language.
func NewPortrait(l *locale.Locale, f frame.Frame, in PortraitInput) Portrait {
	p := Portrait{PortraitInput: in, Name: in.Called(l), selection: catalogue.Parse(nil).Only(in.Facet, in.Key)}
	for _, other := range l.Offered() {
		if name := in.Called(other); other.Tag() != l.Tag() && name != p.Name {
			p.Names = append(p.Names, Name{l.Language(other.Tag()), other.Tag(), name})
		}
	}
	facts := Facts{FactsInput: FactsInput{Selection: p.selection, Figures: in.Figures}, rtl: l.Dir() == "rtl"}
	second := catalogue.Topic
	if in.Facet == catalogue.Topic {
		second = catalogue.Country
	}
	p.Charts = []Chart{facts.chart(l, catalogue.Year), facts.chart(l, second)}
	for _, found := range in.Latest {
		p.Cards = append(p.Cards, browse.NewCard(l, found, p.selection, in.Today))
	}
	p.Neighbours = in.neighbours(l)
	p.Meta = frame.Meta{Title: p.Name, Description: l.T("portrait.lede", "Name", p.Name), Frame: f, Path: link.Portrait(l.Tag(), in.Facet, in.Key),
		Kind: "website", Skip: frame.ToContent, Styles: []string{"facts.css"}, Card: link.PortraitCard(l.Tag(), in.Facet, in.Key), Feed: link.Export(l.Tag(), p.selection, link.Feed), Unlisted: in.Figures.Total == 0}
	if !p.Meta.Unlisted {
		p.Meta.Canonical = p.Meta.Path
	}
	return p
}

// Called is what a language calls it.
func (in PortraitInput) Called(l *locale.Locale) string {
	if in.Facet == catalogue.City {
		return component.CityName(l, in.City)
	}
	return component.Label(l, in.Facet, in.Key)
}

// neighbours are the nearest cities, the countries around, or the other topics.
func (in PortraitInput) neighbours(l *locale.Locale) []Neighbour {
	var list []Neighbour
	if in.Facet == catalogue.City {
		for _, n := range in.Near {
			around := Neighbour{Label: component.CityName(l, n.City), Path: link.Portrait(l.Tag(), catalogue.City, catalogue.CityKey(n.City))}
			if n.Kilometres >= 0 {
				around.Note = l.T("empty.distance", "Kilometres", l.Number(n.Kilometres))
			}
			list = append(list, around)
		}
		return list
	}
	values := slices.Clone(in.Figures.Counts[in.Facet])
	borders := atlas.Neighbours(in.Key)
	values = slices.DeleteFunc(values, func(v catalogue.Value) bool {
		return v.Key == in.Key || v.Key == catalogue.Unknown || v.Count == 0 || in.Facet == catalogue.Country && !slices.Contains(borders, v.Key)
	})
	slices.SortStableFunc(values, func(a, b catalogue.Value) int { return cmp.Compare(b.Count, a.Count) })
	for _, v := range values[:min(len(values), mostNeighbours)] {
		list = append(list, Neighbour{component.Label(l, in.Facet, v.Key), link.Portrait(l.Tag(), in.Facet, v.Key), l.Number(v.Count)})
	}
	return list
}
