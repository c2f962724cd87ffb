package job_test

import (
	"crypto/sha256"
	"errors"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/emersion/go-smtp"

	"exempla/internal/locale"
	"exempla/internal/store"
	"exempla/internal/submission"
	"exempla/internal/testdb"
)

// Every step sends mails to those concerned, in their language.
func TestMailsOfAWholeReview(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	s := o.take(o.begin("Café <b>"), submission.Submit, ana)
	s = o.take(s, submission.Assign, mia)
	o.ask(s, kim, submission.Comment{Part: "impact", Text: "How many\r\npeople?"})
	o.ask(s, kim, submission.Comment{Part: submission.Summary, Text: "Too long"})
	o.ask(s, kim, submission.Comment{Text: "Nearly there"})
	o.ask(s, kim, submission.Comment{Part: submission.Summary, Text: "Looks like an advertisement", Internal: true})
	s = o.take(s, submission.RequestChanges, kim)
	comments, err := o.Submissions.Comments(t.Context(), s.ID)
	if err != nil {
		t.Fatal(err)
	}
	o.ask(s, ana, submission.Comment{Parent: comments[0].ID, Text: "Twenty"})
	o.ask(s, ana, submission.Comment{Parent: comments[1].ID, Text: "Shorter now"})
	s = o.take(s, submission.Submit, ana)
	s = o.take(s, submission.Reject, kim)
	s = o.take(s, submission.Reopen, kim)
	s = o.take(s, submission.Correct, mia)
	s = o.take(s, submission.Withdraw, ana)
	s = o.take(o.take(s, submission.Submit, ana), submission.Approve, kim)
	for _, action := range []submission.Action{submission.Archive, submission.Restore} {
		o.advance(s.Slug, submission.PracticeStep{Action: action, By: kim, At: monday, Reason: "Because we " + string(action)})
	}
	o.work()

	var told []string
	for _, m := range o.mails() {
		told = append(told, m.to+" "+m.subject())
	}
	arabic, _ := locale.Find("ar")
	french, _ := locale.Find("fr")
	english := locale.All()[0]
	subject := func(l *locale.Locale, kind string) string {
		if kind == "submitted" { // mails tell how things are when they are sent
			return l.T("mail.submitted.subject_again", "Title", s.Content.Title, "Reference", s.Reference())
		}
		return l.T("mail."+kind+".subject", "Title", s.Content.Title, "Reference", s.Reference())
	}
	want := []string{"fr@city.example " + subject(french, "submitted")}
	for _, kind := range []string{"changes_requested", "rejected", "reopened", "corrected", "approved", "received", "received", "received",
		"archived", "restored"} {
		want = append(want, "ar@city.example "+subject(arabic, kind))
	}
	for _, kind := range []string{"submitted", "submitted", "submitted", "assigned", "answered", "withdrawn"} {
		want = append(want, "en@city.example "+subject(english, kind))
	}
	slices.Sort(want)
	slices.Sort(told)
	if !slices.Equal(told, want) {
		t.Errorf("told\n%s\nwant\n%s", strings.Join(told, "\n"), strings.Join(want, "\n"))
	}
	o.looksAt(s)
}

// looksAt reads single mails of a whole review.
func (o *office) looksAt(s submission.Submission) {
	o.Helper()
	changes := o.with("changes_requested.")
	for _, shape := range []string{changes.text, changes.html} {
		o.inOrder(shape, "Nearly there", "Too long", "How many", "people?", "https://exempla.example/ar/submissions/1")
		if strings.Contains(shape, "advertisement") {
			o.Error("an internal note has left the desk")
		}
	}
	if !strings.Contains(changes.html, `<html lang="ar" dir="rtl">`) || changes.header.Get("Content-Language") != "ar" {
		o.Errorf("not in Arabic: %s", changes.html)
	}
	rejected := o.with("rejected.")
	o.inOrder(rejected.text, "> Because of <this> & that")
	o.inOrder(rejected.html, "Because of &lt;this&gt; &amp; that")
	o.inOrder(o.with("approved.").text, "https://exempla.example/en/practices/"+s.Slug)
	o.inOrder(o.with("answered.").text, "Ana", "https://exempla.example/en/desk/1")
	o.inOrder(o.with("archived.").text, "> Because we archive", "https://exempla.example/en/practices/"+s.Slug)
	assigned := o.with("assigned.")
	o.inOrder(assigned.text, "Hello Kim,", "Mia")
	if assigned.from != "exempla@city.example" || assigned.header.Get("Auto-Submitted") != "auto-generated" || assigned.header.Get("Date") == "" {
		o.Errorf("header: %v", assigned.header)
	}
}

// with is the only mail of a kind, which its Message-ID begins with.
func (o *office) with(kind string) received {
	o.Helper()
	var found []received
	for _, m := range o.sink.mails() {
		if strings.HasPrefix(m.header.Get("Message-Id"), "<"+kind) {
			found = append(found, m)
		}
	}
	if len(found) != 1 {
		o.Fatalf("%d mails of kind %s", len(found), kind)
	}
	return found[0]
}

func (o *office) inOrder(text string, phrases ...string) {
	o.Helper()
	at := 0
	for _, phrase := range phrases {
		next := strings.Index(text[at:], phrase)
		if next < 0 {
			o.Errorf("%q is not in its place in\n%s", phrase, text)
			return
		}
		at += next
	}
}

// Links with a secret are made when they are sent: the queue and the database
// hold nothing that opens them.
func TestSecretLinks(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	testdb.Exec(t, o.Store, `insert into account (role, name, mail, locale, handle, created) values ('officer', '', 'new@city.example', 'de', 'x', now())`)
	testdb.Exec(t, o.Store, `insert into account_token (account, purpose, expires) values (4, 'invitation', $1), (2, 'reset', $1), (2, 'reset', $2)`,
		monday.AddDate(0, 0, 7), monday.AddDate(0, 0, -1))
	o.queue(store.MailJob{Mail: store.MailInvitation, To: 4, Token: 1, By: 2}, store.MailJob{Mail: store.MailReset, To: 2, Token: 2},
		store.MailJob{Mail: store.MailReset, To: 2, Token: 3}, store.MailJob{Mail: store.MailAssigned, To: 4})
	o.work()
	mails := o.mails()
	if len(mails) != 2 {
		t.Fatalf("%d mails, want an invitation and a reset", len(mails))
	}
	for i, path := range []string{"/en/reset/", "/de/invitation/"} {
		found := regexp.MustCompile(regexp.QuoteMeta("https://exempla.example"+path) + `([A-Z2-7]{26})\n`).FindStringSubmatch(mails[i].text)
		if found == nil {
			t.Fatalf("no link in\n%s", mails[i].text)
		}
		hash := sha256.Sum256([]byte(found[1]))
		testdb.Exec(t, o.Store, `select 1 / count(*) from account_token where hash = $1`, hash[:])
	}
}

// Disabled and erased people get no mail, and the job is done.
func TestNoMailToErasedAndDisabled(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	s := o.take(o.begin("Quiet"), submission.Submit, ana)
	o.take(s, submission.Reject, kim)
	testdb.Exec(t, o.Store, `update account set state = 'disabled' where id = 2`)
	testdb.Exec(t, o.Store, `update account set state = 'erased', mail = null, name = '', erased = now() where id = 1`)
	o.work()
	if mails := o.mails(); len(mails) != 1 || mails[0].to != "fr@city.example" {
		t.Errorf("%d mails", len(mails))
	}
}

// What is rolled back is not told.
func TestNoMailOfWhatWasRolledBack(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	testdb.Exec(t, o.Store, `create function fail() returns trigger language plpgsql as $$ begin raise exception 'no'; end $$`)
	s := o.take(o.begin("Undone"), submission.Submit, ana)
	testdb.Exec(t, o.Store, `delete from river_job`)
	testdb.Exec(t, o.Store, `create constraint trigger fails after update on submission deferrable initially deferred for each row execute function fail()`)
	if _, err := o.Submissions.Advance(t.Context(), s.ID, s.Version, submission.Step{Action: submission.Reject, By: kim, At: monday, Reason: "No"}); err == nil {
		t.Fatal("the step was taken")
	}
	if waiting, _, err := o.Queue.CountUnsent(t.Context()); err != nil || waiting != 0 {
		t.Errorf("%d mails wait, %v", waiting, err)
	}
}

// A mail server that is away loses nothing, and doubles nothing.
func TestServerAwayAndBack(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	o.sink.away()
	for _, title := range []string{"One", "Two", "Three"} {
		o.take(o.begin(title), submission.Submit, ana)
	}
	o.work()
	var q store.QueueState
	o.await("a failed try of each", func() (all bool) {
		q = o.seen()
		return len(q.Retrying) == 9 && len(q.Waiting) == 0
	})
	for _, w := range q.Retrying {
		if w.Why != "away" || w.Tries != 1 || !w.Next.After(w.Queued) || w.Job.Mail != store.MailSubmitted && w.Job.Mail != store.MailReceived {
			t.Errorf("%+v", w)
		}
	}
	o.sink.back()
	for _, w := range q.Retrying {
		if err := o.Queue.Retry(t.Context(), w.ID); err != nil {
			t.Error(err)
		}
	}
	if mails := o.mails(); len(mails) != 9 {
		t.Errorf("%d mails arrived", len(mails))
	}
	ids := map[string]bool{}
	for _, m := range o.sink.mails() {
		ids[m.header.Get("Message-Id")] = true
	}
	if len(ids) != 9 || o.seen().Sent != 9 {
		t.Errorf("%d different mails, %d sent", len(ids), o.seen().Sent)
	}
	if err := o.Queue.Retry(t.Context(), q.Retrying[0].ID); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("a mail that was sent is tried again: %v", err)
	}
}

func (o *office) seen() store.QueueState {
	o.Helper()
	q, err := o.Queue.State(o.Context(), monday)
	if err != nil {
		o.Fatal(err)
	}
	return q
}

// A mail that the server refuses for good is given up at once, one that it puts off
// is not; neither log nor queue repeats an address.
func TestRefusals(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	o.sink.refuse["en@"] = &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "<en@city.example> is unknown"}
	o.sink.refuse["fr@"] = &smtp.SMTPError{Code: 451, EnhancedCode: smtp.EnhancedCode{4, 7, 1}, Message: "<fr@city.example> is grey"}
	o.take(o.begin("Refused"), submission.Submit, ana)
	stop := o.work()
	o.await("both tries", func() bool { q := o.seen(); return len(q.GivenUp) == 1 && len(q.Retrying) == 1 })
	q := o.seen()
	if q.GivenUp[0].Why != "refused 550" || q.GivenUp[0].Job.To != kim.ID || q.Retrying[0].Why != "busy 451" || q.Retrying[0].Job.To != mia.ID {
		t.Errorf("%+v", q)
	}
	testdb.Exec(t, o.Store, `select 1 / (1 - count(*)) from river_job where errors::text like '%city.example%'`)
	o.sink.lock.Lock()
	clear(o.sink.refuse)
	o.sink.lock.Unlock()
	for _, w := range append(q.GivenUp, q.Retrying...) {
		if err := o.Queue.Retry(t.Context(), w.ID); err != nil {
			t.Error(err)
		}
	}
	if mails := o.mails(); len(mails) != 3 {
		t.Errorf("%d mails", len(mails))
	}
	stop()
	if strings.Contains(o.log.String(), "city.example") || !strings.Contains(o.log.String(), "refused 550") {
		t.Errorf("the log says\n%s", o.log)
	}
}

// Workers outlive connections that break.
func TestWorkersOutliveTheirConnections(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	o.work()
	o.take(o.begin("Before"), submission.Submit, ana)
	o.mails()
	testdb.Exec(t, o.Store, `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`)
	o.await("a new connection", func() bool { return o.Ping(t.Context()) == nil })
	o.take(o.begin("After"), submission.Submit, ana)
	if mails := o.mails(); len(mails) != 6 {
		t.Errorf("%d mails", len(mails))
	}
}

// The officers of a practice read in their language what an editor has corrected in its
// public text, and why.
func TestMailOfACorrection(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	s := o.take(o.take(o.begin("A help desk"), submission.Submit, ana), submission.Approve, kim)
	p, err := o.Practices.Find(t.Context(), s.Slug)
	if err != nil {
		t.Fatal(err)
	}
	public := submission.Proposed(p, "en")
	begun := submission.Submission{Kind: submission.Change, Practice: p.Number, BaseRevision: p.Revision, Language: "en",
		Content: public.WithText(submission.Summary, "Better words"), Correction: &submission.Correction{Public: public}, Created: monday}
	begun.Content.Period.Start.Year = 2011
	id, err := o.Submissions.Start(t.Context(), begun, "correction", mia)
	if err != nil {
		t.Fatal(err)
	}
	step := submission.Step{Action: submission.Publish, By: mia, At: monday, Correction: &submission.Correction{Note: "The year <was> wrong", Language: "en"}}
	if _, err := o.Submissions.Advance(t.Context(), id, 1, step); err != nil {
		t.Fatal(err)
	}
	o.work()
	o.mails()
	told := o.with("text_corrected.")
	arabic, _ := locale.Find("ar")
	if told.to != "ar@city.example" || !strings.Contains(told.subject(), "A help desk") {
		t.Errorf("%q to %s", told.subject(), told.to)
	}
	parts := arabic.T("mail.changed", "Parts", arabic.And([]string{arabic.T("part.period"), arabic.T("part.summary")}))
	o.inOrder(told.text, "> The year <was> wrong", parts, "https://exempla.example/en/practices/"+s.Slug)
	o.inOrder(told.html, "The year &lt;was&gt; wrong", parts)
}
