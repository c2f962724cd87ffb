package main

import (
	"fmt"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// facetValue matches a value of a facet and the number beside it in a page.
var facetValue = regexp.MustCompile(`(?s)name="(topic|country|year|language|status)" value="([^"]+)".*?class="n">(\d+)<`)

// Choosing a single value of a facet gives exactly the number shown beside it,
// whatever else is chosen.
func TestFacetCountsMatchResults(t *testing.T) {
	t.Parallel()
	for _, query := range []string{"", "country=ES&country=IT&topic=education&status=unknown", "q=school&topic=education&year=2020", "q=women&language=en"} {
		t.Run(query, func(t *testing.T) {
			t.Parallel()
			checkFacetCounts(t, query)
		})
	}
}

func checkFacetCounts(t *testing.T, query string) {
	_, page := fetch(t, address(t, "/en/practices?"+query))
	found := facetValue.FindAllStringSubmatch(page, -1)
	if len(found) < 60 {
		t.Fatalf("only %d values", len(found))
	}
	for _, v := range found {
		asked, err := url.ParseQuery(query)
		if err != nil {
			t.Fatal(err)
		}
		asked.Set(v[1], v[2])
		_, page := fetch(t, address(t, "/en/practices?"+asked.Encode()))
		if got := fmt.Sprint(countIn(t, page)); got != v[3] {
			t.Errorf("%s=%s promises %s, but gives %s", v[1], v[2], v[3], got)
		}
	}
}

// countIn is the count above the listing in a page.
func countIn(t *testing.T, page string) int {
	t.Helper()
	found := heading.FindStringSubmatch(page)
	if found == nil {
		t.Fatal("a listing without heading")
	}
	first, _, _ := strings.Cut(found[1], " ")
	count, err := strconv.Atoi(first)
	if err != nil {
		return 0 // "No practices found"
	}
	return count
}
