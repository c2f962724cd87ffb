package browse_test

import (
	"bytes"
	"fmt"
	"net/url"
	"strings"
	"testing"

	"exempla/internal/catalogue"
	"exempla/internal/locale"
	"exempla/web/page/browse"
	"exempla/web/page/frame"
)

// found are hits of so many practices from the first on.
func found(practices int) catalogue.Hits {
	tier := make([]int64, practices)
	for i := range tier {
		tier[i] = int64(i + 1)
	}
	return catalogue.Hits{Tiers: [][]int64{tier}}
}

// nothing is what an empty page says of words that find nothing, by what the
// store says of other words. In many("GR IT") number 1 is in Greece.
func nothing(t *testing.T, query string, r catalogue.Rephrased) browse.Empty {
	t.Helper()
	values, err := url.ParseQuery(query)
	if err != nil {
		t.Fatal(err)
	}
	x, l, s := many("GR IT"), english(t), catalogue.Parse(values)
	a := listingInput(l, x, s)
	ways := x.WaysOut(s, catalogue.Hits{}, r)
	a.WaysOut = &ways
	b := browse.NewListing(l, frame.Frame{}, a)
	var out bytes.Buffer
	if err := b.View().Render(locale.With(t.Context(), l), &out); err != nil || b.Results.Total > 0 {
		t.Fatal(b.Results.Total, err)
	}
	if strings.Contains(out.String(), `class="meant"`) != (b.Empty.Spelling.Path != "") {
		t.Errorf("%s: the spelling is not shown as it is known", query)
	}
	return b.Empty
}

func TestSpellingIsSuggestedWhereItFinds(t *testing.T) {
	t.Parallel()
	for query, want := range map[string]string{
		"q=Ioanina":                    "Did you mean “Ioannina”? 2 /en/practices?q=Ioannina",
		"q=Ioanina&country=GR":         "Did you mean “Ioannina”? 1 /en/practices?q=Ioannina&country=GR",
		"q=Ioanina&country=JP&size=50": "Did you mean “Ioannina”? Without the filters: 2 /en/practices?q=Ioannina&size=50",
	} {
		way := nothing(t, query, catalogue.Rephrased{Spelled: "Ioannina", Hits: map[string]catalogue.Hits{"Ioannina": found(2)}}).Spelling
		if got := fmt.Sprint(way.Label, " ", way.Count, " ", way.Path); got != want {
			t.Errorf("%s: %s, want %s", query, got, want)
		}
	}
	for name, r := range map[string]catalogue.Rephrased{"unknown": {}, "finds nothing": {Spelled: "x", Hits: map[string]catalogue.Hits{"x": {}}}, "not counted": {Spelled: "x"}} {
		if way := nothing(t, "q=Ioanina", r).Spelling; way.Path != "" {
			t.Errorf("%s: %v", name, way)
		}
	}
}

// TestEmptyPageDoesWithoutCounts: what the store could not say is left out.
func TestEmptyPageDoesWithoutCounts(t *testing.T) {
	t.Parallel()
	e := nothing(t, "q=one+two&country=GR", catalogue.Rephrased{})
	if len(e.Removals) != 1 || e.Removals[0].Label != "Without “one two”:" || e.Removals[0].Count != 1 {
		t.Errorf("%+v", e.Removals)
	}
	e = nothing(t, "q=one+two&country=GR", catalogue.Rephrased{Hits: map[string]catalogue.Hits{"one": found(3), "two": {}}})
	if len(e.Removals) != 1 || e.Removals[0].Path != "/en/practices?q=one&country=GR" || e.Useless != "It would not help to leave out only “one” or Greece." {
		t.Errorf("%+v, useless: %s", e.Removals, e.Useless)
	}
}
