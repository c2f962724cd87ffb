package signin

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/url"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"
)

// ErrPasskey means that a passkey's answer was not valid.
var ErrPasskey = errors.New("the passkey was not accepted")

// Passkeys registers and checks the passkeys of one site.
type Passkeys struct{ site *webauthn.WebAuthn }

// NewPasskeys returns the passkeys of the site at an origin such as
// "https://exempla.example". Browsers bind a passkey to the host name, so an origin
// whose host is an IP address is an error.
func NewPasskeys(origin string) (*Passkeys, error) {
	parsed, err := url.Parse(origin)
	if err != nil {
		return nil, fmt.Errorf("passkeys: %w", err)
	}
	site, err := webauthn.New(&webauthn.Config{RPID: parsed.Hostname(), RPOrigins: []string{parsed.Scheme + "://" + parsed.Host},
		// Discoverable, so that signing in needs no mail address; a user whom the
		// device has verified needs no second factor.
		AuthenticatorSelection: protocol.AuthenticatorSelection{ResidentKey: protocol.ResidentKeyRequirementRequired,
			RequireResidentKey: protocol.ResidentKeyRequired(), UserVerification: protocol.VerificationPreferred},
		AttestationPreference: protocol.PreferNoAttestation})
	if err != nil {
		return nil, fmt.Errorf("passkeys: %w", err)
	}
	return &Passkeys{site}, nil
}

// Holder is the owner of passkeys. It implements webauthn.User.
type Holder struct {
	Handle  []byte            // opaque ID, kept on the device
	Name    string            // as the device shows it
	Records []json.RawMessage // of Credential
}

// WebAuthnID returns the handle.
func (h Holder) WebAuthnID() []byte { return h.Handle }

// WebAuthnName returns the name.
func (h Holder) WebAuthnName() string { return h.Name }

// WebAuthnDisplayName returns the name.
func (h Holder) WebAuthnDisplayName() string { return h.Name }

// WebAuthnCredentials returns the passkeys. Unreadable records are left out: they
// cannot sign anybody in.
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

// Challenge is what the browser gets to sign.
type Challenge struct {
	Options []byte // JSON, for the browser
	State   []byte // JSON, kept on the server until the browser answers
}

// Credential is a passkey whose answer was valid.
type Credential struct {
	ID       []byte
	Record   json.RawMessage // to store, replacing the record before
	Verified bool            // whether the device verified its user this time, by PIN or biometrics
}

// BeginRegistration asks for a new passkey, which devices show with the name of the site.
// Those that already hold one of the holder's passkeys refuse to make another.
func (p *Passkeys) BeginRegistration(h Holder, site string) (Challenge, error) {
	var excluded []protocol.CredentialDescriptor
	for _, c := range h.WebAuthnCredentials() {
		excluded = append(excluded, c.Descriptor())
	}
	named := func(o *protocol.PublicKeyCredentialCreationOptions) error {
		o.RelyingParty.Name = site
		return nil
	}
	options, state, err := p.site.BeginRegistration(h, webauthn.WithExclusions(excluded), named)
	if err != nil {
		return Challenge{}, fmt.Errorf("passkeys: %w", err)
	}
	return newChallenge(options, state)
}

// FinishRegistration checks the browser's answer to BeginRegistration, given the
// state of its challenge. Every invalid answer is ErrPasskey.
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

// BeginLogin asks for any passkey of this site.
func (p *Passkeys) BeginLogin() (Challenge, error) {
	options, state, err := p.site.BeginDiscoverableLogin(webauthn.WithUserVerification(protocol.VerificationPreferred))
	if err != nil {
		return Challenge{}, fmt.Errorf("passkeys: %w", err)
	}
	return newChallenge(options, state)
}

// FinishLogin checks the browser's answer to BeginLogin, given the state of its
// challenge; find looks up the holder of a handle. The error is that of find, or
// ErrPasskey.
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
	// c.Flags.UserVerified says whether the user was verified at registration;
	// whether a second factor is needed depends on this login.
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
