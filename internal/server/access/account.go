package access

import (
	"cmp"
	"errors"
	"net/http"
	"strings"

	"exempla/internal/account"
	"exempla/internal/link"
	"exempla/internal/server/respond"
	"exempla/internal/signin"
	"exempla/internal/store"
	"exempla/web/component"
	page "exempla/web/page/access"
)

// owner is the viewer, who changes the account's own credentials.
func (h *AccountHandlers) owner(r *respond.Request) store.Owner {
	return store.Owner{Account: r.Viewer().ID, Token: r.Token, At: h.Now()}
}

// ShowAccount is the page about one's own account.
func (h *AccountHandlers) ShowAccount(r *respond.Request) (respond.Response, error) {
	return h.accountPage(r, nil, 0)
}

func (h *AccountHandlers) accountPage(r *respond.Request, problems component.Problems, status int) (respond.Response, error) {
	ctx := r.Context()
	id := r.Viewer().ID
	in := page.AccountInput{Problems: problems, Usable: h.Passkeys != nil}
	var err error
	if in.Account, err = h.Accounts.Find(ctx, id); err != nil {
		return respond.Response{}, err
	}
	passkeys, err := h.Credentials.Passkeys(ctx, id)
	if err != nil {
		return respond.Response{}, err
	}
	for _, k := range passkeys {
		in.Passkeys = append(in.Passkeys, page.Passkey{Number: k.ID, Name: k.Name, Created: k.Created, Used: k.Used})
	}
	sessions, err := h.Sessions.OfAccount(ctx, id, r.Token)
	if err != nil {
		return respond.Response{}, err
	}
	for _, session := range sessions {
		in.Sessions = append(in.Sessions, page.Session{Agent: session.Agent, Seen: session.Seen, Current: session.Current})
	}
	if in.Codes, err = h.Credentials.CountRecoveryCodes(ctx, id); err != nil {
		return respond.Response{}, err
	}
	if r.PostForm.Has("name") { // as typed
		in.Account.Name = r.PostFormValue("name")
		in.Account.Locale = r.PostFormValue("locale")
	}
	return respond.Response{Page: page.NewAccount(r.Locale, r.Frame, in).View(), Status: status}, nil
}

// ChangeProfile stores the viewer's name and the language of mails to them.
func (h *AccountHandlers) ChangeProfile(r *respond.Request) (respond.Response, error) {
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

// mailLocale is the language that the form chooses for mails, else that of the
// page.
func mailLocale(r *respond.Request) string {
	if l, ok := r.Locale.Beside(r.PostFormValue("locale")); ok {
		return l.Tag()
	}
	return r.Tag()
}

// ChangePassword sets a new password. It needs the present one.
func (h *AccountHandlers) ChangePassword(r *respond.Request) (respond.Response, error) {
	var problems component.Problems
	a, err := h.Accounts.Find(r.Context(), r.Viewer().ID)
	if err != nil {
		return respond.Response{}, err
	}
	var often respond.TooOften
	if err := h.checkCurrent(r, a, &problems); errors.As(err, &often) {
		return h.accountPage(r, tooOften(r, err), http.StatusTooManyRequests)
	} else if err != nil {
		return respond.Response{}, err
	}
	h.checkPassword(r, &problems, a.Mail)
	if len(problems) > 0 {
		return h.accountPage(r, problems, http.StatusUnprocessableEntity)
	}
	hash, err := signin.Hash(r.Context(), r.PostFormValue("password"))
	if err == nil {
		err = h.Credentials.ChangePassword(r.Context(), h.owner(r), hash)
	}
	return h.changed(r, "account.password.changed", err)
}

// checkCurrent adds a problem if the present password in the form is wrong, and counts
// that. Errors: TooOften, ErrAway.
func (h *AccountHandlers) checkCurrent(r *respond.Request, a account.Account, problems *component.Problems) error {
	if err := r.CheckFailures(respond.AccountLimit, strings.ToLower(a.Mail)); err != nil {
		return err
	}
	_, err := h.byPassword(r, a.Mail, r.PostFormValue("current"))
	if errors.Is(err, errWrongPassword) {
		problems.Add(r.Locale, "current", "account.password.wrong")
		return cmp.Or(r.CountFailure(respond.AccountLimit, strings.ToLower(a.Mail)), h.Sessions.RecordFailure(r.Context(), a.ID, h.Now()))
	}
	return err
}

// checkPassword adds a problem if the new password in the form is too weak.
func (h *Handlers) checkPassword(r *respond.Request, problems *component.Problems, mail string) {
	if weakness := signin.Weak(r.PostFormValue("password"), mail, string(h.Site)); weakness != "" {
		problems.Add(r.Locale, "password", "password."+string(weakness))
	}
}

// EndSessions signs the viewer out in all other browsers, or in all.
func (h *AccountHandlers) EndSessions(r *respond.Request) (respond.Response, error) {
	if r.PostFormValue("which") != "all" {
		err := h.Sessions.End(r.Context(), r.Viewer().ID, r.Token, h.Now())
		return h.changed(r, "account.session.others_done", err)
	}
	if err := h.Sessions.End(r.Context(), r.Viewer().ID, "", h.Now()); err != nil {
		return respond.Response{}, err
	}
	return respond.Redirect(link.SignIn(r.Tag(), "")), r.SignOut()
}
