package catalogue

import (
	"net/url"
	"strconv"
	"strings"
)

// ParseAddress reads a selection from the query of an address as it was typed or
// copied: "q=100%" is a word with a percent sign, and "&amp;" out of the source of
// a page separates like "&". Nothing that has one meaning is dropped because it is
// written badly.
func ParseAddress(query string) Selection {
	values := url.Values{}
	for pair := range strings.SplitSeq(query, "&") {
		name, value, _ := strings.Cut(strings.TrimPrefix(pair, "amp;"), "=")
		values.Add(unescape(name), unescape(value))
	}
	return Parse(values)
}

// unescape decodes a part of a query, and leaves a percent sign that begins no
// code as it is.
func unescape(text string) string {
	if plain, err := url.QueryUnescape(text); err == nil {
		return plain
	}
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		if text[i] == '%' && i+2 < len(text) {
			if code, err := strconv.ParseUint(text[i+1:i+3], 16, 8); err == nil {
				b.WriteByte(byte(code))
				i += 2
				continue
			}
		}
		if text[i] == '+' {
			b.WriteByte(' ')
			continue
		}
		b.WriteByte(text[i])
	}
	return b.String()
}
