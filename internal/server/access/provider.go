package access

import (
	"encoding/json"
	"errors"
	"net/http"
	"strings"

	"exempla/internal/account"
	"exempla/internal/link"
	"exempla/internal/locale"
	"exempla/internal/server/respond"
	"exempla/internal/signin"
	"exempla/internal/store"
	page "exempla/web/page/access"
)

// ToProvider redirects to the identity provider.
func (h *Handlers) ToProvider(r *respond.Request) (respond.Response, error) {
	if h.Provider == nil {
		return respond.Response{}, respond.ErrNoSuchPage
	}
	if err := r.CountTry(respond.ClientLimit, r.Client()); err != nil {
		return respond.Response{}, err
	}
	back, _ := link.LocalPath(r.URL.Query().Get(link.BackParameter))
	address, request, err := h.Provider.Begin(r.Context(), r.Tag(), back)
	if err != nil {
		return h.providerFailed(r, back, err)
	}
	state, err := json.Marshal(request)
	if err != nil {
		return respond.Response{}, err
	}
	r.Remember(providerKey, string(state))
	return respond.Redirect(address), nil
}

// ProviderReturn redirects from the one address that providers know to the one in
// the language in which signing in began.
func (h *Handlers) ProviderReturn(w http.ResponseWriter, r *http.Request) {
	tag, _, _ := strings.Cut(r.URL.Query().Get("state"), ".")
	l, ok := locale.Find(tag)
	if !ok {
		l = locale.Match(r.Header.Get("Accept-Language"))
	}
	w.Header().Set("Cache-Control", "no-store")
	http.Redirect(w, r, link.ProviderAnswer(l.Tag(), r.URL.RawQuery), http.StatusFound) // #nosec G710 -- to a path
}

// FromProvider signs in the person whom the identity provider has sent back. It
// creates no accounts: people need an invitation first.
func (h *Handlers) FromProvider(r *respond.Request) (respond.Response, error) {
	if h.Provider == nil {
		return respond.Response{}, respond.ErrNoSuchPage
	}
	var request signin.AuthRequest
	_ = json.Unmarshal([]byte(r.Recall(providerKey)), &request) // an empty state matches no answer
	r.Forget(providerKey)
	i, err := h.Provider.Finish(r.Context(), request, r.URL.Query())
	if err != nil {
		return h.providerFailed(r, request.Back, err)
	}
	a, err := h.Accounts.ByIdentity(r.Context(), store.Identity{Issuer: i.Issuer, Subject: i.Subject, Mail: i.Mail}, h.Now())
	if errors.Is(err, store.ErrNotFound) || err == nil && a.State != account.Active {
		return h.providerFailed(r, request.Back, errNoAccount)
	}
	if err != nil {
		return respond.Response{}, err
	}
	return h.firstFactorPassed(r, a, signInForm{back: request.Back})
}

// errNoAccount is for an identity that belongs to no active account.
var errNoAccount = errors.New("no account with this identity")

// providerFailed is the page for signing in, with what went wrong.
func (h *Handlers) providerFailed(r *respond.Request, back string, err error) (respond.Response, error) {
	p := page.SignInInput{Back: back}
	status := http.StatusUnprocessableEntity
	switch {
	case errors.Is(err, errNoAccount):
		p.Problems.Add(r.Locale, "", "signin.provider_nobody")
	case errors.Is(err, signin.ErrProvider):
		h.Log.Info("an identity provider's answer was refused", "error", err)
		p.Problems.Add(r.Locale, "", "signin.provider_refused")
	case errors.Is(err, signin.ErrProviderAway):
		h.Log.Warn("the identity provider does not answer", "error", err)
		p.Problems.Add(r.Locale, "", "signin.provider_away")
		status = http.StatusBadGateway
	default:
		return respond.Response{}, err
	}
	return respond.Response{Page: h.signInPage(r, p).View(), Status: status}, nil
}
