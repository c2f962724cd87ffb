package signin

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/url"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"
)

// ErrPasskey is for a passkey that proves nothing.
var ErrPasskey = errors.New("the passkey was not accepted")

// Passkeys creates and checks the passkeys of one site.
type Passkeys struct{ site *webauthn.WebAuthn }

// NewPasskeys is for the site with that origin. Browsers bind a passkey to its
// host name, so sites that have none, only a number, can use no passkeys.
func NewPasskeys(origin string) (*Passkeys, error) {
	parsed, err := url.Parse(origin)
	if err != nil {
		return nil, fmt.Errorf("passkeys: %w", err)
	}
	site, err := webauthn.New(&webauthn.Config{RPID: parsed.Hostname(), RPDisplayName: "Exempla", RPOrigins: []string{parsed.Scheme + "://" + parsed.Host},
		// Discoverable, so that nobody has to type a mail address; who the
		// device says it has verified needs no second factor any more.
		AuthenticatorSelection: protocol.AuthenticatorSelection{ResidentKey: protocol.ResidentKeyRequirementRequired,
			RequireResidentKey: protocol.ResidentKeyRequired(), UserVerification: protocol.VerificationPreferred},
		AttestationPreference: protocol.PreferNoAttestation})
	if err != nil {
		return nil, fmt.Errorf("passkeys: %w", err)
	}
	return &Passkeys{site}, nil
}

// Holder is somebody with passkeys, as the library wants to know them.
type Holder struct {
	Handle  []byte
	Name    string // as the device shows it
	Records []json.RawMessage
}

// WebAuthnID is the handle.
func (h Holder) WebAuthnID() []byte { return h.Handle }

// WebAuthnName is what the device shows.
func (h Holder) WebAuthnName() string { return h.Name }

// WebAuthnDisplayName is the same.
func (h Holder) WebAuthnDisplayName() string { return h.Name }

// WebAuthnCredentials are the passkeys; records that cannot be read are left
// out, and then open nothing.
func (h Holder) WebAuthnCredentials() []webauthn.Credential {
	var list []webauthn.Credential
	for _, record := range h.Records {
		var c webauthn.Credential
		if json.Unmarshal(record, &c) == nil {
			list = append(list, c)
		}
	}
	return list
}

// Challenge is what a browser is asked to sign.
type Challenge struct {
	Options []byte // JSON, for the browser
	State   []byte // JSON, to be kept until it answers, out of the browser's reach
}

// Credential is a passkey that has proved to be there.
type Credential struct {
	ID       []byte
	Record   json.RawMessage // to be kept
	Verified bool            // whether the device has made sure who holds it
}

// BeginRegistration asks for a new passkey of somebody; devices that hold one already say
// so.
func (p *Passkeys) BeginRegistration(h Holder) (Challenge, error) {
	var excluded []protocol.CredentialDescriptor
	for _, c := range h.WebAuthnCredentials() {
		excluded = append(excluded, c.Descriptor())
	}
	options, state, err := p.site.BeginRegistration(h, webauthn.WithExclusions(excluded))
	if err != nil {
		return Challenge{}, fmt.Errorf("passkeys: %w", err)
	}
	return newChallenge(options, state)
}

// Created checks what the browser has answered to Create. The error is
// ErrPasskey, whatever was wrong.
func (p *Passkeys) FinishRegistration(h Holder, state, response []byte) (Credential, error) {
	var asked webauthn.SessionData
	if err := json.Unmarshal(state, &asked); err != nil {
		return Credential{}, fmt.Errorf("%w: %w", ErrPasskey, err)
	}
	parsed, err := protocol.ParseCredentialCreationResponseBytes(response)
	if err != nil {
		return Credential{}, fmt.Errorf("%w: %w", ErrPasskey, err)
	}
	c, err := p.site.CreateCredential(h, asked, parsed)
	if err != nil {
		return Credential{}, fmt.Errorf("%w: %w", ErrPasskey, err)
	}
	return credential(c, c.Flags.UserVerified)
}

// Ask asks for any passkey of this site.
func (p *Passkeys) BeginLogin() (Challenge, error) {
	options, state, err := p.site.BeginDiscoverableLogin(webauthn.WithUserVerification(protocol.VerificationPreferred))
	if err != nil {
		return Challenge{}, fmt.Errorf("passkeys: %w", err)
	}
	return newChallenge(options, state)
}

// Asked checks what the browser has answered to Ask; find looks up whose handle
// it names. The error is that of find, or ErrPasskey.
func (p *Passkeys) FinishLogin(state, response []byte, find func(handle []byte) (Holder, error)) (Credential, error) {
	var asked webauthn.SessionData
	if err := json.Unmarshal(state, &asked); err != nil {
		return Credential{}, fmt.Errorf("%w: %w", ErrPasskey, err)
	}
	parsed, err := protocol.ParseCredentialRequestResponseBytes(response)
	if err != nil {
		return Credential{}, fmt.Errorf("%w: %w", ErrPasskey, err)
	}
	var failed error
	_, c, err := p.site.ValidatePasskeyLogin(func(_, handle []byte) (webauthn.User, error) {
		h, err := find(handle)
		failed = err
		return h, err
	}, asked, parsed)
	switch {
	case failed != nil:
		return Credential{}, failed
	case err != nil:
		return Credential{}, fmt.Errorf("%w: %w", ErrPasskey, err)
	case c.Authenticator.CloneWarning:
		return Credential{}, fmt.Errorf("%w: its counter runs backwards", ErrPasskey)
	}
	// The library keeps in c whether the user was verified when the passkey was
	// made; whether a second factor is still needed depends on this time.
	return credential(c, parsed.Response.AuthenticatorData.Flags.HasUserVerified())
}

func credential(c *webauthn.Credential, verified bool) (Credential, error) {
	record, err := json.Marshal(c)
	return Credential{ID: c.ID, Record: record, Verified: verified}, err
}

func newChallenge[T protocol.CredentialCreation | protocol.CredentialAssertion](options *T, state *webauthn.SessionData) (c Challenge, err error) {
	if c.Options, err = json.Marshal(options); err == nil {
		c.State, err = json.Marshal(state)
	}
	return c, err
}
