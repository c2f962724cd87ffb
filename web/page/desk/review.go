package desk

import (
	"crypto/rand"
	"slices"
	"time"

	"exempla/internal/account"
	"exempla/internal/link"
	"exempla/internal/locale"
	"exempla/internal/submission"
	"exempla/internal/text"
	"exempla/web/component"
	"exempla/web/page/frame"
)

// Reading is a submission as editors read it.
type Reading struct {
	frame.Frame
	submission.Submission
	Revisions []submission.Revision
	Reviews   []submission.Review
	Comments  []submission.Comment
	Public    *submission.Content // what residents read in its language; nil for nothing
	Revision  int                 // of the practice, the newest one
	Editors   []account.Account   // who may take the submission
	Names     component.Names
	Now       time.Time
	Desk      submission.Settings
	Waiting   int         // how many submissions wait
	Shown     string      // one of link's views; empty for what is best
	From      int         // a revision to compare with; 0 for none
	Typed     CommentForm // a comment that is not kept yet
	Problems  component.Problems
	Moved     bool // the practice has moved on, as an editor learned when approving
}

// CommentForm is a comment in its form.
type CommentForm struct {
	Part    submission.Part
	Parent  int64 // which it answers
	Text    string
	Problem string
	Open    bool // whether there is one
}

// Review is the page on which editors read and decide.
type Review struct {
	Reading
	Meta    frame.Meta
	Text    submission.Content // as it was submitted or corrected last
	Against Against
	Open    []PartView // what is to be read
	Folded  []PartView // what has not changed
}

// Against is what a text is compared with.
type Against struct {
	Content submission.Content
	Label   string // in words; empty when the whole text is shown
	Since   time.Time
}

// PartView is one part of the text, and what is said about it.
type PartView struct {
	Part     submission.Part
	Compared component.Compared
	Threads  []Thread
	Changed  bool // against what it is compared with
	New      bool
	Words    int
}

// Thread is a comment and its answers.
type Thread struct {
	submission.Comment
	Answers []submission.Comment
}

// NewReview makes the page.
func NewReview(l *locale.Locale, r Reading) Review {
	p := Review{Reading: r, Text: r.Content}
	if len(r.Revisions) > 0 {
		// What officers are writing now is theirs until they submit it.
		p.Text = r.Revisions[len(r.Revisions)-1].Content
	}
	p.Against = p.against(l)
	p.Meta = frame.Meta{Frame: r.Frame, Title: l.T("review.title", "Title", p.Text.Title), Path: link.Review(l.Tag(), r.ID), Unlisted: true,
		Skip: frame.ToContent, Current: link.DeskPage, Working: true, Problems: len(r.Problems) > 0}
	p.arrange()
	return p
}

// arrange puts what has changed, or is talked about, before what has not.
func (p *Review) arrange() {
	for _, d := range submission.Differences(p.Against.Content, p.Text) {
		if !slices.Contains(p.Parts(), d.Part) {
			continue
		}
		view := PartView{Part: d.Part, Compared: component.Compared{PartDifference: d, Language: p.Language, Today: p.Now},
			Threads: p.threads(d.Part, false), Words: text.CountWords(p.Text.Text(d.Part))}
		view.Changed, view.New = p.Comparing() && d.Changed(), p.Comparing() && d.New()
		if !p.Comparing() || view.Changed || slices.ContainsFunc(view.Threads, p.matters) {
			p.Open = append(p.Open, view)
		} else {
			p.Folded = append(p.Folded, view)
		}
	}
}

// matters reports whether a comment belongs beside a comparison: nobody has
// settled it, or it was settled since.
func (p *Review) matters(t Thread) bool {
	return t.Settled.IsZero() || t.Settled.After(p.Against.Since) || p.Typed.Parent == t.ID
}

// Comparing reports whether the page shows what has changed.
func (p Review) Comparing() bool { return p.Against.Label != "" }

// against says what the text is compared with: what the address asks for, else
// what the desk has seen last; for a change nobody has seen, the public text.
func (p Review) against(l *locale.Locale) Against {
	if at := slices.IndexFunc(p.Revisions, func(r submission.Revision) bool { return r.Number == p.From }); at >= 0 {
		return p.since(l, p.Revisions[at])
	}
	last := p.lastSeen()
	switch {
	case p.Shown == link.WholeView:
	case p.Public != nil && (p.Shown == link.PublicView || p.Shown == "" && last == nil && p.Kind == submission.Change):
		return Against{Content: *p.Public, Label: l.T("review.against.public")}
	case last != nil:
		return p.since(l, *last)
	}
	return Against{}
}

func (p Review) since(l *locale.Locale, r submission.Revision) Against {
	return Against{Content: r.Content, Label: RevisionName(l, r), Since: r.At}
}

// lastSeen is the revision about which the desk has decided last, or that was
// submitted before an editor corrected it; nil for a first reading.
func (p Review) lastSeen() *submission.Revision {
	number := 0
	for _, review := range p.Reviews {
		if review.Revision < len(p.Revisions) {
			number = max(number, review.Revision)
		}
	}
	for i := range p.Revisions {
		switch r := &p.Revisions[i]; {
		case number > 0 && r.Number == number:
			return r
		case number == 0 && i+1 < len(p.Revisions) && p.Revisions[i+1].Correct:
			return r
		}
	}
	return nil
}

// RevisionName is what a revision is called: "round 2, 3 March 2026".
func RevisionName(l *locale.Locale, r submission.Revision) string {
	if r.Correct {
		return l.T("review.revision.corrected", "Round", r.Round, "Date", l.Date(r.At))
	}
	return l.T("review.revision", "Round", r.Round, "Date", l.Date(r.At))
}

// threads are the comments on a part, or the notes that never leave the desk.
func (p Review) threads(part submission.Part, internal bool) []Thread {
	var list []Thread
	for _, c := range p.Comments {
		if c.Parent != 0 || c.Internal != internal || c.Part != part && !internal {
			continue
		}
		t := Thread{Comment: c}
		for _, answer := range p.Comments {
			if answer.Parent == c.ID {
				t.Answers = append(t.Answers, answer)
			}
		}
		list = append(list, t)
	}
	return list
}

// Notes are the comments that never leave the desk.
func (p Review) Notes() []Thread { return p.threads("", true) }

// unsent is how many comments would go with a request for changes.
func (p Review) unsent() int {
	n := 0
	for _, c := range p.Comments {
		if c.Review == 0 && c.Parent == 0 && !c.Internal {
			n++
		}
	}
	return n
}

// key is a form's own: sent twice, it is kept once.
func (p Review) key() string { return rand.Text() }

// typed is what was typed into the form of a comment, the zero value for
// nothing.
func (p Review) typed(part submission.Part, parent int64) CommentForm {
	if p.Typed.Open && p.Typed.Part == part && p.Typed.Parent == parent {
		return p.Typed
	}
	return CommentForm{Part: part, Parent: parent}
}

// said is a part of the text to be shown as it is.
func (p Review) said(part submission.Part) component.Said {
	return component.Said{Content: p.Text, Part: part, Language: p.Language, Today: p.Now}
}

// folded names the parts that have not changed, in one phrase.
func (p Review) folded(l *locale.Locale) string {
	var names []string
	for _, view := range p.Folded {
		names = append(names, component.PartName(l, view.Part))
	}
	return l.And(names)
}

// authors are those who wrote the text.
func (p Review) authors(l *locale.Locale) string {
	var names []string
	for _, id := range p.Authors {
		names = append(names, nameOf(l, p.Names, id))
	}
	return l.And(names)
}

// address is that of the page with its view, so that forms lead back to it.
func (p Review) address(l *locale.Locale, name string) string {
	path := link.ReviewPage(l.Tag(), p.ID, name)
	return link.WithView(path, p.Shown, p.From)
}

// isPublic reports whether residents see the practice.
func (p Review) isPublic() bool { return p.Slug != "" && p.Revision > 0 }

// byOfficer reports whether an officer wrote the words.
func (p Review) byOfficer(id account.ID) bool {
	return p.IsAuthor(id) || !slices.ContainsFunc(p.Editors, func(a account.Account) bool { return a.ID == id })
}
