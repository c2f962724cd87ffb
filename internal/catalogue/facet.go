// Package catalogue says what a reader asked for and what was found: the
// Selection with its address, the facets, and the Index that answers from
// memory. It knows neither HTTP nor SQL nor any word shown to people.
//
// Counting: values of one facet are alternatives (or), facets narrow one
// another (and). The number of a value is what choosing only that value in
// its facet gives, all other facets and the words staying as they are.
package catalogue

import (
	"slices"
	"strings"
	"time"

	"exempla/internal/practice"
)

// Facet is one way to narrow the catalogue. Everything known about a facet is
// in its descriptor, see facets.go.
type Facet int

// Unknown is the value "not stated" of the facets that have it.
const Unknown = string(practice.Unknown)

// descriptor is what the catalogue has to know about a facet.
type descriptor struct {
	// name stands in addresses and messages.
	name string

	// known reports whether a key could ever be a value, whether or not a
	// practice has it. It need not know Unknown.
	known func(key string) bool

	// most bounds how many values are offered, those that most practices have;
	// all others can be chosen, too. Zero for no bound.
	most int

	// unstated facets have the value Unknown as well.
	unstated bool

	// values appends the values of a practice to a list. The practice has its
	// number, slug, period, topics, countries and the languages of its texts,
	// and everything but sections and attachments if the facet is deep.
	values func(list []string, p *practice.Practice, today time.Time) []string

	// deep facets cost a little more to build, see values.
	deep bool

	// daily facets have values that depend on the day.
	daily bool

	// listed returns the values to offer even if no practice has them; present
	// are the sorted values that some practice has. Nil for none.
	listed func(present []string, today time.Time) []string

	// compare puts values in order; nil for the alphabet of the reader's words.
	compare func(a, b string) int
}

// Facets lists the facets, in the order of the form and of every address.
var Facets = func() (all []Facet) {
	for f := range facetCount {
		all = append(all, f)
	}
	return all
}()

// Name is the facet's name in addresses and messages.
func (f Facet) Name() string { return descriptors[f].name }

// Order compares two values by the facet's own order; nil when the values
// follow the alphabet of what the reader calls them.
func (f Facet) Order() func(a, b string) int { return descriptors[f].compare }

// known reports whether a key could ever be a value of the facet, whether or
// not a practice has it.
func (f Facet) known(key string) bool {
	d := &descriptors[f]
	return d.unstated && key == Unknown || d.known(key)
}

// canonical returns a value as it is written in addresses; ok is false if it is
// none, in whatever case it is written.
func (f Facet) canonical(key string) (known string, ok bool) {
	for _, known := range []string{key, strings.ToLower(key), strings.ToUpper(key)} {
		if f.known(known) {
			return known, true
		}
	}
	return "", false
}

// listed returns the values that are offered on a day even if no practice has
// them; present are the values that some practice has, sorted.
func (f Facet) listed(present []string, today time.Time) []string {
	d := &descriptors[f]
	var list []string
	if d.listed != nil {
		list = d.listed(present, today)
	}
	if d.unstated {
		list = append(slices.Clip(list), Unknown)
	}
	return list
}

// Offer is what a site lets readers choose from. The zero value is everything. What it
// leaves out can be chosen by an address all the same.
type Offer struct {
	WithoutFacets []Facet          // they are not shown, so their values are not counted
	WithoutTopics []practice.Topic // they are not among the values, unless they are chosen
}

// Facets are those that are shown, in the order of the form.
func (o Offer) Facets() []Facet {
	return slices.DeleteFunc(slices.Clone(Facets), func(f Facet) bool { return slices.Contains(o.WithoutFacets, f) })
}

// offer leaves out of counts the topics that are neither offered nor chosen.
func (c *Counts) offer(o Offer) {
	c[Topic] = slices.DeleteFunc(c[Topic], func(v Value) bool {
		return !v.Chosen && slices.Contains(o.WithoutTopics, practice.Topic(v.Key))
	})
}

// dailyFacets are the facets whose values depend on the day.
func dailyFacets() []Facet {
	return slices.DeleteFunc(slices.Clone(Facets), func(f Facet) bool { return !descriptors[f].daily })
}
