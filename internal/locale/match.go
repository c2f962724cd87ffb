package locale

import (
	"strings"

	"golang.org/x/text/language"
)

// maxAccept is how many bytes of an Accept-Language header are read. The longest
// lists that browsers allow stay under 300. Parsing takes time proportional to the
// length, which the sender controls.
const maxAccept = 1000

var matcher = newMatcher()

func newMatcher() language.Matcher {
	var tags []language.Tag
	for tag := range strings.FieldsSeq(tagsInOrder) {
		tags = append(tags, language.MustParse(tag))
	}
	return language.NewMatcher(tags)
}

// Match returns the best interface language for an Accept-Language header by CLDR's
// language distances (Galician gets Spanish). Entries that are no languages are passed
// over. It returns English if no language matches.
func Match(acceptLanguage string) *Locale {
	if len(acceptLanguage) > maxAccept {
		acceptLanguage = wholeEntries(acceptLanguage[:maxAccept])
	}
	wanted, _, err := language.ParseAcceptLanguage(acceptLanguage)
	if err != nil {
		if wanted, _, err = language.ParseAcceptLanguage(readableEntries(acceptLanguage)); err != nil {
			return all[0]
		}
	}
	// Use the index: the returned tag may have extensions ("fr-u-rg-chzzzz").
	_, index, confidence := matcher.Match(wanted...)
	// Without confidence the matcher went by script alone and would offer Ukrainian
	// to readers of Russian, and Arabic to readers of Persian.
	if confidence == language.No {
		return all[0]
	}
	return all[index]
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
