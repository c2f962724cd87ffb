package store_test

import (
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"testing"
	"time"

	"exempla/internal/account"
	"exempla/internal/store"
	"exempla/internal/testdb"
)

// tokenHash hashes a token as the session library does.
func tokenHash(token string) string {
	sum := sha256.Sum256([]byte(token))
	return base64.RawURLEncoding.EncodeToString(sum[:])
}

// signIn makes a session as the session library does.
func signIn(t *testing.T, s *store.Store, id account.ID, token string) {
	t.Helper()
	if err := s.Sessions.CommitCtx(t.Context(), tokenHash(token), []byte("data"), time.Now().Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	if err := s.Sessions.Bind(t.Context(), store.SignedIn{Account: id, Token: token, Agent: "Browser\x00 of\xff mine", At: monday}); err != nil {
		t.Fatal(err)
	}
}

// in reports whether a session is signed in.
func in(t *testing.T, s *store.Store, token string) bool {
	t.Helper()
	v, err := s.Sessions.Viewer(t.Context(), token)
	if err != nil {
		t.Fatal(err)
	}
	return !v.Stranger()
}

func TestSessionEnds(t *testing.T) {
	t.Parallel()
	for what, end := range map[string]func(*store.Store, account.ID) error{
		"disabled": func(s *store.Store, id account.ID) error {
			return s.Accounts.Disable(t.Context(), id, store.Actor{At: monday})
		},
		"erased": func(s *store.Store, id account.ID) error {
			return s.Accounts.Erase(t.Context(), id, store.Actor{At: monday})
		},
		"signed out": func(s *store.Store, id account.ID) error { return s.Sessions.End(t.Context(), id, "", monday) },
		"elsewhere":  func(s *store.Store, id account.ID) error { return s.Sessions.End(t.Context(), id, "other", monday) },
		"password": func(s *store.Store, id account.ID) error {
			return s.Credentials.ChangePassword(t.Context(), store.Owner{Account: id, Token: "other", At: monday}, "hash")
		},
		"expired": func(s *store.Store, id account.ID) error {
			return testdb.Try(t, s, `update session set expiry = now() - interval '1 second'`)
		},
	} {
		s := testdb.Open(t)
		id := person(t, s, account.Editor, "kim@example.org")
		signIn(t, s, id, "mine")
		if !in(t, s, "mine") || in(t, s, "another") {
			t.Fatal("the session is not recognised")
		}
		if err := end(s, id); err != nil {
			t.Error(err)
		}
		if in(t, s, "mine") {
			t.Errorf("%s: the session goes on", what)
		}
	}
}

func TestSessionIsProlongedWithinItsLife(t *testing.T) {
	t.Parallel()
	s := testdb.Open(t)
	signIn(t, s, person(t, s, account.Editor, "kim@example.org"), "mine")
	writes := func() int { return count(t, s, `select xmin::text::int from session`) }
	before := writes()
	if in(t, s, "mine"); writes() != before {
		t.Error("a session is written again within the minute")
	}
	testdb.Exec(t, s, `update session set seen = now() - interval '2 minutes', created = now() - interval '166 hours'`)
	if !in(t, s, "mine") {
		t.Fatal("the session has gone")
	}
	if n := count(t, s, `select count(*) from session where seen > now() - interval '1 minute' and expiry <= created + interval '168 hours'
		and expiry > now() + interval '1 hour'`); n != 1 {
		t.Error("the session was not prolonged to the end of its life")
	}
	list, err := s.Sessions.OfAccount(t.Context(), 1, "mine")
	if err != nil || len(list) != 1 || !list[0].Current || list[0].Agent != "Browser of mine" {
		t.Errorf("sessions: %+v, %v", list, err)
	}
}

// commit writes a session that no account is bound to yet.
func commit(t *testing.T, s *store.Store, hash, data string, expiry time.Time) {
	t.Helper()
	if err := s.Sessions.CommitCtx(t.Context(), hash, []byte(data), expiry); err != nil {
		t.Fatal(err)
	}
}

func TestSessionData(t *testing.T) {
	t.Parallel()
	s := testdb.Open(t)
	read := func(hash string) string {
		data, found, err := s.Sessions.FindCtx(t.Context(), hash)
		if err != nil {
			t.Fatal(err)
		}
		if !found {
			return "none"
		}
		return string(data)
	}
	hour := time.Now().Add(time.Hour)
	commit(t, s, "one", "first", hour)
	commit(t, s, "one", "second", hour)
	commit(t, s, "two", "other", hour)
	commit(t, s, "late", "old", time.Now().Add(-time.Second))
	for hash, want := range map[string]string{"one": "second", "two": "other", "late": "none", "unknown": "none"} {
		if got := read(hash); got != want {
			t.Errorf("%s: %s, want %s", hash, got, want)
		}
	}
	if err := s.Sessions.DeleteCtx(t.Context(), "one"); err != nil {
		t.Fatal(err)
	}
	if read("one") != "none" || read("two") != "other" {
		t.Errorf("after deleting one: %s, %s", read("one"), read("two"))
	}
	if n := count(t, s, `select count(*) from session`); n != 1 {
		t.Errorf("%d sessions are left, the expired one among them", n)
	}
}

// The data of a session is worth nothing once its account is disabled, even
// where its row survived.
func TestSessionOfADisabledAccount(t *testing.T) {
	t.Parallel()
	s := testdb.Open(t)
	signIn(t, s, person(t, s, account.Editor, "kim@example.org"), "mine")
	testdb.Exec(t, s, `update account set state = 'disabled'`)
	_, found, err := s.Sessions.FindCtx(t.Context(), tokenHash("mine"))
	if err != nil || found || in(t, s, "mine") {
		t.Errorf("found: %t, signed in: %t, %v", found, in(t, s, "mine"), err)
	}
}

func TestSignInNeedsAnActiveAccount(t *testing.T) {
	t.Parallel()
	s := testdb.Open(t)
	kim := person(t, s, account.Editor, "kim@example.org")
	bind := func(id account.ID, token string) error {
		return s.Sessions.Bind(t.Context(), store.SignedIn{Account: id, Token: token, At: monday})
	}
	if err := bind(kim, "unknown"); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("a session that there is not: %v", err)
	}
	signIn(t, s, kim, "mine")
	if err := s.Accounts.Disable(t.Context(), kim, store.Actor{At: monday}); err != nil {
		t.Fatal(err)
	}
	commit(t, s, tokenHash("again"), "data", time.Now().Add(time.Hour))
	if err := bind(kim, "again"); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("a disabled account: %v", err)
	}
	if n := count(t, s, `select count(*) from event where action = 'sign_in'`); n != 1 {
		t.Errorf("%d events for one sign-in", n)
	}
}

func TestSessionsOfAnAccount(t *testing.T) {
	t.Parallel()
	s := testdb.Open(t)
	kim, mia := person(t, s, account.Editor, "kim@example.org"), person(t, s, account.Editor, "mia@example.org")
	for _, token := range []string{"phone", "laptop", "library"} {
		signIn(t, s, kim, token)
	}
	signIn(t, s, mia, "hers")
	testdb.Exec(t, s, `update session set seen = now() + interval '1 minute' where token = $1`, tokenHash("laptop"))
	list, err := s.Sessions.OfAccount(t.Context(), kim, "laptop")
	if err != nil || len(list) != 3 || !list[0].Current || list[1].Current || list[2].Current {
		t.Errorf("sessions: %+v, %v", list, err)
	}
	if err := s.Sessions.End(t.Context(), kim, "laptop", tuesday); err != nil {
		t.Fatal(err)
	}
	if !in(t, s, "laptop") || in(t, s, "phone") || in(t, s, "library") || !in(t, s, "hers") {
		t.Error("ending the others ended the wrong ones")
	}
	if err := s.Sessions.End(t.Context(), kim, "", tuesday); err != nil || in(t, s, "laptop") || !in(t, s, "hers") {
		t.Errorf("ending all: %v", err)
	}
	if n := count(t, s, `select count(*) from event where action in ('sign_out_others', 'sign_out_all')`); n != 2 {
		t.Errorf("%d events", n)
	}
}
