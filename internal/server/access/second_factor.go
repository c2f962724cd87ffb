package access

import (
	"errors"
	"net/http"
	"strconv"

	"exempla/internal/account"
	"exempla/internal/link"
	"exempla/internal/server/respond"
	"exempla/internal/signin"
	"exempla/internal/store"
	"exempla/web/component"
	page "exempla/web/page/access"
)

// errCode is for a code that is wrong, too old, or used.
var errCode = errors.New("wrong code")

// checkCode uses up a code of the second factor, from the app or a recovery
// code. Errors: tooOften, errCode, ErrAway.
func (h *Handlers) checkCode(r *respond.Request, id account.ID, typed string) error {
	key := strconv.FormatInt(int64(id), 10)
	if err := r.CheckFailures(respond.CodeLimit, key); err != nil {
		return err
	}
	secrets, err := h.Credentials.Secrets(r.Context(), id)
	if err != nil {
		return err
	}
	var fresh bool
	if step, ok := signin.TOTPStep(secrets.TOTP, typed, h.Now()); ok {
		fresh, err = h.Credentials.UseTimeStep(r.Context(), id, step)
	} else {
		fresh, err = h.Credentials.UseRecoveryCode(r.Context(), id, signin.HashRecoveryCode(typed), h.Now())
	}
	if err == nil && !fresh {
		err = errors.Join(errCode, r.CountFailure(respond.CodeLimit, key), h.Sessions.Record(r.Context(), id, store.SecondFailed, h.Now()))
	}
	return err
}

// codeProblem says what was wrong with a code, and the status of the page; 0 for
// an error that has nothing to do with the code.
func codeProblem(r *respond.Request, err error) (component.Problems, int) {
	var often respond.TooOften
	var problems component.Problems
	switch {
	case errors.As(err, &often):
		return tooOften(r, err), http.StatusTooManyRequests
	case errors.Is(err, errCode):
		problems.Add(r.Locale, "code", "signin.code.wrong")
		return problems, http.StatusUnprocessableEntity
	}
	return nil, 0
}

// SecondFactor checks the code that follows the password.
func (h *Handlers) SecondFactor(r *respond.Request) (respond.Response, error) {
	f := readSignIn(r)
	if !r.Viewer().Stranger() {
		return h.signedIn(r, f.back, f.saved), nil
	}
	id := h.pendingAccount(r)
	if id == 0 {
		p := page.SignInInput{Back: f.back, Saved: f.saved}
		p.Problems.Add(r.Locale, "", "signin.code.late")
		return respond.Invalid(h.signInPage(r, p).View()), nil
	}
	err := h.checkCode(r, id, r.PostFormValue("code"))
	if err == nil {
		if err = r.SignIn(id); err == nil {
			return h.signedIn(r, f.back, f.saved), nil
		}
	}
	p := page.SecondFactorInput{Back: f.back, Saved: f.saved}
	var status int
	if p.Problems, status = codeProblem(r, err); status == 0 {
		return respond.Response{}, err
	}
	return respond.Response{Page: page.NewSecondFactor(r.Locale, r.Frame, p).View(), Status: status}, nil
}

// ToSignIn redirects from addresses that only take forms to the start of signing
// in.
func (h *Handlers) ToSignIn(r *respond.Request) (respond.Response, error) {
	return respond.Redirect(link.SignIn(r.Tag(), "")), nil
}

// ShowFactor is the page of the viewer's second factor. While there is none, the
// session holds the secret that the first code will confirm.
func (h *AccountHandlers) ShowFactor(r *respond.Request) (respond.Response, error) {
	return h.factorPage(r, nil, 0)
}

func (h *AccountHandlers) factorPage(r *respond.Request, problems component.Problems, status int) (respond.Response, error) {
	a, err := h.Accounts.Find(r.Context(), r.Viewer().ID)
	if err != nil {
		return respond.Response{}, err
	}
	p := page.FactorInput{Problems: problems, On: a.TwoFactor}
	if p.On {
		if p.Left, err = h.Credentials.CountRecoveryCodes(r.Context(), a.ID); err != nil {
			return respond.Response{}, err
		}
		return respond.Response{Page: page.NewFactor(r.Locale, r.Frame, p).View(), Status: status}, nil
	}
	secret := r.Recall(factorKey)
	if secret == "" {
		if secret, err = signin.NewTOTPSecret(); err != nil {
			return respond.Response{}, err
		}
		r.Remember(factorKey, secret)
	}
	p.Secret, p.Address = secret, signin.TOTPKeyOf(secret, r.Locale.SiteName(), a.Mail).Address
	p.QR, err = signin.QRCode(p.Address)
	return respond.Response{Page: page.NewFactor(r.Locale, r.Frame, p).View(), Status: status}, err
}

// ChangeFactor turns the second factor on or off, or makes new recovery codes. All
// of them need a code of the factor.
func (h *AccountHandlers) ChangeFactor(r *respond.Request) (respond.Response, error) {
	a, err := h.Accounts.Find(r.Context(), r.Viewer().ID)
	if err != nil {
		return respond.Response{}, err
	}
	code := r.PostFormValue("code")
	if !a.TwoFactor {
		return h.enableFactor(r, code)
	}
	if err := h.checkCode(r, a.ID, code); err != nil {
		problems, status := codeProblem(r, err)
		if status == 0 {
			return respond.Response{}, err
		}
		return h.factorPage(r, problems, status)
	}
	if r.PostFormValue("act") == "off" {
		if err := h.Credentials.RemoveSecondFactor(r.Context(), h.owner(r)); err != nil {
			return respond.Response{}, err
		}
		r.Notify("factor.is_off")
		return respond.Redirect(link.Account(r.Tag(), "")), nil
	}
	codes, hashes := signin.NewRecoveryCodes()
	if err := h.Credentials.RenewRecoveryCodes(r.Context(), h.owner(r), hashes); err != nil {
		return respond.Response{}, err
	}
	return respond.Show(page.NewCodes(r.Locale, r.Frame, codes).View()), nil
}

// enableFactor turns the second factor on if the code proves that the app has the
// secret.
func (h *AccountHandlers) enableFactor(r *respond.Request, code string) (respond.Response, error) {
	secret := r.Recall(factorKey)
	step, ok := signin.TOTPStep(secret, code, h.Now())
	if secret == "" || !ok {
		problems, status := codeProblem(r, errCode)
		return h.factorPage(r, problems, status)
	}
	codes, hashes := signin.NewRecoveryCodes()
	if err := h.Credentials.SetSecondFactor(r.Context(), h.owner(r), store.SecondFactor{Secret: secret, Step: step, Codes: hashes}); err != nil {
		return respond.Response{}, err
	}
	r.Forget(factorKey)
	return respond.Show(page.NewCodes(r.Locale, r.Frame, codes).View()), nil
}
