package access

import (
	"errors"
	"net/http"

	"exempla/internal/account"
	"exempla/internal/link"
	"exempla/internal/server/respond"
	"exempla/internal/signin"
	"exempla/internal/store"
	page "exempla/web/page/access"
	"exempla/web/page/frame"
)

// findLink finds the link of the address. Errors: those of store.Accounts.Link,
// TooOften.
func (h *Handlers) findLink(r *respond.Request, p store.Purpose) (store.Link, error) {
	if err := r.CountTry(respond.ClientLimit, r.Client()); err != nil {
		return store.Link{}, err
	}
	return h.Accounts.Link(r.Context(), r.Param("secret"), p, h.Now())
}

// deadLink says why a link no longer works; empty for any other error.
func deadLink(err error) (reason string, status int) {
	switch {
	case errors.Is(err, store.ErrUsed):
		return page.LinkUsed, http.StatusGone
	case errors.Is(err, store.ErrExpired):
		return page.LinkExpired, http.StatusGone
	case errors.Is(err, store.ErrNotFound):
		return page.LinkUnknown, http.StatusNotFound
	}
	return "", 0
}

// linkFailed is the page of a link that no longer works. Any other error is
// passed on.
func linkFailed(r *respond.Request, p store.Purpose, err error) (respond.Response, error) {
	reason, status := deadLink(err)
	if reason == "" {
		return respond.Response{}, err
	}
	in := page.DeadLinkInput{Reason: reason, Reset: p == store.ToReset}
	return respond.Response{Page: page.NewDeadLink(r.Locale, r.Frame, in).View(), Status: status}, nil
}

// ShowInvitation is the page of an invitation. Opening it uses nothing up:
// programs that scan mails open links, too.
func (h *Handlers) ShowInvitation(r *respond.Request) (respond.Response, error) {
	l, err := h.findLink(r, store.ToJoin)
	if err != nil {
		return linkFailed(r, store.ToJoin, err)
	}
	return h.joinPage(r, page.JoinInput{Account: l.Account}, http.StatusOK), nil
}

// joinPage has a status even for a good invitation, which keeps it out of
// caches: it names a mail address.
func (h *Handlers) joinPage(r *respond.Request, in page.JoinInput, status int) respond.Response {
	in.Secret = r.Param("secret")
	in.Usable = h.Passkeys != nil
	return respond.Response{Page: page.NewJoin(r.Locale, r.Frame, in).View(), Status: status}
}

// AskToJoin sends the challenge for the passkey of a new account.
func (h *Handlers) AskToJoin(r *respond.Request) (respond.Response, error) {
	l, err := h.findLink(r, store.ToJoin)
	if err != nil {
		if reason, _ := deadLink(err); reason != "" {
			err = respond.ErrNoSuchPage
		}
		return respond.Response{}, err
	}
	return h.askToCreate(r, l.Account)
}

// Join accepts an invitation with a password or a passkey, and signs in.
func (h *Handlers) Join(r *respond.Request) (respond.Response, error) {
	l, err := h.findLink(r, store.ToJoin)
	if err != nil {
		return linkFailed(r, store.ToJoin, err)
	}
	a := store.Acceptance{Secret: r.Param("secret"), Locale: mailLocale(r), At: h.Now()}
	in := page.JoinInput{Account: l.Account, Name: r.PostFormValue("name")}
	var named bool
	if a.Name, named = account.ParseName(in.Name); !named {
		in.Problems.Add(r.Locale, "name", "join.no_name")
	}
	if err := h.readCredential(r, &a, &in); err != nil {
		return respond.Response{}, err
	}
	if len(in.Problems) > 0 {
		return h.joinPage(r, in, http.StatusUnprocessableEntity), nil
	}
	joined, err := h.Accounts.Accept(r.Context(), a)
	if err != nil {
		return linkFailed(r, store.ToJoin, err)
	}
	if err := r.SignIn(joined.Account.ID); err != nil {
		return respond.Response{}, err
	}
	if joined.Submission != 0 {
		return respond.Redirect(link.Submission(r.Tag(), joined.Submission)), nil
	}
	return h.signedIn(r, "", frame.SavedForm{}), nil
}

// readCredential reads the password or passkey that was chosen, or adds what is
// wrong with it to the problems.
func (h *Handlers) readCredential(r *respond.Request, a *store.Acceptance, in *page.JoinInput) error {
	if r.PostFormValue("passkey") != "" {
		made, err := h.readNewPasskey(r, in.Account)
		if errors.Is(err, signin.ErrPasskey) {
			in.Problems.Add(r.Locale, "", "passkey.failed")
			return nil
		}
		a.Passkey = &made
		return err
	}
	h.checkPassword(r, &in.Problems, in.Account.Mail)
	if len(in.Problems) > 0 {
		return nil
	}
	hash, err := signin.Hash(r.Context(), r.PostFormValue("password"))
	a.Password = hash
	return err
}
