package server

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"time"

	"github.com/go-chi/chi/v5"

	"exempla/internal/account"
	"exempla/internal/link"
	"exempla/internal/signin"
	"exempla/internal/store"
	"exempla/web/component"
	"exempla/web/page"
)

// opened is the link of the address. A link that does not work any more has a
// page that says so; over is its answer, and nil for a good link.
func (s *Server) opened(v *visit, p store.Purpose) (l store.Link, over *answer, err error) {
	if err := v.counted(s.limits.client, v.client()); err != nil {
		return l, nil, err
	}
	l, err = s.Store.Accounts.Link(v.r.Context(), chi.URLParam(v.r, "secret"), p, s.Now())
	over, err = linkOver(v, p, err)
	return l, over, err
}

// linkOver is the answer to a link that is over.
func linkOver(v *visit, p store.Purpose, err error) (*answer, error) {
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
	return &answer{view: page.NewLinkOver(v.l, v.frame, why, p == store.ToReset).View(), status: status}, nil
}

// showInvitation shows what somebody is invited to. Looking uses nothing up:
// programs that read mails open links, too.
func (s *Server) showInvitation(v *visit) (answer, error) {
	l, over, err := s.opened(v, store.ToJoin)
	if err != nil || over != nil {
		return given(over), err
	}
	return s.joinPage(v, page.Join{Account: l.Account}, http.StatusOK), nil
}

// given is the answer behind a pointer.
func given(a *answer) answer {
	if a == nil {
		return answer{}
	}
	return *a
}

// joinPage is private whatever the viewer: it names a mail address.
func (s *Server) joinPage(v *visit, p page.Join, status int) answer {
	p.Secret, p.Usable = chi.URLParam(v.r, "secret"), s.passkeys != nil
	return answer{view: page.NewJoin(v.l, v.frame, p).View(), status: status}
}

// askToJoin asks for a passkey of somebody who joins.
func (s *Server) askToJoin(v *visit) (answer, error) {
	l, over, err := s.opened(v, store.ToJoin)
	if err == nil && over != nil {
		err = errNoSuchPage
	}
	if err != nil {
		return answer{}, err
	}
	return s.askToCreate(v, l.Account)
}

// join accepts an invitation with a password or a passkey, and signs in.
func (s *Server) join(v *visit) (answer, error) {
	l, over, err := s.opened(v, store.ToJoin)
	if err != nil || over != nil {
		return given(over), err
	}
	a := store.Acceptance{Secret: chi.URLParam(v.r, "secret"), Locale: mailLocale(v), At: s.Now()}
	p := page.Join{Account: l.Account, Name: v.r.PostFormValue("name")}
	var named bool
	if a.Name, named = account.ParseName(p.Name); !named {
		p.Problems.Add(v.l, "name", "join.no_name")
	}
	if err := s.choose(v, &a, &p); err != nil {
		return answer{}, err
	}
	if len(p.Problems) > 0 {
		return s.joinPage(v, p, http.StatusUnprocessableEntity), nil
	}
	joined, err := s.Store.Accounts.Accept(v.r.Context(), a)
	if err != nil {
		over, err := linkOver(v, store.ToJoin, err)
		return given(over), err
	}
	if err := s.enter(v, joined.Account.ID); err != nil {
		return answer{}, err
	}
	if joined.Submission != 0 {
		return answer{goTo: link.Submission(v.l.Tag(), joined.Submission)}, nil
	}
	return s.onward(v, "", page.Carried{}), nil
}

// choose reads with what somebody wants to sign in from now on.
func (s *Server) choose(v *visit, a *store.Acceptance, p *page.Join) error {
	if v.r.PostFormValue("passkey") != "" {
		made, err := s.created(v, p.Account)
		if errors.Is(err, signin.ErrPasskey) {
			p.Problems.Add(v.l, "", "passkey.failed")
			return nil
		}
		a.Passkey = &made
		return err
	}
	s.weak(v, &p.Problems, p.Account.Mail)
	if len(p.Problems) > 0 {
		return nil
	}
	hash, err := signin.Hash(v.r.Context(), v.r.PostFormValue("password"))
	a.Password = hash
	return err
}

// askReset is the page where somebody asks for a new password.
func (s *Server) askReset(v *visit) (answer, error) {
	return answer{view: page.NewAskReset(v.l, v.frame, page.AskReset{}).View()}, nil
}

// resetTime is how long the answer to a reset takes in any case, so that the
// time does not tell whether there is such an account. Writing the mail down
// takes a few milliseconds.
const resetTime = 250 * time.Millisecond

// sendReset queues a mail with a link to a new password. The answer is the same
// whether there is an account or not.
func (s *Server) sendReset(v *visit) (answer, error) {
	enough := time.NewTimer(resetTime)
	defer enough.Stop()
	p := page.AskReset{Mail: strings.TrimSpace(v.r.PostFormValue("mail"))}
	mail, ok := account.ParseMail(p.Mail)
	if !ok {
		p.Problems.Add(v.l, "mail", "reset.no_mail")
		return answer{view: page.NewAskReset(v.l, v.frame, p).View(), status: http.StatusUnprocessableEntity}, nil
	}
	if err := v.counted(s.limits.reset, v.client()); err != nil {
		p.Problems = err.(tooOften).problem(v)
		return answer{view: page.NewAskReset(v.l, v.frame, p).View(), status: http.StatusTooManyRequests}, nil
	}
	err := s.Store.Credentials.RequestReset(v.r.Context(), mail, s.Now())
	wait(v.r.Context(), enough)
	p.Asked = true
	return answer{view: page.NewAskReset(v.l, v.frame, p).View()}, err
}

// wait waits for a timer, unless the reader has gone.
func wait(ctx context.Context, enough *time.Timer) {
	select {
	case <-enough.C:
	case <-ctx.Done():
	}
}

// showReset is where somebody with a link chooses a new password.
func (s *Server) showReset(v *visit) (answer, error) {
	l, over, err := s.opened(v, store.ToReset)
	if err != nil || over != nil {
		return given(over), err
	}
	return s.resetPage(v, l, nil, http.StatusOK), nil
}

func (s *Server) resetPage(v *visit, l store.Link, problems component.Problems, status int) answer {
	p := page.Reset{Secret: chi.URLParam(v.r, "secret"), Mail: l.Account.Mail, Problems: problems}
	return answer{view: page.NewReset(v.l, v.frame, p).View(), status: status}
}

// reset sets the new password. It signs nobody in: a second factor may be due.
func (s *Server) reset(v *visit) (answer, error) {
	l, over, err := s.opened(v, store.ToReset)
	if err != nil || over != nil {
		return given(over), err
	}
	var problems component.Problems
	if s.weak(v, &problems, l.Account.Mail); len(problems) > 0 {
		return s.resetPage(v, l, problems, http.StatusUnprocessableEntity), nil
	}
	hash, err := signin.Hash(v.r.Context(), v.r.PostFormValue("password"))
	if err == nil {
		err = s.Store.Credentials.ResetPassword(v.r.Context(), chi.URLParam(v.r, "secret"), hash, s.Now())
	}
	if err != nil {
		over, err := linkOver(v, store.ToReset, err)
		return given(over), err
	}
	return answer{view: page.NewReset(v.l, v.frame, page.Reset{Done: true}).View(), status: http.StatusOK}, nil
}
