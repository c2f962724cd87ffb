package store_test

import (
	"errors"
	"testing"

	"exempla/internal/account"
	"exempla/internal/store"
	"exempla/internal/testdb"
)

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
