package browse

import (
	"context"
	"io"
	"strconv"

	"exempla/internal/catalogue"
	"exempla/internal/feed"
	"exempla/internal/link"
	"exempla/internal/practice"
	"exempla/internal/server/respond"
	"exempla/internal/store"
	"exempla/web/component"
)

// writeFeed writes what changed last, with the texts that the page shows.
func (e exporting) writeFeed(latest []store.Dated, out io.Writer) error {
	l, site := e.Locale, e.Frame.Site
	made := feed.Atom{
		Lang: l.Tag(), ID: site.ID(l.Tag(), e.id), Author: l.SiteName(), Updated: feed.Time(e.Index.Today()), Title: e.title + " – " + l.SiteName(),
		Links: []feed.Link{{Rel: "self", Type: "application/atom+xml", Href: site.Absolute(e.feed)},
			{Rel: "alternate", Type: "text/html", Hreflang: l.Tag(), Href: site.Absolute(e.path)}},
	}
	if len(latest) > 0 {
		made.Updated = feed.Time(latest[0].At)
	}
	for _, one := range latest {
		if p, ok := e.Index.Practice(one.Number); ok {
			made.Entries = append(made.Entries, e.entry(p, one))
		}
	}
	return made.Write(out)
}

func (e exporting) entry(p practice.Practice, dated store.Dated) feed.Entry {
	l, site := e.Locale, e.Frame.Site
	text := e.selection.Text(p, practice.Language(l.Tag()))
	made := feed.Entry{
		ID: site.ID(l.Tag(), "practice/"+strconv.FormatInt(p.Number, 10)), Updated: feed.Time(dated.At),
		Title:   feed.Text{Lang: string(text.TitleLanguage), Text: text.Title},
		Summary: feed.Text{Lang: string(text.Language), Text: text.Summary},
		Links:   []feed.Link{{Rel: "alternate", Type: "text/html", Hreflang: l.Tag(), Href: site.Absolute(link.Practice(l.Tag(), p.Slug))}},
	}
	if !p.Published.IsZero() {
		published := feed.Time(p.Published)
		made.Published = &published
	}
	for _, topic := range p.Topics {
		made.Categories = append(made.Categories, feed.Category{Term: string(topic), Label: l.T("topic." + string(topic))})
	}
	return made
}

// writeMap writes cities with their practices, as GeoJSON, from memory alone.
// Practices that name no city stand with their countries, which have no coordinates.
func (e exporting) writeMap(ctx context.Context, out io.Writer) error {
	var places []feed.Place
	practices := map[string][]int64{} // by the id of a place
	add := func(p feed.Place, number int64) {
		if practices[p.ID] == nil {
			places = append(places, p)
		}
		practices[p.ID] = append(practices[p.ID], number)
	}
	for _, number := range e.numbers {
		p, _ := e.Index.Practice(number)
		for _, city := range p.Place.Cities {
			add(e.cityPlace(city), number)
		}
		if len(p.Place.Cities) == 0 {
			for _, country := range p.Place.Countries {
				add(feed.Place{ID: string(country), Name: e.Locale.Country(string(country)), Country: string(country)}, number)
			}
		}
	}
	m := feed.NewMap(out)
	for _, place := range places {
		if err := ctx.Err(); err != nil {
			return err
		}
		respond.Extend(e.Writer, respond.WriteTime)
		err := m.Add(place, func(yield func(feed.Practice) bool) {
			for _, number := range practices[place.ID] {
				if !yield(e.onMap(number)) {
					return
				}
			}
		})
		if err != nil {
			return err
		}
	}
	return m.Close()
}

// cityPlace is a city on the map.
func (e exporting) cityPlace(city practice.City) feed.Place {
	place := feed.Place{ID: catalogue.CityKey(city), Name: component.CityName(e.Locale, city), Country: string(city.Country)}
	if at := catalogue.Located(city); at.Located {
		place.At = &feed.Point{Latitude: at.Latitude, Longitude: at.Longitude}
	}
	return place
}

func (e exporting) onMap(number int64) feed.Practice {
	p, _ := e.Index.Practice(number)
	text := e.selection.Text(p, practice.Language(e.Tag()))
	made := feed.Practice{Title: text.Title, Language: string(text.TitleLanguage), Topics: make([]string, 0, len(p.Topics)),
		URL: e.Frame.Site.Absolute(link.Practice(e.Tag(), p.Slug)), Period: component.Period(e.Locale, p.Period, e.Index.Today())}
	for _, topic := range p.Topics {
		made.Topics = append(made.Topics, string(topic))
	}
	return made
}
