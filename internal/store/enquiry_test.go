package store_test

import (
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"exempla/internal/account"
	"exempla/internal/enquiry"
	"exempla/internal/store"
	"exempla/internal/submission"
	"exempla/internal/testdb"
)

// send stores an enquiry about a practice, and returns it.
func (d *desk) send(kind enquiry.Kind, practice int64, mail string) enquiry.Enquiry {
	d.Helper()
	e := store.NewEnquiry{Enquiry: enquiry.Enquiry{Kind: kind, Practice: practice, Language: "fr", Words: "Qui ?", Written: monday}, Mail: mail, Key: d.key()}
	if kind == enquiry.Report {
		e.Cause = enquiry.DeadLink
	}
	if err := d.Enquiries.Send(d.Context(), e); err != nil {
		d.Fatal(err)
	}
	if err := d.Enquiries.Send(d.Context(), e); err != nil { // once more, as from a form sent twice
		d.Fatal(err)
	}
	page, err := d.Enquiries.Page(d.Context(), store.EnquiryFilter{}, 1)
	if err != nil {
		d.Fatal(err)
	}
	return slices.MaxFunc(page.List, func(a, b enquiry.Enquiry) int { return int(a.ID - b.ID) })
}

func (d *desk) advance(e enquiry.Enquiry, s enquiry.Step) enquiry.Enquiry {
	d.Helper()
	now, err := d.Enquiries.Advance(d.Context(), e.ID, e.Version, s)
	if err != nil {
		d.Fatal(err)
	}
	found, err := d.Enquiries.Find(d.Context(), e.ID)
	if err != nil || found.State != now.State || found.Version != now.Version || found.Answer != now.Answer || found.Public() != now.Public() {
		d.Fatalf("%v: it is %+v, and kept as %+v", err, now, found)
	}
	return found
}

// A question goes to the officers of the city; a report, and a question to a city
// without one who can sign in, to the editors. The address is in no job.
func TestWhoLearnsOfAnEnquiry(t *testing.T) {
	t.Parallel()
	d := openDesk(t)
	s := d.approved("A desk")
	d.send(enquiry.Report, s.Practice, "")
	if told := d.told(store.MailEnquiry); !slices.Equal(told, []account.ID{kim.ID, mia.ID}) {
		t.Errorf("of a report %v learn", told)
	}
	d.send(enquiry.Question, s.Practice, "qui@city.example")
	if told := d.told(store.MailEnquiry); len(told) != 4 {
		t.Errorf("of a question to a city without an officer %v learn", told)
	}
	testdb.Exec(t, d.Store, `insert into account_city select $1, id from city where slug = 'ioannina'`, int64(ana.ID))
	e := d.send(enquiry.Question, s.Practice, "qui@city.example")
	if told := d.told(store.MailQuestion); !slices.Equal(told, []account.ID{ana.ID}) || len(d.told(store.MailEnquiry)) != 4 {
		t.Errorf("of a question %v learn", told)
	}
	if n := count(t, d.Store, `select count(*) from river_job where args::text like '%qui@%'`); n != 0 {
		t.Errorf("%d jobs have the address", n)
	}
	letter := d.letter(d.jobs(store.MailQuestion)[0])
	if letter.Reason != "Qui ?" || letter.Language != "fr" || letter.Enquiry.Title != "A desk" {
		t.Errorf("the officer reads %+v", letter)
	}
	v := ana
	v.Cities = []account.City{account.NewCity("GR", "Ioannina")}
	d.advance(e, enquiry.Step{Action: enquiry.Reply, By: v, At: monday, Text: "We", Language: "en"})
	letter = d.letter(d.jobs(store.MailReply)[0])
	if letter.To.Mail != "qui@city.example" || letter.To.Locale != "fr" || letter.Reason != "We" || letter.Language != "en" {
		t.Errorf("who asked reads %+v", letter)
	}
	if _, err := d.Queue.Letter(t.Context(), d.jobs(store.MailQuestion)[0]); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("a mail about an answered question: %v", err)
	}
	if page, err := d.Enquiries.Page(t.Context(), store.EnquiryFilter{Officer: ana.ID}, 9); err != nil || page.Total != 2 || page.Page != 1 || page.List[1].ID != e.ID {
		t.Errorf("the officer sees %+v, %v", page, err)
	}
}

// Of one practice, and in all, only so many are open.
func TestOpenEnquiriesAreBounded(t *testing.T) {
	t.Parallel()
	d := openDesk(t)
	s := d.approved("A desk")
	var full, stored int
	var lock sync.Mutex
	var senders sync.WaitGroup
	for i := range enquiry.MaxOpen + 5 {
		senders.Go(func() {
			err := d.Enquiries.Send(t.Context(), store.NewEnquiry{Enquiry: enquiry.Enquiry{Kind: enquiry.Report, Practice: s.Practice, Language: "en",
				Words: "No", Written: monday}, Key: fmt.Sprint("sender ", i)})
			lock.Lock()
			defer lock.Unlock()
			switch {
			case err == nil:
				stored++
			case errors.Is(err, enquiry.ErrFull):
				full++
			default:
				t.Error(err)
			}
		})
	}
	senders.Wait()
	if stored != enquiry.MaxOpen || full != 5 {
		t.Errorf("%d are stored, %d refused", stored, full)
	}
}

// Steps, the conflict of two people, and that what residents see changes the catalogue.
func TestStepsWithAnEnquiry(t *testing.T) {
	t.Parallel()
	d := openDesk(t)
	s := d.approved("A desk")
	change := func() int { return count(t, d.Store, `select number from catalogue_change`) }
	e := d.send(enquiry.Question, s.Practice, "qui@city.example")
	e = d.advance(e, enquiry.Step{Action: enquiry.Close, By: kim, At: monday, Text: "Spam"})
	e = d.advance(e, enquiry.Step{Action: enquiry.Reopen, By: kim, At: monday})
	before := change()
	now := d.advance(e, enquiry.Step{Action: enquiry.Reply, By: kim, At: monday, Text: "We", Language: "en"})
	if _, err := d.Enquiries.Advance(t.Context(), e.ID, e.Version, enquiry.Step{Action: enquiry.Reply, By: mia, At: monday, Text: "They"}); !errors.Is(err, submission.ErrState) {
		t.Errorf("a second answer: %v", err)
	}
	if change() != before {
		t.Error("an answer that nobody sees changes the catalogue")
	}
	if _, err := d.Enquiries.Advance(t.Context(), e.ID, e.Version, enquiry.Step{Action: enquiry.Publish, By: mia, At: monday}); !errors.Is(err, submission.ErrConflict) {
		t.Errorf("an old version: %v", err)
	}
	now = d.advance(now, enquiry.Step{Action: enquiry.Publish, By: kim, At: monday, Words: "Who?", Text: "We do"})
	if list, err := d.Enquiries.Published(t.Context(), s.Practice); err != nil || len(list) != 1 || list[0].PublicWords != "Who?" || change() != before+1 {
		t.Errorf("%v, %+v, change %d after %d", err, list, change(), before)
	}
	d.advance(now, enquiry.Step{Action: enquiry.Withdraw, By: kim, At: monday})
	if list, err := d.Enquiries.Published(t.Context(), s.Practice); err != nil || len(list) != 0 || change() != before+2 {
		t.Errorf("%v, %+v", err, list)
	}
	if n := count(t, d.Store, `select count(*) from event where subject = 'enquiry'`); n != 6 {
		t.Errorf("%d events", n)
	}
	if n := count(t, d.Store, `select count(*) from event_reason where reason = 'Spam'`); n != 1 {
		t.Errorf("%d reasons", n)
	}
}

// Addresses go two weeks after the end, or after a year; unpublished words after a year.
func TestEnquiriesAreForgotten(t *testing.T) {
	t.Parallel()
	d := openDesk(t)
	s := d.approved("A desk")
	open := d.send(enquiry.Question, s.Practice, "open@city.example")
	answered := d.send(enquiry.Question, s.Practice, "answered@city.example")
	public := d.send(enquiry.Question, s.Practice, "public@city.example")
	for _, e := range []*enquiry.Enquiry{&answered, &public} {
		*e = d.advance(*e, enquiry.Step{Action: enquiry.Reply, By: kim, At: monday, Text: "We", Language: "en"})
	}
	d.advance(public, enquiry.Step{Action: enquiry.Publish, By: kim, At: monday, Words: "Who?", Text: "We"})
	for _, c := range []struct {
		after       time.Duration
		mails, rows int
	}{{enquiry.KeepMail - time.Minute, 3, 3}, {enquiry.KeepMail + time.Minute, 1, 3}, {enquiry.KeepOpen - time.Minute, 1, 3}, {enquiry.KeepOpen + time.Minute, 0, 2}} {
		if err := d.Enquiries.Forget(t.Context(), monday.Add(c.after)); err != nil {
			t.Fatal(err)
		}
		mails, rows := count(t, d.Store, `select count(*) from enquiry where mail <> ''`), count(t, d.Store, `select count(*) from enquiry`)
		if mails != c.mails || rows != c.rows {
			t.Errorf("after %s there are %d addresses in %d rows", c.after, mails, rows)
		}
	}
	if _, err := d.Enquiries.Find(t.Context(), open.ID); err != nil {
		t.Error(err)
	}
	if _, err := d.Enquiries.Find(t.Context(), answered.ID); !errors.Is(err, store.ErrNotFound) {
		t.Error(err)
	}
	if _, err := d.Queue.Letter(t.Context(), d.jobs(store.MailReply)[0]); !errors.Is(err, store.ErrNoRecipient) && !errors.Is(err, store.ErrNotFound) {
		t.Errorf("a mail to an address that is gone: %v", err)
	}
}
