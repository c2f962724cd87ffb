package prose

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// bullet is how an item of a list begins: a sign, 'n' for a number, 0 for no item.
type bullet rune

// number is the bullet of a numbered item.
const number bullet = 'n'

// symbol reports whether the bullet comes from a word processor and means nothing else.
func (b bullet) symbol() bool {
	return b != 0 && b != number && !strings.ContainsRune("-*+–—―‒‐‑", rune(b))
}

// long reports whether the bullet is a dash that also begins what somebody says.
func (b bullet) long() bool { return strings.ContainsRune("–—―‒‐‑", rune(b)) }

// line is a line of a text.
type line struct {
	typed  string // without spaces at its end
	indent int    // in columns
	text   string // without indent
	bullet bullet
	number int    // of a numbered item
	rest   string // of an item behind its bullet
	tight  bool   // whether the bullet touches the word, as a hyphen may
	level  int    // of the list in which it is an item, from 1; 0 while it is none
}

func (l line) blank() bool { return l.text == "" }

// tabStop is how far a tab leads.
const tabStop = 4

// split cuts a clean text into lines.
func split(text string) []line {
	var lines []line
	for typed := range strings.SplitSeq(text, "\n") {
		l := line{typed: strings.TrimRightFunc(typed, unicode.IsSpace)}
		l.text = strings.TrimLeftFunc(l.typed, unicode.IsSpace)
		for _, r := range l.typed[:len(l.typed)-len(l.text)] {
			l.indent++
			if r == '\t' {
				l.indent = (l.indent + tabStop - 1) / tabStop * tabStop
			}
		}
		l.item()
		lines = append(lines, l)
	}
	return lines
}

// The ways in which items begin. A number has at most three digits, or a year at the
// start of a line would be one.
var (
	numbered = regexp.MustCompile(`^([1-9]\d{0,2})[.)](\s*)(\S.*)$`)
	attached = "•◦▪▫‣⁃・"                // may touch the word behind them
	apart    = "-*+–—―‒‐‑·∙●○■□◆♦❖➢➤►▶" // have a space behind them
	touching = "-–●○■□◆►▶"              // of these, those that people write without one, too
	letters  = "o§"                     // bullets of Courier and Wingdings; have a tab or several spaces behind them
	tabbed   = "ØüvqàÜ"                 // more of Wingdings; have a tab
	blanks   = regexp.MustCompile(`^(?:[\s\x{a0}]*\t|[\s\x{a0}]{2})`)
)

// item finds out how the line begins.
func (l *line) item() {
	if m := numbered.FindStringSubmatch(l.text); m != nil && (m[2] != "" || isLetter(m[3])) {
		l.number, _ = strconv.Atoi(m[1])
		l.bullet, l.rest, l.tight = number, m[3], m[2] == ""
		return
	}
	sign, size := utf8.DecodeRuneInString(l.text)
	behind := l.text[size:]
	rest := strings.TrimLeftFunc(behind, unicode.IsSpace)
	spaced := len(rest) < len(behind)
	switch {
	case rest == "":
		return
	case strings.ContainsRune(attached, sign):
	case strings.ContainsRune(apart, sign) && spaced:
		if sign == '+' && unicode.IsDigit(rune(rest[0])) {
			return // a telephone number
		}
	case strings.ContainsRune(touching, sign) && isLetter(rest):
		l.tight = true
	case strings.ContainsRune(letters, sign) && blanks.MatchString(behind):
	case strings.ContainsRune(tabbed, sign) && strings.HasPrefix(behind, "\t"):
	default:
		return
	}
	l.bullet, l.rest = bullet(sign), rest
}

// isLetter reports whether a text begins with a letter.
func isLetter(s string) bool {
	first, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLetter(first)
}
