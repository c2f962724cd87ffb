package page

import (
	"bytes"
	"cmp"
	"slices"

	"exempla/internal/catalogue"
	"exempla/internal/locale"
	"exempla/web/component"
)

// Lists longer than longList fold to their folded most frequent values;
// years fold to the recentYears last ones.
const (
	longList    = 10
	folded      = 8
	recentYears = 10
)

// Facet is a facet as the form shows it.
type Facet struct {
	Facet  catalogue.Facet
	Name   string // of its parameter
	Label  string
	Values []Value // in the order shown
	Folds  bool    // whether some values wait behind "show all"
}

// Value is a value of a facet as the form shows it.
type Value struct {
	catalogue.Value
	Label string
	Share int  // of the facet's highest count, in percent
	Rest  bool // folded away
}

// ID is the id of the value's checkbox.
func (f Facet) ID(v Value) string { return f.Name + "-" + v.Key }

// Disabled reports whether choosing the value would find nothing. A chosen
// value never is: it must be possible to take it back.
func (v Value) Disabled() bool { return v.Count == 0 && !v.Chosen }

// facets makes all facets in the reader's order.
func facets(l *locale.Locale, a Asked) []Facet {
	var list []Facet
	for _, f := range catalogue.Facets {
		made := Facet{Facet: f, Name: f.Name(), Label: l.T("facet." + f.Name())}
		for _, value := range a.Results.Counts[f] {
			made.Values = append(made.Values, Value{Value: value, Label: component.Label(l, f, value.Key)})
		}
		made.order(l)
		made.fold()
		made.measure()
		list = append(list, made)
	}
	return list
}

// order sorts names by the reader's alphabet. Years stay in their row, and
// statuses in the order of a life.
func (f *Facet) order(l *locale.Locale) {
	switch f.Facet {
	case catalogue.Year:
		return
	case catalogue.Status:
		slices.SortFunc(f.Values, func(a, b Value) int {
			return cmp.Compare(slices.Index(catalogue.Statuses, a.Key), slices.Index(catalogue.Statuses, b.Key))
		})
		return
	}
	keys := make(map[string][]byte, len(f.Values))
	for _, v := range f.Values {
		keys[v.Key] = l.SortKey(v.Label)
	}
	slices.SortFunc(f.Values, func(a, b Value) int { return bytes.Compare(keys[a.Key], keys[b.Key]) })
}

// fold marks what waits behind "show all": in a long list everything but the
// most frequent values, whatever is selected, and the chosen ones.
func (f *Facet) fold() {
	stay := f.staying()
	for i := range f.Values {
		v := &f.Values[i]
		v.Rest = !v.Chosen && !slices.Contains(stay, v.Key)
		f.Folds = f.Folds || v.Rest
	}
}

// staying lists the values that a folded facet shows.
func (f *Facet) staying() []string {
	sorted := slices.Clone(f.Values)
	most := folded
	switch {
	case f.Facet == catalogue.Year:
		// The row ends with "not stated", which sorts behind all years.
		slices.Reverse(sorted)
		most = recentYears + 1
	case len(sorted) <= longList:
		most = len(sorted)
	default:
		slices.SortStableFunc(sorted, func(a, b Value) int {
			return cmp.Or(cmp.Compare(b.All, a.All), cmp.Compare(a.Key, b.Key))
		})
	}
	var keys []string
	for _, v := range sorted[:min(most, len(sorted))] {
		keys = append(keys, v.Key)
	}
	return keys
}

// measure gives every value its share of the highest count.
func (f *Facet) measure() {
	highest := 1
	for _, v := range f.Values {
		if v.Key != catalogue.Unknown || f.Facet != catalogue.Year {
			highest = max(highest, v.Count)
		}
	}
	for i := range f.Values {
		f.Values[i].Share = min(100, 100*f.Values[i].Count/highest)
	}
}
