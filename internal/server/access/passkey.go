package access

import (
	"cmp"
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

// passkeyHolder is an account with its passkeys. Errors: store.ErrNotFound for one
// that may not sign in.
func (h *Handlers) passkeyHolder(r *respond.Request, a account.Account) (signin.Holder, error) {
	handle, err := h.Credentials.PasskeyHandle(r.Context(), a.ID)
	if err != nil {
		return signin.Holder{}, err
	}
	passkeys, err := h.Credentials.Passkeys(r.Context(), a.ID)
	holder := signin.Holder{Handle: handle, Name: a.Mail}
	for _, p := range passkeys {
		holder.Records = append(holder.Records, p.Record)
	}
	return holder, err
}

// sendChallenge sends the script the options of a challenge. The state that the
// answer has to match stays in the session.
func (h *Handlers) sendChallenge(r *respond.Request, c signin.Challenge) (respond.Response, error) {
	r.Remember(passkeyKey, string(c.State))
	if err := r.Commit(); err != nil {
		return respond.Response{}, err
	}
	r.Writer.Header().Set("Content-Type", "application/json")
	r.Writer.Write(c.Options)
	return respond.Response{Written: true}, nil
}

// takeChallenge returns the state of the challenge and the response in the form. A
// challenge can be used once.
func (h *Handlers) takeChallenge(r *respond.Request) (state, response []byte) {
	state = []byte(r.Recall(passkeyKey))
	r.Forget(passkeyKey)
	return state, []byte(r.PostFormValue("passkey"))
}

// AskPasskey sends a challenge for signing in.
func (h *Handlers) AskPasskey(r *respond.Request) (respond.Response, error) {
	if h.Passkeys == nil {
		return respond.Response{}, respond.ErrNoSuchPage
	}
	if err := r.CountTry(respond.ClientLimit, r.Client()); err != nil {
		return respond.Response{}, err
	}
	c, err := h.Passkeys.BeginLogin()
	if err != nil {
		return respond.Response{}, err
	}
	return h.sendChallenge(r, c)
}

// signInByPasskey signs in the owner of a passkey. If the device has verified the
// person, no second factor is needed.
func (h *Handlers) signInByPasskey(r *respond.Request, f signInForm) (respond.Response, error) {
	if h.Passkeys == nil {
		return respond.Response{}, respond.ErrNoSuchPage
	}
	var owner account.Account
	state, response := h.takeChallenge(r)
	c, err := h.Passkeys.FinishLogin(state, response, func(handle []byte) (holder signin.Holder, err error) {
		owner, err = h.Accounts.ByHandle(r.Context(), handle)
		if errors.Is(err, store.ErrNotFound) || err == nil && owner.State != account.Active {
			return holder, signin.ErrPasskey
		}
		if err != nil {
			return holder, err
		}
		return h.passkeyHolder(r, owner)
	})
	if errors.Is(err, signin.ErrPasskey) {
		err = cmp.Or(r.CountFailure(respond.ClientLimit, r.Client()), err)
	}
	if err != nil {
		return h.signInFailed(r, f, err)
	}
	if err := h.Credentials.RecordPasskeyUse(r.Context(), store.Passkey{Credential: c.ID, Record: c.Record}, h.Now()); err != nil {
		return respond.Response{}, err
	}
	owner.TwoFactor = owner.TwoFactor && !c.Verified
	return h.firstFactorPassed(r, owner, f)
}

// AskNewPasskey sends a challenge for another passkey of the viewer.
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
	holder, err := h.passkeyHolder(r, a)
	if err != nil {
		return respond.Response{}, err
	}
	c, err := h.Passkeys.BeginRegistration(holder, r.Locale.SiteName())
	if err != nil {
		return respond.Response{}, err
	}
	return h.sendChallenge(r, c)
}

// readNewPasskey reads the new passkey of an account from the form.
func (h *Handlers) readNewPasskey(r *respond.Request, a account.Account) (store.Passkey, error) {
	if h.Passkeys == nil {
		return store.Passkey{}, respond.ErrNoSuchPage
	}
	holder, err := h.passkeyHolder(r, a)
	if err != nil {
		return store.Passkey{}, err
	}
	state, response := h.takeChallenge(r)
	c, err := h.Passkeys.FinishRegistration(holder, state, response)
	if err != nil {
		return store.Passkey{}, err
	}
	now := h.Now()
	return store.Passkey{Credential: c.ID, Record: json.RawMessage(c.Record), Created: now,
		Name: r.Locale.T("passkey.name.first", "Date", r.Locale.Date(now))}, nil
}

// AddPasskey adds the passkey in the form to the viewer's account.
func (h *AccountHandlers) AddPasskey(r *respond.Request) (respond.Response, error) {
	a, err := h.Accounts.Find(r.Context(), r.Viewer().ID)
	if err != nil {
		return respond.Response{}, err
	}
	made, err := h.readNewPasskey(r, a)
	if err == nil {
		err = h.Credentials.AddPasskey(r.Context(), h.owner(r), made)
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
		return h.changed(r, "passkey.removed", h.Credentials.RemovePasskey(r.Context(), h.owner(r), number))
	}
	name, ok := account.ParseName(r.PostFormValue("name-" + strconv.FormatInt(number, 10)))
	if !ok {
		return h.changed(r, "", errNoName)
	}
	return h.changed(r, "passkey.renamed", h.Credentials.RenamePasskey(r.Context(), h.owner(r), number, name))
}

// errNoName is for a passkey without a name.
var errNoName = errors.New("no name")

// changed answers a change of the viewer's account: with a notice, by its key, or
// with the problem that err stands for.
func (h *AccountHandlers) changed(r *respond.Request, notice string, err error) (respond.Response, error) {
	var problems component.Problems
	switch {
	case err == nil:
		r.Notify(notice)
		return respond.Redirect(link.Account(r.Tag(), "")), nil
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
