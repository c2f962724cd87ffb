package store_test

import (
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"exempla/internal/account"
	"exempla/internal/store"
	"exempla/internal/testdb"
)

// opens looks a link up.
func opens(t *testing.T, s *store.Store, secret string, at time.Time) error {
	t.Helper()
	_, err := s.Accounts.Link(t.Context(), secret, store.ToJoin, at)
	return err
}

// The mail of an invitation may be sent more than once; only the last secret
// works.
func TestSecretIsRenewed(t *testing.T) {
	t.Parallel()
	s := testdb.Open(t)
	made, err := s.Accounts.Invite(t.Context(), store.Invitation{Mail: "ivo@example.org", Roles: []account.Role{account.Officer}, At: monday})
	if err != nil {
		t.Fatal(err)
	}
	renew := func(at time.Time) (string, error) { return s.Accounts.LinkSecret(t.Context(), made.Token, at) }
	first, err := renew(monday)
	if err != nil {
		t.Fatal(err)
	}
	second, err := renew(tuesday)
	if err != nil || first == second {
		t.Fatalf("%v, the same secret: %t", err, first == second)
	}
	if err := opens(t, s, first, tuesday); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("the first secret: %v", err)
	}
	if err := opens(t, s, second, tuesday); err != nil {
		t.Errorf("the second secret: %v", err)
	}
	if n := count(t, s, fmt.Sprintf(`select count(*) from account_token where encode(hash, 'escape') = '%s'`, second)); n != 0 {
		t.Error("the secret itself is stored")
	}
	if _, err := renew(monday.Add(store.InvitationTime)); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("a token that has expired: %v", err)
	}
	if _, err := s.Accounts.Accept(t.Context(), store.Acceptance{Secret: second, Name: "Ivo", Locale: "en", Password: "hash", At: tuesday}); err != nil {
		t.Fatal(err)
	}
	if _, err := renew(tuesday); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("a token that was used: %v", err)
	}
}

// An operator's link and the one in the mail both work, but only one of them
// once the invitation is accepted.
func TestInvitationLink(t *testing.T) {
	t.Parallel()
	s := testdb.Open(t)
	id, mailed := invited(t, s, fromBergen)
	passedOn, err := s.Accounts.InvitationLink(t.Context(), id, monday)
	if err != nil {
		t.Fatal(err)
	}
	for name, secret := range map[string]string{"mailed": mailed, "passed on": passedOn} {
		if err := opens(t, s, secret, tuesday); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := opens(t, s, passedOn, monday.Add(store.InvitationTime)); !errors.Is(err, store.ErrExpired) {
		t.Errorf("after its time: %v", err)
	}
	if _, err := s.Accounts.Accept(t.Context(), store.Acceptance{Secret: passedOn, Name: "Ivo", Locale: "en", Password: "hash", At: tuesday}); err != nil {
		t.Fatal(err)
	}
	if err := opens(t, s, passedOn, tuesday); !errors.Is(err, store.ErrUsed) {
		t.Errorf("the used one: %v", err)
	}
	if err := opens(t, s, mailed, tuesday); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("the other one, once the account is active: %v", err)
	}
	if _, err := s.Accounts.InvitationLink(t.Context(), id, tuesday); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("a link for an active account: %v", err)
	}
}

func TestInvitationIsRenewedInAnotherRole(t *testing.T) {
	t.Parallel()
	s := testdb.Open(t)
	first, _ := invited(t, s, store.Invitation{Mail: "kim@example.org", Roles: []account.Role{account.Officer}, Cities: fromBergen.Cities})
	second, secret := invited(t, s, store.Invitation{Mail: "Kim@Example.org", Roles: []account.Role{account.Editor}})
	if first != second {
		t.Errorf("two accounts, %d and %d, for one address", first, second)
	}
	l, err := s.Accounts.Link(t.Context(), secret, store.ToJoin, monday)
	if err != nil || l.Account.Role != account.Editor || len(l.Account.Cities) != 0 || l.Account.Mail != "kim@example.org" {
		t.Errorf("invited as %+v, %v", l.Account, err)
	}
	if n := count(t, s, `select count(*) from event where action = 'invite' and from_state = 'officer' and to_state = 'editor'`); n != 1 {
		t.Errorf("%d events for the other role", n)
	}
}

func TestAnUnsentInvitationQueuesNoMail(t *testing.T) {
	t.Parallel()
	s := testdb.Open(t)
	silent := fromBergen
	silent.Unsent = true
	invited(t, s, silent)
	if waiting, _, err := s.Queue.CountUnsent(t.Context()); err != nil || waiting != 0 {
		t.Errorf("%d mails, %v", waiting, err)
	}
	invited(t, s, fromBergen)
	if waiting, _, err := s.Queue.CountUnsent(t.Context()); err != nil || waiting != 1 {
		t.Errorf("%d mails after one that is sent, %v", waiting, err)
	}
}

func TestInvitationIsAcceptedWithAPasskey(t *testing.T) {
	t.Parallel()
	s := testdb.Open(t)
	other := person(t, s, account.Editor, "kim@example.org")
	addPasskey(t, s, other, key("taken"))
	id, secret := invited(t, s, fromBergen)
	accept := func(word string) error {
		p := key(word)
		_, err := s.Accounts.Accept(t.Context(), store.Acceptance{Secret: secret, Name: "Ivo", Locale: "de", Passkey: &p, At: tuesday})
		return err
	}
	if err := accept("taken"); err == nil || find(t, s, id).State != account.Invited || opens(t, s, secret, tuesday) != nil {
		t.Errorf("a passkey that failed used the link up: %v, account %s", err, find(t, s, id).State)
	}
	if err := accept("phone"); err != nil {
		t.Fatal(err)
	}
	if a := find(t, s, id); a.State != account.Active || a.Passkeys != 1 || a.Password {
		t.Errorf("accepted as %+v", a)
	}
}

// A link that is pressed twice makes one account active once.
func TestInvitationIsAcceptedAtOnce(t *testing.T) {
	t.Parallel()
	s := testdb.Open(t)
	_, secret := invited(t, s, fromBergen)
	var accepted, used atomic.Int64
	var group sync.WaitGroup
	for i := range 6 {
		group.Go(func() {
			switch _, err := s.Accounts.Accept(t.Context(), store.Acceptance{Secret: secret, Name: fmt.Sprint("Ivo ", i), Locale: "en", Password: "hash", At: tuesday}); {
			case err == nil:
				accepted.Add(1)
			case errors.Is(err, store.ErrUsed):
				used.Add(1)
			default:
				t.Error(err)
			}
		})
	}
	group.Wait()
	if accepted.Load() != 1 || used.Load() != 5 {
		t.Errorf("accepted %d times, refused %d times", accepted.Load(), used.Load())
	}
}

// reset requests a link to a new password and returns its secret; empty when no
// mail was queued.
func reset(t *testing.T, s *store.Store, mail string, at time.Time) string {
	t.Helper()
	before := count(t, s, `select coalesce(max(id), 0) from account_token`)
	if err := s.Credentials.RequestReset(t.Context(), mail, at); err != nil {
		t.Fatal(err)
	}
	after := count(t, s, `select coalesce(max(id), 0) from account_token`)
	if after == before {
		return ""
	}
	secret, err := s.Accounts.LinkSecret(t.Context(), int64(after), at)
	if err != nil {
		t.Fatal(err)
	}
	return secret
}

func TestResetIsNotSentTooOften(t *testing.T) {
	t.Parallel()
	s := testdb.Open(t)
	person(t, s, account.Editor, "kim@example.org")
	first := reset(t, s, "kim@example.org", monday)
	if first == "" || reset(t, s, "kim@example.org", monday.Add(4*time.Minute)) != "" {
		t.Fatal("a second link within five minutes")
	}
	second := reset(t, s, "kim@example.org", monday.Add(6*time.Minute))
	if second == "" {
		t.Fatal("no second link after six minutes")
	}
	at := monday.Add(7 * time.Minute)
	if err := s.Credentials.ResetPassword(t.Context(), first, "hash", at); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("the first link works beside the second: %v", err)
	}
	if err := s.Credentials.ResetPassword(t.Context(), second, "hash", monday.Add(6*time.Minute+store.ResetTime)); !errors.Is(err, store.ErrExpired) {
		t.Errorf("after its time: %v", err)
	}
	if err := s.Credentials.ResetPassword(t.Context(), second, "hash", at); err != nil {
		t.Error(err)
	}
	if reset(t, s, "kim@example.org", at.Add(time.Minute)) == "" {
		t.Error("a used link holds a new one back")
	}
}

func TestResetEndsEverySession(t *testing.T) {
	t.Parallel()
	s := testdb.Open(t)
	kim, mia := person(t, s, account.Editor, "kim@example.org"), person(t, s, account.Editor, "mia@example.org")
	signIn(t, s, kim, "stolen")
	signIn(t, s, mia, "hers")
	if err := s.Credentials.ResetPassword(t.Context(), reset(t, s, "kim@example.org", monday), "hash", monday); err != nil {
		t.Fatal(err)
	}
	if in(t, s, "stolen") || !in(t, s, "hers") {
		t.Errorf("signed in afterwards: %t, the other person: %t", in(t, s, "stolen"), in(t, s, "hers"))
	}
}

// Only active accounts can get a new password: an invited one has its own
// link, and a disabled one must stay out.
func TestResetNeedsAnActiveAccount(t *testing.T) {
	t.Parallel()
	s := testdb.Open(t)
	invited(t, s, fromBergen)
	kim := person(t, s, account.Editor, "kim@example.org")
	secret := reset(t, s, "kim@example.org", monday)
	if err := s.Accounts.Disable(t.Context(), kim, store.Actor{At: monday}); err != nil {
		t.Fatal(err)
	}
	if err := s.Credentials.ResetPassword(t.Context(), secret, "hash", monday); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("a link of a disabled account: %v", err)
	}
	for _, mail := range []string{fromBergen.Mail, "kim@example.org", "unknown@example.org", ""} {
		if reset(t, s, mail, tuesday) != "" {
			t.Errorf("%q was sent a link", mail)
		}
	}
}
