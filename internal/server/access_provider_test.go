package server_test

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"
	"time"

	"exempla/internal/account"
	"exempla/internal/link"
	"exempla/internal/signin"
	"exempla/internal/store"
)

// issuer is an identity provider in the test's own process.
type issuer struct {
	*httptest.Server
	*testing.T
	key       *rsa.PrivateKey
	mail      string
	verified  bool
	nonce     string // of who is to get the next token
	challenge string // of PKCE
}

func newIssuer(t *testing.T) *issuer {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	i := &issuer{T: t, key: key}
	mux := http.NewServeMux()
	mux.HandleFunc("/.well-known/openid-configuration", func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprintf(w, `{"issuer": %q, "authorization_endpoint": %q, "token_endpoint": %q, "jwks_uri": %q, "id_token_signing_alg_values_supported": ["RS256"]}`,
			i.URL, i.URL+"/authorize", i.URL+"/token", i.URL+"/keys")
	})
	mux.HandleFunc("/keys", func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprintf(w, `{"keys": [{"kty": "RSA", "alg": "RS256", "use": "sig", "kid": "one", "n": %q, "e": "AQAB"}]}`, encoded(key.N.Bytes()))
	})
	mux.HandleFunc("/token", i.token)
	i.Server = httptest.NewServer(mux)
	t.Cleanup(i.Close)
	return i
}

func encoded(b []byte) string { return base64.RawURLEncoding.EncodeToString(b) }

// token gives a token for the code "good" to who has begun.
func (i *issuer) token(w http.ResponseWriter, r *http.Request) {
	sum := sha256.Sum256([]byte(r.PostFormValue("code_verifier")))
	if r.PostFormValue("code") != "good" || encoded(sum[:]) != i.challenge {
		http.Error(w, `{"error": "invalid_grant"}`, http.StatusBadRequest)
		return
	}
	now := time.Now()
	claims, _ := json.Marshal(struct {
		Issuer   string `json:"iss"`
		Subject  string `json:"sub"`
		Audience string `json:"aud"`
		Expires  int64  `json:"exp"`
		Issued   int64  `json:"iat"`
		Nonce    string `json:"nonce"`
		Mail     string `json:"email"`
		Verified bool   `json:"email_verified"`
	}{i.URL, "subject of " + i.mail, "exempla", now.Add(time.Hour).Unix(), now.Unix(), i.nonce, i.mail, i.verified})
	signed := encoded([]byte(`{"alg":"RS256","kid":"one"}`)) + "." + encoded(claims)
	hash := sha256.Sum256([]byte(signed))
	signature, err := rsa.SignPKCS1v15(nil, i.key, crypto.SHA256, hash[:])
	if err != nil {
		i.Error(err)
	}
	w.Header().Set("Content-Type", "application/json")
	fmt.Fprintf(w, `{"access_token": "x", "token_type": "Bearer", "id_token": %q}`, signed+"."+encoded(signature))
}

// provide puts the issuer before a site.
func (i *issuer) provide(s *site) {
	s.Provider = signin.NewProvider(signin.ProviderSettings{Issuer: i.URL, Client: "exempla", Secret: "secret",
		Return: s.Site.Absolute(link.ProviderReturn)})
	s.restart()
}

// begin goes to the issuer from the page for signing in, and gives what the
// issuer is asked.
func (i *issuer) begin(c *client, tag string) url.Values {
	c.Helper()
	p := c.get(link.Provider(tag, "/"+tag+"/help"))
	p.is(http.StatusFound)
	address, err := url.Parse(p.header.Get("Location"))
	if err != nil || address.Path != "/authorize" {
		c.Fatalf("it leads to %q, %v", p.header.Get("Location"), err)
	}
	asked := address.Query()
	i.nonce, i.challenge = asked.Get("nonce"), asked.Get("code_challenge")
	return asked
}

// back is the address to which the issuer sends the browser, in its language.
func (i *issuer) back(c *client, state, code string) page {
	c.Helper()
	return c.follow(c.get(link.ProviderReturn + "?" + url.Values{"state": {state}, "code": {code}}.Encode()))
}

func TestSignInByProvider(t *testing.T) {
	t.Parallel()
	s, i := openPeople(t), newIssuer(t)
	i.provide(s)
	a := s.person(account.Editor)
	s.visit(signInPath).says("main", "Sign in with your organisation")
	i.mail, i.verified = a.Mail, true
	c := s.stranger()
	asked := i.begin(c, "de")
	for name, want := range map[string]string{"redirect_uri": origin + "/sign-in/return", "code_challenge_method": "S256", "response_type": "code", "client_id": "exempla"} {
		if got := asked.Get(name); got != want {
			t.Errorf("%s is %q", name, got)
		}
	}
	i.back(c, asked.Get("state"), "good").leads(http.StatusFound, "/de/help")
	c.visit("/en/help").says(".mast", "Sample editor")
	i.back(c, asked.Get("state"), "good").is(http.StatusUnprocessableEntity) // once only

	// From now on the account is known by the subject, whatever the address.
	i.verified = false
	again := s.stranger()
	i.back(again, i.begin(again, "en").Get("state"), "good").leads(http.StatusFound, "/en/help")
}

func TestProviderIsNotBelievedBlindly(t *testing.T) {
	t.Parallel()
	s, i := openPeople(t), newIssuer(t)
	i.provide(s)
	known := s.person(account.Editor)
	refused := func(what, message string, c *client, p page) {
		t.Helper()
		p.says("#problems", message)
		if c.get("/en/account").status != http.StatusSeeOther {
			t.Errorf("%s: signed in", what)
		}
	}
	i.mail, i.verified = known.Mail, false
	c := s.stranger()
	refused("an address that is not verified", "Nobody here", c, i.back(c, i.begin(c, "en").Get("state"), "good"))
	i.mail, i.verified = "nobody@example.org", true
	refused("nobody's address", "Nobody here", c, i.back(c, i.begin(c, "en").Get("state"), "good"))
	i.mail = known.Mail
	i.begin(c, "en")
	refused("another state", "was not valid", c, i.back(c, "en.other", "good"))
	refused("another code", "was not valid", c, i.back(c, i.begin(c, "en").Get("state"), "bad"))
	state := i.begin(c, "en").Get("state")
	i.nonce = "another"
	refused("another nonce", "was not valid", c, i.back(c, state, "good"))
	state = i.begin(c, "en").Get("state")
	thief := s.stranger()
	refused("another browser", "was not valid", thief, i.back(thief, state, "good"))
	if list, err := s.Store.Accounts.List(t.Context(), store.AccountFilter{}); err != nil || len(list) != 1 {
		t.Errorf("accounts: %v, %v", list, err)
	}
}

func TestProviderGoesAway(t *testing.T) {
	t.Parallel()
	s, i := openPeople(t), newIssuer(t)
	i.provide(s)
	i.Server.Close()
	s.stranger().get(link.Provider("en", "")).says("#problems", "is not answering")
	s.Provider = nil
	s.restart()
	s.stranger().get(link.Provider("en", "")).is(http.StatusNotFound)
	s.visit(signInPath)
}
