// Package theme is how a site differs from what the program makes of itself: its name and
// words. It says what can be set and what is wrong with it; it does not know where themes
// are kept, nor what a page is.
package theme

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"exempla/internal/account"
	"exempla/internal/locale"
	"exempla/internal/practice"
	"exempla/internal/submission"
)

// Bounds of a theme.
const (
	MaxSize      = 512<<10 + 2*MaxLogo*4/3 // bytes of JSON: texts about the site in all languages, and two pictures in base64; every program that serves it has them in memory
	MaxAbout     = 20_000                  // characters of the text about the site; ten pages of print, which nobody reads to the end
	MaxNote      = 200                     // characters of the note about a version
	maxText      = 4000                    // characters of a message; the longest of the program has a quarter
	maxPublisher = 120                     // characters of who publishes it
	maxTopic     = 100                     // characters of the name of a topic, which stands on cards and filters; the longest of the program has 62
	maxName      = 40                      // characters of the site's name, which stands on every page beside the menu
)

// Theme is what a site sets of its own. The zero value is the program's own look.
type Theme struct {
	Words     Words    `json:"words,omitempty"`
	Colours   Colours  `json:"colours,omitzero"`
	Logo      Logo     `json:"logo,omitzero"`
	Publisher string   `json:"publisher,omitempty"` // who publishes the site; empty for who is set when the program starts
	Contact   string   `json:"contact,omitempty"`   // mail address for questions; likewise
	Languages []string `json:"languages,omitempty"` // tags of those that are offered, in the program's order; all if there are none

	TopicsOff []practice.Topic `json:"topics_off,omitempty"` // they are not offered; practices that have them keep them
	FacetsOff []string         `json:"facets_off,omitempty"` // names of those that the listing does not show

	Limits submission.Limits `json:"limits,omitzero"` // of what officers write

	About map[string]string `json:"about,omitempty"` // what the site says of itself, by the tag of a language, as package prose reads it
}

// Words are messages of the site, which lie over those of the program: by the tag of a
// language and the key of the message.
type Words map[string]map[string]locale.Forms

// Set puts words in the place of a message; without any, the program's come back.
func (w *Words) Set(tag, key string, forms locale.Forms) {
	if len(forms) > 0 {
		if *w == nil {
			*w = Words{}
		}
		if (*w)[tag] == nil {
			(*w)[tag] = map[string]locale.Forms{}
		}
		(*w)[tag][key] = forms
		return
	}
	delete((*w)[tag], key)
	if len((*w)[tag]) == 0 {
		delete(*w, tag)
	}
}

// named are the words with a name of the site in every language, if there is one in any:
// where a language has none, that of the first one in the program's order.
func (w Words) named() Words {
	var first locale.Forms
	for _, l := range locale.All() {
		if first = w[l.Tag()][locale.SiteName]; first != nil {
			break
		}
	}
	if first == nil {
		return w
	}
	all := maps.Clone(w)
	for _, l := range locale.All() {
		if all[l.Tag()][locale.SiteName] == nil {
			own := maps.Clone(all[l.Tag()])
			if own == nil {
				own = map[string]locale.Forms{}
			}
			own[locale.SiteName] = first
			all[l.Tag()] = own
		}
	}
	return all
}

// style is what pages of a site with a name of its own have besides: a long one leaves the
// menu a line to itself.
func (w Words) style() string {
	for _, own := range w {
		if own[locale.SiteName] != nil {
			return "@media(min-width:56.01rem){.mast .wrap{flex-wrap:wrap}.menu{flex:1 1 auto}}"
		}
	}
	return ""
}

// Version is a version of the theme, as it is listed.
type Version struct {
	Number      int64 // 0 until it is kept
	Note        string
	Written     time.Time
	By          account.ID // 0 for the command line
	Published   time.Time  // zero if it never was
	PublishedBy account.ID
	From        int64 // the version that it repeats, when somebody went back to it; else 0
}

// ShortNote is a note about a version, shortened to what is kept.
func ShortNote(text string) string {
	note := []rune(text)
	return string(note[:min(len(note), MaxNote)])
}

// Fault is something in a theme that cannot be. Its words are the message
// "theme.fault.<Why>".
type Fault struct {
	Path string // where in the theme: "words.fr.site.name"
	Why  string
	What string // the value that is wrong or missing
	Most int    // for what is too long, or too large in kB; for a contrast, tenths of it

	Bounds submission.Bounds // for a number that is outside of them
}

// Faults whose words have a number.
const (
	tooLong   = "too_long"
	logoLarge = "logo_large"
)

// Say says what is wrong, in a reader's language.
func (f Fault) Say(l *locale.Locale) string {
	switch f.Why {
	case tooLong:
		return l.N("theme.fault.too_long", f.Most)
	case logoLarge:
		return l.T("theme.fault.logo_large", "Most", f.Most)
	case string(locale.FormMissing), string(locale.FormUnknown):
		if slices.Contains(locale.FormNames, f.What) { // as the form calls it
			f.What = l.T("appearance.form." + f.What)
		}
	case "bounds":
		return l.T("theme.fault.bounds", "Least", f.Bounds.Least, "Most", f.Bounds.Most)
	case "contrast":
		return l.T("theme.fault.contrast", "Ratio", l.Tenths(f.Most), "What", f.What)
	}
	return l.T("theme.fault."+f.Why, "What", f.What)
}

// Check lists everything that is wrong with a theme.
func (t Theme) Check() (faults []Fault) {
	for _, tag := range slices.Sorted(maps.Keys(t.Words)) {
		l, ok := locale.Find(tag)
		if !ok {
			faults = append(faults, Fault{Path: "words." + tag, Why: "no_language", What: tag})
			continue
		}
		for _, key := range slices.Sorted(maps.Keys(t.Words[tag])) {
			faults = append(faults, CheckWords(l, key, t.Words[tag][key])...)
		}
	}
	faults = append(faults, t.Colours.check()...)
	faults = append(faults, t.Logo.Check()...)
	faults = append(faults, t.checkPublisher()...)
	faults = append(faults, t.checkContent()...)
	for _, tag := range t.Languages {
		if _, ok := locale.Find(tag); !ok {
			faults = append(faults, Fault{Path: "languages", Why: "no_language", What: tag})
		}
	}
	if content, err := json.Marshal(t); err != nil || len(content) > MaxSize {
		faults = append(faults, Fault{Why: "too_large"})
	}
	return faults
}

// checkPublisher lists what is wrong with who answers for the site.
func (t Theme) checkPublisher() (faults []Fault) {
	faults = append(checkLine("publisher", t.Publisher, maxPublisher), checkDirections("publisher", t.Publisher)...)
	if _, ok := account.ParseMail(t.Contact); t.Contact != "" && !ok {
		faults = append(faults, Fault{Path: "contact", Why: "no_mail"})
	}
	return faults
}

// CheckWords lists what is wrong with words in the place of a message.
func CheckWords(l *locale.Locale, key string, forms locale.Forms) (faults []Fault) {
	path := "words." + l.Tag() + "." + key
	for _, m := range l.Check(key, forms) {
		faults = append(faults, Fault{Path: path, Why: string(m.Why), What: m.What})
	}
	most := maxText
	switch {
	case key == locale.SiteName:
		most = maxName
	case strings.HasPrefix(key, TopicName("")):
		most = maxTopic
	}
	for _, text := range forms {
		faults = append(faults, checkLine(path, text, most)...)
		if key == locale.SiteName {
			faults = append(faults, checkDirections(path, text)...)
		}
	}
	return faults
}

// checkDirections lists signs in a name that turn the direction of writing: they would turn
// what stands beside it as well.
func checkDirections(path, text string) (faults []Fault) {
	if strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(unicode.Bidi_Control, r) }) {
		faults = append(faults, Fault{Path: path, Why: "directions"})
	}
	return faults
}

// checkLine lists why a text is not one line of so many characters at most.
func checkLine(path, text string, most int) (faults []Fault) {
	if utf8.RuneCountInString(text) > most {
		faults = append(faults, Fault{Path: path, Why: tooLong, Most: most})
	}
	if strings.ContainsFunc(text, func(r rune) bool { return r < ' ' || r == utf8.RuneError }) {
		faults = append(faults, Fault{Path: path, Why: "not_one_line"})
	}
	return faults
}

// Mark identifies the content of a theme, and stands in addresses of what is made from
// it.
func (t Theme) Mark() string {
	content, err := json.Marshal(t)
	if err != nil {
		panic(err) // it holds nothing but texts and pictures
	}
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:6])
}
