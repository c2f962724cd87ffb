package submission

import (
	"errors"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"exempla/internal/account"
	"exempla/internal/text"
)

// MaxComment bounds a comment, in characters, and MaxComments how many a
// submission may have in all: a talk of that length is held better by telephone.
const (
	MaxComment  = 2_000
	MaxComments = 500
)

// NotesPart stands for the part of an internal note in its form.
const NotesPart Part = "notes"

// IsNote reports whether the part of a comment's form means an internal note.
func (p Part) IsNote() bool { return p == NotesPart }

// ErrNoText is the error of a comment without words, or with too many.
var ErrNoText = errors.New("no text, or too much of it")

// MayWrite says whether the viewer may write a comment now; parent is the
// comment that it answers, nil for none. Editors comment on what was submitted
// and keep notes at any time; officers answer what editors have asked for.
func (s Submission) MayWrite(c Comment, parent *Comment, v account.Viewer) error {
	switch words := strings.TrimSpace(c.Text); {
	case text.Blank(words) || utf8.RuneCountInString(words) > MaxComment || !utf8.ValidString(words) || strings.ContainsRune(words, 0):
		return ErrNoText
	case c.Part != "" && !c.Part.Known():
		return ErrNotYours
	case parent != nil && (parent.Parent != 0 || parent.Internal != c.Internal):
		return ErrNotYours
	case s.MayReview(v) && (c.Internal || parent != nil || s.State == Submitted):
		return nil
	case s.MayReview(v):
		return ErrState
	case !s.IsOfficer(v) || parent == nil || c.Internal || parent.Review == 0:
		return ErrNotYours
	case !s.isWritten():
		return ErrState
	}
	return nil
}

// isWritten reports whether the officers are at work on the text.
func (s Submission) isWritten() bool {
	return slices.Contains([]State{Draft, ChangesRequested}, s.State)
}

// MayMark says whether the viewer may say that what a comment asks for is done
// (or not yet): its officers, while they are at work.
func (s Submission) MayMark(c Comment, v account.Viewer) error {
	switch {
	case !s.IsOfficer(v) || c.Review == 0 || c.Parent != 0 || c.Internal:
		return ErrNotYours
	case !s.isWritten() || !c.Settled.IsZero():
		return ErrState
	}
	return nil
}

// MaySettle says whether the viewer may confirm that a comment is settled. Once the text
// is published nobody works on it any more.
func (s Submission) MaySettle(c Comment, v account.Viewer) error {
	switch {
	case !s.MayReview(v) || c.Parent != 0:
		return ErrNotYours
	case s.State == Approved:
		return ErrState
	}
	return nil
}

// MayDrop says whether the viewer may take a comment back: an editor, as long
// as it has not left the desk.
func (s Submission) MayDrop(c Comment, v account.Viewer) error {
	if !s.MayReview(v) || c.Review != 0 {
		return ErrNotYours
	}
	return nil
}

// Seen returns those of a submission's comments that the viewer may see, answers included: officers
// see what was sent to them, editors everything but of their own texts.
func Seen(s Submission, comments []Comment, v account.Viewer) []Comment {
	if s.ActsAsEditor(v) {
		return comments
	}
	return slices.DeleteFunc(slices.Clone(comments), func(c Comment) bool {
		return c.Internal || c.Parent == 0 && c.Review == 0 || c.Parent != 0 && !sent(comments, c.Parent)
	})
}

// sent reports whether the comment with that number has left the desk.
func sent(comments []Comment, id int64) bool {
	return slices.ContainsFunc(comments, func(c Comment) bool { return c.ID == id && c.Review != 0 })
}

// Overdue reports whether a submission has waited longer than the target for a
// decision.
func (s Submission) Overdue(target time.Duration, now time.Time) bool {
	return s.State == Submitted && now.Sub(s.Since) > target
}
