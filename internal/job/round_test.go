package job_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"exempla/internal/account"
	"exempla/internal/locale"
	"exempla/internal/store"
	"exempla/internal/submission"
	"exempla/internal/testdb"
)

// choose sets how somebody gets some kinds of mails.
func (o *office) choose(who account.Viewer, delivery account.Delivery, kinds ...store.MailKind) {
	o.Helper()
	var choices []store.MailChoice
	for _, k := range kinds {
		choices = append(choices, store.MailChoice{Mail: k, Delivery: delivery})
	}
	if err := o.Accounts.ChooseMails(o.Context(), who.ID, choices); err != nil {
		o.Fatal(err)
	}
}

// rounds has two programs look for what is due at a time, and waits for the mails that
// they queue.
func (o *office) rounds(at time.Time) []received {
	o.Helper()
	testdb.Exec(o.T, o.Store, `delete from river_job where kind = 'round'`)
	o.at = at
	first, second := o.work(), o.work()
	o.await("a round", func() bool {
		return testdb.Try(o.T, o.Store, `select 1 / count(*) from river_job where kind = 'round' and state = 'completed'`) == nil
	})
	mails := o.mails()
	first()
	second()
	return mails
}

// kinds lists the kinds of the mails to an address, sorted.
func kinds(mails []received, to string) (list []string) {
	for _, m := range mails {
		if kind, _, ok := strings.Cut(strings.TrimPrefix(m.header.Get("Message-Id"), "<"), "."); ok && m.to == to {
			list = append(list, kind)
		}
	}
	slices.Sort(list)
	return list
}

// What somebody wants in a digest comes with one mail, a day later and once; what
// nobody wants does not come; all else comes at once.
func TestDigest(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	o.choose(ana, account.InDigest, store.MailChanges, store.MailApproved)
	o.choose(ana, account.Never, store.MailReceived)
	s := o.take(o.begin("Café <b>"), submission.Submit, ana)
	o.ask(s, kim, submission.Comment{Part: "impact", Text: "How many people?"})
	s = o.take(s, submission.RequestChanges, kim)
	o.choose(ana, account.AtOnce, store.MailChanges) // what waits is not lost
	o.choose(ana, account.Never, store.MailApproved)
	s = o.take(s, submission.Submit, ana)
	o.choose(ana, account.InDigest, store.MailApproved)
	s = o.take(s, submission.Approve, kim)
	now := time.Now()
	if got := kinds(o.rounds(now.Add(-24*time.Hour)), "ar@city.example"); len(got) > 0 {
		t.Fatalf("before the day is over, ana gets %v", got)
	}
	mails := o.rounds(now.Add(24 * time.Hour))
	if got := kinds(mails, "ar@city.example"); !slices.Equal(got, []string{"digest"}) {
		t.Fatalf("ana gets %v", got)
	}
	if got := kinds(mails, "en@city.example"); !slices.Equal(got, []string{"submitted", "submitted"}) {
		t.Errorf("kim gets %v", got)
	}
	digest := o.with("digest.")
	arabic, _ := locale.Find("ar")
	subject := func(kind string) string {
		return arabic.T("mail."+kind+".subject", "Title", "Café <b>", "Reference", s.ID.Reference())
	}
	o.inOrder(digest.text, arabic.T("mail.digest.text"), subject("changes_requested"), "UTC", "> How many people?",
		"https://exempla.example/ar/submissions/1", subject("approved"), "https://exempla.example/en/practices/"+s.Slug,
		arabic.T("mail.digest.action"), "https://exempla.example/ar/submissions\n", "https://exempla.example/ar/account/mails")
	o.inOrder(digest.html, `<html lang="ar" dir="rtl">`, "<h2>", "Café &lt;b&gt;", "How many people?", "/ar/submissions/1", "<h2>", "/en/practices/"+s.Slug,
		"/ar/account/mails")
	for _, later := range []time.Duration{25, 48, 72} { // an empty digest is not sent
		if got := kinds(o.rounds(now.Add(later*time.Hour)), "ar@city.example"); !slices.Equal(got, []string{"digest"}) {
			t.Errorf("%d hours later ana has %v", later, got)
		}
	}
}

// A digest of what is gone is not sent, and one is sent a day at most.
func TestDigestsOfADay(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	o.choose(kim, account.InDigest, store.MailSubmitted, store.MailReminder)
	o.choose(mia, account.Never, store.MailSubmitted, store.MailReminder)
	s := o.take(o.begin("A desk"), submission.Submit, ana)
	testdb.Exec(t, o.Store, `update mail_waiting set job = job || '{"mail": "reminder"}'`)
	s = o.take(s, submission.Reject, kim) // no longer to be decided
	day := time.Now().Add(24 * time.Hour).UTC().Truncate(24 * time.Hour).Add(8 * time.Hour)
	if got := kinds(o.rounds(day), "en@city.example"); len(got) > 0 {
		t.Errorf("kim gets %v", got)
	}
	o.take(s, submission.Reopen, kim)
	for i, want := range []int{0, 0, 1, 1} { // in the evening, before the hour of the next day, after it, and later
		o.take(o.begin("Another desk"), submission.Submit, ana)
		at := day.Add([]time.Duration{12, 20, 24, 30}[i] * time.Hour)
		if got := kinds(o.rounds(at), "en@city.example"); len(got) != want {
			t.Errorf("at %s kim has %v", at, got)
		}
	}
}

// Editors are reminded once in each round, shortly before the usual time is over: the
// one who has the submission, or all of them.
func TestReminders(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	free := o.take(o.begin("Nobody has it"), submission.Submit, ana)
	o.take(o.take(o.begin("Kim has it"), submission.Submit, ana), submission.Assign, mia)
	o.take(o.take(o.begin("It is decided"), submission.Submit, ana), submission.Reject, kim)
	reminded := func(at time.Time) (list []string) {
		o.Helper()
		for _, m := range o.rounds(at) {
			if strings.HasPrefix(m.header.Get("Message-Id"), "<reminder.") {
				list = append(list, m.to+" "+m.subject())
			}
		}
		return list
	}
	day := 24 * time.Hour
	if got := reminded(monday.Add(usual - 3*day - time.Minute)); len(got) > 0 {
		t.Fatalf("too early: %v", got)
	}
	english, french := locale.All()[0], o.locale("fr")
	subject := func(l *locale.Locale, title, reference string) string {
		return l.T("mail.reminder.subject", "Title", title, "Reference", reference)
	}
	want := []string{"en@city.example " + subject(english, "Kim has it", "EX-00002"), "en@city.example " + subject(english, "Nobody has it", "EX-00001"),
		"fr@city.example " + subject(french, "Nobody has it", "EX-00001")}
	for _, at := range []time.Time{monday.Add(usual - 3*day), monday.Add(usual - day), monday.Add(usual + day)} {
		got := reminded(at)
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("at %s reminded\n%s\nwant\n%s", at, strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	}
	for _, m := range o.sink.mails() {
		if strings.HasPrefix(m.header.Get("Message-Id"), "<reminder.") && m.to == "en@city.example" {
			o.inOrder(m.text, english.Date(monday.Add(usual)), "https://exempla.example/en/desk/")
		}
	}
	free = o.take(free, submission.Withdraw, ana)
	o.take(free, submission.Submit, ana)
	if got := reminded(monday.Add(usual - day)); len(got) != 5 {
		t.Errorf("in the second round reminded %v", got)
	}
}

func (o *office) locale(tag string) *locale.Locale {
	o.Helper()
	l, ok := locale.Find(tag)
	if !ok {
		o.Fatal(tag)
	}
	return l
}
