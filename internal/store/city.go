package store

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"exempla/internal/account"
	"exempla/internal/practice"
	"exempla/internal/submission"
)

// CitiesPerPage is the page size of the list of cities.
const CitiesPerPage = 50

// CatalogueCity is a city that practices or accounts have named, for those who name it.
type CatalogueCity struct {
	practice.City
	Version   int // counts changes of its names
	Practices int // that are live
}

// CityFilter narrows the list of cities. Empty fields match everything.
type CityFilter struct {
	Words  string          // part of a name
	Called []practice.City // further cities that are called so
}

// CityPage is one page of the list of cities.
type CityPage struct {
	List  []CatalogueCity
	Total int
	Page  int // counted from 1
	Pages int // at least 1
}

// matchCity is the filter as a condition on table city c.
const matchCity = `(@words = '' or strpos(lower(concat_ws(' ', c.name, array_to_string(c.aliases, ' '))), lower(@words)) > 0
	or exists (select from jsonb_each_text(c.names) n where strpos(lower(n.value), lower(@words)) > 0)
	or (c.country, c.slug) in (select * from unnest(@countries::text[], @slugs::text[])))`

// cityColumns are the columns of table city c that scanCity takes.
const cityColumns = `c.country, c.name, c.names, c.aliases, c.version,
	(select count(*) from practice_city pc join practice p on p.number = pc.practice where pc.city = c.id and p.state = 'live')`

func scanCity(row pgx.CollectableRow) (c CatalogueCity, err error) {
	var shown map[practice.Language]string
	var others []string
	err = row.Scan(&c.Country, &c.Name, &shown, &others, &c.Version, &c.Practices)
	c.Names = practice.NewCityNames(shown, others)
	return c, err
}

// CityPage returns one page of the cities that match a filter, ordered by name.
// Pages count from 1; a number beyond the last page returns the last one. Errors:
// ErrAway.
func (s *Practices) CityPage(ctx context.Context, f CityFilter, page int) (CityPage, error) {
	p := CityPage{}
	var countries, slugs []string
	for _, c := range f.Called {
		key := keyOf(c)
		countries, slugs = append(countries, key.country), append(slugs, key.slug)
	}
	args := pgx.NamedArgs{"words": f.Words, "countries": countries, "slugs": slugs, "most": CitiesPerPage}
	err := s.db.snapshot(ctx, func(tx pgx.Tx) error {
		if err := tx.QueryRow(ctx, `select count(*) from city c where `+matchCity, args).Scan(&p.Total); err != nil {
			return err
		}
		p.Page, p.Pages = pageOf(page, p.Total, CitiesPerPage)
		args["skip"] = (p.Page - 1) * CitiesPerPage
		rows, err := tx.Query(ctx, `select `+cityColumns+` from city c where `+matchCity+`
			order by lower(c.name), c.id limit @most offset @skip`, args)
		if err == nil {
			p.List, err = pgx.CollectRows(rows, scanCity)
		}
		return err
	})
	if err != nil {
		return CityPage{}, fmt.Errorf("list cities: %w", err)
	}
	return p, nil
}

// CitiesAfter lists the cities with live practices that follow a key in the order of
// country and slug, of one country or of all, at most limit of them. Errors: ErrAway.
func (s *Practices) CitiesAfter(ctx context.Context, key string, country practice.Country, limit int) ([]CatalogueCity, error) {
	in, slug, _ := strings.Cut(key, "-")
	rows, err := rowsOf(ctx, s.question(`select c.country, c.name, c.latitude, c.longitude, c.names, c.aliases, n from city c cross join lateral
		(select count(*) as n from practice_city pc join practice p on p.number = pc.practice where pc.city = c.id and p.state = 'live') counted
		where n > 0 and (c.country, c.slug) > (@in, @slug) and (@country = '' or c.country = @country) order by c.country, c.slug limit @limit`,
		pgx.NamedArgs{"in": strings.ToUpper(in), "slug": slug, "country": string(country), "limit": limit}), func(row pgx.CollectableRow) (c CatalogueCity, err error) {
		var latitude, longitude *float64
		var shown map[practice.Language]string
		var others []string
		err = row.Scan(&c.Country, &c.Name, &latitude, &longitude, &shown, &others, &c.Practices)
		c.Latitude, c.Longitude, c.Located = value(latitude), value(longitude), latitude != nil
		c.Names = practice.NewCityNames(shown, others)
		return c, err
	})
	if err != nil {
		return nil, fmt.Errorf("list cities: %w", err)
	}
	return rows, nil
}

// City returns the city of a country with a slug. Errors: ErrNotFound, ErrAway.
func (s *Practices) City(ctx context.Context, country practice.Country, slug string) (CatalogueCity, error) {
	rows, err := s.pool.Query(ctx, `select `+cityColumns+` from city c where country = @country and slug = @slug`,
		pgx.NamedArgs{"country": string(country), "slug": slug})
	if err != nil {
		return CatalogueCity{}, fmt.Errorf("load city: %w", classify(err))
	}
	c, err := pgx.CollectExactlyOneRow(rows, scanCity)
	if err != nil {
		return CatalogueCity{}, fmt.Errorf("load city: %w", classify(orNotFound(err)))
	}
	return c, nil
}

// Naming gives a city names in place of those that editors gave it before.
type Naming struct {
	City    practice.City
	Version int // of the city when the form was made
	Names   practice.CityNames
	By      account.ID
	At      time.Time
}

// NameCity writes the names of a city. The event and the change of all its practices,
// by which every catalogue learns of it, are written in the same transaction. Names
// that the city has already change nothing. Errors: ErrNotFound; submission.ErrConflict
// if others have been given since that version; ErrAway.
func (s *Practices) NameCity(ctx context.Context, n Naming) error {
	err := s.write(ctx, func(tx pgx.Tx) error { return nameCity(ctx, tx, n) })
	if err != nil {
		return fmt.Errorf("name a city: %w", classify(err))
	}
	return nil
}

func nameCity(ctx context.Context, tx pgx.Tx, n Naming) error {
	// Writers of practices wait for one another here, before they read anything.
	if _, err := tx.Exec(ctx, `select number from catalogue_change for update`); err != nil {
		return err
	}
	key := keyOf(n.City)
	var id int64
	var version int
	var shown map[practice.Language]string
	var others []string
	err := tx.QueryRow(ctx, `select id, version, names, aliases from city where country = @country and slug = @slug`,
		pgx.NamedArgs{"country": key.country, "slug": key.slug}).Scan(&id, &version, &shown, &others)
	switch {
	case err != nil:
		return orNotFound(err)
	case practice.NewCityNames(shown, others) == n.Names:
		return nil
	case version != n.Version:
		return submission.ErrConflict
	}
	change, err := announce(ctx, tx)
	if err != nil {
		return err
	}
	var batch pgx.Batch
	args := pgx.NamedArgs{"id": id, "names": n.Names.Shown(), "others": words(n.Names.Others()), "change": change}
	batch.Queue(`update city set names = @names, aliases = @others, version = version + 1 where id = @id`, args)
	batch.Queue(`update practice set change = @change where number in (select practice from practice_city where city = @id)`, args)
	if err := tx.SendBatch(ctx, &batch).Close(); err != nil {
		return err
	}
	return record(ctx, tx, Event{At: n.At, Account: n.By, Action: NameCity, Subject: OfCity, Number: id})
}

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
