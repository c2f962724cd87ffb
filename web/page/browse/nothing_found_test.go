package browse_test

import (
	"bytes"
	"net/url"
	"strings"
	"testing"

	"exempla/internal/catalogue"
	"exempla/internal/locale"
	"exempla/internal/practice"
	"exempla/web/page/browse"
	"exempla/web/page/frame"
)

// What leaving something out would find is said only where it finds something.
func TestEmptyPageSaysWhatHelps(t *testing.T) {
	t.Parallel()
	e := listing(t, many("GR IT"), "q=one+two&country=GR").Empty
	if len(e.Removals) != 1 || e.Removals[0].Label != "Without “one two”:" || e.Removals[0].Count != 1 || e.Useless != "Leaving out only Greece would not help." {
		t.Errorf("%+v, useless: %s", e.Removals, e.Useless)
	}
}

// readAs is the listing of a search that was read in some way, and its markup.
func readAs(t *testing.T, query string, r catalogue.Reading) (browse.Listing, string) {
	t.Helper()
	values, err := url.ParseQuery(query)
	if err != nil {
		t.Fatal(err)
	}
	l := english(t)
	in := listingInput(l, many("GR IT"), catalogue.Parse(values))
	in.Reading, in.Results.Total = r, 1
	p := browse.NewListing(l, frame.Frame{}, in)
	var out bytes.Buffer
	if err := p.View().Render(locale.With(t.Context(), l), &out); err != nil {
		t.Fatal(err)
	}
	return p, out.String()
}

// Nothing that was typed is changed, added or left out without a word.
func TestReadersHearHowTheirWordsWereRead(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		reading catalogue.Reading
		want    string
	}{
		{catalogue.Reading{}, ""},
		{catalogue.Reading{Also: []string{"pupil", "classroom"}}, "Also searched for: pupil, classroom."},
		{catalogue.Reading{Instead: []catalogue.Correction{{Typed: "refugess", Meant: "refugees"}}}, "Showing results for “refugees” instead of “refugess”."},
		{catalogue.Reading{Missing: []string{"xyzzy", "plugh"}, Partly: true},
			"Nothing in the catalogue contains “xyzzy” and “plugh”; we searched for the rest. No practice has all of this in its title or summary. Those with most of it come first."},
		{catalogue.Reading{Abroad: []catalogue.Abroad{{City: "Hamburg", Country: practice.Country("DE")}}}, "No practice from Hamburg yet. These are from Germany."},
	} {
		p, markup := readAs(t, "q=school+kids", c.reading)
		if got := strings.Join(p.Read, " "); got != c.want {
			t.Errorf("%+v is told as %q, want %q", c.reading, got, c.want)
		}
		if shown := strings.Contains(markup, `id="how"`); shown != (c.want != "") || shown != (p.Exactly == "/en/practices?q=%22school+kids%22") {
			t.Errorf("%+v: shown %t, leads to %q", c.reading, shown, p.Exactly)
		}
	}
	if p, _ := readAs(t, `q="school"`, catalogue.Reading{Missing: []string{"school"}}); p.Exactly != "" {
		t.Errorf("what stands in quotation marks leads to itself: %s", p.Exactly)
	}
}

// A value of the address that is none is named, and can be taken out.
func TestStraysAreNamed(t *testing.T) {
	t.Parallel()
	p, markup := readAs(t, "country=GR&country=XX&topic=cooking", catalogue.Reading{})
	if got := p.Strays[0].Sentence + " " + p.Strays[1].Sentence; got != "“cooking” is not a value of “Topic” here, so it has no effect. “XX” is not a value of “Country” here, so it has no effect." {
		t.Errorf("%q", got)
	}
	if !strings.Contains(markup, `href="/en/practices?country=GR" data-live>Remove it from`) || !p.Meta.Unlisted {
		t.Errorf("no way out, or listed by search engines: %t", p.Meta.Unlisted)
	}
}
