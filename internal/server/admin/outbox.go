package admin

import (
	"net/http"

	"exempla/internal/server/respond"
	page "exempla/web/page/admin"
)

// ShowOutbox shows the mails that a site would have sent which is only tried
// out. On any other site there is no such page.
func (h *Handlers) ShowOutbox(r *respond.Request) (respond.Response, error) {
	if h.Outbox == nil {
		return respond.Response{}, respond.ErrNoSuchPage
	}
	var mails []page.OutboxMail
	for _, m := range h.Outbox.Mails() {
		mails = append(mails, page.OutboxMail{To: m.To, Subject: m.Subject, Text: m.Text, HTML: m.HTML, Link: m.Link, Tag: m.Tag})
	}
	// The status keeps it out of caches: what the outbox holds depends on no snapshot.
	return respond.Response{Page: page.NewOutbox(r.Locale, r.Frame, mails).View(), Status: http.StatusOK}, nil
}
