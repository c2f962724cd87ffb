package store_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"exempla/internal/account"
	"exempla/internal/store"
	"exempla/internal/submission"
	"exempla/internal/testdb"
)

func queueState(t *testing.T, s *store.Store, since time.Time) store.QueueState {
	t.Helper()
	state, err := s.Queue.State(t.Context(), since)
	if err != nil {
		t.Fatal(err)
	}
	return state
}

// mails queues that many mails; their jobs are numbered from 1.
func mails(t *testing.T, s *store.Store, n int) {
	t.Helper()
	for i := range n {
		if _, err := s.Accounts.Invite(t.Context(), store.Invitation{Mail: fmt.Sprintf("p%d@example.org", i), Roles: []account.Role{account.Editor}, At: monday}); err != nil {
			t.Fatal(err)
		}
	}
}

// become puts a job into a state the way the queue does.
func become(t *testing.T, s *store.Store, job int, state, failure string) {
	t.Helper()
	testdb.Exec(t, s, `update river_job set state = $2::river_job_state, attempt = 3, scheduled_at = $3::timestamptz + id * interval '1 minute',
		finalized_at = case when $2 in ('cancelled', 'discarded', 'completed') then $3::timestamptz + id * interval '1 minute' end,
		errors = array[jsonb_build_object('error', 'first'), jsonb_build_object('error', $4::text)] where id = $1`, job, state, tuesday, failure)
}

func TestQueueState(t *testing.T) {
	t.Parallel()
	s := testdb.Open(t)
	mails(t, s, 7)
	become(t, s, 3, "retryable", "temporary 451")
	become(t, s, 2, "retryable", "no connection")
	become(t, s, 4, "discarded", "permanent 550")
	become(t, s, 5, "cancelled", "JobCancelError: no recipient")
	become(t, s, 6, "completed", "")
	become(t, s, 7, "completed", "")
	q := queueState(t, s, tuesday.Add(6*time.Minute))
	if len(q.Waiting) != 1 || q.Waiting[0].ID != 1 || q.Waiting[0].Tries != 0 || q.Waiting[0].Why != "" {
		t.Errorf("waiting: %+v", q.Waiting)
	}
	if job := q.Waiting[0].Job; job.Mail != store.MailInvitation || job.To == 0 || job.Token == 0 {
		t.Errorf("the job: %+v", job)
	}
	if len(q.Retrying) != 2 || q.Retrying[0].ID != 2 || q.Retrying[1].Why != "temporary 451" || q.Retrying[1].Tries != 3 ||
		!q.Retrying[0].Next.Equal(tuesday.Add(2*time.Minute)) {
		t.Errorf("retrying: %+v", q.Retrying)
	}
	if len(q.GivenUp) != 2 || q.GivenUp[0].ID != 5 || q.GivenUp[0].Why != "no recipient" || q.GivenUp[1].Why != "permanent 550" {
		t.Errorf("given up: %+v", q.GivenUp)
	}
	if q.Sent != 1 || q.More {
		t.Errorf("%d sent since, more: %t", q.Sent, q.More)
	}
	if waiting, givenUp, err := s.Queue.CountUnsent(t.Context()); err != nil || waiting != 3 || givenUp != 2 {
		t.Errorf("%d wait, %d given up, %v", waiting, givenUp, err)
	}
}

func TestQueueStateIsCutOff(t *testing.T) {
	t.Parallel()
	s := testdb.Open(t)
	mails(t, s, 1)
	testdb.Exec(t, s, `insert into river_job (args, kind, max_attempts, state, queue, priority, scheduled_at, created_at)
		select args, kind, max_attempts, state, queue, priority, scheduled_at, created_at from river_job, generate_series(2, $1)`, store.MaxWaiting)
	if q := queueState(t, s, monday); len(q.Waiting) != store.MaxWaiting || q.More {
		t.Errorf("a full list: %d, more: %t", len(q.Waiting), q.More)
	}
	mails(t, s, 2)
	if q := queueState(t, s, monday); len(q.Waiting) != store.MaxWaiting || !q.More {
		t.Errorf("one more: %d, more: %t", len(q.Waiting), q.More)
	}
}

func TestMailIsRetried(t *testing.T) {
	t.Parallel()
	s := testdb.Open(t)
	mails(t, s, 3)
	become(t, s, 1, "discarded", "permanent 550")
	become(t, s, 2, "retryable", "no connection")
	become(t, s, 3, "completed", "")
	for _, job := range []int64{1, 2} {
		if err := s.Queue.Retry(t.Context(), job); err != nil {
			t.Errorf("job %d: %v", job, err)
		}
	}
	if q := queueState(t, s, monday); len(q.Waiting) != 2 || len(q.Retrying)+len(q.GivenUp) != 0 {
		t.Errorf("after retrying: %+v", q)
	}
	for _, job := range []int64{3, 99} {
		if err := s.Queue.Retry(t.Context(), job); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("job %d, sent or unknown: %v", job, err)
		}
	}
}

func TestMailWaitDoublesUpToAnHour(t *testing.T) {
	t.Parallel()
	var total time.Duration
	for tries := 1; tries <= store.MailTries; tries++ {
		wait := store.MailWait(tries)
		if tries == 1 && wait != 10*time.Second || tries == 2 && wait != 20*time.Second || wait > time.Hour || wait < store.MailWait(max(1, tries-1)) {
			t.Errorf("after %d attempts: %s", tries, wait)
		}
		total += wait
	}
	if total < 4*24*time.Hour || total > 6*24*time.Hour {
		t.Errorf("%s in all", total)
	}
}

// jobs are the mails of a kind that wait.
func (d *desk) jobs(kind store.MailKind) []store.MailJob {
	d.Helper()
	var list []store.MailJob
	for _, w := range queueState(d.T, d.Store, monday).Waiting {
		if w.Job.Mail == kind {
			list = append(list, w.Job)
		}
	}
	return list
}

func (d *desk) letter(job store.MailJob) store.Letter {
	d.Helper()
	l, err := d.Queue.Letter(d.Context(), job)
	if err != nil {
		d.Fatal(err)
	}
	return l
}

// A mail says what is so when it is sent, and to the authors nothing that the
// desk keeps to itself.
func TestLetterOfAReview(t *testing.T) {
	t.Parallel()
	d := openDesk(t)
	s := d.submitted("A desk")
	d.ask(s, kim, submission.Comment{Part: submission.Summary, Text: "Who runs it?"})
	d.ask(s, kim, submission.Comment{Text: "An advertisement?", Internal: true})
	s = d.take(s, step(submission.RequestChanges, kim))
	jobs := d.jobs(store.MailChanges)
	if len(jobs) != 1 {
		t.Fatalf("%d mails", len(jobs))
	}
	l := d.letter(jobs[0])
	if l.To.Mail != "a1@example.org" || l.By != "Sample 3" || l.Submission.ID != s.ID || !l.Until.IsZero() {
		t.Errorf("letter: %+v", l)
	}
	if len(l.Comments) != 1 || l.Comments[0].Text != "Who runs it?" {
		t.Errorf("comments: %+v", l.Comments)
	}
	d.ask(s, ana, submission.Comment{Parent: l.Comments[0].ID, Text: "The city"})
	if l := d.letter(jobs[0]); len(l.Comments) != 1 {
		t.Errorf("with the reply: %+v", l.Comments)
	}
	if err := d.Accounts.ChangeProfile(t.Context(), ana.ID, "Ana", "el"); err != nil {
		t.Fatal(err)
	}
	if err := d.Accounts.Erase(t.Context(), kim.ID, store.Actor{At: tuesday}); err != nil {
		t.Fatal(err)
	}
	if l := d.letter(jobs[0]); l.To.Name != "Ana" || l.To.Locale != "el" || l.By != "" {
		t.Errorf("after both accounts changed: to %+v by %q", l.To, l.By)
	}
}

func TestLetterOfARejection(t *testing.T) {
	t.Parallel()
	d := openDesk(t)
	s := d.submitted("A desk")
	reject := step(submission.Reject, kim)
	reject.Reason = "It is an advertisement."
	d.take(s, reject)
	jobs := d.jobs(store.MailRejected)
	if len(jobs) != 1 || d.letter(jobs[0]).Reason != reject.Reason {
		t.Errorf("mails: %+v", jobs)
	}
}

func TestLettersThatMustNotBeSent(t *testing.T) {
	t.Parallel()
	d := openDesk(t)
	s := d.submitted("A desk")
	made, err := d.Accounts.Invite(t.Context(), store.Invitation{Mail: "new@example.org", Roles: []account.Role{account.Editor}, At: monday})
	if err != nil {
		t.Fatal(err)
	}
	invitation := store.MailJob{Mail: store.MailInvitation, To: made.Account, Token: made.Token}
	if l := d.letter(invitation); !l.Until.Equal(monday.Add(store.InvitationTime)) || l.To.Mail != "new@example.org" {
		t.Errorf("invitation: %+v", l)
	}
	if err := d.Accounts.Disable(t.Context(), ivo.ID, store.Actor{At: monday}); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		job  store.MailJob
		want error
	}{
		"to an invited account":        {store.MailJob{Mail: store.MailApproved, To: made.Account, Submission: s.ID}, store.ErrNoRecipient},
		"to a disabled account":        {store.MailJob{Mail: store.MailApproved, To: ivo.ID, Submission: s.ID}, store.ErrNoRecipient},
		"to an unknown account":        {store.MailJob{Mail: store.MailApproved, To: 99, Submission: s.ID}, store.ErrNoRecipient},
		"about an unknown submission":  {store.MailJob{Mail: store.MailApproved, To: ana.ID, Submission: 99}, store.ErrNotFound},
		"about an unknown review":      {store.MailJob{Mail: store.MailChanges, To: ana.ID, Submission: s.ID, Review: 99}, store.ErrNotFound},
		"with a token that is unknown": {store.MailJob{Mail: store.MailReset, To: ana.ID, Token: 99}, store.ErrNotFound},
	} {
		if _, err := d.Queue.Letter(t.Context(), c.job); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
	secret, err := d.Accounts.LinkSecret(t.Context(), made.Token, monday)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.Accounts.Accept(t.Context(), store.Acceptance{Secret: secret, Name: "New", Locale: "en", Password: "hash", At: monday}); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Queue.Letter(t.Context(), invitation); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("an invitation that was accepted: %v", err)
	}
}
