package job_test

import (
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/riverqueue/river"

	"exempla/internal/locale"
	"exempla/internal/practice"
	"exempla/internal/server"
	"exempla/internal/store"
	"exempla/internal/submission"
	"exempla/internal/testdb"
)

const reader = "reader@city.example"

// send asks the site for an address; a form is sent if there are fields, which are
// alternately names and values.
func (o *office) send(method, path string, fields ...string) (status int) {
	o.Helper()
	site := server.New(server.Config{Site: "https://exempla.example", Build: "test", Catalogue: o.catalogue(), Store: o.Store,
		Log: slog.New(slog.NewTextHandler(o.log, nil)), Now: func() time.Time { return o.at }})
	form := url.Values{}
	for pair := range slices.Chunk(fields, 2) {
		form.Add(pair[0], pair[1])
	}
	r := httptest.NewRequest(method, path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	w := httptest.NewRecorder()
	site.Handler().ServeHTTP(w, r)
	return w.Code
}

// linkTo is the path in a mail that leads to the reader's page.
var linkTo = regexp.MustCompile(`https://exempla\.example(/[a-z]{2}/follow/[A-Z2-7]{26})\n`)

// follow has the reader follow a selection in a language, by the pages and the mail.
func (o *office) follow(tag, selection, rhythm string) {
	o.Helper()
	o.sink.forget()
	if status := o.send(http.MethodPost, "/"+tag+"/follow?"+selection, "mail", reader, "rhythm", rhythm); status != http.StatusOK {
		o.Fatalf("asking for mails: %d", status)
	}
	stop := o.work()
	defer stop()
	o.mails()
	path := linkTo.FindStringSubmatch(o.with("follow.").text)
	if path == nil {
		o.Fatal("no link in the mail")
	}
	if status := o.send(http.MethodPost, path[1], "act", "confirm"); status != http.StatusOK {
		o.Fatalf("confirming: %d", status)
	}
	o.sink.forget()
}

// correct corrects the public text of a practice.
func (o *office) correct(slug string, change func(submission.Content) submission.Content) {
	o.Helper()
	p, err := o.Practices.Find(o.Context(), slug)
	if err != nil {
		o.Fatal(err)
	}
	public := submission.Proposed(p, "en")
	id, err := o.Submissions.Start(o.Context(), submission.Submission{Kind: submission.Change, Practice: p.Number, BaseRevision: p.Revision, Language: "en",
		Content: change(public), Correction: &submission.Correction{Public: public}, Created: o.at}, fmt.Sprint("key ", o.keys.Add(1)), mia)
	if err == nil {
		_, err = o.Submissions.Advance(o.Context(), id, 1, submission.Step{Action: submission.Publish, By: mia, At: o.at,
			Correction: &submission.Correction{Note: "It was wrong", Language: "en"}})
	}
	if err != nil {
		o.Fatal(err)
	}
}

// publish publishes a practice.
func (o *office) publish(title string) submission.Submission {
	o.Helper()
	return o.take(o.take(o.begin(title), submission.Submit, ana), submission.Approve, kim)
}

// alerts has two programs look for what is due at a time, with a round each at least,
// and returns the mails to the reader.
func (o *office) alerts(at time.Time) (list []received) {
	o.Helper()
	client, err := o.Queue.Client(&river.Config{Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		o.Fatal(err)
	}
	for range 3 {
		if _, err := client.Insert(o.Context(), store.RoundJob{}, &river.InsertOpts{Queue: store.RoundQueue}); err != nil {
			o.Fatal(err)
		}
	}
	for _, m := range o.rounds(at) {
		if m.to == reader {
			list = append(list, m)
		}
	}
	return list
}

// forget empties the mailboxes.
func (s *sink) forget() {
	s.lock.Lock()
	defer s.lock.Unlock()
	s.got = nil
}

// A reader follows a selection from the form to the end: new and changed practices of it
// come once, in the reader's language, with what has changed, and a mail program stops it.
func TestFollowFromTheFormToTheEnd(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	old := o.publish("A help desk")
	elsewhere := o.publish("Elsewhere")
	o.follow("fr", "country=GR&topic=refugees", "daily")
	day := 24 * time.Hour
	if mails := o.alerts(monday.Add(day)); len(mails) > 0 {
		t.Fatalf("what was there before is news: %s", mails[0].text)
	}
	fresh := o.publish("Café <b>")
	o.correct(old.Slug, func(c submission.Content) submission.Content {
		c.Period.Start.Year = 2011
		return c.WithText(submission.Summary, "Better words")
	})
	o.correct(elsewhere.Slug, func(c submission.Content) submission.Content {
		c.Topics = []practice.Topic{"education"}
		return c
	})
	if mails := o.alerts(monday.Add(day + time.Hour)); len(mails) > 0 {
		t.Fatalf("a second mail on a day: %s", mails[0].text)
	}
	mails := o.alerts(monday.Add(2 * day))
	if len(mails) != 1 {
		t.Fatalf("%d mails, want one", len(mails))
	}
	m := mails[0]
	french, _ := locale.Find("fr")
	for _, shape := range []string{m.text, strings.ReplaceAll(m.html, "&lt;b&gt;", "<b>")} {
		o.inOrder(shape, "A help desk", french.T("mail.alert.changed"), french.T("part.period"), french.T("part.summary")+" (anglais)",
			"/fr/practices/"+old.Slug+"/history", "Café <b>", french.T("mail.alert.new"), "Words about summary", "/fr/practices/"+fresh.Slug,
			"https://exempla.example/fr/practices?topic=refugees", french.T("mail.alert.why"), "https://exempla.example/fr/follow/")
	}
	if strings.Contains(m.text, "Elsewhere") || !strings.Contains(m.html, `<h2 lang="en" dir="ltr">`) || !strings.Contains(m.subject(), "Grèce") {
		t.Errorf("%s\n%s", m.subject(), m.text)
	}
	if mails := o.alerts(monday.Add(3 * day)); len(mails) != 1 {
		t.Errorf("there are %d mails, want the same one", len(mails))
	}
	stop := strings.Trim(m.header.Get("List-Unsubscribe"), "<>")
	if m.header.Get("List-Unsubscribe-Post") != "List-Unsubscribe=One-Click" || !strings.HasPrefix(stop, "https://exempla.example/fr/follow/") {
		t.Fatalf("header: %v", m.header)
	}
	stop = strings.TrimPrefix(stop, "https://exempla.example")
	o.send(http.MethodGet, stop)
	o.send(http.MethodHead, stop)
	if n := testdb.Count(t, o.Store, `select count(*) from subscription where confirmed`); n != 1 {
		t.Fatal("opening the link stops it")
	}
	o.send(http.MethodPost, stop, "List-Unsubscribe", "One-Click")
	o.publish("Too late")
	if mails := o.alerts(monday.Add(5 * day)); len(mails) != 1 {
		t.Errorf("%d mails, after it was stopped", len(mails))
	}
	if log := o.log.String(); strings.Contains(log, reader) || strings.Contains(log, stop[len("/fr/follow/"):len("/fr/follow/")+26]) {
		t.Errorf("the log tells who follows:\n%s", log)
	}
}

// What is archived is told in the next mail, with the reason, to those whose selection had
// it; it is no reason for a mail, and is told once.
func TestAlertTellsWhatIsArchived(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	desk, elsewhere := o.publish("A help desk"), o.publish("Elsewhere")
	o.follow("fr", "q=%22help+desk%22", "daily")
	archive := func(s submission.Submission, reason string) {
		o.advance(s.Slug, submission.PracticeStep{Action: submission.Archive, By: kim, At: o.at, Reason: reason})
	}
	day := 24 * time.Hour
	o.at = monday.Add(time.Hour)
	archive(desk, "The city <b>asked</b> for it")
	archive(elsewhere, "Another")
	if mails := o.alerts(monday.Add(day)); len(mails) > 0 {
		t.Fatalf("a mail of its own: %s", mails[0].text)
	}
	o.at = monday.Add(day + time.Hour)
	short := o.publish("Help desk of a day")
	testdb.Exec(t, o.Store, `update practice_revision set written = $1 where practice = (select number from practice where slug = $2)`, o.at, short.Slug)
	archive(short, "A mistake")
	o.publish("Help desk of Ioannina")
	mails := o.alerts(monday.Add(2 * day))
	if len(mails) != 1 {
		t.Fatalf("%d mails, want one", len(mails))
	}
	french, _ := locale.Find("fr")
	o.inOrder(mails[0].text, "* Help desk of Ioannina", "* A help desk\n  "+french.T("mail.alert.archived"), "> The city <b>asked</b> for it", "/fr/practices/"+desk.Slug)
	if text := mails[0].text; strings.Contains(text, "Elsewhere") || strings.Contains(text, "of a day") || strings.Contains(mails[0].html, "<b>asked") {
		t.Errorf("it tells\n%s", text)
	}
	o.at = monday.Add(2*day + time.Hour)
	o.publish("Another help desk")
	mails = o.alerts(monday.Add(3 * day))
	if len(mails) != 2 || strings.Contains(mails[1].text, desk.Slug) {
		t.Errorf("%d mails, the last:\n%s", len(mails), mails[len(mails)-1].text)
	}
}

// Weekly mails come on Monday.
func TestAlertOfAWeek(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	o.at = monday.AddDate(0, 0, 1)
	o.follow("ar", "", "weekly")
	o.publish("A help desk")
	for days, want := range map[int]int{2: 0, 6: 0} {
		if mails := o.alerts(monday.AddDate(0, 0, days)); len(mails) != want {
			t.Errorf("%d mails after %d days", len(mails), days)
		}
	}
	mails := o.alerts(monday.AddDate(0, 0, 7))
	if len(mails) != 1 {
		t.Fatalf("%d mails on Monday", len(mails))
	}
	o.inOrder(mails[0].html, `<html lang="ar" dir="rtl">`, `<h2 lang="en" dir="ltr">A help desk`)
}

// A mail lists so many practices and counts the rest; what is gone meanwhile is left
// out.
func TestAlertOfManyPractices(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	o.follow("en", "", "daily")
	var last submission.Submission
	for i := range 23 {
		last = o.publish(fmt.Sprintf("Practice %02d", i))
	}
	o.advance(last.Slug, submission.PracticeStep{Action: submission.Archive, By: kim, At: monday, Reason: "No"})
	mails := o.alerts(monday.Add(24 * time.Hour))
	if len(mails) != 1 {
		t.Fatalf("%d mails", len(mails))
	}
	o.inOrder(mails[0].text, "* Practice 21", "* Practice 20", "* Practice 02", "2 more practices are new or have changed.", "https://exempla.example/en/practices\n")
	if strings.Contains(mails[0].text, "Practice 22") || strings.Contains(mails[0].text, "Practice 01") {
		t.Errorf("it lists\n%s", mails[0].text)
	}
}

// What changes a practice without a new revision is no news: an archived one that comes
// back, a city that is called otherwise.
func TestAlertOfNothing(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	s := o.publish("A help desk")
	o.follow("en", "", "daily")
	o.advance(s.Slug, submission.PracticeStep{Action: submission.Archive, By: kim, At: monday, Reason: "No"})
	o.advance(s.Slug, submission.PracticeStep{Action: submission.Restore, By: kim, At: monday, Reason: "Yes"})
	if mails := o.alerts(monday.Add(24 * time.Hour)); len(mails) > 0 {
		t.Errorf("it tells\n%s", mails[0].text)
	}
	if n := testdb.Count(t, o.Store, `select count(*) from subscription where told >= $1`, monday.Add(24*time.Hour)); n != 1 {
		t.Error("it is looked at again and again")
	}
}

// Many rounds at once queue one mail; each sees the change or leaves it to the others.
func TestAlertsAtOnce(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	o.follow("en", "", "daily")
	s := o.publish("A help desk")
	p, err := o.Practices.Find(t.Context(), s.Slug)
	if err != nil {
		t.Fatal(err)
	}
	at, upto := monday.Add(24*time.Hour), o.catalogue().Index().Change()
	due, err := o.Subscriptions.Due(t.Context(), upto, at)
	if err != nil || len(due) != 1 {
		t.Fatalf("%d are due, %v", len(due), err)
	}
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			if err := o.Subscriptions.QueueAlert(t.Context(), due[0], []int64{p.Number}, nil); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if n := testdb.Count(t, o.Store, `select count(*) from river_job where args->>'mail' = 'alert'`); n != 1 {
		t.Errorf("%d mails are queued", n)
	}
}

// A mail that could not be sent is tried again, with a link that works; so do those of
// earlier mails.
func TestAlertIsTriedAgain(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	o.follow("en", "", "daily")
	o.publish("First")
	first := o.alerts(monday.Add(24 * time.Hour))
	o.publish("Second")
	o.sink.away()
	o.at = monday.Add(48 * time.Hour)
	testdb.Exec(t, o.Store, `delete from river_job where kind = 'round'`)
	o.work()
	alerts := func(q store.QueueState) (id int64) {
		for _, w := range q.Retrying {
			if w.Job.Mail == store.MailAlert {
				id = w.ID
			}
		}
		return id
	}
	o.await("a failed try", func() bool { return alerts(o.seen()) != 0 })
	o.sink.back()
	for _, w := range o.seen().Retrying {
		if err := o.Queue.Retry(t.Context(), w.ID); err != nil {
			t.Error(err)
		}
	}
	var second []received
	for _, m := range o.mails() {
		if m.to == reader && strings.Contains(m.text, "Second") {
			second = append(second, m)
		}
	}
	if len(first) != 1 || len(second) != 1 {
		t.Fatalf("%d and %d mails", len(first), len(second))
	}
	for _, m := range append(first, second...) {
		if path := linkTo.FindStringSubmatch(m.text); path == nil || o.send(http.MethodGet, path[1]) != http.StatusOK {
			t.Errorf("the link does not work in\n%s", m.text)
		}
	}
}
