package access

import (
	"cmp"
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
	"exempla/web/page/frame"
)

// ShowSignIn is the page for signing in. It redirects people who have signed in
// already.
func (h *Handlers) ShowSignIn(r *respond.Request) (respond.Response, error) {
	back, _ := link.LocalPath(r.URL.Query().Get(link.BackParameter))
	if r.Away != nil {
		return respond.Response{}, r.Away
	}
	if !r.Viewer().Stranger() {
		return h.signedIn(r, back, frame.SavedForm{}), nil
	}
	return respond.Show(h.signInPage(r, page.SignInInput{Back: back}).View()), nil
}

func (h *Handlers) signInPage(r *respond.Request, in page.SignInInput) page.SignIn {
	in.Usable = h.Passkeys != nil
	in.Provider = h.Provider != nil
	return page.NewSignIn(r.Locale, r.Frame, in)
}

// signedIn is the response after signing in: the saved form, or a redirect to the
// address the person came from or else to the start page of their role.
func (h *Handlers) signedIn(r *respond.Request, back string, saved frame.SavedForm) respond.Response {
	if saved.Action != "" {
		return respond.Response{Page: page.NewResume(r.Locale, r.Frame, saved).View(), Status: http.StatusOK}
	}
	if back == "" {
		back = link.Start(r.Tag(), r.Viewer().Roles()...)
	}
	return respond.Redirect(back)
}

// signInForm holds the fields of the forms for signing in.
type signInForm struct {
	typed, mail string // as it was typed, and as accounts have it
	back        string // the address to return to; empty for none
	saved       frame.SavedForm
}

func readSignIn(r *respond.Request) signInForm {
	back, _ := link.LocalPath(r.PostFormValue(link.BackParameter))
	typed := strings.TrimSpace(r.PostFormValue("mail"))
	f := signInForm{typed: typed, mail: typed, back: back, saved: readSavedForm(r)}
	if mail, ok := account.ParseMail(typed); ok {
		f.mail = mail
	}
	return f
}

// SignIn signs in by password or by passkey. An address without an account, or an
// account without a password, takes as long and gets the same answer as a wrong
// password.
func (h *Handlers) SignIn(r *respond.Request) (respond.Response, error) {
	f := readSignIn(r)
	if !r.Viewer().Stranger() { // in another tab
		return h.signedIn(r, f.back, f.saved), nil
	}
	err := r.CheckFailures(respond.ClientLimit, r.Client())
	if r.PostFormValue("passkey") != "" && err == nil {
		return h.signInByPasskey(r, f)
	}
	if err == nil {
		err = r.CheckFailures(respond.AccountLimit, strings.ToLower(f.mail))
	}
	if err != nil {
		return h.signInFailed(r, f, err)
	}
	a, err := h.byPassword(r, f.mail, r.PostFormValue("password"))
	if errors.Is(err, errWrongPassword) {
		err = cmp.Or(r.CountFailure(respond.ClientLimit, r.Client()), r.CountFailure(respond.AccountLimit, strings.ToLower(f.mail)),
			h.Sessions.RecordFailure(r.Context(), a.ID, h.Now()), err)
	}
	if err != nil {
		return h.signInFailed(r, f, err)
	}
	return h.firstFactorPassed(r, a, f)
}

// errWrongPassword is for a mail address and a password that do not match.
var errWrongPassword = errors.New("no such account or password")

// byPassword finds the account with a mail address and a password. Until the
// password is verified, it takes the same steps for an address without one. Of an
// account whose password is another it returns the ID only.
func (h *Handlers) byPassword(r *respond.Request, mail, password string) (account.Account, error) {
	id, hash, err := h.Credentials.PasswordByMail(r.Context(), mail)
	if err != nil {
		return account.Account{}, err
	}
	ok, err := signin.Verify(r.Context(), password, hash)
	if err == nil && !ok {
		err = errWrongPassword
	}
	if err != nil {
		return account.Account{ID: id}, err
	}
	return h.Accounts.Find(r.Context(), id)
}

// signInFailed shows the form with what was wrong.
func (h *Handlers) signInFailed(r *respond.Request, f signInForm, err error) (respond.Response, error) {
	var often respond.TooOften
	in := page.SignInInput{Mail: f.typed, Back: f.back, Saved: f.saved}
	status := http.StatusUnprocessableEntity
	switch {
	case errors.As(err, &often):
		in.Problems = tooOften(r, err)
		status = http.StatusTooManyRequests
	case errors.Is(err, errWrongPassword):
		says := "signin.wrong"
		if _, ok := account.ParseMail(f.typed); !ok {
			says = "form.mail_wrong"
		}
		in.Problems.Add(r.Locale, "mail", says)
	case errors.Is(err, signin.ErrPasskey):
		in.Problems.Add(r.Locale, "", "passkey.failed")
	default:
		return respond.Response{}, err
	}
	return respond.Response{Page: h.signInPage(r, in).View(), Status: status}, nil
}

// tooOften is the problem that says when to try again; err is a respond.TooOften.
func tooOften(r *respond.Request, err error) component.Problems {
	var often respond.TooOften
	errors.As(err, &often)
	return component.Problems{{Text: r.Locale.N("signin.too_often", int(often.Wait.Minutes()))}}
}

// pendingTime is how long people have for the second factor: they may have to find
// their telephone first.
const pendingTime = 10 * time.Minute

// firstFactorPassed asks for the second factor if the account has one, else signs
// in.
func (h *Handlers) firstFactorPassed(r *respond.Request, a account.Account, f signInForm) (respond.Response, error) {
	if !a.TwoFactor {
		if err := r.SignIn(a.ID); err != nil {
			return respond.Response{}, err
		}
		return h.signedIn(r, f.back, f.saved), nil
	}
	until := h.Now().Add(pendingTime).Unix()
	r.Remember(pendingKey, strconv.FormatInt(int64(a.ID), 10)+" "+strconv.FormatInt(until, 10))
	p := page.SecondFactorInput{Back: f.back, Saved: f.saved}
	return respond.Response{Page: page.NewSecondFactor(r.Locale, r.Frame, p).View(), Status: http.StatusOK}, nil
}

// pendingAccount is the account that has yet to pass the second factor; 0 if there
// is none or its time is over.
func (h *Handlers) pendingAccount(r *respond.Request) account.ID {
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
	return respond.Redirect(link.Catalogue(r.Tag())), nil
}
