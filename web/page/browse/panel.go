package browse

import (
	"bytes"
	"cmp"
	"context"
	"slices"

	"exempla/internal/catalogue"
	"exempla/internal/locale"
	"exempla/internal/practice"
	"exempla/web/component"
)

// Lists longer than longList fold to their folded most frequent values; bars
// fold to the recentBars last ones.
const (
	longList   = 10
	folded     = 8
	recentBars = 10
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

// Panel is what all listings of one snapshot in one language have in common:
// the facets' values in the reader's order, with their markup. Making it anew
// for each page took most of the time of a listing.
type Panel struct{ rows [][]panelValue } // by facet

// panelValue is a value of a facet, prepared to be shown.
type panelValue struct {
	at    int // index of the value in the counts of a result
	label string
	folds bool // hidden behind "show all" unless it is chosen

	open, off, chosen component.Fragment // with slots for count, word and share
}

// The slots in the markup of a value.
const (
	countSlot = iota
	wordSlot
	shareSlot
)

// NewPanel prepares the listings of a snapshot for the readers of a language.
// Counts are those of the whole catalogue.
func NewPanel(l *locale.Locale, counts catalogue.Counts) *Panel {
	p := &Panel{}
	for _, f := range catalogue.Facets {
		p.rows = append(p.rows, newRow(l, f, counts[f]))
	}
	return p
}

// Reader tells the catalogue how readers of a language sort titles and places.
func Reader(l *locale.Locale) catalogue.Reader {
	return catalogue.Reader{Language: practice.Language(l.Tag()), SortKey: l.SortKey,
		Country: func(c practice.Country) string { return l.Country(string(c)) }}
}

// of is the row of a facet. A chosen value that no practice has is among the
// counts but not on the panel; the one page that shows it gets its own row.
func (p *Panel) of(l *locale.Locale, f catalogue.Facet, counts []catalogue.Value) []panelValue {
	if len(counts) == len(p.rows[f]) {
		return p.rows[f]
	}
	return newRow(l, f, counts)
}

func newRow(l *locale.Locale, f catalogue.Facet, counts []catalogue.Value) []panelValue {
	stay := staying(f, counts)
	row := make([]panelValue, len(counts))
	for i, v := range counts {
		row[i] = panelValue{at: i, label: component.Label(l, f, v.Key), folds: !slices.Contains(stay, v.Key)}
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
	v.off = fragment(box{Rest: v.folds, Off: true})
	v.chosen = fragment(box{Chosen: true})
}

// fragment is the markup for the state that a value is in.
func (v *panelValue) fragment(now *Value) component.Fragment {
	switch {
	case now.Chosen:
		return v.chosen
	case now.Disabled():
		return v.off
	}
	return v.open
}

// box is a value of a facet as markup: a checkbox with its words.
type box struct {
	Name               string // of the facet
	Key, Label         string
	Count, Word, Share string
	Bar                bool
	Rest, Off, Chosen  bool
}

// class is the class attribute: folded away, disabled, or the length of the bar.
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

// sortRow puts values in the facet's own order, or else in that of the reader's
// alphabet.
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

// staying lists the values that a folded facet shows.
func staying(f catalogue.Facet, counts []catalogue.Value) []string {
	sorted := slices.Clone(counts)
	most := folded
	switch {
	case looks[f].bars:
		// Unknown sorts after all numbers, so it comes first now.
		slices.Reverse(sorted)
		most = recentBars + 1
	case len(sorted) <= longList:
		most = len(sorted)
	default:
		slices.SortStableFunc(sorted, func(a, b catalogue.Value) int {
			return cmp.Or(cmp.Compare(b.All, a.All), cmp.Compare(a.Key, b.Key))
		})
	}
	var keys []string
	for _, v := range sorted[:min(most, len(sorted))] {
		keys = append(keys, v.Key)
	}
	return keys
}
