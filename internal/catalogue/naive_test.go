package catalogue_test

import (
	"bytes"
	"cmp"
	"flag"
	"fmt"
	"net/url"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"exempla/internal/catalogue"
	"exempla/internal/practice"
)

// catalogues is how many random catalogues each property is held against.
const catalogues = "1000"

func TestMain(m *testing.M) {
	if err := flag.Set("rapid.checks", catalogues); err != nil { // the command line still outranks it
		panic(err)
	}
	os.Exit(m.Run())
}

// Small worlds to draw from, so that practices and selections often meet.
var (
	topics    = practice.Topics[:4]
	countries = []practice.Country{"CY", "GR", "PL", "UA"}
	languages = []practice.Language{"ar", "el", "en"}
	years     = []int{0, 2019, 2021, 2025, 2026, 2027}
	days      = []time.Time{day(2021, 7, 1), day(2025, 12, 31), day(2026, 3, 31), day(2026, 4, 1), day(2030, 1, 1)}
)

func day(year int, month time.Month, day int) time.Time {
	return time.Date(year, month, day, 12, 0, 0, 0, time.UTC)
}

// reader reads Greek and sorts by code points, backwards for countries so that
// an order by their codes would show.
var reader = catalogue.Reader{
	Language: "el",
	SortKey:  func(s string) []byte { return []byte(s) },
	Country: func(c practice.Country) string {
		return map[practice.Country]string{"CY": "d", "GR": "c", "PL": "b", "UA": "a"}[c]
	},
}

func drawPractice(t *rapid.T, number int64) practice.Practice {
	p := practice.Practice{
		Number: number, Slug: fmt.Sprintf("p%d", (number*7)%100),
		Topics: rapid.SliceOfNDistinct(rapid.SampledFrom(topics), 1, 3, rapid.ID[practice.Topic]).Draw(t, "topics"),
		Place: practice.Place{
			Countries: rapid.SliceOfNDistinct(rapid.SampledFrom(countries), 1, 2, rapid.ID[practice.Country]).Draw(t, "countries")},
		Period: practice.Period{Start: drawDate(t), End: drawDate(t), Ongoing: rapid.Bool().Draw(t, "ongoing")},
	}
	if rapid.Bool().Draw(t, "city") {
		p.Place.Cities = []practice.City{{Country: p.Place.Countries[0], Name: rapid.SampledFrom([]string{"A", "B"}).Draw(t, "name")}}
	}
	for _, language := range rapid.SliceOfNDistinct(rapid.SampledFrom(languages), 1, 3, rapid.ID[practice.Language]).Draw(t, "texts") {
		title := rapid.SampledFrom([]string{"x", "y", "z"}).Draw(t, "title")
		p.Texts = append(p.Texts, practice.Text{Language: language, Title: title,
			Summary: strings.Repeat("wordless ", rapid.SampledFrom([]int{0, 30, 60, 200}).Draw(t, "length"))})
	}
	return p
}

func drawDate(t *rapid.T) practice.Date {
	d := practice.Date{Year: rapid.SampledFrom(years).Draw(t, "year")}
	if d.Year != 0 {
		d.Month = time.Month(rapid.SampledFrom([]int{0, 3, 10}).Draw(t, "month"))
	}
	return d
}

func drawPractices(t *rapid.T) []practice.Practice {
	all := make([]practice.Practice, rapid.IntRange(0, 80).Draw(t, "size"))
	for i := range all {
		all[i] = drawPractice(t, int64(i+1))
	}
	return all
}

// drawHits matches some practices, some of them in two tiers or excluded
// again, and one that is not in the catalogue yet.
func drawHits(t *rapid.T, all []practice.Practice) wordHits {
	hits := wordHits{Tiers: [][]int64{{999}, nil, nil}}
	for _, p := range all {
		for tier := range hits.Tiers {
			if rapid.Bool().Draw(t, "hit") {
				hits.Tiers[tier] = append(hits.Tiers[tier], p.Number)
			}
		}
		if rapid.IntRange(0, 4).Draw(t, "excluded") == 0 {
			hits.Excluded = append(hits.Excluded, p.Number)
		}
	}
	return hits
}

// wordHits are the numbers that words find and exclude, the best tier first.
type wordHits struct {
	Tiers    [][]int64
	Excluded []int64
}

// of are the same practices as hits of an index.
func (h wordHits) of(x *catalogue.Index) catalogue.Hits { return x.HitsOf(h.Tiers, h.Excluded) }

// tier is the best tier that names a practice, -1 for none.
func (n naive) tier(number int64) int {
	if slices.Contains(n.hits.Excluded, number) {
		return -1
	}
	return slices.IndexFunc(n.hits.Tiers, func(tier []int64) bool { return slices.Contains(tier, number) })
}

func drawSelection(t *rapid.T) catalogue.Selection {
	query := url.Values{}
	draw := func(name string, most int, values ...string) {
		query[name] = rapid.SliceOfN(rapid.SampledFrom(values), 0, most).Draw(t, name)
	}
	draw("q", 1, "some words")
	draw("topic", 2, string(topics[0]), string(topics[1]), string(topics[3]), string(practice.Topics[9]))
	draw("country", 2, "CY", "GR", "PL", "FR")
	draw("city", 2, "cy-a", "gr-a", "gr-b", "ua-b", "fr-paris")
	draw("year", 2, "2019", "2020", "2025", "2026", "2030", "1900", "unknown")
	draw("language", 2, "ar", "el", "de")
	draw("status", 2, "running", "ended", "unknown")
	draw("sort", 1, "newest", "oldest", "title", "place", "relevance")
	draw("size", 1, "10", "50")
	draw("page", 1, "2", "3", "9")
	return catalogue.Parse(query)
}

// naive answers as the package promises, with nothing but loops.
type naive struct {
	all   []practice.Practice
	today time.Time
	hits  wordHits
}

// values are those of a practice in a facet.
func (n naive) values(f catalogue.Facet, p practice.Practice) []string {
	var list []string
	switch f {
	case catalogue.Topic:
		for _, topic := range p.Topics {
			list = append(list, string(topic))
		}
	case catalogue.Country:
		for _, country := range p.Place.Countries {
			list = append(list, string(country))
		}
	case catalogue.City:
		for _, city := range p.Place.Cities {
			list = append(list, catalogue.CityKey(city))
		}
	case catalogue.Language:
		for _, text := range p.Texts {
			list = append(list, string(text.Language))
		}
	case catalogue.Status:
		list = append(list, string(p.Period.Status(n.today)))
	case catalogue.Year:
		first, last, ok := p.Period.Years(n.today)
		if !ok {
			return []string{"unknown"}
		}
		for year := first; year <= last; year++ {
			list = append(list, strconv.Itoa(year))
		}
	}
	return list
}

// fits reports whether a practice has any of the chosen values of a facet.
func (n naive) fits(s catalogue.Selection, f catalogue.Facet, p practice.Practice) bool {
	chosen := s.Chosen(f)
	return len(chosen) == 0 || slices.ContainsFunc(n.values(f, p), func(v string) bool { return slices.Contains(chosen, v) })
}

// found lists the practices of a selection in its order.
func (n naive) found(s catalogue.Selection) []practice.Practice {
	var list []practice.Practice
	for _, p := range n.all {
		keep := s.Words == "" || n.tier(p.Number) >= 0
		for _, f := range catalogue.Facets {
			keep = keep && n.fits(s, f, p)
		}
		if keep {
			list = append(list, p)
		}
	}
	slices.SortFunc(list, func(a, b practice.Practice) int { return n.compare(s.Sort, a, b) })
	return list
}

// compare goes by the selection's order, then newest first, then by how much there is to
// read, then by slug.
func (n naive) compare(sort catalogue.Sort, a, b practice.Practice) int {
	c := 0
	switch sort {
	case catalogue.Relevance:
		c = n.tier(a.Number) - n.tier(b.Number)
	case catalogue.Oldest:
		c = strings.Compare(start(a, "9"), start(b, "9"))
	case catalogue.Title, catalogue.Place:
		c = bytes.Compare(label(sort, a), label(sort, b))
	}
	if c == 0 {
		c = strings.Compare(start(b, "0"), start(a, "0"))
	}
	return cmp.Or(c, toRead(b)-toRead(a), strings.Compare(a.Slug, b.Slug))
}

// toRead is how often the first 200 bytes of the original can be doubled.
func toRead(p practice.Practice) int {
	size, times := len(p.Texts[0].Summary), 0
	for _, section := range p.Texts[0].Sections {
		size += len(section)
	}
	for ; size >= 200 && times < 7; size /= 2 {
		times++
	}
	return times
}

// start writes when a practice began so that it sorts as text.
func start(p practice.Practice, unknown string) string {
	if p.Period.Start.IsZero() {
		return unknown
	}
	return fmt.Sprintf("%04d-%02d", p.Period.Start.Year, p.Period.Start.Month)
}

// label is the title for the Greek reader, behind country and city for Place.
func label(sort catalogue.Sort, p practice.Practice) []byte {
	title := p.Texts[0].Title
	for _, text := range p.Texts {
		if text.Language == reader.Language {
			title = text.Title
		}
	}
	if sort == catalogue.Title {
		return []byte(title)
	}
	city := " "
	if len(p.Place.Cities) > 0 {
		city = p.Place.Cities[0].Name
	}
	return []byte(reader.Country(p.Place.Countries[0]) + city + title)
}

// practices reads the practices of a page.
func practices(r catalogue.Results) []practice.Practice {
	var list []practice.Practice
	for _, found := range r.Found {
		list = append(list, found.Practice())
	}
	return list
}
