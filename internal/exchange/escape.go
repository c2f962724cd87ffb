package exchange

import (
	"bytes"
	"encoding/json"
	"strconv"
	"unicode/utf16"
)

// unstorable finds the first escape in a JSON value that stands for no character that
// can be stored: half of a pair, which a decoder would silently replace, and zero,
// which Postgres refuses. It returns what it is, and how many lines of the value are
// before it; empty if there is none.
func unstorable(value json.RawMessage) (what string, lines int) {
	for at := 0; at < len(value); at++ {
		if value[at] != '\\' {
			continue
		}
		letter, isEscape := escaped(value[at:])
		width := 2
		if isEscape {
			width = len(`\u0000`)
		}
		switch {
		case !isEscape:
		case letter == 0:
			what = "the character zero (" + string(value[at:at+width]) + ")"
		case utf16.IsSurrogate(letter):
			second, _ := escaped(value[at+width:])
			if utf16.DecodeRune(letter, second) == '\ufffd' {
				what = "half a character (" + string(value[at:at+width]) + ")"
			}
			width *= 2
		}
		if what != "" {
			return what, bytes.Count(value[:at], []byte{'\n'})
		}
		at += width - 1
	}
	return "", 0
}

// escaped reads an escape such as \u00e9.
func escaped(text []byte) (letter rune, ok bool) {
	if len(text) < 6 || text[0] != '\\' || text[1] != 'u' {
		return 0, false
	}
	number, err := strconv.ParseUint(string(text[2:6]), 16, 16)
	return rune(number), err == nil
}
