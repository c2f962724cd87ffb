package signin

import (
	"bytes"
	"encoding/json"
	"errors"
	"slices"
	"testing"
)

const testOrigin = "https://exempla.example"

var errNoHolder = errors.New("unknown handle")

func newPasskeys(t *testing.T) *Passkeys {
	t.Helper()
	p, err := NewPasskeys(testOrigin)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// register gives a holder a passkey on a device.
func register(t *testing.T, p *Passkeys, h Holder, d *device) (Holder, Credential) {
	t.Helper()
	c, err := p.BeginRegistration(h, "Exempla")
	if err != nil {
		t.Fatal(err)
	}
	made, err := p.FinishRegistration(h, c.State, d.create(c))
	if err != nil {
		t.Fatal(err)
	}
	h.Records = append(slices.Clone(h.Records), made.Record)
	return h, made
}

// finder looks for a holder among these.
func finder(holders ...Holder) func(handle []byte) (Holder, error) {
	return func(handle []byte) (Holder, error) {
		for _, h := range holders {
			if bytes.Equal(h.Handle, handle) {
				return h, nil
			}
		}
		return Holder{}, errNoHolder
	}
}

func login(t *testing.T, p *Passkeys, d *device, find func([]byte) (Holder, error)) (Credential, error) {
	t.Helper()
	c, err := p.BeginLogin()
	if err != nil {
		t.Fatal(err)
	}
	return p.FinishLogin(c.State, d.get(c), find)
}

func TestPasskeySignsIn(t *testing.T) {
	t.Parallel()
	p, d := newPasskeys(t), newDevice(t)
	ana := Holder{Handle: []byte("ana"), Name: "ana@city.example"}
	ana, made := register(t, p, ana, d)
	if !bytes.Equal(made.ID, d.id) || !made.Verified {
		t.Errorf("registered %q, verified %v", made.ID, made.Verified)
	}
	for range 2 { // its counter runs on
		c, err := login(t, p, d, finder(Holder{Handle: []byte("kim")}, ana))
		if err != nil || !bytes.Equal(c.ID, d.id) || !c.Verified {
			t.Fatalf("signed in with %q, verified %v: %v", c.ID, c.Verified, err)
		}
		ana.Records[0] = c.Record
	}
}

// Whether a second factor is needed depends on what the device did this time,
// not on what it did when the passkey was made.
func TestVerificationIsThatOfThisLogin(t *testing.T) {
	t.Parallel()
	p := newPasskeys(t)
	for _, atFirst := range []bool{true, false} {
		d := newDevice(t)
		d.verifies = atFirst
		ana, made := register(t, p, Holder{Handle: []byte("ana"), Name: "ana"}, d)
		if made.Verified != atFirst {
			t.Errorf("registered: verified is %v", made.Verified)
		}
		for _, now := range []bool{false, true, false} {
			d.verifies = now
			c, err := login(t, p, d, finder(ana))
			if err != nil || c.Verified != now {
				t.Errorf("registered with %v, then %v: verified is %v, %v", atFirst, now, c.Verified, err)
			}
			ana.Records[0] = c.Record
		}
	}
}

// What browsers are asked for, of which people notice if it is missing: nothing
// to type, no second passkey on one device, no question about its maker.
func TestWhatABrowserIsAsked(t *testing.T) {
	t.Parallel()
	p, d := newPasskeys(t), newDevice(t)
	ana, _ := register(t, p, Holder{Handle: []byte("ana"), Name: "ana@city.example"}, d)
	c, err := p.BeginRegistration(ana, "Exempla")
	if err != nil {
		t.Fatal(err)
	}
	var options struct {
		PublicKey struct {
			RP                     struct{ ID, Name string }
			User                   struct{ ID, Name string }
			Challenge              string
			Attestation            string
			AuthenticatorSelection struct{ ResidentKey, UserVerification string }
			ExcludeCredentials     []struct{ ID string }
		}
	}
	if err := json.Unmarshal(c.Options, &options); err != nil {
		t.Fatal(err)
	}
	o := options.PublicKey
	if o.RP.ID != "exempla.example" || o.RP.Name != "Exempla" || o.User.Name != "ana@city.example" || o.User.ID != encoded([]byte("ana")) {
		t.Errorf("the site is %+v, the person %+v", o.RP, o.User)
	}
	if o.AuthenticatorSelection.ResidentKey != "required" || o.AuthenticatorSelection.UserVerification != "preferred" || o.Attestation != "none" && o.Attestation != "" {
		t.Errorf("asked for %+v, attestation %q", o.AuthenticatorSelection, o.Attestation)
	}
	if len(o.ExcludeCredentials) != 1 || o.ExcludeCredentials[0].ID != encoded(d.id) {
		t.Errorf("excluded: %+v", o.ExcludeCredentials)
	}
	if again, err := p.BeginRegistration(ana, "Exempla"); err != nil || bytes.Equal(again.Options, c.Options) || len(o.Challenge) < 22 {
		t.Errorf("the challenge %q is not a new one of 16 bytes or more: %v", o.Challenge, err)
	}
}

func TestRegistrationsThatProveNothing(t *testing.T) {
	t.Parallel()
	p := newPasskeys(t)
	ana, kim := Holder{Handle: []byte("ana"), Name: "ana"}, Holder{Handle: []byte("kim"), Name: "kim"}
	for name, try := range map[string]func(d *device, c Challenge) (Holder, Challenge, []byte){
		"another site": func(d *device, c Challenge) (Holder, Challenge, []byte) {
			d.origin = "https://exempla.example.evil"
			return ana, c, d.create(c)
		},
		"without TLS": func(d *device, c Challenge) (Holder, Challenge, []byte) {
			d.origin = "http://exempla.example"
			return ana, c, d.create(c)
		},
		"another port": func(d *device, c Challenge) (Holder, Challenge, []byte) {
			d.origin += ":8443"
			return ana, c, d.create(c)
		},
		"another host": func(d *device, c Challenge) (Holder, Challenge, []byte) {
			d.host = "evil.example"
			return ana, c, d.create(c)
		},
		"another ceremony": func(d *device, c Challenge) (Holder, Challenge, []byte) { return ana, c, d.get(c) },
		"untouched": func(d *device, c Challenge) (Holder, Challenge, []byte) {
			d.touched = false
			return ana, c, d.create(c)
		},
		"another person":    func(d *device, c Challenge) (Holder, Challenge, []byte) { return kim, c, d.create(c) },
		"another challenge": func(d *device, c Challenge) (Holder, Challenge, []byte) { return ana, c, d.create(begun(t, p, ana)) },
		"no state":          func(d *device, c Challenge) (Holder, Challenge, []byte) { return ana, Challenge{}, d.create(c) },
		"an empty state": func(d *device, c Challenge) (Holder, Challenge, []byte) {
			return ana, Challenge{State: []byte("{}")}, d.create(c)
		},
		"no answer":       func(_ *device, c Challenge) (Holder, Challenge, []byte) { return ana, c, nil },
		"not JSON":        func(_ *device, c Challenge) (Holder, Challenge, []byte) { return ana, c, []byte("<html>") },
		"an empty answer": func(_ *device, c Challenge) (Holder, Challenge, []byte) { return ana, c, []byte("{}") },
		"cut off": func(d *device, c Challenge) (Holder, Challenge, []byte) {
			a := d.create(c)
			return ana, c, a[:len(a)/2]
		},
	} {
		h, c, answer := try(newDevice(t), begun(t, p, ana))
		if got, err := p.FinishRegistration(h, c.State, answer); !errors.Is(err, ErrPasskey) || got.ID != nil || got.Record != nil {
			t.Errorf("%s: %v, %v", name, got, err)
		}
	}
}

func begun(t *testing.T, p *Passkeys, h Holder) Challenge {
	t.Helper()
	c, err := p.BeginRegistration(h, "Exempla")
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestLoginsThatProveNothing(t *testing.T) {
	t.Parallel()
	p := newPasskeys(t)
	for name, try := range map[string]func(d *device, c Challenge) (Challenge, []byte){
		"another site": func(d *device, c Challenge) (Challenge, []byte) {
			d.origin = "https://evil.example"
			return c, d.get(c)
		},
		"another host":      func(d *device, c Challenge) (Challenge, []byte) { d.host = "evil.example"; return c, d.get(c) },
		"another key":       func(d *device, c Challenge) (Challenge, []byte) { d.key = newDevice(t).key; return c, d.get(c) },
		"another passkey":   func(d *device, c Challenge) (Challenge, []byte) { d.id = []byte("another passkey"); return c, d.get(c) },
		"another ceremony":  func(d *device, c Challenge) (Challenge, []byte) { return c, d.create(c) },
		"untouched":         func(d *device, c Challenge) (Challenge, []byte) { d.touched = false; return c, d.get(c) },
		"another challenge": func(d *device, c Challenge) (Challenge, []byte) { return c, d.get(asked(t, p)) },
		"an old state":      func(d *device, c Challenge) (Challenge, []byte) { return asked(t, p), d.get(c) },
		"a counter behind":  func(d *device, c Challenge) (Challenge, []byte) { d.count = 0; return c, d.get(c) },
		"no state":          func(d *device, c Challenge) (Challenge, []byte) { return Challenge{}, d.get(c) },
		"an empty state":    func(d *device, c Challenge) (Challenge, []byte) { return Challenge{State: []byte("{}")}, d.get(c) },
		"no answer":         func(_ *device, c Challenge) (Challenge, []byte) { return c, nil },
		"not JSON":          func(_ *device, c Challenge) (Challenge, []byte) { return c, []byte("[") },
		"an empty answer":   func(_ *device, c Challenge) (Challenge, []byte) { return c, []byte("{}") },
		"cut off":           func(d *device, c Challenge) (Challenge, []byte) { a := d.get(c); return c, a[:len(a)/2] },
	} {
		d := newDevice(t)
		d.count = 5
		ana, _ := register(t, p, Holder{Handle: []byte("ana"), Name: "ana"}, d)
		c, answer := try(d, asked(t, p))
		if got, err := p.FinishLogin(c.State, answer, finder(ana)); !errors.Is(err, ErrPasskey) || got.ID != nil {
			t.Errorf("%s: %v, %v", name, got, err)
		}
	}
}

func asked(t *testing.T, p *Passkeys) Challenge {
	t.Helper()
	c, err := p.BeginLogin()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// A passkey opens the account that it was made for, and no other, whatever the
// device says.
func TestPasskeyOpensItsOwnAccountOnly(t *testing.T) {
	t.Parallel()
	p, d := newPasskeys(t), newDevice(t)
	ana, _ := register(t, p, Holder{Handle: []byte("ana"), Name: "ana"}, d)
	kim, _ := register(t, p, Holder{Handle: []byte("kim"), Name: "kim"}, newDevice(t))
	d.handle = []byte("kim")
	if c, err := login(t, p, d, finder(ana, kim)); !errors.Is(err, ErrPasskey) || c.ID != nil {
		t.Errorf("ana's passkey opens kim's account: %v", err)
	}
	d.handle = []byte("mia")
	if _, err := login(t, p, d, finder(ana, kim)); !errors.Is(err, errNoHolder) {
		t.Errorf("an unknown handle: %v, want the finder's own error", err)
	}
	d.handle = []byte("ana")
	ana.Records = []json.RawMessage{json.RawMessage("broken"), json.RawMessage("{}")}
	if _, err := login(t, p, d, finder(ana)); !errors.Is(err, ErrPasskey) {
		t.Errorf("a broken record: %v", err)
	}
}

// Browsers bind passkeys to a name, so an address that is a number has none.
func TestOriginsOfPasskeys(t *testing.T) {
	t.Parallel()
	for origin, want := range map[string]bool{testOrigin: true, "http://localhost:8080": true, "https://exempla.example:8443/": true,
		"https://192.0.2.1": false, "http://[::1]:8080": false, "https://a b": false} {
		if p, err := NewPasskeys(origin); (err == nil) != want || (p != nil) != want {
			t.Errorf("%q: %v", origin, err)
		}
	}
}
