package page

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

// Lists longer than longList fold to their folded most frequent values;
// years fold to the recentYears last ones.
const (
	longList    = 10
	folded      = 8
	recentYears = 10
)

// Panel is what all listings of one snapshot in one language have in common:
// the facets' values in the reader's order, with their markup. To make it anew
// for each page took most of the time of a listing.
type Panel struct{ rows [][]fitting } // by facet

// fitting is a value of a facet, prepared to be shown.
type fitting struct {
	at    int // where the value stands in the counts of a result
	label string
	folds bool // waits behind "show all" unless it is chosen

	open, off, chosen component.Mould // with holes for count, word and share
}

// The holes in the markup of a value.
const (
	countHole = iota
	wordHole
	shareHole
)

// NewPanel prepares the listings of a snapshot for the readers of a language.
func NewPanel(l *locale.Locale, x *catalogue.Index) *Panel {
	all := x.Find(catalogue.Parse(nil), catalogue.Hits{}, Reader(l))
	s := &Panel{}
	for _, f := range catalogue.Facets {
		s.rows = append(s.rows, newRow(l, f, all.Counts[f]))
	}
	return s
}

// Reader is how somebody reads who reads in a language.
func Reader(l *locale.Locale) catalogue.Reader {
	return catalogue.Reader{Language: practice.Language(l.Tag()), SortKey: l.SortKey,
		Country: func(c practice.Country) string { return l.Country(string(c)) }}
}

// of is the row of a facet. A chosen value that no practice has is in the
// counts and not on the panel; such a row is made for the one page that shows it.
func (s *Panel) of(l *locale.Locale, f catalogue.Facet, counts []catalogue.Value) []fitting {
	if len(counts) == len(s.rows[f]) {
		return s.rows[f]
	}
	return newRow(l, f, counts)
}

func newRow(l *locale.Locale, f catalogue.Facet, counts []catalogue.Value) []fitting {
	stay := staying(f, counts)
	row := make([]fitting, len(counts))
	for i, v := range counts {
		row[i] = fitting{at: i, label: component.Label(l, f, v.Key), folds: !slices.Contains(stay, v.Key)}
		row[i].print(l, f, v)
	}
	inOrder(l, f, row, counts)
	return row
}

// print makes the markup of a value in its three states.
func (n *fitting) print(l *locale.Locale, f catalogue.Facet, v catalogue.Value) {
	ctx := locale.With(context.Background(), l)
	mould := func(state box) component.Mould {
		state.Facet, state.Key, state.Label = f, v.Key, n.label
		state.Count, state.Word, state.Share = component.Hole(countHole), component.Hole(wordHole), component.Hole(shareHole)
		return component.NewMould(ctx, state.view())
	}
	n.open, n.off = mould(box{Rest: n.folds}), mould(box{Rest: n.folds, Off: true})
	n.chosen = mould(box{Chosen: true})
}

// mould is the markup that shows a value as it is now.
func (n *fitting) mould(v *Value) component.Mould {
	switch {
	case v.Chosen:
		return n.chosen
	case v.Disabled():
		return n.off
	}
	return n.open
}

// box is a value of a facet as markup: a checkbox with its words.
type box struct {
	Facet              catalogue.Facet
	Key, Label         string
	Count, Word, Share string
	Rest, Off, Chosen  bool
}

// class says how the value looks: folded away, out of reach, or with how long a
// bar.
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

// isBar reports whether the value is drawn as one of the bars of the years.
func (b box) isBar() bool { return b.Facet == catalogue.Year && b.Key != catalogue.Unknown }

// inOrder sorts names by the reader's alphabet. Years stay in their row, and
// statuses in the order of a life.
func inOrder(l *locale.Locale, f catalogue.Facet, row []fitting, counts []catalogue.Value) {
	switch f {
	case catalogue.Year:
		return
	case catalogue.Status:
		rank := func(n fitting) int { return slices.Index(catalogue.Statuses, counts[n.at].Key) }
		slices.SortFunc(row, func(a, b fitting) int { return cmp.Compare(rank(a), rank(b)) })
		return
	}
	keys := make([][]byte, len(counts))
	for _, n := range row {
		keys[n.at] = l.SortKey(n.label)
	}
	slices.SortFunc(row, func(a, b fitting) int { return bytes.Compare(keys[a.at], keys[b.at]) })
}

// staying lists the values that a folded facet shows.
func staying(f catalogue.Facet, counts []catalogue.Value) []string {
	sorted := slices.Clone(counts)
	most := folded
	switch {
	case f == catalogue.Year:
		// The row ends with "not stated", which sorts behind all years.
		slices.Reverse(sorted)
		most = recentYears + 1
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
