package browse_test

import (
	"net/url"
	"strings"
	"testing"

	"exempla/internal/catalogue"
	"exempla/internal/locale"
	"exempla/internal/practice"
	"exempla/web/page/browse"
	"exempla/web/page/frame"
)

// Cards are kept from one search to the next, and marks are those of the search that
// shows them.
func TestMarksAreOfTheSearch(t *testing.T) {
	t.Parallel()
	x := catalogue.NewIndex([]practice.Practice{{Number: 1, Slug: "p", Topics: []practice.Topic{"roma"},
		Place: practice.Place{Countries: []practice.Country{"GR"}},
		Texts: []practice.Text{{Language: "en", TitleLanguage: "en", Title: "A festival at school", Summary: "Schools meet."}}}}, 1, today)
	cards := browse.NewCards(english(t), x.Today())
	for _, c := range []struct{ query, want string }{
		{"q=school", "A festival at <mark>school</mark>|<mark>Schools</mark> meet."},
		{"q=festival", "A <mark>festival</mark> at school|Schools meet."},
		{"", "A festival at school|Schools meet."},
		{"q=school&country=GR", "A festival at <mark>school</mark>|<mark>Schools</mark> meet."},
	} {
		values, _ := url.ParseQuery(c.query)
		in := listingInput(english(t), x, catalogue.Parse(values))
		in.Cards, in.Results = cards, x.Find(catalogue.Parse(nil), catalogue.Hits{}, browse.Reader(english(t)))
		var b strings.Builder
		if err := browse.NewListing(english(t), frame.Frame{}, in).View().Render(locale.With(t.Context(), english(t)), &b); err != nil {
			t.Fatal(err)
		}
		for _, part := range strings.Split(c.want, "|") {
			if !strings.Contains(b.String(), ">"+part+"<") {
				t.Errorf("%q: the card does not say %s", c.query, part)
			}
		}
	}
}
