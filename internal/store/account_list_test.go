package store_test

import (
	"fmt"
	"testing"

	"exempla/internal/account"
	"exempla/internal/store"
	"exempla/internal/testdb"
)

// named adds an account with a name of its own.
func named(t *testing.T, s *store.Store, role account.Role, name string, cities ...account.City) account.ID {
	t.Helper()
	a := account.Account{Role: role, Name: name, Mail: fmt.Sprintf("%x@example.org", name), Cities: cities}
	id, err := s.Accounts.AddSample(t.Context(), store.Sample{Account: a}, monday)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func page(t *testing.T, s *store.Store, f store.AccountFilter, number int) store.AccountPage {
	t.Helper()
	p, err := s.Accounts.Page(t.Context(), f, number)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestAccountsComeInPages(t *testing.T) {
	t.Parallel()
	s := testdb.Open(t)
	if p := page(t, s, store.AccountFilter{}, 3); p.Total != 0 || p.Page != 1 || p.Pages != 1 || len(p.List) != 0 {
		t.Errorf("without accounts: %+v", p)
	}
	const extra = 3
	for i := range store.AccountsPerPage + extra {
		named(t, s, account.Officer, fmt.Sprintf("Person %02d", i))
	}
	first := page(t, s, store.AccountFilter{}, 1)
	if first.Total != store.AccountsPerPage+extra || first.Pages != 2 || len(first.List) != store.AccountsPerPage || first.List[0].Name != "Person 00" {
		t.Errorf("first: %d of %d on %d pages", len(first.List), first.Total, first.Pages)
	}
	second := page(t, s, store.AccountFilter{}, 2)
	if len(second.List) != extra || second.List[0].Name != fmt.Sprintf("Person %02d", store.AccountsPerPage) {
		t.Errorf("second: %+v", second)
	}
	for _, c := range []struct{ asked, want int }{{-1, 1}, {0, 1}, {3, 2}, {1 << 30, 2}} {
		if p := page(t, s, store.AccountFilter{}, c.asked); p.Page != c.want || len(p.List) == 0 {
			t.Errorf("page %d: %d with %d accounts", c.asked, p.Page, len(p.List))
		}
	}
	// A full last page has no empty one behind it.
	if err := s.Accounts.Erase(t.Context(), second.List[0].ID, store.Actor{At: tuesday}); err != nil {
		t.Fatal(err)
	}
	if p := page(t, s, store.AccountFilter{State: account.Erased}, 1); p.Total != 1 || p.Pages != 1 {
		t.Errorf("erased: %+v", p)
	}
}

func TestAccountFilters(t *testing.T) {
	t.Parallel()
	s := testdb.Open(t)
	bergen, ioannina := account.NewCity("NO", "Bergen"), account.NewCity("GR", "Ioannina")
	ada := named(t, s, account.Officer, "Ada Berg", bergen)
	ben := named(t, s, account.Officer, "ben Ågren", ioannina, bergen)
	cem := named(t, s, account.Editor, "Cem 100%")
	dora := named(t, s, account.Officer, "Dora", account.NewCity("US", "Bergen"))
	if err := s.Accounts.Disable(t.Context(), dora, store.Actor{At: tuesday}); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		filter store.AccountFilter
		want   []account.ID
	}{
		"all, by name whatever the case":    {store.AccountFilter{}, []account.ID{ada, ben, cem, dora}},
		"role":                              {store.AccountFilter{Role: account.Editor}, []account.ID{cem}},
		"state":                             {store.AccountFilter{State: account.Disabled}, []account.ID{dora}},
		"role and state":                    {store.AccountFilter{Role: account.Officer, State: account.Active}, []account.ID{ada, ben}},
		"part of a name":                    {store.AccountFilter{Words: "ågr"}, []account.ID{ben}},
		"a percent sign is only a sign":     {store.AccountFilter{Words: "%"}, []account.ID{cem}},
		"part of a mail address":            {store.AccountFilter{Words: "EXAMPLE.org", Role: account.Editor}, []account.ID{cem}},
		"a city is that of its country":     {store.AccountFilter{City: bergen}, []account.ID{ada, ben}},
		"a city of which no one is officer": {store.AccountFilter{City: account.NewCity("NO", "Oslo")}, nil},
		"no match":                          {store.AccountFilter{Words: "Zoe"}, nil},
	} {
		list, err := s.Accounts.List(t.Context(), c.filter)
		if err != nil || fmt.Sprint(ids(list)) != fmt.Sprint(c.want) {
			t.Errorf("%s: %v, want %v, %v", name, ids(list), c.want, err)
		}
		if c.filter.City.Slug == "" {
			if p := page(t, s, c.filter, 1); fmt.Sprint(ids(p.List)) != fmt.Sprint(c.want) || p.Total != len(c.want) {
				t.Errorf("%s, as a page: %v of %d, want %v", name, ids(p.List), p.Total, c.want)
			}
		}
	}
}

func ids(list []account.Account) []account.ID {
	var found []account.ID
	for _, a := range list {
		found = append(found, a.ID)
	}
	return found
}

func TestAccountsByNumber(t *testing.T) {
	t.Parallel()
	s := testdb.Open(t)
	ada, ben := named(t, s, account.Officer, "Ada"), named(t, s, account.Officer, "Ben")
	open, _ := invited(t, s, store.Invitation{Mail: "new@example.org", Roles: []account.Role{account.Editor}})
	found, err := s.Accounts.ByIDs(t.Context(), []account.ID{ada, ben, open, 99, ada})
	if err != nil || len(found) != 3 || found[ada].Name != "Ada" || found[open].State != account.Invited {
		t.Errorf("accounts: %+v, %v", found, err)
	}
	names, err := s.Accounts.Names(t.Context(), []account.ID{ada, open, 99})
	if err != nil || len(names) != 1 || names[ada] != "Ada" {
		t.Errorf("names: %v, %v", names, err)
	}
	if none, err := s.Accounts.Names(t.Context(), nil); err != nil || none == nil || len(none) != 0 {
		t.Errorf("names of no one: %v, %v", none, err)
	}
	if none, err := s.Accounts.ByIDs(t.Context(), nil); err != nil || len(none) != 0 {
		t.Errorf("no accounts: %v, %v", none, err)
	}
}
