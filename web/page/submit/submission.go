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
	Drafts      map[submission.Box]string // answers that the viewer has written and not sent yet
	Reply       ReplyForm
	Corrections []Correction      // by editors, since it was last submitted
	Writing     submission.Action // how the viewer changes the text; empty for not at all, or where nobody asks
}

// isCorrected reports whether an editor corrects the text of others, while it is in
// review.
func (in SubmissionInput) isCorrected() bool { return in.Writing == submission.Correct }

// ReplyForm is the box of a reply to a comment.
type ReplyForm struct {
	Comment int64 // to which it replies
	Text    string
	Problem string
	Open    bool
}

// Fields of the buttons beside a comment. The value is its number.
const (
	AnswerField = "answer"
	DoneField   = "done"
	UndoneField = "undone"
)

// Ids of the forms that take answers: that of a part, and that of the task list.
const (
	partForm   = "filling"
	answerForm = "answers"
)

// replyTo is the box of the reply to a comment, with what the viewer has written.
func (in SubmissionInput) replyTo(c submission.Comment) ReplyForm {
	reply := ReplyForm{Comment: c.ID, Text: in.Drafts[submission.Box{Parent: c.ID}]}
	if in.Reply.Comment == c.ID {
		reply.Problem = in.Reply.Problem
	}
	reply.Open = reply.Text != "" || reply.Problem != ""
	return reply
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
