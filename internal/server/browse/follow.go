package browse

import (
	"cmp"
	"errors"
	"net/http"
	"slices"
	"strings"
	"time"

	"exempla/internal/account"
	"exempla/internal/catalogue"
	"exempla/internal/link"
	"exempla/internal/server/respond"
	"exempla/internal/store"
	"exempla/web/component"
	page "exempla/web/page/browse"
	"exempla/web/page/lists"
)

// FollowHandlers are the handlers of the pages on which readers follow a selection by
// mail.
type FollowHandlers struct {
	*Handlers
	Subscriptions *store.Subscriptions
	MailWaits     bool // no mail server is configured
}

// followTime is how long the answer to a request for mails always takes, so that the
// time does not tell whether the address follows the selection already. Queueing a mail
// takes a few milliseconds.
const followTime = 250 * time.Millisecond

// followed is the selection of the address, alone.
func followed(r *respond.Request) catalogue.Selection {
	return catalogue.ParseAddress(r.URL.RawQuery).WithoutStrays().Sought()
}

// AskToFollow is the page on which a reader asks for mails about a selection.
func (h *FollowHandlers) AskToFollow(r *respond.Request) (respond.Response, error) {
	selection := followed(r)
	if selection.Query() != r.URL.RawQuery {
		return respond.Redirect(link.Follow(r.Tag(), selection)), nil
	}
	response, err := h.followPage(r, lists.FollowInput{Selection: selection, Rhythm: string(store.Weekly)})
	response.Cacheable, response.Rare = response.Status == 0, true
	return response, err
}

func (h *FollowHandlers) followPage(r *respond.Request, in lists.FollowInput) (respond.Response, error) {
	hits, err := h.search(r, in.Selection.Words)
	if err != nil {
		return h.unsearched(r, in.Selection, err)
	}
	in.Count, in.Cities, in.Away = r.Index.Count(in.Selection, hits), r.Index.Cities(in.Selection.Chosen(catalogue.City)), h.MailWaits
	return respond.Response{Page: lists.NewFollow(r.Locale, r.Frame, in).View(), Status: respond.StatusWith(in.Problems)}, nil
}

// Follow sends a link to confirm. The answer does not tell whether the address follows
// the selection already.
func (h *FollowHandlers) Follow(r *respond.Request) (respond.Response, error) {
	timer := time.NewTimer(followTime)
	defer timer.Stop()
	in := lists.FollowInput{Selection: followed(r), Mail: strings.TrimSpace(r.PostFormValue("mail")), Rhythm: r.PostFormValue(lists.RhythmField)}
	if !slices.Contains(lists.Rhythms, in.Rhythm) {
		in.Rhythm = string(store.Weekly)
	}
	mail, ok := account.ParseMail(in.Mail)
	if !ok || h.MailWaits {
		in.Problems.Add(r.Locale, "mail", "form.mail_wrong")
		return h.followPage(r, in)
	}
	err := cmp.Or(r.CountTry(respond.FollowLimit, r.Client()), r.CountTry(respond.FollowLimit, "mail "+strings.ToLower(mail)))
	if often := (respond.TooOften{}); errors.As(err, &often) {
		in.Problems = component.Problems{{Text: r.Locale.N("signin.too_often", int(often.Wait.Minutes()))}}
		response, err := h.followPage(r, in)
		response.Status = http.StatusTooManyRequests
		return response, err
	}
	err = h.Subscriptions.Ask(r.Context(), store.Subscription{Mail: mail, Language: r.Tag(), Selection: in.Selection.Query(),
		Rhythm: store.Rhythm(in.Rhythm)}, h.Now())
	if err != nil {
		return respond.Response{}, err
	}
	respond.WaitFor(r.Context(), timer)
	in.Sent = true
	response, err := h.followPage(r, in)
	response.Status = http.StatusOK
	return response, err
}

// ShowFollowing is the page of a link from a mail. Opening it does nothing. Links are
// not counted by address: a mail provider opens those of all its customers.
func (h *FollowHandlers) ShowFollowing(r *respond.Request) (respond.Response, error) {
	found, err := h.Subscriptions.Find(r.Context(), r.Param("secret"), h.Now())
	return h.followingPage(r, found, "", err)
}

// ToFollowing leads from the address for mail programs to the page.
func (h *FollowHandlers) ToFollowing(r *respond.Request) (respond.Response, error) {
	return respond.Redirect(link.Following(r.Tag(), r.Param("secret"))), nil
}

// followingPage always has a status, which keeps it out of caches: it names a mail
// address. It has its own words for a link that does not work.
func (h *FollowHandlers) followingPage(r *respond.Request, s store.Subscription, result string, err error) (respond.Response, error) {
	if errors.Is(err, store.ErrNotFound) {
		return respond.Response{Page: lists.NewFollowing(r.Locale, r.Frame, lists.FollowingInput{}).View(), Status: http.StatusNotFound}, nil
	}
	if err != nil {
		return respond.Response{}, err
	}
	selection := catalogue.ParseAddress(s.Selection)
	in := lists.FollowingInput{Secret: r.Param("secret"), Selection: selection, Cities: page.Cities(r.Index.Cities(selection.Chosen(catalogue.City))),
		Mail: s.Mail, Rhythm: string(s.Rhythm), Confirmed: s.Confirmed, Others: s.Others, Result: result}
	return respond.Response{Page: lists.NewFollowing(r.Locale, r.Frame, in).View(), Status: http.StatusOK}, nil
}

// ChangeFollowing confirms mails about a selection, changes how often they come, or
// stops them.
func (h *FollowHandlers) ChangeFollowing(r *respond.Request) (respond.Response, error) {
	ctx, secret, at := r.Context(), r.Param("secret"), h.Now()
	switch r.PostFormValue("act") {
	case "confirm":
		s, err := h.Subscriptions.Confirm(ctx, secret, at)
		if errors.Is(err, store.ErrMostFollowed) {
			if s, err = h.Subscriptions.Find(ctx, secret, at); err == nil {
				response, err := h.followingPage(r, s, lists.Full, nil)
				response.Status = http.StatusConflict
				return response, err
			}
		}
		s.Confirmed = true
		return h.followingPage(r, s, lists.Confirmed, err)
	case "pace":
		rhythm := r.PostFormValue(lists.RhythmField)
		if !slices.Contains(lists.Rhythms, rhythm) {
			return respond.Redirect(link.Following(r.Tag(), secret)), nil
		}
		s, err := h.Subscriptions.Pace(ctx, secret, store.Rhythm(rhythm), at)
		s.Rhythm = store.Rhythm(rhythm)
		return h.followingPage(r, s, lists.Paced, err)
	case "stop", "stop_all":
		all := r.PostFormValue("act") == "stop_all"
		s, err := h.Subscriptions.Stop(ctx, secret, all, at)
		result := lists.Stopped
		if all || s.Others == 0 {
			result = lists.StoppedAll
		}
		return h.followingPage(r, s, result, err)
	}
	return respond.Redirect(link.Following(r.Tag(), secret)), nil
}

// StopInOneClick stops mails about a selection for a mail program, as RFC 8058 has it.
// It comes without a cookie and maybe from another site: the secret in the address is the
// proof. Whoever asks again is told that it is done.
func (h *FollowHandlers) StopInOneClick(r *respond.Request) (respond.Response, error) {
	if r.PostFormValue("List-Unsubscribe") != "One-Click" {
		return h.ToFollowing(r)
	}
	s, err := h.Subscriptions.Stop(r.Context(), r.Param("secret"), false, h.Now())
	if errors.Is(err, store.ErrNotFound) {
		return respond.Response{Page: lists.NewFollowing(r.Locale, r.Frame, lists.FollowingInput{Result: lists.Stopped}).View(), Status: http.StatusOK}, nil
	}
	return h.followingPage(r, s, lists.Stopped, err)
}
