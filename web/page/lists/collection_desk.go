package lists

import (
	"strings"

	"exempla/internal/link"
	"exempla/internal/locale"
	"exempla/internal/practice"
	"exempla/web/component"
	"exempla/web/page/frame"
)

// Fields of the form of a collection.
const (
	PracticesField = "practices"
	SelectionField = "selection"
)

// TitleField and IntroField are the fields of the text in a language.
func TitleField(l *locale.Locale) string { return "title-" + l.Tag() }

// IntroField is the field of the intro in a language.
func IntroField(l *locale.Locale) string { return "intro-" + l.Tag() }

// DeskCollectionsInput are all collections.
type DeskCollectionsInput struct{ List []practice.Collection }

// DeskCollections is the list of collections for editors.
type DeskCollections struct {
	DeskCollectionsInput
	Meta frame.Meta
}

// NewDeskCollections makes the page in a reader's language.
func NewDeskCollections(l *locale.Locale, f frame.Frame, in DeskCollectionsInput) DeskCollections {
	return DeskCollections{in, deskMeta(f, l.T("collection.title")+" – "+l.T("desk.title"), link.DeskCollections(l.Tag()))}
}

// deskMeta describes a page of the desk.
func deskMeta(f frame.Frame, title, path string) frame.Meta {
	return frame.Meta{Frame: f, Title: title, Path: path, Unlisted: true, Skip: frame.ToContent, Current: link.DeskPage, Working: true}
}

// CollectionFormInput is a collection as it was typed.
type CollectionFormInput struct {
	practice.Collection                     // as stored, but for the texts, which are those typed
	Typed               string              // practices, one on each line
	Address             string              // of the selection
	Now                 practice.Collection // what somebody else has stored meanwhile; zero for nothing
	Problems            component.Problems
}

// CollectionForm is the form of a collection.
type CollectionForm struct {
	CollectionFormInput
	Meta frame.Meta
}

// NewCollectionForm makes the page in a reader's language.
func NewCollectionForm(l *locale.Locale, f frame.Frame, in CollectionFormInput) CollectionForm {
	p := CollectionForm{CollectionFormInput: in}
	p.Meta = deskMeta(f, p.title(l), link.DeskCollection(l.Tag(), in.ID))
	if text, _ := in.Text(practice.Language(l.Tag())); text.Title != "" {
		p.Meta.Title += " – " + text.Title
	}
	p.Meta.Narrow, p.Meta.Problems, p.Meta.Styles = true, len(in.Problems) > 0, []string{"lists.css"}
	return p
}

func (p CollectionForm) title(l *locale.Locale) string {
	if p.ID == 0 {
		return l.T("collection.new")
	}
	return l.T("collection.change")
}

// open reports whether the fields of a language are unfolded: those of the reader, and
// those with a problem.
func (p CollectionForm) open(l, of *locale.Locale) bool {
	title, intro := p.titleField(l, of), p.introField(l, of)
	return l.Tag() == of.Tag() || title.Problem+intro.Problem != "" || title.Hint+intro.Hint != ""
}

func (p CollectionForm) titleField(l, of *locale.Locale) component.Field {
	return component.Field{ID: TitleField(of), Label: l.T("collection.name"), Value: p.Texts[practice.Language(of.Tag())].Title,
		Problem: p.Problems.At(TitleField(of)), Limit: practice.MaxCollectionTitle, Hint: p.meanwhile(l, of, func(t practice.CollectionText) string { return t.Title })}
}

func (p CollectionForm) introField(l, of *locale.Locale) component.Field {
	return component.Field{ID: IntroField(of), Label: l.T("collection.intro"), Value: p.Texts[practice.Language(of.Tag())].Intro,
		Problem: p.Problems.At(IntroField(of)), Hint: p.meanwhile(l, of, func(t practice.CollectionText) string { return t.Intro })}
}

// meanwhile is what somebody else has stored in a field since the form was made; empty
// for nothing else.
func (p CollectionForm) meanwhile(l, of *locale.Locale, part func(practice.CollectionText) string) string {
	language := practice.Language(of.Tag())
	now := part(p.Now.Texts[language])
	if p.Now.ID == 0 || now == part(p.Texts[language]) {
		return ""
	}
	return l.T("collection.meanwhile", "Text", now)
}

func (p CollectionForm) practicesField(l *locale.Locale) component.Field {
	return component.Field{ID: PracticesField, Label: l.T("collection.practices"), Value: p.Typed, Hint: l.T("collection.practices_hint"),
		Problem: p.Problems.At(PracticesField), Optional: true}
}

func (p CollectionForm) selectionField(l *locale.Locale) component.Field {
	return component.Field{ID: SelectionField, Label: l.T("collection.selection"), Value: p.Address, Hint: l.T("collection.selection_hint"),
		Problem: p.Problems.At(SelectionField), Optional: true}
}

// CollectionStepInput is a step with a collection that an editor confirms.
type CollectionStepInput struct {
	practice.Collection
	Step     string // link.PublishPage or link.WithdrawCollectionPage
	Problems component.Problems
}

// CollectionStep is the page on which it is confirmed.
type CollectionStep struct {
	CollectionStepInput
	Meta frame.Meta
}

// NewCollectionStep makes the page in a reader's language.
func NewCollectionStep(l *locale.Locale, f frame.Frame, in CollectionStepInput) CollectionStep {
	p := CollectionStep{CollectionStepInput: in}
	text, _ := in.Text(practice.Language(l.Tag()))
	p.Meta = deskMeta(f, l.T("collection."+in.Step+".title")+" – "+text.Title, link.CollectionStep(l.Tag(), in.ID, in.Step))
	p.Meta.Narrow, p.Meta.Problems = true, len(in.Problems) > 0
	return p
}

// languages names the languages in which the collection has a text.
func languages(l *locale.Locale, c practice.Collection) string {
	var names []string
	for _, language := range c.Languages() {
		names = append(names, l.Language(string(language)))
	}
	return strings.Join(names, l.T("place.comma"))
}
