package store_test

import (
	"errors"
	"testing"

	"exempla/internal/account"
	"exempla/internal/store"
	"exempla/internal/testdb"
)

func samples() ([]store.Sample, error) {
	return []store.Sample{
		{Account: account.Account{Role: account.Administrator, Name: "Chief", Mail: "chief@example.org"}, Hash: "hash"},
		{Account: account.Account{Role: account.Officer, Name: "Ana", Mail: "ana@example.org", Locale: "el", Cities: fromBergen.Cities}, Hash: "hash"},
	}, nil
}

func TestSamplesAreAddedWhereThereIsNoAccount(t *testing.T) {
	t.Parallel()
	s := testdb.Open(t)
	failure := errors.New("no password")
	if err := s.Accounts.AddSamples(t.Context(), monday, func() ([]store.Sample, error) { return nil, failure }); !errors.Is(err, failure) {
		t.Errorf("error %v", err)
	}
	if err := s.Accounts.AddSamples(t.Context(), monday, samples); err != nil {
		t.Fatal(err)
	}
	ana, err := s.Accounts.ByMail(t.Context(), "ana@example.org")
	if err != nil || ana.State != account.Active || ana.Locale != "el" || len(ana.Cities) != 2 || !ana.Password {
		t.Errorf("added %+v, %v", ana, err)
	}
	err = s.Accounts.AddSamples(t.Context(), monday, func() ([]store.Sample, error) {
		t.Error("samples were made although there are accounts")
		return samples()
	})
	if n := count(t, s, `select count(*) from account`); err != nil || n != 2 {
		t.Errorf("%d accounts, %v", n, err)
	}
}

// Samples are added all or none.
func TestSamplesWithTheSameAddress(t *testing.T) {
	t.Parallel()
	s := testdb.Open(t)
	err := s.Accounts.AddSamples(t.Context(), monday, func() ([]store.Sample, error) {
		list, err := samples()
		return append(list, list[0]), err
	})
	if n := count(t, s, `select count(*) from account`); err == nil || n != 0 {
		t.Errorf("%d accounts, %v", n, err)
	}
}

// The password of samples is public, so that they are locked where the site is
// not a demo; people's own accounts are left alone.
func TestSamplesAreLockedAndUnlocked(t *testing.T) {
	t.Parallel()
	s := testdb.Open(t)
	if err := s.Accounts.AddSamples(t.Context(), monday, samples); err != nil {
		t.Fatal(err)
	}
	id, secret := invited(t, s, store.Invitation{Mail: "own@example.org", Roles: []account.Role{account.Editor}})
	if _, err := s.Accounts.Accept(t.Context(), store.Acceptance{Secret: secret, Name: "Own", Locale: "en", Password: "hash", At: tuesday}); err != nil {
		t.Fatal(err)
	}
	signIn(t, s, 1, "sample")
	signIn(t, s, id, "own")
	for range 2 {
		if _, err := s.Accounts.AllowSamples(t.Context(), false, tuesday); err != nil {
			t.Fatal(err)
		}
	}
	if in(t, s, "sample") || !in(t, s, "own") {
		t.Errorf("signed in as a sample: %t, as oneself: %t", in(t, s, "sample"), in(t, s, "own"))
	}
	if a := find(t, s, 1); a.State != account.Disabled {
		t.Errorf("locked: %s", a.State)
	}
	if n := count(t, s, `select count(*) from session`); n != 1 {
		t.Errorf("%d sessions are left", n)
	}
	if _, err := s.Accounts.AllowSamples(t.Context(), true, tuesday); err != nil {
		t.Fatal(err)
	}
	if a := find(t, s, 1); a.State != account.Active {
		t.Errorf("unlocked: %s", a.State)
	}
	if n := count(t, s, `select count(*) from event where action in ('disable', 'enable')`); n != 4 {
		t.Errorf("%d events, want one for each of two accounts each time", n)
	}
}
