package job_test

import (
	"strings"
	"testing"

	"exempla/internal/account"
	"exempla/internal/enquiry"
	"exempla/internal/store"
	"exempla/internal/submission"
	"exempla/internal/testdb"
)

// Who asked learns that their question was closed, and not why.
func TestMailOfAClosedQuestion(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	s := o.take(o.take(o.begin("Café <b>"), submission.Submit, ana), submission.Approve, kim)
	err := o.Enquiries.Send(t.Context(), store.NewEnquiry{Mail: "reader@private.example", Key: "once", Enquiry: enquiry.Enquiry{Kind: enquiry.Question,
		Practice: s.Practice, Language: "fr", Words: "Combien ?", Written: monday}})
	if err == nil {
		_, err = o.Enquiries.Advance(t.Context(), 1, 1, enquiry.Step{Action: enquiry.Close, By: kim, At: monday, Text: "Silly", Language: "en"})
	}
	if err != nil {
		t.Fatal(err)
	}
	stop := o.work()
	o.mails()
	stop()
	told := o.with("closed.")
	if told.to != "reader@private.example" || strings.Contains(told.text, "city.example") || strings.Contains(told.text, "Silly") || strings.Contains(told.text, "/account") {
		t.Errorf("to %s:\n%s", told.to, told.text)
	}
	o.inOrder(told.text, "Bonjour,", "Café <b>", "sans réponse", "https://exempla.example/fr/practices/"+s.Slug, "14 jours après ce courriel")
}

// A question reaches the officer of the city without the reader's address, and the answer
// reaches the reader without the officer's, each in their own language.
func TestMailsOfAQuestion(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	s := o.take(o.take(o.begin("Café <b>"), submission.Submit, ana), submission.Approve, kim)
	testdb.Exec(t, o.Store, `insert into account_city select $1, city from practice_city on conflict do nothing`, int64(ana.ID))
	err := o.Enquiries.Send(t.Context(), store.NewEnquiry{Mail: "reader@private.example", Key: "once", Enquiry: enquiry.Enquiry{Kind: enquiry.Question,
		Practice: s.Practice, Language: "fr", Words: "Combien ?", Written: monday}})
	if err != nil {
		t.Fatal(err)
	}
	stop := o.work()
	o.mails()
	asked := o.with("question.")
	if asked.to != "ar@city.example" || strings.Contains(asked.text, "private.example") || !strings.Contains(asked.subject(), "Café <b>") {
		t.Errorf("to %s: %s\n%s", asked.to, asked.subject(), asked.text)
	}
	o.inOrder(asked.text, "> Combien ?", "https://exempla.example/ar/enquiries/1")
	v := ana
	v.Cities = []account.City{account.NewCity("GR", "Ioannina")}
	found, err := o.Enquiries.Find(t.Context(), 1)
	if err == nil {
		v.Cities = found.Cities
		_, err = o.Enquiries.Advance(t.Context(), 1, 1, enquiry.Step{Action: enquiry.Reply, By: v, At: monday, Text: "Twenty", Language: "en"})
	}
	if err != nil {
		t.Fatal(err)
	}
	o.mails()
	stop()
	answer := o.with("reply.")
	if answer.to != "reader@private.example" || strings.Contains(answer.text, "city.example") || strings.Contains(answer.text, "Ana") || strings.Contains(answer.text, "/account") {
		t.Errorf("to %s:\n%s", answer.to, answer.text)
	}
	o.inOrder(answer.text, "Bonjour,", "Café <b>", "En anglais", "> Twenty", "https://exempla.example/fr/practices/"+s.Slug, "14 jours après ce courriel")
	if strings.Contains(o.log.String(), "private.example") {
		t.Error("the log has the address")
	}
}
