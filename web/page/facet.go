package page

import (
	"context"
	"io"
	"strconv"

	"github.com/a-h/templ"

	"exempla/internal/catalogue"
	"exempla/internal/locale"
	"exempla/web/component"
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
	*fitting
	Share int  // of the facet's highest count, in percent
	Rest  bool // folded away
}

// Disabled reports whether choosing the value would find nothing. A chosen
// value never is: it must be possible to take it back.
func (v Value) Disabled() bool { return v.Count == 0 && !v.Chosen }

// facets makes all facets in the reader's order.
func facets(l *locale.Locale, a Asked) []Facet {
	list := make([]Facet, 0, len(catalogue.Facets))
	for _, f := range catalogue.Facets {
		made := Facet{Facet: f, Name: f.Name(), Label: l.T("facet." + f.Name())}
		counts := a.Results.Counts[f]
		made.fill(a.Panel.of(l, f, counts), counts)
		made.measure()
		list = append(list, made)
	}
	return list
}

// fill puts the values into the order shown. In a long list everything but the
// most frequent values and the chosen ones waits behind "show all".
func (f *Facet) fill(row []fitting, counts []catalogue.Value) {
	f.Values = make([]Value, 0, len(row))
	for i := range row {
		v := Value{Value: counts[row[i].at], fitting: &row[i]}
		v.Rest = row[i].folds && !v.Chosen
		f.Folds = f.Folds || v.Rest
		f.Values = append(f.Values, v)
	}
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

// years and unknown divide the values of the facet year: those that are bars,
// and "not stated" below them.
func (f Facet) years() []Value   { return f.Values[:len(f.Values)-1] }
func (f Facet) unknown() []Value { return f.Values[len(f.Values)-1:] }

// values prints values from their moulds.
func (f Facet) values(l *locale.Locale, list []Value) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		for i := range list {
			v := &list[i]
			count, word := component.Filled(l.Number(v.Count)), component.Filled(l.N("facet.practices", v.Count))
			if err := v.mould(v).Fill(w, count, word, component.Filling(strconv.Itoa(v.Share))); err != nil {
				return err
			}
		}
		return nil
	})
}
