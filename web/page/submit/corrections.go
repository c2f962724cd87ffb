package submit

import (
	"time"

	"exempla/internal/account"
	"exempla/internal/submission"
	"exempla/web/component"
)

// Correction is what an editor has corrected in the text of a submission.
type Correction struct {
	By    account.ID
	At    time.Time
	Parts []component.PartComparison // those that differ
}

// Corrections lists the editors' corrections of the last round, in order. The
// authors see each of them word by word: nothing is changed behind their backs.
func Corrections(s submission.Submission, revisions []submission.Revision, now time.Time) []Correction {
	var list []Correction
	for i, r := range revisions {
		if !r.Correct || r.Round != s.Round || i == 0 {
			continue
		}
		correction := Correction{By: r.By, At: r.At}
		for _, d := range submission.Differences(revisions[i-1].Content, r.Content) {
			if d.Changed() {
				correction.Parts = append(correction.Parts, component.PartComparison{PartDifference: d, Language: s.Language, Today: now})
			}
		}
		list = append(list, correction)
	}
	return list
}
