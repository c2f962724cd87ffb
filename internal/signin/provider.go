package signin

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"sync"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"
)

// ErrProvider means that the identity provider's answer was not valid.
var ErrProvider = errors.New("the identity provider's answer was not accepted")

// ErrProviderAway means that the identity provider cannot be reached or is failing.
var ErrProviderAway = errors.New("the identity provider does not answer")

// providerTime limits each request to the provider: a visitor is waiting.
const providerTime = 10 * time.Second

// ProviderSettings are the site's registration with an identity provider.
type ProviderSettings struct {
	Issuer string // URL, exactly as in the tokens it signs
	Client string // ID of this site
	Secret string // of this site
	Return string // redirect URL, as registered there
}

// Provider is an OpenID Connect identity provider. It is discovered when first
// needed, so that the site can start while the provider is down.
type Provider struct {
	settings ProviderSettings
	client   *http.Client
	sync.Mutex
	found *oidc.Provider
}

// NewProvider makes no request yet.
func NewProvider(s ProviderSettings) *Provider {
	return &Provider{settings: s, client: &http.Client{Timeout: providerTime}}
}

// AuthRequest is what the provider's answer has to match. The caller keeps it in
// the visitor's session, as JSON.
type AuthRequest struct {
	State    string `json:"state"`
	Nonce    string `json:"nonce"`
	Verifier string `json:"verifier"` // of PKCE: a stolen code is useless without it
	Back     string `json:"back"`     // path to go on to after signing in; may be empty
}

// Identity is an account at the provider.
type Identity struct {
	Issuer, Subject string
	Mail            string // empty unless the provider has verified it
}

// discover returns the provider's endpoints and keys, fetching them the first time.
func (p *Provider) discover(ctx context.Context) (*oidc.Provider, oauth2.Config, error) {
	p.Lock()
	defer p.Unlock()
	if p.found == nil {
		// The provider fetches new keys with this context long after the request.
		lasting := oidc.ClientContext(context.WithoutCancel(ctx), p.client)
		found, err := oidc.NewProvider(lasting, p.settings.Issuer)
		if err != nil {
			return nil, oauth2.Config{}, fmt.Errorf("%w: %w", ErrProviderAway, err)
		}
		p.found = found
	}
	return p.found, oauth2.Config{ClientID: p.settings.Client, ClientSecret: p.settings.Secret, Endpoint: p.found.Endpoint(),
		RedirectURL: p.settings.Return, Scopes: []string{oidc.ScopeOpenID, "email"}}, nil
}

// Begin returns the address at the provider to redirect a visitor to, and what its
// answer has to match. The language tag comes back as the beginning of the answer's
// state, up to the first dot. The error is ErrProviderAway.
func (p *Provider) Begin(ctx context.Context, tag, back string) (address string, request AuthRequest, err error) {
	_, config, err := p.discover(ctx)
	if err != nil {
		return "", request, err
	}
	request = AuthRequest{State: tag + "." + rand.Text(), Nonce: rand.Text(), Verifier: oauth2.GenerateVerifier(), Back: back}
	return config.AuthCodeURL(request.State, oidc.Nonce(request.Nonce), oauth2.S256ChallengeOption(request.Verifier)), request, nil
}

// Finish checks the query with which the provider redirects a visitor back, and
// fetches the visitor's identity. The error is ErrProvider or ErrProviderAway.
func (p *Provider) Finish(ctx context.Context, request AuthRequest, answer url.Values) (Identity, error) {
	if request.State == "" || subtle.ConstantTimeCompare([]byte(request.State), []byte(answer.Get("state"))) != 1 {
		return Identity{}, fmt.Errorf("%w: the state is not that of the request", ErrProvider)
	}
	if answer.Get("code") == "" {
		return Identity{}, fmt.Errorf("%w: there is no code in it", ErrProvider)
	}
	found, config, err := p.discover(ctx)
	if err != nil {
		return Identity{}, err
	}
	ctx = oidc.ClientContext(ctx, p.client)
	token, err := config.Exchange(ctx, answer.Get("code"), oauth2.VerifierOption(request.Verifier))
	var refused *oauth2.RetrieveError
	if errors.As(err, &refused) && refused.Response.StatusCode < http.StatusInternalServerError {
		return Identity{}, fmt.Errorf("%w: the code was refused", ErrProvider)
	}
	if err != nil {
		return Identity{}, fmt.Errorf("%w: %w", ErrProviderAway, err)
	}
	raw, _ := token.Extra("id_token").(string)
	signed, err := found.Verifier(&oidc.Config{ClientID: p.settings.Client}).Verify(ctx, raw)
	if err != nil {
		return Identity{}, fmt.Errorf("%w: %w", ErrProvider, err)
	}
	return identity(signed, request.Nonce)
}

// identity reads the claims of a verified token.
func identity(signed *oidc.IDToken, nonce string) (Identity, error) {
	if subtle.ConstantTimeCompare([]byte(signed.Nonce), []byte(nonce)) != 1 {
		return Identity{}, fmt.Errorf("%w: it was signed for another sign-in", ErrProvider)
	}
	var claims struct {
		Mail     any `json:"email"`
		Verified any `json:"email_verified"`
	}
	if err := signed.Claims(&claims); err != nil {
		return Identity{}, fmt.Errorf("%w: %w", ErrProvider, err)
	}
	i := Identity{Issuer: signed.Issuer, Subject: signed.Subject}
	// Some providers send "true" or 1. What is not the truth value of the standard (OpenID
	// Connect Core, 5.1) proves nothing, but who is known by the subject signs in all the same.
	if claims.Verified == true {
		i.Mail, _ = claims.Mail.(string)
	}
	return i, nil
}
