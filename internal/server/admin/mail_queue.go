package admin

import (
	"slices"
	"strings"
	"time"

	"exempla/internal/account"
	"exempla/internal/link"
	"exempla/internal/mail"
	"exempla/internal/server/respond"
	"exempla/internal/store"
	page "exempla/web/page/admin"
)

// sentDays are those of which the sent mails are counted, as long as the queue
// remembers them.
const sentDays = 7

// ListMails is what has become of the mails.
func (h *Handlers) ListMails(r *respond.Request) (respond.Response, error) {
	ctx := r.Context()
	q, err := h.Queue.State(ctx, h.Now().AddDate(0, 0, -sentDays))
	if err != nil {
		return respond.Response{}, err
	}
	var ids []account.ID
	for _, m := range slices.Concat(q.GivenUp, q.Retrying, q.Waiting) {
		ids = append(ids, m.Job.To)
	}
	people, err := h.Accounts.ByIDs(ctx, ids)
	if err != nil {
		return respond.Response{}, err
	}
	p := page.MailQueueInput{Sent: q.Sent, Days: sentDays, Waits: h.MailWaits, Shown: h.Outbox != nil, More: q.More, Groups: []page.MailGroup{
		{Name: "given_up", List: unsent(q.GivenUp, people)},
		{Name: "retrying", List: unsent(q.Retrying, people)},
		{Name: "waiting", List: unsent(q.Waiting, people)},
	}}
	for i := range p.Groups[0].List {
		p.Groups[0].List[i].Next = time.Time{}
	}
	for i := range p.Groups[2].List {
		p.Groups[2].List[i].Next = time.Time{} // at once, or when there is a server
	}
	return respond.Response{Page: page.NewMailQueue(r.Locale, r.Frame, p).View()}, nil
}

func unsent(list []store.WaitingMail, people map[account.ID]account.Account) []page.UnsentMail {
	var all []page.UnsentMail
	for _, w := range list {
		m := page.UnsentMail{ID: w.ID, Kind: string(w.Job.Mail), To: people[w.Job.To], Queued: w.Queued, Next: w.Next, Tries: w.Tries}
		m.Class, m.Code, _ = strings.Cut(w.Why, " ")
		if m.Class != "" && !slices.Contains(mail.Classes, mail.Class(m.Class)) {
			m.Class, m.Code = "other", "" // whatever it says may hold anything
		}
		all = append(all, m)
	}
	return all
}

// RetryMail has a mail tried at once. One that has gone meanwhile needs none.
func (h *Handlers) RetryMail(r *respond.Request) (respond.Response, error) {
	number, ok := r.Number("id")
	if !ok {
		return respond.Response{}, respond.ErrNoSuchPage
	}
	if err := h.Queue.Retry(r.Context(), number); err != nil {
		return respond.Response{}, err
	}
	return r.Done("people.done.retried", link.Mails(r.Tag()))
}
