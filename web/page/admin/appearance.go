package admin

import (
	"bytes"
	"encoding/base64"
	"net/url"
	"slices"
	"strings"

	"exempla/internal/account"
	"exempla/internal/link"
	"exempla/internal/locale"
	"exempla/internal/theme"
	"exempla/web/component"
	"exempla/web/page/frame"
)

// Fields of the forms about the look of the site.
const (
	BasisField    = "basis" // number of the version that the form was written on
	NoteField     = "note"
	QueryField    = "q"
	LanguageField = "language"

	PublisherField = "publisher"
	ContactField   = "contact"
	OfferedField   = "offered"  // languages
	NearestPrefix  = "nearest-" // of the buttons that take the nearest colour that passes
	LogoNameField  = "logo-name"
	KeptPrefix     = "kept-" // of fields with a picture that has come with a form which could not be saved
	RemovePrefix   = "remove-"
)

// Colour is a colour of the form.
type Colour struct {
	Field string // and the name of its message
	Value *string
}

// ColourFields are the colours of a theme, in the order of the form.
func ColourFields(c *theme.Colours) []Colour {
	return []Colour{{"accent-light", &c.Accent.Light}, {"accent-dark", &c.Accent.Dark}, {"header-light", &c.Header.Light}, {"header-dark", &c.Header.Dark}}
}

// Logo is a picture of the form.
type Logo struct {
	Field string // and the name of its message
	Dark  bool
	Value *theme.Picture
}

// LogoFields are the pictures of a logo, in the order of the form.
func LogoFields(g *theme.Logo) []Logo {
	return []Logo{{"logo-light", false, &g.Light}, {"logo-dark", true, &g.Dark}}
}

// NameField is the field for the name of the site in a language.
func NameField(tag string) string { return "name-" + tag }

// FieldOf is the field of the form for what stands at a path of a theme.
func FieldOf(path string) string {
	parts := strings.SplitN(path, ".", 3)
	switch {
	case parts[0] == "colours":
		return parts[1] + "-" + parts[2]
	case parts[0] == "logo":
		return parts[0] + "-" + parts[1]
	case len(parts) == 1:
		return path
	}
	if len(parts) == 3 && parts[0] == "words" && parts[2] == locale.SiteName {
		return NameField(parts[1])
	}
	return ""
}

// AppearanceInput is what the page about the look of the site shows.
type AppearanceInput struct {
	Latest   int64  // version; 0 for none
	Shown    int64  // version; 0 for the program's own look
	Mark     string // of its content
	Theme    theme.Theme
	Present  theme.Logo        // of the latest version
	Kept     map[string]string // by the field of a picture that has come: what the form keeps of it
	Note     string
	Versions []theme.Version
	Older    int64 // the last version listed if there are more; else 0
	Names    map[account.ID]string
	Problems component.Problems
	Nearest  map[string]string // by the field of a colour that is too faint
}

// KeepLogo keeps the pictures that have come with the form, and nothing is wrong with, in
// the form that is shown again.
func (in *AppearanceInput) KeepLogo() {
	in.Kept = map[string]string{}
	present := LogoFields(&in.Present)
	for i, f := range LogoFields(&in.Theme.Logo) {
		if len(*f.Value) > 0 && !bytes.Equal(*f.Value, *present[i].Value) && f.Value.Drawn() != (theme.Drawn{}) {
			in.Kept[f.Field] = base64.StdEncoding.EncodeToString(*f.Value)
		}
	}
}

// removed reports whether the form removes a picture that is there.
func (p Appearance) removed(f Logo) bool {
	if f.Dark {
		return len(p.Theme.Logo.Dark) == 0
	}
	return len(p.Theme.Logo.Light) == 0
}

// logoDescription says which texts describe the field of a picture.
func (p Appearance) logoDescription(field string) string {
	if p.Problems.At(field) != "" {
		return field + "-hint " + field + "-problem"
	}
	return field + "-hint"
}

// Appearance is the page about the look of the site.
type Appearance struct {
	AppearanceInput
	Meta frame.Meta
}

// NewAppearance makes the page.
func NewAppearance(l *locale.Locale, f frame.Frame, in AppearanceInput) Appearance {
	p := Appearance{AppearanceInput: in, Meta: adminMeta(f, l.T("appearance.title"), link.Appearance(l.Tag()))}
	p.Meta.Problems = len(in.Problems) > 0
	p.Meta.Styles = []string{"files.css"} // for the logo
	return p
}

// name is what the site is called in a language, as set.
func (p Appearance) name(tag string) string { return p.Theme.Words[tag][locale.SiteName]["other"] }

// offers reports whether the site offers a language, as set.
func offers(t theme.Theme, tag string) bool {
	return len(t.Languages) == 0 || slices.Contains(t.Languages, tag)
}

// by is who did something.
func (p Appearance) by(l *locale.Locale, id account.ID) string {
	if id == 0 {
		return l.T("appearance.command")
	}
	if name := p.Names[id]; name != "" {
		return name
	}
	return l.T("people.erased")
}

// Message is a message with the words that the site has in its place, if it has any.
type Message struct {
	Key string
	Own locale.Forms
}

// WordsField is the field for a form of a message.
func WordsField(key, form string) string { return "w-" + key + "-" + form }

// ParseWordsField reads what WordsField writes.
func ParseWordsField(field string) (key, form string, ok bool) {
	rest, ok := strings.CutPrefix(field, "w-")
	at := strings.LastIndexByte(rest, '-')
	if !ok || at < 0 {
		return "", "", false
	}
	return rest[:at], rest[at+1:], true
}

// WordsInput is what the page about words shows.
type WordsInput struct {
	Latest   int64
	Language *locale.Locale // of the words
	Query    string
	Messages []Message
	More     bool // than are listed
	Note     string
	Problems component.Problems
}

// Address is the query by which the page is found again.
func (in WordsInput) Address() string {
	return url.Values{LanguageField: {in.Language.Tag()}, QueryField: {in.Query}}.Encode()
}

// Words is the page about words.
type Words struct {
	WordsInput
	Meta frame.Meta
}

// NewWords makes the page.
func NewWords(l *locale.Locale, f frame.Frame, in WordsInput) Words {
	p := Words{WordsInput: in, Meta: adminMeta(f, l.T("appearance.words"), link.AppearanceWords(l.Tag(), ""))}
	p.Meta.Query = in.Address()
	p.Meta.Problems = len(in.Problems) > 0
	return p
}

// forms are the forms that a message has, in order.
func (p Words) forms(m Message) (names []string) {
	standard, _ := p.Language.Standard(m.Key)
	for _, name := range locale.FormNames {
		if standard[name] != "" {
			names = append(names, name)
		}
	}
	return names
}

// standard is the program's text of a form.
func (p Words) standard(m Message, form string) string {
	standard, _ := p.Language.Standard(m.Key)
	return standard[form]
}
