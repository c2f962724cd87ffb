package submit

import (
	"time"

	"exempla/internal/account"
	"exempla/internal/submission"
	"exempla/web/component"
)

// CorrectedRevision is what an editor has corrected in the text of a submission.
type CorrectedRevision struct {
	By    account.ID
	At    time.Time
	Parts []component.Compared // those that differ
}

// Corrections are those of the last round, the first one first. Officers see
// them as they see their own words: nothing is changed behind their back.
func Corrections(s submission.Submission, revisions []submission.Revision, now time.Time) []CorrectedRevision {
	var list []CorrectedRevision
	for i, r := range revisions {
		if !r.Correct || r.Round != s.Round || i == 0 {
			continue
		}
		one := CorrectedRevision{By: r.By, At: r.At}
		for _, d := range submission.Differences(revisions[i-1].Content, r.Content) {
			if d.Changed() {
				one.Parts = append(one.Parts, component.Compared{PartDifference: d, Language: s.Language, Today: now})
			}
		}
		list = append(list, one)
	}
	return list
}
