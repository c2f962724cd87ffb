package desk

import (
	"net/url"
	"strconv"

	"exempla/internal/account"
	"exempla/internal/link"
	"exempla/internal/locale"
	"exempla/internal/practice"
	"exempla/web/page/frame"
)

// WordsField is the field with which the list of cities is searched.
const WordsField = "q"

// CitiesInput is one page of the cities of the catalogue.
type CitiesInput struct {
	Words string // part of a name; empty for all cities
	List  []City
	Total int // cities on all pages
	Page  int // from 1
	Pages int
}

// City is a city with how many practices are there.
type City struct {
	practice.City
	Practices int
}

// Cities lists the cities of the catalogue, for those who name them.
type Cities struct {
	CitiesInput
	Meta frame.Meta
}

// NewCities makes the page.
func NewCities(l *locale.Locale, f frame.Frame, in CitiesInput) Cities {
	p := Cities{CitiesInput: in, Meta: citiesMeta(f, l.T("cities.title"), link.NamedCities(l.Tag(), ""))}
	p.Meta.Query = p.query(in.Page)
	p.Meta.Narrow = false
	return p
}

// citiesMeta describes a page about the names of cities. Administrators come to it from
// their own pages, for they have no desk.
func citiesMeta(f frame.Frame, title, path string) frame.Meta {
	meta := formMeta(f, title, path)
	if f.Viewer.Is(account.Administrator) {
		meta.Current = link.PeoplePage
	}
	return meta
}

// query writes what is listed as the query of an address.
func (p Cities) query(page int) string {
	q := url.Values{}
	if p.Words != "" {
		q.Set(WordsField, p.Words)
	}
	if page > 1 {
		q.Set("page", strconv.Itoa(page))
	}
	return q.Encode()
}
