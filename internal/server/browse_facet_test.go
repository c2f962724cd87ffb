package server_test

import (
	"math/rand/v2"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"exempla/internal/catalogue"
	"exempla/internal/locale"
	"exempla/internal/practice"
)

// value is a value of a facet as the form shows it.
type value struct {
	facet, key, label      string
	count                  int
	chosen, disabled, rest bool
}

// values are the checkboxes of an English listing, in their order.
func (p page) values() []value {
	p.Helper()
	var list []value
	for _, label := range all(p.doc, ".facet label") {
		box, n := all(label, "input[type=checkbox]")[0], all(label, ".n")[0]
		v := value{attr(box, "name"), attr(box, "value"), text(all(label, ".name")[0]), counted(p.T, text(n)),
			has(box, "checked"), has(box, "disabled"), strings.Contains(attr(label, "class"), "rest")}
		if !strings.HasSuffix(text(n), "practice") && !strings.HasSuffix(text(n), "practices") {
			p.Errorf("%s: the number of %s reads %q", p.path, v.key, text(n))
		}
		list = append(list, v)
	}
	return list
}

// of keeps the values of one facet.
func of(facet string, list []value) []value {
	return slices.DeleteFunc(slices.Clone(list), func(v value) bool { return v.facet != facet })
}

func keys(list []value) []string {
	var all []string
	for _, v := range list {
		all = append(all, v.key)
	}
	return all
}

// promise checks that each number of a page is what its value gives when only
// it is chosen in its facet.
func (p page) promise(s *site) {
	p.Helper()
	asked, _ := url.Parse(p.path)
	for _, v := range p.values() {
		query := asked.Query()
		query.Set(v.facet, v.key)
		query.Del("page")
		selection := catalogue.Parse(query)
		if v.count == 0 && v.disabled {
			continue // it cannot be chosen, and there are too many to look at each
		}
		if got := s.visit("/en/practices?" + selection.Query()).total(); got != v.count {
			p.Errorf("%s: %s %s says %d, its page has %d", p.path, v.facet, v.key, v.count, got)
		}
	}
}

func TestNumbersTellTheTruth(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	s.visit("/en/practices").promise(s)
}

// TestNumbersTellTheTruthWhateverIsChosen compares the numbers of random
// selections with the pages behind them.
func TestNumbersTellTheTruthWhateverIsChosen(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	values := s.visit("/en/practices").values()
	random := rand.New(rand.NewPCG(1, 2))
	for range 20 {
		query := url.Values{}
		for range 1 + random.IntN(4) {
			v := values[random.IntN(len(values))]
			query.Add(v.facet, v.key)
		}
		if random.IntN(3) == 0 {
			query.Set("q", []string{"school", "city or women", "intercultural -festival"}[random.IntN(3)])
		}
		if canonical := catalogue.Parse(query).Query(); canonical != "" {
			s.visit("/en/practices?" + canonical).promise(s)
		}
	}
}

// fits says by itself whether a practice fits what is asked, so that the
// numbers are not only in agreement with one another.
func fits(p practice.Practice, query url.Values) bool {
	for name, wanted := range query {
		if !slices.ContainsFunc(wanted, func(key string) bool { return bears(p, name, key) }) {
			return false
		}
	}
	return true
}

func bears(p practice.Practice, facet, key string) bool {
	switch facet {
	case "topic":
		return slices.Contains(p.Topics, practice.Topic(key))
	case "country":
		return slices.Contains(p.Place.Countries, practice.Country(key))
	case "language":
		return slices.ContainsFunc(p.Texts, func(t practice.Text) bool { return string(t.Language) == key })
	case "status":
		end := p.Period.End // a bare year reaches to its December
		past := end.Year < today.Year() || end.Year == today.Year() && end.Month != 0 && end.Month < today.Month()
		running := p.Period.Ongoing || end.Year != 0 && !past
		ended := !running && end.Year != 0
		return key == map[[2]bool]string{{true, false}: "running", {false, true}: "ended", {false, false}: "unknown"}[[2]bool{running, ended}]
	}
	if p.Period.Start.Year == 0 {
		return key == "unknown"
	}
	year, err := strconv.Atoi(key)
	last := p.Period.Start.Year
	switch {
	case p.Period.Ongoing:
		last = today.Year()
	case p.Period.End.Year != 0:
		last = min(p.Period.End.Year, today.Year())
	}
	return err == nil && year >= p.Period.Start.Year && year <= last
}

func TestResultIsWhatWasAskedFor(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	practices := known(t)
	for _, query := range []string{"size=50", "topic=refugees&size=50", "topic=refugees&topic=roma&size=50", "topic=refugees&country=GR&size=50",
		"country=CY&country=GR&status=unknown&size=50", "year=2018&size=50", "topic=education&year=2012&year=2018&size=50", "year=unknown&size=50",
		"year=2025&year=unknown&status=running&size=50", "language=el&language=ja&size=50", "language=en&size=50", "country=UA&language=uk&size=50",
		"status=ended&size=50", "status=running&size=50", "country=PT&status=unknown&size=50", "year=1986&size=50", "year=2024&status=ended&size=50"} {
		asked, _ := url.ParseQuery(query)
		asked.Del("size")
		var want []string
		for slug, p := range practices {
			if fits(p, asked) {
				want = append(want, slug)
			}
		}
		got := s.listed(query)
		slices.Sort(got)
		slices.Sort(want)
		same(t, query, got, want)
		if total := s.visit("/en/practices?" + query).total(); total != len(want) {
			t.Errorf("%s: the heading counts %d, want %d", query, total, len(want))
		}
	}
}

func TestYearMeansRunningInThatYear(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	const since2017 = ioannina // April 2017, still running
	for year, there := range map[string]bool{"2016": false, "2017": true, "2018": true, "2025": true, "unknown": false} {
		if got := slices.Contains(s.listed("country=GR&year="+year), since2017); got != there {
			t.Errorf("in %s: %v, want %v", year, got, there)
		}
	}
	years := keys(of("year", s.visit("/en/practices").values()))
	if years[0] != "1982" || years[len(years)-2] != "2025" || years[len(years)-1] != "unknown" || len(years) != 2025-1982+2 {
		t.Errorf("the row of years is %v", years)
	}
}

func TestEveryValueKeepsItsPlace(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	open := keys(s.visit("/en/practices").values())
	for _, query := range []string{"country=JP", "topic=roma&country=GR", "q=xyzzy", "year=1982&language=ja", "status=ended&sort=title"} {
		values := s.visit("/en/practices?" + query).values()
		same(t, query, keys(values), open)
		for _, v := range values {
			if v.disabled != (v.count == 0 && !v.chosen) {
				t.Errorf("%s: %s %s, %d practices, chosen %v: disabled is %v", query, v.facet, v.key, v.count, v.chosen, v.disabled)
			}
			if v.chosen != strings.Contains(query, v.facet+"="+v.key) {
				t.Errorf("%s: %s %s is chosen: %v", query, v.facet, v.key, v.chosen)
			}
		}
	}
}

// TestChosenValueAlwaysShows chooses rare values, and ones that nothing has.
func TestChosenValueAlwaysShows(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	for _, query := range []string{"country=JP", "country=ZW", "topic=roma&country=IS", "year=1982", "year=1850", "language=zu", "country=GR&year=2100"} {
		asked, _ := url.ParseQuery(query)
		values := s.visit("/en/practices?" + query).values()
		for facet, list := range asked {
			at := slices.IndexFunc(values, func(v value) bool { return v.facet == facet && v.key == list[0] })
			if at < 0 || !values[at].chosen || values[at].disabled || values[at].rest {
				t.Errorf("%s: %s is not there to be taken back", query, list[0])
			}
		}
	}
}

func TestLongListsFold(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	p := s.visit("/en/practices?topic=roma&country=JP")
	for facet, rest := range map[string]int{"topic": 22 - 8 - 1, "country": 30 - 8 - 1, "year": 44 - 16, "language": 0, "status": 0} {
		list := of(facet, p.values())
		folded := 0
		for _, v := range list {
			if v.rest {
				folded++
			}
		}
		if folded != rest {
			t.Errorf("%s: %d of %d values are folded, want %d", facet, folded, len(list), rest)
		}
		if got := len(all(p.doc, "#more-"+facet)) == 1; got != (rest > 0) {
			t.Errorf("%s: there is a way to the rest: %v", facet, got)
		}
	}
	p.says("#more-country", "Show all 30 countries")
	p.says("#more-topic", "Show all 22 topics")
}

// TestFoldedListsShowTheMostFrequent whatever is selected.
func TestFoldedListsShowTheMostFrequent(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	frequent := of("country", s.visit("/en/practices").values())
	slices.SortStableFunc(frequent, func(a, b value) int { return b.count - a.count })
	want := keys(frequent[:8])
	slices.Sort(want)
	for _, query := range []string{"size=10", "year=1986", "topic=roma&language=ja"} {
		var shown []string
		for _, v := range of("country", s.visit("/en/practices?"+query).values()) {
			if !v.rest {
				shown = append(shown, v.key)
			}
		}
		slices.Sort(shown)
		same(t, query, shown, want)
	}
}

func TestValuesFollowTheReadersAlphabet(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	for _, l := range locale.All() {
		p := s.visit("/" + l.Tag() + "/practices")
		for _, facet := range all(p.doc, "fieldset.facet") {
			names := texts(all(facet, "label .name"))
			kind := attr(all(facet, "input[type=checkbox]")[0], "name")
			if kind == "topic" || kind == "country" || kind == "language" {
				if !slices.IsSortedFunc(names, l.Compare) {
					t.Errorf("%s: %s is not in order: %q", l.Tag(), kind, names)
				}
			}
		}
	}
}

// TestAlphabetsThatBytesWouldGetWrong holds a few places by hand.
func TestAlphabetsThatBytesWouldGetWrong(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	for tag, order := range map[string][]string{
		"uk": {"Греція", "Данія", "Ізраїль", "Італія", "Канада", "Японія"}, // і stands behind и, not behind я
		"de": {"Australien", "Österreich", "Polen"},
		"fr": {"Danemark", "Espagne", "Grèce"},
		"el": {"Αυστραλία", "Ελλάδα", "Ιαπωνία", "Ισπανία", "Ουκρανία"},
		"sq": {"Danimarkë", "Greqi", "Gjermani"}, // gj is a letter of its own
		"es": {"Dinamarca", "España", "Francia"},
	} {
		names := texts(all(s.visit("/"+tag+"/practices").doc, "fieldset.facet label .name"))
		var found []string
		for _, name := range names {
			if slices.Contains(order, name) {
				found = append(found, name)
			}
		}
		same(t, tag, found, order)
	}
}

func TestStatusesStandInTheOrderOfALife(t *testing.T) {
	t.Parallel()
	same(t, "statuses", keys(of("status", openSample(t).visit("/de/practices").boxes())), []string{"running", "ended", "unknown"})
}

// boxes are the checkboxes of a listing in any language, without numbers.
func (p page) boxes() []value {
	var list []value
	for _, box := range all(p.doc, ".facet input[type=checkbox]") {
		list = append(list, value{facet: attr(box, "name"), key: attr(box, "value")})
	}
	return list
}

// TestBarsMeasureTheCounts looks at the bars of the years.
func TestBarsMeasureTheCounts(t *testing.T) {
	t.Parallel()
	p := openSample(t).visit("/en/practices?country=ES")
	highest := 0
	for _, v := range of("year", p.values()) {
		if v.key != "unknown" {
			highest = max(highest, v.count)
		}
	}
	for _, label := range all(p.doc, ".years .row label") {
		count := counted(t, text(all(label, ".n")[0]))
		if got := height(t, label); got != 100*count/highest {
			t.Errorf("a bar for %d of %d practices is %d high", count, highest, got)
		}
	}
}

// height is how high the bar of a label is, in percent; what is out of reach has
// none.
func height(t *testing.T, label *html.Node) int {
	t.Helper()
	for _, class := range strings.Fields(attr(label, "class")) {
		if share, ok := strings.CutPrefix(class, "w"); ok {
			return counted(t, share)
		}
	}
	return 0
}
