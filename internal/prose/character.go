package prose

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"exempla/internal/text"
)

// lineEnds are characters that end a line or a paragraph, in the order in which they
// are replaced. Word writes U+000B for a line end within a paragraph or item.
var lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u0085", "\n", "\u2028", "\v", "\f", "\n\n", "\u2029", "\n\n")

// soften makes line ends of those within a paragraph. What follows in an item is
// indented, so that it stays there.
func soften(s string) string {
	if !strings.Contains(s, "\v") {
		return s
	}
	paragraphs := strings.Split(s, "\n")
	for i, typed := range paragraphs {
		end := "\n"
		if first := split(typed)[0]; first.bullet != 0 {
			end += strings.Repeat(" ", first.indent+tabStop)
		}
		paragraphs[i] = strings.ReplaceAll(typed, "\v", end)
	}
	return strings.Join(paragraphs, "\n")
}

// symbols are signs of the fonts Symbol and Wingdings, which word processors copy as
// characters without a meaning of their own; other fonts show boxes for them.
var symbols = map[rune]rune{
	0xf0b7: '•', 0xf06c: '•', 0xf0d8: '•', 0xf076: '•', 0xf071: '•', 0xf0a8: '•', 0xf0a7: '▪', 0xf06e: '▪',
	0xf0fc: '✓', 0xf0fb: '✗', 0xf0e0: '→', 0xf0ae: '→', 0xf02d: '–', 0xf0b0: '°', 0xf0b1: '±', 0xf0b4: '×', 0xf0a3: '≤', 0xf0b3: '≥',
}

// Clean returns a text without what cannot be seen or would be shown as a box. What is
// no UTF-8 stays as it is: it is no text, and to be refused rather than changed.
func Clean(s string) string {
	if strings.IndexFunc(s, unclean) < 0 || !utf8.ValidString(s) {
		return s
	}
	before := rune(0)
	return soften(strings.Map(func(r rune) rune {
		r = cleaned(r, before)
		before = r
		return r
	}, lineEnds.Replace(s)))
}

func unclean(r rune) bool { return cleaned(r, 0) != r || strings.ContainsRune("\v\u2028\u2029", r) }

// cleaned is what becomes of a character behind another one; -1 for nothing.
func cleaned(r, before rune) rune {
	switch {
	case r == '\n', r == '\t', r == '\v':
		return r
	case r == '\u200b' && text.Unspaced(before):
		return r // where words may be parted, in scripts that write them without spaces
	case r == '\u00ad', r == '\u200b', r == '\u2060', r == '\ufeff', r == '\ufffc', unicode.IsControl(r):
		return -1
	case r >= 0xf020 && r <= 0xf0ff:
		if sign, ok := symbols[r]; ok {
			return sign
		}
		return -1
	}
	return r
}

// What stands for tags within a text; Clean lets none of these through.
const (
	strongOn    = '\x01'
	strongOff   = '\x02'
	emphasisOn  = '\x03'
	emphasisOff = '\x04'
)

// tags are those that texts from other sites have, and what they mean. All others, and
// those with attributes, are shown as text.
var tags = map[string]string{
	"br": "\n", "p": "\n\n", "/p": "\n\n", "ul": "\n\n", "/ul": "\n\n", "ol": "\n\n", "/ol": "\n\n", "li": "\n- ", "/li": "",
	"b": string(strongOn), "/b": string(strongOff), "strong": string(strongOn), "/strong": string(strongOff),
	"i": string(emphasisOn), "/i": string(emphasisOff), "em": string(emphasisOn), "/em": string(emphasisOff),
}

var tag = regexp.MustCompile(`<(/?[A-Za-z]+)\s*/?>`)

// decode is a clean text with tags and entities understood. What an entity stands for
// is text and no tag.
func decode(s string) string {
	s = Clean(strings.ToValidUTF8(s, ""))
	if strings.Contains(s, "<") {
		s = tag.ReplaceAllStringFunc(s, func(found string) string {
			if meaning, ok := tags[strings.ToLower(strings.TrimRight(found[1:], " \t\n/>"))]; ok {
				return meaning
			}
			return found
		})
	}
	return text.Unescape(s, Clean)
}
