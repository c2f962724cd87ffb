package text

import (
	"html"
	"regexp"
	"strings"
)

var entity = regexp.MustCompile(`&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});`)

// Unescape returns a text from a web page with the characters that its entities stand
// for: once, so that "&amp;lt;" is "&lt;". Each passes through clean first. What is none,
// as in "AT&T;" or "&notable;", stays.
func Unescape(s string, clean func(string) string) string {
	if !strings.Contains(s, "&") {
		return s
	}
	return entity.ReplaceAllStringFunc(s, func(found string) string {
		meant := html.UnescapeString(found)
		if meant == found || strings.HasSuffix(meant, ";") && meant != ";" { // only its beginning is an entity
			return found
		}
		return clean(meant)
	})
}
