// Package figure has the pages that show practices as figures and on a map.
package figure

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"exempla/internal/catalogue"
	"exempla/internal/link"
	"exempla/internal/locale"
	"exempla/web/component"
	"exempla/web/page/browse"
	"exempla/web/page/frame"
)

// gridFigure is the figure of topics by country.
const gridFigure = "topics-by-country"

// Names lists the figures in the order of the page, as they are called in addresses.
var Names = []string{catalogue.Year.Name(), catalogue.Topic.Name(), gridFigure, catalogue.Country.Name(), catalogue.Language.Name()}

// Bounds of figures: what a chart can show so that it is read, and so that the page
// stays light. Files have everything.
const (
	mostYears   = 30
	mostBars    = 30
	mostColumns = 20 // countries of the grid
)

// FactsInput is a selection and its numbers.
type FactsInput struct {
	Selection catalogue.Selection
	Figures   catalogue.Figures
	Cities    browse.Cities // those chosen
}

// Facts is the page of figures.
type Facts struct {
	FactsInput
	Meta   frame.Meta
	Said   []string // the selection, in words
	Charts []Chart
	Grid   Grid
	rtl    bool
}

// Chart is a figure with a bar for each value.
type Chart struct {
	Name  string
	Title string
	Bars  []Bar
	Begun bool // whether the bars have a part for those that began
	rtl   bool
	rows  []Bar // all of them, for the file
}

// Bar is a value in a chart.
type Bar struct {
	Key, Label, Path string
	Spoken           string // label and number
	Count, Begun     int
	Width, Inner     int // of the bar, and of those that began
	Chosen           bool
}

// Grid is the figure of topics by country.
type Grid struct {
	Countries []string // by name
	Topics    []GridRow
}

// GridRow is a topic in each country.
type GridRow struct {
	Label string
	Cells []Cell
}

// Cell is a topic in a country.
type Cell struct {
	Count  int
	Path   string
	Spoken string // begins with the number, which is all that is seen
	Shade  int    // from 0 for none to 5 for the most
}

// NewFacts makes the page in a reader's language.
func NewFacts(l *locale.Locale, f frame.Frame, in FactsInput) Facts {
	p := Facts{FactsInput: in, rtl: l.Dir() == "rtl", Said: in.Cities.Phrases(l, in.Selection)}
	for _, facet := range []catalogue.Facet{catalogue.Year, catalogue.Topic, catalogue.Country, catalogue.Language} {
		p.Charts = append(p.Charts, p.chart(l, facet))
	}
	p.Grid = p.grid(l, mostColumns)
	title := l.T("facts.title")
	p.Meta = frame.Meta{Title: strings.Join(append(slices.Clone(p.Said), title), " – "), Description: l.T("facts.lede"), Frame: f,
		Path: link.Page(l.Tag(), link.FactsPage), Query: in.Selection.Query(), Kind: "website", Current: link.FactsPage, Card: link.ListCard(l.Tag(), in.Selection),
		Skip: frame.ToContent, Styles: []string{"facts.css"}, Unlisted: in.Selection.Narrowed()}
	if !in.Selection.Narrowed() {
		p.Meta.Canonical = p.Meta.Path
	}
	return p
}

// chart makes the bars of a facet: years in their order, all else by their number.
func (p Facts) chart(l *locale.Locale, f catalogue.Facet) Chart {
	c := Chart{Name: f.Name(), Title: l.T("facts." + f.Name()), Begun: f == catalogue.Year, rtl: p.rtl}
	highest := 1
	for _, v := range p.Figures.Counts[f] {
		b := Bar{Key: v.Key, Label: p.Cities.Label(l, f, v.Key), Count: v.Count, Chosen: v.Chosen}
		if c.Begun {
			b.Begun = p.Figures.Begun[v.Key]
		}
		b.Path = link.Browse(l.Tag(), p.Selection.Only(f, v.Key))
		b.Spoken = b.Label + l.T("place.comma") + l.Number(v.Count)
		if v.Key != catalogue.Unknown || f != catalogue.Year { // "not stated" is no year, and must not make the bars shorter
			highest = max(highest, v.Count)
		}
		c.rows = append(c.rows, b)
	}
	for i := range c.rows {
		c.rows[i].Width = min(c.rows[i].Count*barWidth/highest, barWidth)
		c.rows[i].Inner = min(c.rows[i].Begun*barWidth/highest, c.rows[i].Width)
	}
	c.Bars = slices.Clone(c.rows)
	if c.Begun {
		c.Bars = c.Bars[max(0, len(c.Bars)-mostYears):]
		for len(c.Bars) > 0 && c.Bars[0].Count == 0 && !c.Bars[0].Chosen { // years before the first practice
			c.Bars = c.Bars[1:]
		}
		return c
	}
	if f != catalogue.Topic { // where there is no practice on a topic is worth seeing
		c.Bars = slices.DeleteFunc(c.Bars, func(b Bar) bool { return b.Count == 0 && !b.Chosen })
	}
	slices.SortStableFunc(c.Bars, func(a, b Bar) int { return b.Count - a.Count })
	c.Bars = c.Bars[:min(len(c.Bars), mostBars)]
	return c
}

// grid makes the rows of the grid, with the most frequent countries.
func (p Facts) grid(l *locale.Locale, most int) Grid {
	keys := p.Figures.Counts.Frequent(catalogue.Country, most)
	slices.SortFunc(keys, func(a, b string) int { return l.Compare(l.Country(a), l.Country(b)) })
	highest := 1
	for _, n := range p.Figures.Grid {
		highest = max(highest, n)
	}
	g := Grid{}
	for _, key := range keys {
		g.Countries = append(g.Countries, l.Country(key))
	}
	for _, topic := range p.Figures.Counts[catalogue.Topic] {
		row := GridRow{Label: component.Label(l, catalogue.Topic, topic.Key)}
		for _, country := range keys {
			c := Cell{Count: p.Figures.Grid[[2]string{topic.Key, country}]}
			c.Shade = (c.Count*shades + highest - 1) / highest
			c.Path = link.Browse(l.Tag(), p.Selection.Only(catalogue.Topic, topic.Key).Only(catalogue.Country, country))
			c.Spoken = l.Number(c.Count) + " – " + row.Label + l.T("place.comma") + l.Country(country)
			row.Cells = append(row.Cells, c)
		}
		g.Topics = append(g.Topics, row)
	}
	return g
}

// shades is how many steps a number has in the grid.
const shades = 5

// Rows are the numbers of a figure for a file, all of them, with a head.
func (p Facts) Rows(l *locale.Locale, name string) [][]string {
	if name == gridFigure {
		g := p.grid(l, len(p.Figures.Counts[catalogue.Country]))
		rows := [][]string{append([]string{l.T("facet.topic")}, g.Countries...)}
		for _, topic := range g.Topics {
			row := []string{topic.Label}
			for _, c := range topic.Cells {
				row = append(row, strconv.Itoa(c.Count))
			}
			rows = append(rows, row)
		}
		return rows
	}
	c := p.named(name)
	head := []string{l.T("facet." + name), l.T("facts.practices")}
	if c.Begun {
		head = []string{l.T("facet." + name), l.T("facts.running"), l.T("facts.begun")}
	}
	rows := [][]string{head}
	for _, b := range c.rows {
		row := []string{b.Label, strconv.Itoa(b.Count)}
		if c.Begun {
			row = append(row, strconv.Itoa(b.Begun))
		}
		rows = append(rows, row)
	}
	return rows
}

// named is a chart by its name.
func (p Facts) named(name string) Chart {
	for _, c := range p.Charts {
		if c.Name == name {
			return c
		}
	}
	return Chart{}
}

// percent is the share of those that describe their impact.
func (p Facts) percent() int { return 100 * p.Figures.Impact / max(1, p.Figures.Total) }

// Measures of a chart, in its own units: a phone shows 320 of them.
const (
	chartWidth = 360
	barWidth   = 305
	rowHeight  = 44
	barTop     = 20
	barHeight  = 16

	longLabel = 44 // characters; more are set closer, to fit the width
)

// height is that of the chart.
func (c Chart) height() int { return len(c.Bars) * rowHeight }

// start is where a bar of some width begins, from the left.
func (c Chart) start(width int) string {
	if c.rtl {
		return strconv.Itoa(chartWidth - width)
	}
	return "0"
}

// behind is where the number stands, behind a bar.
func (c Chart) behind(width int) string {
	if c.rtl {
		return strconv.Itoa(chartWidth - width - 6)
	}
	return strconv.Itoa(width + 6)
}

// edge is where labels begin.
func (c Chart) edge() string { return c.start(0) }

// isLong reports whether the label would be wider than the chart.
func (b Bar) isLong() bool { return utf8.RuneCountInString(b.Label) > longLabel }

// direction is that of the words.
func (c Chart) direction() string {
	if c.rtl {
		return "rtl"
	}
	return "ltr"
}
