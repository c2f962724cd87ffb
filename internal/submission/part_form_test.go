package submission_test

import (
	"fmt"
	"math/rand/v2"
	"net/url"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"exempla/internal/gazetteer"
	"exempla/internal/practice"
	"exempla/internal/submission"
)

// sent is what a browser sends of a form.
func sent(f submission.PartForm) url.Values {
	v := url.Values{"title": {f.Title}, "organisation": {f.Organisation}, "start_month": {f.StartMonth}, "start_year": {f.StartYear},
		"end_month": {f.EndMonth}, "end_year": {f.EndYear}, "topics": f.Topics, "keywords": f.Keywords, "other_keywords": {f.OtherKeywords}, "text": {strings.ReplaceAll(f.Text, "\n", "\r\n")}}
	for _, row := range f.Rows {
		v.Add("country", row.Country)
		v.Add("city", row.City)
		v.Add("point", row.Point)
	}
	for name, ticked := range map[string]bool{"national": f.National, "ongoing": f.Ongoing, "agrees": f.Agrees, "completed": f.Completed} {
		if ticked {
			v.Set(name, "yes")
		}
	}
	if f.NamesPerson {
		v.Set("person", "yes")
	}
	return v
}

var concepts = []string{"school", "music", "refugee", "interpreting", "chess"}

// randomContent is a content that a form can hold.
func randomContent(r *rand.Rand) submission.Content {
	some := func() bool { return r.IntN(2) == 0 }
	c := submission.Content{Title: fmt.Sprintf("Title %d", r.IntN(9)), National: some()}
	for _, country := range []practice.Country{"GR", "FR", "DE"}[:r.IntN(4)] {
		c.Countries = append(c.Countries, country)
		if some() {
			c.Cities = append(c.Cities, practice.City{Country: country, Name: "City " + string(country)})
		}
	}
	// A form lists countries with a city first, so a content that came from one does.
	slices.SortStableFunc(c.Countries, func(a, b practice.Country) int {
		with := func(x practice.Country) int {
			if slices.ContainsFunc(c.Cities, func(city practice.City) bool { return city.Country == x }) {
				return 0
			}
			return 1
		}
		return with(a) - with(b)
	})
	if some() {
		c.Organisation = "Office"
	}
	c.Period = practice.Period{Start: practice.Date{Year: 1990 + r.IntN(30), Month: time.Month(r.IntN(13))}, Ongoing: some()}
	if some() {
		c.Period.End = practice.Date{Year: 2021}
	}
	for _, topic := range practice.Topics {
		if some() {
			c.Topics = append(c.Topics, topic)
		}
	}
	for _, at := range r.Perm(len(concepts))[:r.IntN(4)] {
		c.Keywords = append(c.Keywords, concepts[at])
	}
	for _, p := range submission.Parts {
		if p.IsText() && some() {
			c = c.WithText(p, "Words\n\nof "+string(p))
		}
		c = c.WithCompleted(p, some())
	}
	c.NamesPerson = some()
	c.PersonAgrees = c.NamesPerson && some()
	return c
}

// A form that is sent as it was shown changes nothing.
func TestFormAsItWasShownChangesNothing(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 2))
	for range 300 {
		s := submission.Submission{Kind: submission.New, Content: randomContent(r)}
		for _, p := range s.Parts() {
			got, problems := s.Fill(p, submission.ParsePartForm(sent(submission.NewPartForm(s.Content, p))))
			if len(problems) > 0 || got.Digest(p) != s.Content.Digest(p) {
				t.Fatalf("%s: %v\n%+v\n%+v", p, problems, s.Content, got)
			}
		}
	}
}

// A form changes its own part only.
func TestFormChangesOnlyItsPart(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(3, 4))
	for range 100 {
		s := submission.Submission{Kind: submission.New, Content: randomContent(r)}
		other := randomContent(r)
		for _, p := range submission.Parts {
			got, _ := s.Fill(p, submission.NewPartForm(other, p))
			for _, q := range submission.Parts {
				if q != p && got.Digest(q) != s.Content.Digest(q) {
					t.Fatalf("the form of %s changed %s", p, q)
				}
			}
			if !p.HasFiles() && got.Digest(p) != other.Digest(p) {
				t.Fatalf("the form of %s was not kept", p)
			}
		}
	}
}

// typed is the content of a draft after a form was sent.
func typed(t *testing.T, s submission.Submission, p submission.Part, values url.Values) (submission.Content, []submission.Rule) {
	t.Helper()
	c, problems := s.Fill(p, submission.ParsePartForm(values))
	var rules []submission.Rule
	for _, problem := range problems {
		if problem.Part != p {
			t.Errorf("a problem of %s at %s", problem.Part, p)
		}
		rules = append(rules, problem.Rule)
	}
	return c, rules
}

func TestPlacesAsTyped(t *testing.T) {
	t.Parallel()
	known := practice.City{Country: "GR", Name: "Ioannina", Located: true, Latitude: 39.7, Longitude: 20.9}
	s := submission.Submission{Content: submission.Content{Title: "A", Cities: []practice.City{known}}}
	place := func(rows ...string) url.Values {
		v := url.Values{"title": {"  A   title "}}
		for i := 0; i < len(rows); i += 2 {
			v.Add("country", rows[i])
			v.Add("city", rows[i+1])
		}
		return v
	}
	lille, lyon := lying(t, "FR", "Lille"), lying(t, "FR", "Lyon")
	for name, c := range map[string]struct {
		rows      []string
		countries []practice.Country
		cities    []practice.City
		rules     []submission.Rule
	}{
		"what is known of a city stays": {[]string{"GR", "Ioannina"}, []practice.Country{"GR"}, []practice.City{known}, nil},
		"a city of the leading country": {[]string{"FR", "Lille", "", "Lyon"}, []practice.Country{"FR"}, []practice.City{lille, lyon}, nil},
		"a city twice is one":           {[]string{"FR", "Lille", "FR", "lille"}, []practice.Country{"FR"}, []practice.City{lille}, nil},
		"a country alone":               {[]string{"FR", ""}, []practice.Country{"FR"}, nil, nil},
		"a city without any country":    {[]string{"", "Lille", "XX", "Lyon"}, nil, nil, []submission.Rule{submission.Missing}},
		"nothing":                       {nil, nil, nil, nil},
	} {
		got, rules := typed(t, s, submission.TitleAndPlace, place(c.rows...))
		if got.Title != "A title" || !slices.Equal(got.Countries, c.countries) || !reflect.DeepEqual(got.Cities, c.cities) || !slices.Equal(rules, c.rules) {
			t.Errorf("%s: %+v, %v", name, got, rules)
		}
	}
	many := place()
	for i := range practice.MaxCities + 5 {
		many.Add("country", "FR")
		many.Add("city", "City "+strconv.Itoa(i))
	}
	if got, rules := typed(t, s, submission.TitleAndPlace, many); len(got.Cities) != practice.MaxCities+1 || !slices.Equal(rules, []submission.Rule{submission.TooLarge}) {
		t.Errorf("too many cities: %d, %v", len(got.Cities), rules)
	}
	s.Kind = submission.Translation
	if got, _ := typed(t, s, submission.TitleAndPlace, place("FR", "Lille")); got.Title != "A title" || !reflect.DeepEqual(got.Cities, s.Content.Cities) {
		t.Errorf("a translation took places: %+v", got)
	}
}

// lying is a city with the coordinates of the largest one of its name.
func lying(t *testing.T, country practice.Country, name string) practice.City {
	t.Helper()
	found := gazetteer.Find(country, name)
	if len(found) == 0 {
		t.Fatalf("%s, %s is not in the gazetteer", name, country)
	}
	return practice.City{Country: country, Name: name, Located: true, Latitude: found[0].Latitude, Longitude: found[0].Longitude}
}

// A city that was typed lies where the gazetteer has the largest of its name, one that
// was chosen where it was chosen, and one that nobody knows stays as it was typed.
func TestWhereCitiesLie(t *testing.T) {
	t.Parallel()
	springfields := gazetteer.Find("US", "Springfield")
	second := springfields[1]
	other := practice.City{Country: "US", Name: "Springfield", Located: true, Latitude: second.Latitude, Longitude: second.Longitude}
	hamlet := practice.City{Country: "US", Name: "Springfield", Located: true, Latitude: 1, Longitude: 2}
	for name, c := range map[string]struct {
		before               []practice.City
		country, city, point string
		want                 practice.City
	}{
		"typed":                       {nil, "US", "Springfield", "", lying(t, "US", "Springfield")},
		"typed in small letters":      {nil, "FR", "lille", "", practice.City{Country: "FR", Name: "lille", Located: true, Latitude: lying(t, "FR", "Lille").Latitude, Longitude: lying(t, "FR", "Lille").Longitude}},
		"chosen":                      {nil, "US", "Springfield", second.Point(), other},
		"chosen, and sent again":      {[]practice.City{other}, "US", "Springfield", second.Point(), other},
		"chosen instead":              {[]practice.City{other}, "US", "Springfield", springfields[0].Point(), lying(t, "US", "Springfield")},
		"chosen, then another typed":  {nil, "FR", "Lille", second.Point(), lying(t, "FR", "Lille")},
		"a point that is no city's":   {nil, "US", "Springfield", "1,2", lying(t, "US", "Springfield")},
		"known before, and elsewhere": {[]practice.City{hamlet}, "US", "Springfield", "1,2", hamlet},
		"unknown":                     {nil, "FR", "Trifouillis", second.Point(), practice.City{Country: "FR", Name: "Trifouillis"}},
		"in another script":           {nil, "PT", "Λισαβόνα", "", lying(t, "PT", "Lisbon")},
		"in another language":         {nil, "AT", "Wien", "", lying(t, "AT", "Vienna")},
		"by another of its names":     {nil, "DE", "Cologne", "", practice.City{Country: "DE", Name: "Cologne", Located: true, Latitude: lying(t, "DE", "Köln").Latitude, Longitude: lying(t, "DE", "Köln").Longitude}},
	} {
		s := submission.Submission{Content: submission.Content{Title: "A", Cities: c.before}}
		got, _ := typed(t, s, submission.TitleAndPlace, url.Values{"title": {"A"}, "country": {c.country}, "city": {c.city}, "point": {c.point}})
		if !slices.Equal(got.Cities, []practice.City{c.want}) {
			t.Errorf("%s: %+v, want %+v", name, got.Cities, c.want)
		}
	}
}

func TestPeriodAsTyped(t *testing.T) {
	t.Parallel()
	before := practice.Period{Start: practice.Date{Year: 2010}, Wording: "since 2010"}
	s := submission.Submission{Content: submission.Content{Title: "A", Period: before}}
	for name, c := range map[string]struct {
		month, year string
		want        practice.Period
		rules       []submission.Rule
	}{
		"the same dates keep the wording": {"", "2010", before, nil},
		"others do not":                   {"3", "2011", practice.Period{Start: practice.Date{Year: 2011, Month: 3}}, nil},
		"digits of another script":        {"", "٢٠١٢", practice.Period{Start: practice.Date{Year: 2012}}, nil},
		"a month that is none":            {"13", "2012", practice.Period{Start: practice.Date{Year: 2012}}, nil},
		"a month alone":                   {"3", "", practice.Period{}, []submission.Rule{submission.Impossible}},
		"no year at all":                  {"", "lately", practice.Period{}, []submission.Rule{submission.Impossible}},
		"a year of no practice":           {"", "1066", practice.Period{}, []submission.Rule{submission.Impossible}},
		"nothing":                         {"", "", practice.Period{}, nil},
	} {
		got, rules := typed(t, s, submission.Period, url.Values{"start_month": {c.month}, "start_year": {c.year}})
		if got.Period != c.want || !slices.Equal(rules, c.rules) {
			t.Errorf("%s: %+v, %v", name, got.Period, rules)
		}
	}
}

func TestConsentOfAPersonIsForgottenWithThePerson(t *testing.T) {
	t.Parallel()
	contact := submission.Part(practice.Contact)
	got, _ := typed(t, submission.Submission{Content: complete()}, contact, url.Values{"text": {"Desk"}, "person": {"no"}, "agrees": {"yes"}})
	if got.NamesPerson || got.PersonAgrees {
		t.Errorf("%+v", got)
	}
}

func TestUnknownTopicsAreDropped(t *testing.T) {
	t.Parallel()
	first := string(practice.Topics[0])
	got, _ := typed(t, submission.Submission{Content: complete()}, submission.Topics, url.Values{"topics": {"alchemy", first, first}})
	if !slices.Equal(got.Topics, practice.Topics[:1]) {
		t.Errorf("%v", got.Topics)
	}
}

func TestTextIsTidied(t *testing.T) {
	t.Parallel()
	got, _ := typed(t, submission.Submission{Content: complete()}, submission.Summary, url.Values{"text": {"One\r\n\r\nTwo \r\n"}})
	if got.Summary != "One\n\nTwo" {
		t.Errorf("%q", got.Summary)
	}
}
