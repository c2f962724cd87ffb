package signin

import (
	"context"
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"
)

// issuer is an identity provider in the test's own process. Its answers can be
// changed before it signs them, and after.
type issuer struct {
	*httptest.Server
	*testing.T
	key      *rsa.PrivateKey
	claims   map[string]any
	token    func(signed string) string // what becomes of a token on its way
	status   int                        // of the answer to a code; 0 for a good one
	metadata bool                       // whether it can be found
	verifier string                     // that it was given
}

// verifierLength is the least that PKCE asks for (RFC 7636, 4.1).
const verifierLength = 43

func newIssuer(t *testing.T) *issuer {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	i := &issuer{T: t, key: key, metadata: true, token: func(signed string) string { return signed }}
	mux := http.NewServeMux()
	mux.HandleFunc("/.well-known/openid-configuration", func(w http.ResponseWriter, r *http.Request) {
		if !i.metadata {
			http.Error(w, "starting", http.StatusServiceUnavailable)
			return
		}
		fmt.Fprintf(w, `{"issuer": %q, "authorization_endpoint": %q, "token_endpoint": %q, "jwks_uri": %q, "id_token_signing_alg_values_supported": ["RS256"]}`,
			i.URL, i.URL+"/authorize", i.URL+"/token", i.URL+"/keys")
	})
	mux.HandleFunc("/keys", func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprintf(w, `{"keys": [{"kty": "RSA", "alg": "RS256", "use": "sig", "kid": "one", "n": %q, "e": "AQAB"}]}`, encoded(key.N.Bytes()))
	})
	mux.HandleFunc("/token", i.exchange)
	i.Server = httptest.NewServer(mux)
	t.Cleanup(i.Close)
	return i
}

// exchange answers a code with a token.
func (i *issuer) exchange(w http.ResponseWriter, r *http.Request) {
	i.verifier = r.PostFormValue("code_verifier")
	client, secret, _ := r.BasicAuth()
	switch {
	case i.status != 0:
		http.Error(w, "{}", i.status)
		return
	case r.PostFormValue("code") != "good" || client != "exempla" || secret != "s3cret":
		http.Error(w, `{"error": "invalid_grant"}`, http.StatusBadRequest)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	fmt.Fprintf(w, `{"access_token": "x", "token_type": "Bearer", "id_token": %q}`, i.token(i.sign(i.key)))
}

// sign makes a token of the claims.
func (i *issuer) sign(key *rsa.PrivateKey) string {
	body, err := json.Marshal(i.claims)
	if err != nil {
		i.Error(err)
	}
	signed := encoded([]byte(`{"alg":"RS256","kid":"one"}`)) + "." + encoded(body)
	hash := sha256.Sum256([]byte(signed))
	signature, err := rsa.SignPKCS1v15(nil, key, crypto.SHA256, hash[:])
	if err != nil {
		i.Error(err)
	}
	return signed + "." + encoded(signature)
}

func (i *issuer) provider() *Provider {
	return NewProvider(ProviderSettings{Issuer: i.URL, Client: "exempla", Secret: "s3cret", Return: testOrigin + "/sign-in/return"})
}

// begin starts to sign in, and prepares the claims of a good answer.
func (i *issuer) begin(p *Provider) AuthRequest {
	i.Helper()
	_, request, err := p.Begin(i.Context(), "de", "/de/help")
	if err != nil {
		i.Fatal(err)
	}
	i.claims = map[string]any{"iss": i.URL, "sub": "7", "aud": "exempla", "exp": time.Now().Add(time.Hour).Unix(), "iat": time.Now().Unix(),
		"nonce": request.Nonce, "email": "ana@city.example", "email_verified": true}
	return request
}

func answer(state, code string) url.Values { return url.Values{"state": {state}, "code": {code}} }

func TestProviderSaysWhoItIs(t *testing.T) {
	t.Parallel()
	i := newIssuer(t)
	p := i.provider()
	request := i.begin(p)
	if got, err := p.Finish(t.Context(), request, answer(request.State, "good")); err != nil || got != (Identity{Issuer: i.URL, Subject: "7", Mail: "ana@city.example"}) {
		t.Errorf("%+v, %v", got, err)
	}
	if i.verifier != request.Verifier {
		t.Errorf("the code came with the verifier %q", i.verifier)
	}
	// An address that the provider has not verified may belong to another person.
	for _, verified := range []any{false, nil, "true", "false", "", 1, 0, 1.5, []any{true}, map[string]any{"a": true}} {
		request = i.begin(p)
		i.claims["email_verified"] = verified
		if got, err := p.Finish(t.Context(), request, answer(request.State, "good")); err != nil || got.Subject != "7" || got.Mail != "" {
			t.Errorf("%v: %+v, %v", verified, got, err)
		}
	}
	request = i.begin(p)
	i.claims["email"] = 7
	if got, err := p.Finish(t.Context(), request, answer(request.State, "good")); err != nil || got.Subject != "7" || got.Mail != "" {
		t.Errorf("an address that is none: %+v, %v", got, err)
	}
}

func TestWhatAProviderIsAsked(t *testing.T) {
	t.Parallel()
	i := newIssuer(t)
	p := i.provider()
	address, request, err := p.Begin(t.Context(), "de", "/de/help")
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := url.Parse(address)
	if err != nil || !strings.HasPrefix(address, i.URL+"/authorize?") {
		t.Fatalf("it leads to %q, %v", address, err)
	}
	sum := sha256.Sum256([]byte(request.Verifier))
	for name, want := range map[string]string{"client_id": "exempla", "response_type": "code", "redirect_uri": testOrigin + "/sign-in/return",
		"state": request.State, "nonce": request.Nonce, "code_challenge_method": "S256", "code_challenge": encoded(sum[:]), "scope": "openid email"} {
		if got := parsed.Query().Get(name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	if strings.Contains(address, "s3cret") || strings.Contains(address, request.Verifier) || len(request.Verifier) < verifierLength {
		t.Errorf("a secret is given away, or none: %q", address)
	}
	if !strings.HasPrefix(request.State, "de.") || request.Back != "/de/help" {
		t.Errorf("the way back is lost: %+v", request)
	}
	if _, again, _ := p.Begin(t.Context(), "de", ""); again.State == request.State || again.Nonce == request.Nonce || again.Verifier == request.Verifier {
		t.Error("two people are asked the same")
	}
}

func TestAnswersOfAProviderThatProveNothing(t *testing.T) {
	t.Parallel()
	other, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	i := newIssuer(t)
	p := i.provider()
	plain := i.token
	for name, spoil := range map[string]func(request *AuthRequest, answer url.Values){
		"another state":    func(_ *AuthRequest, a url.Values) { a.Set("state", "de.other") },
		"no state":         func(_ *AuthRequest, a url.Values) { a.Del("state") },
		"nothing asked":    func(r *AuthRequest, a url.Values) { *r = AuthRequest{}; a.Set("state", "") },
		"no code":          func(_ *AuthRequest, a url.Values) { a.Del("code"); a.Set("error", "access_denied") },
		"another code":     func(_ *AuthRequest, a url.Values) { a.Set("code", "bad") },
		"another nonce":    func(*AuthRequest, url.Values) { i.claims["nonce"] = "other" },
		"no nonce":         func(*AuthRequest, url.Values) { delete(i.claims, "nonce") },
		"another site":     func(*AuthRequest, url.Values) { i.claims["aud"] = "another" },
		"another issuer":   func(*AuthRequest, url.Values) { i.claims["iss"] = "https://id.example" },
		"expired":          func(*AuthRequest, url.Values) { i.claims["exp"] = time.Now().Add(-time.Hour).Unix() },
		"odd subject":      func(*AuthRequest, url.Values) { i.claims["sub"] = 7 },
		"another key":      func(*AuthRequest, url.Values) { i.token = func(string) string { return i.sign(other) } },
		"unsigned":         func(*AuthRequest, url.Values) { i.token = unsigned },
		"another's claims": func(*AuthRequest, url.Values) { i.token = swapped },
		"no token":         func(*AuthRequest, url.Values) { i.token = func(string) string { return "" } },
		"half a token":     func(*AuthRequest, url.Values) { i.token = func(s string) string { return s[:len(s)/2] } },
	} {
		i.token = plain
		request := i.begin(p)
		a := answer(request.State, "good")
		spoil(&request, a)
		if got, err := p.Finish(t.Context(), request, a); !errors.Is(err, ErrProvider) || got != (Identity{}) {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
}

// unsigned is a token that says it needs no signature.
func unsigned(signed string) string {
	parts := strings.Split(signed, ".")
	return encoded([]byte(`{"alg":"none"}`)) + "." + parts[1] + "."
}

// swapped is a token whose claims were changed after it was signed.
func swapped(signed string) string {
	parts := strings.Split(signed, ".")
	return parts[0] + "." + encoded([]byte(`{"sub": "8"}`)) + "." + parts[2]
}

// A provider that is down is distinguished from one that says no, and is tried again.
func TestProviderAwayAndBack(t *testing.T) {
	t.Parallel()
	i := newIssuer(t)
	p := i.provider()
	i.metadata = false
	if _, _, err := p.Begin(t.Context(), "en", ""); !errors.Is(err, ErrProviderAway) || errors.Is(err, ErrProvider) {
		t.Errorf("a provider that starts: %v", err)
	}
	i.metadata = true
	request := i.begin(p)
	i.status = http.StatusBadGateway
	if _, err := p.Finish(t.Context(), request, answer(request.State, "good")); !errors.Is(err, ErrProviderAway) {
		t.Errorf("a provider that is broken: %v", err)
	}
	i.status = 0
	if _, err := p.Finish(t.Context(), request, answer(request.State, "good")); err != nil {
		t.Errorf("a provider that is back: %v", err)
	}
	i.Server.Close()
	if _, err := p.Finish(t.Context(), request, answer(request.State, "good")); !errors.Is(err, ErrProviderAway) {
		t.Errorf("a provider that is gone: %v", err)
	}
}

// The provider's keys are fetched long after the request that found it has ended.
func TestProviderOutlivesTheRequestThatFoundIt(t *testing.T) {
	t.Parallel()
	i := newIssuer(t)
	p := i.provider()
	ctx, cancel := context.WithCancel(t.Context())
	if _, _, err := p.Begin(ctx, "en", ""); err != nil {
		t.Fatal(err)
	}
	cancel()
	request := i.begin(p)
	if _, err := p.Finish(t.Context(), request, answer(request.State, "good")); err != nil {
		t.Error(err)
	}
}
