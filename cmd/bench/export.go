package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"exempla/internal/catalogue"
	"exempla/internal/link"
	"exempla/internal/practice"
)

// Names of what is asked for besides pages of lists and practices.
const (
	aMap      = "map of a selection, another every time"
	figures   = "figures of a selection, another every time"
	apiPage   = "API: a hundred practices"
	apiOne    = "API: a practice, another every time"
	oaiPage   = "OAI-PMH: a hundred records"
	selected  = " of a selection, another every time"
	csvName   = "CSV"
	linesName = "JSON Lines"
)

// formatNames are those of link.Formats.
var formatNames = map[string]string{link.Booklet: "Booklet (PDF)", "csv": csvName, "xlsx": "XLSX", "json": "JSON", "geojson": "GeoJSON", link.Feed: "Atom"}

// packedFormats are compressed by themselves.
var packedFormats = map[string]bool{link.Booklet: true, "xlsx": true}

// takingAway are the questions of readers who look at a selection in another way or take
// it away, and of programs. So many files are sent at once that one reader asks for them.
func takingAway(slugs []string) []*question {
	list := []*question{
		{name: aMap, addresses: addressesOf(three(), func(s catalogue.Selection) string { return link.Map(tag, s, nil) }), status: http.StatusOK},
		{name: figures, addresses: addressesOf(three(), func(s catalogue.Selection) string { return link.Facts(tag, s) }), status: http.StatusOK},
		{name: apiPage, addresses: apiPages(), status: http.StatusOK},
		{name: apiOne, addresses: apiPractices(slugs), status: http.StatusOK},
		{name: oaiPage, addresses: oaiPages(), status: http.StatusOK},
	}
	for _, format := range link.Formats {
		list = append(list, &question{name: formatNames[format] + selected, status: http.StatusOK, packed: packedFormats[format], single: true,
			addresses: addressesOf(three(), func(s catalogue.Selection) string { return link.Export(tag, s, format) })})
	}
	return list
}

// apiPages are the first parts of topics in all orders.
func apiPages() (list []string) {
	for _, sort := range []string{"changed", "newest", "oldest", "title", "place"} {
		for _, topic := range practice.Topics {
			query := url.Values{"topic": {string(topic)}, "sort": {sort}, "limit": {"100"}}
			list = append(list, link.WithQuery(link.API+"/practices", query.Encode()))
		}
	}
	return list
}

func apiPractices(pages []string) (list []string) {
	for _, page := range pages {
		list = append(list, link.APIPractice(page[strings.LastIndexByte(page, '/')+1:]))
	}
	return list
}

// oaiPages are the first parts of topics, as harvesters get them.
func oaiPages() (list []string) {
	for _, topic := range practice.Topics {
		query := url.Values{"verb": {"ListRecords"}, "metadataPrefix": {"oai_dc"}, "set": {string(topic)}}
		list = append(list, link.WithQuery(link.OAI, query.Encode()))
	}
	return list
}

// exportsUpTo is the largest catalogue that is taken away whole: of a larger one it would
// take minutes, and say no more.
const exportsUpTo = large

// exportResult is what it took to take the whole catalogue away.
type exportResult struct {
	name   string
	took   time.Duration
	bytes  int64
	used   usage
	beyond int64 // bytes of resident memory at most, beyond what there was before the first file
}

// exportResults takes the catalogue away in every format, one after another, from a
// program that has done nothing before.
func (c *collection) exportResults(ctx context.Context, s Settings) ([]exportResult, error) {
	p, err := c.startOnce(ctx, s)
	if err != nil {
		return nil, err
	}
	defer p.end()
	if err := p.waitUntilIdle(ctx); err != nil {
		return nil, err
	}
	return p.exportResults(ctx)
}

func (p *process) exportResults(ctx context.Context) (all []exportResult, err error) {
	before, _, err := p.memory()
	if err != nil {
		return nil, err
	}
	wholes := map[string]string{linesName: link.JSONLines}
	names := []string{linesName}
	for _, format := range link.Formats {
		if format != link.Booklet { // which has the first of a list only
			wholes[formatNames[format]] = link.Export(tag, everything, format)
			names = append(names, formatNames[format])
		}
	}
	for _, name := range names {
		one, err := p.export(ctx, wholes[name])
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		one.name, one.beyond = name, one.beyond-before
		all = append(all, one)
	}
	logf("everything was taken away")
	return all, nil
}

// export takes a file away as it is, not compressed on its way.
func (p *process) export(ctx context.Context, path string) (one exportResult, err error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+p.address+path, nil)
	if err != nil {
		return one, err
	}
	request.Header.Set("Accept-Encoding", "identity")
	if err := p.forgetPeak(); err != nil {
		return one, err
	}
	used, err := p.usage(ctx)
	if err != nil {
		return one, err
	}
	began := time.Now()
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return one, err
	}
	defer answer.Body.Close()
	one.bytes, err = io.Copy(io.Discard, answer.Body)
	one.took = time.Since(began)
	if err == nil && answer.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s answers %s", path, answer.Status)
	}
	if err != nil {
		return one, err
	}
	after, err := p.usage(ctx)
	if err != nil {
		return one, err
	}
	one.used = after.since(used)
	_, one.beyond, err = p.memory()
	return one, err
}

// exportRate is how many practices of the whole catalogue a file gets in a second.
func exportRate(name string) func(measurement) (float64, bool) {
	return func(s measurement) (float64, bool) {
		for _, one := range s.exports {
			if one.name == name {
				return float64(s.size) / one.took.Seconds(), true
			}
		}
		return 0, false
	}
}

// exportMemory is the most that any of the files took, in megabytes.
func exportMemory(s measurement) (most float64, ok bool) {
	for _, one := range s.exports {
		most = max(most, float64(one.beyond)/(1<<20))
	}
	return most, len(s.exports) > 0
}
