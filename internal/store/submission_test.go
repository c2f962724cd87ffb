package store_test

import (
	"errors"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"exempla/internal/account"
	"exempla/internal/practice"
	"exempla/internal/store"
	"exempla/internal/submission"
	"exempla/internal/testdb"
)

func TestFromDraftToPublicPractice(t *testing.T) {
	t.Parallel()
	d := openDesk(t)
	s := d.begin(submission.Submission{Content: submission.Content{Title: "A help desk"}})
	save := step(submission.Save, ana)
	save.Content = text("A help desk")
	s = d.take(s, save)
	s = d.take(s, step(submission.Submit, ana))
	d.ask(s, kim, submission.Comment{Part: submission.Summary, Text: "Who runs it?"})
	d.ask(s, kim, submission.Comment{Part: submission.Summary, Text: "Looks like an advertisement", Internal: true})
	s = d.take(s, step(submission.RequestChanges, kim))

	comments, err := d.Submissions.Comments(t.Context(), s.ID)
	if err != nil || len(comments) != 2 || comments[0].Review == 0 || comments[1].Review != 0 {
		t.Fatalf("comments: %+v, %v", comments, err)
	}
	if seen := submission.Seen(s, comments, ana); len(seen) != 1 || !seen[0].Open() {
		t.Errorf("the officer sees %+v", seen)
	}
	contribution := store.Contribution{Submission: s.ID, By: ana, At: tuesday}
	d.ask(s, ana, submission.Comment{Parent: comments[0].ID, Text: "The municipality"})
	if err := d.Submissions.MarkComment(t.Context(), contribution, comments[0].ID, true); err != nil {
		t.Error(err)
	}
	if err := d.Submissions.MarkComment(t.Context(), contribution, comments[1].ID, true); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("an internal note is known to the officer: %v", err)
	}
	save.Content = text("A help desk").WithText(submission.Summary, "The municipality runs it.")
	s = d.take(d.take(s, save), step(submission.Submit, ana))
	if err := d.Submissions.SettleComment(t.Context(), store.Contribution{Submission: s.ID, By: kim, At: tuesday}, comments[0].ID, true); err != nil {
		t.Error(err)
	}
	s = d.take(s, step(submission.Approve, kim))

	p := load(t, d.Store, "a-help-desk-ioannina")
	if p.Number != s.Practice || s.Slug != p.Slug || p.Texts[0].Summary != "The municipality runs it." || !p.Published.Equal(tuesday) || p.Revision != 1 {
		t.Errorf("published as %+v", p)
	}
	if !slices.Contains(listed(indexOf(t, d.Store)), p.Slug) {
		t.Error("it is not in the catalogue")
	}
	revisions, err := d.Submissions.Revisions(t.Context(), s.ID)
	if err != nil || len(revisions) != 2 || revisions[0].Content.Summary != "Words about summary" || revisions[1].Round != 2 {
		t.Errorf("revisions: %+v, %v", revisions, err)
	}
	history, err := d.Events.OfSubmission(t.Context(), s.ID)
	var actions []string
	for _, e := range history {
		actions = append(actions, e.Action)
	}
	if want := []string{"start", "submit", "request_changes", "submit", "approve"}; err != nil || !slices.Equal(actions, want) {
		t.Errorf("recorded %v, want %v, %v", actions, want, err)
	}
}

func TestSentTwiceIsDoneOnce(t *testing.T) {
	t.Parallel()
	d := openDesk(t)
	begun := submission.Submission{Kind: submission.New, Language: "en", Content: text("Twice"), Created: monday}
	first, err := d.Submissions.Start(t.Context(), begun, "same", ana)
	second, again := d.Submissions.Start(t.Context(), begun, "same", ana)
	if err != nil || again != nil || first != second {
		t.Errorf("begun twice: %d, %v; %d, %v", first, err, second, again)
	}
	if _, err := d.Submissions.Start(t.Context(), begun, "same", ivo); err == nil {
		t.Error("another person's form was taken")
	}
	draft := d.see(first)
	one := d.take(draft, step(submission.Submit, ana))
	two := d.take(draft, step(submission.Submit, ana))
	if one.Version != two.Version || two.Round != 1 || count(t, d.Store, `select count(*) from revision`) != 1 {
		t.Errorf("submitted twice: %+v", two)
	}
	d.take(one, step(submission.Approve, kim))
	d.take(one, step(submission.Approve, kim))
	if n := count(t, d.Store, `select count(*) from practice`); n != 1 {
		t.Errorf("approved twice: %d practices", n)
	}
	d.refused(one, step(submission.Approve, mia), submission.ErrConflict)
}

// Of many steps taken at once one wins; the others end in a conflict.
func TestManyStepsAtOnce(t *testing.T) {
	t.Parallel()
	d := openDesk(t)
	s := d.submitted("Crowded")
	d.ask(s, mia, submission.Comment{Part: submission.Summary, Text: "More"})
	steps := []submission.Step{step(submission.Approve, kim), step(submission.Reject, mia), step(submission.RequestChanges, mia),
		step(submission.Withdraw, ana), step(submission.Correct, mia)}
	for i := range steps {
		steps[i].Pending = submission.DropPending
	}
	var won, lost atomic.Int64
	var group sync.WaitGroup
	for i := range 40 {
		one := steps[i%len(steps)]
		one.At = tuesday.Add(time.Duration(i) * time.Second)
		group.Go(func() {
			switch _, err := d.Submissions.Advance(t.Context(), s.ID, s.Version, one); {
			case err == nil:
				won.Add(1)
			case errors.Is(err, submission.ErrConflict):
				lost.Add(1)
			default:
				t.Errorf("%s: %v", one.Action, err)
			}
		})
	}
	group.Wait()
	// Those who sent the very step that won get its result.
	after := d.see(s.ID)
	if after.Version != s.Version+1 || won.Load() != 8 || lost.Load() != 32 {
		t.Errorf("version %d after %d, %d won and %d lost", after.Version, s.Version, won.Load(), lost.Load())
	}
	if n := count(t, d.Store, `select count(*) from event where version = 2`); n != 1 {
		t.Errorf("%d events for one step", n)
	}
}

func TestWhoMayNotIsRefused(t *testing.T) {
	t.Parallel()
	d := openDesk(t)
	draft := d.begin(submission.Submission{Content: text("Private")})
	d.refused(draft, step(submission.Save, ivo), store.ErrNotFound)
	d.refused(draft, step(submission.Approve, kim), store.ErrNotFound)
	waiting := d.take(draft, step(submission.Submit, ana))
	d.refused(waiting, step(submission.Withdraw, ivo), store.ErrNotFound)
	d.refused(waiting, step(submission.Approve, ana), submission.ErrNotYours)
	d.refused(waiting, step(submission.Withdraw, kim), submission.ErrNotYours)
	d.refused(waiting, step(submission.Reopen, kim), submission.ErrState)
	corrected := d.take(waiting, step(submission.Correct, mia))
	d.refused(corrected, step(submission.Approve, mia), submission.ErrNotYours)
	d.take(corrected, step(submission.Approve, kim))
	if p := load(t, d.Store, "corrected-ioannina"); p.Texts[0].Title != "Corrected" {
		t.Errorf("published: %+v", p)
	}
}

func TestOfficersFindTheirSubmissions(t *testing.T) {
	t.Parallel()
	d := openDesk(t)
	in := text("In Bergen")
	in.Cities = append(in.Cities, practice.City{Country: "NO", Name: "BERGEN"})
	testdb.Exec(t, d.Store, `with c as (insert into city (country, slug, name) values ('NO', 'bergen', 'Bergen') returning id)
		insert into account_city (account, city) select 2, id from c`)
	d.begin(submission.Submission{Content: in})
	d.begin(submission.Submission{Content: text("Elsewhere")})
	if hers, err := d.Submissions.OfOfficer(t.Context(), ana, 1, tuesday); err != nil || len(hers.Submissions) != 2 {
		t.Errorf("who began them finds %d, %v", len(hers.Submissions), err)
	}
	his, err := d.Submissions.OfOfficer(t.Context(), ivo, 1, tuesday)
	if err != nil || len(his.Submissions) != 1 || his.Submissions[0].Content.Title != "In Bergen" {
		t.Errorf("the other city's officer finds %+v, %v", his, err)
	}
	if err := d.Submissions.InviteAuthor(t.Context(), store.Contribution{Submission: 2, By: kim, At: tuesday}, "a2@example.org", "en"); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("an editor invites: %v", err)
	}
	if err := d.Submissions.InviteAuthor(t.Context(), store.Contribution{Submission: 2, By: ana, At: tuesday}, "A2@example.org", "en"); err != nil {
		t.Error(err)
	}
	if his, err = d.Submissions.OfOfficer(t.Context(), ivo, 1, tuesday); err != nil || len(his.Submissions) != 2 {
		t.Errorf("once invited he finds %d, %v", len(his.Submissions), err)
	}
}

// Two changes that began from the same text do not overwrite each other.
func TestTwoOpenChanges(t *testing.T) {
	t.Parallel()
	d := openDesk(t)
	first := d.approved("A desk")
	change := func(language practice.Language, kind submission.Kind) submission.Submission {
		p := load(t, d.Store, first.Slug)
		c := submission.Proposed(p, language)
		c.Title, c.Summary = "A desk in "+string(language), "New"
		c.Sections = text("").Sections
		s := d.begin(submission.Submission{Kind: kind, Practice: p.Number, BaseRevision: p.Revision, Language: language, Content: c})
		return d.take(s, step(submission.Submit, ana))
	}
	one, two, greek := change("en", submission.Change), change("en", submission.Change), change("el", submission.Translation)
	if p := load(t, d.Store, first.Slug); p.Texts[0].Title != "A desk" || !p.Updated.IsZero() {
		t.Errorf("the public text changed before its approval: %+v", p)
	}
	d.take(greek, step(submission.Approve, kim)) // another language is no obstacle
	d.take(one, step(submission.Approve, kim))
	p := load(t, d.Store, first.Slug)
	if p.Revision != 3 || !p.Updated.Equal(tuesday) || p.Texts[0].Title != "A desk in en" || p.Texts[1].State != practice.Outdated {
		t.Errorf("after a translation and a change: %+v", p)
	}
	d.refused(two, step(submission.Approve, kim), submission.ErrMoved)
	seen := step(submission.Approve, kim)
	seen.Seen = p.Revision
	d.take(two, seen)
	if p := load(t, d.Store, first.Slug); p.Revision != 4 || p.Slug != first.Slug {
		t.Errorf("approved after seeing the other change: %+v", p)
	}
}

func TestTwoPracticesOfOneName(t *testing.T) {
	t.Parallel()
	d := openDesk(t)
	for _, want := range []string{"the-same-ioannina", "the-same-ioannina-2", "the-same-ioannina-3"} {
		if got := d.approved("The same").Slug; got != want {
			t.Errorf("published at %s, want %s", got, want)
		}
	}
}

func TestArchiveAndRestore(t *testing.T) {
	t.Parallel()
	d := openDesk(t)
	slug := d.approved("Short-lived").Slug
	do := func(action submission.Action, by account.Viewer) error {
		return d.Practices.Advance(t.Context(), slug, submission.PracticeStep{Action: action, By: by, At: tuesday, Reason: "It was a mistake"})
	}
	if err := do(submission.Archive, ana); !errors.Is(err, submission.ErrNotYours) {
		t.Errorf("an officer archives: %v", err)
	}
	if err := do(submission.Archive, kim); err != nil {
		t.Fatal(err)
	}
	var archived store.Archived
	if _, err := d.Practices.Find(t.Context(), slug); !errors.As(err, &archived) || archived.Reason != "It was a mistake" {
		t.Errorf("archived: %v", err)
	}
	if len(listed(indexOf(t, d.Store))) != 0 {
		t.Error("it is still listed")
	}
	if err := do(submission.Archive, kim); !errors.Is(err, submission.ErrState) {
		t.Errorf("archived twice: %v", err)
	}
	if err := do(submission.Restore, kim); err != nil || len(listed(indexOf(t, d.Store))) != 1 {
		t.Errorf("restored: %v", err)
	}
}

func TestTheRecordIsNeverChanged(t *testing.T) {
	t.Parallel()
	d := openDesk(t)
	d.submitted("Recorded")
	for _, table := range []string{"event", "revision"} {
		for _, sql := range []string{`delete from ` + table, `update ` + table + ` set account = 2`, `truncate ` + table} {
			if err := testdb.Try(t, d.Store, sql); err == nil {
				t.Errorf("%s was possible", sql)
			}
		}
	}
}

// Every step sends mails to those it concerns, and to no one else.
func TestWhoIsTold(t *testing.T) {
	t.Parallel()
	d := openDesk(t)
	told := func(kind store.MailKind, to account.Viewer, want int) {
		t.Helper()
		sql := fmt.Sprintf(`select count(*) from river_job where args->>'mail' = '%s' and (args->>'to')::bigint = %d`, kind, to.ID)
		if n := count(t, d.Store, sql); n != want {
			t.Errorf("%s to %d: %d mails, want %d", kind, to.ID, n, want)
		}
	}
	s := d.submitted("Told")
	told(store.MailSubmitted, kim, 1)
	told(store.MailSubmitted, mia, 1)
	assign := step(submission.Assign, kim)
	assign.Assignee = mia.ID
	s = d.take(s, assign)
	told(store.MailAssigned, mia, 1)
	d.ask(s, kim, submission.Comment{Part: submission.Summary, Text: "More"})
	d.refused(s, step(submission.Approve, ana), submission.ErrNotYours)
	d.refused(s, step(submission.RequestChanges, kim), submission.ErrHeld)
	over := func(a submission.Action) submission.Step {
		one := step(a, kim)
		one.Holder = mia.ID
		return one
	}
	s = d.take(s, over(submission.RequestChanges))
	told(store.MailDecided, mia, 1)
	told(store.MailChanges, ana, 1)
	told(store.MailChanges, ivo, 0)
	s = d.take(s, step(submission.Submit, ana))
	told(store.MailSubmitted, mia, 2)
	told(store.MailSubmitted, kim, 2) // has asked for the changes
	d.take(s, over(submission.Approve))
	told(store.MailDecided, mia, 2)
	told(store.MailApproved, ana, 1)
	told(store.MailReceived, ana, 2)
	if n := count(t, d.Store, `select count(*) from river_job`); n != 11 {
		t.Errorf("%d mails in all", n)
	}
}
