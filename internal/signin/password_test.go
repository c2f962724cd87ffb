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

// Hashes that have been tampered with match no password and cost no more.
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

// A hash made at another cost is still valid within limits: being able to change a
// row must not be enough to exhaust the machine.
func TestBoundsOfTheCost(t *testing.T) {
	t.Parallel()
	made := func(change func(*phc)) string {
		p := phc{memory: 8, time: 1, threads: 1, salt: []byte("saltsaltsalt"), hash: make([]byte, hashLength)}
		change(&p)
		if p.memory <= maxMemory+1 && p.threads > 0 { // with the others it cannot be made at all
			sum, err := p.sum(t.Context(), "correct horse")
			if err != nil {
				t.Fatal(err)
			}
			p.hash = sum
		}
		return p.String()
	}
	for name, c := range map[string]struct {
		change func(*phc)
		want   bool
	}{
		"cheapest":       {func(*phc) {}, true},
		"shortest hash":  {func(p *phc) { p.hash = make([]byte, 16) }, true},
		"two threads":    {func(p *phc) { p.memory, p.threads = 16, 2 }, true},
		"most passes":    {func(p *phc) { p.time = maxTime }, true},
		"more passes":    {func(p *phc) { p.time = maxTime + 1 }, false},
		"much memory":    {func(p *phc) { p.memory = maxMemory + 1 }, false},
		"all the memory": {func(p *phc) { p.memory = 1<<32 - 1 }, false},
		"no thread":      {func(p *phc) { p.threads = 0 }, false},
		"too short":      {func(p *phc) { p.hash = make([]byte, 15) }, false},
	} {
		hash := made(c.change)
		if got, err := Verify(t.Context(), "correct horse", hash); got != c.want || err != nil {
			t.Errorf("%s: %v, %v", name, got, err)
		}
		if !c.want {
			continue
		}
		if got, err := Verify(t.Context(), "correct house", hash); got || err != nil {
			t.Errorf("%s: another password opens it, %v", name, err)
		}
	}
}

// A visitor who leaves is not waited for, neither when hashing nor when
// verifying, and without a password there is still something to wait for.
func TestVerifyWaitsForItsTurn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		before := slots
		defer func() { slots = before }()
		slots = make(chan struct{}, 1)
		slots <- struct{}{}
		ctx, cancel := context.WithCancel(t.Context())
		answers := make(chan error)
		for _, hash := range []string{"", dummy().String()} {
			go func() { _, err := Verify(ctx, "x", hash); answers <- err }()
		}
		synctest.Wait()
		select {
		case err := <-answers:
			t.Errorf("answered without its turn: %v", err)
		default:
		}
		cancel()
		for range 2 {
			if err := <-answers; !errors.Is(err, context.Canceled) {
				t.Errorf("a visitor who left: %v", err)
			}
		}
	})
}
