package store_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"exempla/internal/account"
	"exempla/internal/store"
	"exempla/internal/submission"
	"exempla/internal/testdb"
)

// write tries to add a comment.
func (d *desk) write(s submission.Submission, by account.Viewer, c submission.Comment) error {
	return d.Submissions.AddComment(d.Context(), store.Contribution{Submission: s.ID, By: by, At: tuesday}, c, d.key())
}

func (d *desk) comments(s submission.Submission) []submission.Comment {
	d.Helper()
	list, err := d.Submissions.Comments(d.Context(), s.ID)
	if err != nil {
		d.Fatal(err)
	}
	return list
}

func TestWhoMayComment(t *testing.T) {
	t.Parallel()
	d := openDesk(t)
	draft := d.begin(submission.Submission{Content: text("A desk")})
	question := submission.Comment{Part: submission.Summary, Text: "Who runs it?"}
	note := submission.Comment{Text: "An advertisement?", Internal: true}
	refuse := func(name string, err, want error) {
		t.Helper()
		if !errors.Is(err, want) {
			t.Errorf("%s: %v, want %v", name, err, want)
		}
	}
	refuse("an editor, on a draft", d.write(draft, kim, question), store.ErrNotFound)
	s := d.take(draft, step(submission.Submit, ana))
	refuse("another officer", d.write(s, ivo, question), store.ErrNotFound)
	refuse("its author, a question", d.write(s, ana, question), submission.ErrNotYours)
	refuse("its author, a note", d.write(s, ana, note), submission.ErrNotYours)
	refuse("blanks", d.write(s, kim, submission.Comment{Text: " \n "}), submission.ErrNoText)
	refuse("too much", d.write(s, kim, submission.Comment{Text: strings.Repeat("x", submission.MaxComment+1)}), submission.ErrNoText)
	refuse("a part that there is not", d.write(s, kim, submission.Comment{Part: "colour", Text: "Blue"}), submission.ErrNotYours)
	refuse("a reply to what there is not", d.write(s, kim, submission.Comment{Parent: 99, Text: "Yes"}), store.ErrNotFound)
	if len(d.comments(s)) != 0 {
		t.Fatalf("what was refused was stored: %+v", d.comments(s))
	}
	d.ask(s, kim, question)
	d.ask(s, mia, note)
	list := d.comments(s)
	refuse("its author, a reply before it was sent", d.write(s, ana, submission.Comment{Parent: list[0].ID, Text: "The city"}), store.ErrNotFound)
	s = d.take(s, step(submission.RequestChanges, kim))
	refuse("an editor, a question while it is revised", d.write(s, kim, question), submission.ErrState)
	d.ask(s, kim, note)
	refuse("its author, a reply to a note", d.write(s, ana, submission.Comment{Parent: list[1].ID, Text: "No"}), store.ErrNotFound)
	d.ask(s, ana, submission.Comment{Parent: list[0].ID, Text: "  The city  "})
	list = d.comments(s)
	if reply := list[len(list)-1]; reply.Part != submission.Summary || reply.Text != "The city" || reply.By != ana.ID || reply.Parent != list[0].ID {
		t.Errorf("reply: %+v", reply)
	}
	refuse("a reply to a reply", d.write(s, kim, submission.Comment{Parent: list[len(list)-1].ID, Text: "Thanks"}), submission.ErrNotYours)
	if seen := submission.Seen(s, list, ana); len(list) != 4 || len(seen) != 2 {
		t.Errorf("the author sees %d of %d", len(seen), len(list))
	}
}

func TestCommentsAreMarkedSettledAndDropped(t *testing.T) {
	t.Parallel()
	d := openDesk(t)
	s := d.submitted("A desk")
	for i := range 3 {
		d.ask(s, kim, submission.Comment{Part: submission.Summary, Text: fmt.Sprint("Question ", i+1)})
	}
	by := func(v account.Viewer) store.Contribution {
		return store.Contribution{Submission: s.ID, By: v, At: tuesday}
	}
	d.ask(s, mia, submission.Comment{Parent: 3, Text: "I think so too"})
	if err := d.Submissions.DropComment(t.Context(), by(ana), 3); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("dropped by its author: %v", err)
	}
	if err := d.Submissions.DropComment(t.Context(), by(mia), 3); err != nil || len(d.comments(s)) != 2 {
		t.Errorf("dropped with its reply, %d left: %v", len(d.comments(s)), err)
	}
	s = d.take(s, step(submission.RequestChanges, kim))
	if err := d.Submissions.DropComment(t.Context(), by(kim), 1); !errors.Is(err, submission.ErrNotYours) {
		t.Errorf("dropped once it was sent: %v", err)
	}
	mark := func(v account.Viewer, done bool) error {
		return d.Submissions.MarkComment(t.Context(), store.Contribution{Submission: s.ID, By: v, At: tuesday}, 1, done)
	}
	if err := mark(kim, true); !errors.Is(err, submission.ErrNotYours) {
		t.Errorf("marked by an editor: %v", err)
	}
	for _, done := range []bool{true, false, true} {
		if err := mark(ana, done); err != nil || d.comments(s)[0].Done.IsZero() == done {
			t.Errorf("marked %t: %+v, %v", done, d.comments(s)[0], err)
		}
	}
	if err := d.Submissions.SettleComment(t.Context(), by(ana), 1, true); !errors.Is(err, submission.ErrNotYours) {
		t.Errorf("settled by its author: %v", err)
	}
	if err := d.Submissions.SettleComment(t.Context(), by(kim), 1, true); err != nil || d.comments(s)[0].Settled.IsZero() {
		t.Errorf("settled: %v", err)
	}
	if err := mark(ana, false); !errors.Is(err, submission.ErrState) {
		t.Errorf("marked once it is settled: %v", err)
	}
	if err := d.Submissions.SettleComment(t.Context(), by(kim), 1, false); err != nil || !d.comments(s)[0].Settled.IsZero() {
		t.Errorf("opened again: %v", err)
	}
	if other := d.comments(s)[1]; !other.Done.IsZero() || !other.Settled.IsZero() {
		t.Errorf("another comment changed: %+v", other)
	}
}

func TestCommentThatIsSentTwice(t *testing.T) {
	t.Parallel()
	d := openDesk(t)
	s := d.submitted("A desk")
	for range 2 {
		err := d.Submissions.AddComment(t.Context(), store.Contribution{Submission: s.ID, By: kim, At: tuesday}, submission.Comment{Text: "More"}, "same form")
		if err != nil {
			t.Error(err)
		}
	}
	if n := len(d.comments(s)); n != 1 {
		t.Errorf("%d comments", n)
	}
	testdb.Exec(t, d.Store, `insert into comment (submission, text, account, at, form_key)
		select 1, 'Another', 3, now(), 'filler ' || n from generate_series(2, $1) n`, submission.MaxComments)
	if err := d.write(s, kim, submission.Comment{Text: "One too many"}); !errors.Is(err, submission.ErrConflict) {
		t.Errorf("beyond the limit: %v", err)
	}
	if n := len(d.comments(s)); n != submission.MaxComments {
		t.Errorf("%d comments", n)
	}
}

// The assignee gets one mail for replies that come before it is sent.
func TestRepliesAreToldOnce(t *testing.T) {
	t.Parallel()
	d := openDesk(t)
	s := d.submitted("A desk")
	assign := step(submission.Assign, kim)
	assign.Assignee = mia.ID
	s = d.take(s, assign)
	d.ask(s, mia, submission.Comment{Part: submission.Summary, Text: "Who runs it?"})
	s = d.take(s, step(submission.RequestChanges, mia))
	reply := submission.Comment{Parent: 1, Text: "The city"}
	d.ask(s, ana, reply)
	d.ask(s, ana, reply)
	if jobs := d.jobs(store.MailAnswered); len(jobs) != 1 || jobs[0].To != mia.ID || jobs[0].By != ana.ID {
		t.Fatalf("mails: %+v", jobs)
	}
	testdb.Exec(t, d.Store, `update river_job set state = 'completed', finalized_at = now() where args->>'mail' = 'answered'`)
	d.ask(s, ana, reply)
	if jobs := d.jobs(store.MailAnswered); len(jobs) != 1 {
		t.Errorf("after the first was sent: %+v", jobs)
	}
}
