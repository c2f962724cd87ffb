package desk

import (
	"slices"
	"strconv"
	"strings"

	"exempla/internal/account"
	"exempla/internal/link"
	"exempla/internal/locale"
	"exempla/internal/submission"
	"exempla/web/component"
)

// Fields of the page besides its boxes: which comment to add, which page to go to, who
// takes the submission, the criteria, those that were ticked when the page was made,
// and the revision of the public text that it shows.
const (
	AddField       = "add"
	ToField        = "to"
	TakeField      = "take"
	CriterionField = "criterion"
	SeenField      = "seen"
	ComparedField  = "compared"
)

// Values of ToField besides pages of the review: the list or, with its number, another
// review, and the public page.
const (
	ToDesk     = "desk"
	ToPractice = "practice"
)

// toView and toReview lead to a view of the review, and to another one.
func toView(view string) string { return link.ViewParameter + "/" + view }
func toReview(s submission.Submission) string {
	return ToDesk + "/" + strconv.FormatInt(int64(s.ID), 10)
}

// SeenCriteria is the value of SeenField.
func SeenCriteria(ticked []submission.Criterion) string {
	var list []string
	for _, c := range ticked {
		list = append(list, string(c))
	}
	return strings.Join(list, ",")
}

// CommentForm is the box of a comment, a reply or a note.
type CommentForm struct {
	submission.Box
	Text    string
	Problem string
	Open    bool // whether it has text that is not stored as a comment
}

// Thread is a comment and its replies.
type Thread struct {
	submission.Comment
	Replies []submission.Comment
}

// threads lists the comments on a part, or the internal notes.
func (p Review) threads(part submission.Part, internal bool) []Thread {
	var list []Thread
	for _, c := range p.Comments {
		if c.Parent != 0 || c.Internal != internal || c.Part != part && !internal {
			continue
		}
		t := Thread{Comment: c}
		for _, reply := range p.Comments {
			if reply.Parent == c.ID {
				t.Replies = append(t.Replies, reply)
			}
		}
		list = append(list, t)
	}
	return list
}

// Notes lists the comments that only editors see.
func (p Review) Notes() []Thread { return p.threads("", true) }

// unsentComments counts the comments that a request for changes would send, those in
// boxes too.
func (p Review) unsentComments() int {
	n := 0
	for _, c := range p.Comments {
		if c.Unsent() {
			n++
		}
	}
	for box := range p.Drafts {
		if box.IsRequest() {
			n++
		}
	}
	return n
}

// commentForm is a box with what the viewer has written into it.
func (p Review) commentForm(box submission.Box) CommentForm {
	f := CommentForm{Box: box, Text: p.Drafts[box]}
	refused := p.Refused.Problem != "" && p.Refused.Box == box
	if refused {
		f.Problem = p.Refused.Problem
	}
	f.Open = f.Text != "" || refused
	return f
}

// isOfficer reports whether an officer wrote a comment.
func (p Review) isOfficer(id account.ID) bool {
	return p.IsAuthor(id) || !slices.ContainsFunc(p.Editors, func(a account.Account) bool { return a.ID == id && p.ActsAsEditor(a.Viewer()) })
}

// partSummary says whether a part has changed, how long it is and how many
// comments it has.
func (p Review) partSummary(l *locale.Locale, view PartView) string {
	var list []string
	switch {
	case view.New:
		list = append(list, l.T("review.new"))
	case view.Changed:
		list = append(list, l.T("review.changed"))
	}
	if view.Words > 0 {
		list = append(list, l.N("review.words", view.Words))
	}
	if n := len(view.Threads); n > 0 {
		list = append(list, l.N("review.comments", n))
	}
	return strings.Join(list, " · ")
}

// commentState says whether a comment was sent, done or settled. One that came with
// the last decision asks for nothing; nor does one of a text that is published since, of
// which it is empty.
func (p Review) commentState(l *locale.Locale, c submission.Comment) string {
	last := slices.ContainsFunc(p.Reviews, func(r submission.Review) bool { return r.ID == c.Review && r.Decision != submission.DecidedChanges })
	switch {
	case c.Internal:
		return l.T("comment.internal")
	case c.Review == 0:
		return l.T("comment.unsent")
	case !c.Settled.IsZero():
		return l.T("comment.settled")
	case last:
		return l.T("comment.with_decision")
	case !c.Done.IsZero():
		return l.T("comment.done", "Date", l.Date(c.Done))
	case p.State == submission.Approved:
		return ""
	}
	return l.T("comment.not_done")
}

// label opens the form.
func (f CommentForm) label(l *locale.Locale) string {
	switch {
	case f.Parent != 0:
		return l.T("comment.reply")
	case f.Part.IsNote():
		return l.T("comment.add_note")
	case f.Part == "":
		return l.T("comment.on_the_whole")
	}
	return l.T("comment.on_part", "Part", component.PartName(l, f.Part))
}

func (f CommentForm) buttonLabel(l *locale.Locale) string {
	switch {
	case f.Parent != 0:
		return l.T("comment.send_reply")
	case f.Part.IsNote():
		return l.T("comment.keep_note")
	}
	return l.T("comment.add")
}

// WholeTextID is the id of the section with comments on the text as a whole.
const WholeTextID = "part-"

// Anchor is the id of the element that shows the comment once it is stored.
func (f CommentForm) Anchor() string {
	switch {
	case f.Parent != 0:
		return link.CommentID(f.Parent)
	case f.Part.IsNote():
		return string(submission.NotesPart)
	}
	return "part-" + string(f.Part)
}

// ConflictText says what others have done since a form was made.
func ConflictText(l *locale.Locale, events []Event, names component.Names) string {
	var list []string
	for _, e := range events {
		list = append(list, l.T("review.did", "Name", nameOf(l, names, e.By), "What", l.T("event."+e.Action)))
	}
	if len(list) == 0 {
		return l.T("review.overtaken")
	}
	return l.T("review.overtaken_by", "What", l.And(list))
}
