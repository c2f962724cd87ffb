// Package submit has the pages on which officers write: the list of their
// submissions, the task list, the form of each part, the check before sending
// and the receipt.
package submit

import (
	"time"

	"exempla/internal/link"
	"exempla/internal/locale"
	"exempla/internal/practice"
	"exempla/internal/submission"
	"exempla/web/component"
	"exempla/web/page/frame"
)

// SubmissionsInput is one page of an officer's list.
type SubmissionsInput struct {
	List        []submission.Submission // the most urgent first
	Names       component.Names
	Practices   map[int64]Standing     // by number
	Behind      map[submission.ID]bool // translations whose original has changed since
	Published   []practice.Practice    // of the officer's cities, of which none is in List
	Enquiries   int                    // open questions to the officer's cities
	Page, Pages int                    // from 1
	Today       time.Time
}

// Standing is what has become of a practice.
type Standing struct {
	State    submission.PracticeState
	Outdated []practice.Language // of texts that are older than the original
}

// Submissions is the list of an officer's own practices.
type Submissions struct {
	SubmissionsInput
	Meta   frame.Meta
	Groups []Group
}

// Group is a heading, message "submissions.group.<name>", and the submissions
// under it.
type Group struct {
	Name string
	List []submission.Submission
}

// groupOrder begins with what needs the officer's attention.
var groupOrder = []string{"changes_requested", "draft", "submitted", "published", "archived", "rejected", "discarded"}

// NewSubmissions makes the page.
func NewSubmissions(l *locale.Locale, f frame.Frame, in SubmissionsInput) Submissions {
	p := Submissions{SubmissionsInput: in, Meta: formMeta(l, f, l.T("submissions.title"), link.Submissions(l.Tag()))}
	p.Meta.Query = link.PageQuery(in.Page)
	for _, name := range groupOrder {
		g := Group{Name: name}
		for i, s := range in.List {
			if in.group(i) == name {
				g.List = append(g.List, s)
			}
		}
		if len(g.List) > 0 {
			p.Groups = append(p.Groups, g)
		}
	}
	return p
}

// group names the group of an entry.
func (in SubmissionsInput) group(at int) string {
	s := in.List[at]
	switch {
	case s.State != submission.Approved:
		return string(s.State)
	case in.Practices[s.Practice].State == submission.Archived:
		return "archived"
	}
	return "published"
}

// NextStep is the most useful thing to do with a submission.
type NextStep struct {
	Key  string // message
	Path string
	Post bool // a button rather than a link
}

func (in SubmissionsInput) nextStep(l *locale.Locale, group string, s submission.Submission) NextStep {
	own := link.Submission(l.Tag(), s.ID)
	switch group {
	case "changes_requested":
		return NextStep{Key: "submissions.next.changes", Path: own}
	case "draft":
		if s.Kind != submission.Translation && len(s.Problems()) == 0 {
			return NextStep{Key: "submissions.next.submit", Path: link.SubmissionPage(l.Tag(), s.ID, link.CheckPage)}
		}
		return NextStep{Key: "submissions.next.draft", Path: own}
	case "published":
		if in.Behind[s.ID] {
			return NextStep{Key: "practice.renew", Path: link.Text(l.Tag(), s.Slug, s.Language)}
		}
		return NextStep{Key: "submissions.next.published", Path: link.Practice(l.Tag(), s.Slug)}
	case "discarded":
		return NextStep{Key: "submissions.next.discarded", Path: link.SubmissionPage(l.Tag(), s.ID, link.TakeBackPage), Post: true}
	case "rejected", "archived":
		return NextStep{Key: "submissions.next.reason", Path: own}
	}
	return NextStep{Key: "submissions.next.submitted", Path: own}
}

// outdated says which texts of a practice are older than its original; empty for none.
func outdated(l *locale.Locale, languages []practice.Language) string {
	if len(languages) == 0 {
		return ""
	}
	var names []string
	for _, language := range languages {
		names = append(names, l.Language(string(language)))
	}
	return l.T("submissions.outdated", "Languages", l.And(names))
}

// outdatedTexts are the languages of a practice's texts that are older than its original.
func outdatedTexts(p practice.Practice) []practice.Language {
	var list []practice.Language
	for _, text := range p.Texts {
		if text.State == practice.Outdated {
			list = append(list, text.Language)
		}
	}
	return list
}

// outdatedBeside are the languages in which what an officer has published is older than
// its original. Of a translation Behind says it.
func (in SubmissionsInput) outdatedBeside(group string, s submission.Submission) []practice.Language {
	if group != "published" || s.Kind == submission.Translation {
		return nil
	}
	return in.Practices[s.Practice].Outdated
}

// kindLabel names the kind of a submission, and the language of a translation.
func kindLabel(l *locale.Locale, s submission.Submission) string {
	if s.Kind == submission.Translation {
		return l.T("submissions.translation", "Language", l.Language(string(s.Language)))
	}
	return component.Kind(l, s)
}

// languageLabel names the text's language unless it is the reader's own.
func languageLabel(l *locale.Locale, language practice.Language) string {
	if string(language) == l.Tag() {
		return ""
	}
	return l.T("text.in_language", "Language", l.Language(string(language)))
}

// formMeta is the metadata of a page on which officers work.
func formMeta(l *locale.Locale, f frame.Frame, title, path string) frame.Meta {
	return frame.Meta{Frame: f, Title: title, Path: path, Unlisted: true, Working: true, Narrow: true,
		Skip: frame.ToContent, Current: link.SubmissionsPage}
}
