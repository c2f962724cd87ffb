package browse

import (
	"bytes"
	"net/url"
	"strings"

	"exempla/internal/atlas"
	"exempla/internal/catalogue"
	"exempla/internal/link"
	"exempla/internal/server/respond"
	"exempla/web/page/browse"
	"exempla/web/page/figure"
)

// ShowFacts has the figures of a selection.
func (h *Handlers) ShowFacts(r *respond.Request) (respond.Response, error) {
	selection := catalogue.ParseAddress(r.URL.RawQuery).WithoutStrays()
	if address := link.Facts(r.Tag(), selection); address != link.WithQuery(r.URL.Path, r.URL.RawQuery) {
		return respond.Redirect(address), nil
	}
	in, err := h.figures(r, selection)
	if err != nil {
		return h.unsearched(r, selection, err)
	}
	return respond.Response{Page: figure.NewFacts(r.Locale, r.Frame, in).View(), Cacheable: true}, nil
}

// ShowMap has the practices of a selection on a map.
func (h *Handlers) ShowMap(r *respond.Request) (respond.Response, error) {
	selection := catalogue.ParseAddress(r.URL.RawQuery).WithoutStrays()
	in := figure.MapInput{Selection: selection}
	if part, ok := atlas.ParseBox(r.URL.Query().Get(link.PartParameter)); ok {
		in.Part = &part
	}
	if address := link.Map(r.Tag(), selection, in.Part); address != link.WithQuery(r.URL.Path, r.URL.RawQuery) {
		return respond.Redirect(address), nil
	}
	hits, err := h.search(r, selection.Words)
	if err != nil {
		return h.unsearched(r, selection, err)
	}
	in.Places = catalogue.CountPlaces(r.Index, selection, hits)
	in.Cities = r.Index.Cities(selection.Chosen(catalogue.City))
	return respond.Response{Page: figure.NewMap(r.Locale, r.Frame, in).View(), Cacheable: true}, nil
}

// latest is how many practices a portrait shows.
const latest = 5

// ShowPortrait has what is known of a topic, a country or a city.
func (h *Handlers) ShowPortrait(f catalogue.Facet) respond.Handler {
	return func(r *respond.Request) (respond.Response, error) {
		in, selection, err := h.portrayed(r, f)
		if err != nil {
			return respond.Response{}, err
		}
		if in.Key != r.Param("key") { // written otherwise
			return respond.Redirect(link.Portrait(r.Tag(), f, in.Key)), nil
		}
		if f == catalogue.City {
			in.Near = r.Index.Near(catalogue.Parse(nil), catalogue.Hits{}, in.City)
		}
		in.Figures = catalogue.CountFigures(r.Index, selection, catalogue.Hits{}, r.Look().Offer())
		found := r.Index.Find(selection, catalogue.Hits{}, browse.Reader(r.Locale)).Found
		for _, one := range found[:min(len(found), latest)] {
			in.Latest = append(in.Latest, one.Practice())
		}
		return respond.Response{Page: figure.NewPortrait(r.Locale, r.Frame, in).View(), Cacheable: true}, nil
	}
}

// portrayed is what the address names, with the selection of its practices. Errors:
// respond.ErrNoSuchPage.
func (h *Handlers) portrayed(r *respond.Request, f catalogue.Facet) (figure.PortraitInput, catalogue.Selection, error) {
	in := figure.PortraitInput{Facet: f, Today: r.Index.Today()}
	selection := catalogue.Parse(url.Values{f.Name(): {r.Param("key")}})
	chosen := selection.Chosen(f)
	if len(chosen) != 1 {
		return in, selection, respond.ErrNoSuchPage
	}
	in.Key = chosen[0]
	if f == catalogue.City {
		city, ok := r.Index.City(in.Key)
		if !ok {
			return in, selection, respond.ErrNoSuchPage
		}
		in.City = city
	}
	return in, selection, nil
}

// figures counts a selection. Errors: those of search.
func (h *Handlers) figures(r *respond.Request, selection catalogue.Selection) (figure.FactsInput, error) {
	hits, err := h.search(r, selection.Words)
	if err != nil {
		return figure.FactsInput{}, err
	}
	return figure.FactsInput{Selection: selection, Figures: catalogue.CountFigures(r.Index, selection, hits, r.Look().Offer()),
		Cities: r.Index.Cities(selection.Chosen(catalogue.City))}, nil
}

// TakeFigure sends one figure of a selection as a file: the numbers as CSV, or the
// picture as SVG.
func (h *Handlers) TakeFigure(name, extension string) respond.Handler {
	return func(r *respond.Request) (respond.Response, error) {
		selection := catalogue.ParseAddress(r.URL.RawQuery).WithoutStrays()
		in, err := h.figures(r, selection)
		if err != nil {
			return h.unsearched(r, selection, err)
		}
		facts := figure.NewFacts(r.Locale, r.Frame, in)
		var content bytes.Buffer
		mediaType := "image/svg+xml"
		if extension == ".csv" {
			mediaType = respond.CSVType
			writeRows(&content, facts.Rows(r.Locale, name))
		} else if err := facts.Picture(name).Render(r.Context(), &content); err != nil {
			return respond.Response{}, err
		}
		header := r.Writer.Header()
		header.Set("Content-Language", r.Tag())
		header.Set("Cache-Control", "no-cache")
		return r.SendFile(mediaType, respond.FileName(r.Locale, name+extension), content.Bytes())
	}
}

// writeRows writes rows as CSV.
func writeRows(to *bytes.Buffer, rows [][]string) {
	w := respond.NewCSV(to)
	for _, row := range rows {
		for i := range row {
			row[i] = strings.TrimSpace(row[i])
		}
		w.Write(row) // a buffer takes everything
	}
	w.Flush()
}
