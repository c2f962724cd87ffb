package exchange

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"time"
	"unicode"

	"exempla/internal/practice"
	"exempla/internal/text"
	"exempla/internal/thesaurus"
)

// practice converts the row. It leaves validation to Practice.Check.
func (w *row) practice() practice.Practice {
	return practice.Practice{
		Slug:         w.Slug,
		Place:        w.place(),
		Topics:       topics(w.Topics),
		Keywords:     keywords(w.Keywords),
		Period:       w.period(),
		Organisation: plain(w.RunBy),
		Licence:      plain(w.Licence),
		// In these files, the organisation is the publisher, not who runs the practice.
		Source: practice.Source{Name: plain(w.Organisation), URL: plain(w.SourceURL), Listing: w.SourceListing},
		Texts:  w.texts(),
	}
}

// place collects countries and cities: the row's own, then those of also_in.
func (w *row) place() practice.Place {
	var place practice.Place
	home := country(w.CountryCode)
	if home != "" {
		place.AddCountry(home)
	}
	own := w.Cities
	if len(own) == 0 && w.City != "" {
		own = []city{{Name: w.City, Latitude: w.Latitude, Longitude: w.Longitude}}
	}
	for _, c := range own {
		in := cmp.Or(country(c.CountryCode), home)
		if in != "" {
			place.AddCountry(in)
		}
		place.Cities = append(place.Cities, c.city(in))
	}
	for _, c := range w.AlsoIn {
		in := country(c.CountryCode)
		place.AddCountry(in)
		if c.Name != "" {
			place.Cities = append(place.Cities, c.city(in))
		}
	}
	return place
}

func (c city) city(country practice.Country) practice.City {
	made := practice.City{Country: country, Name: plain(c.Name)}
	if c.Latitude != nil && c.Longitude != nil {
		made.Latitude, made.Longitude, made.Located = *c.Latitude, *c.Longitude, true
	}
	return made
}

// period merges wording and columns: the columns decide the years, the wording adds
// months where no column says them. Without any of the columns, the wording decides.
func (w *row) period() practice.Period {
	period := practice.ParsePeriod(plain(w.Period))
	if !slices.ContainsFunc([]string{"start_year", "start_month", "end_year", "end_month", "ongoing"}, w.has) {
		return period
	}
	for _, column := range []struct {
		name string
		year int
	}{{"start_year", w.StartYear}, {"end_year", w.EndYear}} {
		if column.year != 0 && !practice.PlausibleYear(column.year) {
			w.fault(column.name, "must be a year from %d to %d", practice.MinYear, practice.MaxYear)
		}
	}
	if w.EndYear != 0 && w.EndYear < w.StartYear {
		w.fault("end_year", "is before start_year")
	}
	period = period.WithYears(w.StartYear, w.EndYear, w.Ongoing)
	w.month("start_month", w.StartMonth, &period.Start)
	w.month("end_month", w.EndMonth, &period.End)
	return period
}

// month sets the month of a date to what its column says, if there is one.
func (w *row) month(column string, month int, date *practice.Date) {
	switch {
	case !w.has(column):
	case month < 0 || month > int(time.December):
		w.fault(column, "must be a month from 1 to 12")
	case month > 0 && date.Year == 0:
		w.fault(column, "needs the year beside it")
	default:
		date.Month = time.Month(month)
	}
}

func (w *row) has(field string) bool {
	_, ok := w.lines[field]
	return ok
}

// texts converts the original and the translations, these sorted by language, so
// that reading a file twice gives the same result.
func (w *row) texts() []practice.Text {
	original := practice.Text{
		Language: languageOf(w.Language), State: practice.Original,
		Title: plain(w.Title), TitleLanguage: languageOf(w.TitleLanguage),
		TitleEnglish: plain(w.TitleEnglish),
		Summary:      strings.TrimSpace(w.Summary), Sections: trimmed(w.Sections),
	}
	if original.Language == "" {
		original.Language = practice.English
	}
	if original.TitleLanguage == "" {
		original.TitleLanguage = original.Language
	}
	texts := []practice.Text{original}
	for _, language := range slices.Sorted(maps.Keys(w.Texts)) {
		texts = append(texts, w.Texts[language].text(languageOf(string(language))))
	}
	return texts
}

func (t translation) text(language practice.Language) practice.Text {
	state := t.State
	if state == "" {
		state = practice.Human
	}
	return practice.Text{Language: language, State: state, Title: plain(t.Title), TitleLanguage: language,
		Summary: strings.TrimSpace(t.Summary), Sections: trimmed(t.Sections)}
}

// plain is a field of one line as it is meant, without the entities that web pages and
// their databases are full of. In summaries and sections, pages read them.
func plain(written string) string {
	return strings.TrimSpace(text.Unescape(written, oneLine))
}

// oneLine is a character as a field of one line has it: a line end parts words, and
// what cannot be seen, such as a soft hyphen, is left out.
func oneLine(character string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsControl(r):
			return ' '
		case r == '\u00ad', r == '\u200b', r == '\u2060', r == '\ufeff':
			return -1
		}
		return r
	}, character)
}

// topics writes topics as the taxonomy does: "Anti-rumour" is anti-rumour.
func topics(written []practice.Topic) []practice.Topic {
	for i, topic := range written {
		if slug := practice.Topic(practice.Slugify(plain(string(topic)))); slug.Known() {
			written[i] = slug
		}
	}
	return written
}

// keywords writes keywords as the thesaurus does.
func keywords(written []string) []string {
	for i, keyword := range written {
		if slug := practice.Slugify(plain(keyword)); keyword != "" && hasConcept(slug) {
			written[i] = slug
		}
	}
	return written
}

func hasConcept(id string) bool {
	_, ok := thesaurus.Numbers()[id]
	return ok
}

// trimmed trims sections and drops empty ones, so that no heading stands alone, and
// those that are none, which has been told.
func trimmed(sections map[practice.Section]string) map[practice.Section]string {
	kept := map[practice.Section]string{}
	for section, text := range sections {
		if text = strings.TrimSpace(text); text != "" && section.Known() {
			kept[section] = text
		}
	}
	if len(kept) == 0 {
		return nil
	}
	return kept
}
