package server

import (
	"errors"
	"net/http"
	"strconv"
	"strings"
	"time"

	"exempla/internal/account"
	"exempla/internal/link"
	"exempla/internal/signin"
	"exempla/internal/store"
	"exempla/web/component"
	"exempla/web/page"
)

// showSignIn is the page where people sign in. Who has signed in already goes
// on to where they wanted to go.
func (s *Server) showSignIn(v *visit) (answer, error) {
	back, _ := link.Local(v.r.URL.Query().Get(link.BackParameter))
	if v.away != nil {
		return answer{}, v.away
	}
	if !v.viewer().Stranger() {
		return s.onward(v, back, page.Carried{}), nil
	}
	return answer{view: s.signInPage(v, page.SignIn{Back: back}).View()}, nil
}

func (s *Server) signInPage(v *visit, p page.SignIn) page.SignIn {
	p.Usable, p.Provider = s.passkeys != nil, s.Provider != nil
	return page.NewSignIn(v.l, v.frame, p)
}

// onward is the answer to somebody who has signed in: back to what they had
// written, or to where they wanted to go, or to where their role begins.
func (s *Server) onward(v *visit, back string, c page.Carried) answer {
	if c.To != "" {
		return answer{view: page.NewResume(v.l, v.frame, c).View(), status: http.StatusOK}
	}
	if back == "" {
		back = link.Start(v.l.Tag(), v.viewer().Role)
	}
	return answer{goTo: back}
}

// signInForm is what the form about signing in has sent.
type signInForm struct {
	mail, back string
	carried    page.Carried
}

func readSignIn(v *visit) signInForm {
	back, _ := link.Local(v.r.PostFormValue(link.BackParameter))
	return signInForm{strings.TrimSpace(v.r.PostFormValue("mail")), back, carriedBy(v.r)}
}

// signIn reads the form and signs somebody in, by password or by passkey. That
// an address has no account, or the account no password, costs as much time and
// gets the same answer as a wrong password.
func (s *Server) signIn(v *visit) (answer, error) {
	f := readSignIn(v)
	if !v.viewer().Stranger() { // in another tab
		return s.onward(v, f.back, f.carried), nil
	}
	err := v.spent(s.limits.client, v.client())
	if v.r.PostFormValue("passkey") != "" && err == nil {
		return s.signInByPasskey(v, f)
	}
	if err == nil {
		err = v.spent(s.limits.account, strings.ToLower(f.mail))
	}
	if err != nil {
		return s.signInAgain(v, f, err)
	}
	a, err := s.byPassword(v, f.mail, v.r.PostFormValue("password"))
	if errors.Is(err, errNobody) {
		v.failed(s.limits.client, v.client())
		v.failed(s.limits.account, strings.ToLower(f.mail))
	}
	if err != nil {
		return s.signInAgain(v, f, err)
	}
	return s.proved(v, a, f)
}

// errNobody is for a mail address and a password that do not go together.
var errNobody = errors.New("no such account or password")

// byPassword is the account with that mail address and password. Until the
// password is known to be right, nothing differs for an address without one.
func (s *Server) byPassword(v *visit, mail, password string) (account.Account, error) {
	id, hash, err := s.Store.Credentials.PasswordByMail(v.r.Context(), mail)
	if err != nil {
		return account.Account{}, err
	}
	ok, err := signin.Verify(v.r.Context(), password, hash)
	if err == nil && !ok {
		err = errNobody
	}
	if err != nil {
		return account.Account{}, err
	}
	return s.Store.Accounts.Find(v.r.Context(), id)
}

// signInAgain shows the form with what was wrong.
func (s *Server) signInAgain(v *visit, f signInForm, err error) (answer, error) {
	var often tooOften
	p := page.SignIn{Mail: f.mail, Back: f.back, Carried: f.carried}
	status := http.StatusUnprocessableEntity
	switch {
	case errors.As(err, &often):
		p.Problems = often.problem(v)
		status = http.StatusTooManyRequests
	case errors.Is(err, errNobody):
		p.Problems.Add(v.l, "mail", "signin.wrong")
	case errors.Is(err, signin.ErrPasskey):
		p.Problems.Add(v.l, "", "passkey.failed")
	default:
		return answer{}, err
	}
	return answer{view: s.signInPage(v, p).View(), status: status}, nil
}

// problem says when to try again.
func (t tooOften) problem(v *visit) component.Problems {
	return component.Problems{{Text: v.l.N("signin.too_often", int(t.wait.Minutes()))}}
}

// pendingTime is how long the second step may take: a telephone has to be found
// first.
const pendingTime = 10 * time.Minute

// proved goes on after the first proof: to the second factor where there is
// one, else in.
func (s *Server) proved(v *visit, a account.Account, f signInForm) (answer, error) {
	if !a.TwoFactor {
		if err := s.enter(v, a.ID); err != nil {
			return answer{}, err
		}
		return s.onward(v, f.back, f.carried), nil
	}
	until := s.Now().Add(pendingTime).Unix()
	s.remember(v, pendingKey, strconv.FormatInt(int64(a.ID), 10)+" "+strconv.FormatInt(until, 10))
	p := page.SecondFactor{Back: f.back, Carried: f.carried}
	return answer{view: page.NewSecondFactor(v.l, v.frame, p).View(), status: http.StatusOK}, nil
}

// pending is whoever owes the second factor, 0 for nobody.
func (s *Server) pending(v *visit) account.ID {
	number, until, _ := strings.Cut(s.recall(v, pendingKey), " ")
	end, _ := strconv.ParseInt(until, 10, 64)
	id, err := strconv.ParseInt(number, 10, 64)
	if err != nil || s.Now().Unix() > end {
		return 0
	}
	return account.ID(id)
}

// signOut ends the session.
func (s *Server) signOut(v *visit) (answer, error) {
	if id := v.viewer().ID; id != 0 {
		if err := s.Store.Sessions.Record(v.r.Context(), id, store.SignOut, s.Now()); err != nil {
			return answer{}, err
		}
		if err := s.leave(v); err != nil {
			return answer{}, err
		}
	}
	if v.away != nil {
		return answer{}, v.away
	}
	return answer{goTo: link.Catalogue(v.l.Tag())}, nil
}
