package locale

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// listPattern joins items by CLDR's rule: two by Pair, more by Start between the
// first two, End between the last two, Middle elsewhere.
type listPattern struct {
	Pair   string `json:"2"`
	Start  string `json:"start"`
	Middle string `json:"middle"`
	End    string `json:"end"`
}

// Or joins items as alternatives: "Greece, Italy or Spain".
func (l *Locale) Or(items []string) string { return l.join(l.cldr.Or, items) }

// And joins items as a whole: "Greece, Italy and Spain".
func (l *Locale) And(items []string) string { return l.join(l.cldr.And, items) }

// join starts at the end of the list, as CLDR specifies.
func (l *Locale) join(p listPattern, items []string) string {
	switch len(items) {
	case 0:
		return ""
	case 1:
		return items[0]
	case 2:
		return fillPair(l.euphonic(p.Pair, items[1]), items[0], items[1])
	}
	last := len(items) - 1
	text := fillPair(l.euphonic(p.End, items[last]), items[last-1], items[last])
	for i := last - 2; i > 0; i-- {
		text = fillPair(l.euphonic(p.Middle, text), items[i], text)
	}
	return fillPair(l.euphonic(p.Start, text), items[0], text)
}

func fillPair(pattern, first, second string) string {
	before, rest, _ := strings.Cut(pattern, "{0}")
	between, after, _ := strings.Cut(rest, "{1}")
	return before + first + between + second + after
}

// euphonic changes Spanish "y" and "o" before a word that starts with the same sound:
// "Grecia e Italia", "Suecia u Holanda". CLDR patterns cannot express this; ICU has
// the same rule in code. The Arabic "و", which is written on to the next word, stands
// by itself before a word of another script.
func (l *Locale) euphonic(pattern, next string) string {
	switch first, _ := utf8.DecodeRuneInString(next); {
	case l.tag == "ar" && !unicode.Is(unicode.Arabic, first):
		return strings.Replace(pattern, "و{1}", "و {1}", 1)
	case l.tag != "es":
		return pattern
	}
	next = strings.TrimPrefix(strings.ToLower(next), "h")
	switch {
	case startsWith(next, "oó"):
		return strings.Replace(pattern, " o ", " u ", 1)
	case startsWith(next, "ií") && !startsDiphthong(next):
		return strings.Replace(pattern, " y ", " e ", 1)
	}
	return pattern
}

func startsWith(text, letters string) bool {
	return strings.IndexFunc(text, func(r rune) bool { return strings.ContainsRune(letters, r) }) == 0
}

// startsDiphthong tells "hielo", which keeps its "y", from "Italia".
func startsDiphthong(text string) bool {
	letters := []rune(text)
	return len(letters) > 1 && unicode.IsLetter(letters[1]) && strings.ContainsRune("aeoáéó", letters[1])
}
