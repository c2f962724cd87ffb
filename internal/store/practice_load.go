package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"exempla/internal/practice"
)

// scope selects the practices to load, by a condition on table practice p.
type scope struct {
	where    string
	lists    string // the same for their lists, on column practice alone, which saves a join; extra rows are ignored
	args     pgx.NamedArgs
	sections bool // whether to load sections and attachments; listings show none
}

// load reads practices in one round trip: their rows, then each of their lists,
// which are joined here by number.
func load(ctx context.Context, tx pgx.Tx, s scope) ([]practice.Practice, error) {
	l := loader{at: map[int64]int{}}
	lists := `join practice p on p.number = practice where ` + s.where
	if s.lists != "" {
		lists = `where ` + s.lists
	}
	var batch pgx.Batch
	batch.Queue(`select number, slug, start_year, start_month, end_year, end_month, ongoing, period_wording,
		organisation, licence, source_name, source_url, source_listing, keywords, revision, published, updated
		from practice p where `+s.where+` order by number`, s.args).Query(l.practices)
	batch.Queue(`select practice, country from practice_country `+lists+`
		order by practice, position`, s.args).Query(l.countries)
	batch.Queue(`select practice, c.country, c.name, c.latitude, c.longitude, nullif(c.names, '{}'), nullif(c.aliases, '{}') from practice_city
		join city c on c.id = city `+lists+` order by practice, position`, s.args).Query(l.cities)
	batch.Queue(`select practice, topic from practice_topic `+lists+`
		order by practice, position`, s.args).Query(l.topics)
	sections := `null::jsonb, null::jsonb`
	if s.sections {
		sections = `nullif(sections, '{}'::jsonb), nullif(attachments, '[]'::jsonb)`
	}
	batch.Queue(`select practice, t.language, t.state, title, title_language, title_english, summary, `+sections+`
		from practice_text t `+lists+` order by practice, position`, s.args).Query(l.texts)
	if err := tx.SendBatch(ctx, &batch).Close(); err != nil {
		return nil, err
	}
	return l.list, nil
}

// loader assembles practices from rows.
type loader struct {
	list []practice.Practice
	at   map[int64]int // index in list by number
}

// of returns the practice with a number, or nil if it is not being loaded.
func (l *loader) of(number int64) *practice.Practice {
	at, ok := l.at[number]
	if !ok {
		return nil
	}
	return &l.list[at]
}

func (l *loader) practices(rows pgx.Rows) error {
	return each(rows, func() error {
		var p practice.Practice
		var startYear, startMonth, endYear, endMonth *int
		var published, updated *time.Time
		err := rows.Scan(&p.Number, &p.Slug, &startYear, &startMonth, &endYear, &endMonth, &p.Period.Ongoing,
			&p.Period.Wording, &p.Organisation, &p.Licence, &p.Source.Name, &p.Source.URL,
			&p.Source.Listing, &p.Keywords, &p.Revision, &published, &updated)
		p.Period.Start, p.Period.End = date(startYear, startMonth), date(endYear, endMonth)
		if len(p.Keywords) == 0 {
			p.Keywords = nil // as in a practice that was never stored
		}
		p.Published, p.Updated = value(published), value(updated)
		l.at[p.Number] = len(l.list)
		l.list = append(l.list, p)
		return err
	})
}

func (l *loader) countries(rows pgx.Rows) error {
	var number int64
	var country practice.Country
	return each(rows, func() error {
		err := rows.Scan(&number, &country)
		if p := l.of(number); p != nil {
			p.Place.Countries = append(p.Place.Countries, country)
		}
		return err
	})
}

func (l *loader) cities(rows pgx.Rows) error {
	return each(rows, func() error {
		var number int64
		var city practice.City
		var latitude, longitude *float64
		var shown map[practice.Language]string
		var others []string
		err := rows.Scan(&number, &city.Country, &city.Name, &latitude, &longitude, &shown, &others)
		city.Names = practice.NewCityNames(shown, others)
		city.Latitude, city.Longitude, city.Located = value(latitude), value(longitude), latitude != nil
		if p := l.of(number); p != nil {
			p.Place.Cities = append(p.Place.Cities, city)
		}
		return err
	})
}

func (l *loader) topics(rows pgx.Rows) error {
	var number int64
	var topic practice.Topic
	return each(rows, func() error {
		err := rows.Scan(&number, &topic)
		if p := l.of(number); p != nil {
			p.Topics = append(p.Topics, topic)
		}
		return err
	})
}

func (l *loader) texts(rows pgx.Rows) error {
	return each(rows, func() error {
		var number int64
		var t practice.Text
		err := rows.Scan(&number, &t.Language, &t.State, &t.Title, &t.TitleLanguage, &t.TitleEnglish, &t.Summary, &t.Sections, &t.Attachments)
		if p := l.of(number); p != nil {
			p.Texts = append(p.Texts, t)
		}
		return err
	})
}

// date makes a date of two columns that may be null.
func date(year, month *int) practice.Date {
	return practice.Date{Year: value(year), Month: time.Month(value(month))}
}

// Find returns the live practice at an address, with all sections. Errors:
// ErrNotFound, Moved, Archived, ErrAway.
func (s *Practices) Find(ctx context.Context, slug string) (practice.Practice, error) {
	var found []practice.Practice
	err := s.db.snapshot(ctx, func(tx pgx.Tx) (err error) {
		wanted := scope{where: "p.slug = @slug and p.state = 'live'", args: pgx.NamedArgs{"slug": slug}, sections: true}
		found, err = load(ctx, tx, wanted)
		if err == nil && len(found) == 0 {
			err = whyAbsent(ctx, tx, slug)
		}
		return err
	})
	if err != nil {
		return practice.Practice{}, fmt.Errorf("load practice: %w", err)
	}
	return found[0], nil
}

// Numbers returns the numbers of the live practices at these addresses, by slug; also by
// one that a practice had before. Errors: ErrAway.
func (s *Practices) Numbers(ctx context.Context, slugs []string) (map[string]int64, error) {
	type at struct {
		Slug   string
		Number int64
	}
	found, err := rowsOf(ctx, s.question(`select slug, number from practice where slug = any(@slugs) and state = 'live'
		union all select o.slug, p.number from old_slug o join practice p on p.number = o.practice
		where o.slug = any(@slugs) and p.state = 'live'`, pgx.NamedArgs{"slugs": slugs}), pgx.RowToStructByPos[at])
	if err != nil {
		return nil, fmt.Errorf("find practices: %w", err)
	}
	numbers := map[string]int64{}
	for _, one := range found {
		numbers[one.Slug] = one.Number
	}
	return numbers, nil
}

// Slugs returns the slugs of practices, live or archived, in the order of their numbers
// here. Unknown numbers are left out. Errors: ErrAway.
func (s *Practices) Slugs(ctx context.Context, numbers []int64) ([]string, error) {
	rows, err := s.pool.Query(ctx, `select slug from practice join unnest(@numbers::bigint[]) with ordinality as n (number, position)
		using (number) order by position`, pgx.NamedArgs{"numbers": numbers})
	if err != nil {
		return nil, fmt.Errorf("find slugs: %w", classify(err))
	}
	list, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		return nil, fmt.Errorf("find slugs: %w", classify(err))
	}
	return list, nil
}

// whyAbsent returns the error for a slug without a live practice: Moved,
// Archived or ErrNotFound.
func whyAbsent(ctx context.Context, tx pgx.Tx, slug string) error {
	var now, reason string
	err := tx.QueryRow(ctx, `select p.slug, '' from old_slug o join practice p on p.number = o.practice where o.slug = @slug
		union all select '', archive_reason from practice where slug = @slug and state = 'archived'`,
		pgx.NamedArgs{"slug": slug}).Scan(&now, &reason)
	switch {
	case errors.Is(err, pgx.ErrNoRows):
		return ErrNotFound
	case err != nil:
		return err
	case now != "":
		return Moved{now}
	}
	found, err := load(ctx, tx, scope{where: "p.slug = @slug and p.state = 'archived'", args: pgx.NamedArgs{"slug": slug}})
	if err != nil || len(found) == 0 {
		return err
	}
	return Archived{reason, found[0]}
}

// Title returns the title and languages of a practice's original text, live or
// archived; all other fields are empty. Errors: ErrNotFound, ErrAway.
func (s *Practices) Title(ctx context.Context, number int64) (practice.Text, error) {
	var t practice.Text
	err := s.pool.QueryRow(ctx, `select language, title, title_language from practice_text where practice = @number order by position limit 1`,
		pgx.NamedArgs{"number": number}).Scan(&t.Language, &t.Title, &t.TitleLanguage)
	if err != nil {
		return t, fmt.Errorf("load title: %w", classify(orNotFound(err)))
	}
	return t, nil
}
