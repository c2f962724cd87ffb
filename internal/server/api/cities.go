package api

import (
	"context"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"exempla/internal/catalogue"
	"exempla/internal/locale"
	"exempla/internal/practice"
	"exempla/web/component"
)

func listCities() huma.Operation {
	return huma.Operation{OperationID: "list-cities", Method: http.MethodGet, Path: "/cities", Summary: "The cities that practices come from, by country and name",
		Errors: []int{http.StatusUnprocessableEntity, http.StatusTooManyRequests, http.StatusServiceUnavailable}}
}

type citiesInput struct {
	Strict
	Country practice.Country `query:"country" pattern:"^[A-Z]{2}$" doc:"ISO 3166-1 alpha-2; none for all"`
	Limit   int              `query:"limit" default:"100" minimum:"1" maximum:"500"`
	Cursor  string           `query:"cursor" maxLength:"200" pattern:"^[a-z]{2}-[a-z0-9-]+$" doc:"Of the answer before; none for the beginning"`
}

// ListedCity is a city with practices.
type ListedCity struct {
	Key       string           `json:"key"`
	Country   practice.Country `json:"country"`
	Name      string           `json:"name" doc:"As its practices have it"`
	Names     Names            `json:"names"`
	Latitude  *float64         `json:"latitude"`
	Longitude *float64         `json:"longitude"`
	Practices int              `json:"practices"`
}

type citiesOutput struct {
	Body struct {
		Cities []ListedCity `json:"cities" nullable:"false"`
		More   bool         `json:"more"`
		Cursor string       `json:"cursor" doc:"Where the next part begins"`
	}
}

func (h *Handlers) listCities(ctx context.Context, in *citiesInput) (*citiesOutput, error) {
	if in.Cursor != "" && in.Country != "" && !strings.HasPrefix(in.Cursor, strings.ToLower(string(in.Country))+"-") {
		return nil, fault("query.cursor", "a cursor of the cities of another country", in.Cursor)
	}
	found, err := h.Practices.CitiesAfter(ctx, in.Cursor, in.Country, in.Limit+1)
	if err != nil {
		return nil, err
	}
	out := &citiesOutput{}
	out.Body.Cities, out.Body.More, out.Body.Cursor = []ListedCity{}, len(found) > in.Limit, in.Cursor
	for _, c := range found[:min(len(found), in.Limit)] {
		made := ListedCity{Key: catalogue.CityKey(c.City), Country: c.Country, Name: c.Name, Practices: c.Practices,
			Names: namesIn(ctx, func(l *locale.Locale) string { return component.CityName(l, c.City) })}
		if c.Located {
			made.Latitude, made.Longitude = &c.Latitude, &c.Longitude
		}
		out.Body.Cities, out.Body.Cursor = append(out.Body.Cities, made), made.Key
	}
	return out, nil
}
