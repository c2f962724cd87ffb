package access

import (
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

// AskReset is the page on which a new password is requested.
func (h *Handlers) AskReset(r *respond.Request) (respond.Response, error) {
	return respond.Show(page.NewResetRequest(r.Locale, r.Frame, page.ResetRequestInput{}).View()), nil
}

// resetTime is how long the answer to a reset always takes, so that the time does
// not tell whether there is such an account. Queueing the mail takes a few
// milliseconds.
const resetTime = 250 * time.Millisecond

// SendReset queues a mail with a link to a new password. The answer does not tell
// whether there is such an account.
func (h *Handlers) SendReset(r *respond.Request) (respond.Response, error) {
	timer := time.NewTimer(resetTime)
	defer timer.Stop()
	in := page.ResetRequestInput{Mail: strings.TrimSpace(r.PostFormValue("mail"))}
	mail, ok := account.ParseMail(in.Mail)
	if !ok {
		in.Problems.Add(r.Locale, "mail", "form.mail_wrong")
		return respond.Invalid(page.NewResetRequest(r.Locale, r.Frame, in).View()), nil
	}
	if err := r.CountTry(respond.ResetLimit, r.Client()); err != nil {
		in.Problems = tooOften(r, err)
		return respond.Response{Page: page.NewResetRequest(r.Locale, r.Frame, in).View(), Status: http.StatusTooManyRequests}, nil
	}
	err := h.Credentials.RequestReset(r.Context(), mail, h.Now())
	respond.WaitFor(r.Context(), timer)
	in.Sent = true
	return respond.Show(page.NewResetRequest(r.Locale, r.Frame, in).View()), err
}

// ShowReset is the page on which the holder of a link chooses a new password.
func (h *Handlers) ShowReset(r *respond.Request) (respond.Response, error) {
	l, err := h.findLink(r, store.ToReset)
	if err != nil {
		return linkFailed(r, store.ToReset, err)
	}
	return h.resetPage(r, l, nil, http.StatusOK), nil
}

func (h *Handlers) resetPage(r *respond.Request, l store.Link, problems component.Problems, status int) respond.Response {
	in := page.ResetInput{Secret: r.Param("secret"), Mail: l.Account.Mail, Problems: problems}
	return respond.Response{Page: page.NewReset(r.Locale, r.Frame, in).View(), Status: status}
}

// Reset sets the new password. It does not sign in, because the account may have a
// second factor.
func (h *Handlers) Reset(r *respond.Request) (respond.Response, error) {
	l, err := h.findLink(r, store.ToReset)
	if err != nil {
		return linkFailed(r, store.ToReset, err)
	}
	var problems component.Problems
	if h.checkPassword(r, &problems, l.Account.Mail); len(problems) > 0 {
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
