package store

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"exempla/internal/catalogue"
)

// Listing is the result of ListBySQL.
type Listing struct {
	Total  int
	Page   []int64          // numbers of the page's practices, in order
	Counts []map[string]int // by facet: the number of practices for each value; values without any are missing
}

// Worded are the numbers of the practices that words find and exclude.
type Worded struct{ Found, Excluded []int64 }

// WordedBySQL finds the practices whose texts have a word just so, but for
// capitals, by reading all texts. Like ListBySQL it is what search is compared
// with. Errors: ErrAway.
func (s *Practices) WordedBySQL(ctx context.Context, word string) (Worded, error) {
	ctx, cancel := context.WithTimeout(ctx, longTime)
	defer cancel()
	rows, err := s.pool.Query(ctx, `select distinct practice from practice_text join practice p on p.number = practice and p.state = 'live'
		where lower(concat_ws(' ', title, title_english, summary, sections::text, p.organisation)) ~ ('\m' || lower(@word) || '\M')`, pgx.NamedArgs{"word": word})
	if err != nil {
		return Worded{}, fmt.Errorf("look for a word by plain SQL: %w", classify(err))
	}
	found, err := pgx.CollectRows(rows, pgx.RowTo[int64])
	if err != nil {
		return Worded{}, fmt.Errorf("look for a word by plain SQL: %w", classify(err))
	}
	return Worded{Found: found}, nil
}

// seen derives from a practice's period what it means today: its status, and
// its first and last year, null where unknown. It is practice.Period in SQL.
const seen = `cross join lateral (select
	case when ongoing then 'running' when end_year is null then 'unknown'
		when @now_year * 12 + @now_month <= end_year * 12 + coalesce(end_month, 12) then 'running' else 'ended' end as status,
	case when start_year is not null then start_year when end_year <= @now_year and not ongoing then end_year end as first,
	case when start_year is null then case when end_year <= @now_year and not ongoing then end_year end
		when ongoing then greatest(start_year, @now_year) when end_year is null then start_year
		else greatest(start_year, least(end_year, @now_year)) end as last) d`

// counting has for each facet where its values come from, what they are, and
// the condition that a practice has a selected one.
var counting = map[catalogue.Facet]struct{ from, value, chosen string }{
	catalogue.Topic: {"join practice_topic v on v.practice = p.number", "v.topic",
		"exists (select from practice_topic t where t.practice = p.number and t.topic = any(@topic))"},
	catalogue.Country: {"join practice_country v on v.practice = p.number", "v.country",
		"exists (select from practice_country c where c.practice = p.number and c.country = any(@country))"},
	catalogue.City: {"join practice_city pc on pc.practice = p.number join city c on c.id = pc.city cross join lateral (select lower(c.country) || '-' || c.slug as key) v", "v.key",
		"exists (select from practice_city pc join city c on c.id = pc.city where pc.practice = p.number and lower(c.country) || '-' || c.slug = any(@city))"},
	catalogue.Language: {"join practice_text v on v.practice = p.number", "v.language",
		"exists (select from practice_text l where l.practice = p.number and l.language = any(@language))"},
	catalogue.Year: {"left join lateral generate_series(first, last) v (year) on true", "coalesce(v.year::text, 'unknown')",
		"(first is null and 'unknown' = any(@year) or exists (select from unnest(@years::int[]) y where y between first and last))"},
	catalogue.Status: {"", "status", "status = any(@status)"},
}

// ListBySQL answers a listing with plain SQL, one statement for each facet:
// benchmarks and tests compare the catalogue's index with it. Worded are
// the practices that the selection's words find. Only the orders by start are supported;
// others, which need the reader's alphabet or the ranks of words, are answered
// newest first. Of the same start, it does not ask how much there is to read. Errors:
// ErrAway.
func (s *Practices) ListBySQL(ctx context.Context, selection catalogue.Selection, worded Worded, today time.Time) (Listing, error) {
	ctx, cancel := context.WithTimeout(ctx, longTime)
	defer cancel()
	counted := Listing{Counts: make([]map[string]int, len(catalogue.Facets))}
	var batch pgx.Batch
	args := plainArgs(selection, worded, today)
	batch.Queue(`select count(*) `+plainFrom(selection, "", -1), args).QueryRow(func(row pgx.Row) error { return row.Scan(&counted.Total) })
	for _, f := range catalogue.Facets {
		counts := map[string]int{}
		counted.Counts[f] = counts
		batch.Queue(`select `+counting[f].value+`, count(*) `+plainFrom(selection, counting[f].from, f)+` group by 1`, args).Query(func(rows pgx.Rows) error {
			var key string
			var count int
			_, err := pgx.ForEachRow(rows, []any{&key, &count}, func() error { counts[key] = count; return nil })
			return err
		})
	}
	direction := "desc"
	if selection.Sort == catalogue.Oldest {
		direction = "asc"
	}
	batch.Queue(`select number `+plainFrom(selection, "", -1)+` order by start_year is null, start_year `+direction+`,
		coalesce(start_month, 0) `+direction+`, slug collate "C" limit @size offset @first`, args).Query(func(rows pgx.Rows) (err error) {
		counted.Page, err = pgx.CollectRows(rows, pgx.RowTo[int64])
		return err
	})
	if err := s.pool.SendBatch(ctx, &batch).Close(); err != nil {
		return Listing{}, fmt.Errorf("count by plain SQL: %w", classify(err))
	}
	return counted, nil
}

// plainFrom is the FROM and WHERE clause of a selection without its choices in
// one facet.
func plainFrom(s catalogue.Selection, join string, but catalogue.Facet) string {
	where := []string{"p.state = 'live'"}
	if s.Words != "" {
		where = append(where, "p.number = any(@found) and p.number <> all(@excluded)")
	}
	for _, f := range catalogue.Facets {
		if f != but && len(s.Chosen(f)) > 0 {
			where = append(where, counting[f].chosen)
		}
	}
	return `from practice p ` + seen + ` ` + join + ` where ` + strings.Join(where, " and ")
}

func plainArgs(s catalogue.Selection, worded Worded, today time.Time) pgx.NamedArgs {
	years := []int{}
	for _, key := range s.Chosen(catalogue.Year) {
		if year, err := strconv.Atoi(key); err == nil {
			years = append(years, year)
		}
	}
	excluded := append([]int64{}, worded.Excluded...) // never null: <> all(null) matches nothing
	args := pgx.NamedArgs{"found": worded.Found, "excluded": excluded, "years": years, "size": s.Size,
		"first": (s.Page - 1) * s.Size, "now_year": today.UTC().Year(), "now_month": int(today.UTC().Month())}
	for _, f := range catalogue.Facets {
		args[f.Name()] = s.Chosen(f)
	}
	return args
}
