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
// language distances (Galician gets Spanish). It returns English if no language
// matches or the header is invalid.
func Match(acceptLanguage string) *Locale {
	if len(acceptLanguage) > maxAccept {
		acceptLanguage = wholeEntries(acceptLanguage[:maxAccept])
	}
	wanted, _, err := language.ParseAcceptLanguage(acceptLanguage)
	if err != nil {
		return all[0]
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

// wholeEntries drops the last entry, which may be cut off.
func wholeEntries(header string) string {
	end := strings.LastIndexByte(header, ',')
	return header[:max(end, 0)]
}
