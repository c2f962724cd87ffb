package locale

import (
	"strings"

	"golang.org/x/text/language"
)

// maxAccept is how many bytes of an Accept-Language header are read. The longest
// lists that browsers allow stay under 300. Parsing takes time proportional to the
// length, which the sender controls.
const maxAccept = 1000

func newMatcher(list []*Locale) language.Matcher {
	var tags []language.Tag
	for _, l := range list {
		tags = append(tags, language.MustParse(l.tag))
	}
	return language.NewMatcher(tags)
}

// Match returns the best of the program's languages, as Set.Match.
func Match(acceptLanguage string) *Locale { return all[0].set.Match(acceptLanguage) }

// Match returns the best language that is offered for an Accept-Language header by CLDR's
// language distances (Galician gets Spanish). Entries that are no languages are passed
// over. It returns the first one, mostly English, if no language matches.
func (s *Set) Match(acceptLanguage string) *Locale {
	if len(acceptLanguage) > maxAccept {
		acceptLanguage = wholeEntries(acceptLanguage[:maxAccept])
	}
	wanted, _, err := language.ParseAcceptLanguage(acceptLanguage)
	if err != nil {
		if wanted, _, err = language.ParseAcceptLanguage(readableEntries(acceptLanguage)); err != nil {
			return s.offered[0]
		}
	}
	// Use the index: the returned tag may have extensions ("fr-u-rg-chzzzz").
	_, index, confidence := s.matcher().Match(wanted...)
	// Without confidence the matcher went by script alone and would offer Ukrainian
	// to readers of Russian, and Arabic to readers of Persian.
	if confidence == language.No {
		return s.offered[0]
	}
	return s.offered[index]
}

// readableEntries drops the entries that are no languages, one of which spoils the whole
// list for the parser ("uk, xx;q=0.1").
func readableEntries(header string) string {
	var readable []string
	for entry := range strings.SplitSeq(header, ",") {
		if _, _, err := language.ParseAcceptLanguage(entry); err == nil {
			readable = append(readable, entry)
		}
	}
	return strings.Join(readable, ",")
}

// wholeEntries drops the last entry, which may be cut off.
func wholeEntries(header string) string {
	end := strings.LastIndexByte(header, ',')
	return header[:max(end, 0)]
}
