package desk

import (
	"cmp"
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

// ReviewInput is a submission with everything that editors see of it.
type ReviewInput struct {
	submission.Submission
	Revisions   []submission.Revision
	Reviews     []submission.Review
	Comments    []submission.Comment
	Public      *submission.Content // the public text in the same language; nil for none
	Revision    int                 // of the practice, the newest one; 0 for a new practice
	Editors     []account.Account   // who may be assigned
	Marks       Marks
	Rejected    []submission.Rejection // with similar titles
	Names       component.Names
	Now         time.Time
	Settings    submission.Settings
	Waiting     int                   // how many submissions wait for a decision
	Next        submission.Submission // what the viewer may take up next, once this is decided
	HasNext     bool
	Mode        string                    // one of link's views; empty for the most useful one
	CompareWith int                       // number of a revision; 0 for none
	Drafts      map[submission.Box]string // what the viewer has written and not sent yet
	Refused     CommentForm               // that could not be stored, with its problem
	Problems    component.Problems
	Outdated    bool // whether approving was refused because the public text has changed
}

// Review is the page on which editors read and decide.
type Review struct {
	ReviewInput
	Meta      frame.Meta
	Text      submission.Content // as it was last submitted or corrected
	Baseline  Baseline
	Expanded  []PartView
	Collapsed []PartView // those that need no attention
}

// Baseline is what the text is compared with.
type Baseline struct {
	Content submission.Content
	Label   string // empty when the whole text is shown
	Since   time.Time
}

// PartView is one part of the text with its comments.
type PartView struct {
	Part       submission.Part
	Comparison component.PartComparison
	Threads    []Thread
	Changed    bool // since the baseline
	New        bool
	Original   *component.OriginalPart // of a translation, where the original has the part; nil for none
	Words      int
}

// NewReview makes the page.
func NewReview(l *locale.Locale, f frame.Frame, in ReviewInput) Review {
	p := Review{ReviewInput: in, Text: in.Content}
	if len(in.Revisions) > 0 {
		// What the authors are writing now is private until they submit it.
		p.Text = in.Revisions[len(in.Revisions)-1].Content
	}
	p.Baseline = in.baseline(l)
	p.Meta = deskMeta(f, l.T("review.title", "Title", p.Text.Title), link.Review(l.Tag(), in.ID))
	p.Meta.Problems = len(in.Problems) > 0
	p.Meta.Scripts = []string{"draft.js", shortcutScript}
	p.arrangeParts()
	return p
}

// arrangeParts separates the parts that have changed, or have comments that
// matter now, from the others.
func (p *Review) arrangeParts() {
	for _, d := range submission.Differences(p.Baseline.Content, p.Text) {
		if !slices.Contains(p.Parts(), d.Part) {
			continue
		}
		view := PartView{Part: d.Part, Threads: p.threads(d.Part, false), Words: text.CountWords(p.Text.Text(d.Part)),
			Comparison: component.PartComparison{PartDifference: d, Language: p.Language, Today: p.Now}}
		view.Changed = p.IsComparing() && d.Changed()
		view.New = p.IsComparing() && d.New()
		view.Original = p.originalPart(d.Part)
		outdated := view.Original != nil && (view.Original.Missing() || view.Original.Newer())
		if outdated || !p.IsComparing() || view.Changed || slices.ContainsFunc(view.Threads, p.isCurrent) || p.commentForm(submission.Box{Part: d.Part}).Open {
			p.Expanded = append(p.Expanded, view)
		} else {
			p.Collapsed = append(p.Collapsed, view)
		}
	}
}

// originalPart is a part of the text that is translated; nil for none.
func (p *Review) originalPart(part submission.Part) *component.OriginalPart {
	if p.Original == nil {
		return nil
	}
	original := component.OriginalPart{Original: *p.Original, Part: part, Translation: p.Text, Today: p.Now}
	if !original.Filled() && !original.Newer() {
		return nil
	}
	return &original
}

// isCurrent reports whether a thread matters to a comparison: it is open, or was
// settled since the baseline.
func (p *Review) isCurrent(t Thread) bool {
	return t.Settled.IsZero() || t.Settled.After(p.Baseline.Since) || p.commentForm(submission.Box{Parent: t.ID}).Open
}

// IsComparing reports whether the page shows what has changed.
func (p Review) IsComparing() bool { return p.Baseline.Label != "" }

// baseline is what the text is compared with: what the address asks for, else
// the revision that editors saw last; for a new change, the public text.
func (in ReviewInput) baseline(l *locale.Locale) Baseline {
	if at := slices.IndexFunc(in.Revisions, func(r submission.Revision) bool { return r.Number == in.CompareWith }); at >= 0 {
		return revisionBaseline(l, in.Revisions[at])
	}
	last := in.lastSeen()
	switch {
	case in.Correction != nil && in.Over() && (in.Mode == "" || in.Mode == link.PublicView):
		return Baseline{Content: in.Correction.Public, Label: l.T("review.against.before")}
	case in.Mode == link.WholeView:
	case in.Public != nil && (in.Mode == link.PublicView || in.Mode == "" && last == nil && (in.Kind == submission.Change || in.renews())):
		return Baseline{Content: *in.Public, Label: l.T("review.against.public")}
	case last != nil:
		return revisionBaseline(l, *last)
	}
	return Baseline{}
}

// renews reports whether the text brings a translation up to date.
func (in ReviewInput) renews() bool {
	return in.Original != nil && slices.ContainsFunc(submission.Parts, in.Original.Renews)
}

func revisionBaseline(l *locale.Locale, r submission.Revision) Baseline {
	return Baseline{Content: r.Content, Label: revisionLabel(l, r), Since: r.At}
}

// lastSeen is the revision on which editors decided last, or the one that was
// submitted before an editor corrected it; nil before the first decision.
func (in ReviewInput) lastSeen() *submission.Revision {
	number := 0
	for _, review := range in.Reviews {
		if review.Revision < len(in.Revisions) {
			number = max(number, review.Revision)
		}
	}
	for i := range in.Revisions {
		switch r := &in.Revisions[i]; {
		case number > 0 && r.Number == number:
			return r
		case number == 0 && i+1 < len(in.Revisions) && in.Revisions[i+1].Correct:
			return r
		}
	}
	return nil
}

// revisionLabel names a revision, such as "round 2, 3 March 2026".
func revisionLabel(l *locale.Locale, r submission.Revision) string {
	if r.Correct {
		return l.T("review.revision.corrected", "Round", r.Round, "Date", l.Date(r.At))
	}
	return l.T("review.revision", "Round", r.Round, "Date", l.Date(r.At))
}

// formKey is unique to each page, so that a form sent twice is stored once.
func (p Review) formKey() string { return rand.Text() }

func (p Review) partContent(part submission.Part) component.PartContent {
	return component.PartContent{Content: p.Text, Part: part, Language: p.Language, Today: p.Now}
}

// collapsedNames names the collapsed parts in one phrase.
func (p Review) collapsedNames(l *locale.Locale) string {
	var names []string
	for _, view := range p.Collapsed {
		names = append(names, component.PartName(l, view.Part))
	}
	return l.And(names)
}

func (p Review) authorNames(l *locale.Locale) string {
	var names []string
	for _, id := range p.Authors {
		if name := p.Names[id]; name != "" { // who was only invited has written nothing
			names = append(names, name)
		}
	}
	return cmp.Or(l.And(names), l.T("submission.somebody"))
}

// actionAddress is where a form is sent. It keeps the mode of the page, to which
// the response leads back.
func (p Review) actionAddress(l *locale.Locale, name string) string {
	return link.WithView(link.ReviewPage(l.Tag(), p.ID, name), p.Mode, p.CompareWith)
}

// isPublic reports whether the practice is public.
func (p Review) isPublic() bool { return p.Slug != "" && p.Revision > 0 }
