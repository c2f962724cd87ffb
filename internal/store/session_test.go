package store_test

import (
	"crypto/sha256"
	"encoding/base64"
	"testing"
	"time"

	"exempla/internal/account"
	"exempla/internal/store"
	"exempla/internal/testdb"
)

// signIn makes a session as the session library does.
func signIn(t *testing.T, s *store.Store, id account.ID, token string) {
	t.Helper()
	sum := sha256.Sum256([]byte(token))
	hash := base64.RawURLEncoding.EncodeToString(sum[:])
	if err := s.Sessions.CommitCtx(t.Context(), hash, []byte("data"), time.Now().Add(time.Hour)); err != nil {
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
