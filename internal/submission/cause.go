package submission

import (
	"slices"
	"strings"
	"unicode/utf8"

	"exempla/internal/text"
)

// Cause is a common reason to reject a text, kept as a code so that every
// reader reads it in their own language. Its words are the message
// "cause.<code>".
type Cause string

// Causes lists the common reasons in the order in which editors are offered them.
var Causes = []Cause{"scope", "double", "unclear", "unproven", "people", "advertising", "silence"}

// OtherCause is what an editor chooses whose reason is not a common one. It says
// nothing by itself, so it needs words, and no code is kept for it.
const OtherCause Cause = "other"

// Known reports whether the cause is a common reason.
func (c Cause) Known() bool { return slices.Contains(Causes, c) }

// Explanation joins the sentence of a cause and an editor's words, either of
// which may be empty, into the text that authors read.
func Explanation(sentence, words string) string {
	return strings.TrimSpace(sentence + "\n\n" + words)
}

// explained refuses a rejection without a known cause or an editor's own words.
func explained(_ *Submission, step Step) error {
	if step.Cause != "" && step.Cause != OtherCause && !step.Cause.Known() {
		return ErrNoReason
	}
	if step.Cause.Known() && text.Blank(step.Reason) {
		return nil
	}
	return reasoned(nil, step)
}

// reasoned refuses a step without an editor's words, or with too many.
func reasoned(_ *Submission, step Step) error {
	if text.Blank(step.Reason) || utf8.RuneCountInString(step.Reason) > MaxReason {
		return ErrNoReason
	}
	return nil
}
