package exchange

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"unicode/utf16"
	"unicode/utf8"
)

// Marks that programs write before a text to say how it is encoded.
const (
	mark8  = "\xef\xbb\xbf"
	mark16 = "\xff\xfe" // the other way round for big endian
)

// contextLetters are how many bytes before a broken one a fault quotes: enough to
// find the place, also where a whole file is one line.
const contextLetters = 30

// decode returns a file as UTF-8 whose lines end with LF. Spreadsheets also write
// UTF-16 ("Unicode text") and ends of lines of their own; both are understood. The
// fault says where the file is no text at all, and what to do.
func decode(content []byte) ([]byte, *Fault) {
	switch order := order16(content); {
	case bytes.HasPrefix(content, []byte("PK\x03\x04")), bytes.HasPrefix(content, []byte("\xd0\xcf\x11\xe0")):
		return nil, &Fault{Line: 1, Message: "this is the file of a spreadsheet; save it there as CSV, in UTF-8"}
	case bytes.HasPrefix(content, []byte(mark16+"\x00\x00")), bytes.HasPrefix(content, []byte("\x00\x00\xfe\xff")):
		return nil, &Fault{Line: 1, Message: "this is UTF-32; save the file as UTF-8"}
	case order != nil:
		var fault *Fault
		if content, fault = from16(content, order); fault != nil {
			return nil, fault
		}
	}
	for bytes.HasPrefix(content, []byte(mark8)) {
		content = content[len(mark8):]
	}
	content = plainLines(content)
	if utf8.Valid(content) {
		return content, nil
	}
	at, line, more := broken8(content)
	message := fmt.Sprintf("not UTF-8 after %q", before(content, at))
	if more > 0 {
		message += fmt.Sprintf(", nor in %d more lines", more)
	}
	return nil, &Fault{Line: line, Message: message + "; save the file in this encoding"}
}

// order16 tells whether a file is UTF-16, by its mark or else by what every file of
// ours begins with: a sign or Latin letter, half of which is zero.
func order16(content []byte) binary.ByteOrder {
	if len(content) < 2 {
		return nil
	}
	switch first, second := content[0], content[1]; {
	case first == mark16[0] && second == mark16[1], first != 0 && second == 0:
		return binary.LittleEndian
	case first == mark16[1] && second == mark16[0], first == 0 && second != 0:
		return binary.BigEndian
	}
	return nil
}

// from16 decodes UTF-16.
func from16(content []byte, order binary.ByteOrder) ([]byte, *Fault) {
	made := make([]byte, 0, len(content)/2+len(content)/8)
	broken := func(what string) *Fault {
		made = plainLines(made)
		return &Fault{Line: 1 + bytes.Count(made, []byte{'\n'}), Message: fmt.Sprintf("%s after %q; save the file as UTF-8", what, before(made, len(made)))}
	}
	for len(content) >= 2 {
		letter := rune(order.Uint16(content))
		content = content[2:]
		if utf16.IsSurrogate(letter) {
			second := rune(0)
			if len(content) >= 2 {
				second = rune(order.Uint16(content))
			}
			if letter = utf16.DecodeRune(letter, second); letter == utf8.RuneError {
				return nil, broken("half a character")
			}
			content = content[2:]
		}
		made = utf8.AppendRune(made, letter)
	}
	if len(content) > 0 {
		return nil, broken("the file ends within a character")
	}
	return made, nil
}

// plainLines ends every line with LF alone. Old spreadsheets for the Mac write CR, and
// files that were put together have both. It changes the content in place.
func plainLines(content []byte) []byte {
	at := bytes.IndexByte(content, '\r')
	if at < 0 {
		return content
	}
	made := content[:at]
	for i := at; i < len(content); i++ {
		switch {
		case content[i] != '\r':
			made = append(made, content[i])
		case i+1 == len(content) || content[i+1] != '\n':
			made = append(made, '\n')
		}
	}
	return made
}

// broken8 finds the first byte that is not UTF-8, its line, and how many more lines
// have one. Decoders would silently replace such letters.
func broken8(content []byte) (at, line, more int) {
	start := 0
	n := 0
	for text := range bytes.Lines(content) {
		n++
		if !utf8.Valid(text) {
			if line == 0 {
				at, line = start+validUpTo(text), n
			} else {
				more++
			}
		}
		start += len(text)
	}
	return at, line, more
}

func validUpTo(text []byte) int {
	at := 0
	for at < len(text) {
		r, size := utf8.DecodeRune(text[at:])
		if r == utf8.RuneError && size <= 1 {
			break
		}
		at += size
	}
	return at
}

// before is the end of what stands in the same line before a place.
func before(content []byte, at int) string {
	text := content[:at]
	text = text[bytes.LastIndexByte(text, '\n')+1:]
	if len(text) > contextLetters {
		text = text[len(text)-contextLetters:]
		for len(text) > 0 && !utf8.RuneStart(text[0]) {
			text = text[1:]
		}
	}
	return string(text)
}
