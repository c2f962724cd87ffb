// Package citation writes how a practice is cited: as text in the style of the APA, and
// as the files that reference managers read. It does not know where a practice is kept
// or shown.
package citation

import (
	"strings"
	"time"

	"exempla/internal/locale"
	"exempla/internal/practice"
)

// Work is a practice as it is cited. Empty fields are not known, and left out.
type Work struct {
	Slug             string
	Site             string // name of the site on which it is read
	Title            string // in the reader's language, as far as it is translated
	Language         practice.Language
	Original         string // the title of the original, if it is another one
	OriginalLanguage practice.Language
	Author           string    // who runs it, else its cities, else its countries; never a person
	Published        time.Time // zero for an imported practice
	Read             time.Time // the day on which it is cited
	URL              string
}

// New describes a practice as one text of it is read on a site, with who answers for it.
func New(site string, p practice.Practice, text practice.Text, author string) Work {
	w := Work{Slug: p.Slug, Site: oneLine(site), Title: oneLine(text.Title), Language: text.TitleLanguage, Author: oneLine(author), Published: p.Published}
	if len(p.Texts) > 0 && p.Texts[0].Title != text.Title {
		w.Original, w.OriginalLanguage = oneLine(p.Texts[0].Title), p.Texts[0].TitleLanguage
	}
	return w
}

// oneLine is a value without line ends and other signs that no format can carry.
func oneLine(value string) string {
	return strings.Join(strings.FieldsFunc(value, func(r rune) bool { return r <= ' ' || r == '\u007f' || r == '\u2028' || r == '\u2029' }), " ")
}

// APA is the citation in the style of the American Psychological Association, with its
// few words in the reader's language: author, year, title with its translation, the work
// and where it was read.
func (w Work) APA(l *locale.Locale) string {
	year := l.T("cite.no_date")
	if !w.Published.IsZero() {
		year = l.Year(w.Published.UTC().Year())
	}
	title := w.Title
	if w.Original != "" {
		title = l.T("cite.original", "Original", w.Original, "Language", l.Language(string(w.OriginalLanguage)), "Title", w.Title)
	}
	retrieved := l.T("cite.retrieved", "Date", l.Date(w.Read), "Address", w.URL)
	return strings.Join([]string{ended(w.Author), "(" + year + ").", ended(title), ended(w.Site), retrieved}, " ")
}

// ended is a sentence with one full stop, whatever sign it ends with.
func ended(sentence string) string {
	if strings.HasSuffix(sentence, ".") || strings.HasSuffix(sentence, "?") || strings.HasSuffix(sentence, "!") {
		return sentence
	}
	return sentence + "."
}
