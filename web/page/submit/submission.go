package submit

import (
	"crypto/rand"
	"time"

	"exempla/internal/account"
	"exempla/internal/locale"
	"exempla/internal/submission"
	"exempla/web/component"
)

// SubmissionInput is a submission with everything that its authors see of it.
type SubmissionInput struct {
	submission.Submission
	Comments    []submission.Comment // that the viewer may see
	Reviews     []submission.Review
	Names       component.Names
	Now         time.Time
	Reply       ReplyForm
	Corrections []Correction // by editors, since it was last submitted
}

// ReplyForm is a reply that could not be stored.
type ReplyForm struct {
	Comment int64 // to which it replies
	Text    string
	Problem string
}

// replyTo is the form of the reply to a comment; empty unless a reply to this
// very comment could not be stored.
func (in SubmissionInput) replyTo(c submission.Comment) ReplyForm {
	if in.Reply.Comment == c.ID {
		return in.Reply
	}
	return ReplyForm{}
}

// formKey is unique to each form, so that a form sent twice is stored once.
func (in SubmissionInput) formKey() string { return rand.Text() }

func (in SubmissionInput) partContent(p submission.Part) component.PartContent {
	return component.PartContent{Content: in.Content, Part: p, Language: in.Language, Today: in.Now}
}

// commentsOn lists the comments on a part, without replies; those on the whole
// text for an empty part.
func (in SubmissionInput) commentsOn(p submission.Part) []submission.Comment {
	var list []submission.Comment
	for _, c := range in.Comments {
		if c.Part == p && c.Parent == 0 && !c.Internal {
			list = append(list, c)
		}
	}
	return list
}

func (in SubmissionInput) repliesTo(parent submission.Comment) []submission.Comment {
	var list []submission.Comment
	for _, c := range in.Comments {
		if c.Parent == parent.ID {
			list = append(list, c)
		}
	}
	return list
}

// openComments counts the comments that still ask for a change.
func (in SubmissionInput) openComments() int {
	n := 0
	for _, c := range in.Comments {
		if c.Open() {
			n++
		}
	}
	return n
}

// lastReason explains the editors' last decision; empty if they gave no reason.
func (in SubmissionInput) lastReason(l *locale.Locale) string {
	if len(in.Reviews) == 0 {
		return ""
	}
	return component.Explanation(l, in.Reviews[len(in.Reviews)-1])
}

// name is that of a person. Erased accounts have none.
func (in SubmissionInput) name(l *locale.Locale, id account.ID) string {
	if name := in.Names[id]; name != "" {
		return name
	}
	return l.T("submission.somebody")
}
