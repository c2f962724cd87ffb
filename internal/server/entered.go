package server

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"exempla/internal/practice"
	"exempla/internal/submission"
	"exempla/web/page"
)

// entered reads the form of a part as it was typed.
func entered(form url.Values) page.Entered {
	e := page.Entered{Title: line(form.Get(submission.TitleField)), Organisation: line(form.Get("organisation")), National: form.Has("national"),
		StartMonth: form.Get("start_month"), StartYear: line(form.Get(submission.StartField)), EndMonth: form.Get("end_month"),
		EndYear: line(form.Get(submission.EndField)), Ongoing: form.Has("ongoing"), Topics: form["topics"], Text: tidy(form.Get("text")),
		NamesPerson: form.Get("person") == "yes", Agrees: form.Has("agrees"), Completed: form.Has("completed")}
	countries := form[submission.CountryField]
	for i, city := range form[submission.CityField] {
		row := page.CityRow{City: line(city)}
		if i < len(countries) {
			row.Country = countries[i]
		}
		if row != (page.CityRow{}) && len(e.Rows) <= practice.MaxCities {
			e.Rows = append(e.Rows, row)
		}
	}
	return e
}

// written is the content with a part as it was typed, and what cannot be kept
// as it is. All that is not in the form stays.
func written(e page.Entered, s submission.Submission, part submission.Part) (submission.Content, []submission.Problem) {
	c := s.Content
	var problems []submission.Problem
	switch {
	case part == submission.TitleAndPlace:
		c.Title = e.Title
		if s.Kind != submission.Translation {
			c, problems = placed(c, e)
		}
	case part == submission.Period:
		c.Period, problems = period(c.Period, e)
	case part == submission.Topics:
		c.Topics = slices.DeleteFunc(slices.Clone(practice.Topics), func(t practice.Topic) bool { return !slices.Contains(e.Topics, string(t)) })
	case part.IsText():
		c = c.WithText(part, e.Text)
	}
	if part == submission.Part(practice.Contact) {
		c.NamesPerson, c.PersonAgrees = e.NamesPerson, e.NamesPerson && e.Agrees
	}
	c = c.WithCompleted(part, e.Completed)
	for _, p := range c.Sizes() {
		if p.Part == part {
			problems = append(problems, p)
		}
	}
	return c, problems
}

// placed takes over the places. A city without a country is one of the leading
// country; what is known of a city that was there before is kept.
func placed(c submission.Content, e page.Entered) (submission.Content, []submission.Problem) {
	var problems []submission.Problem
	before := c.Cities
	c.Countries, c.Cities, c.National, c.Organisation = nil, nil, e.National, e.Organisation
	for _, row := range e.Rows {
		country := practice.Country(row.Country)
		if !country.Known() && len(c.Countries) > 0 {
			country = c.Countries[0]
		}
		if !country.Known() {
			if row.City != "" && len(problems) == 0 {
				problems = append(problems, submission.Problem{Part: submission.TitleAndPlace, Field: submission.CountryField, Rule: submission.Missing})
			}
			continue
		}
		c.Countries = appendOnce(c.Countries, country)
		city := practice.City{Country: country, Name: row.City}
		if row.City == "" || slices.ContainsFunc(c.Cities, sameCity(city)) {
			continue
		}
		if at := slices.IndexFunc(before, sameCity(city)); at >= 0 && before[at].Name == city.Name {
			city = before[at]
		}
		c.Cities = append(c.Cities, city)
	}
	return c, problems
}

func sameCity(city practice.City) func(practice.City) bool {
	return func(other practice.City) bool {
		return other.Country == city.Country && practice.Slugify(other.Name) == practice.Slugify(city.Name)
	}
}

// period reads when a practice ran. The words of a source say it no longer once
// the dates are others.
func period(before practice.Period, e page.Entered) (practice.Period, []submission.Problem) {
	start, problems := date(submission.StartField, e.StartMonth, e.StartYear)
	end, more := date(submission.EndField, e.EndMonth, e.EndYear)
	p := practice.Period{Start: start, End: end, Ongoing: e.Ongoing, Wording: before.Wording}
	if p != before {
		p.Wording = ""
	}
	return p, append(problems, more...)
}

// date reads a month and a year; a month alone is no date.
func date(field, month, year string) (practice.Date, []submission.Problem) {
	m, err := strconv.Atoi(month)
	if err != nil || m < 1 || m > 12 {
		m = 0
	}
	if year == "" && m == 0 {
		return practice.Date{}, nil
	}
	y, err := strconv.Atoi(strings.Map(latinDigit, year))
	if err != nil || !practice.PlausibleYear(y) {
		return practice.Date{}, []submission.Problem{{Part: submission.Period, Field: field, Rule: submission.Impossible}}
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
