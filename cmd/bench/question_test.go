package main

import (
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"exempla/internal/catalogue"
	"exempla/internal/link"
	"exempla/internal/practice"
)

// A new selection every time has to be one, and none may be led elsewhere.
func TestAddressesDifferAndAreCanonical(t *testing.T) {
	t.Parallel()
	trial := trial{catalogue: &collection{size: 10_000, maker: maker(t)}}
	for name, list := range map[string][]string{"pages": addresses(trial.pages()), "topics": addresses(trial.topicPages()), "three": addresses(three()),
		"mixed": addresses(mixed()), "words": addresses(narrowed([]string{"youth", "αθήνα"})), "practices": trial.slugs(), "suggestions": suggestions(nil)} {
		seen := map[string]bool{}
		for _, address := range list {
			path, query, _ := strings.Cut(address, "?")
			values, err := url.ParseQuery(query)
			if seen[address] || err != nil || !strings.HasPrefix(path, "/en/") {
				t.Fatalf("%s: %q is there twice, or no address (%v)", name, address, err)
			}
			seen[address] = true
			if path == "/en/practices" && catalogue.Parse(values).Query() != query {
				t.Fatalf("%s: %q is not canonical", name, address)
			}
		}
	}
	if n := len(mixed()); n < 100_000 {
		t.Errorf("%d new selections", n)
	}
}

func TestWordsAreOfEveryKind(t *testing.T) {
	t.Parallel()
	frequent, rare := (&trial{catalogue: &collection{size: 1_000_000, maker: maker(t)}}).candidates()
	if len(frequent) < wantedCommon || len(rare) < wantedRare {
		t.Errorf("%d common and %d rare words", len(frequent), len(rare))
	}
}

// Like addresses do not follow one another, and none is lost.
func TestAddressesAreMixed(t *testing.T) {
	t.Parallel()
	selections := three()
	list := addresses(selections)
	in := map[string]bool{}
	for _, address := range list {
		in[address] = true
	}
	if len(in) != len(selections) {
		t.Errorf("%d addresses of %d selections", len(in), len(selections))
	}
	inOrder := 0
	for i := range list {
		if list[i] == link.Browse(tag, selections[i]) {
			inOrder++
		}
	}
	if inOrder > len(list)/10 {
		t.Errorf("%d of %d addresses stand where they stood", inOrder, len(list))
	}
}

func TestPagesReachFromEitherEnd(t *testing.T) {
	t.Parallel()
	one := &trial{catalogue: &collection{size: 5 * catalogue.DefaultSize}}
	list := one.pages()
	if len(list) != 10 || list[0].Page != 1 || list[9].Page != 5 || list[0].Sort == list[1].Sort {
		t.Errorf("%d pages, the first %+v, the last %+v", len(list), list[0], list[len(list)-1])
	}
	if list := one.pagesOf(everything, 0); len(list) != len(orders) {
		t.Errorf("%d pages of nothing", len(list))
	}
	one.catalogue.size = 1 << 40
	if list := one.pages(); len(list) != mostAddresses {
		t.Errorf("%d pages of a huge catalogue", len(list))
	}
}

func TestSuggestionsAreBeginningsOfWords(t *testing.T) {
	t.Parallel()
	list := suggestions([]string{"школа"})
	for _, typed := range []string{"Ba", "Barce", "Οs", "шк", "школа"} {
		address := "/en/suggest?q=" + url.QueryEscape(typed)
		if want := typed != "Οs"; slices.Contains(list, address) != want { // with a Greek letter: of no word
			t.Errorf("%s is asked for: %v", typed, !want)
		}
	}
	for _, address := range list {
		typed, err := url.QueryUnescape(address[len("/en/suggest?q="):])
		if n := utf8.RuneCountInString(typed); err != nil || n < 2 || n > 5 {
			t.Errorf("%q is typed, %v", typed, err)
		}
	}
}

func TestSelectionsNarrowThreeFacets(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		list   []catalogue.Selection
		fields []string
		count  int
	}{
		"three":    {three(), []string{"topic=", "country=", "year="}, len(practice.Topics) * len(countries) * len(years) * len(orders)},
		"narrowed": {narrowed([]string{"youth"}), []string{"q=youth", "topic=", "country="}, len(practice.Topics) * len(countries)},
		"searches": {searches([]string{"a b", "youth"}), []string{"q="}, 2},
	} {
		if len(c.list) != c.count {
			t.Errorf("%s: %d selections, not %d", name, len(c.list), c.count)
		}
		for _, s := range c.list {
			for _, field := range c.fields {
				if !strings.Contains(s.Query(), field) {
					t.Fatalf("%s: no %s in %s", name, field, s.Query())
				}
			}
		}
	}
}

func TestPairsAreVisitedOnce(t *testing.T) {
	t.Parallel()
	var got [][2]int
	pairs(4, func(a, b int) { got = append(got, [2]int{a, b}) })
	if want := [][2]int{{0, 1}, {0, 2}, {0, 3}, {1, 2}, {1, 3}, {2, 3}}; !slices.Equal(got, want) {
		t.Errorf("%v", got)
	}
}

func TestSlugsAreFromAllOverTheCatalogue(t *testing.T) {
	t.Parallel()
	one := &trial{catalogue: &collection{size: 50_000, maker: maker(t)}}
	list := one.slugs()
	if len(list) != mostSlugs {
		t.Fatalf("%d slugs", len(list))
	}
	number := regexp.MustCompile(`-(\d+)$`)
	lowest, highest := one.size(), 0
	for _, address := range list {
		n, err := strconv.Atoi(number.FindStringSubmatch(address)[1])
		if err != nil {
			t.Fatal(err)
		}
		lowest = min(lowest, n)
		highest = max(highest, n)
	}
	if lowest > 100 || highest < 49_900 {
		t.Errorf("slugs from %d to %d", lowest, highest)
	}
}
