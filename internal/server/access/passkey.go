package access

import (
	"encoding/json"
	"errors"
	"net/http"
	"strconv"

	"exempla/internal/account"
	"exempla/internal/link"
	"exempla/internal/server/respond"
	"exempla/internal/signin"
	"exempla/internal/store"
	"exempla/web/component"
)

// NewPasskeys are those of the site, nil where its address allows none.
func (h *Handlers) NewPasskeys() *signin.Passkeys {
	passkeys, err := signin.NewPasskeys(string(h.Site))
	if err != nil {
		h.Log.Warn("passkeys cannot be used at this address", "site", h.Site, "error", err)
		return nil
	}
	return passkeys
}

// holder is somebody as passkeys know them. Whoever may not sign in has none.
func (h *Handlers) holder(r *respond.Request, a account.Account) (signin.Holder, error) {
	handle, err := h.Credentials.PasskeyHandle(r.Context(), a.ID)
	if err != nil {
		return signin.Holder{}, err
	}
	passkeys, err := h.Credentials.Passkeys(r.Context(), a.ID)
	who := signin.Holder{Handle: handle, Name: a.Mail}
	for _, p := range passkeys {
		who.Records = append(who.Records, p.Record)
	}
	return who, err
}

// challenge sends a script what the passkey has to sign. What the answer has to
// match stays in the session.
func (h *Handlers) challenge(r *respond.Request, c signin.Challenge) (respond.Response, error) {
	r.Remember(passkeyKey, string(c.State))
	if err := r.Commit(); err != nil {
		return respond.Response{}, err
	}
	r.Writer.Header().Set("Content-Type", "application/json")
	r.Writer.Write(c.Options)
	return respond.Response{Written: true}, nil
}

// answered is what a passkey's answer has to match. It answers once.
func (h *Handlers) answered(r *respond.Request) (state, response []byte) {
	state = []byte(r.Recall(passkeyKey))
	r.Forget(passkeyKey)
	return state, []byte(r.PostFormValue("passkey"))
}

// AskPasskey asks for a passkey of whoever wants to sign in.
func (h *Handlers) AskPasskey(r *respond.Request) (respond.Response, error) {
	if h.Passkeys == nil {
		return respond.Response{}, respond.ErrNoSuchPage
	}
	if err := r.CountTry(h.Limits.Client, r.Client()); err != nil {
		return respond.Response{}, err
	}
	c, err := h.Passkeys.Ask()
	if err != nil {
		return respond.Response{}, err
	}
	return h.challenge(r, c)
}

// signInByPasskey signs in whom a passkey names. Who the device has made sure of
// needs no second factor.
func (h *Handlers) signInByPasskey(r *respond.Request, f signInForm) (respond.Response, error) {
	if h.Passkeys == nil {
		return respond.Response{}, respond.ErrNoSuchPage
	}
	var owner account.Account
	state, response := h.answered(r)
	c, err := h.Passkeys.Asked(state, response, func(handle []byte) (who signin.Holder, err error) {
		owner, err = h.Accounts.ByHandle(r.Context(), handle)
		if errors.Is(err, store.ErrNotFound) || err == nil && owner.State != account.Active {
			return who, signin.ErrPasskey
		}
		if err != nil {
			return who, err
		}
		return h.holder(r, owner)
	})
	if errors.Is(err, signin.ErrPasskey) {
		r.CountFailure(h.Limits.Client, r.Client())
	}
	if err != nil {
		return h.signInAgain(r, f, err)
	}
	if err := h.Credentials.RecordPasskeyUse(r.Context(), store.Passkey{Credential: c.ID, Record: c.Record}, h.Now()); err != nil {
		return respond.Response{}, err
	}
	owner.TwoFactor = owner.TwoFactor && !c.Verified
	return h.proved(r, owner, f)
}

// AskNewPasskey asks for one more passkey of whoever has signed in.
func (h *AccountHandlers) AskNewPasskey(r *respond.Request) (respond.Response, error) {
	a, err := h.Accounts.Find(r.Context(), r.Viewer().ID)
	if err != nil {
		return respond.Response{}, err
	}
	return h.askToCreate(r, a)
}

func (h *Handlers) askToCreate(r *respond.Request, a account.Account) (respond.Response, error) {
	if h.Passkeys == nil {
		return respond.Response{}, respond.ErrNoSuchPage
	}
	who, err := h.holder(r, a)
	if err != nil {
		return respond.Response{}, err
	}
	c, err := h.Passkeys.Create(who)
	if err != nil {
		return respond.Response{}, err
	}
	return h.challenge(r, c)
}

// created is the passkey that a form brings for an account.
func (h *Handlers) created(r *respond.Request, a account.Account) (store.Passkey, error) {
	if h.Passkeys == nil {
		return store.Passkey{}, respond.ErrNoSuchPage
	}
	who, err := h.holder(r, a)
	if err != nil {
		return store.Passkey{}, err
	}
	state, response := h.answered(r)
	c, err := h.Passkeys.Created(who, state, response)
	if err != nil {
		return store.Passkey{}, err
	}
	now := h.Now()
	return store.Passkey{Credential: c.ID, Record: json.RawMessage(c.Record), Created: now,
		Name: r.Locale.T("passkey.name.first", "Date", r.Locale.Date(now))}, nil
}

// AddPasskey adds the passkey that the device has made.
func (h *AccountHandlers) AddPasskey(r *respond.Request) (respond.Response, error) {
	a, err := h.Accounts.Find(r.Context(), r.Viewer().ID)
	if err != nil {
		return respond.Response{}, err
	}
	made, err := h.created(r, a)
	if err == nil {
		err = h.Credentials.AddPasskey(r.Context(), h.self(r), made)
	}
	return h.changed(r, "passkey.added", err)
}

// ChangePasskey renames or removes a passkey.
func (h *AccountHandlers) ChangePasskey(r *respond.Request) (respond.Response, error) {
	number, ok := r.Number("number")
	if !ok {
		return respond.Response{}, respond.ErrNoSuchPage
	}
	if r.PostFormValue("act") == "remove" {
		return h.changed(r, "passkey.removed", h.Credentials.RemovePasskey(r.Context(), h.self(r), number))
	}
	name, ok := account.ParseName(r.PostFormValue("name-" + strconv.FormatInt(number, 10)))
	if !ok {
		return h.changed(r, "", errNoName)
	}
	return h.changed(r, "passkey.renamed", h.Credentials.RenamePasskey(r.Context(), h.self(r), number, name))
}

// errNoName is for a passkey without a name.
var errNoName = errors.New("no name")

// changed answers to a change of one's account: with a notice, or with what was
// wrong.
func (h *AccountHandlers) changed(r *respond.Request, notice string, err error) (respond.Response, error) {
	var problems component.Problems
	switch {
	case err == nil:
		r.Notify(notice)
		return respond.Response{Redirect: link.Account(r.Tag(), "")}, nil
	case errors.Is(err, signin.ErrPasskey):
		problems.Add(r.Locale, "", "passkey.failed")
	case errors.Is(err, store.ErrLastWay):
		problems.Add(r.Locale, "passkeys", "passkey.last")
	case errors.Is(err, store.ErrTooMany):
		problems.Add(r.Locale, "passkeys", "passkey.many")
	case errors.Is(err, errNoName):
		problems.Add(r.Locale, "passkeys", "passkey.no_name")
	default:
		return respond.Response{}, err
	}
	return h.accountPage(r, problems, http.StatusUnprocessableEntity)
}
