package store_test

import (
	"errors"
	"fmt"
	"sync/atomic"
	"testing"

	"exempla/internal/account"
	"exempla/internal/practice"
	"exempla/internal/store"
	"exempla/internal/submission"
	"exempla/internal/testdb"
)

// The people of the tests: two officers and two editors.
var (
	ana = account.Viewer{ID: 1, Role: account.Officer}
	ivo = account.Viewer{ID: 2, Role: account.Officer, Cities: []account.City{account.NewCity("NO", "Bergen")}}
	kim = account.Viewer{ID: 3, Role: account.Editor}
	mia = account.Viewer{ID: 4, Role: account.Editor}
)

// desk is a store in which these people have accounts.
type desk struct {
	*testing.T
	*store.Store
	keys atomic.Int64
}

func openDesk(t *testing.T) *desk {
	t.Helper()
	s := testdb.Open(t)
	for _, v := range []account.Viewer{ana, ivo, kim, mia} {
		testdb.Exec(t, s, `insert into account (role, state, name, mail, handle, created)
			values ($1, 'active', $2, $3, $4, now())`, string(v.Role), fmt.Sprint("Sample ", v.ID), fmt.Sprintf("a%d@example.org", v.ID), []byte{byte(v.ID)})
	}
	return &desk{T: t, Store: s}
}

func (d *desk) key() string { return fmt.Sprint("key ", d.keys.Add(1)) }

// text is a text that may be submitted.
func text(title string) submission.Content {
	c := submission.Content{Title: title, Countries: []practice.Country{"GR"}, Cities: []practice.City{{Country: "GR", Name: "Ioannina"}},
		Topics: []practice.Topic{"refugees"}, Period: practice.Period{Start: practice.Date{Year: 2017}, Ongoing: true}}
	for _, p := range submission.Parts {
		if p.IsText() && !p.Optional() {
			c = c.WithText(p, "Words about "+string(p))
		}
	}
	return c
}

// begin starts a draft of ana's.
func (d *desk) begin(begun submission.Submission) submission.Submission {
	d.Helper()
	begun.Created = monday
	if begun.Kind == "" {
		begun.Kind, begun.Language = submission.New, "en"
	}
	id, err := d.Submissions.Start(d.Context(), begun, d.key(), ana)
	if err != nil {
		d.Fatal(err)
	}
	return d.see(id)
}

func (d *desk) see(id submission.ID) submission.Submission {
	d.Helper()
	s, err := d.Submissions.Find(d.Context(), id)
	if err != nil {
		d.Fatal(err)
	}
	return s
}

// step is a valid step.
func step(action submission.Action, by account.Viewer) submission.Step {
	return submission.Step{Action: action, By: by, At: tuesday, Consent: "Yes", Reason: "Because", Content: text("Corrected")}
}

// take takes a step that must succeed.
func (d *desk) take(s submission.Submission, one submission.Step) submission.Submission {
	d.Helper()
	after, err := d.Submissions.Advance(d.Context(), s.ID, s.Version, one)
	if err != nil {
		d.Fatal(err)
	}
	return after
}

// refused takes a step that must end in an error and change nothing.
func (d *desk) refused(s submission.Submission, one submission.Step, want error) {
	d.Helper()
	before := d.see(s.ID)
	if _, err := d.Submissions.Advance(d.Context(), s.ID, s.Version, one); !errors.Is(err, want) {
		d.Errorf("%s: %v, want %v", one.Action, err, want)
	}
	if after := d.see(s.ID); after.Version != before.Version || after.State != before.State {
		d.Errorf("%s was refused and changed all the same: %+v", one.Action, after)
	}
}

// ask adds a comment that must be taken.
func (d *desk) ask(s submission.Submission, by account.Viewer, c submission.Comment) {
	d.Helper()
	if err := d.Submissions.AddComment(d.Context(), store.Contribution{Submission: s.ID, By: by, At: tuesday}, c, d.key()); err != nil {
		d.Fatal(err)
	}
}

// submitted is a submission of ana's that waits at the desk.
func (d *desk) submitted(title string) submission.Submission {
	d.Helper()
	return d.take(d.begin(submission.Submission{Content: text(title)}), step(submission.Submit, ana))
}

// approved is a practice that came from a submission of ana's.
func (d *desk) approved(title string) submission.Submission {
	d.Helper()
	return d.take(d.submitted(title), step(submission.Approve, kim))
}
