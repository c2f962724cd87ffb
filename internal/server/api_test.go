package server_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"exempla/internal/catalogue"
	"exempla/internal/exchange"
	"exempla/internal/link"
	"exempla/internal/locale"
	"exempla/internal/practice"
	"exempla/internal/server/api"
	"exempla/internal/testdb"
)

// read reads the JSON of an answer.
func read[T any](p page) T {
	p.Helper()
	p.is(http.StatusOK)
	if got := p.header.Get("Content-Type"); got != "application/json" {
		p.Errorf("%s: content type %q", p.path, got)
	}
	var value T
	decoder := json.NewDecoder(strings.NewReader(p.body))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&value); err != nil {
		p.Fatalf("%s: %v", p.path, err)
	}
	return value
}

// walk follows the cursors of a list to its end and returns the slugs in their order.
func (s *site) walk(query string) (slugs []string, cursor string) {
	s.Helper()
	for {
		values, _ := url.ParseQuery(query)
		if cursor != "" {
			values.Set("cursor", cursor)
		}
		p := s.visit(link.API + "/practices?" + values.Encode())
		list := read[api.PracticeList](p)
		for _, p := range list.Practices {
			slugs = append(slugs, p.Slug)
		}
		if next := p.header.Get("Link"); list.More != strings.Contains(next, `rel="next"`) || list.More && !strings.Contains(next, url.QueryEscape(list.Cursor)) {
			s.Errorf("more %v, Link %q", list.More, next)
		}
		cursor = list.Cursor
		if !list.More {
			return slugs, cursor
		}
	}
}

// Programs find what readers find, in parts of any size and in every order, each
// practice once.
func TestProgramsFindWhatReadersFind(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	for _, query := range []string{"", "topic=refugees&topic=roma", "country=GR&language=en", "q=school&limit=3", "q=-school", "status=running&year=2019&limit=7",
		"limit=7", "sort=title&locale=el&limit=9", "sort=oldest&limit=100", "q=school&sort=relevance&limit=4", "sort=place&locale=ar"} {
		listed, _ := url.ParseQuery(query)
		for _, own := range []string{"limit", "sort", "locale"} {
			listed.Del(own)
		}
		selection := catalogue.Parse(listed)
		want := strings.Count(s.visit(link.Export("en", selection, "json")).body, "\n{") // one practice a line
		got, _ := s.walk(query)
		first := read[api.PracticeList](s.visit(link.API + "/practices?" + query))
		slices.Sort(got)
		if len(got) != want || len(slices.Compact(got)) != want || first.Total != want || want == 0 {
			t.Errorf("%q: %d practices, said %d, want %d", query, len(got), first.Total, want)
		}
	}
	if got, _ := s.walk("q=xyzzy"); len(got) != 0 {
		t.Errorf("nothing is %q", got)
	}
	got, _ := s.walk("q=school&sort=relevance&limit=4")
	same(t, "by relevance", got[:10], s.visit("/en/practices?q=school&size=10").slugs())
}

// What changes while a program walks through the list comes once more, at the end, and
// so does what changes after it.
func TestCursorSurvivesChanges(t *testing.T) {
	t.Parallel()
	s := openOwn(t)
	all, _ := s.walk("limit=100")
	begun := read[api.PracticeList](s.visit(link.API + "/practices?limit=10"))
	moved := begun.Practices[3].Slug
	s.changes(moved)
	rest, cursor := s.walk("limit=50&cursor=" + begun.Cursor)
	var first []string
	for _, p := range begun.Practices {
		first = append(first, p.Slug)
	}
	if rest[len(rest)-1] != moved || len(first)+len(rest) != len(all)+1 {
		t.Errorf("%d and %d of %d, the last is %s, want %s", len(first), len(rest), len(all), rest[len(rest)-1], moved)
	}
	for _, slug := range all {
		if !slices.Contains(first, slug) && !slices.Contains(rest, slug) {
			t.Errorf("%s is lost", slug)
		}
	}
	if again, _ := s.walk("cursor=" + cursor); len(again) != 0 {
		t.Errorf("nothing has changed, but there is %q", again)
	}
	s.changes(all[0])
	again, _ := s.walk("cursor=" + cursor)
	same(t, "changed since", again, []string{all[0]})
}

// A cursor goes on in the list that it was made for, and in no other.
func TestCursorBelongsToItsList(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	const query = "q=school&limit=3"
	cursor := "&cursor=" + read[api.PracticeList](s.visit(link.API+"/practices?"+query)).Cursor
	s.visit(link.API + "/practices?q=school&limit=50" + cursor)
	for _, other := range []string{"limit=3", "q=schools", query + "&topic=roma", query + "&sort=title", query + "&sort=changed&locale=el", query + "&locale=el"} {
		s.get(link.API+"/practices?"+other+cursor).fails(http.StatusUnprocessableEntity, "with these parameters")
	}
	s.get(link.API+"/cities?country=GR&cursor=de-berlin").fails(http.StatusUnprocessableEntity, "of another country")
}

// In an order by title nothing is lost or comes twice while others change; where it is not
// known any more what came next, the cursor is refused.
func TestCursorOfARankedList(t *testing.T) {
	t.Parallel()
	s := openOwn(t)
	all, _ := s.walk("sort=title&limit=100")
	const query = "sort=title&limit=10"
	begun := read[api.PracticeList](s.visit(link.API + "/practices?" + query))
	archive := func(slug string) {
		testdb.Exec(t, s.Store, `with c as (update catalogue_change set number = number + 1 returning number)
			update practice set state = 'archived', archive_reason = 'No', change = c.number from c where slug = $1`, slug)
		if err := s.Store.Practices.Refresh(t.Context(), s.Catalogue); err != nil {
			t.Fatal(err)
		}
	}
	archive(all[2])
	s.changes(all[20])
	rest, _ := s.walk(query + "&cursor=" + begun.Cursor)
	same(t, "behind the cursor", rest, all[10:])
	archive(all[9])
	s.get(link.API+"/practices?"+query+"&cursor="+begun.Cursor).fails(http.StatusUnprocessableEntity, "came last has changed")
	begun = read[api.PracticeList](s.visit(link.API + "/practices?" + query))
	s.changes(begun.Practices[9].Slug)
	s.get(link.API+"/practices?"+query+"&cursor="+begun.Cursor).fails(http.StatusUnprocessableEntity, "came last has changed")
}

// Where the database has gone back to a backup, its changes are numbered anew: who went on
// would miss some.
func TestCursorOfAnotherHistory(t *testing.T) {
	t.Parallel()
	s := openOwn(t)
	_, cursor := s.walk("limit=100")
	refused := func() {
		t.Helper()
		s.get(link.API+"/practices?limit=100&cursor="+cursor).fails(http.StatusUnprocessableEntity, "gone back to an earlier state")
	}
	testdb.Exec(t, s.Store, `update catalogue_mark set mark = 'anothero'`)
	refused()
	testdb.Exec(t, s.Store, `delete from catalogue_mark`)
	testdb.Exec(t, s.Store, `update catalogue_change set number = number - 1`)
	refused()
}

// changes makes readers see something new about a practice.
func (s *site) changes(slug string) {
	s.Helper()
	found, err := s.Store.Practices.Find(s.Context(), slug)
	if err != nil {
		s.Fatal(err)
	}
	found.Texts[0].Summary += " More."
	if _, err := s.Store.Practices.Import(s.Context(), []practice.Practice{found}, today, func(int) {}); err != nil {
		s.Fatal(err)
	}
	if err := s.Store.Practices.Refresh(s.Context(), s.Catalogue); err != nil {
		s.Fatal(err)
	}
}

// One practice has the form of the export, to the byte.
func TestPracticeForPrograms(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	got := read[exchange.Practice](s.visit(link.APIPractice(ioannina)))
	if got.Slug != ioannina || got.CountryCode != "GR" || len(got.Sections) == 0 || len(got.Texts) == 0 {
		t.Errorf("%+v", got)
	}
	line := strings.TrimSpace(s.visit(link.APIPractice(ioannina)).body)
	if !strings.Contains(s.visit("/en/practices.json?country=GR").body, line) {
		t.Errorf("the export has not %s", line)
	}
}

func TestValuesForPrograms(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	facets := read[api.Facets](s.visit(link.API + "/facets?country=GR&locale=de"))
	names := []string{}
	for _, f := range facets.Facets {
		names = append(names, f.Name)
		for _, v := range f.Values {
			if v.Label == "" || v.Practices > v.All || v.Chosen != (v.Key == "GR") {
				t.Errorf("%s: %+v", f.Name, v)
			}
		}
	}
	same(t, "facets", names, []string{"topic", "country", "city", "year", "language", "status"})
	if facets.Facets[1].Label != "Land" || facets.Total != len(s.visit("/de/practices?country=GR&size=50").slugs()) {
		t.Errorf("%q, %d", facets.Facets[1].Label, facets.Total)
	}
	topics := read[struct{ Topics []api.Topic }](s.visit(link.API + "/topics")).Topics
	countries := read[struct{ Countries []api.Country }](s.visit(link.API + "/countries")).Countries
	at := slices.IndexFunc(countries, func(c api.Country) bool { return c.Code == "GR" })
	if len(topics) < 10 || at < 0 || countries[at].Names["fr"] != "Grèce" || countries[at].Practices != facets.Total {
		t.Errorf("%v, %v", topics, countries)
	}
}

// Every city comes once, however small the parts, with what its filter finds.
func TestCitiesForPrograms(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	type cities struct {
		Cities []api.ListedCity
		More   bool
		Cursor string
	}
	whole := read[cities](s.visit(link.API + "/cities?limit=500"))
	var parts []string
	for part := (cities{More: true}); part.More; {
		part = read[cities](s.visit(link.API + "/cities?limit=7&cursor=" + part.Cursor))
		for _, c := range part.Cities {
			parts = append(parts, c.Key)
		}
	}
	var want []string
	for _, c := range whole.Cities {
		want = append(want, c.Key)
	}
	same(t, "cities", parts, want)
	of := whole.Cities[slices.Index(want, "gr-ioannina")]
	if found := read[api.PracticeList](s.visit(link.API + "/practices?city=gr-ioannina")).Total; of.Practices != found || of.Names["el"] != "Ιωάννινα" || of.Latitude == nil {
		t.Errorf("%+v, of %d practices", of, found)
	}
	for _, c := range read[cities](s.visit(link.API + "/cities?country=GR")).Cities {
		if c.Country != "GR" {
			t.Errorf("%+v is not in Greece", c)
		}
	}
}

// Whatever the page for programs shows as an example works, and so does what else it
// leads to.
func TestExamplesForProgramsWork(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	for _, l := range locale.All() {
		p := s.visit(link.Page(l.Tag(), link.InterfacePage))
		tried := 0
		for _, path := range attrs(all(p.doc, "main a"), "href") {
			if strings.HasPrefix(path, "/") {
				s.visit(path)
				tried++
			}
		}
		if tried < 10 {
			t.Errorf("%s: only %d examples", l.Tag(), tried)
		}
		p.says("main", "100")
	}
	read[api.PracticeList](s.visit(link.API + "/practices?limit=100"))
}

// Programs read the collections that readers see, with the same practices in the same
// order; drafts are not among them.
func TestProgramsReadCollections(t *testing.T) {
	t.Parallel()
	b := openBureau(t)
	list := func() []api.Collection {
		return read[struct{ Collections []api.Collection }](b.visit(link.API + "/collections")).Collections
	}
	before := len(list())
	slugs := b.visit("/en/practices").slugs()
	form := b.kim.visit("/en/desk/collections/new")
	saved := b.kim.follow(b.kim.posts(form.path, form.filled(fields{"title-en": "On music", "intro-en": "Some *words*.", "title-el": "Μουσική",
		"practices": origin + "/en/practices/" + slugs[3], "selection": origin + "/en/practices?topic=roma"})))
	if len(list()) != before {
		t.Error("a draft is listed")
	}
	b.get(link.API + "/collections/on-music").is(http.StatusNotFound)
	confirm := b.kim.visit(saved.path + "/publish")
	b.kim.posts(confirm.path, confirm.filled(nil))
	got := list()
	at := slices.IndexFunc(got, func(c api.Collection) bool { return c.Slug == "on-music" })
	if at < 0 || len(got) != before+1 {
		t.Fatalf("%d collections, %d before", len(got), before)
	}
	c := got[at]
	if c.Texts["el"].Title != "Μουσική" || c.Selection != "topic=roma" || c.Published.IsZero() || len(c.Practices) < 2 {
		t.Errorf("%+v", c)
	}
	same(t, "practices", c.Practices, b.visit("/en/collections/on-music").slugs())
	same(t, "one", read[api.Collection](b.visit(link.API+"/collections/on-music")).Practices, c.Practices)
	b.get(link.API + "/collections/none").is(http.StatusNotFound)
	b.get(link.API+"/collections?x=1").fails(http.StatusUnprocessableEntity, "query.x")
}
