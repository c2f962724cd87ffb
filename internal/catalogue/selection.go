package catalogue

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"exempla/internal/practice"
	"exempla/internal/query"
)

// Bounds of a search address. What exceeds them is cut or dropped rather than
// refused, because people share addresses and they must always work.
const (
	MaxWords = 200     // characters; longer than any question people type
	MaxPage  = 100_000 // two million practices at twenty a page

	// Values that are not known are kept to be named: as many as fit a sentence,
	// each as long as the longest key.
	mostStrays   = 3
	longestStray = 80 // bytes
)

// Sort is an order of results.
type Sort string

// The orders of results. Newest and Oldest sort by start, with unknown ones last,
// then by slug; Relevance exists only with words.
const (
	Newest    Sort = "newest"
	Oldest    Sort = "oldest"
	Title     Sort = "title"
	Place     Sort = "place"
	Relevance Sort = "relevance"
)

// DefaultSize is the number of practices on a page unless the address says otherwise.
const DefaultSize = 20

// Sizes are the page sizes that an address may ask for.
var Sizes = []int{10, DefaultSize, 50}

// Selection is what a reader asked for. Its zero value is not usable: Parse
// makes one from an address, and methods return changed copies.
type Selection struct {
	Words  string
	Sort   Sort
	Size   int                  // practices on a page
	Page   int                  // from 1
	List   practice.ReadingList // what the reader has put aside so far; it does not narrow, and goes along
	chosen [facetCount][]string
	strays [facetCount][]string // values that no practice could have; see Strays
}

// Parse reads a selection from the query of an address. It never fails: values
// that are not known do not filter, words are cut to MaxWords, numbers bounded.
func Parse(query url.Values) Selection {
	s := Selection{Words: cleanWords(strings.Join(query["q"], " ")), Size: DefaultSize, Page: 1}
	for _, f := range Facets {
		for _, key := range query[f.Name()] {
			if known, ok := f.canonical(key); ok {
				s.chosen[f] = append(s.chosen[f], known)
			} else if stray := cleanWords(key); stray != "" && len(stray) <= longestStray {
				s.strays[f] = append(s.strays[f], stray)
			}
		}
		s.chosen[f] = distinct(s.chosen[f])
		s.strays[f] = distinct(s.strays[f])
		s.strays[f] = s.strays[f][:min(len(s.strays[f]), mostStrays)]
	}
	s.Sort = s.defaultSort()
	if sort := Sort(query.Get("sort")); slices.Contains(s.Sorts(), sort) {
		s.Sort = sort
	}
	if size, err := strconv.Atoi(query.Get("size")); err == nil && slices.Contains(Sizes, size) {
		s.Size = size
	}
	if page, err := strconv.Atoi(query.Get("page")); err == nil && page > 1 {
		s.Page = min(page, MaxPage)
	}
	s.List = ParseList(query)
	return s
}

// Parameters of a reading list: the list itself, and the practice that a button adds
// to it, takes from it or moves by one place. Only the first is part of a canonical
// address.
const (
	ListParameter = "p"
	AddParameter  = "add"
	DropParameter = "drop"
	UpParameter   = "up"
	DownParameter = "down"
)

// ParseList reads the reading list of an address, after what a button changes in it.
func ParseList(query url.Values) practice.ReadingList {
	list, _ := practice.ParseReadingList(strings.Join(query[ListParameter], " "))
	list = list.With(query.Get(AddParameter)).Without(query.Get(DropParameter))
	return list.Moved(query.Get(UpParameter), -1).Moved(query.Get(DownParameter), 1)
}

// ParseAddress reads a selection from the query of an address as it was typed or
// copied: "q=100%" is a word with a percent sign, and "&amp;" out of the source of
// a page separates like "&". Nothing that has one meaning is dropped because it is
// written badly.
func ParseAddress(query string) Selection {
	values := url.Values{}
	for pair := range strings.SplitSeq(query, "&") {
		name, value, _ := strings.Cut(strings.TrimPrefix(pair, "amp;"), "=")
		values.Add(unescape(name), unescape(value))
	}
	return Parse(values)
}

// unescape decodes a part of a query, and leaves a percent sign that begins no
// code as it is.
func unescape(text string) string {
	if plain, err := url.QueryUnescape(text); err == nil {
		return plain
	}
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		if text[i] == '%' && i+2 < len(text) {
			if code, err := strconv.ParseUint(text[i+1:i+3], 16, 8); err == nil {
				b.WriteByte(byte(code))
				i += 2
				continue
			}
		}
		if text[i] == '+' {
			b.WriteByte(' ')
			continue
		}
		b.WriteByte(text[i])
	}
	return b.String()
}

func distinct(list []string) []string {
	slices.Sort(list)
	return slices.Compact(list)
}

// Strays are the values of a facet in the address that are none, sorted: the
// reader is told that they do not filter. At most three. The caller must not
// change them.
func (s Selection) Strays(f Facet) []string { return s.strays[f] }

// WithoutStrays returns the selection without the values that are none.
func (s Selection) WithoutStrays() Selection {
	s.strays = [facetCount][]string{}
	return s
}

// HasStrays reports whether there are values that are none.
func (s Selection) HasStrays() bool {
	return slices.ContainsFunc(s.strays[:], func(list []string) bool { return len(list) > 0 })
}

// cleanWords makes typed words safe to keep: valid UTF-8 without control
// characters, single spaces, at most MaxWords characters.
func cleanWords(words string) string {
	words = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == unicode.ReplacementChar {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(words, " "))
	words = strings.Join(strings.Fields(words), " ")
	count := 0
	for at := range words {
		if count == MaxWords {
			return strings.TrimSpace(words[:at])
		}
		count++
	}
	return words
}

// Sorts lists the orders to choose from, the default one first.
func (s Selection) Sorts() []Sort {
	if s.Words != "" {
		return []Sort{Relevance, Newest, Oldest, Title, Place}
	}
	return []Sort{Newest, Oldest, Title, Place}
}

func (s Selection) defaultSort() Sort { return s.Sorts()[0] }

// usualQuery is enough for the queries of most selections, in bytes.
const usualQuery = 128

// Query returns the one canonical query of the selection, without "?": parameters
// in the form's order, values sorted, no defaults, so that it is empty for the
// whole catalogue. Parsing it gives the selection back.
func (s Selection) Query() string {
	var b strings.Builder
	b.Grow(usualQuery)
	add := func(name, value string) {
		if b.Len() > 0 {
			b.WriteByte('&')
		}
		b.WriteString(name)
		b.WriteByte('=')
		b.WriteString(url.QueryEscape(value))
	}
	if s.Words != "" {
		add("q", s.Words)
	}
	for _, f := range Facets {
		for _, key := range s.chosen[f] {
			add(f.Name(), key)
		}
		for _, stray := range s.strays[f] {
			add(f.Name(), stray)
		}
	}
	if s.Sort != s.defaultSort() {
		add("sort", string(s.Sort))
	}
	if s.Size != DefaultSize {
		add("size", strconv.Itoa(s.Size))
	}
	if s.Page > 1 {
		add("page", strconv.Itoa(s.Page))
	}
	if len(s.List) > 0 {
		add(ListParameter, s.List.String())
	}
	return b.String()
}

// Chosen returns the chosen values of a facet, sorted. The caller must not change it.
func (s Selection) Chosen(f Facet) []string { return s.chosen[f] }

// Has reports whether a value is chosen.
func (s Selection) Has(f Facet, key string) bool { return slices.Contains(s.chosen[f], key) }

// Filters counts the chosen values of all facets.
func (s Selection) Filters() int {
	count := 0
	for _, keys := range s.chosen {
		count += len(keys)
	}
	return count
}

// Narrowed reports whether words or filters narrow the catalogue.
func (s Selection) Narrowed() bool { return s.Words != "" || s.Filters() > 0 }

// Only returns the selection with exactly these values in a facet, on its first
// page; without values the facet no longer narrows.
func (s Selection) Only(f Facet, keys ...string) Selection {
	s.chosen[f] = slices.Sorted(slices.Values(keys))
	s.Page = 1
	return s
}

// Without returns the selection without one value, on its first page.
func (s Selection) Without(f Facet, key string) Selection {
	return s.Only(f, slices.DeleteFunc(slices.Clone(s.chosen[f]), func(k string) bool { return k == key })...)
}

// WithWords returns the selection with other words, on its first page.
func (s Selection) WithWords(words string) Selection {
	if words = cleanWords(words); words == "" {
		return s.WithoutWords()
	}
	if s.Words == "" && s.Sort == s.defaultSort() {
		s.Sort = Relevance
	}
	s.Words = words
	s.Page = 1
	return s
}

// WithoutWords returns the selection without its words, on its first page. An
// order by relevance becomes the default one.
func (s Selection) WithoutWords() Selection {
	if s.Sort == Relevance {
		s.Sort = Newest
	}
	s.Words = ""
	s.Page = 1
	return s
}

// Reset returns the selection without words and filters. Order, page size and reading
// list stay: they are how people read, not what they look for.
func (s Selection) Reset() Selection {
	s = s.WithoutWords()
	s.chosen = [facetCount][]string{}
	return s.WithoutStrays()
}

// WithoutList returns the selection alone, as it is for what is no page of a reader's.
func (s Selection) WithoutList() Selection {
	s.List = nil
	return s
}

// Sought returns what is looked for alone, without how people read what was found.
func (s Selection) Sought() Selection {
	s.Sort, s.Size, s.Page = s.defaultSort(), DefaultSize, 1
	return s.WithoutList()
}

// OnPage returns the selection on another page.
func (s Selection) OnPage(page int) Selection {
	s.Page = page
	return s
}

// Text returns the text of a practice to show: in the reader's language if the
// selection allows it, else in a chosen language, else the original.
func (s Selection) Text(p practice.Practice, reader practice.Language) practice.Text {
	wanted := []practice.Language{reader}
	if keys := s.chosen[Language]; len(keys) > 0 && !slices.Contains(keys, string(reader)) {
		wanted = wanted[:0]
		for _, key := range keys {
			wanted = append(wanted, practice.Language(key))
		}
	}
	text, _ := p.Text(wanted...)
	return text
}

// MaxTerms bounds how many parts of a search are told apart: when nothing is
// found the page offers the search without each, and a longer list is no help.
const MaxTerms = 8

// Terms are the parts of the typed words that mean something by themselves, at
// most MaxTerms.
func (s Selection) Terms() []query.Term {
	terms := query.Parse(s.Words).Terms
	return terms[:min(len(terms), MaxTerms)]
}

// WithoutTerm returns the selection without one of its terms, on its first page.
func (s Selection) WithoutTerm(i int) Selection {
	return s.WithWords(query.Parse(s.Words).Without(i))
}

// onlyExcludes reports whether the words say nothing but what is not wanted:
// then everything else is.
func (s Selection) onlyExcludes() bool { return query.Parse(s.Words).OnlyExcludes() }

// Fields of the form that choose years by the first and the last. They are no part of
// an address, which names each year.
const (
	FirstYear = "from"
	LastYear  = "to"
)

// Between returns the selection with the years from first to last instead of those
// chosen; "not stated" stays chosen if it is. An end that is no year leaves that side
// open; where neither is one, nothing changes. Of the years that no practice reaches
// only the ends themselves are chosen, so that the reader sees what was asked for.
func (s Selection) Between(x *Index, first, last string) Selection {
	if !isYear(first) && !isYear(last) {
		return s
	}
	if isYear(first) && isYear(last) && first > last {
		first, last = last, first
	}
	years := slices.DeleteFunc([]string{first, last}, func(end string) bool { return !isYear(end) })
	for _, offered := range x.offered[Year] {
		after, before := !isYear(first) || offered.key >= first, !isYear(last) || offered.key <= last
		if isYear(offered.key) && after && before {
			years = append(years, offered.key)
		}
	}
	if s.Has(Year, Unknown) {
		years = append(years, Unknown)
	}
	return s.Only(Year, distinct(years)...)
}
