package server

import (
	"slices"
	"strings"
	"time"

	"exempla/internal/account"
	"exempla/internal/link"
	"exempla/internal/mail"
	"exempla/internal/store"
	"exempla/web/page"
)

// sentDays are those of which the sent mails are counted, as long as the queue
// remembers them.
const sentDays = 7

// listMails is what has become of the mails.
func (s *Server) listMails(v *visit) (answer, error) {
	ctx := v.r.Context()
	q, err := s.Store.Queue.State(ctx, s.Now().AddDate(0, 0, -sentDays))
	if err != nil {
		return answer{}, err
	}
	var ids []account.ID
	for _, m := range slices.Concat(q.GivenUp, q.Retrying, q.Waiting) {
		ids = append(ids, m.Job.To)
	}
	people, err := s.Store.Accounts.ByIDs(ctx, ids)
	if err != nil {
		return answer{}, err
	}
	p := page.Mails{Sent: q.Sent, Days: sentDays, Waits: s.MailWaits, Shown: s.Outbox != nil, More: q.More, Groups: []page.MailGroup{
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
	return answer{view: page.NewMails(v.l, v.frame, p).View()}, nil
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

// retryMail has a mail tried at once. One that has gone meanwhile needs none.
func (s *Server) retryMail(v *visit) (answer, error) {
	number, ok := v.number("id")
	if !ok {
		return answer{}, errNoSuchPage
	}
	if err := s.Store.Queue.Retry(v.r.Context(), number); err != nil {
		return answer{}, err
	}
	return s.done(v, "people.done.retried", link.Mails(v.l.Tag()))
}
