package store

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"exempla/internal/account"
	"exempla/internal/practice"
)

// mostSuggested limits the cities that a form suggests, to keep the page
// smaller than a picture.
const mostSuggested = 1_000

// SuggestedCities returns the cities that the catalogue knows, those with most
// practices first. Errors: ErrAway.
func (s *Practices) SuggestedCities(ctx context.Context) ([]practice.City, error) {
	rows, err := s.pool.Query(ctx, `select c.country, c.name from city c left join practice_city pc on pc.city = c.id
		group by c.id order by count(pc.practice) desc, c.id limit @most`, pgx.NamedArgs{"most": mostSuggested})
	if err != nil {
		return nil, fmt.Errorf("list cities: %w", classify(err))
	}
	list, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (c practice.City, err error) {
		return c, row.Scan(&c.Country, &c.Name)
	})
	if err != nil {
		return nil, fmt.Errorf("list cities: %w", classify(err))
	}
	return list, nil
}

// cities combines parallel columns into cities.
func cities(countries, slugs, names []string) []account.City {
	var list []account.City
	for i := range slugs {
		list = append(list, account.City{Country: practice.Country(countries[i]), Slug: slugs[i], Name: names[i]})
	}
	return list
}

// keepAccountCities replaces the cities of an account. Cities that no practice
// has named yet are added.
func keepAccountCities(ctx context.Context, tx pgx.Tx, id account.ID, list []account.City) error {
	var countries, slugs, names []string
	for _, c := range list {
		countries, slugs, names = append(countries, string(c.Country)), append(slugs, c.Slug), append(names, c.Name)
	}
	args := pgx.NamedArgs{"id": int64(id), "countries": countries, "slugs": slugs, "names": names}
	var batch pgx.Batch
	batch.Queue(`delete from account_city where account = @id`, args)
	batch.Queue(`insert into city (country, slug, name) select distinct on (1, 2) * from unnest(@countries::text[], @slugs::text[], @names::text[])
		on conflict (country, slug) do nothing`, args)
	batch.Queue(`insert into account_city (account, city) select distinct @id::bigint, c.id from city c
		join unnest(@countries::text[], @slugs::text[]) as t (country, slug) on t.country = c.country and t.slug = c.slug`, args)
	return tx.SendBatch(ctx, &batch).Close()
}
