package server

import (
	"encoding/json"
	"errors"
	"net/http"
	"strings"

	"exempla/internal/account"
	"exempla/internal/link"
	"exempla/internal/locale"
	"exempla/internal/signin"
	"exempla/internal/store"
	"exempla/web/page"
)

// toProvider leads to the identity provider.
func (s *Server) toProvider(v *visit) (answer, error) {
	if s.Provider == nil {
		return answer{}, errNoSuchPage
	}
	if err := v.counted(s.limits.client, v.client()); err != nil {
		return answer{}, err
	}
	back, _ := link.Local(v.r.URL.Query().Get(link.BackParameter))
	address, asked, err := s.Provider.Begin(v.r.Context(), v.l.Tag(), back)
	if err != nil {
		return s.providerFailed(v, back, err)
	}
	kept, err := json.Marshal(asked)
	if err != nil {
		return answer{}, err
	}
	s.remember(v, providerKey, string(kept))
	return answer{goTo: address}, nil
}

// providerReturn leads from the one address that providers know to that in the
// language from which somebody came.
func (s *Server) providerReturn(w http.ResponseWriter, r *http.Request) {
	tag, _, _ := strings.Cut(r.URL.Query().Get("state"), ".")
	l, ok := locale.Find(tag)
	if !ok {
		l = locale.Match(r.Header.Get("Accept-Language"))
	}
	w.Header().Set("Cache-Control", "no-store")
	http.Redirect(w, r, link.ProviderAnswer(l.Tag(), r.URL.RawQuery), http.StatusFound)
}

// fromProvider signs in whom the identity provider has sent back. It makes no
// accounts: whoever has none here is told so.
func (s *Server) fromProvider(v *visit) (answer, error) {
	if s.Provider == nil {
		return answer{}, errNoSuchPage
	}
	var asked signin.Asked
	_ = json.Unmarshal([]byte(s.recall(v, providerKey)), &asked) // nothing asked matches nothing
	s.forget(v, providerKey)
	i, err := s.Provider.Finish(v.r.Context(), asked, v.r.URL.Query())
	if err != nil {
		return s.providerFailed(v, asked.Back, err)
	}
	a, err := s.Store.Accounts.ByIdentity(v.r.Context(), store.Identity{Issuer: i.Issuer, Subject: i.Subject, Mail: i.Mail}, s.Now())
	if errors.Is(err, store.ErrNotFound) || err == nil && a.State != account.Active {
		return s.providerFailed(v, asked.Back, errNobody)
	}
	if err != nil {
		return answer{}, err
	}
	return s.proved(v, a, signInForm{back: asked.Back})
}

// providerFailed is the page for signing in, with what went wrong.
func (s *Server) providerFailed(v *visit, back string, err error) (answer, error) {
	p := page.SignIn{Back: back}
	status := http.StatusUnprocessableEntity
	switch {
	case errors.Is(err, errNobody):
		p.Problems.Add(v.l, "", "signin.provider_nobody")
	case errors.Is(err, signin.ErrProvider):
		s.Log.Info("an identity provider's answer was refused", "error", err)
		p.Problems.Add(v.l, "", "signin.provider_refused")
	case errors.Is(err, signin.ErrProviderAway):
		s.Log.Warn("the identity provider does not answer", "error", err)
		p.Problems.Add(v.l, "", "signin.provider_away")
		status = http.StatusBadGateway
	default:
		return answer{}, err
	}
	return answer{view: s.signInPage(v, p).View(), status: status}, nil
}
