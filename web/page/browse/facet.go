package browse

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
	Folds  bool    // whether some values are hidden behind "show all"
	Bars   bool    // whether the values are bars instead of a list
}

// Value is a value of a facet as the form shows it.
type Value struct {
	catalogue.Value
	*panelValue
	Share int  // of the facet's highest count, in percent
	Rest  bool // folded away
}

// Disabled reports whether choosing the value would find nothing. A chosen
// value is never disabled: readers must be able to take it back.
func (v Value) Disabled() bool { return v.Count == 0 && !v.Chosen }

func facets(l *locale.Locale, in ListingInput) []Facet {
	list := make([]Facet, 0, len(catalogue.Facets))
	for _, f := range catalogue.Facets {
		made := Facet{Facet: f, Name: f.Name(), Label: l.T("facet." + f.Name()), Bars: looks[f].bars}
		counts := in.Results.Counts[f]
		made.fill(in.Panel.of(l, f, counts), counts)
		made.measure()
		list = append(list, made)
	}
	return list
}

// fill puts the values into the order shown. In a long list all but the most
// frequent values and the chosen ones are hidden behind "show all".
func (f *Facet) fill(row []panelValue, counts []catalogue.Value) {
	f.Values = make([]Value, 0, len(row))
	for i := range row {
		v := Value{Value: counts[row[i].at], panelValue: &row[i]}
		v.Rest = row[i].folds && !v.Chosen
		f.Folds = f.Folds || v.Rest
		f.Values = append(f.Values, v)
	}
}

// measure gives every value its share of the highest count. "Not stated" is no
// bar and must not make the bars shorter.
func (f *Facet) measure() {
	highest := 1
	for _, v := range f.Values {
		if !f.Bars || v.Key != catalogue.Unknown {
			highest = max(highest, v.Count)
		}
	}
	for i := range f.Values {
		f.Values[i].Share = min(100, 100*f.Values[i].Count/highest)
	}
}

// row and unknown divide the values of a facet with bars: "not stated" stands
// below the row.
func (f Facet) row() []Value     { return f.Values[:len(f.Values)-1] }
func (f Facet) unknown() []Value { return f.Values[len(f.Values)-1:] }

// values prints values from their prepared markup.
func (f Facet) values(l *locale.Locale, list []Value) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		for i := range list {
			v := &list[i]
			count := component.Escape(l.Number(v.Count))
			word := component.Escape(l.N("facet.practices", v.Count))
			share := component.Escaped(strconv.Itoa(v.Share))
			if err := v.fragment(v).Fill(w, count, word, share); err != nil {
				return err
			}
		}
		return nil
	})
}
