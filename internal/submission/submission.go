// Package submission says what a practice on its way in is: its text in parts,
// its states, and who may do what to it when. It knows neither where
// submissions are kept nor how they are shown.
package submission

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"exempla/internal/account"
	"exempla/internal/practice"
)

// ID numbers a submission.
type ID int64

// Reference is what a practice is called of which this is the first submission. Use that
// of a Submission for any other.
func (id ID) Reference() string { return fmt.Sprintf("EX-%05d", int64(id)) }

// Kind says what a submission is to become.
type Kind string

// The kinds.
const (
	New         Kind = "new"         // a practice that the catalogue lacks
	Change      Kind = "change"      // of a text that is public
	Translation Kind = "translation" // a text in a language that the practice lacks
)

// State says where a submission is.
type State string

// The states. Approved is final; discarded ends for good when KeepDiscarded is
// over.
const (
	Draft            State = "draft"
	Submitted        State = "submitted"
	ChangesRequested State = "changes_requested"
	Approved         State = "approved"
	Rejected         State = "rejected"
	Discarded        State = "discarded"
)

// States lists the states in the order of a submission's life.
var States = []State{Draft, Submitted, ChangesRequested, Approved, Rejected, Discarded}

// KeepDiscarded is how long a discarded draft can be taken back: long enough
// for a holiday.
const KeepDiscarded = 30 * 24 * time.Hour

// Submission is one round of work on one text in one language. The public text
// of a practice stays as it is until a submission is approved.
type Submission struct {
	ID           ID
	First        ID // the first submission of the practice; 0 where that is this one
	Kind         Kind
	Practice     int64  // number; 0 for a new one until it is approved
	Slug         string // of that practice
	BaseRevision int    // of the practice, from which the text began
	Language     practice.Language
	State        State
	Content      Content
	Version      int          // counts saves and steps, against lost edits
	Round        int          // how often it was submitted
	Assignee     account.ID   // the editor who holds it; 0 for nobody, and for one who cannot work on it any more
	Approvals    []account.ID // editors who have approved this very text
	Correctors   []account.ID // editors who have corrected it in this round
	Criteria     []Criterion  // those that editors have ticked
	Authors      []account.ID
	Writers      []account.ID // who has begun or submitted it, or was an author before
	Created      time.Time
	Updated      time.Time // of the content
	Since        time.Time // of the state
	Submitted    time.Time // the last time; zero for never
	Consent      Consent   // given when it was submitted last

	Limits Limits // that the site sets now; whoever loads it adds them

	Correction *Correction // of a public text by an editor; nil for what officers write
	Original   *Original   // of a translation, while its practice is public; nil in lists
}

// Consent is what an author agreed to when submitting, in the very words that
// were shown.
type Consent struct {
	Wording string
	By      account.ID
	At      time.Time
}

// Settings of the desk that decide about steps.
type Settings struct {
	SecondApproval bool // whether two editors have to approve
}

// Criterion is one of the public questions that editors put to a text.
type Criterion string

// Criteria lists the criteria of a practice in their order. Their words are messages
// "criterion.<name>".
var Criteria = []Criterion{"real", "clear", "results", "honest", "people", "sources"}

// Criteria lists those that editors put to a text. Of a translation they ask whether it
// says what the original says; whether that is a good practice was decided before.
func (k Kind) Criteria() []Criterion {
	if k == Translation {
		return []Criterion{"faithful", "complete", "plain"}
	}
	return Criteria
}

// Revision is a text as it was submitted or corrected. It never changes.
type Revision struct {
	Number  int
	Round   int
	Correct bool // an editor's correction, not a submission
	Content Content
	By      account.ID
	At      time.Time
}

// Decision is what a review came to.
type Decision string

// The decisions.
const (
	DecidedChanges  Decision = "changes"
	DecidedApproved Decision = "approved"
	DecidedRejected Decision = "rejected"
	DecidedReopened Decision = "reopened"
)

// Review is a decision of the desk about a revision.
type Review struct {
	ID       int64
	Revision int
	Decision Decision
	Cause    Cause  // of a rejection; empty when it has none but the editor's words
	Reason   string // in an editor's words; may be empty
	By       account.ID
	At       time.Time
}

// Rejection is a submission that was rejected, with the review that did it.
type Rejection struct {
	Submission
	Review Review
}

// Comment is what an editor asks for, or an answer to it.
type Comment struct {
	ID       int64
	Review   int64 // 0 until the review is sent; such a comment never leaves the desk
	Parent   int64 // the comment that this one answers; 0 for none
	Part     Part  // empty for a note on the whole
	Text     string
	Internal bool // never leaves the desk
	By       account.ID
	At       time.Time
	Done     time.Time // when an officer said so; zero for not yet
	Settled  time.Time // when an editor confirmed it
}

// Open reports whether an officer still has something to do about it.
func (c Comment) Open() bool {
	return c.Review != 0 && c.Parent == 0 && !c.Internal && c.Done.IsZero() && c.Settled.IsZero()
}

// Unsent reports whether the comment waits for a decision that takes it along.
func (c Comment) Unsent() bool { return c.Review == 0 && c.Parent == 0 && !c.Internal }

// Reference is how people name a submission to one another: a practice has one through
// all its rounds, changes and translations, made of the number of its first submission.
// A new text has that before it is a practice, so that it never changes; an imported
// practice gets it with the first change or translation. The numbers of later ones
// stand in addresses only; a search finds the practice by them too.
func (s Submission) Reference() string { return cmp.Or(s.First, s.ID).Reference() }

// Over reports whether no work is left to do on the submission.
func (s Submission) Over() bool {
	return slices.Contains([]State{Approved, Rejected, Discarded}, s.State)
}
