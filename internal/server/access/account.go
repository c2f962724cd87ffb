package access

import (
	"errors"
	"net/http"
	"strings"

	"exempla/internal/account"
	"exempla/internal/link"
	"exempla/internal/locale"
	"exempla/internal/server/respond"
	"exempla/internal/signin"
	"exempla/internal/store"
	"exempla/web/component"
	page "exempla/web/page/access"
)

// self says who changes what is their own.
func (h *AccountHandlers) self(r *respond.Request) store.Owner {
	return store.Owner{Account: r.Viewer().ID, Token: r.Token, At: h.Now()}
}

// ShowAccount is the page about one's own account.
func (h *AccountHandlers) ShowAccount(r *respond.Request) (respond.Response, error) {
	return h.accountPage(r, nil, 0)
}

func (h *AccountHandlers) accountPage(r *respond.Request, problems component.Problems, status int) (respond.Response, error) {
	ctx, id := r.Context(), r.Viewer().ID
	p := page.AccountInput{Problems: problems, Usable: h.Passkeys != nil}
	var err error
	if p.Account, err = h.Accounts.Find(ctx, id); err != nil {
		return respond.Response{}, err
	}
	passkeys, err := h.Credentials.Passkeys(ctx, id)
	if err != nil {
		return respond.Response{}, err
	}
	for _, k := range passkeys {
		p.Passkeys = append(p.Passkeys, page.Passkey{Number: k.ID, Name: k.Name, Created: k.Created, Used: k.Used})
	}
	sessions, err := h.Sessions.OfAccount(ctx, id, r.Token)
	if err != nil {
		return respond.Response{}, err
	}
	for _, session := range sessions {
		p.Sessions = append(p.Sessions, page.Session{Agent: session.Agent, Seen: session.Seen, Current: session.Current})
	}
	if p.Codes, err = h.Credentials.CountRecoveryCodes(ctx, id); err != nil {
		return respond.Response{}, err
	}
	if r.PostForm.Has("name") { // as typed
		p.Account.Name, p.Account.Locale = r.PostFormValue("name"), r.PostFormValue("locale")
	}
	return respond.Response{Page: page.NewAccount(r.Locale, r.Frame, p).View(), Status: status}, nil
}

// ChangeSelf writes one's name and the language of one's mails.
func (h *AccountHandlers) ChangeSelf(r *respond.Request) (respond.Response, error) {
	var problems component.Problems
	name, ok := account.ParseName(r.PostFormValue("name"))
	if !ok {
		problems.Add(r.Locale, "name", "join.no_name")
		return h.accountPage(r, problems, http.StatusUnprocessableEntity)
	}
	if err := h.Accounts.ChangeProfile(r.Context(), r.Viewer().ID, name, mailLocale(r)); err != nil {
		return respond.Response{}, err
	}
	return h.changed(r, "account.saved", nil)
}

// mailLocale is the language that somebody has chosen for mails, else that of
// the page.
func mailLocale(r *respond.Request) string {
	if l, ok := locale.Find(r.PostFormValue("locale")); ok {
		return l.Tag()
	}
	return r.Tag()
}

// ChangePassword sets another password for somebody who knows the present one.
func (h *AccountHandlers) ChangePassword(r *respond.Request) (respond.Response, error) {
	var problems component.Problems
	a, err := h.Accounts.Find(r.Context(), r.Viewer().ID)
	if err != nil {
		return respond.Response{}, err
	}
	if err := r.Spent(h.Limits.Account, strings.ToLower(a.Mail)); err != nil {
		return h.accountPage(r, tooOften(r, err), http.StatusTooManyRequests)
	}
	if _, err := h.byPassword(r, a.Mail, r.PostFormValue("current")); errors.Is(err, errNobody) {
		r.Failed(h.Limits.Account, strings.ToLower(a.Mail))
		problems.Add(r.Locale, "current", "account.password.wrong")
	} else if err != nil {
		return respond.Response{}, err
	}
	h.weak(r, &problems, a.Mail)
	if len(problems) > 0 {
		return h.accountPage(r, problems, http.StatusUnprocessableEntity)
	}
	hash, err := signin.Hash(r.Context(), r.PostFormValue("password"))
	if err == nil {
		err = h.Credentials.ChangePassword(r.Context(), h.self(r), hash)
	}
	return h.changed(r, "account.password.changed", err)
}

// weak adds what is wrong with a new password, if anything.
func (h *Handlers) weak(r *respond.Request, problems *component.Problems, mail string) {
	if weakness := signin.Weak(r.PostFormValue("password"), mail, string(h.Site)); weakness != "" {
		problems.Add(r.Locale, "password", "password."+string(weakness))
	}
}

// EndSessions signs somebody out in other browsers, or in all.
func (h *AccountHandlers) EndSessions(r *respond.Request) (respond.Response, error) {
	if r.PostFormValue("which") != "all" {
		err := h.Sessions.End(r.Context(), r.Viewer().ID, r.Token, h.Now())
		return h.changed(r, "account.session.others_done", err)
	}
	if err := h.Sessions.End(r.Context(), r.Viewer().ID, "", h.Now()); err != nil {
		return respond.Response{}, err
	}
	return respond.Response{Redirect: link.SignIn(r.Tag(), "")}, r.SignOut()
}
