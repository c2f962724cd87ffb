package submission

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"exempla/internal/gazetteer"
	"exempla/internal/practice"
	"exempla/internal/prose"
)

// CityRow is one line of the places: a country, and a city of it or none. The point
// is where the city lies, as package gazetteer writes it, to tell cities of the same
// name apart; empty if that is not known.
type CityRow struct{ Country, City, Point string }

// PartForm is what the form of a part holds, as it is stored or as it was typed,
// right or wrong.
type PartForm struct {
	Title, Organisation            string
	Rows                           []CityRow
	National                       bool
	StartMonth, StartYear          string
	EndMonth, EndYear              string
	Ongoing                        bool
	Topics, Keywords               []string
	OtherKeywords                  string // words for some more, as they were typed
	Text                           string
	NamesPerson, Agrees, Completed bool
}

// NewPartForm returns the form of a part as it is stored.
func NewPartForm(c Content, p Part) PartForm {
	f := PartForm{Text: c.Text(p), Completed: c.Is(p)}
	for _, d := range descriptors {
		if d.show != nil {
			d.show(&f, c)
		}
	}
	return f
}

// ParsePartForm reads the form of a part as it was sent.
func ParsePartForm(values url.Values) PartForm {
	f := PartForm{Text: Tidy(values.Get("text")), Completed: values.Has("completed")}
	for _, d := range descriptors {
		if d.read != nil {
			d.read(&f, values)
		}
	}
	return f
}

// Fill returns the content of the submission with one part as it was typed, and
// what cannot be kept as it is: where the only such thing is Unknown, the rest can
// be saved. Everything else stays as it is.
func (s Submission) Fill(p Part, f PartForm) (Content, []Problem) {
	c, d := s.Content, p.describe()
	if d.isText {
		c = c.WithText(p, f.Text)
	}
	var problems []Problem
	if d.write != nil {
		problems = d.write(&c, f, s)
	}
	c = c.WithCompleted(p, f.Completed)
	return c, append(problems, c.sizes(p)...)
}

// OneLine returns a text on one line, with single spaces.
func OneLine(text string) string { return strings.Join(strings.Fields(prose.Clean(text)), " ") }

// Tidy returns a text of several lines as it is kept, whatever it was pasted from.
func Tidy(text string) string { return prose.Tidy(text) }

// CityRows lists the cities of a content, then the countries without one.
func CityRows(c Content) []CityRow {
	var rows []CityRow
	for _, city := range c.Cities {
		row := CityRow{Country: string(city.Country), City: city.Name}
		if city.Located {
			row.Point = gazetteer.Point(city.Latitude, city.Longitude)
		}
		rows = append(rows, row)
	}
	for _, country := range c.Countries {
		if !slices.ContainsFunc(rows, func(r CityRow) bool { return r.Country == string(country) }) {
			rows = append(rows, CityRow{Country: string(country)})
		}
	}
	return rows
}

func readPlace(f *PartForm, values url.Values) {
	f.Title = OneLine(values.Get(TitleField))
	f.Organisation = OneLine(values.Get(OrganisationField))
	f.National = values.Has(NationalField)
	countries, points := values[CountryField], values[PointField]
	for i, city := range values[CityField] {
		row := CityRow{City: OneLine(city)}
		if i < len(countries) {
			row.Country = countries[i]
		}
		if i < len(points) {
			row.Point = points[i]
		}
		// One row too many is kept, so that it is refused and not lost in silence.
		if row.Country+row.City != "" && len(f.Rows) <= practice.MaxCities {
			f.Rows = append(f.Rows, row)
		}
	}
}

// writePlace takes over the title, and the places where it is no translation. A
// city without a country is one of the leading country.
func writePlace(c *Content, f PartForm, s Submission) []Problem {
	c.Title = f.Title
	if s.Kind == Translation {
		return nil
	}
	var problems []Problem
	before := c.Cities
	c.Countries, c.Cities, c.National, c.Organisation = nil, nil, f.National, f.Organisation
	for _, row := range f.Rows {
		country := practice.Country(row.Country)
		if !country.Known() && len(c.Countries) > 0 {
			country = c.Countries[0]
		}
		if !country.Known() {
			if row.City != "" && len(problems) == 0 {
				problems = append(problems, Problem{Part: TitleAndPlace, Field: CountryField, Rule: Missing})
			}
			continue
		}
		if !slices.Contains(c.Countries, country) {
			c.Countries = append(c.Countries, country)
		}
		city := practice.City{Country: country, Name: gazetteer.Catalogued(country, row.City)}
		if row.City == "" || slices.ContainsFunc(c.Cities, sameCity(city)) {
			continue
		}
		c.Cities = append(c.Cities, located(city, row.Point, before))
	}
	return problems
}

// located is a city with its coordinates: those of the point, if a city of this name
// lies there, those that it had before, or those of the largest city of this name. A
// point is believed only if the gazetteer has it, since the name may have been changed
// after a choice.
func located(city practice.City, point string, before []practice.City) practice.City {
	found := gazetteer.Find(city.Country, city.Name)
	at := slices.IndexFunc(found, func(c gazetteer.City) bool { return c.Point() == point })
	if at < 0 {
		known := slices.IndexFunc(before, func(c practice.City) bool { return c.Country == city.Country && c.Name == city.Name && c.Located })
		if known >= 0 {
			return before[known]
		}
		at = 0
	}
	if len(found) > 0 {
		city.Located, city.Latitude, city.Longitude = true, found[at].Latitude, found[at].Longitude
	}
	return city
}

// Located is a city with the coordinates that the gazetteer has for its name, if it
// has some.
func Located(city practice.City) practice.City { return located(city, "", nil) }

func sameCity(city practice.City) func(practice.City) bool {
	return func(other practice.City) bool {
		return other.Country == city.Country && practice.Slugify(other.Name) == practice.Slugify(city.Name)
	}
}

func readPeriod(f *PartForm, values url.Values) {
	f.StartMonth, f.StartYear = values.Get("start_month"), OneLine(values.Get(StartField))
	f.EndMonth, f.EndYear = values.Get("end_month"), OneLine(values.Get(EndField))
	f.Ongoing = values.Has("ongoing")
}

func showPeriod(f *PartForm, c Content) {
	f.StartMonth, f.StartYear = dateTexts(c.Period.Start)
	f.EndMonth, f.EndYear = dateTexts(c.Period.End)
	f.Ongoing = c.Period.Ongoing
}

// writePeriod takes over when a practice ran. The words of a source no longer
// say it once the dates are others.
func writePeriod(c *Content, f PartForm) []Problem {
	start, problems := parseDate(StartField, f.StartMonth, f.StartYear)
	end, more := parseDate(EndField, f.EndMonth, f.EndYear)
	p := practice.Period{Start: start, End: end, Ongoing: f.Ongoing, Wording: c.Period.Wording}
	if p != c.Period {
		p.Wording = ""
	}
	c.Period = p
	return append(problems, more...)
}

func dateTexts(d practice.Date) (month, year string) {
	if d.Month != 0 {
		month = strconv.Itoa(int(d.Month))
	}
	if d.Year != 0 {
		year = strconv.Itoa(d.Year)
	}
	return month, year
}

// parseDate reads a month and a year; a month alone is no date.
func parseDate(field, month, year string) (practice.Date, []Problem) {
	m, err := strconv.Atoi(month)
	if err != nil || m < 1 || m > 12 {
		m = 0
	}
	if year == "" && m == 0 {
		return practice.Date{}, nil
	}
	y, err := strconv.Atoi(strings.Map(latinDigit, year))
	if err != nil || !practice.PlausibleYear(y) {
		return practice.Date{}, []Problem{{Part: Period, Field: field, Rule: Impossible}}
	}
	return practice.Date{Year: y, Month: time.Month(m)}, nil
}

// latinDigit turns the digits of any script into those that programs read. In
// every script the ten stand in a row, with something else before the zero.
func latinDigit(r rune) rune {
	if r < 128 || !unicode.IsDigit(r) {
		return r
	}
	for n, zero := rune(0), r; n < 10; n, zero = n+1, zero-1 {
		if !unicode.IsDigit(zero - 1) {
			return '0' + n
		}
	}
	return r
}
