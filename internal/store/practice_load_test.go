package store_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"exempla/internal/catalogue"
	"exempla/internal/practice"
	"exempla/internal/store"
	"exempla/internal/testdb"
)

// Each of these answers is another page: moved, gone with a reason, never there.
func TestPracticeThatIsNotThere(t *testing.T) {
	t.Parallel()
	s := testdb.Open(t)
	importInto(t, s, made("now"), made("away"))
	archive(t, s, "away", "The city asked for it.")
	testdb.Exec(t, s, `insert into old_slug (slug, practice) select 'former', number from practice where slug = 'now'`)
	testdb.Exec(t, s, `insert into old_slug (slug, practice) select 'former-away', number from practice where slug = 'away'`)
	for slug, want := range map[string]error{
		"former":      store.Moved{Slug: "now"},
		"former-away": store.Moved{Slug: "away"},
		"never":       store.ErrNotFound,
		"":            store.ErrNotFound,
	} {
		if _, err := s.Practices.Find(t.Context(), slug); !errors.Is(err, want) {
			t.Errorf("%q: %v, want %v", slug, err, want)
		}
	}
	var gone store.Archived
	if _, err := s.Practices.Find(t.Context(), "away"); !errors.As(err, &gone) || gone.Reason != "The city asked for it." || gone.Practice.Texts[0].Title != "Title of away" {
		t.Errorf("%+v, %v", gone, err)
	}
}

// A listing shows no sections, and they would be most of the memory.
func TestCatalogueHoldsWhatAListingShows(t *testing.T) {
	t.Parallel()
	s := testdb.Open(t)
	p := made("a")
	p.Texts[0].Sections = map[practice.Section]string{practice.Purpose: "Why"}
	p.Texts = append(p.Texts, practice.Text{Language: "el", State: practice.Machine, TitleLanguage: "el", Title: "Τ", Summary: "Π"})
	p.Place.Countries = []practice.Country{"PL", "GR"}
	importInto(t, s, p, made("b"))
	archive(t, s, "b", "")
	x := indexOf(t, s)
	if got := listed(x); !slices.Equal(got, []string{"a"}) || x.Change() != 2 || !x.Today().Equal(monday) {
		t.Fatalf("%v, change %d, today %s", got, x.Change(), x.Today())
	}
	in := x.Around(catalogue.Parse(nil), catalogue.Hits{}, catalogue.Reader{}, load(t, s, "a").Number)
	if in.Rank != 1 {
		t.Fatalf("%+v", in)
	}
	found := x.Find(catalogue.Parse(nil), catalogue.Hits{}, catalogue.Reader{}).Found[0].Practice()
	if found.Texts[0].Title != "Title of a" || found.Texts[1].Title != "Τ" || len(found.Texts[0].Sections) > 0 ||
		!slices.Equal(found.Place.Countries, p.Place.Countries) {
		t.Errorf("%+v", found)
	}
	if whole := load(t, s, "a"); whole.Texts[0].Sections[practice.Purpose] != "Why" {
		t.Errorf("%+v", whole)
	}
}

func TestAddressThatIsNoAddress(t *testing.T) {
	t.Parallel()
	_, err := store.Open(t.Context(), "postgres://me:secret@host:no-port/name")
	if err == nil || strings.Contains(err.Error(), "secret") {
		t.Errorf("error %v", err)
	}
}
