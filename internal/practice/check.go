package practice

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"exempla/internal/text"
)

// Limits of a practice. Limits of texts are in characters, those of slugs in
// bytes. They leave room for everything seen in real catalogues (longest title
// 170, longest summary 317) but keep a single practice from exhausting memory.
const (
	MaxTitle    = 300
	MaxSummary  = 3_000
	MaxSection  = 30_000
	MaxName     = 300   // of an organisation, a publisher, a city, a licence or a period's wording
	MaxURL      = 2_000 // what browsers and proxies accept everywhere
	MaxSlug     = 120
	MaxCities   = 100 // the largest network seen has nine
	MaxKeyword  = 60  // twice the longest
	MaxTexts    = 40  // more than the official languages of Europe
	MaxKeywords = 30  // more say nothing
)

// Rule names the kind of a problem.
type Rule string

// The rules that Check applies.
const (
	Missing   Rule = "missing"
	TooLong   Rule = "too long"
	NotKnown  Rule = "unknown"
	Malformed Rule = "malformed"
	Repeated  Rule = "repeated"
	NotText   Rule = "not text"
)

// Problem is a rule that a field breaks, with what its author needs to fix it.
type Problem struct {
	Field string // as in a file: "title", "sections.purpose", "texts.el.summary"
	Rule  Rule
	Value string // the offending value, if that helps
	Limit int    // maximum number of characters or entries; 0 if the rule has none
}

// String describes the problem in English, for the command line.
func (p Problem) String() string {
	switch {
	case p.Limit > 0:
		return fmt.Sprintf("%s: %s, at most %d", p.Field, p.Rule, p.Limit)
	case p.Value != "":
		return fmt.Sprintf("%s: %s: %q", p.Field, p.Rule, p.Value)
	}
	return fmt.Sprintf("%s: %s", p.Field, p.Rule)
}

// Check returns all problems of the practice in the order of its fields, or nil if
// it may be stored.
func (p Practice) Check() []Problem {
	var c checker
	c.slug(p.Slug)
	c.place(p.Place)
	c.topics(p.Topics)
	c.keywords(p.Keywords)
	c.text("period", p.Period.Wording, MaxName)
	c.text("run_by", p.Organisation, MaxName)
	c.text("licence", p.Licence, MaxName)
	c.text("organisation", p.Source.Name, MaxName)
	c.address(p.Source.URL)
	c.texts(p.Texts)
	return c.problems
}

// checker gathers problems.
type checker struct{ problems []Problem }

func (c *checker) add(field string, rule Rule, value string) {
	c.problems = append(c.problems, Problem{Field: field, Rule: rule, Value: value})
}

func (c *checker) limit(field string, found, limit int) {
	if found > limit {
		c.problems = append(c.problems, Problem{Field: field, Rule: TooLong, Limit: limit})
	}
}

func (c *checker) text(field, value string, limit int) {
	if !utf8.ValidString(value) || strings.ContainsRune(value, 0) {
		c.add(field, NotText, "")
		return
	}
	c.limit(field, utf8.RuneCountInString(value), limit)
}

func (c *checker) required(field, value string, limit int) {
	if text.Blank(value) {
		c.add(field, Missing, "")
		return
	}
	c.text(field, value, limit)
}

func (c *checker) slug(slug string) {
	switch {
	case slug == "":
		c.add("slug", Missing, "")
	case len(slug) > MaxSlug:
		c.limit("slug", len(slug), MaxSlug)
	case Slugify(slug) != slug:
		c.add("slug", Malformed, slug)
	}
}

func (c *checker) place(p Place) {
	if len(p.Countries) == 0 {
		c.add("country_code", Missing, "")
	}
	seen := map[Country]bool{}
	for _, country := range p.Countries {
		if !country.Known() {
			c.add("country_code", NotKnown, string(country))
		} else if seen[country] {
			c.add("country_code", Repeated, string(country))
		}
		seen[country] = true
	}
	c.limit("cities", len(p.Cities), MaxCities)
	for _, city := range p.Cities {
		c.city(city)
	}
}

func (c *checker) city(city City) {
	c.required("cities", city.Name, MaxName)
	if !city.Country.Known() {
		c.add("country_code", NotKnown, string(city.Country))
	}
	if city.Latitude < -90 || city.Latitude > 90 {
		c.add("latitude", Malformed, fmt.Sprint(city.Latitude))
	}
	if city.Longitude < -180 || city.Longitude > 180 {
		c.add("longitude", Malformed, fmt.Sprint(city.Longitude))
	}
}

func (c *checker) topics(topics []Topic) {
	if len(topics) == 0 {
		c.add("topics", Missing, "")
	}
	seen := map[Topic]bool{}
	for _, topic := range topics {
		if !topic.Known() {
			c.add("topics", NotKnown, string(topic))
		} else if seen[topic] {
			c.add("topics", Repeated, string(topic))
		}
		seen[topic] = true
	}
}

// keywords checks how keywords are written; which there are the thesaurus knows.
func (c *checker) keywords(keywords []string) {
	c.limit("keywords", len(keywords), MaxKeywords)
	for i, keyword := range keywords {
		switch {
		case len(keyword) > MaxKeyword:
			c.limit("keywords", len(keyword), MaxKeyword)
		case keyword == "" || Slugify(keyword) != keyword:
			c.add("keywords", Malformed, keyword)
		case slices.Contains(keywords[:i], keyword):
			c.add("keywords", Repeated, keyword)
		}
	}
}

func (c *checker) address(address string) {
	if address == "" {
		return
	}
	c.text("source_url", address, MaxURL)
	at, err := url.Parse(address)
	if err != nil || at.Host == "" || (at.Scheme != "http" && at.Scheme != "https") {
		c.add("source_url", Malformed, address)
	}
}

func (c *checker) texts(texts []Text) {
	if len(texts) == 0 {
		c.add("title", Missing, "")
	}
	c.limit("texts", len(texts), MaxTexts)
	seen := map[Language]bool{}
	for i, text := range texts {
		prefix := ""
		if i > 0 {
			prefix = "texts." + string(text.Language) + "."
		}
		if seen[text.Language] {
			c.add(prefix+"language", Repeated, string(text.Language))
		}
		seen[text.Language] = true
		c.state(prefix, text.State, i == 0)
		c.words(prefix, text)
	}
}

// state checks that the first text, and only the first, is the original.
func (c *checker) state(prefix string, state TextState, first bool) {
	switch {
	case !state.Known():
		c.add(prefix+"state", NotKnown, string(state))
	case (state == Original) != first:
		c.add(prefix+"state", Malformed, string(state))
	}
}

func (c *checker) words(prefix string, t Text) {
	if !t.Language.Known() {
		c.add(prefix+"language", NotKnown, string(t.Language))
	}
	if t.TitleLanguage != t.Language && !t.TitleLanguage.Known() { // one code that is wrong is one fault
		c.add(prefix+"title_language", NotKnown, string(t.TitleLanguage))
	}
	c.required(prefix+"title", t.Title, MaxTitle)
	c.text(prefix+"title_en", t.TitleEnglish, MaxTitle)
	c.required(prefix+"summary", t.Summary, MaxSummary)
	for _, section := range Sections {
		c.text(prefix+"sections."+string(section), t.Sections[section], MaxSection)
	}
	for section := range t.Sections {
		if !section.Known() {
			c.add(prefix+"sections."+string(section), NotKnown, "")
		}
	}
}
