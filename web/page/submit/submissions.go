// Package submit has the pages on which officers write: the list of their
// submissions, the task list, the form of each part, the check before sending
// and the receipt.
package submit

import (
	"slices"
	"time"

	"exempla/internal/link"
	"exempla/internal/locale"
	"exempla/internal/practice"
	"exempla/internal/submission"
	"exempla/web/component"
	"exempla/web/page/frame"
)

// Owned are an officer's submissions and what is known about them.
type Owned struct {
	frame.Frame
	List     []submission.Submission // the latest change first
	Names    component.Names
	Standing map[int64]submission.PracticeState // of their practices, by number
	Now      time.Time
}

// Submissions is the list of an officer's own practices.
type Submissions struct {
	Owned
	Meta   frame.Meta
	Groups []Group
}

// Group is a heading and the submissions under it. Its words are messages
// "submissions.group.<name>".
type Group struct {
	Name string
	List []submission.Submission
}

// groupOrder is what asks for something first, what is over last.
var groupOrder = []string{"changes_requested", "draft", "submitted", "published", "archived", "rejected", "discarded"}

// NewSubmissions makes the page.
func NewSubmissions(l *locale.Locale, o Owned) Submissions {
	p := Submissions{Owned: o, Meta: workMeta(l, o.Frame, l.T("submissions.title"), link.Submissions(l.Tag()))}
	for _, name := range groupOrder {
		g := Group{Name: name}
		for i, s := range o.List {
			if o.group(i) == name {
				g.List = append(g.List, s)
			}
		}
		if len(g.List) > 0 {
			p.Groups = append(p.Groups, g)
		}
	}
	return p
}

// group is where an entry of the list stands; empty for what is not shown: what
// can no longer be taken back, and all but the latest of a text's rounds that
// became public.
func (o Owned) group(at int) string {
	s := o.List[at]
	switch {
	case s.State == submission.Discarded && o.Now.Sub(s.Since) > submission.KeepDiscarded:
		return ""
	case s.State != submission.Approved:
		return string(s.State)
	case slices.ContainsFunc(o.List[:at], func(later submission.Submission) bool {
		return later.State == submission.Approved && later.Practice == s.Practice && later.Language == s.Language
	}):
		return ""
	case o.Standing[s.Practice] == submission.Archived:
		return "archived"
	}
	return "published"
}

// Next is the one thing to do with a submission next.
type Next struct {
	Key  string // message
	Path string
	Post bool // a button rather than a link
}

// next is what to do with a submission.
func (p Submissions) next(l *locale.Locale, group string, s submission.Submission) Next {
	own := link.Submission(l.Tag(), s.ID)
	switch group {
	case "changes_requested":
		return Next{Key: "submissions.next.changes", Path: own}
	case "draft":
		if len(s.Problems()) == 0 {
			return Next{Key: "submissions.next.submit", Path: link.SubmissionPage(l.Tag(), s.ID, link.CheckPage)}
		}
		return Next{Key: "submissions.next.draft", Path: own}
	case "published":
		return Next{Key: "submissions.next.published", Path: link.Practice(l.Tag(), s.Slug)}
	case "discarded":
		return Next{Key: "submissions.next.discarded", Path: link.SubmissionPage(l.Tag(), s.ID, link.TakeBackPage), Post: true}
	case "rejected", "archived":
		return Next{Key: "submissions.next.reason", Path: own}
	}
	return Next{Key: "submissions.next.submitted", Path: own}
}

// kind tells a change and a translation from a new practice.
func (p Submissions) kind(l *locale.Locale, s submission.Submission) string {
	if s.Kind == submission.Translation {
		return l.T("submissions.translation", "Language", l.Language(string(s.Language)))
	}
	return component.Kind(l, s.Kind)
}

// foreign is the name of the text's language where it is not the reader's own.
func foreign(l *locale.Locale, language practice.Language) string {
	if string(language) == l.Tag() {
		return ""
	}
	return l.T("text.in_language", "Language", l.Language(string(language)))
}

// workMeta is what a page on which an officer works says about itself.
func workMeta(l *locale.Locale, f frame.Frame, title, path string) frame.Meta {
	return frame.Meta{Frame: f, Title: title, Path: path, Unlisted: true, Working: true, Narrow: true,
		Skip: frame.ToContent, Current: link.SubmissionsPage}
}
