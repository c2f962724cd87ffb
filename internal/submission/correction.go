package submission

import (
	"maps"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"exempla/internal/account"
	"exempla/internal/practice"
	"exempla/internal/text"
)

// MaxNote bounds what an editor says about a correction, in characters: readers see it
// in the history of the practice, where a few sentences are enough.
const MaxNote = 1_000

// Correction is what a submission has beside its text when an editor corrects a public
// text with it. As JSON it is kept, so field names there are for ever.
type Correction struct {
	Public   Content           `json:"public"`             // the text as it was public before
	Note     string            `json:"note,omitempty"`     // what was corrected and why; readers see it
	Language practice.Language `json:"language,omitempty"` // of the note; empty for unknown
	InStep   bool              `json:"in_step,omitempty"`  // the editor says that original and translations say the same
}

// PublishedChange is an entry of the public history of a practice: a text that was
// published, and why an editor corrected it.
type PublishedChange struct {
	At        time.Time
	Kind      Kind
	Language  practice.Language // of the text
	Corrected bool              // by an editor; else officers have submitted it
	Note      string            // of the editor
	Words     practice.Language // language of the note; empty for unknown
}

// noted is the correction with what its editor says about it: all but the public text.
// Nil says nothing. The receiver stays as it is.
func (c *Correction) noted(said *Correction) *Correction {
	if c == nil || said == nil {
		return c
	}
	return &Correction{Public: c.Public, Note: said.Note, Language: said.Language, InStep: said.InStep}
}

// Corrected lists the parts that the correction changes.
func (s Submission) Corrected() []Part {
	var list []Part
	for _, d := range Differences(s.Correction.Public, s.Content) {
		if d.Changed() {
			list = append(list, d.Part)
		}
	}
	return list
}

// Merged returns the public text, as it is now, with the parts that the correction
// changes. What others have published in the meantime stays in all the other parts.
func (s Submission) Merged(public Content) Content {
	for _, p := range s.Corrected() {
		public = public.With(p, s.Content)
	}
	return public
}

// publish makes a correction public, on top of the text as it is public now. Where two
// editors have to agree, and where its editor has written the text, it waits for
// another one.
func (s *Submission) publish(step Step) error {
	switch {
	case step.Archived:
		return ErrArchived
	case step.Public > max(s.BaseRevision, step.Seen):
		return ErrMoved
	case len(s.Corrected()) == 0:
		return ErrNoChange
	}
	s.Content = s.Merged(step.Text)
	s.BaseRevision = max(s.BaseRevision, step.Public)
	if problems := s.worsened(step.Text); len(problems) > 0 {
		return Incomplete{problems}
	}
	said := s.Correction.noted(step.Correction)
	if !isNote(said.Note) {
		return ErrNoReason
	}
	s.Correction = &Correction{Public: step.Text, Note: said.Note, Language: said.Language, InStep: said.InStep}
	s.Round++
	s.Updated, s.Submitted, s.Approvals, s.Criteria = step.At, step.At, nil, nil
	if !step.Own {
		s.Approvals = []account.ID{step.By.ID}
	}
	if step.Own || step.Desk.SecondApproval {
		s.State = Submitted
	}
	return nil
}

func isNote(note string) bool {
	return !text.Blank(note) && utf8.ValidString(note) && !strings.ContainsRune(note, 0) && utf8.RuneCountInString(note) <= MaxNote
}

// worsened lists what is wrong with the text that was not wrong before: an editor can
// correct a slip in a public text that lacks other things.
func (s Submission) worsened(before Content) []Problem {
	public := s
	public.Content = before
	known := public.Problems()
	return slices.DeleteFunc(s.Problems(), func(p Problem) bool {
		return slices.ContainsFunc(known, func(k Problem) bool { return k.Part == p.Part && k.Field == p.Field && k.Rule == p.Rule })
	})
}

// Spoils lists what keeps an editor's text of a submission in review from being taken:
// what is wrong with it that was not wrong before, but for pictures without words.
func Spoils(s Submission, corrected Content) []Problem {
	before := s.Content
	s.Content = corrected
	return slices.DeleteFunc(s.worsened(before), func(p Problem) bool { return p.Rule == NoAlt })
}

// differs reports whether a text says something else than before, so that texts in other
// languages no longer say the same.
func differs(before, after practice.Text) bool {
	return before.Title != after.Title || before.Summary != after.Summary || !maps.Equal(before.Sections, after.Sections)
}
