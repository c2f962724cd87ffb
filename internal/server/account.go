package server

import (
	"errors"
	"net/http"
	"strings"

	"exempla/internal/account"
	"exempla/internal/link"
	"exempla/internal/locale"
	"exempla/internal/signin"
	"exempla/internal/store"
	"exempla/web/component"
	"exempla/web/page"
)

// self says who changes what is their own.
func (s *Server) self(v *visit) store.Owner {
	return store.Owner{Account: v.viewer().ID, Token: v.token, At: s.Now()}
}

// showAccount is the page about one's own account.
func (s *Server) showAccount(v *visit) (answer, error) { return s.accountPage(v, nil, 0) }

func (s *Server) accountPage(v *visit, problems component.Problems, status int) (answer, error) {
	ctx, id := v.r.Context(), v.viewer().ID
	p := page.Account{Problems: problems, Usable: s.passkeys != nil}
	var err error
	if p.Account, err = s.Store.Accounts.Find(ctx, id); err != nil {
		return answer{}, err
	}
	passkeys, err := s.Store.Credentials.Passkeys(ctx, id)
	if err != nil {
		return answer{}, err
	}
	for _, k := range passkeys {
		p.Passkeys = append(p.Passkeys, page.Passkey{Number: k.ID, Name: k.Name, Created: k.Created, Used: k.Used})
	}
	sessions, err := s.Store.Sessions.OfAccount(ctx, id, v.token)
	if err != nil {
		return answer{}, err
	}
	for _, session := range sessions {
		p.Sessions = append(p.Sessions, page.Session{Agent: session.Agent, Seen: session.Seen, Current: session.Current})
	}
	if p.Codes, err = s.Store.Credentials.CountRecoveryCodes(ctx, id); err != nil {
		return answer{}, err
	}
	if v.r.PostForm.Has("name") { // as typed
		p.Account.Name, p.Account.Locale = v.r.PostFormValue("name"), v.r.PostFormValue("locale")
	}
	return answer{view: page.NewAccount(v.l, v.frame, p).View(), status: status}, nil
}

// changeSelf writes one's name and the language of one's mails.
func (s *Server) changeSelf(v *visit) (answer, error) {
	var problems component.Problems
	name, ok := account.ParseName(v.r.PostFormValue("name"))
	if !ok {
		problems.Add(v.l, "name", "join.no_name")
		return s.accountPage(v, problems, http.StatusUnprocessableEntity)
	}
	if err := s.Store.Accounts.ChangeProfile(v.r.Context(), v.viewer().ID, name, mailLocale(v)); err != nil {
		return answer{}, err
	}
	return s.changed(v, "account.saved", nil)
}

// mailLocale is the language that somebody has chosen for mails, else that of
// the page.
func mailLocale(v *visit) string {
	if l, ok := locale.Find(v.r.PostFormValue("locale")); ok {
		return l.Tag()
	}
	return v.l.Tag()
}

// changePassword sets another password for somebody who knows the present one.
func (s *Server) changePassword(v *visit) (answer, error) {
	var problems component.Problems
	a, err := s.Store.Accounts.Find(v.r.Context(), v.viewer().ID)
	if err != nil {
		return answer{}, err
	}
	if err := v.spent(s.limits.account, strings.ToLower(a.Mail)); err != nil {
		return s.accountPage(v, err.(tooOften).problem(v), http.StatusTooManyRequests)
	}
	if _, err := s.byPassword(v, a.Mail, v.r.PostFormValue("current")); errors.Is(err, errNobody) {
		v.failed(s.limits.account, strings.ToLower(a.Mail))
		problems.Add(v.l, "current", "account.password.wrong")
	} else if err != nil {
		return answer{}, err
	}
	s.weak(v, &problems, a.Mail)
	if len(problems) > 0 {
		return s.accountPage(v, problems, http.StatusUnprocessableEntity)
	}
	hash, err := signin.Hash(v.r.Context(), v.r.PostFormValue("password"))
	if err == nil {
		err = s.Store.Credentials.ChangePassword(v.r.Context(), s.self(v), hash)
	}
	return s.changed(v, "account.password.changed", err)
}

// weak adds what is wrong with a new password, if anything.
func (s *Server) weak(v *visit, problems *component.Problems, mail string) {
	if weakness := signin.Weak(v.r.PostFormValue("password"), mail, string(s.Site)); weakness != "" {
		problems.Add(v.l, "password", "password."+string(weakness))
	}
}

// endSessions signs somebody out in other browsers, or in all.
func (s *Server) endSessions(v *visit) (answer, error) {
	if v.r.PostFormValue("which") != "all" {
		err := s.Store.Sessions.End(v.r.Context(), v.viewer().ID, v.token, s.Now())
		return s.changed(v, "account.session.others_done", err)
	}
	if err := s.Store.Sessions.End(v.r.Context(), v.viewer().ID, "", s.Now()); err != nil {
		return answer{}, err
	}
	return answer{goTo: link.SignIn(v.l.Tag(), "")}, s.leave(v)
}
