package server_test

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"exempla/internal/account"
	"exempla/internal/enquiry"
	"exempla/internal/locale"
	"exempla/internal/practice"
	"exempla/internal/store"
	"exempla/internal/testdb"
)

const (
	reportForm = "/practices/" + ioannina + "/report"
	askForm    = "/practices/" + ioannina + "/ask"
	secretMail = "reader-of-ioannina@private.example"
)

// enquiries counts what is stored.
func (s *site) enquiries() int {
	s.Helper()
	n, err := s.Store.Enquiries.Count(s.Context(), store.EnquiryFilter{})
	if err != nil {
		s.Fatal(err)
	}
	return n
}

// A reader without an account reports a problem; the desk learns of it, answers, and the
// answer goes out, in the reader's language. Nobody sees the address.
func TestReportFromReaderToAnswer(t *testing.T) {
	t.Parallel()
	s := openOwn(t)
	kim, reader := s.as(account.Editor), s.stranger()
	form := reader.visit("/fr" + reportForm)
	form.one("meta[name=robots][content=noindex]")
	form.says("h1", "Signaler un problème")
	reader.visit("/fr/practices/" + ioannina).one("a[href=/fr" + reportForm + "]")
	p := reader.post("/fr"+reportForm, "cause", "dead_link", "words", " Le lien ne mène nulle part.\r\n\r\n\x00Voilà. ", "mail", secretMail)
	p.leads(http.StatusSeeOther, "/fr"+reportForm+"/sent")
	receipt := reader.follow(p)
	receipt.says("h1", "Votre signalement est envoyé")
	receipt.one("meta[name=robots][content=noindex]")
	if len(reader.cookies) != 0 {
		t.Errorf("a reader gets cookies: %v", reader.cookies)
	}
	reader.post("/fr"+reportForm, "cause", "dead_link", "words", " Le lien ne mène nulle part.\r\n\r\nVoilà. ", "mail", secretMail).leads(http.StatusSeeOther, "/fr"+reportForm+"/sent")
	if n := s.enquiries(); n != 1 {
		t.Fatalf("a report that is sent twice is stored %d times", n)
	}
	s.mailed(store.MailEnquiry, kim.id, 1)

	kim.visit("/en/desk").says("main a[href=/en/enquiries]", "1 open enquiry")
	list := kim.visit("/en/enquiries")
	list.says(".rows li", "Report: ", "Le lien ne mène nulle part.", "Open", "A link does not work")
	at := attr(list.one(".rows a"), "href")
	p = kim.visit(at)
	p.says(".say [lang=fr]", "Voilà.")
	p.one("main a[href=/en/practices/" + ioannina + "]")
	empty := kim.post(at, "act", "answer_enquiry", "version", "1", "answer", " \n", "language", "fr")
	empty.is(http.StatusUnprocessableEntity)
	empty.says("#problems", "Write an answer")
	p = kim.post(at, "act", "answer_enquiry", "version", "1", "answer", "Merci, c’est corrigé.", "language", "fr")
	p.leads(http.StatusSeeOther, at)
	p = kim.follow(p)
	p.says("#notice", "The answer has been saved")
	p.says("main", "Answered", "Merci, c’est corrigé.")
	p.lacks("main form") // reports are not published
	s.mailed(store.MailReply, 0, 1)
	letter, err := s.Store.Queue.Letter(t.Context(), s.sealed(store.MailReply))
	if err != nil || letter.To.Mail != secretMail || letter.To.Locale != "fr" || letter.Reason != "Merci, c’est corrigé." {
		t.Errorf("%v, %+v", err, letter)
	}
	log := s.as(account.Administrator).visit("/en/events?subject=enquiry")
	log.says("main", "A reader", "enquiry sent", "enquiry answered", "Urban response coordination")
	s.keepsSecret(kim, at)
}

// keepsSecret looks for the reader's address where people look.
func (s *site) keepsSecret(editor *client, at string) {
	s.Helper()
	pages := []page{editor.visit("/en/enquiries"), editor.visit(at), editor.visit("/en/practices/" + ioannina), s.stranger().visit("/en/practices/" + ioannina)}
	root := s.as(account.Administrator)
	for _, path := range []string{"/en/events", "/en/events.csv", "/en/mail-queue", at, "/en/enquiries"} {
		pages = append(pages, root.visit(path))
	}
	for _, p := range pages {
		if strings.Contains(p.body, "private.example") {
			s.Errorf("%s shows the address", p.path)
		}
	}
	if strings.Contains(s.log.lines(), "private.example") {
		s.Error("the log has the address")
	}
}

// A question goes to the officers of the city, who answer it; an editor publishes it
// below the practice, and takes it off again.
func TestQuestionFromReaderToPractice(t *testing.T) {
	t.Parallel()
	b := openBureau(t)
	reader := b.stranger()
	public := "/en/practices/" + ioannina
	before := reader.visit(public).header.Get("ETag")
	reader.visit(public).lacks("#asked")
	form := reader.visit("/ar" + askForm)
	form.in("ar")
	p := reader.post("/ar"+askForm, "words", "كم عدد العاملين؟ 0044 123", "mail", secretMail)
	p.leads(http.StatusSeeOther, "/ar"+askForm+"/sent")
	reader.follow(p).is(http.StatusOK)
	b.mailed(store.MailQuestion, b.ana.id, 1)
	b.mailed(store.MailQuestion, b.ivo.id, 0)
	b.mailed(store.MailEnquiry, b.kim.id, 0)

	b.ana.visit("/en/submissions").says("main a[href=/en/enquiries]", "1 open enquiry")
	b.ivo.visit("/en/submissions").says("main a[href=/en/enquiries]", "Enquiries")
	at := attr(b.ana.visit("/en/enquiries").one(".rows a"), "href")
	b.ivo.visit("/en/enquiries").lacks(".rows li")
	b.ivo.get(at).is(http.StatusNotFound)
	b.ivo.post(at, "act", "answer_enquiry", "version", "1", "answer", "No").is(http.StatusNotFound)
	reader.get(at).leads(http.StatusSeeOther, "/en/sign-in?back=%2Fen%2Fenquiries%2F1")
	b.ana.post(at, "act", "close_enquiry", "version", "1", "reason", "No").is(http.StatusForbidden)
	b.ana.visit(at).says("main", "Answer by email", "without your name or address")
	b.ana.follow(b.ana.post(at, "act", "answer_enquiry", "version", "1", "answer", "Eleven.", "language", "en")).says("main", "Answered")
	late := b.kim.post(at, "act", "answer_enquiry", "version", "1", "answer", "Twelve, I think.", "language", "en")
	late.is(http.StatusConflict)
	late.says("main", "Somebody else has answered", "Twelve, I think.")
	b.ana.post(at, "act", "publish_enquiry", "version", "2", "public_words", "x", "public_answer", "y").is(http.StatusForbidden)
	reader.visit(public).lacks("#asked")

	p = b.kim.visit(at)
	same(t, "what is offered to publish", []string{text(p.one("#public_words")), text(p.one("#public_answer"))}, []string{"كم عدد العاملين؟ 0044 123", "Eleven."})
	b.kim.post(at, "act", "publish_enquiry", "version", "2", "public_words", "", "public_answer", "Eleven.").is(http.StatusUnprocessableEntity)
	b.kim.follow(b.kim.post(at, "act", "publish_enquiry", "version", "2", "public_words", "كم عدد العاملين؟", "public_answer", "Eleven people.")).says("#notice", "appear below the practice")
	p = reader.visit(public)
	p.says("section.asked [lang=ar][dir=rtl]", "كم عدد العاملين؟")
	p.says("section.asked [lang=en][dir=ltr]", "Eleven people.")
	p.says("section.asked", "Questions and answers", "Question, ", "Text in Arabic")
	if strings.Contains(p.body, "0044") || p.header.Get("ETag") == before {
		t.Error("the page shows what was taken out, or has the tag of before")
	}
	b.kim.follow(b.kim.post(at, "act", "withdraw_enquiry", "version", "3")).says("#notice", "no longer")
	reader.visit(public).lacks("#asked")
	b.kim.visit(at).says("#public_answer", "Eleven people.")
	b.keepsSecret(b.kim, at)
}

// Programs that fill in what nobody sees get the same receipt, and nothing is stored.
func TestTrapOfTheEnquiryForms(t *testing.T) {
	t.Parallel()
	s := openOwn(t)
	for _, form := range []string{"/en" + reportForm, "/en" + askForm} {
		p := s.visit(form)
		trap := p.one("main form [aria-hidden=true] input")
		if attr(trap, "tabindex") != "-1" || attr(trap, "autocomplete") != "off" {
			t.Errorf("%s: people can get into the trap", form)
		}
		s.stranger().post(form, "cause", "other", "words", "Buy", "mail", secretMail, attr(trap, "name"), "https://spam.example").leads(http.StatusSeeOther, form+"/sent")
	}
	if n := s.enquiries(); n != 0 {
		t.Errorf("%d are stored", n)
	}
}

// What is not accepted comes back as it was typed, in every language.
func TestFaultsOfEnquiries(t *testing.T) {
	t.Parallel()
	s := openOwn(t)
	for _, l := range locale.All() {
		p := s.stranger().post("/"+l.Tag()+reportForm, "words", strings.Repeat("ю", enquiry.MaxWords+1), "mail", "nowhere")
		p.is(http.StatusUnprocessableEntity)
		if n := len(all(p.doc, "#problems li")); n != 3 {
			t.Errorf("%s: %d problems", p.path, n)
		}
		if got := text(p.one("textarea")); len([]rune(got)) != enquiry.MaxWords+1 || attr(p.one("#mail"), "value") != "nowhere" {
			t.Errorf("%s loses what was typed", p.path)
		}
	}
	p := s.stranger().post("/en"+askForm, "words", "Who?", "mail", "")
	p.is(http.StatusUnprocessableEntity)
	p.says("#problems", "Enter one email address")
	s.stranger().post("/en"+reportForm, "cause", "wrong", "words", "\xff\xfe", "mail", "").is(http.StatusUnprocessableEntity)
	s.stranger().post("/en"+reportForm, "cause", "other", "words", "a\xffb", "mail", "").is(http.StatusSeeOther)
	s.get("/en/practices/no-such-practice/report").is(http.StatusNotFound)
	s.stranger().post("/en/practices/no-such-practice/report", "words", "x").is(http.StatusNotFound)
	other := s.stranger()
	other.address = s.stranger().address
	cross := other.posts("/en"+reportForm, fields{"cause": "other", "words": "x"}, "Sec-Fetch-Site", "cross-site", "Origin", "https://evil.example")
	if cross.status < 400 || s.enquiries() != 1 {
		t.Errorf("a form of another site gets %d", cross.status)
	}
}

// One connection sends only so many in a day, and a practice has only so many open ones;
// the words come back.
func TestLimitsOfEnquiries(t *testing.T) {
	t.Parallel()
	s := openOwn(t)
	const most = 20
	flood := s.stranger()
	for i := range most {
		flood.post("/en"+reportForm, "cause", "other", "words", fmt.Sprint("Flood ", i)).is(http.StatusSeeOther)
	}
	p := flood.post("/en/practices/the-anti-rumours-strategy-bilbao/report", "cause", "other", "words", "One more")
	p.is(http.StatusTooManyRequests)
	p.says("#problems", "Too many messages have come")
	p.says("textarea", "One more")
	p = s.stranger().post("/en"+reportForm, "cause", "other", "words", "Another reader")
	p.is(http.StatusUnprocessableEntity)
	p.says("#problems", "about this practice")
	p.says("textarea", "Another reader")
	s.stranger().post("/en/practices/the-anti-rumours-strategy-bilbao/report", "cause", "other", "words", "Elsewhere").is(http.StatusSeeOther)
	if n := s.enquiries(); n != enquiry.MaxOpen+1 {
		t.Errorf("%d are stored", n)
	}
	kim := s.as(account.Editor)
	list := kim.visit("/en/enquiries?state=open&kind=report")
	list.says("main", "21 enquiries", "Flood 0")
	kim.visit("/en/enquiries?kind=question").says(".empty", "There is nothing here", "Show all")
	at := attr(all(list.doc, ".rows a")[0], "href")
	kim.visit(at).says("main", "an answer would reach nobody")
	kim.post(at, "act", "close_enquiry", "version", "1", "reason", "").is(http.StatusUnprocessableEntity)
	kim.follow(kim.post(at, "act", "close_enquiry", "version", "1", "reason", "A test of ours")).says("main", "Closed without an answer")
	kim.post(at, "act", "publish_enquiry", "version", "2", "public_words", "x", "public_answer", "y").is(http.StatusConflict)
	kim.post(at, "act", "nonsense", "version", "2").is(http.StatusForbidden)
	kim.follow(kim.post(at, "act", "reopen_enquiry", "version", "2")).says("main", "Open")
	s.as(account.Administrator).visit("/en/events?action=close_enquiry").says("main", "A test of ours")
}

// Before one is closed, it stands there whether the reader learns of it; a letter that has
// not gone out before it is opened again is not sent.
func TestClosingIsTold(t *testing.T) {
	t.Parallel()
	s := openOwn(t)
	s.stranger().post("/en"+reportForm, "cause", "other", "words", "Reachable", "mail", secretMail).is(http.StatusSeeOther)
	s.stranger().post("/en"+reportForm, "cause", "other", "words", "Nameless").is(http.StatusSeeOther)
	kim := s.as(account.Editor)
	for at, hint := range map[string]string{"/en/enquiries/1": "The reader gets a short email", "/en/enquiries/2": "the reader is not told"} {
		kim.visit(at).says("#reason-hint", hint)
		kim.post(at, "act", "close_enquiry", "version", "1", "reason", "No").is(http.StatusSeeOther)
	}
	s.mailed(store.MailClosed, 0, 1)
	job := s.sealed(store.MailClosed)
	if letter, err := s.Store.Queue.Letter(t.Context(), job); err != nil || letter.To.Mail != secretMail || letter.Reason != "" {
		t.Errorf("%v, %+v", err, letter)
	}
	kim.post("/en/enquiries/1", "act", "reopen_enquiry", "version", "2").is(http.StatusSeeOther)
	if _, err := s.Store.Queue.Letter(t.Context(), job); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("what is open again is told to be closed: %v", err)
	}
}

// Where no city is named nobody can be asked; problems can be reported all the same.
func TestEnquiriesOfAPracticeWithoutACity(t *testing.T) {
	t.Parallel()
	s := openOwn(t)
	s.add(practice.Practice{Slug: "nowhere", Place: practice.Place{Countries: []practice.Country{"MT"}}, Topics: []practice.Topic{"roma"},
		Texts: []practice.Text{{Language: "en", State: practice.Original, Title: "Nowhere", TitleLanguage: "en", Summary: "Words"}}})
	p := s.visit("/en/practices/nowhere")
	p.lacks("a[href=/en/practices/nowhere/ask]")
	p.one("a[href=/en/practices/nowhere/report]")
	s.get("/en/practices/nowhere/ask").is(http.StatusNotFound)
	s.stranger().post("/en/practices/nowhere/ask", "words", "Who?", "mail", secretMail).is(http.StatusNotFound)
}

// Words come back while the database is silent, and markup stays text.
func TestEnquiryWhileTheDatabaseIsSilent(t *testing.T) {
	t.Parallel()
	s := openOwn(t)
	reader := s.stranger()
	release := s.hold("enquiry")
	p := reader.post("/en"+reportForm, "cause", "other", "words", attack, "mail", secretMail)
	release()
	p.is(http.StatusServiceUnavailable)
	reader.again(p).leads(http.StatusSeeOther, "/en"+reportForm+"/sent")
	kim := s.as(account.Editor)
	at := attr(kim.visit("/en/enquiries").one(".rows a"), "href")
	for _, p := range []page{kim.visit("/en/enquiries"), kim.visit(at)} {
		if strings.Contains(p.body, "<script>alert") || strings.Contains(p.body, "<svg/onload") {
			t.Errorf("%s runs what was typed", p.path)
		}
	}
	s.keepsSecret(kim, at)
	testdb.Exec(t, s.Store, `update enquiry set written = $1`, today.Add(-enquiry.KeepOpen-time.Hour))
	if err := s.Store.Enquiries.Forget(t.Context(), today); err != nil {
		t.Fatal(err)
	}
	kim.visit(at).says("main", "No email address was left")
}
