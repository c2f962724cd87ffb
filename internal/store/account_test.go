package store_test

import (
	"errors"
	"testing"
	"time"

	"exempla/internal/account"
	"exempla/internal/store"
	"exempla/internal/testdb"
)

// person adds an active account.
func person(t *testing.T, s *store.Store, role account.Role, mail string) account.ID {
	t.Helper()
	id, err := s.Accounts.AddSample(t.Context(), store.Sample{Account: account.Account{Role: role, Name: "Sample " + mail, Mail: mail}}, monday)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// invited sends an invitation and returns the account and the secret of its link.
func invited(t *testing.T, s *store.Store, i store.Invitation) (account.ID, string) {
	t.Helper()
	i.At = monday
	made, err := s.Accounts.Invite(t.Context(), i)
	if err != nil {
		t.Fatal(err)
	}
	secret, err := s.Accounts.LinkSecret(t.Context(), made.Token, monday)
	if err != nil {
		t.Fatal(err)
	}
	return made.Account, secret
}

var fromBergen = store.Invitation{Mail: "ivo@example.org", Roles: []account.Role{account.Officer}, Locale: "de",
	Cities: []account.City{account.NewCity("NO", "Bergen"), account.NewCity("GR", "Ioannina")}}

func TestInvitationIsAcceptedOnce(t *testing.T) {
	t.Parallel()
	s := testdb.Open(t)
	id, secret := invited(t, s, fromBergen)
	a, err := s.Accounts.ByMail(t.Context(), "IVO@example.org")
	if err != nil || a.ID != id || a.State != account.Invited || a.Locale != "de" || len(a.Cities) != 2 || !a.Cities[1].Same(fromBergen.Cities[0]) {
		t.Fatalf("invited: %+v, %v", a, err)
	}
	accepted := store.Acceptance{Secret: secret, Name: "Ivo", Locale: "en", Password: "hash", At: tuesday}
	if _, err := s.Accounts.Accept(t.Context(), accepted); err != nil {
		t.Fatal(err)
	}
	if a, err = s.Accounts.Find(t.Context(), id); err != nil || a.State != account.Active || a.Name != "Ivo" || !a.Password {
		t.Errorf("accepted: %+v, %v", a, err)
	}
	if _, err := s.Accounts.Accept(t.Context(), accepted); !errors.Is(err, store.ErrUsed) {
		t.Errorf("accepted twice: %v", err)
	}
	if _, err := s.Accounts.Invite(t.Context(), fromBergen); !errors.Is(err, store.ErrTaken) {
		t.Errorf("an active account was invited: %v", err)
	}
}

func TestLinksEnd(t *testing.T) {
	t.Parallel()
	s := testdb.Open(t)
	_, first := invited(t, s, fromBergen)
	_, second := invited(t, s, fromBergen)
	if _, err := s.Accounts.Link(t.Context(), first, store.ToJoin, monday); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("a link that was replaced: %v", err)
	}
	if _, err := s.Accounts.Link(t.Context(), second, store.ToReset, monday); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("an invitation as a reset: %v", err)
	}
	if _, err := s.Accounts.Link(t.Context(), second, store.ToJoin, monday.Add(store.InvitationTime)); !errors.Is(err, store.ErrExpired) {
		t.Errorf("a link after its time: %v", err)
	}
	if l, err := s.Accounts.Link(t.Context(), second, store.ToJoin, monday.Add(store.InvitationTime-time.Second)); err != nil || l.Account.Mail != fromBergen.Mail {
		t.Errorf("a good link: %+v, %v", l, err)
	}
}

func TestAccountIsErased(t *testing.T) {
	t.Parallel()
	s := testdb.Open(t)
	chief, id := person(t, s, account.Administrator, "chief@example.org"), person(t, s, account.Editor, "kim@example.org")
	if err := s.Accounts.Erase(t.Context(), id, store.Actor{By: chief, At: tuesday}); err != nil {
		t.Fatal(err)
	}
	a, err := s.Accounts.Find(t.Context(), id)
	if err != nil || a.State != account.Erased || a.Name != "" || a.Mail != "" {
		t.Errorf("erased: %+v, %v", a, err)
	}
	if names, err := s.Accounts.Names(t.Context(), []account.ID{id, chief}); err != nil || len(names) != 1 || names[chief] != "Sample chief@example.org" {
		t.Errorf("names: %v, %v", names, err)
	}
	if err := s.Accounts.Enable(t.Context(), id, store.Actor{By: chief, At: tuesday}); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("an erased account was changed: %v", err)
	}
	if n := count(t, s, `select count(*) from event where action = 'erase' and from_state = 'active' and to_state = 'erased'`); n != 1 {
		t.Errorf("%d events of it", n)
	}
	person(t, s, account.Editor, "kim@example.org") // the address is free again
}

func TestLastAdministratorRemains(t *testing.T) {
	t.Parallel()
	s := testdb.Open(t)
	chief := person(t, s, account.Administrator, "chief@example.org")
	by := store.Actor{By: chief, At: tuesday}
	for what, change := range map[string]func() error{
		"disable": func() error { return s.Accounts.Disable(t.Context(), chief, by) },
		"erase":   func() error { return s.Accounts.Erase(t.Context(), chief, by) },
		"change":  func() error { return s.Accounts.Change(t.Context(), chief, account.Account{Role: account.Editor}, by) },
	} {
		if err := change(); !errors.Is(err, store.ErrLastAdministrator) {
			t.Errorf("%s: %v", what, err)
		}
	}
	other := person(t, s, account.Administrator, "other@example.org")
	if err := s.Accounts.Change(t.Context(), chief, account.Account{Role: account.Officer, Cities: fromBergen.Cities}, by); err != nil {
		t.Error(err)
	}
	if err := s.Accounts.Disable(t.Context(), other, by); !errors.Is(err, store.ErrLastAdministrator) {
		t.Errorf("the other one: %v", err)
	}
	list, err := s.Accounts.List(t.Context(), store.AccountFilter{Role: account.Officer, City: fromBergen.Cities[0], Words: "CHIEF"})
	if err != nil || len(list) != 1 || list[0].ID != chief {
		t.Errorf("officers of Bergen: %v, %v", list, err)
	}
}

func TestResetIsSentOnce(t *testing.T) {
	t.Parallel()
	s := testdb.Open(t)
	id := person(t, s, account.Editor, "kim@example.org")
	for _, mail := range []string{"kim@example.org", "KIM@example.org", "nobody@example.org"} {
		if err := s.Credentials.RequestReset(t.Context(), mail, monday); err != nil {
			t.Fatal(err)
		}
	}
	if n := count(t, s, `select count(*) from river_job where kind = 'mail'`); n != 1 {
		t.Errorf("%d mails", n)
	}
	secret, err := s.Accounts.LinkSecret(t.Context(), int64(count(t, s, `select id::int from account_token`)), monday)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Credentials.ResetPassword(t.Context(), secret, "new hash", monday); err != nil {
		t.Fatal(err)
	}
	if found, err := s.Credentials.Secrets(t.Context(), id); err != nil || found.Password != "new hash" {
		t.Errorf("password %q, %v", found.Password, err)
	}
	if err := s.Credentials.ResetPassword(t.Context(), secret, "newer", monday); !errors.Is(err, store.ErrUsed) {
		t.Errorf("a reset twice: %v", err)
	}
}

// Once linked, an identity stays with its account whatever becomes of the mail
// address on either side.
func TestIdentityIsLinkedOnce(t *testing.T) {
	t.Parallel()
	s := testdb.Open(t)
	kim, mia := person(t, s, account.Editor, "kim@example.org"), person(t, s, account.Editor, "mia@example.org")
	who := func(i store.Identity) (account.ID, error) {
		a, err := s.Accounts.ByIdentity(t.Context(), i, tuesday)
		return a.ID, err
	}
	if id, err := who(store.Identity{Issuer: "city", Subject: "k"}); !errors.Is(err, store.ErrNotFound) || id != 0 {
		t.Errorf("without a verified address: %d, %v", id, err)
	}
	if id, err := who(store.Identity{Issuer: "city", Subject: "k", Mail: "unknown@example.org"}); !errors.Is(err, store.ErrNotFound) || id != 0 {
		t.Errorf("an unknown address: %d, %v", id, err)
	}
	if id, err := who(store.Identity{Issuer: "city", Subject: "k", Mail: "Kim@example.org"}); err != nil || id != kim {
		t.Errorf("by address: %d, %v", id, err)
	}
	for _, mail := range []string{"", "mia@example.org"} {
		if id, err := who(store.Identity{Issuer: "city", Subject: "k", Mail: mail}); err != nil || id != kim {
			t.Errorf("linked, with address %q: %d, %v", mail, id, err)
		}
	}
	if id, err := who(store.Identity{Issuer: "state", Subject: "k", Mail: "mia@example.org"}); err != nil || id != mia {
		t.Errorf("the same subject of another issuer: %d, %v", id, err)
	}
	if n := count(t, s, `select count(*) from event where action = 'identity_linked'`); n != 2 {
		t.Errorf("%d events for two links", n)
	}
}

// Links of accounts that may not sign in are not made.
func TestIdentityNeedsAnActiveAccount(t *testing.T) {
	t.Parallel()
	s := testdb.Open(t)
	invited(t, s, fromBergen)
	kim := person(t, s, account.Editor, "kim@example.org")
	if err := s.Accounts.Disable(t.Context(), kim, store.Actor{At: monday}); err != nil {
		t.Fatal(err)
	}
	for _, mail := range []string{fromBergen.Mail, "kim@example.org"} {
		if _, err := s.Accounts.ByIdentity(t.Context(), store.Identity{Issuer: "city", Subject: mail, Mail: mail}, tuesday); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("%s: %v", mail, err)
		}
	}
	if n := count(t, s, `select count(*) from identity`); n != 0 {
		t.Errorf("%d links", n)
	}
}
