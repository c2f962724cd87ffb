package store_test

import (
	"errors"
	"sync"
	"testing"

	"exempla/internal/account"
	"exempla/internal/store"
	"exempla/internal/testdb"
)

func find(t *testing.T, s *store.Store, id account.ID) account.Account {
	t.Helper()
	a, err := s.Accounts.Find(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func TestDisabledAccountIsEnabledAgain(t *testing.T) {
	t.Parallel()
	s := testdb.Open(t)
	chief, kim := person(t, s, account.Administrator, "chief@example.org"), person(t, s, account.Editor, "kim@example.org")
	by := store.Actor{By: chief, At: tuesday}
	for range 2 { // the second time changes nothing
		if err := s.Accounts.Disable(t.Context(), kim, by); err != nil {
			t.Fatal(err)
		}
	}
	if a := find(t, s, kim); a.State != account.Disabled || a.Mail != "kim@example.org" {
		t.Errorf("disabled: %+v", a)
	}
	if id, hash, err := s.Credentials.PasswordByMail(t.Context(), "kim@example.org"); err != nil || id != 0 || hash != "" {
		t.Errorf("a disabled account may sign in: %d, %v", id, err)
	}
	for range 2 {
		if err := s.Accounts.Enable(t.Context(), kim, by); err != nil {
			t.Fatal(err)
		}
	}
	if id, _, err := s.Credentials.PasswordByMail(t.Context(), "KIM@example.org"); err != nil || id != kim {
		t.Errorf("an enabled account may not sign in: %d, %v", id, err)
	}
	if n := count(t, s, `select count(*) from event where action in ('disable', 'enable') and account = 1 and number = 2`); n != 2 {
		t.Errorf("%d events for two changes", n)
	}
}

// An invitation that was disabled can be accepted once it is enabled again.
func TestDisabledInvitation(t *testing.T) {
	t.Parallel()
	s := testdb.Open(t)
	id, secret := invited(t, s, fromBergen)
	by := store.Actor{At: tuesday}
	if err := s.Accounts.Disable(t.Context(), id, by); err != nil {
		t.Fatal(err)
	}
	acceptance := store.Acceptance{Secret: secret, Name: "Ivo", Locale: "de", Password: "hash", At: tuesday}
	if _, err := s.Accounts.Accept(t.Context(), acceptance); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("a disabled invitation was accepted: %v", err)
	}
	if err := s.Accounts.Enable(t.Context(), id, by); err != nil {
		t.Fatal(err)
	}
	if a := find(t, s, id); a.State != account.Invited {
		t.Errorf("enabled as %s", a.State)
	}
	if _, err := s.Accounts.Accept(t.Context(), acceptance); err != nil {
		t.Errorf("an enabled invitation: %v", err)
	}
}

func TestRoleAndCitiesChange(t *testing.T) {
	t.Parallel()
	s := testdb.Open(t)
	chief, id := person(t, s, account.Administrator, "chief@example.org"), person(t, s, account.Officer, "ana@example.org")
	by := store.Actor{By: chief, At: tuesday}
	bergen, oslo := account.NewCity("NO", "Bergen"), account.NewCity("NO", "Oslo")
	for _, to := range []account.Account{
		{Role: account.Officer, Cities: []account.City{oslo, bergen, bergen}},
		{Role: account.Officer, Cities: []account.City{oslo}},
		{Role: account.Editor},
	} {
		if err := s.Accounts.Change(t.Context(), id, to, by); err != nil {
			t.Fatal(err)
		}
		cities := map[account.City]bool{}
		for _, c := range to.Cities {
			cities[c] = true
		}
		if a := find(t, s, id); a.Role != to.Role || len(a.Cities) != len(cities) {
			t.Errorf("changed to %+v, want %+v", a, to)
		}
	}
	if n := count(t, s, `select count(*) from event where action = 'change_cities'`); n != 3 {
		t.Errorf("%d events for other cities", n)
	}
	if n := count(t, s, `select count(*) from event where action = 'change_role' and from_state = 'officer' and to_state = 'editor'`); n != 1 {
		t.Errorf("%d events for another role", n)
	}
	if err := s.Accounts.Change(t.Context(), 99, account.Account{Role: account.Editor}, by); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("an account that does not exist: %v", err)
	}
	if a := find(t, s, id); a.Name == "" || a.Mail != "ana@example.org" {
		t.Errorf("more changed than role and cities: %+v", a)
	}
}

// Two administrators who remove each other at the same time must not both
// succeed.
func TestAdministratorsRemoveEachOther(t *testing.T) {
	t.Parallel()
	s := testdb.Open(t)
	one, two := person(t, s, account.Administrator, "one@example.org"), person(t, s, account.Administrator, "two@example.org")
	errs := make([]error, 2)
	var group sync.WaitGroup
	group.Go(func() { errs[0] = s.Accounts.Disable(t.Context(), two, store.Actor{By: one, At: tuesday}) })
	group.Go(func() { errs[1] = s.Accounts.Erase(t.Context(), one, store.Actor{By: two, At: tuesday}) })
	group.Wait()
	if (errs[0] == nil) == (errs[1] == nil) {
		t.Errorf("both %v and %v", errs[0], errs[1])
	}
	if n := count(t, s, `select count(*) from account where role = 'administrator' and state = 'active'`); n != 1 {
		t.Errorf("%d administrators are left", n)
	}
}

// Disabled administrators cannot help when the last active one leaves, and one
// of them may be erased.
func TestDisabledAdministratorsDoNotCount(t *testing.T) {
	t.Parallel()
	s := testdb.Open(t)
	one, two := person(t, s, account.Administrator, "one@example.org"), person(t, s, account.Administrator, "two@example.org")
	by := store.Actor{By: one, At: tuesday}
	if err := s.Accounts.Disable(t.Context(), two, by); err != nil {
		t.Fatal(err)
	}
	if err := s.Accounts.Disable(t.Context(), one, by); !errors.Is(err, store.ErrLastAdministrator) {
		t.Errorf("the last active one: %v", err)
	}
	if err := s.Accounts.Erase(t.Context(), two, by); err != nil {
		t.Errorf("a disabled one: %v", err)
	}
}

// What an account was known by is gone from every table.
func TestErasingLeavesNothingPersonal(t *testing.T) {
	t.Parallel()
	s := testdb.Open(t)
	id := named(t, s, account.Officer, "Ivo Lund", account.NewCity("NO", "Bergen"))
	owner := store.Owner{Account: id, At: tuesday}
	addPasskey(t, s, id, key("phone"))
	signIn(t, s, id, "mine")
	if err := s.Credentials.SetSecondFactor(t.Context(), owner, store.SecondFactor{Secret: "SECRET", Codes: codes("a")}); err != nil {
		t.Fatal(err)
	}
	if err := s.Credentials.ChangePassword(t.Context(), owner, "hash"); err != nil {
		t.Fatal(err)
	}
	mail := find(t, s, id).Mail
	if _, err := s.Accounts.ByIdentity(t.Context(), store.Identity{Issuer: "city", Subject: "ivo", Mail: mail}, tuesday); err != nil {
		t.Fatal(err)
	}
	if err := s.Credentials.RequestReset(t.Context(), mail, tuesday); err != nil {
		t.Fatal(err)
	}
	if err := s.Accounts.Erase(t.Context(), id, store.Actor{By: id, At: tuesday}); err != nil {
		t.Fatal(err)
	}
	for _, table := range []string{"session", "passkey", "identity", "account_token", "recovery_code", "account_city"} {
		if n := count(t, s, `select count(*) from `+table); n != 0 {
			t.Errorf("%d rows are left in %s", n, table)
		}
	}
	if n := count(t, s, `select count(*) from account where name = '' and mail is null and password = '' and totp_secret = '' and erased is not null`); n != 1 {
		t.Error("the account still says who it was")
	}
}

func TestProfileOfAnActiveAccount(t *testing.T) {
	t.Parallel()
	s := testdb.Open(t)
	id := person(t, s, account.Editor, "kim@example.org")
	if err := s.Accounts.ChangeProfile(t.Context(), id, "Kim Berg", "fr"); err != nil {
		t.Fatal(err)
	}
	if a := find(t, s, id); a.Name != "Kim Berg" || a.Locale != "fr" {
		t.Errorf("changed to %+v", a)
	}
	if err := s.Accounts.Erase(t.Context(), id, store.Actor{At: tuesday}); err != nil {
		t.Fatal(err)
	}
	if err := s.Accounts.ChangeProfile(t.Context(), id, "Kim Berg", "fr"); err != nil {
		t.Fatal(err)
	}
	if a := find(t, s, id); a.Name != "" {
		t.Errorf("an erased account has the name %s again", a.Name)
	}
}
