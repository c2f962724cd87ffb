package server

import (
	"net/http"

	"exempla/web/page"
)

// showOutbox shows the mails that a site would have sent which is only tried
// out. On any other site there is no such page.
func (s *Server) showOutbox(v *visit) (answer, error) {
	if s.Outbox == nil {
		return answer{}, errNoSuchPage
	}
	var mails []page.Letter
	for _, m := range s.Outbox.Mails() {
		mails = append(mails, page.Letter{To: m.To, Subject: m.Subject, Text: m.Text, HTML: m.HTML, Link: m.Link, Tag: m.Tag})
	}
	// The status keeps it out of caches: what the outbox holds depends on no snapshot.
	return answer{view: page.NewOutbox(v.l, v.frame, mails).View(), status: http.StatusOK}, nil
}
