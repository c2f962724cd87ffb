package server

import (
	"errors"
	"net/http"
	"strconv"

	"exempla/internal/account"
	"exempla/internal/link"
	"exempla/internal/signin"
	"exempla/internal/store"
	"exempla/web/component"
	"exempla/web/page"
)

// errCode is for a code that does not open anything now.
var errCode = errors.New("wrong code")

// checkCode uses up a code of the second factor, from the app or a recovery
// code. Errors: tooOften, errCode, ErrAway.
func (s *Server) checkCode(v *visit, id account.ID, typed string) error {
	whose := strconv.FormatInt(int64(id), 10)
	if err := v.spent(s.limits.code, whose); err != nil {
		return err
	}
	secrets, err := s.Store.Credentials.Secrets(v.r.Context(), id)
	if err != nil {
		return err
	}
	var fresh bool
	if step, ok := signin.Step(secrets.TOTP, typed, s.Now()); ok {
		fresh, err = s.Store.Credentials.UseTimeStep(v.r.Context(), id, step)
	} else {
		fresh, err = s.Store.Credentials.UseRecoveryCode(v.r.Context(), id, signin.RecoveryHash(typed), s.Now())
	}
	if err == nil && !fresh {
		v.failed(s.limits.code, whose)
		err = errors.Join(errCode, s.Store.Sessions.Record(v.r.Context(), id, store.SecondFailed, s.Now()))
	}
	return err
}

// codeProblem says at the field what was wrong with a code, and with which
// status; it is 0 for an error that is none of the code's.
func codeProblem(v *visit, err error) (component.Problems, int) {
	var often tooOften
	var problems component.Problems
	switch {
	case errors.As(err, &often):
		return often.problem(v), http.StatusTooManyRequests
	case errors.Is(err, errCode):
		problems.Add(v.l, "code", "signin.code.wrong")
		return problems, http.StatusUnprocessableEntity
	}
	return nil, 0
}

// secondFactor is the step after the password.
func (s *Server) secondFactor(v *visit) (answer, error) {
	f := readSignIn(v)
	if !v.viewer().Stranger() {
		return s.onward(v, f.back, f.carried), nil
	}
	id := s.pending(v)
	if id == 0 {
		p := page.SignIn{Back: f.back, Carried: f.carried}
		p.Problems.Add(v.l, "", "signin.code.late")
		return answer{view: s.signInPage(v, p).View(), status: http.StatusUnprocessableEntity}, nil
	}
	err := s.checkCode(v, id, v.r.PostFormValue("code"))
	if err == nil {
		if err = s.enter(v, id); err == nil {
			return s.onward(v, f.back, f.carried), nil
		}
	}
	p := page.SecondFactor{Back: f.back, Carried: f.carried}
	var status int
	if p.Problems, status = codeProblem(v, err); status == 0 {
		return answer{}, err
	}
	return answer{view: page.NewSecondFactor(v.l, v.frame, p).View(), status: status}, nil
}

// toSignIn leads from addresses that only take forms to where people begin.
func (s *Server) toSignIn(v *visit) (answer, error) {
	return answer{goTo: link.SignIn(v.l.Tag(), "")}, nil
}

// showFactor is the page of one's second factor. While there is none, a secret
// waits in the session to be confirmed.
func (s *Server) showFactor(v *visit) (answer, error) { return s.factorPage(v, nil, 0) }

func (s *Server) factorPage(v *visit, problems component.Problems, status int) (answer, error) {
	a, err := s.Store.Accounts.Find(v.r.Context(), v.viewer().ID)
	if err != nil {
		return answer{}, err
	}
	p := page.Factor{Problems: problems, On: a.TwoFactor}
	if p.On {
		if p.Left, err = s.Store.Credentials.CountRecoveryCodes(v.r.Context(), a.ID); err != nil {
			return answer{}, err
		}
		return answer{view: page.NewFactor(v.l, v.frame, p).View(), status: status}, nil
	}
	secret := s.recall(v, factorKey)
	if secret == "" {
		made, err := signin.NewFactor(a.Mail)
		if err != nil {
			return answer{}, err
		}
		secret = made.Secret
		s.remember(v, factorKey, secret)
	}
	p.Secret, p.Address = secret, signin.FactorOf(secret, a.Mail).Address
	return answer{view: page.NewFactor(v.l, v.frame, p).View(), status: status}, nil
}

// changeFactor turns the second factor on or off, or makes new recovery codes.
// Each needs a code of the factor.
func (s *Server) changeFactor(v *visit) (answer, error) {
	a, err := s.Store.Accounts.Find(v.r.Context(), v.viewer().ID)
	if err != nil {
		return answer{}, err
	}
	code := v.r.PostFormValue("code")
	if !a.TwoFactor {
		return s.beginFactor(v, code)
	}
	if err := s.checkCode(v, a.ID, code); err != nil {
		problems, status := codeProblem(v, err)
		if status == 0 {
			return answer{}, err
		}
		return s.factorPage(v, problems, status)
	}
	if v.r.PostFormValue("act") == "off" {
		if err := s.Store.Credentials.RemoveSecondFactor(v.r.Context(), s.self(v)); err != nil {
			return answer{}, err
		}
		s.notify(v, "factor.is_off")
		return answer{goTo: link.Account(v.l.Tag(), "")}, nil
	}
	codes, hashes := signin.NewRecovery()
	if err := s.Store.Credentials.RenewRecoveryCodes(v.r.Context(), s.self(v), hashes); err != nil {
		return answer{}, err
	}
	return answer{view: page.NewCodes(v.l, v.frame, codes).View()}, nil
}

// beginFactor asks for the second factor from now on, once the app has shown a
// right code.
func (s *Server) beginFactor(v *visit, code string) (answer, error) {
	secret := s.recall(v, factorKey)
	step, ok := signin.Step(secret, code, s.Now())
	if secret == "" || !ok {
		problems, status := codeProblem(v, errCode)
		return s.factorPage(v, problems, status)
	}
	codes, hashes := signin.NewRecovery()
	if err := s.Store.Credentials.SetSecondFactor(v.r.Context(), s.self(v), store.SecondFactor{Secret: secret, Step: step, Codes: hashes}); err != nil {
		return answer{}, err
	}
	s.forget(v, factorKey)
	return answer{view: page.NewCodes(v.l, v.frame, codes).View()}, nil
}
