package server

import (
	"encoding/json"
	"errors"
	"net/http"
	"strconv"

	"exempla/internal/account"
	"exempla/internal/link"
	"exempla/internal/signin"
	"exempla/internal/store"
	"exempla/web/component"
)

// newPasskeys are those of the site, nil where its address allows none.
func (s *Server) newPasskeys() *signin.Passkeys {
	passkeys, err := signin.NewPasskeys(string(s.Site))
	if err != nil {
		s.Log.Warn("passkeys cannot be used at this address", "site", s.Site, "error", err)
		return nil
	}
	return passkeys
}

// holder is somebody as passkeys know them. Whoever may not sign in has none.
func (s *Server) holder(v *visit, a account.Account) (signin.Holder, error) {
	handle, err := s.Store.Credentials.PasskeyHandle(v.r.Context(), a.ID)
	if err != nil {
		return signin.Holder{}, err
	}
	passkeys, err := s.Store.Credentials.Passkeys(v.r.Context(), a.ID)
	h := signin.Holder{Handle: handle, Name: a.Mail}
	for _, p := range passkeys {
		h.Records = append(h.Records, p.Record)
	}
	return h, err
}

// challenge sends a script what the passkey has to sign. What the answer has to
// match stays in the session.
func (s *Server) challenge(v *visit, c signin.Challenge) (answer, error) {
	s.remember(v, passkeyKey, string(c.State))
	if err := s.commit(v); err != nil {
		return answer{}, err
	}
	v.w.Header().Set("Content-Type", "application/json")
	v.w.Write(c.Options)
	return answer{sent: true}, nil
}

// answered is what a passkey's answer has to match. It answers once.
func (s *Server) answered(v *visit) (state, response []byte) {
	state = []byte(s.recall(v, passkeyKey))
	s.forget(v, passkeyKey)
	return state, []byte(v.r.PostFormValue("passkey"))
}

// askPasskey asks for a passkey of whoever wants to sign in.
func (s *Server) askPasskey(v *visit) (answer, error) {
	if s.passkeys == nil {
		return answer{}, errNoSuchPage
	}
	if err := v.counted(s.limits.client, v.client()); err != nil {
		return answer{}, err
	}
	c, err := s.passkeys.Ask()
	if err != nil {
		return answer{}, err
	}
	return s.challenge(v, c)
}

// signInByPasskey signs in whom a passkey names. Who the device has made sure of
// needs no second factor.
func (s *Server) signInByPasskey(v *visit, f signInForm) (answer, error) {
	if s.passkeys == nil {
		return answer{}, errNoSuchPage
	}
	var owner account.Account
	state, response := s.answered(v)
	c, err := s.passkeys.Asked(state, response, func(handle []byte) (h signin.Holder, err error) {
		owner, err = s.Store.Accounts.ByHandle(v.r.Context(), handle)
		if errors.Is(err, store.ErrNotFound) || err == nil && owner.State != account.Active {
			return h, signin.ErrPasskey
		}
		if err != nil {
			return h, err
		}
		return s.holder(v, owner)
	})
	if errors.Is(err, signin.ErrPasskey) {
		v.failed(s.limits.client, v.client())
	}
	if err != nil {
		return s.signInAgain(v, f, err)
	}
	if err := s.Store.Credentials.RecordPasskeyUse(v.r.Context(), store.Passkey{Credential: c.ID, Record: c.Record}, s.Now()); err != nil {
		return answer{}, err
	}
	owner.TwoFactor = owner.TwoFactor && !c.Verified
	return s.proved(v, owner, f)
}

// askNewPasskey asks for one more passkey of whoever has signed in.
func (s *Server) askNewPasskey(v *visit) (answer, error) {
	a, err := s.Store.Accounts.Find(v.r.Context(), v.viewer().ID)
	if err != nil {
		return answer{}, err
	}
	return s.askToCreate(v, a)
}

func (s *Server) askToCreate(v *visit, a account.Account) (answer, error) {
	if s.passkeys == nil {
		return answer{}, errNoSuchPage
	}
	h, err := s.holder(v, a)
	if err != nil {
		return answer{}, err
	}
	c, err := s.passkeys.Create(h)
	if err != nil {
		return answer{}, err
	}
	return s.challenge(v, c)
}

// created is the passkey that a form brings for an account.
func (s *Server) created(v *visit, a account.Account) (store.Passkey, error) {
	if s.passkeys == nil {
		return store.Passkey{}, errNoSuchPage
	}
	h, err := s.holder(v, a)
	if err != nil {
		return store.Passkey{}, err
	}
	state, response := s.answered(v)
	c, err := s.passkeys.Created(h, state, response)
	if err != nil {
		return store.Passkey{}, err
	}
	now := s.Now()
	return store.Passkey{Credential: c.ID, Record: json.RawMessage(c.Record), Created: now,
		Name: v.l.T("passkey.name.first", "Date", v.l.Date(now))}, nil
}

// addPasskey adds the passkey that the device has made.
func (s *Server) addPasskey(v *visit) (answer, error) {
	a, err := s.Store.Accounts.Find(v.r.Context(), v.viewer().ID)
	if err != nil {
		return answer{}, err
	}
	made, err := s.created(v, a)
	if err == nil {
		err = s.Store.Credentials.AddPasskey(v.r.Context(), s.self(v), made)
	}
	return s.changed(v, "passkey.added", err)
}

// changePasskey renames or removes a passkey.
func (s *Server) changePasskey(v *visit) (answer, error) {
	number, ok := v.number("number")
	if !ok {
		return answer{}, errNoSuchPage
	}
	if v.r.PostFormValue("act") == "remove" {
		return s.changed(v, "passkey.removed", s.Store.Credentials.RemovePasskey(v.r.Context(), s.self(v), number))
	}
	name, ok := account.ParseName(v.r.PostFormValue("name-" + strconv.FormatInt(number, 10)))
	if !ok {
		return s.changed(v, "", errNoName)
	}
	return s.changed(v, "passkey.renamed", s.Store.Credentials.RenamePasskey(v.r.Context(), s.self(v), number, name))
}

// errNoName is for a passkey without a name.
var errNoName = errors.New("no name")

// changed answers to a change of one's account: with a notice, or with what was
// wrong.
func (s *Server) changed(v *visit, notice string, err error) (answer, error) {
	var problems component.Problems
	switch {
	case err == nil:
		s.notify(v, notice)
		return answer{goTo: link.Account(v.l.Tag(), "")}, nil
	case errors.Is(err, signin.ErrPasskey):
		problems.Add(v.l, "", "passkey.failed")
	case errors.Is(err, store.ErrLastWay):
		problems.Add(v.l, "passkeys", "passkey.last")
	case errors.Is(err, store.ErrTooMany):
		problems.Add(v.l, "passkeys", "passkey.many")
	case errors.Is(err, errNoName):
		problems.Add(v.l, "passkeys", "passkey.no_name")
	default:
		return answer{}, err
	}
	return s.accountPage(v, problems, http.StatusUnprocessableEntity)
}
