package store

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"exempla/internal/practice"
)

// writer writes practices and their revisions inside one transaction.
type writer struct {
	tx     pgx.Tx
	at     time.Time
	change int64
	cities map[cityKey]int64
}

// cityKey identifies a city: spellings that yield the same slug in the same
// country are the same city.
type cityKey struct{ country, slug string }

func keyOf(c practice.City) cityKey { return cityKey{string(c.Country), practice.Slugify(c.Name)} }

// begin announces the change, unless that was done before, and assigns numbers
// to new practices and rows to their cities.
func (w *writer) begin(ctx context.Context, due []incoming) error {
	if w.change == 0 {
		if err := w.announce(ctx); err != nil {
			return err
		}
	}
	if err := w.number(ctx, due); err != nil {
		return err
	}
	return w.keepCities(ctx, due)
}

// announce numbers the change and creates the staging table.
func (w *writer) announce(ctx context.Context) (err error) {
	if w.change, err = announce(ctx, w.tx); err != nil {
		return err
	}
	_, err = w.tx.Exec(ctx, `create temp table staged_practice (like practice) on commit drop`)
	return err
}

// number assigns numbers to new practices.
func (w *writer) number(ctx context.Context, due []incoming) error {
	rows, err := w.tx.Query(ctx, `select nextval(pg_get_serial_sequence('practice', 'number'))
		from generate_series(1, @count)`, pgx.NamedArgs{"count": countNew(due)})
	if err != nil {
		return err
	}
	numbers, err := pgx.CollectRows(rows, pgx.RowTo[int64])
	if err != nil {
		return err
	}
	for i := range due {
		if due[i].Number == 0 {
			due[i].Number, numbers = numbers[0], numbers[1:]
		}
	}
	return nil
}

func countNew(due []incoming) int {
	count := 0
	for i := range due {
		if due[i].Number == 0 {
			count++
		}
	}
	return count
}

// keepCities adds new cities, fills in missing coordinates, and remembers the
// ID of each city.
func (w *writer) keepCities(ctx context.Context, due []incoming) error {
	var countries, slugs, names []string
	var latitudes, longitudes []*float64
	for key, city := range distinct(due) {
		countries, slugs, names = append(countries, key.country), append(slugs, key.slug), append(names, city.Name)
		latitudes = append(latitudes, located(city, city.Latitude))
		longitudes = append(longitudes, located(city, city.Longitude))
	}
	rows, err := w.tx.Query(ctx, `
		insert into city (country, slug, name, latitude, longitude)
		select * from unnest(@countries::text[], @slugs::text[], @names::text[], @latitudes::float8[], @longitudes::float8[])
		on conflict (country, slug) do update set
			latitude = coalesce(excluded.latitude, city.latitude), longitude = coalesce(excluded.longitude, city.longitude)
		returning id, country, slug`, pgx.NamedArgs{"countries": countries, "slugs": slugs, "names": names,
		"latitudes": latitudes, "longitudes": longitudes})
	if err != nil {
		return err
	}
	w.cities = map[cityKey]int64{}
	var id int64
	var key cityKey
	_, err = pgx.ForEachRow(rows, []any{&id, &key.country, &key.slug}, func() error {
		w.cities[key] = id
		return nil
	})
	return err
}

// distinct returns the cities of all practices, each in its first spelling,
// preferably one with coordinates.
func distinct(due []incoming) map[cityKey]practice.City {
	cities := map[cityKey]practice.City{}
	for i := range due {
		for _, city := range due[i].Place.Cities {
			key := keyOf(city)
			if known, ok := cities[key]; !ok || city.Located && !known.Located {
				cities[key] = city
			}
		}
	}
	return cities
}

func located(c practice.City, degrees float64) *float64 {
	if !c.Located {
		return nil
	}
	return &degrees
}

// write replaces what is stored of these practices and adds a revision of each.
func (w *writer) write(ctx context.Context, batch []incoming) error {
	if err := w.clear(ctx, batch); err != nil {
		return err
	}
	for _, table := range tables {
		rows := table.rows(w, batch)
		if _, err := w.tx.CopyFrom(ctx, pgx.Identifier{table.name}, table.columns, pgx.CopyFromRows(rows)); err != nil {
			return err
		}
		if table.then != "" {
			if _, err := w.tx.Exec(ctx, table.then); err != nil {
				return err
			}
		}
	}
	return w.show(ctx, batch)
}

// clear removes the lists and texts of practices that are written again.
func (w *writer) clear(ctx context.Context, batch []incoming) error {
	var again []int64
	for i := range batch {
		if batch[i].revision > 1 {
			again = append(again, batch[i].Number)
		}
	}
	if len(again) == 0 {
		return nil
	}
	var deletes pgx.Batch
	for _, table := range []string{"practice_country", "practice_city", "practice_topic", "practice_text", "practice_attachment"} {
		deletes.Queue(`delete from `+table+` where practice = any($1)`, again)
	}
	return w.tx.SendBatch(ctx, &deletes).Close()
}

// finish updates the planner's statistics, since the catalogue may have grown
// from nothing.
func (w *writer) finish(ctx context.Context) error {
	_, err := w.tx.Exec(ctx, `analyze practice, practice_text, practice_country, practice_city, practice_topic`)
	return err
}
