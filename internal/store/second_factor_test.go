package store_test

import (
	"errors"
	"sync"
	"sync/atomic"
	"testing"

	"exempla/internal/account"
	"exempla/internal/store"
	"exempla/internal/testdb"
)

// codes are hashes of recovery codes, here the words themselves.
func codes(words ...string) [][]byte {
	var list [][]byte
	for _, word := range words {
		list = append(list, []byte(word))
	}
	return list
}

func codesLeft(t *testing.T, s *store.Store, id account.ID) int {
	t.Helper()
	left, err := s.Credentials.CountRecoveryCodes(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	return left
}

// useCode reports whether a recovery code was accepted.
func useCode(t *testing.T, s *store.Store, id account.ID, word string) bool {
	t.Helper()
	fresh, err := s.Credentials.UseRecoveryCode(t.Context(), id, []byte(word), tuesday)
	if err != nil {
		t.Fatal(err)
	}
	return fresh
}

func TestSecondFactorOnAndOff(t *testing.T) {
	t.Parallel()
	s := testdb.Open(t)
	kim := person(t, s, account.Editor, "kim@example.org")
	owner := store.Owner{Account: kim, At: tuesday}
	if a, err := s.Accounts.Find(t.Context(), kim); err != nil || a.TwoFactor {
		t.Errorf("before: %+v, %v", a, err)
	}
	factor := store.SecondFactor{Secret: "SECRET", Step: 41, Codes: codes("a", "b")}
	if err := s.Credentials.SetSecondFactor(t.Context(), owner, factor); err != nil {
		t.Fatal(err)
	}
	if found, err := s.Credentials.Secrets(t.Context(), kim); err != nil || found.TOTP != "SECRET" || found.Step != 41 {
		t.Errorf("secrets: %+v, %v", found, err)
	}
	if a, err := s.Accounts.Find(t.Context(), kim); err != nil || !a.TwoFactor || codesLeft(t, s, kim) != 2 {
		t.Errorf("on: %+v, %v", a, err)
	}
	if err := s.Credentials.RemoveSecondFactor(t.Context(), owner); err != nil {
		t.Fatal(err)
	}
	if found, err := s.Credentials.Secrets(t.Context(), kim); err != nil || found.TOTP != "" || found.Step != 0 || codesLeft(t, s, kim) != 0 {
		t.Errorf("off: %+v with %d codes, %v", found, codesLeft(t, s, kim), err)
	}
	if useCode(t, s, kim, "a") {
		t.Error("a recovery code outlived the second factor")
	}
	if n := count(t, s, `select count(*) from event where action in ('second_factor_on', 'second_factor_off')`); n != 2 {
		t.Errorf("%d events", n)
	}
	if _, err := s.Credentials.Secrets(t.Context(), 99); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("secrets of an account that does not exist: %v", err)
	}
}

// A code that was read over a shoulder must not work again, nor an earlier one.
func TestTimeStepIsUsedOnce(t *testing.T) {
	t.Parallel()
	s := testdb.Open(t)
	kim := person(t, s, account.Editor, "kim@example.org")
	owner := store.Owner{Account: kim, At: tuesday}
	if err := s.Credentials.SetSecondFactor(t.Context(), owner, store.SecondFactor{Secret: "SECRET", Step: 41}); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		step  int64
		fresh bool
	}{{41, false}, {40, false}, {42, true}, {42, false}, {41, false}, {43, true}} {
		if fresh, err := s.Credentials.UseTimeStep(t.Context(), kim, c.step); err != nil || fresh != c.fresh {
			t.Errorf("step %d: fresh %t, %v", c.step, fresh, err)
		}
	}
}

func TestRecoveryCodeWorksOnce(t *testing.T) {
	t.Parallel()
	s := testdb.Open(t)
	kim, mia := person(t, s, account.Editor, "kim@example.org"), person(t, s, account.Editor, "mia@example.org")
	owner := store.Owner{Account: kim, At: tuesday}
	if err := s.Credentials.SetSecondFactor(t.Context(), owner, store.SecondFactor{Secret: "SECRET", Codes: codes("a", "b", "c")}); err != nil {
		t.Fatal(err)
	}
	if useCode(t, s, mia, "a") {
		t.Error("another person's code was accepted")
	}
	if useCode(t, s, kim, "d") {
		t.Error("an unknown code was accepted")
	}
	if !useCode(t, s, kim, "a") || useCode(t, s, kim, "a") {
		t.Error("a code does not work exactly once")
	}
	if left := codesLeft(t, s, kim); left != 2 {
		t.Errorf("%d codes left", left)
	}
	if n := count(t, s, `select count(*) from event where action = 'recovery_code_used'`); n != 1 {
		t.Errorf("%d events for one code", n)
	}
	if err := s.Credentials.RenewRecoveryCodes(t.Context(), owner, codes("e", "f")); err != nil {
		t.Fatal(err)
	}
	if useCode(t, s, kim, "b") || !useCode(t, s, kim, "e") {
		t.Error("renewing does not replace the codes")
	}
	if n := count(t, s, `select count(*) from event where action = 'recovery_codes_renewed'`); n != 1 {
		t.Errorf("%d events for renewing", n)
	}
}

// Two browsers that send the same code at once are not both let in.
func TestRecoveryCodeAtOnce(t *testing.T) {
	t.Parallel()
	s := testdb.Open(t)
	kim := person(t, s, account.Editor, "kim@example.org")
	owner := store.Owner{Account: kim, At: tuesday}
	if err := s.Credentials.SetSecondFactor(t.Context(), owner, store.SecondFactor{Secret: "SECRET", Codes: codes("a")}); err != nil {
		t.Fatal(err)
	}
	var accepted atomic.Int64
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			fresh, err := s.Credentials.UseRecoveryCode(t.Context(), kim, []byte("a"), tuesday)
			if err != nil {
				t.Error(err)
			}
			if fresh {
				accepted.Add(1)
			}
		})
	}
	group.Wait()
	if accepted.Load() != 1 {
		t.Errorf("accepted %d times", accepted.Load())
	}
}
