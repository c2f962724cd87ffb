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

// ErrProvider is for an answer of an identity provider that proves nothing.
var ErrProvider = errors.New("the identity provider's answer was not accepted")

// ErrProviderAway is for an identity provider that cannot be reached.
var ErrProviderAway = errors.New("the identity provider does not answer")

// providerTime bounds each request to the provider: somebody waits for it.
const providerTime = 10 * time.Second

// ProviderSettings are how an identity provider knows this site.
type ProviderSettings struct {
	Issuer string // https address, as the provider writes it in what it signs
	Client string
	Secret string
	Return string // address to which it sends people back, as registered there
}

// Provider is an identity provider, request by OpenID Connect. It is looked up
// when it is needed first, so that a site starts without it.
type Provider struct {
	settings ProviderSettings
	client   *http.Client
	sync.Mutex
	found *oidc.Provider
}

// NewProvider asks nothing yet.
func NewProvider(s ProviderSettings) *Provider {
	return &Provider{settings: s, client: &http.Client{Timeout: providerTime}}
}

// AuthRequest is what the provider's answer has to match.
type AuthRequest struct {
	State    string `json:"state"`
	Nonce    string `json:"nonce"`
	Verifier string `json:"verifier"` // of PKCE: who has not begun cannot end
	Back     string `json:"back"`     // where somebody goes on then
}

// Identity is who somebody is at the provider.
type Identity struct {
	Issuer, Subject string
	Mail            string // empty unless the provider says that it has verified it
}

// look finds the provider's addresses and keys.
func (p *Provider) discover(ctx context.Context) (*oidc.Provider, oauth2.Config, error) {
	p.Lock()
	defer p.Unlock()
	if p.found == nil {
		// The keys are fetched again later, so this must not end with the request.
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

// Begin gives the address at the provider to which somebody is sent; the tag of
// the page's language comes back with the answer. Errors: ErrProviderAway.
func (p *Provider) Begin(ctx context.Context, tag, back string) (address string, request AuthRequest, err error) {
	_, config, err := p.discover(ctx)
	if err != nil {
		return "", request, err
	}
	request = AuthRequest{State: tag + "." + rand.Text(), Nonce: rand.Text(), Verifier: oauth2.GenerateVerifier(), Back: back}
	return config.AuthCodeURL(request.State, oidc.Nonce(request.Nonce), oauth2.S256ChallengeOption(request.Verifier)), request, nil
}

// Finish checks the answer with which the provider sends somebody back, and
// asks it who that is. Errors: ErrProvider, ErrProviderAway.
func (p *Provider) Finish(ctx context.Context, request AuthRequest, answer url.Values) (Identity, error) {
	if request.State == "" || subtle.ConstantTimeCompare([]byte(request.State), []byte(answer.Get("state"))) != 1 {
		return Identity{}, fmt.Errorf("%w: it is not what was request for", ErrProvider)
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

// identity reads what the provider has signed.
func identity(signed *oidc.IDToken, nonce string) (Identity, error) {
	if subtle.ConstantTimeCompare([]byte(signed.Nonce), []byte(nonce)) != 1 {
		return Identity{}, fmt.Errorf("%w: it was signed for another sign-in", ErrProvider)
	}
	var claims struct {
		Mail     string `json:"email"`
		Verified bool   `json:"email_verified"`
	}
	if err := signed.Claims(&claims); err != nil {
		return Identity{}, fmt.Errorf("%w: %w", ErrProvider, err)
	}
	i := Identity{Issuer: signed.Issuer, Subject: signed.Subject}
	if claims.Verified {
		i.Mail = claims.Mail
	}
	return i, nil
}
