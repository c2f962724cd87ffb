package submit

import (
	"exempla/internal/link"
	"exempla/internal/locale"
	"exempla/internal/practice"
	"exempla/web/component"
	"exempla/web/page/frame"
)

// Translated is what somebody typed to begin a translation.
type Translated struct {
	Practice practice.Practice
	Key      string // of the form: sent twice, it begins one submission
	Language practice.Language
}

// Translate is the page on which a translation of a practice begins.
type Translate struct {
	Translated
	Meta           frame.Meta
	Problems       component.Problems
	Common, Others []Choice
}

// NewTranslate makes the page.
func NewTranslate(l *locale.Locale, f frame.Frame, t Translated) Translate {
	p := Translate{Translated: t, Meta: workMeta(l, f, l.T("translate.title"), link.Translate(l.Tag(), t.Practice.Slug))}
	p.Common, p.Others = languageChoices(l)
	return p
}

// Refused is the page with what is wrong with what was typed.
func (p Translate) Refused(problems component.Problems) Translate {
	p.Problems, p.Meta.Problems = problems, len(problems) > 0
	return p
}
