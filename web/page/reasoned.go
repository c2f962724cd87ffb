package page

import (
	"slices"
	"strings"

	"exempla/internal/link"
	"exempla/internal/locale"
	"exempla/web/component"
)

// Reasoned is a page on which an editor confirms a step that needs words.
type Reasoned struct {
	component.Frame
	Name     string // of the step: messages "reasoned.<name>.title", ".lede", ".words", ".hint" and ".button"
	Of       string // what it is about, as its authors call it
	Language string // of that
	Action   string // address to send to
	Back     string // where to go instead
	Version  int    // of the submission; 0 where there is none
	Causes   bool   // whether common reasons are offered
	Cause    string
	Words    string
	Problems component.Problems
	Closed   bool // whether the step is no longer possible; the words are kept to be copied
}

// Causes are the common reasons not to accept a text. Their words are messages
// "cause.<name>"; what is kept with a decision is the words, in the language of
// the text, which its authors read.
var Causes = []string{"scope", "double", "unclear", "unproven", "people", "advertising", "silence"}

// Fields of the form.
const (
	CauseField = "cause"
	WordsField = "words"
)

// OtherCause is chosen by who has a reason of another kind.
const OtherCause = "other"

// Reason is what is kept of a cause and words: the cause as the first line.
func Reason(l *locale.Locale, cause, words string) string {
	words = strings.TrimSpace(words)
	if !slices.Contains(Causes, cause) {
		return words
	}
	return strings.TrimSpace(l.T("cause."+cause) + "\n\n" + words)
}

// CauseOf is the common reason whose words a line is, in whatever language;
// empty when it is none.
func CauseOf(line string) string {
	for _, l := range locale.All() {
		for _, cause := range Causes {
			if l.T("cause."+cause) == line {
				return cause
			}
		}
	}
	return ""
}

func (p Reasoned) meta(l *locale.Locale) component.Meta {
	return component.Meta{Frame: p.Frame, Title: l.T("reasoned." + p.Name + ".title"), Path: p.Action, Unlisted: true, Skip: component.ToContent,
		Current: link.DeskPage, Working: true, Narrow: true, Problems: len(p.Problems) > 0}
}

func (p Reasoned) field(l *locale.Locale) component.Field {
	return component.Field{ID: WordsField, Label: l.T("reasoned." + p.Name + ".words"), Hint: l.T("reasoned." + p.Name + ".hint"), Value: p.Words,
		Problem: p.Problems.At(WordsField)}
}
