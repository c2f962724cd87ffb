package main

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"

	"exempla/internal/catalogue"
	"exempla/internal/link"
	"exempla/internal/practice"
)

// Names of the questions, as the report shows them.
const (
	keptListing   = "listing, asked before"
	anyPage       = "listing, any page of all"
	oneTopic      = "one topic"
	threeFilters  = "topic, country and year"
	newSelection  = "a new selection every time"
	commonWord    = "a common word"
	rareWord      = "a rare word"
	wordAndFilter = "word, topic and country"
	samePage      = "practice page, the same"
	otherPages    = "practice page, another every time"
	practicePDF   = "practice as PDF, another every time"
	practiceCard  = "card of a practice, another every time"
	aSuggestion   = "suggestion"
	unchanged     = "listing, not changed (304)"

	dressedListing   = "listing, asked before, with a theme"
	dressedSelection = "a new selection every time, with a theme"
	dressedPages     = "practice page, another every time, with a theme"

	bareListing  = "listing's bytes by bare net/http"
	barePractice = "practice's bytes by bare net/http"
	sameListing  = "listing's bytes behind the same middleware"
	samePractice = "practice's bytes behind the same middleware"

	plainAll    = "plain SQL: listing"
	plainTopic  = "plain SQL: one topic"
	plainThree  = "plain SQL: topic, country and year"
	plainCommon = "plain SQL: a common word"
)

// mostAddresses bounds the addresses of a question; its rounds request fewer.
const mostAddresses = 200_000

// questions returns everything that the site is asked.
func (t *trial) questions(ctx context.Context) ([]*question, error) {
	w, err := t.words(ctx)
	if err != nil {
		return nil, err
	}
	t.chosen = w
	home, slugs := link.Catalogue(tag), t.slugs()
	listing, err := fetch(ctx, t.site.address, home)
	if err != nil {
		return nil, err
	}
	ok := func(name string, addresses ...string) *question {
		return &question{name: name, addresses: addresses, status: http.StatusOK}
	}
	return append([]*question{
		ok(keptListing, home),
		ok(anyPage, addresses(t.pages())...),
		ok(oneTopic, addresses(t.topicPages())...),
		ok(threeFilters, addresses(three())...),
		ok(newSelection, addresses(mixed())...),
		ok(commonWord, addresses(searches(w.common))...),
		ok(rareWord, addresses(searches(w.rare))...),
		ok(wordAndFilter, addresses(narrowed(w.common))...),
		ok(samePage, slugs[0]),
		ok(otherPages, slugs...),
		{name: practicePDF, addresses: files(slugs, ".pdf"), status: http.StatusOK, packed: true},
		{name: practiceCard, addresses: files(slugs, ".png"), status: http.StatusOK, packed: true},
		ok(aSuggestion, suggestions(w.common)...),
		{name: unchanged, addresses: []string{home}, tag: listing.header.Get("ETag"), status: http.StatusNotModified},
		{name: dressedListing, addresses: []string{home}, status: http.StatusOK, dressed: true},
		{name: dressedSelection, addresses: addresses(mixed()), status: http.StatusOK, dressed: true},
		{name: dressedPages, addresses: slugs, status: http.StatusOK, dressed: true},
	}, takingAway(slugs)...), nil
}

// addresses returns those of listings, see addressesOf.
func addresses(selections []catalogue.Selection) []string {
	return addressesOf(selections, func(s catalogue.Selection) string { return link.Browse(tag, s) })
}

// addressesOf returns addresses of selections, in an order in which similar ones do not
// follow one another: as if many people asked. None stands there twice because it says
// nothing of the order.
func addressesOf(selections []catalogue.Selection, address func(catalogue.Selection) string) []string {
	made := make([]string, 0, len(selections))
	for _, s := range selections {
		made = append(made, address(s))
	}
	made = slices.Compact(made)
	list := make([]string, len(made))
	for i := range made {
		list[i*stride%len(list)] = made[i]
	}
	return list
}

// stride is a prime larger than any number of addresses, so that steps of it, modulo
// that number, reach each address once.
const stride = 15_485_863

var (
	everything = catalogue.Parse(nil)
	orders     = []catalogue.Sort{catalogue.Newest, catalogue.Oldest}
)

// pages are all pages of the whole catalogue, in either order.
func (t *trial) pages() []catalogue.Selection { return t.pagesOf(everything, t.size()) }

func (t *trial) size() int { return t.catalogue.size }

// pagesOf are the pages of a selection with the given number of results.
func (t *trial) pagesOf(s catalogue.Selection, found int) (list []catalogue.Selection) {
	for page := 1; page <= max(1, found/catalogue.DefaultSize) && len(list) < mostAddresses; page++ {
		for _, s.Sort = range orders {
			list = append(list, s.OnPage(page))
		}
	}
	return list
}

// leastTopic is the share of practices with the rarest topic: pages beyond it might
// not exist.
const leastTopic = 0.01

func (t *trial) topicPages() (list []catalogue.Selection) {
	for _, topic := range practice.Topics {
		one := everything.Only(catalogue.Topic, string(topic))
		list = append(list, t.pagesOf(one, int(float64(t.size())*leastTopic))...)
	}
	return list[:min(len(list), mostAddresses)]
}

// Countries and years with many practices in the sample, and so in what is made from it.
var (
	countries = []string{"ES", "PT", "GB", "NO", "IT", "DE", "UA", "CA", "NZ", "CH"}
	years     = []string{"2012", "2013", "2014", "2015", "2016", "2017", "2018", "2019", "2020", "2021", "2022"}
)

// three are selections with one value in each of three facets.
func three() (list []catalogue.Selection) {
	for _, topic := range practice.Topics {
		for _, country := range countries {
			for _, year := range years {
				s := everything.Only(catalogue.Topic, string(topic)).Only(catalogue.Country, country).Only(catalogue.Year, year)
				for _, s.Sort = range orders {
					list = append(list, s)
				}
			}
		}
	}
	return list
}

// mixed are two topics in two countries, with or without a year: more than are
// requested in a run, so that each is new.
func mixed() (list []catalogue.Selection) {
	pairs(len(practice.Topics), func(a, b int) {
		topics := everything.Only(catalogue.Topic, string(practice.Topics[a]), string(practice.Topics[b]))
		pairs(len(countries), func(c, d int) {
			s := topics.Only(catalogue.Country, countries[c], countries[d])
			list = append(list, s)
			for _, year := range years {
				list = append(list, s.Only(catalogue.Year, year))
			}
		})
	})
	return list
}

// pairs visits all pairs of numbers below n.
func pairs(n int, visit func(a, b int)) {
	for a := range n {
		for b := a + 1; b < n; b++ {
			visit(a, b)
		}
	}
}

func searches(words []string) (list []catalogue.Selection) {
	for _, word := range words {
		list = append(list, catalogue.Parse(url.Values{"q": {word}}))
	}
	return list
}

// narrowed are searches with a topic in a country.
func narrowed(words []string) (list []catalogue.Selection) {
	for _, s := range searches(words) {
		for _, topic := range practice.Topics {
			for _, country := range countries {
				list = append(list, s.Only(catalogue.Topic, string(topic)).Only(catalogue.Country, country))
			}
		}
	}
	return list
}

// suggestions are the requests that are made while words are typed.
func suggestions(words []string) (list []string) {
	for _, word := range append([]string{"Barcelona", "Oslo", "Αθήνα", "Київ", "education"}, words...) {
		letters := []rune(word)
		for n := 2; n <= min(5, len(letters)); n++ {
			list = append(list, fmt.Sprintf("/%s/suggest?q=%s", tag, url.QueryEscape(string(letters[:n]))))
		}
	}
	return list
}

// files are addresses that end with an extension.
func files(pages []string, extension string) []string {
	list := make([]string, len(pages))
	for i := range pages {
		list[i] = pages[i] + extension
	}
	return list
}

// mostSlugs is enough practices that their pages do not fit into the processor's cache.
const mostSlugs = 20_000

// slugs are the addresses of practices from all over the catalogue.
func (t *trial) slugs() []string {
	count := min(t.size(), mostSlugs)
	list := make([]string, count)
	for i := range list {
		list[i] = link.Practice(tag, t.catalogue.maker.Practice(i*stride%t.size()).Slug)
	}
	return list
}
