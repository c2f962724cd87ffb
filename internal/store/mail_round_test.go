package store_test

import (
	"slices"
	"sync"
	"testing"
	"time"

	"exempla/internal/account"
	"exempla/internal/store"
	"exempla/internal/submission"
	"exempla/internal/testdb"
)

// choose sets how somebody gets a kind of mail.
func (d *desk) choose(who account.Viewer, delivery account.Delivery, kind store.MailKind) {
	d.Helper()
	if err := d.Accounts.ChooseMails(d.Context(), who.ID, []store.MailChoice{{Mail: kind, Delivery: delivery}}); err != nil {
		d.Fatal(err)
	}
}

// Programs that look for what is due at the same time queue it once.
func TestRoundsAtTheSameTime(t *testing.T) {
	t.Parallel()
	d := openDesk(t)
	d.choose(kim, account.InDigest, store.MailSubmitted)
	for _, title := range []string{"A desk", "A second desk", "A third desk"} {
		d.submitted(title)
	}
	var programs sync.WaitGroup
	for range 8 {
		programs.Go(func() {
			if err := d.Queue.QueueDigests(t.Context(), time.Now().Add(24*time.Hour)); err != nil {
				t.Error(err)
			}
			if err := d.Queue.QueueReminders(t.Context(), monday.AddDate(0, 0, 13), 14*24*time.Hour); err != nil {
				t.Error(err)
			}
		})
	}
	programs.Wait()
	digests := d.jobs(store.MailDigest)
	if len(digests) != 1 || digests[0].To != kim.ID || len(digests[0].Events) != 3 {
		t.Errorf("digests: %+v", digests)
	}
	editors := count(t, d.Store, `select count(*) from account where role = 'editor' and state = 'active'`)
	if told := d.told(store.MailReminder); len(told) != 3*editors {
		t.Errorf("%d editors are reminded of three submissions: %v", editors, told)
	}
}

// A digest that cannot be queued leaves what waits where it is.
func TestDigestThatFails(t *testing.T) {
	t.Parallel()
	d := openDesk(t)
	d.choose(kim, account.InDigest, store.MailSubmitted)
	d.submitted("A desk")
	testdb.Exec(t, d.Store, `create function fail() returns trigger language plpgsql as $$ begin raise exception 'no'; end $$`)
	testdb.Exec(t, d.Store, `create constraint trigger fails after insert on river_job deferrable initially deferred for each row execute function fail()`)
	tomorrow := time.Now().Add(24 * time.Hour)
	if err := d.Queue.QueueDigests(t.Context(), tomorrow); err == nil {
		t.Fatal("it is queued")
	}
	testdb.Exec(t, d.Store, `drop trigger fails on river_job`)
	if err := d.Queue.QueueDigests(t.Context(), tomorrow); err != nil {
		t.Fatal(err)
	}
	if digests := d.jobs(store.MailDigest); len(digests) != 1 || len(digests[0].Events) != 1 {
		t.Errorf("digests: %+v", digests)
	}
}

// Several answers to comments are one event of a digest, as they are one mail.
func TestAnswersThatWaitForADigest(t *testing.T) {
	t.Parallel()
	d := openDesk(t)
	d.choose(kim, account.InDigest, store.MailAnswered)
	s := d.submitted("A desk")
	assign := step(submission.Assign, kim)
	assign.Assignee = kim.ID
	s = d.take(s, assign)
	d.ask(s, kim, submission.Comment{Part: submission.Summary, Text: "Too long"})
	d.take(s, step(submission.RequestChanges, kim))
	comments, err := d.Submissions.Comments(t.Context(), s.ID)
	if err != nil {
		t.Fatal(err)
	}
	for _, answer := range []string{"Shorter now", "Even shorter"} {
		d.ask(s, ana, submission.Comment{Parent: comments[0].ID, Text: answer})
	}
	if n := count(t, d.Store, `select count(*) from mail_waiting where job ->> 'mail' = 'answered'`); n != 1 {
		t.Errorf("%d wait", n)
	}
}

// People choose about every kind of mail, but for those on the safety of an account,
// those with a link that opens something, and the digest itself.
func TestWhatIsChosen(t *testing.T) {
	t.Parallel()
	d := openDesk(t)
	fixed := []store.MailKind{store.MailRole, store.MailReset, store.MailInvitation, store.MailDigest, store.MailNewAddress, store.MailAddressTaken,
		store.MailCities, store.MailDisabled, store.MailEnabled, store.MailReply, store.MailClosed, store.MailFollow, store.MailAlert}
	for _, kind := range store.MailKinds {
		d.choose(kim, account.Never, kind)
		want := 1
		if kind.AboutSigningIn() || slices.Contains(fixed, kind) {
			want = 0
		}
		if n := count(t, d.Store, `select count(*) from mail_choice where mail = '`+string(kind)+`'`); n != want {
			t.Errorf("%s: %d choices, want %d", kind, n, want)
		}
	}
}
