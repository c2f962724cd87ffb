package catalogue_test

import (
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"exempla/internal/catalogue"
	"exempla/internal/practice"
)

// accepted reports whether an address may choose a value of a facet.
func accepted(f catalogue.Facet, key string) bool {
	return catalogue.Parse(url.Values{f.Name(): {key}}).Has(f, key)
}

func TestFacetsOfAddresses(t *testing.T) {
	t.Parallel()
	var names []string
	for _, f := range catalogue.Facets {
		names = append(names, f.Name())
	}
	if got := strings.Join(names, " "); got != "topic country city year language status" {
		t.Errorf("the facets are %s", got)
	}
	word := regexp.MustCompile(`^[a-z]+$`)
	for i, name := range names {
		if !word.MatchString(name) || slices.Contains(names[:i], name) || slices.Contains([]string{"q", "sort", "size", "page"}, name) {
			t.Errorf("%q cannot be the parameter of a facet", name)
		}
	}
}

func TestKeysThatFacetsKnow(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		facet       catalogue.Facet
		yes, no     string
		hasUnstated bool
	}{
		{catalogue.Topic, "roma refugees education", "Roma cooking running GR 2020", false},
		{catalogue.Country, "GR CY UA JP", "gr GRC XX roma el", false},
		{catalogue.City, "gr-athens it-reggio-emilia jp-hamamatsu ua-kyiv", "athens GR-athens gr- -athens xx-athens gr-Athens gr-reggio--emilia gr-αθηνα", false},
		{catalogue.Year, "1800 1999 2026 2100", "1799 2101 99 02020 +2020 2020.0 ٢٠٢٠ year", true},
		{catalogue.Language, "el en ar ja", "EL xx GR ell", false},
		{catalogue.Status, "running ended", "Running open 2020 archived", true},
	} {
		for key := range strings.FieldsSeq(c.yes) {
			if !accepted(c.facet, key) {
				t.Errorf("%s does not know %s", c.facet.Name(), key)
			}
		}
		for key := range strings.FieldsSeq(c.no) {
			if accepted(c.facet, key) {
				t.Errorf("%s knows %s", c.facet.Name(), key)
			}
		}
		if accepted(c.facet, catalogue.Unknown) != c.hasUnstated || accepted(c.facet, "") {
			t.Errorf("%s: not stated is a value: %t", c.facet.Name(), !c.hasUnstated)
		}
	}
}

func TestEveryTopicCountryAndLanguageCanBeChosen(t *testing.T) {
	t.Parallel()
	for _, topic := range practice.Topics {
		if !accepted(catalogue.Topic, string(topic)) {
			t.Error(topic)
		}
	}
	for _, country := range practice.Countries() {
		if !accepted(catalogue.Country, string(country)) {
			t.Error(country)
		}
	}
	for _, language := range practice.Languages() {
		if !accepted(catalogue.Language, string(language)) {
			t.Error(language)
		}
	}
}

// counted writes the values of a facet that practices have, with their numbers.
func counted(x *catalogue.Index, f catalogue.Facet) string {
	var list []string
	for _, v := range x.Find(catalogue.Parse(nil), catalogue.Hits{}, reader).Counts[f] {
		if v.Count > 0 {
			list = append(list, v.Key+":"+strconv.Itoa(v.Count))
		}
	}
	return strings.Join(list, " ")
}

func TestValuesOfAPractice(t *testing.T) {
	t.Parallel()
	p := practice.Practice{Number: 1, Slug: "a", Topics: []practice.Topic{"roma", "education"},
		Place: practice.Place{Countries: []practice.Country{"UA", "GR"},
			Cities: []practice.City{{Country: "UA", Name: "Kyiv"}, {Country: "GR", Name: "Néa Smýrni"}}},
		Texts: []practice.Text{{Language: "el"}, {Language: "en"}}}
	period := func(start, end int, ongoing bool) practice.Practice {
		p.Number++
		p.Slug += "a"
		p.Period = practice.Period{Start: practice.Date{Year: start}, End: practice.Date{Year: end}, Ongoing: ongoing}
		return p
	}
	for _, c := range []struct {
		p            practice.Practice
		year, status string
	}{
		{period(0, 0, false), "unknown:1", "unknown:1"},
		{period(0, 0, true), "unknown:1", "running:1"},
		{period(2023, 0, false), "2023:1", "unknown:1"},
		{period(2023, 2024, false), "2023:1 2024:1", "ended:1"},
		{period(2024, 0, true), "2024:1 2025:1 2026:1", "running:1"},
		{period(2025, 2030, false), "2025:1 2026:1", "running:1"}, // no year to come
		{period(0, 2020, false), "2020:1", "ended:1"},
	} {
		x := catalogue.NewIndex([]practice.Practice{c.p}, 1, day(2026, 1, 1))
		for f, want := range map[catalogue.Facet]string{catalogue.Topic: "education:1 roma:1", catalogue.Country: "GR:1 UA:1", catalogue.City: "gr-nea-smyrni:1 ua-kyiv:1",
			catalogue.Language: "el:1 en:1", catalogue.Year: c.year, catalogue.Status: c.status} {
			if got := counted(x, f); got != want {
				t.Errorf("%+v: %s has %q, want %q", c.p.Period, f.Name(), got, want)
			}
		}
	}
}

// offered lists the values of a facet in an empty catalogue.
func offered(f catalogue.Facet, today time.Time) []string {
	var keys []string
	for _, v := range catalogue.NewIndex(nil, 1, today).Find(catalogue.Parse(nil), catalogue.Hits{}, reader).Counts[f] {
		keys = append(keys, v.Key)
	}
	return keys
}

func TestValuesThatAreAlwaysOffered(t *testing.T) {
	t.Parallel()
	today := day(2026, 1, 1)
	if got := offered(catalogue.Topic, today); len(got) != len(practice.Topics) {
		t.Errorf("%d topics are offered, not all", len(got))
	}
	for f, want := range map[catalogue.Facet]string{catalogue.Country: "", catalogue.City: "", catalogue.Language: "", catalogue.Year: "2026 unknown", catalogue.Status: "ended running unknown"} {
		if got := strings.Join(offered(f, today), " "); got != want {
			t.Errorf("%s offers %q, want %q", f.Name(), got, want)
		}
	}
	old := practice.Practice{Number: 1, Slug: "a", Period: practice.Period{Start: practice.Date{Year: 2022}}}
	x := catalogue.NewIndex([]practice.Practice{old}, 1, today)
	years := func(x *catalogue.Index) string {
		var keys []string
		for _, v := range x.Find(catalogue.Parse(nil), catalogue.Hits{}, reader).Counts[catalogue.Year] {
			keys = append(keys, v.Key)
		}
		return strings.Join(keys, " ")
	}
	if got := years(x); got != "2022 2023 2024 2025 2026 unknown" {
		t.Errorf("the years are %s", got)
	}
	if got := years(x.On(day(2027, 1, 1))); got != "2022 2023 2024 2025 2026 2027 unknown" {
		t.Errorf("a year later they are %s", got)
	}
	if got := years(x.With(nil, []int64{1}, 2)); got != "2026 unknown" {
		t.Errorf("without the practice they are %s", got)
	}
}

// Facets with an order of their own are sorted by it, others by the words that
// readers have for the values.
func TestOrderOfValues(t *testing.T) {
	t.Parallel()
	for f, want := range map[catalogue.Facet]string{
		catalogue.Topic: "", catalogue.Country: "", catalogue.City: "", catalogue.Language: "",
		catalogue.Year: "1999 2000 2026 unknown", catalogue.Status: "running ended unknown",
	} {
		compare := f.Order()
		if (compare == nil) != (want == "") {
			t.Errorf("%s has an order of its own: %t", f.Name(), compare != nil)
			continue
		}
		keys := strings.Fields(want)
		slices.Reverse(keys)
		if compare == nil {
			continue
		}
		slices.SortFunc(keys, compare)
		if got := strings.Join(keys, " "); got != want {
			t.Errorf("%s is sorted %s, want %s", f.Name(), got, want)
		}
	}
}

// The values of a facet are alternatives; each more finds the same or more. A
// second facet finds the same or less.
func TestValuesWidenAndFacetsNarrow(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		x, n := draw(t)
		s := drawSelection(t)
		total := x.Count(s, n.hits.of(x))
		for _, f := range catalogue.Facets {
			if open := x.Count(s.Only(f), n.hits.of(x)); open < total {
				t.Fatalf("%q: %d without %s, %d with it", s.Query(), open, f.Name(), total)
			}
			for _, key := range s.Chosen(f) {
				fewer := s.Without(f, key)
				if count := x.Count(fewer, n.hits.of(x)); len(fewer.Chosen(f)) > 0 && count > total {
					t.Fatalf("%q: %d with %s as well, %d without", s.Query(), total, key, count)
				}
			}
		}
	})
}

// Only what depends on the day changes with it.
func TestOnlyYearAndStatusDependOnTheDay(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		x, n := draw(t)
		y := x.On(rapid.SampledFrom(days).Draw(t, "later"))
		for _, f := range []catalogue.Facet{catalogue.Topic, catalogue.Country, catalogue.City, catalogue.Language} {
			if before, after := counted(x, f), counted(y, f); before != after {
				t.Fatalf("%s: %s became %s", f.Name(), before, after)
			}
		}
		anew := catalogue.NewIndex(n.all, 1, y.Today())
		for _, f := range []catalogue.Facet{catalogue.Year, catalogue.Status} {
			if got, want := counted(y, f), counted(anew, f); got != want {
				t.Fatalf("%s on %s: %s, want %s", f.Name(), y.Today(), got, want)
			}
		}
	})
}
