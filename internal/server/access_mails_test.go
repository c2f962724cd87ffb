package server_test

import (
	"net/http"
	"testing"

	"exempla/internal/account"
	"exempla/internal/store"
)

// People choose how they get each kind of mail of theirs; nobody chooses about others.
func TestMailsAreChosen(t *testing.T) {
	t.Parallel()
	s := openPeople(t)
	const path = "/en/account/mails"
	s.stranger().get(path).leads(http.StatusSeeOther, "/en/sign-in?back=%2Fen%2Faccount%2Fmails")
	kim, ana := s.as(account.Editor), s.as(account.Officer, "GR Ioannina")
	kim.visit("/en/account").says("main", "Choose your emails")
	p := kim.visit(path)
	p.says("main", "always come at once", "A submission has come", "A decision is due soon")
	same(t, "an editor's kinds", attrs(all(p.doc, "main select"), "name"), []string{"submitted", "assigned", "answered", "decided", "approved_first", "withdrawn", "reminder", "enquiry"})
	same(t, "deliveries", texts(all(p.doc, "#submitted option[selected]")), []string{"At once"})
	p = kim.post(path, "submitted", "digest", "assigned", "never heard of", "withdrawn", "none", "password_changed", "none", "approved", "none")
	p.leads(http.StatusSeeOther, path)
	p = kim.follow(p)
	p.says("#notice", "Saved")
	same(t, "deliveries", texts(all(p.doc, "main option[selected]")),
		[]string{"In the daily digest", "At once", "At once", "At once", "At once", "Not at all", "At once", "At once"})
	choices, err := s.Store.Accounts.MailChoices(t.Context(), kim.id)
	if err != nil || len(choices) != 8 || choices[0] != (store.MailChoice{Mail: store.MailSubmitted, Delivery: account.InDigest}) {
		t.Errorf("choices: %+v, %v", choices, err)
	}
	p = ana.visit(path)
	same(t, "an officer's deliveries", texts(all(p.doc, "#received option[selected]")), []string{"At once"})
	if all(p.doc, "#submitted") != nil || all(p.doc, "#password_changed") != nil || all(p.doc, "#role_changed") != nil {
		t.Error("an officer chooses about mails that are not theirs, or about safety")
	}
	kim.follow(kim.post(path, "submitted", "at_once")).says("#submitted option[selected]", "At once")
	root := s.as(account.Administrator).visit(path)
	root.says("main", "always come at once")
	root.lacks("main form")
}
