package store

import (
	"strings"
	"time"

	"exempla/internal/practice"
)

// table describes how practices become rows of one table: by COPY, and where
// that cannot write to the table directly, through a staging table and a
// statement that moves the rows on.
type table struct {
	name    string
	columns []string
	rows    func(w *writer, batch []incoming) [][]any
	then    string
}

// tables lists the tables of a practice in the order that foreign keys demand.
var tables = []table{
	{"staged_practice", strings.Fields(`number slug state archive_reason start_year start_month end_year end_month ongoing
		period_wording organisation licence source_name source_url source_listing keywords revision change updated`), practiceRows, `
		insert into practice (number, slug, state, archive_reason, start_year, start_month, end_year, end_month, ongoing,
			period_wording, organisation, licence, source_name, source_url, source_listing, keywords, revision, change, updated)
		select number, slug, state, archive_reason, start_year, start_month, end_year, end_month, ongoing,
			period_wording, organisation, licence, source_name, source_url, source_listing, keywords, revision, change, updated
		from staged_practice
		on conflict (number) do update set start_year = excluded.start_year, start_month = excluded.start_month,
			end_year = excluded.end_year, end_month = excluded.end_month, ongoing = excluded.ongoing,
			period_wording = excluded.period_wording, organisation = excluded.organisation, licence = excluded.licence,
			source_name = excluded.source_name, source_url = excluded.source_url,
			source_listing = excluded.source_listing, keywords = excluded.keywords, revision = excluded.revision, change = excluded.change, updated = excluded.updated;
		truncate staged_practice`},
	{"practice_country", []string{"practice", "position", "country"}, countryRows, ""},
	{"practice_city", []string{"practice", "position", "city"}, cityRows, ""},
	{"practice_topic", []string{"practice", "position", "topic"}, topicRows, ""},
	{"practice_text", strings.Fields(`practice position language state title title_language title_english summary sections
		attachments`), textRows, ""},
	{"practice_revision", strings.Fields(`practice revision language origin content digest written change`), revisionRows, ""},
}

func practiceRows(w *writer, batch []incoming) [][]any {
	var rows [][]any
	for _, in := range batch {
		p := in.Period
		rows = append(rows, []any{in.Number, in.Slug, "live", "",
			stated(p.Start.Year), stated(int(p.Start.Month)), stated(p.End.Year), stated(int(p.End.Month)), p.Ongoing,
			p.Wording, in.Organisation, in.Licence, in.Source.Name, in.Source.URL, in.Source.Listing, append([]string{}, in.Keywords...), in.revision, w.change,
			stamped(in.updated(w.at))})
	}
	return rows
}

// updated is when people changed the practice: at, unless it is published by
// this revision or comes from a file, which is no update to a reader.
func (in *incoming) updated(at time.Time) time.Time {
	if in.origin == byImport || in.revision == 1 {
		return time.Time{}
	}
	return at
}

func countryRows(_ *writer, batch []incoming) [][]any {
	var rows [][]any
	for _, in := range batch {
		for position, country := range in.Place.Countries {
			rows = append(rows, []any{in.Number, position, string(country)})
		}
	}
	return rows
}

func cityRows(w *writer, batch []incoming) [][]any {
	var rows [][]any
	for _, in := range batch {
		seen := map[int64]bool{}
		for position, city := range in.Place.Cities {
			if id := w.cities[keyOf(city)]; !seen[id] {
				seen[id] = true
				rows = append(rows, []any{in.Number, position, id})
			}
		}
	}
	return rows
}

func topicRows(_ *writer, batch []incoming) [][]any {
	var rows [][]any
	for _, in := range batch {
		for position, topic := range in.Topics {
			rows = append(rows, []any{in.Number, position, string(topic)})
		}
	}
	return rows
}

func textRows(_ *writer, batch []incoming) [][]any {
	var rows [][]any
	for _, in := range batch {
		for position, t := range in.Texts {
			sections := t.Sections
			if sections == nil {
				sections = map[practice.Section]string{}
			}
			attachments := t.Attachments
			if attachments == nil {
				attachments = []practice.Attachment{}
			}
			rows = append(rows, []any{in.Number, position, string(t.Language), string(t.State), t.Title,
				string(t.TitleLanguage), t.TitleEnglish, t.Summary, sections, attachments})
		}
	}
	return rows
}

func revisionRows(w *writer, batch []incoming) [][]any {
	var rows [][]any
	for _, in := range batch {
		rows = append(rows, []any{in.Number, in.revision, string(in.language), in.origin,
			in.content, in.digest[:], w.at, w.change})
	}
	return rows
}
