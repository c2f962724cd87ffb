package store_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"testing"

	"exempla/internal/account"
	"exempla/internal/store"
	"exempla/internal/testdb"
)

// key is a passkey made of one word.
func key(word string) store.Passkey {
	return store.Passkey{Credential: []byte(word), Record: json.RawMessage(`{"count": 1}`), Name: word, Created: monday}
}

// addPasskey adds a passkey and returns it as it is stored.
func addPasskey(t *testing.T, s *store.Store, id account.ID, p store.Passkey) store.Passkey {
	t.Helper()
	if err := s.Credentials.AddPasskey(t.Context(), store.Owner{Account: id, At: tuesday}, p); err != nil {
		t.Fatal(err)
	}
	list := passkeys(t, s, id)
	return list[len(list)-1]
}

func passkeys(t *testing.T, s *store.Store, id account.ID) []store.Passkey {
	t.Helper()
	list, err := s.Credentials.Passkeys(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func TestPasskeyIsStoredRenamedAndUsed(t *testing.T) {
	t.Parallel()
	s := testdb.Open(t)
	kim, mia := person(t, s, account.Editor, "kim@example.org"), person(t, s, account.Editor, "mia@example.org")
	phone := addPasskey(t, s, kim, key("phone"))
	addPasskey(t, s, kim, key("laptop"))
	if phone.Name != "phone" || string(phone.Credential) != "phone" || !phone.Created.Equal(monday) || !phone.Used.IsZero() {
		t.Errorf("stored as %+v", phone)
	}
	if err := s.Credentials.RenamePasskey(t.Context(), store.Owner{Account: mia, At: tuesday}, phone.ID, "stolen"); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("another person's passkey was renamed: %v", err)
	}
	if err := s.Credentials.RenamePasskey(t.Context(), store.Owner{Account: kim, At: tuesday}, phone.ID, "old phone"); err != nil {
		t.Error(err)
	}
	used := phone
	used.Record = json.RawMessage(`{"count": 2}`)
	if err := s.Credentials.RecordPasskeyUse(t.Context(), used, tuesday); err != nil {
		t.Error(err)
	}
	list := passkeys(t, s, kim)
	if len(list) != 2 || list[0].Name != "old phone" || !list[0].Used.Equal(tuesday) || string(list[0].Record) != `{"count": 2}` {
		t.Errorf("after use: %+v", list)
	}
	if len(list) == 2 && (list[1].Name != "laptop" || !list[1].Used.IsZero()) {
		t.Errorf("the other one changed: %+v", list[1])
	}
	if a, err := s.Accounts.Find(t.Context(), kim); err != nil || a.Passkeys != 2 {
		t.Errorf("the account counts %d passkeys, %v", a.Passkeys, err)
	}
}

// One passkey can be registered by one account only, or signing in with it
// would be a matter of chance.
func TestPasskeyBelongsToOneAccount(t *testing.T) {
	t.Parallel()
	s := testdb.Open(t)
	kim, mia := person(t, s, account.Editor, "kim@example.org"), person(t, s, account.Editor, "mia@example.org")
	addPasskey(t, s, kim, key("phone"))
	if err := s.Credentials.AddPasskey(t.Context(), store.Owner{Account: mia, At: tuesday}, key("phone")); err == nil {
		t.Error("two accounts have the same passkey")
	}
	if n := count(t, s, `select count(*) from event where action = 'passkey_added'`); n != 1 {
		t.Errorf("%d events for one passkey", n)
	}
}

func TestPasskeysAreLimited(t *testing.T) {
	t.Parallel()
	s := testdb.Open(t)
	kim := person(t, s, account.Editor, "kim@example.org")
	for i := range store.MaxPasskeys {
		addPasskey(t, s, kim, key(fmt.Sprint("key ", i)))
	}
	err := s.Credentials.AddPasskey(t.Context(), store.Owner{Account: kim, At: tuesday}, key("one more"))
	if !errors.Is(err, store.ErrTooMany) || len(passkeys(t, s, kim)) != store.MaxPasskeys {
		t.Errorf("%d passkeys, %v", len(passkeys(t, s, kim)), err)
	}
}

func TestTheLastWayToSignInStays(t *testing.T) {
	t.Parallel()
	s := testdb.Open(t)
	kim := person(t, s, account.Editor, "kim@example.org") // without a password
	owner := store.Owner{Account: kim, At: tuesday}
	phone := addPasskey(t, s, kim, key("phone"))
	remove := func(number int64) error { return s.Credentials.RemovePasskey(t.Context(), owner, number) }
	if err := remove(phone.ID); !errors.Is(err, store.ErrLastWay) {
		t.Errorf("the only passkey: %v", err)
	}
	laptop := addPasskey(t, s, kim, key("laptop"))
	if err := remove(laptop.ID); err != nil {
		t.Errorf("one of two passkeys: %v", err)
	}
	if err := remove(laptop.ID); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("removed twice: %v", err)
	}
	if err := s.Credentials.ChangePassword(t.Context(), owner, "hash"); err != nil {
		t.Fatal(err)
	}
	if err := remove(phone.ID); err != nil {
		t.Errorf("the last passkey beside a password: %v", err)
	}
	if n := count(t, s, `select count(*) from event where action = 'passkey_removed'`); n != 2 {
		t.Errorf("%d events for two removals", n)
	}
}

// A passkey finds its account by a handle that says nothing of the person and
// is another one once the account is erased.
func TestPasskeyHandle(t *testing.T) {
	t.Parallel()
	s := testdb.Open(t)
	kim, mia := person(t, s, account.Editor, "kim@example.org"), person(t, s, account.Editor, "mia@example.org")
	handle, err := s.Credentials.PasskeyHandle(t.Context(), kim)
	other, err2 := s.Credentials.PasskeyHandle(t.Context(), mia)
	if err != nil || err2 != nil || len(handle) != 64 || bytes.Equal(handle, other) {
		t.Fatalf("handles of %d and %d bytes, %v, %v", len(handle), len(other), err, err2)
	}
	if a, err := s.Accounts.ByHandle(t.Context(), handle); err != nil || a.ID != kim {
		t.Errorf("found %d, %v", a.ID, err)
	}
	if err := s.Accounts.Erase(t.Context(), kim, store.Actor{By: mia, At: tuesday}); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Accounts.ByHandle(t.Context(), handle); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("an erased account is found by its passkey: %v", err)
	}
	if _, err := s.Credentials.PasskeyHandle(t.Context(), 99); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("an account that does not exist: %v", err)
	}
}
