package submit

import (
	"slices"

	"exempla/internal/link"
	"exempla/internal/locale"
	"exempla/internal/practice"
	"exempla/internal/submission"
	"exempla/web/component"
	"exempla/web/page/frame"
)

// Begun is what somebody typed to begin a submission.
type Begun struct {
	Key      string // of the form: sent twice, it begins one submission
	Title    string
	Language practice.Language
}

// Start is the first page of a submission: what is needed, and its title.
type Start struct {
	Meta     frame.Meta
	Begun    Begun
	Problems component.Problems
	Criteria []submission.Criterion
	Days     int // that editors take at most, as a rule
	Common   []Choice
	Others   []Choice
}

// Choice is one entry of a list to choose from.
type Choice struct{ Value, Label string }

// NewStart makes the page.
func NewStart(l *locale.Locale, f frame.Frame, begun Begun, days int) Start {
	p := Start{Meta: workMeta(l, f, l.T("start.title"), link.NewSubmission(l.Tag())), Begun: begun, Criteria: submission.Criteria, Days: days}
	p.Common, p.Others = languageChoices(l)
	return p
}

// Refused is the page with what is wrong with what was typed.
func (p Start) Refused(problems component.Problems) Start {
	p.Problems, p.Meta.Problems = problems, len(problems) > 0
	return p
}

// languageChoices lists the languages of texts: first those that pages are
// written in, then all others, each in the reader's alphabet.
func languageChoices(l *locale.Locale) (common, others []Choice) {
	for _, language := range practice.Languages() {
		choice := Choice{string(language), l.Language(string(language))}
		if _, ok := locale.Find(string(language)); ok {
			common = append(common, choice)
		} else {
			others = append(others, choice)
		}
	}
	return inAlphabet(l, common), inAlphabet(l, others)
}

// countryChoices lists all countries in the reader's alphabet.
func countryChoices(l *locale.Locale) []Choice {
	var list []Choice
	for _, country := range practice.Countries() {
		list = append(list, Choice{string(country), l.Country(string(country))})
	}
	return inAlphabet(l, list)
}

func inAlphabet(l *locale.Locale, list []Choice) []Choice {
	slices.SortFunc(list, func(a, b Choice) int { return l.Compare(a.Label, b.Label) })
	return list
}
