package browse

import (
	"bytes"
	"cmp"
	"context"
	"maps"
	"slices"

	"exempla/internal/catalogue"
	"exempla/internal/locale"
	"exempla/internal/practice"
	"exempla/web/component"
)

// Lists longer than longList fold to their most frequent values.
const (
	longList = 10
	frequent = 8
)

// look is how a facet differs from a plain list of checkboxes.
type look struct {
	bars    bool   // values are bars in a row, with "not stated" below it
	without string // message of the way out that drops the facet; empty for the usual one
}

// looks has the facets that differ.
var looks = map[catalogue.Facet]look{
	catalogue.Year:     {bars: true},
	catalogue.Language: {without: "empty.languages"},
}

// Panel holds the facets' values with their markup, in the order of one language.
// All listings of a snapshot share it: making it for each page took most of the
// time of a listing.
type Panel struct {
	facets []catalogue.Facet                     // those that are shown
	rows   [len(catalogue.Counts{})][]panelValue // by facet
	cities Cities
}

// panelValue is a value of a facet with its markup.
type panelValue struct {
	at    int // index of the value in the counts of a result
	label string
	folds bool // hidden behind "show all" unless it is chosen

	open, unfolded, off, chosen component.Fragment // with slots for count, word and share
}

// The slots in the markup of a value.
const (
	countSlot = iota
	wordSlot
	shareSlot
)

// NewPanel makes the panel of a snapshot in a language, with what is offered. The counts
// are those of the whole catalogue, the cities those among its values.
func NewPanel(l *locale.Locale, offer catalogue.Offer, counts catalogue.Counts, cities Cities) *Panel {
	p := &Panel{facets: offer.Facets(), cities: cities}
	for _, f := range p.facets {
		p.rows[f] = newRow(l, f, counts[f], cities)
	}
	return p
}

// Reader is how the catalogue sorts titles and places for readers of a language.
func Reader(l *locale.Locale) catalogue.Reader {
	return catalogue.Reader{Language: practice.Language(l.Tag()), SortKey: l.SortKey,
		Country: func(c practice.Country) string { return l.Country(string(c)) }}
}

// of returns the values of a facet. A chosen value that no practice has is among the
// counts but not on the panel; then the values are made for that page alone.
func (p *Panel) of(l *locale.Locale, f catalogue.Facet, counts []catalogue.Value, chosen Cities) []panelValue {
	if len(counts) == len(p.rows[f]) {
		return p.rows[f]
	}
	cities := maps.Clone(p.cities)
	maps.Copy(cities, chosen)
	return newRow(l, f, counts, cities)
}

func newRow(l *locale.Locale, f catalogue.Facet, counts []catalogue.Value, cities Cities) []panelValue {
	shown := alwaysShown(f, counts)
	row := make([]panelValue, len(counts))
	for i, v := range counts {
		row[i] = panelValue{at: i, label: cities.Label(l, f, v.Key), folds: !slices.Contains(shown, v.Key)}
		row[i].render(l, f, v.Key)
	}
	sortRow(l, f, row, counts)
	return row
}

// render makes the markup of a value in its three states.
func (v *panelValue) render(l *locale.Locale, f catalogue.Facet, key string) {
	ctx := locale.With(context.Background(), l)
	fragment := func(state box) component.Fragment {
		state.Name, state.Key, state.Label = f.Name(), key, v.label
		state.Bar = looks[f].bars && key != catalogue.Unknown
		state.Count = component.Slot(countSlot)
		state.Word = component.Slot(wordSlot)
		state.Share = component.Slot(shareSlot)
		return component.NewFragment(ctx, state.view())
	}
	v.open = fragment(box{Rest: v.folds})
	v.unfolded = v.open
	if v.folds {
		v.unfolded = fragment(box{})
	}
	v.off = fragment(box{Rest: v.folds, Off: true})
	v.chosen = fragment(box{Chosen: true})
}

// fragment is the markup for the present state of a value.
func (v *panelValue) fragment(now *Value) component.Fragment {
	switch {
	case v.folds && !now.Rest && !now.Chosen:
		return v.unfolded
	case now.Chosen:
		return v.chosen
	case now.Disabled():
		return v.off
	}
	return v.open
}

// box is the data of a value's markup.
type box struct {
	Name               string // of the facet
	Key, Label         string
	Count, Word, Share string
	Bar                bool
	Rest, Off, Chosen  bool
}

// class is the class attribute: whether the value is hidden, and its share or that
// it is disabled.
func (b box) class() string {
	class := "w" + b.Share
	if b.Off {
		class = "off"
	}
	if b.Rest {
		class = "rest " + class
	}
	return class
}

// sortRow sorts values in the facet's own order if it has one, else by their labels
// in the order of the language.
func sortRow(l *locale.Locale, f catalogue.Facet, row []panelValue, counts []catalogue.Value) {
	if compare := f.Order(); compare != nil {
		slices.SortFunc(row, func(a, b panelValue) int { return compare(counts[a.at].Key, counts[b.at].Key) })
		return
	}
	keys := make([][]byte, len(counts))
	for _, v := range row {
		keys[v.at] = l.SortKey(v.label)
	}
	slices.SortFunc(row, func(a, b panelValue) int { return bytes.Compare(keys[a.at], keys[b.at]) })
}

// alwaysShown lists the values that a facet shows even when it is folded.
func alwaysShown(f catalogue.Facet, counts []catalogue.Value) []string {
	sorted := slices.Clone(counts)
	limit := frequent
	switch {
	case looks[f].bars:
		return recentYears(counts)
	case len(sorted) <= longList:
		limit = len(sorted)
	default:
		slices.SortStableFunc(sorted, func(a, b catalogue.Value) int {
			return cmp.Or(cmp.Compare(b.All, a.All), cmp.Compare(a.Key, b.Key))
		})
	}
	var keys []string
	for _, v := range sorted[:min(limit, len(sorted))] {
		keys = append(keys, v.Key)
	}
	return keys
}
