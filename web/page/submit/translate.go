package submit

import (
	"exempla/internal/link"
	"exempla/internal/locale"
	"exempla/internal/practice"
	"exempla/web/component"
	"exempla/web/page/frame"
)

// TranslateInput is the form that starts a translation.
type TranslateInput struct {
	Practice practice.Practice
	Key      string // of the form: sent twice, it starts one submission
	Language practice.Language
	Problems component.Problems
}

// Translate is the page on which a translation of a practice starts.
type Translate struct {
	TranslateInput
	Meta   frame.Meta
	Common []Choice
	Others []Choice
}

// NewTranslate makes the page.
func NewTranslate(l *locale.Locale, f frame.Frame, in TranslateInput) Translate {
	p := Translate{TranslateInput: in, Meta: formMeta(l, f, l.T("translate.title")+" – "+in.Practice.Texts[0].Title, link.Translate(l.Tag(), in.Practice.Slug))}
	p.Meta.Problems = len(in.Problems) > 0
	p.Common, p.Others = languageChoices(l)
	return p
}
