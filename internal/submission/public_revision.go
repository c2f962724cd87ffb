package submission

import (
	"time"

	"exempla/internal/practice"
)

// Origin says how a revision of a practice came about.
type Origin string

// The origins of revisions.
const (
	ByImport     Origin = "import"
	BySubmission Origin = "submission"
	ByCorrection Origin = "correction"
)

// PublicRevision is a practice as it once was public, and how it became so.
type PublicRevision struct {
	Revision int // from 1
	At       time.Time
	Language practice.Language // of the text that was written
	Origin   Origin
	Note     string             // of the editor who corrected it
	Words    practice.Language  // language of the note; empty for unknown
	Before   *practice.Practice // nil for the first
	After    practice.Practice
}

// TextDifference is what is different in the text of one language.
type TextDifference struct {
	Language practice.Language
	Parts    []PartDifference
}

// Differences are the parts that the revision changed, in each language; none for the
// first. Facts stand with the language that was written.
func (r PublicRevision) Differences() []TextDifference {
	if r.Before == nil {
		return nil
	}
	var list []TextDifference
	for _, text := range r.After.Texts {
		d := TextDifference{Language: text.Language}
		for _, part := range Differences(Proposed(*r.Before, text.Language), Proposed(r.After, text.Language)) {
			if part.Changed() && (text.Language == r.Language || part.Part.IsText()) {
				d.Parts = append(d.Parts, part)
			}
		}
		if len(d.Parts) > 0 {
			list = append(list, d)
		}
	}
	return list
}
