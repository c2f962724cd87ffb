package access

import (
	"errors"
	"net/http"
	"strconv"
	"strings"
	"time"

	"exempla/internal/account"
	"exempla/internal/link"
	"exempla/internal/server/respond"
	"exempla/internal/signin"
	"exempla/internal/store"
	"exempla/web/component"
	page "exempla/web/page/access"
)

// ShowSignIn is the page where people sign in. Who has signed in already goes
// on to where they wanted to go.
func (h *Handlers) ShowSignIn(r *respond.Request) (respond.Response, error) {
	back, _ := link.LocalPath(r.URL.Query().Get(link.BackParameter))
	if r.Away != nil {
		return respond.Response{}, r.Away
	}
	if !r.Viewer().Stranger() {
		return h.onward(r, back, page.SavedForm{}), nil
	}
	return respond.Response{Page: h.signInPage(r, page.SignInInput{Back: back}).View()}, nil
}

func (h *Handlers) signInPage(r *respond.Request, in page.SignInInput) page.SignIn {
	in.Usable = h.Passkeys != nil
	in.Provider = h.Provider != nil
	return page.NewSignIn(r.Locale, r.Frame, in)
}

// onward is the answer to somebody who has signed in: back to what they had
// written, or to where they wanted to go, or to where their role begins.
func (h *Handlers) onward(r *respond.Request, back string, saved page.SavedForm) respond.Response {
	if saved.Action != "" {
		return respond.Response{Page: page.NewResume(r.Locale, r.Frame, saved).View(), Status: http.StatusOK}
	}
	if back == "" {
		back = link.Start(r.Tag(), r.Viewer().Role)
	}
	return respond.Response{Redirect: back}
}

// signInForm is what the form about signing in has sent.
type signInForm struct {
	mail, back string
	saved      page.SavedForm
}

func readSignIn(r *respond.Request) signInForm {
	back, _ := link.LocalPath(r.PostFormValue(link.BackParameter))
	return signInForm{strings.TrimSpace(r.PostFormValue("mail")), back, readSavedForm(r.Request)}
}

// SignIn reads the form and signs somebody in, by password or by passkey. That
// an address has no account, or the account no password, costs as much time and
// gets the same answer as a wrong password.
func (h *Handlers) SignIn(r *respond.Request) (respond.Response, error) {
	f := readSignIn(r)
	if !r.Viewer().Stranger() { // in another tab
		return h.onward(r, f.back, f.saved), nil
	}
	err := r.Spent(h.Limits.Client, r.Client())
	if r.PostFormValue("passkey") != "" && err == nil {
		return h.signInByPasskey(r, f)
	}
	if err == nil {
		err = r.Spent(h.Limits.Account, strings.ToLower(f.mail))
	}
	if err != nil {
		return h.signInAgain(r, f, err)
	}
	a, err := h.byPassword(r, f.mail, r.PostFormValue("password"))
	if errors.Is(err, errNobody) {
		r.Failed(h.Limits.Client, r.Client())
		r.Failed(h.Limits.Account, strings.ToLower(f.mail))
	}
	if err != nil {
		return h.signInAgain(r, f, err)
	}
	return h.proved(r, a, f)
}

// errNobody is for a mail address and a password that do not go together.
var errNobody = errors.New("no such account or password")

// byPassword is the account with that mail address and password. Until the
// password is known to be right, nothing differs for an address without one.
func (h *Handlers) byPassword(r *respond.Request, mail, password string) (account.Account, error) {
	id, hash, err := h.Credentials.PasswordByMail(r.Context(), mail)
	if err != nil {
		return account.Account{}, err
	}
	ok, err := signin.Verify(r.Context(), password, hash)
	if err == nil && !ok {
		err = errNobody
	}
	if err != nil {
		return account.Account{}, err
	}
	return h.Accounts.Find(r.Context(), id)
}

// signInAgain shows the form with what was wrong.
func (h *Handlers) signInAgain(r *respond.Request, f signInForm, err error) (respond.Response, error) {
	var often respond.TooOften
	p := page.SignInInput{Mail: f.mail, Back: f.back, Saved: f.saved}
	status := http.StatusUnprocessableEntity
	switch {
	case errors.As(err, &often):
		p.Problems = tooOften(r, err)
		status = http.StatusTooManyRequests
	case errors.Is(err, errNobody):
		p.Problems.Add(r.Locale, "mail", "signin.wrong")
	case errors.Is(err, signin.ErrPasskey):
		p.Problems.Add(r.Locale, "", "passkey.failed")
	default:
		return respond.Response{}, err
	}
	return respond.Response{Page: h.signInPage(r, p).View(), Status: status}, nil
}

// tooOften says when to try again, for an error that says so.
func tooOften(r *respond.Request, err error) component.Problems {
	var often respond.TooOften
	errors.As(err, &often)
	return component.Problems{{Text: r.Locale.N("signin.too_often", int(often.Wait.Minutes()))}}
}

// pendingTime is how long the second step may take: a telephone has to be found
// first.
const pendingTime = 10 * time.Minute

// proved goes on after the first proof: to the second factor where there is
// one, else in.
func (h *Handlers) proved(r *respond.Request, a account.Account, f signInForm) (respond.Response, error) {
	if !a.TwoFactor {
		if err := r.SignIn(a.ID); err != nil {
			return respond.Response{}, err
		}
		return h.onward(r, f.back, f.saved), nil
	}
	until := h.Now().Add(pendingTime).Unix()
	r.Remember(pendingKey, strconv.FormatInt(int64(a.ID), 10)+" "+strconv.FormatInt(until, 10))
	p := page.SecondFactorInput{Back: f.back, Saved: f.saved}
	return respond.Response{Page: page.NewSecondFactor(r.Locale, r.Frame, p).View(), Status: http.StatusOK}, nil
}

// pending is whoever owes the second factor, 0 for nobody.
func (h *Handlers) pending(r *respond.Request) account.ID {
	number, until, _ := strings.Cut(r.Recall(pendingKey), " ")
	end, _ := strconv.ParseInt(until, 10, 64)
	id, err := strconv.ParseInt(number, 10, 64)
	if err != nil || h.Now().Unix() > end {
		return 0
	}
	return account.ID(id)
}

// SignOut ends the session.
func (h *Handlers) SignOut(r *respond.Request) (respond.Response, error) {
	if id := r.Viewer().ID; id != 0 {
		if err := h.Sessions.Record(r.Context(), id, store.SignOut, h.Now()); err != nil {
			return respond.Response{}, err
		}
		if err := r.SignOut(); err != nil {
			return respond.Response{}, err
		}
	}
	if r.Away != nil {
		return respond.Response{}, r.Away
	}
	return respond.Response{Redirect: link.Catalogue(r.Tag())}, nil
}
