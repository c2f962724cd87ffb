package practice

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// Bounds of a collection.
const (
	MaxCollected       = 200   // practices that it shows: more is a selection, which the catalogue shows better
	MaxCollectionTitle = 120   // characters
	MaxIntro           = 5_000 // characters: two pages
)

// CollectionState is where a collection stands.
type CollectionState string

// The states of collections.
const (
	DraftCollection     CollectionState = "draft"
	PublishedCollection CollectionState = "published"
	WithdrawnCollection CollectionState = "withdrawn"
)

// Collection is what editors have put together: practices by hand, then those of a
// selection.
type Collection struct {
	ID        int64
	Slug      string
	State     CollectionState
	Version   int // counts changes
	Texts     map[Language]CollectionText
	Practices []int64 // numbers of those chosen by hand, in their order
	Selection string  // query of a listing; empty for none
	Changed   time.Time
	Published time.Time // first; zero for never
}

// CollectionText is what a collection says in one language.
type CollectionText struct {
	Title string `json:"title"`
	Intro string `json:"intro"`
}

// NamedCollection is a collection that names those chosen by hand by their slugs.
type NamedCollection struct {
	Collection
	Slugs []string
}

// Public reports whether residents see the collection.
func (c Collection) Public() bool { return c.State == PublishedCollection }

// Text is the text in a language, else in English, else in the first that there is.
func (c Collection) Text(wanted Language) (CollectionText, Language) {
	for _, language := range []Language{wanted, "en"} {
		if text, ok := c.Texts[language]; ok {
			return text, language
		}
	}
	for _, language := range c.Languages() {
		return c.Texts[language], language
	}
	return CollectionText{}, wanted
}

// Languages lists those of the texts, by their tags.
func (c Collection) Languages() []Language {
	var list []Language
	for language := range c.Texts {
		list = append(list, language)
	}
	slices.Sort(list)
	return list
}

// CollectionFault is why a collection is not accepted.
type CollectionFault string

// The faults of a collection's text.
const (
	NoTitle      CollectionFault = "no_title"       // an intro without a title
	TitleTooLong CollectionFault = "title_too_long" // or no text at all
	IntroTooLong CollectionFault = "intro_too_long"
)

// Fault is what is wrong with a text; empty for nothing. A text without title and intro
// is none, and right.
func (t CollectionText) Fault() CollectionFault {
	switch {
	case t.Title == "" && t.Intro != "":
		return NoTitle
	case utf8.RuneCountInString(t.Title) > MaxCollectionTitle || !utf8.ValidString(t.Title) || strings.ContainsAny(t.Title, "\n\r\x00"):
		return TitleTooLong
	case utf8.RuneCountInString(t.Intro) > MaxIntro || !utf8.ValidString(t.Intro) || strings.ContainsRune(t.Intro, 0):
		return IntroTooLong
	}
	return ""
}
