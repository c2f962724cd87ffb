package exchange

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"exempla/internal/practice"
)

// Columns decide the years, the wording adds months.
func TestPeriodOfARow(t *testing.T) {
	t.Parallel()
	year := func(y int) practice.Date { return practice.Date{Year: y} }
	month := func(y int, m time.Month) practice.Date { return practice.Date{Year: y, Month: m} }
	for name, c := range map[string]struct {
		row  fields
		want practice.Period
	}{
		"nothing":             {fields{}, practice.Period{}},
		"wording alone":       {fields{"period": `"May 2017 – June 2019"`}, practice.Period{Start: month(2017, 5), End: month(2019, 6)}},
		"wording ongoing":     {fields{"period": `"since April 2017"`}, practice.Period{Start: month(2017, 4), Ongoing: true}},
		"columns alone":       {fields{"start_year": "2017", "end_year": "2019"}, practice.Period{Start: year(2017), End: year(2019)}},
		"months added":        {fields{"period": `"May 2017 – June 2019"`, "start_year": "2017", "end_year": "2019"}, practice.Period{Start: month(2017, 5), End: month(2019, 6)}},
		"other years":         {fields{"period": `"May 2017 – June 2019"`, "start_year": "2016", "end_year": "2019"}, practice.Period{Start: year(2016), End: month(2019, 6)}},
		"column without":      {fields{"period": `"May 2017 – June 2019"`, "start_year": "2017", "end_year": "null"}, practice.Period{Start: month(2017, 5)}},
		"columns say nothing": {fields{"period": `"May 2017"`, "start_year": "null", "end_year": "null", "ongoing": "null"}, practice.Period{}},
		"one column says not": {fields{"period": `"since 2017"`, "ongoing": "false"}, practice.Period{}},
		"start alone":         {fields{"start_year": "2017"}, practice.Period{Start: year(2017)}},
		"end alone":           {fields{"end_year": "2017"}, practice.Period{End: year(2017)}},
		"ongoing alone":       {fields{"ongoing": "true"}, practice.Period{Ongoing: true}},
		"ended and goes on":   {fields{"start_year": "2015", "end_year": "2017", "ongoing": "true"}, practice.Period{Start: year(2015), End: year(2017), Ongoing: true}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := readOne(t, "a.json", "["+least().with(c.row).object()+"]").Period
			if got.Wording = ""; got != c.want {
				t.Errorf("%+v, want %+v", got, c.want)
			}
		})
	}
}

// A practice marked as ongoing is running, even if it has an end in the past.
func TestStatusOfARow(t *testing.T) {
	t.Parallel()
	today := time.Date(2026, time.May, 1, 0, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		row  fields
		want practice.Status
	}{
		{fields{"ongoing": "true"}, practice.Running},
		{fields{"end_year": "2017", "ongoing": "true"}, practice.Running},
		{fields{"start_year": "2017"}, practice.Unknown},
		{fields{"start_year": "2017", "end_year": "2026"}, practice.Running},
		{fields{"end_year": "2025"}, practice.Ended},
	} {
		p := readOne(t, "a.json", "["+least().with(c.row).object()+"]")
		if got := p.Period.Status(today); got != c.want {
			t.Errorf("%v: %s, want %s", c.row, got, c.want)
		}
	}
}

// The leading country and city come first, whichever way a file names them.
func TestPlaceOfARow(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		row  fields
		want practice.Place
	}{
		"national": {fields{"city": `""`}, practice.Place{Countries: []practice.Country{"GR"}}},
		"one city": {fields{"city": `" Ioannina "`, "latitude": "39.66", "longitude": "20.85"}, practice.Place{
			Countries: []practice.Country{"GR"},
			Cities:    []practice.City{{Country: "GR", Name: "Ioannina", Latitude: 39.66, Longitude: 20.85, Located: true}}}},
		"half located": {fields{"city": `"Ioannina"`, "latitude": "39.66"}, practice.Place{
			Countries: []practice.Country{"GR"}, Cities: []practice.City{{Country: "GR", Name: "Ioannina"}}}},
		"at zero": {fields{"city": `"Ioannina"`, "latitude": "0", "longitude": "0"}, practice.Place{
			Countries: []practice.Country{"GR"}, Cities: []practice.City{{Country: "GR", Name: "Ioannina", Located: true}}}},
		"cities outrank city": {fields{"city": `"X"`, "cities": `[{"name": "A"}, {"name": "B"}]`}, practice.Place{
			Countries: []practice.Country{"GR"}, Cities: []practice.City{{Country: "GR", Name: "A"}, {Country: "GR", Name: "B"}}}},
		"a city abroad": {fields{"cities": `[{"name": "A"}, {"name": "B", "country_code": "CY"}]`}, practice.Place{
			Countries: []practice.Country{"GR", "CY"}, Cities: []practice.City{{Country: "GR", Name: "A"}, {Country: "CY", Name: "B"}}}},
		"also in": {fields{"city": `"A"`, "also_in": `[{"country_code": "CY"}, {"country_code": "GR", "name": "B"}]`}, practice.Place{
			Countries: []practice.Country{"GR", "CY"}, Cities: []practice.City{{Country: "GR", Name: "A"}, {Country: "GR", Name: "B"}}}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := readOne(t, "a.json", "["+least().with(c.row).object()+"]").Place
			if !reflect.DeepEqual(got, c.want) {
				t.Errorf("%+v, want %+v", got, c.want)
			}
		})
	}
}

// Languages in alphabetical order: the same file must give the same digest.
func TestTextsOfARow(t *testing.T) {
	t.Parallel()
	p := readOne(t, "\ta.json", "\ufeff["+least().with(fields{
		"language": `"el"`, "title_language": `"fr"`, "title_en": `" B "`, "sections": `{"impact": " ", "purpose": " P "}`,
		"texts": `{"fr": {"title": "F", "summary": "S", "state": "machine"}, "de": {"title": "D", "summary": "S", "sections": {"impact": "I"}}}`,
	}).object()+"]")
	want := []practice.Text{
		{Language: "el", State: practice.Original, TitleLanguage: "fr", Title: "A", TitleEnglish: "B", Summary: "S",
			Sections: map[practice.Section]string{practice.Purpose: "P"}},
		{Language: "de", State: practice.Human, TitleLanguage: "de", Title: "D", Summary: "S",
			Sections: map[practice.Section]string{practice.Impact: "I"}},
		{Language: "fr", State: practice.Machine, TitleLanguage: "fr", Title: "F", Summary: "S"},
	}
	if !reflect.DeepEqual(p.Texts, want) {
		t.Errorf("%+v\nwant %+v", p.Texts, want)
	}
}

// The organisation of a file is who published the practice, not who runs it.
func TestPeopleOfARow(t *testing.T) {
	t.Parallel()
	p := readOne(t, "a.json", "["+least().with(fields{"organisation": `"Council"`, "run_by": `" City "`,
		"licence": `"CC BY 4.0"`, "source_url": `" https://example.org "`}).object()+"]")
	if p.Source.Name != "Council" || p.Organisation != "City" || p.Licence != "CC BY 4.0" || p.Source.URL != "https://example.org" {
		t.Errorf("%+v", p)
	}
}

// Entities of web pages are read once in fields of one line, in both kinds of file;
// summaries and sections stay as they are, since pages read theirs.
func TestEntitiesOfARow(t *testing.T) {
	t.Parallel()
	of := func(written string) practice.Practice {
		quoted := `"` + written + `"`
		row := least().with(fields{"title": quoted, "title_en": quoted, "city": quoted, "run_by": quoted, "organisation": quoted, "licence": quoted, "summary": quoted,
			"source_url": `"https://city.example/?a=1&amp;b=2"`, "period": `"2010&nbsp;&ndash;&#32;2015"`, "texts": `{"fr": {"title": ` + quoted + `, "summary": ` + quoted + `}}`})
		p := readOne(t, "a.json", "["+row.object()+"]")
		table := readOne(t, "a.csv", "slug,title,title_en,city,run_by,organisation,licence,summary,source_url,period,texts.fr.title,texts.fr.summary,country_code,topics\n"+
			"a,"+strings.Join([]string{quoted, quoted, quoted, quoted, quoted, quoted, quoted, "https://city.example/?a=1&amp;b=2", "2010&nbsp;&ndash;&#32;2015", quoted, quoted, "GR", "roma"}, ","))
		if !reflect.DeepEqual(p, table) {
			t.Errorf("%+v from a list\n%+v from a table", p, table)
		}
		return p
	}
	for written, want := range map[string]string{
		"Arts &amp; crafts": "Arts & crafts", "L&#39;école&nbsp;": "L'école", "AT&T": "AT&T", "&amp;lt;b&amp;gt;": "&lt;b&gt;", "One&#10;two&shy;s": "One twos",
	} {
		p := of(written)
		for _, got := range []string{p.Texts[0].Title, p.Texts[0].TitleEnglish, p.Place.Cities[0].Name, p.Organisation, p.Source.Name, p.Licence, p.Texts[1].Title} {
			if got != want {
				t.Errorf("%q is read as %q, want %q", written, got, want)
			}
		}
		if p.Texts[0].Summary != written || p.Texts[1].Summary != written {
			t.Errorf("the summary %q is stored as %q", written, p.Texts[0].Summary)
		}
		if p.Source.URL != "https://city.example/?a=1&b=2" || p.Period.Start.Year != 2010 || p.Period.End.Year != 2015 {
			t.Errorf("from %s in %+v", p.Source.URL, p.Period)
		}
	}
}

// The semicolon of an entity parts no entries of a list.
func TestEntitiesInLists(t *testing.T) {
	t.Parallel()
	p := readOne(t, "a.csv", "slug,title,summary,country_code,topics,cities.name,cities.latitude,cities.longitude\na,A,S,GR,roma; refugees,Forl&igrave;; Bergen &amp; co;Oslo &amp;,44.2;60.4;59.9,12;5.3;10.7\n")
	var names []string
	for _, city := range p.Place.Cities {
		names = append(names, fmt.Sprint(city.Name, " ", city.Latitude))
	}
	if want := []string{"Forlì 44.2", "Bergen & co 60.4", "Oslo & 59.9"}; !reflect.DeepEqual(names, want) || len(p.Topics) != 2 {
		t.Errorf("%q and %v, want %q", names, p.Topics, want)
	}
}
