package store_test

import (
	"errors"
	"fmt"
	"testing"

	"exempla/internal/account"
	"exempla/internal/store"
	"exempla/internal/submission"
	"exempla/internal/testdb"
)

// inviteTo invites the reader of a mail address to a draft of ana's.
func (d *desk) inviteTo(s submission.Submission, mail string) error {
	return d.Submissions.InviteAuthor(d.Context(), store.Contribution{Submission: s.ID, By: ana, At: tuesday}, mail, "fr")
}

func TestAuthorsAreInvited(t *testing.T) {
	t.Parallel()
	d := openDesk(t)
	draft := d.begin(submission.Submission{Content: text("A desk")})
	for _, c := range []struct {
		mail string
		want error
	}{
		{"a2@example.org", nil}, {"A2@example.org", store.ErrAlreadyAuthor}, {"new@example.org", nil}, {"new@example.org", store.ErrAlreadyAuthor},
		{"a3@example.org", store.ErrNoOfficer}, {"a1@example.org", store.ErrAlreadyAuthor},
	} {
		if err := d.inviteTo(draft, c.mail); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", c.mail, err, c.want)
		}
	}
	invitee, err := d.Accounts.ByMail(t.Context(), "new@example.org")
	if err != nil || invitee.Role != account.Officer || invitee.State != account.Invited || invitee.Locale != "fr" {
		t.Fatalf("a person without an account: %+v, %v", invitee, err)
	}
	// An editor is not made an author, and no one is made one twice.
	if authors := d.see(draft.ID).Authors; fmt.Sprint(authors) != fmt.Sprint([]account.ID{ana.ID, ivo.ID, invitee.ID}) {
		t.Errorf("authors: %v", authors)
	}
	jobs := d.jobs(store.MailCoAuthor)
	if len(jobs) != 2 || jobs[0].To != ivo.ID || jobs[0].Token != 0 || jobs[1].To != invitee.ID || jobs[1].Token == 0 {
		t.Fatalf("mails: %+v", jobs)
	}
	if n := count(t, d.Store, `select count(*) from event where action = 'invite_author'`); n != 2 {
		t.Errorf("%d events", n)
	}
	secret, err := d.Accounts.LinkSecret(t.Context(), jobs[1].Token, tuesday)
	if err != nil {
		t.Fatal(err)
	}
	l, err := d.Accounts.Accept(t.Context(), store.Acceptance{Secret: secret, Name: "New", Locale: "fr", Password: "hash", At: tuesday})
	if err != nil || l.Submission != draft.ID {
		t.Errorf("the link leads to %d, %v", l.Submission, err)
	}
	joined := account.Viewer{ID: invitee.ID, Role: account.Officer}
	if list, err := d.Submissions.OfOfficer(t.Context(), joined, 1, tuesday); err != nil || len(list.Submissions) != 1 {
		t.Errorf("the new author finds %d submissions, %v", len(list.Submissions), err)
	}
}

// Links to two drafts work side by side until the account is active.
func TestAPersonIsInvitedToTwoDrafts(t *testing.T) {
	t.Parallel()
	d := openDesk(t)
	one, two := d.begin(submission.Submission{Content: text("One")}), d.begin(submission.Submission{Content: text("Two")})
	for _, draft := range []submission.Submission{one, two} {
		if err := d.inviteTo(draft, "new@example.org"); err != nil {
			t.Fatal(err)
		}
	}
	jobs := d.jobs(store.MailCoAuthor)
	if len(jobs) != 2 {
		t.Fatalf("%d mails", len(jobs))
	}
	for i, want := range []submission.ID{one.ID, two.ID} {
		secret, err := d.Accounts.LinkSecret(t.Context(), jobs[i].Token, tuesday)
		if err != nil {
			t.Fatal(err)
		}
		if l, err := d.Accounts.Link(t.Context(), secret, store.ToJoin, tuesday); err != nil || l.Submission != want {
			t.Errorf("link %d leads to %d, %v", i, l.Submission, err)
		}
	}
}

func TestAuthorsAreInvitedToDraftsOnly(t *testing.T) {
	t.Parallel()
	d := openDesk(t)
	s := d.submitted("A desk")
	if err := d.inviteTo(s, "a2@example.org"); !errors.Is(err, submission.ErrState) {
		t.Errorf("once submitted: %v", err)
	}
	by := store.Contribution{Submission: s.ID, By: kim, At: tuesday}
	if err := d.Submissions.InviteAuthor(t.Context(), by, "a2@example.org", "en"); !errors.Is(err, submission.ErrNotYours) {
		t.Errorf("by an editor: %v", err)
	}
	draft := d.begin(submission.Submission{Content: text("Crowded")})
	testdb.Exec(t, d.Store, `with crowd as (insert into account (role, state, name, mail, handle, created)
			select 'officer', 'active', 'Crowd', n || '@example.com', n::text::bytea, now() from generate_series(2, $2::int) n returning id)
		insert into submission_officer (submission, account) select $1, id from crowd`, int64(draft.ID), store.MaxAuthors)
	if err := d.inviteTo(draft, "a2@example.org"); !errors.Is(err, store.ErrFull) {
		t.Errorf("beyond the limit: %v", err)
	}
	if len(d.jobs(store.MailCoAuthor)) != 0 {
		t.Error("a mail was queued for an invitation that was refused")
	}
}
