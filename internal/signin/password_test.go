package signin

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
)

func TestPasswordIsKnownAgain(t *testing.T) {
	t.Parallel()
	const password = "Ein Fahrrad für Zoë"
	hash, err := Hash(t.Context(), password)
	if err != nil || !strings.HasPrefix(hash, "$argon2id$v=19$m=19456,t=2,p=1$") {
		t.Fatalf("hash %q, %v", hash, err)
	}
	for typed, want := range map[string]bool{password: true, "Ein Fahrrad fu\u0308r Zoe\u0308": true, "ein fahrrad für zoë": false, "": false} {
		if got, err := Verify(t.Context(), typed, hash); got != want || err != nil {
			t.Errorf("%q: %v, %v", typed, got, err)
		}
	}
	if again, _ := Hash(t.Context(), password); again == hash {
		t.Error("two people with one password have the same hash")
	}
}

// Hashes that somebody has tampered with open nothing and cost no more.
func TestOddHashesOpenNothing(t *testing.T) {
	t.Parallel()
	for _, hash := range []string{"", "x", "$argon2id$v=19$m=19456,t=2,p=1$$", "$argon2i$v=19$m=19456,t=2,p=1$YWFhYWFhYWE$YWFhYWFhYWFhYWFhYWFhYQ",
		"$argon2id$v=19$m=4294967295,t=2,p=1$YWFhYWFhYWE$YWFhYWFhYWFhYWFhYWFhYQ", "$argon2id$v=19$m=19456,t=2,p=0$YWFhYWFhYWE$YWFhYWFhYWFhYWFhYWFhYQ",
		dummy().String()} {
		if ok, err := Verify(t.Context(), "", hash); ok || err != nil {
			t.Errorf("%q: %v, %v", hash, ok, err)
		}
	}
}

func TestHashWaitsForItsTurn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		before := slots
		defer func() { slots = before }()
		slots = make(chan struct{}, 1)
		slots <- struct{}{}
		ctx, cancel := context.WithCancel(t.Context())
		failed := make(chan error)
		go func() { _, err := Hash(ctx, "x"); failed <- err }()
		synctest.Wait()
		cancel()
		if err := <-failed; !errors.Is(err, context.Canceled) {
			t.Errorf("a hash without a slot: %v", err)
		}
	})
}

func TestWeakPasswords(t *testing.T) {
	t.Parallel()
	for password, want := range map[string]Weakness{
		"elevenchars": Short, "κωδικός": Short, strings.Repeat("long words ", 19): Long, "correct horse": "", "Grüße aus Bergen": "",
		"Password1234": Common, "correct horse battery staple": Common, "aaaaaaaaaaaaaaa": Pattern, "abababababababab": Pattern,
		"abcdefghijklmnop": Pattern, "9876543210987": Pattern, "hellohellohello": Pattern, "αβγδεζηθικλμν": Pattern,
		"ana.papadopoulou": Personal, "Ana@ioannina.example": Personal, "exempla-2026!": Personal, "papadopoulou99": Personal,
		"ana buys eleven lemons": "", "日本語のパスワード文です": "", "1949 rivers and a bell": "",
	} {
		if got := Weak(password, "ana.papadopoulou@ioannina.example", "exempla.example"); got != want {
			t.Errorf("%q: %q, want %q", password, got, want)
		}
	}
}

func TestCommonPasswordsAreInOrder(t *testing.T) {
	t.Parallel()
	for i, password := range common {
		if i > 0 && common[i-1] >= password || password != strings.ToLower(password) || len(password) < MinPassword {
			t.Errorf("%q is out of place", password)
		}
	}
	if len(common) < 300 {
		t.Errorf("only %d passwords are refused", len(common))
	}
}
