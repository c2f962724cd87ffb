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
)

// opened is the link of the address. A link that does not work any more has a
// page that says so; over is its answer, and nil for a good link.
func (h *Handlers) opened(r *respond.Request, p store.Purpose) (l store.Link, over *respond.Response, err error) {
	if err := r.Counted(h.Limits.Client, r.Client()); err != nil {
		return l, nil, err
	}
	l, err = h.Accounts.Link(r.Context(), r.Param("secret"), p, h.Now())
	over, err = linkOver(r, p, err)
	return l, over, err
}

// linkOver is the answer to a link that is over.
func linkOver(r *respond.Request, p store.Purpose, err error) (*respond.Response, error) {
	why, status := "", http.StatusGone
	switch {
	case errors.Is(err, store.ErrUsed):
		why = "used"
	case errors.Is(err, store.ErrExpired):
		why = "expired"
	case errors.Is(err, store.ErrNotFound):
		why, status = "unknown", http.StatusNotFound
	default:
		return nil, err
	}
	return &respond.Response{Page: page.NewLinkOver(r.Locale, r.Frame, why, p == store.ToReset).View(), Status: status}, nil
}

// ShowInvitation shows what somebody is invited to. Looking uses nothing up:
// programs that read mails open links, too.
func (h *Handlers) ShowInvitation(r *respond.Request) (respond.Response, error) {
	l, over, err := h.opened(r, store.ToJoin)
	if err != nil || over != nil {
		return given(over), err
	}
	return h.joinPage(r, page.Join{Account: l.Account}, http.StatusOK), nil
}

// given is the answer behind a pointer.
func given(a *respond.Response) respond.Response {
	if a == nil {
		return respond.Response{}
	}
	return *a
}

// joinPage is private whatever the viewer: it names a mail address.
func (h *Handlers) joinPage(r *respond.Request, p page.Join, status int) respond.Response {
	p.Secret, p.Usable = r.Param("secret"), h.Passkeys != nil
	return respond.Response{Page: page.NewJoin(r.Locale, r.Frame, p).View(), Status: status}
}

// AskToJoin asks for a passkey of somebody who joins.
func (h *Handlers) AskToJoin(r *respond.Request) (respond.Response, error) {
	l, over, err := h.opened(r, store.ToJoin)
	if err == nil && over != nil {
		err = respond.ErrNoSuchPage
	}
	if err != nil {
		return respond.Response{}, err
	}
	return h.askToCreate(r, l.Account)
}

// Join accepts an invitation with a password or a passkey, and signs in.
func (h *Handlers) Join(r *respond.Request) (respond.Response, error) {
	l, over, err := h.opened(r, store.ToJoin)
	if err != nil || over != nil {
		return given(over), err
	}
	a := store.Acceptance{Secret: r.Param("secret"), Locale: mailLocale(r), At: h.Now()}
	p := page.Join{Account: l.Account, Name: r.PostFormValue("name")}
	var named bool
	if a.Name, named = account.ParseName(p.Name); !named {
		p.Problems.Add(r.Locale, "name", "join.no_name")
	}
	if err := h.choose(r, &a, &p); err != nil {
		return respond.Response{}, err
	}
	if len(p.Problems) > 0 {
		return h.joinPage(r, p, http.StatusUnprocessableEntity), nil
	}
	joined, err := h.Accounts.Accept(r.Context(), a)
	if err != nil {
		over, err := linkOver(r, store.ToJoin, err)
		return given(over), err
	}
	if err := r.SignIn(joined.Account.ID); err != nil {
		return respond.Response{}, err
	}
	if joined.Submission != 0 {
		return respond.Response{Redirect: link.Submission(r.Tag(), joined.Submission)}, nil
	}
	return h.onward(r, "", page.Carried{}), nil
}

// choose reads with what somebody wants to sign in from now on.
func (h *Handlers) choose(r *respond.Request, a *store.Acceptance, p *page.Join) error {
	if r.PostFormValue("passkey") != "" {
		made, err := h.created(r, p.Account)
		if errors.Is(err, signin.ErrPasskey) {
			p.Problems.Add(r.Locale, "", "passkey.failed")
			return nil
		}
		a.Passkey = &made
		return err
	}
	h.weak(r, &p.Problems, p.Account.Mail)
	if len(p.Problems) > 0 {
		return nil
	}
	hash, err := signin.Hash(r.Context(), r.PostFormValue("password"))
	a.Password = hash
	return err
}
