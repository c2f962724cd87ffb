package browse_test

import (
	"bytes"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"

	"exempla/internal/catalogue"
	"exempla/internal/locale"
	"exempla/internal/practice"
	"exempla/web/page/browse"
	"exempla/web/page/frame"
)

// many is a catalogue of practices, one more for each country in the list.
func many(countries string) *catalogue.Index {
	var list []practice.Practice
	for i, country := range strings.Fields(countries) {
		for range i + 1 {
			list = append(list, practice.Practice{Number: int64(len(list) + 1), Slug: fmt.Sprint("p-", len(list)), Topics: []practice.Topic{"roma"},
				Place: practice.Place{Countries: []practice.Country{practice.Country(country)}},
				Texts: []practice.Text{{Language: "en", TitleLanguage: "en", Title: "T", Summary: "S"}}})
		}
	}
	return catalogue.NewIndex(list, 1, today)
}

func listing(t *testing.T, x *catalogue.Index, query string) browse.Listing {
	t.Helper()
	values, err := url.ParseQuery(query)
	if err != nil {
		t.Fatal(err)
	}
	l, s := english(t), catalogue.Parse(values)
	return browse.NewListing(l, frame.Frame{}, listingInput(l, x, s))
}

// listingInput is what a listing is made of when the words have found nothing.
func listingInput(l *locale.Locale, x *catalogue.Index, s catalogue.Selection) browse.ListingInput {
	everything := x.Find(catalogue.Parse(nil), catalogue.Hits{}, browse.Reader(l))
	ways := x.WaysOut(s, func(string) catalogue.Hits { return catalogue.Hits{} })
	return browse.ListingInput{WaysOut: &ways, Practices: x.Size(), Countries: x.Countries(), Selection: s, Panel: browse.NewPanel(l, catalogue.Offer{}, everything.Counts, nil),
		Cards: browse.NewCards(l, x.Today()), Results: x.Find(s, catalogue.Hits{}, browse.Reader(l))}
}

func TestPagesAroundTheCurrentOne(t *testing.T) {
	t.Parallel()
	x := many("GR IT ES PT FR DE NO SE DK FI CH AT NL") // 91 practices
	for query, want := range map[string]string{
		"size=10":         "[1] 2 _ 10",
		"size=10&page=2":  "1 [2] 3 _ 10",
		"size=10&page=3":  "1 2 [3] 4 _ 10",
		"size=10&page=5":  "1 _ 4 [5] 6 _ 10",
		"size=10&page=10": "1 _ 9 [10]",
		"size=50":         "[1] 2",
		"country=GR":      "",
	} {
		var got []string
		for _, p := range listing(t, x, query).Pages {
			entry := fmt.Sprint(p.Number)
			switch {
			case p.Number == 0:
				entry = "_"
			case p.Current:
				entry = "[" + entry + "]"
			}
			got = append(got, entry)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: %v, want %s", query, got, want)
		}
	}
}

func facet(b browse.Listing, f catalogue.Facet) browse.Facet {
	return b.Facets[slices.IndexFunc(b.Facets, func(made browse.Facet) bool { return made.Facet == f })]
}

func TestOnlyLongListsFold(t *testing.T) {
	t.Parallel()
	for countries, folded := range map[string]int{"GR IT": 0, "GR IT ES PT FR DE NO SE DK FI": 0, "GR IT ES PT FR DE NO SE DK FI CH": 3} {
		f := facet(listing(t, many(countries), ""), catalogue.Country)
		rest := 0
		for _, v := range f.Values {
			if v.Rest {
				rest++
				if v.All > 3 {
					t.Errorf("%s is folded away, with %d practices", v.Key, v.All)
				}
			}
		}
		if rest != folded || f.Folds != (folded > 0) {
			t.Errorf("%s: %d folded, want %d", countries, rest, folded)
		}
	}
}

func TestChosenValueIsNeverFoldedNorDisabled(t *testing.T) {
	t.Parallel()
	f := facet(listing(t, many("GR IT ES PT FR DE NO SE DK FI CH"), "country=GR&country=ZW&topic=refugees"), catalogue.Country)
	for _, v := range f.Values {
		if v.Chosen && (v.Rest || v.Disabled()) || v.Chosen != (v.Key == "GR" || v.Key == "ZW") {
			t.Errorf("%s: chosen %v, folded %v, disabled %v", v.Key, v.Chosen, v.Rest, v.Disabled())
		}
		if !v.Chosen && !v.Disabled() {
			t.Errorf("%s can be chosen and would find nothing", v.Key)
		}
	}
}

func TestSharesAreOfTheHighestCount(t *testing.T) {
	t.Parallel()
	f := facet(listing(t, many("GR IT ES PT"), ""), catalogue.Country)
	for _, v := range f.Values {
		if v.Share != 25*v.Count {
			t.Errorf("%s: share %d of %d practices", v.Key, v.Share, v.Count)
		}
	}
}

func TestEveryPageOfProseIsWritten(t *testing.T) {
	t.Parallel()
	for _, l := range locale.All() {
		for _, name := range browse.ProsePages {
			p := browse.NewProse(l, frame.Frame{Site: "https://exempla.example"}, browse.ProseInput{Name: name, Facets: catalogue.Facets})
			var b bytes.Buffer
			if err := p.View().Render(locale.With(t.Context(), l), &b); err != nil {
				t.Fatal(err)
			}
			if len(p.Blocks) < 2 || strings.Contains(b.String(), ">"+name+".") {
				t.Errorf("%s %s: %d parts, or a message is missing", l.Tag(), name, len(p.Blocks))
			}
			for _, block := range p.Blocks {
				if len(block.Paragraphs) == 0 {
					t.Errorf("%s %s: nothing stands under %q", l.Tag(), name, block.Heading)
				}
			}
		}
	}
}
