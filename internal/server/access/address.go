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
	"exempla/internal/store"
	"exempla/web/component"
	page "exempla/web/page/access"
)

// freshTime is how long ago people without a password or a second factor may have
// signed in to change their address: enough to find the page, too little for an
// unwatched computer.
const freshTime = 10 * time.Minute

// AskForAddress is the page on which another mail address is asked for.
func (h *AccountHandlers) AskForAddress(r *respond.Request) (respond.Response, error) {
	a, err := h.Accounts.Find(r.Context(), r.Viewer().ID)
	if err != nil {
		return respond.Response{}, err
	}
	return h.addressPage(r, page.AddressInput{Account: a}, 0)
}

func (h *AccountHandlers) addressPage(r *respond.Request, in page.AddressInput, status int) (respond.Response, error) {
	change, err := h.Credentials.AddressChange(r.Context(), in.Account.ID, h.Now())
	if err == nil {
		in.Waits = &page.AddressChange{Mail: change.Mail, Until: change.Until, Old: change.Old, New: change.New}
	} else if !errors.Is(err, store.ErrNotFound) {
		return respond.Response{}, err
	}
	return respond.Response{Page: page.NewAddress(r.Locale, r.Frame, in).View(), Status: status}, nil
}

// AskAddress sends links to both addresses, or stops the change that waits. The answer
// does not tell whether somebody else has the address.
func (h *AccountHandlers) AskAddress(r *respond.Request) (respond.Response, error) {
	path := link.Account(r.Tag(), link.AddressPart)
	if r.PostFormValue("act") == "stop" {
		if err := h.Credentials.StopAddress(r.Context(), h.owner(r)); err != nil {
			return respond.Response{}, err
		}
		return r.Done("account.address.stopped", path)
	}
	a, err := h.Accounts.Find(r.Context(), r.Viewer().ID)
	if err != nil {
		return respond.Response{}, err
	}
	in := page.AddressInput{Account: a, Mail: strings.TrimSpace(r.PostFormValue("mail"))}
	mail, ok := account.ParseMail(in.Mail)
	switch {
	case !ok:
		in.Problems.Add(r.Locale, "mail", "form.mail_wrong")
	case strings.EqualFold(mail, a.Mail):
		in.Problems.Add(r.Locale, "mail", "account.address.same")
	default:
		err = h.prove(r, a, &in.Problems)
	}
	if err == nil && len(in.Problems) == 0 {
		err = r.CountTry(respond.ResetLimit, "account "+strconv.FormatInt(int64(a.ID), 10))
	}
	var often respond.TooOften
	switch {
	case errors.As(err, &often):
		in.Problems = tooOften(r, err)
		return h.addressPage(r, in, http.StatusTooManyRequests)
	case err != nil:
		return respond.Response{}, err
	case len(in.Problems) > 0:
		return h.addressPage(r, in, http.StatusUnprocessableEntity)
	}
	if err := h.Credentials.AskAddress(r.Context(), h.owner(r), mail); err != nil {
		return respond.Response{}, err
	}
	return r.Done("account.address.asked", path)
}

// prove adds a problem unless the form proves that it is the owner of the account who
// sends it: by the password, where there is none by a code of the second factor, and
// where there is none either by having signed in just now. Errors: TooOften, ErrAway.
func (h *AccountHandlers) prove(r *respond.Request, a account.Account, problems *component.Problems) error {
	switch {
	case a.Password:
		return h.checkCurrent(r, a, problems)
	case a.TwoFactor:
		err := h.checkCode(r, a.ID, r.PostFormValue("code"))
		if errors.Is(err, errCode) {
			*problems, _ = codeProblem(r, err)
			return nil
		}
		return err
	}
	fresh, err := h.Sessions.Fresh(r.Context(), r.Token, freshTime)
	if err == nil && !fresh {
		problems.Add(r.Locale, "", "account.address.stale")
	}
	return err
}

// addressLink finds the link of the address. Errors: those of
// store.Credentials.AddressLink, TooOften.
func (h *Handlers) addressLink(r *respond.Request) (store.AddressLink, error) {
	if err := r.CountTry(respond.ClientLimit, r.Client()); err != nil {
		return store.AddressLink{}, err
	}
	return h.Credentials.AddressLink(r.Context(), r.Param("secret"), h.Now())
}

// ShowAddress is the page on which the holder of a link confirms a change of mail
// address. Opening it confirms nothing: programs that scan mails open links, too.
func (h *Handlers) ShowAddress(r *respond.Request) (respond.Response, error) {
	l, err := h.addressLink(r)
	if err != nil {
		return linkFailed(r, store.ToNewAddress, err)
	}
	return confirmPage(r, page.ConfirmAddressInput{Mail: l.Change.Mail, Old: l.Old}, http.StatusOK), nil
}

// confirmPage always has a status, which keeps it out of caches: it names a mail
// address.
func confirmPage(r *respond.Request, in page.ConfirmAddressInput, status int) respond.Response {
	in.Secret = r.Param("secret")
	return respond.Response{Page: page.NewConfirmAddress(r.Locale, r.Frame, in).View(), Status: status}
}

// ConfirmAddress confirms a change of mail address, or stops it.
func (h *Handlers) ConfirmAddress(r *respond.Request) (respond.Response, error) {
	l, err := h.addressLink(r)
	if err != nil {
		return linkFailed(r, store.ToNewAddress, err)
	}
	in := page.ConfirmAddressInput{Mail: l.Change.Mail, Old: l.Old}
	if r.PostFormValue("act") == "stop" {
		if err := h.Credentials.RefuseAddress(r.Context(), r.Param("secret"), h.Now()); err != nil {
			return linkFailed(r, store.ToOldAddress, err)
		}
		in.Result = page.AddressStopped
		return confirmPage(r, in, http.StatusOK), nil
	}
	owner := store.Owner{Account: r.Viewer().ID, Token: r.Token, At: h.Now()}
	_, made, err := h.Credentials.ConfirmAddress(r.Context(), r.Param("secret"), owner)
	switch {
	case errors.Is(err, store.ErrTaken):
		in.Result = page.AddressTaken
		return confirmPage(r, in, http.StatusConflict), nil
	case err != nil:
		return linkFailed(r, store.ToNewAddress, err)
	case made:
		in.Result = page.AddressDone
	default:
		in.Result = page.AddressHalf
	}
	return confirmPage(r, in, http.StatusOK), nil
}
