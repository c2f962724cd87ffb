package locale

import (
	"strings"

	"golang.org/x/text/language"
)

// maxAccept bounds the Accept-Language header that is looked at, in bytes. The
// longest lists that browsers let people put together stay under 300; parsing
// takes time in proportion to the length, and a sender may choose it freely.
const maxAccept = 1000

var matcher = newMatcher()

func newMatcher() language.Matcher {
	var tags []language.Tag
	for tag := range strings.FieldsSeq(inOrder) {
		tags = append(tags, language.MustParse(tag))
	}
	return language.NewMatcher(tags)
}

// Match returns the interface language that suits an Accept-Language header best,
// with CLDR's distances (readers of Galician are offered Spanish); English when nothing
// suits or the header makes no sense.
func Match(acceptLanguage string) *Locale {
	if len(acceptLanguage) > maxAccept {
		acceptLanguage = wholeEntries(acceptLanguage[:maxAccept])
	}
	wanted, _, err := language.ParseAcceptLanguage(acceptLanguage)
	if err != nil {
		return all[0]
	}
	// The index, since the tag that is returned may carry extras ("fr-u-rg-chzzzz").
	_, index, confidence := matcher.Match(wanted...)
	// Without confidence the matcher has gone by the script alone, and would send
	// readers of Russian to Ukrainian, readers of Persian to Arabic.
	if confidence == language.No {
		return all[0]
	}
	return all[index]
}

// wholeEntries drops a last entry that was cut in the middle.
func wholeEntries(header string) string {
	end := strings.LastIndexByte(header, ',')
	return header[:max(end, 0)]
}
