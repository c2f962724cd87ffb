// Package component has the parts that several pages share, and writes values of the
// domain in the reader's language. It decides nothing about them.
package component

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"exempla/internal/account"
	"exempla/internal/catalogue"
	"exempla/internal/cover"
	"exempla/internal/gazetteer"
	"exempla/internal/locale"
	"exempla/internal/practice"
)

// Period writes a period in the reader's language: "since April 2017", "2019–2023",
// "ongoing", or "period not stated" if nothing is known.
func Period(l *locale.Locale, p practice.Period, today time.Time) string {
	open := p.Ongoing && (p.End.IsZero() || !p.End.IsZero() && (practice.Period{End: p.End}).Status(today) == practice.Ended)
	switch {
	case open && p.Start.IsZero():
		return l.T("period.ongoing")
	case open:
		return dated(l, "period.since", p.Start)
	case p.Start.IsZero() && p.End.IsZero():
		return l.T("period.not_stated")
	case p.Start.IsZero():
		return dated(l, "period.until", p.End)
	case p.End.IsZero() || p.End == p.Start:
		return date(l, p.Start)
	}
	return span(l, p)
}

// dated fills a message that has one form for a year and one for a month. In these
// messages the month follows a preposition, which needs its inflected name.
func dated(l *locale.Locale, key string, d practice.Date) string {
	if d.Month == 0 {
		return l.T(key+".year", "Year", l.Year(d.Year))
	}
	return l.T(key+".month", "Month", l.MonthName(d.Month), "Year", l.Year(d.Year))
}

func date(l *locale.Locale, d practice.Date) string {
	if d.Month == 0 {
		return l.Year(d.Year)
	}
	return l.T("period.month", "Month", l.MonthAlone(d.Month), "Year", l.Year(d.Year))
}

// span writes start and end. It writes the year alone if both are in the same year
// and only one has a month, or the other would seem to be unknown.
func span(l *locale.Locale, p practice.Period) string {
	start, end := p.Start, p.End
	if start.Year == end.Year && (start.Month == 0 || end.Month == 0) {
		return l.Year(start.Year)
	}
	if start.Month == 0 && end.Month == 0 {
		return l.T("period.years", "From", l.Year(start.Year), "To", l.Year(end.Year))
	}
	return l.T("period.months", "From", date(l, start), "To", date(l, end))
}

// EnglishTitle is the English title for readers who cannot read the title itself;
// empty if there is none or the title is in their language.
func EnglishTitle(l *locale.Locale, t practice.Text) string {
	if string(t.TitleLanguage) == l.Tag() {
		return ""
	}
	return t.TitleEnglish
}

// CityName is what the reader calls a city: as editors have it, else the gazetteer;
// its own name if neither knows.
func CityName(l *locale.Locale, c practice.City) string {
	if name := c.Names.In(practice.Language(l.Tag())); name != "" {
		return name
	}
	return gazetteer.Local(practice.Language(l.Tag()), c.Country, c.Name)
}

// AccountCity is what the reader calls a city that somebody writes for, with its country.
func AccountCity(l *locale.Locale, c account.City) string {
	return CityName(l, practice.City{Country: c.Country, Name: c.Name}) + " (" + l.Country(string(c.Country)) + ")"
}

// CoverOf makes the cover of a practice.
func CoverOf(p practice.Practice, columns, rows int) cover.Cover {
	topic, place := CoverSeed(p)
	return cover.New(topic, place, columns, rows)
}

// CoverSeed is what the cover of a practice is made of.
func CoverSeed(p practice.Practice) (topic, place string) {
	if len(p.Topics) > 0 {
		topic = string(p.Topics[0])
	}
	if len(p.Place.Cities) > 0 {
		place = catalogue.CityKey(p.Place.Cities[0])
	} else if len(p.Place.Countries) > 0 {
		place = string(p.Place.Countries[0])
	}
	return topic, place
}

// Spot is where a practice happened within one country.
type Spot struct {
	Cities  string // in one phrase; empty for the country as a whole
	Country string
}

// Phrase is the spot in one phrase.
func (s Spot) Phrase(l *locale.Locale) string {
	if s.Cities == "" {
		return s.Country
	}
	return s.Cities + l.T("place.comma") + s.Country
}

// Spots writes a place in the reader's language, country by country.
func Spots(l *locale.Locale, p practice.Place) []Spot {
	spots := make([]Spot, 0, len(p.Countries))
	for _, country := range p.Countries {
		var cities []string
		for _, city := range p.Cities {
			if city.Country == country {
				cities = append(cities, CityName(l, city))
			}
		}
		spots = append(spots, Spot{strings.Join(cities, l.T("place.comma")), l.Country(string(country))})
	}
	return spots
}

// excerptEnd is how far before the limit Excerpt looks for a space, in characters.
// Scripts without spaces have none, so there it cuts after any character.
const excerptEnd = 60

// Excerpt cuts a text to about limit characters, not inside a word, and adds "…" if
// anything is missing.
func Excerpt(text string, limit int) string {
	if utf8.RuneCountInString(text) <= limit {
		return text
	}
	runes := []rune(text)[:limit+1]
	cut := limit
	for i := limit; i > max(0, limit-excerptEnd); i-- {
		if unicode.IsSpace(runes[i]) {
			cut = i
			break
		}
	}
	return strings.TrimRightFunc(string(runes[:cut]), func(r rune) bool {
		return unicode.IsSpace(r) || unicode.IsPunct(r)
	}) + "…"
}
