package browse

import (
	"cmp"
	"context"
	"io"
	"slices"
	"strconv"

	"github.com/a-h/templ"

	"exempla/internal/catalogue"
	"exempla/internal/locale"
	"exempla/web/component"
)

// Facet is a facet of the form.
type Facet struct {
	Facet  catalogue.Facet
	Name   string // of its parameter
	Label  string
	Values []Value // in the order shown
	Folds  bool    // whether some values are hidden behind "show all"
	Bars   bool    // whether the values are a bar chart instead of a list
}

// Value is a value of a facet of the form.
type Value struct {
	catalogue.Value
	*panelValue
	Share int  // of the facet's highest count, in percent
	Rest  bool // hidden behind "show all"
}

// Disabled reports whether choosing the value would find nothing. A chosen value is
// never disabled, so that it can be unchecked.
func (v Value) Disabled() bool { return v.Count == 0 && !v.Chosen }

func facets(l *locale.Locale, in ListingInput) []Facet {
	list := make([]Facet, 0, len(in.Panel.facets))
	for _, f := range in.Panel.facets {
		made := Facet{Facet: f, Name: f.Name(), Label: l.T("facet." + f.Name()), Bars: looks[f].bars}
		counts := in.Results.Counts[f]
		made.fill(in.Panel.of(l, f, counts, in.Cities), counts)
		made.measure()
		list = append(list, made)
	}
	return list
}

// unseen are the facets that the panel does not show. What is chosen of them stays when the
// form is sent.
func (p Listing) unseen() []catalogue.Facet {
	return slices.DeleteFunc(slices.Clone(catalogue.Facets), func(f catalogue.Facet) bool { return slices.Contains(p.Panel.facets, f) })
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
	f.unfold()
}

// unfold shows the most frequent of the hidden values where all that would be shown
// are at zero: a list of nothing to choose helps nobody.
func (f *Facet) unfold() {
	if f.Bars || !f.Folds || slices.ContainsFunc(f.Values, func(v Value) bool { return !v.Rest && !v.Disabled() }) {
		return
	}
	var hidden []*Value
	for i := range f.Values {
		if f.Values[i].Rest && f.Values[i].Count > 0 {
			hidden = append(hidden, &f.Values[i])
		}
	}
	slices.SortStableFunc(hidden, func(a, b *Value) int { return cmp.Compare(b.Count, a.Count) })
	for _, v := range hidden[:min(frequent, len(hidden))] {
		v.Rest = false
	}
}

// measure computes the share of every value in the highest count. "Not stated" is
// not a bar and must not make the bars shorter.
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

// unknown is the value "not stated" of a bar chart, which stands below the bars.
func (f Facet) unknown() []Value { return f.Values[len(f.Values)-1:] }

// unfoldLabel says what unfolding the facet shows.
func (f Facet) unfoldLabel(l *locale.Locale) string {
	if f.Bars {
		return l.T("facet.earlier")
	}
	return l.N("facet."+f.Name+".show_all", len(f.Values))
}

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
