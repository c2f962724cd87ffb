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

// sentDays is for how many days sent mails are counted; the queue remembers them no
// longer.
const sentDays = 7

// ListMails is the page of the mail queue.
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
	in := page.MailQueueInput{Sent: q.Sent, Days: sentDays, Waits: h.MailWaits, Shown: h.Outbox != nil, More: q.More, Groups: []page.MailGroup{
		{Name: "given_up", List: unsentMails(q.GivenUp, people)},
		{Name: "retrying", List: unsentMails(q.Retrying, people)},
		{Name: "waiting", List: unsentMails(q.Waiting, people)},
	}}
	for i := range in.Groups[0].List {
		in.Groups[0].List[i].Next = time.Time{}
	}
	for i := range in.Groups[2].List {
		in.Groups[2].List[i].Next = time.Time{} // they go at once, or when there is a server
	}
	return respond.Show(page.NewMailQueue(r.Locale, r.Frame, in).View()), nil
}

func unsentMails(list []store.WaitingMail, people map[account.ID]account.Account) []page.UnsentMail {
	var all []page.UnsentMail
	for _, w := range list {
		m := page.UnsentMail{ID: w.ID, Kind: string(w.Job.Mail), To: people[w.Job.To], Reader: w.Job.To == 0, Queued: w.Queued, Next: w.Next, Tries: w.Tries}
		m.Class, m.Code, _ = strings.Cut(w.Why, " ")
		if m.Class != "" && !slices.Contains(mail.Classes, mail.Class(m.Class)) {
			m.Class = "other"
			m.Code = "" // an unknown text could hold anything
		}
		all = append(all, m)
	}
	return all
}

// RetryMail makes the queue try a mail at once. It does nothing for a mail that has
// been sent meanwhile.
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
