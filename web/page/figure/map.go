package figure

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"

	"exempla/internal/atlas"
	"exempla/internal/catalogue"
	"exempla/internal/link"
	"exempla/internal/locale"
	"exempla/internal/practice"
	"exempla/web/component"
	"exempla/web/page/browse"
	"exempla/web/page/frame"
)

const (
	// mapWidth is that of the picture, in its own units.
	mapWidth = 720
	// mostTabled is how many cities the table under the map names, those with most
	// practices, so that the page stays light. Files have all of them.
	mostTabled = 500
)

// MapInput is a selection and where its practices are.
type MapInput struct {
	Selection catalogue.Selection
	Places    catalogue.PlaceCounts
	Cities    browse.Cities // those chosen
	Part      *atlas.Box    // that the reader looks at; nil for what was found
}

// Map is the page of a map.
type Map struct {
	MapInput
	Meta      frame.Meta
	Said      []string // the selection, in words
	Drawn     atlas.View
	Land      string // outlines of all countries without practices
	Countries []MapCountry
	Marks     []Mark
	Parts     []PartLink
	Rows      []MapRow
	Unplaced  int // cities that are not known to the map
}

// MapCountry is a country with practices on the map.
type MapCountry struct {
	Data, Path, Spoken string
	Shade              int // from 1 to shades
	Dot                bool
	X, Y               string
}

// Mark is a city on the map, or some that would overlap.
type Mark struct {
	Path, Spoken string
	Count        int
	Cities       int
	x, y, r      float64
	box          atlas.Box
	first        catalogue.CityCount
	keys         []string
}

// PartLink leads to a part of the world.
type PartLink struct {
	Label, Path string
}

// CityLink leads to the practices of a city.
type CityLink struct {
	Label, Path string
	Count       int
}

// MapRow is a country in the table.
type MapRow struct {
	Label, Path string
	Count       int
	Cities      []CityLink
}

// NewMap makes the page in a reader's language.
func NewMap(l *locale.Locale, f frame.Frame, in MapInput) Map {
	p := Map{MapInput: in, Said: in.Cities.Said(l, in.Selection)}
	p.Drawn = atlas.NewView(p.part(), mapWidth)
	p.shade(l)
	p.mark(l)
	p.Parts = p.parts(l)
	p.Rows = p.rows(l)
	phrases := in.Cities.Phrases(l, in.Selection)
	p.Meta = frame.Meta{Title: strings.Join(append(phrases, l.T("map.title")), " – "), Description: l.T("map.lede"), Frame: f, Card: link.ListCard(l.Tag(), in.Selection),
		Path: link.Page(l.Tag(), link.MapPage), Query: link.MapQuery(in.Selection, in.Part), Kind: "website", Current: link.MapPage,
		Skip: frame.ToContent, Styles: []string{"facts.css"}, Unlisted: in.Selection.Narrowed() || in.Part != nil}
	if !p.Meta.Unlisted {
		p.Meta.Canonical = p.Meta.Path
	}
	return p
}

// part is what the map shows: what the reader asked for, else the chosen countries, else
// everything that was found.
func (p Map) part() atlas.Box {
	if p.Part != nil {
		return *p.Part
	}
	if !p.Selection.Narrowed() {
		return atlas.World
	}
	box := atlas.Nowhere
	for _, key := range p.Selection.Chosen(catalogue.Country) {
		if country, ok := atlas.Country(key); ok {
			box = box.Join(country)
		}
	}
	if box == atlas.Nowhere {
		box = p.around(func(practice.Country) bool { return true })
	}
	if box == atlas.Nowhere {
		return atlas.World
	}
	return box.Round()
}

// around is the part with the cities and the countries that are in.
func (p Map) around(in func(practice.Country) bool) atlas.Box {
	box := atlas.Nowhere
	placed := map[practice.Country]bool{}
	for _, c := range p.Places.Cities {
		if c.City.Located && in(c.City.Country) {
			box = box.With(c.City.Latitude, c.City.Longitude)
			placed[c.City.Country] = true
		}
	}
	chosen := p.Selection.Chosen(catalogue.Country)
	for _, v := range p.Places.Countries {
		country := practice.Country(v.Key)
		if len(chosen) > 0 && !v.Chosen { // another that could be chosen instead
			continue
		}
		if shape, ok := atlas.Country(v.Key); ok && in(country) && !placed[country] {
			box = box.Join(shape)
		}
	}
	return box
}

// shade draws the countries, darker where there is more.
func (p *Map) shade(l *locale.Locale) {
	counts, highest := map[string]int{}, 1
	for _, v := range p.Places.Countries {
		counts[v.Key] = v.Count
		highest = max(highest, v.Count)
	}
	for _, shape := range p.Drawn.Countries() {
		count := counts[shape.Code]
		if count == 0 {
			p.Land += shape.Data
			continue
		}
		p.Countries = append(p.Countries, MapCountry{Data: shape.Data, Path: link.Map(l.Tag(), p.Selection.Only(catalogue.Country, shape.Code), nil),
			Spoken: spoken(l, l.Country(shape.Code), count), Shade: steps(count, highest), Dot: shape.Tiny, X: units(shape.X), Y: units(shape.Y)})
	}
	slices.SortStableFunc(p.Countries, func(a, b MapCountry) int { return l.Compare(a.Spoken, b.Spoken) })
}

// steps is a shade: by the root, as few countries have most of the practices.
func steps(count, highest int) int {
	return int(math.Ceil(math.Sqrt(float64(count)/float64(highest)) * shades))
}

func spoken(l *locale.Locale, label string, count int) string {
	return label + l.T("place.comma") + l.Number(count)
}

// numbered is the least radius that has room for a number.
const numbered = 8

func units(n float64) string { return strconv.FormatFloat(n, 'f', 1, 64) }

// radius of the circle for a number of practices, so that its area grows with it.
func radius(count int) float64 { return min(3+2*math.Sqrt(float64(count)), 24) }

// mark puts the cities on the map. Those that would overlap become one mark, which leads
// to the part of the map where they lie, or to their practices if they lie too close.
func (p *Map) mark(l *locale.Locale) {
	for _, c := range p.Places.Cities {
		if !c.City.Located {
			p.Unplaced++
			continue
		}
		x, y, seen := p.Drawn.Place(c.City.Latitude, c.City.Longitude)
		if !seen {
			continue
		}
		m := Mark{Count: c.Count, Cities: 1, x: x, y: y, r: radius(c.Count), first: c, keys: []string{c.Key},
			box: atlas.Nowhere.With(c.City.Latitude, c.City.Longitude)}
		for i := 0; i < len(p.Marks); i++ { // what it meets joins it, which may make it meet others
			if other := p.Marks[i]; math.Hypot(other.x-m.x, other.y-m.y) < other.r+m.r {
				m = other.with(m)
				p.Marks = slices.Delete(p.Marks, i, i+1)
				i = -1
			}
		}
		p.Marks = append(p.Marks, m)
	}
	slices.SortStableFunc(p.Marks, func(a, b Mark) int { return cmp.Compare(b.Count, a.Count) })
	for i := range p.Marks {
		m := &p.Marks[i]
		m.Spoken = spoken(l, component.CityName(l, m.first.City), m.Count)
		m.Path = link.Browse(l.Tag(), p.Selection.Only(catalogue.City, m.keys...))
		if m.Cities == 1 {
			continue
		}
		m.Spoken = l.T("map.group", "City", component.CityName(l, m.first.City), "Others", l.N("map.others", m.Cities-1), "Count", l.Number(m.Count))
		if part := m.box.Round(); p.Part == nil || part.Span() < p.Part.Span() {
			m.Path = link.Map(l.Tag(), p.Selection, &part)
		}
	}
}

// with is the mark of both, in the middle of their practices.
func (m Mark) with(other Mark) Mark {
	if other.first.Count > m.first.Count {
		m.first = other.first
	}
	share := float64(other.Count) / float64(m.Count+other.Count)
	m.x, m.y = m.x+(other.x-m.x)*share, m.y+(other.y-m.y)*share
	m.Count, m.Cities = m.Count+other.Count, m.Cities+other.Cities
	m.r, m.box, m.keys = radius(m.Count), m.box.Join(other.box), append(m.keys, other.keys...)
	return m
}

// parts lead to the continents with practices, to all that was found, and to the map
// of everything.
func (p Map) parts(l *locale.Locale) []PartLink {
	var links []PartLink
	add := func(label string, s catalogue.Selection, part *atlas.Box) {
		links = append(links, PartLink{Label: l.T(label), Path: link.Map(l.Tag(), s, part)})
	}
	if p.Part != nil {
		add("map.all_found", p.Selection, nil)
	}
	if p.Selection.Narrowed() {
		add("map.everything", catalogue.Parse(nil), nil)
	}
	before := len(links)
	for _, continent := range atlas.Continents {
		box := p.around(func(c practice.Country) bool { return atlas.Continent(string(c)) == continent })
		if box != atlas.Nowhere && box.Round().Span() <= atlas.Widest {
			part := box.Round()
			add("map.continent."+continent, p.Selection, &part)
		}
	}
	if len(links) == before+1 && p.Part == nil { // the map shows it already
		links = links[:before]
	}
	return links
}

// rows are the countries with their cities, those with most practices first.
func (p Map) rows(l *locale.Locale) []MapRow {
	cities := map[practice.Country][]CityLink{}
	for _, c := range p.Places.Cities[:min(len(p.Places.Cities), mostTabled)] {
		cities[c.City.Country] = append(cities[c.City.Country], CityLink{component.CityName(l, c.City), link.Browse(l.Tag(), p.Selection.Only(catalogue.City, c.Key)), c.Count})
	}
	var rows []MapRow
	for _, v := range p.Places.Countries {
		rows = append(rows, MapRow{l.Country(v.Key), link.Browse(l.Tag(), p.Selection.Only(catalogue.Country, v.Key)), v.Count, cities[practice.Country(v.Key)]})
	}
	slices.SortStableFunc(rows, func(a, b MapRow) int { return cmp.Or(cmp.Compare(b.Count, a.Count), l.Compare(a.Label, b.Label)) })
	return rows
}
