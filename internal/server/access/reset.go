package access

import (
	"context"
	"net/http"
	"strings"
	"time"

	"exempla/internal/account"
	"exempla/internal/server/respond"
	"exempla/internal/signin"
	"exempla/internal/store"
	"exempla/web/component"
	page "exempla/web/page/access"
)

// AskReset is the page where somebody asks for a new password.
func (h *Handlers) AskReset(r *respond.Request) (respond.Response, error) {
	return respond.Response{Page: page.NewResetRequest(r.Locale, r.Frame, page.ResetRequestInput{}).View()}, nil
}

// resetTime is how long the answer to a reset takes in any case, so that the
// time does not tell whether there is such an account. Writing the mail down
// takes a few milliseconds.
const resetTime = 250 * time.Millisecond

// SendReset queues a mail with a link to a new password. The answer is the same
// whether there is an account or not.
func (h *Handlers) SendReset(r *respond.Request) (respond.Response, error) {
	enough := time.NewTimer(resetTime)
	defer enough.Stop()
	p := page.ResetRequestInput{Mail: strings.TrimSpace(r.PostFormValue("mail"))}
	mail, ok := account.ParseMail(p.Mail)
	if !ok {
		p.Problems.Add(r.Locale, "mail", "reset.no_mail")
		return respond.Response{Page: page.NewResetRequest(r.Locale, r.Frame, p).View(), Status: http.StatusUnprocessableEntity}, nil
	}
	if err := r.Counted(h.Limits.Reset, r.Client()); err != nil {
		p.Problems = tooOften(r, err)
		return respond.Response{Page: page.NewResetRequest(r.Locale, r.Frame, p).View(), Status: http.StatusTooManyRequests}, nil
	}
	err := h.Credentials.RequestReset(r.Context(), mail, h.Now())
	wait(r.Context(), enough)
	p.Sent = true
	return respond.Response{Page: page.NewResetRequest(r.Locale, r.Frame, p).View()}, err
}

// wait waits for a timer, unless the reader has gone.
func wait(ctx context.Context, enough *time.Timer) {
	select {
	case <-enough.C:
	case <-ctx.Done():
	}
}

// ShowReset is where somebody with a link chooses a new password.
func (h *Handlers) ShowReset(r *respond.Request) (respond.Response, error) {
	l, err := h.findLink(r, store.ToReset)
	if err != nil {
		return linkFailed(r, store.ToReset, err)
	}
	return h.resetPage(r, l, nil, http.StatusOK), nil
}

func (h *Handlers) resetPage(r *respond.Request, l store.Link, problems component.Problems, status int) respond.Response {
	p := page.ResetInput{Secret: r.Param("secret"), Mail: l.Account.Mail, Problems: problems}
	return respond.Response{Page: page.NewReset(r.Locale, r.Frame, p).View(), Status: status}
}

// Reset sets the new password. It signs nobody in: a second factor may be due.
func (h *Handlers) Reset(r *respond.Request) (respond.Response, error) {
	l, err := h.findLink(r, store.ToReset)
	if err != nil {
		return linkFailed(r, store.ToReset, err)
	}
	var problems component.Problems
	if h.weak(r, &problems, l.Account.Mail); len(problems) > 0 {
		return h.resetPage(r, l, problems, http.StatusUnprocessableEntity), nil
	}
	hash, err := signin.Hash(r.Context(), r.PostFormValue("password"))
	if err == nil {
		err = h.Credentials.ResetPassword(r.Context(), r.Param("secret"), hash, h.Now())
	}
	if err != nil {
		return linkFailed(r, store.ToReset, err)
	}
	return respond.Response{Page: page.NewReset(r.Locale, r.Frame, page.ResetInput{Done: true}).View(), Status: http.StatusOK}, nil
}
