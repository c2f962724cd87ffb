package prose

import (
	"net/url"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"exempla/internal/text"
)

// links are the ways in which addresses are written: as [words](address), bare, and as
// those of mail. Marks of other scripts end an address, which never has them unescaped.
var links = regexp.MustCompile(`!?\[([^\[\]\n]*)\]\(\s*((?:[^\s()<>\x00-\x1f]|\([^\s()<>\x00-\x1f]*\))+)(?:\s+"[^"\n]*")?\s*\)` +
	`|(?i:https?://|www\.)[^\s\x{a0}<>"|\x00-\x1f“”„«»•。，、；：？！（）「」『』【】《》]+` +
	`|(?i:mailto:)?[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+`)

// found is a link in a text.
type found struct {
	from, to    int // in the text, what is behind it not included
	label, href string
}

// mayLink reports whether a text can have links, which few have.
func mayLink(s string) bool {
	return strings.Contains(s, "://") || strings.Contains(s, "@") || strings.Contains(s, "](") || strings.Contains(strings.ToLower(s), "www.")
}

// nextLink finds the first link at or behind a place.
func nextLink(s string, at int) (found, bool) {
	for at < len(s) {
		m := links.FindStringSubmatchIndex(s[at:])
		if m == nil {
			break
		}
		f := found{from: at + m[0], to: at + m[1]}
		if m[4] >= 0 {
			f.href = address(s[at+m[4] : at+m[5]])
			if f.label = words(s[at+m[2] : at+m[3]]); f.label == "" {
				f.label = s[at+m[4] : at+m[5]]
			}
		} else if before, _ := utf8.DecodeLastRuneInString(s[:f.from]); !isWordy(before) {
			f.label = trimmed(s[f.from:f.to])
			f.to = f.from + len(f.label)
			f.href = address(f.label)
		}
		if f.href != "" {
			return f, true
		}
		// What is no link may have one within: the address in brackets, or behind a sign.
		_, size := utf8.DecodeRuneInString(s[f.from:])
		at = f.from + size
		for m[4] < 0 && at < len(s) && isWordy(rune(s[at])) && isWordy(rune(s[at-1])) {
			at++
		}
	}
	return found{}, false
}

// closing are brackets, and how they are opened.
var closing = map[rune]string{')': "(", ']': "[", '}': "{"}

// trimmed is an address without what belongs to the sentence around it.
func trimmed(s string) string {
	surplus := map[rune]int{} // of brackets that nothing opens
	for sign, open := range closing {
		surplus[sign] = strings.Count(s, string(sign)) - strings.Count(s, open)
	}
	for s != "" {
		r, size := utf8.DecodeLastRuneInString(s)
		switch {
		case surplus[r] > 0:
			surplus[r]--
			s = s[:len(s)-size]
		case strings.ContainsRune(".,;:!?'*…’‘؟،؛·–—\\", r):
			s = s[:len(s)-size]
		default:
			return s
		}
	}
	return s
}

// address is what a link leads to; empty for what is no address on the web or of mail.
func address(s string) string {
	lower := strings.ToLower(s)
	switch {
	case strings.HasPrefix(lower, "http://"), strings.HasPrefix(lower, "https://"):
	case strings.HasPrefix(lower, "www."):
		if !strings.Contains(strings.TrimPrefix(lower, "www."), ".") {
			return ""
		}
		s = "http://" + s
	case strings.HasPrefix(lower, "mailto:"):
		_, host, ok := strings.Cut(lower, "@")
		if !ok || host == "" {
			return ""
		}
		return s
	case strings.Contains(s, "@") && !strings.ContainsAny(s, ":/"):
		return "mailto:" + s
	default:
		return ""
	}
	if u, err := url.Parse(s); err != nil || u.Hostname() == "" {
		return ""
	}
	return s
}

// words are the words of a link, without emphasis.
func words(label string) string {
	var b strings.Builder
	for _, s := range emphasised(label) {
		b.WriteString(s.Text)
	}
	return strings.TrimSpace(b.String())
}

// isWordy reports whether a character belongs to a word that goes on beside it. In
// scripts without spaces, and in Korean, words end anywhere.
func isWordy(r rune) bool {
	return (unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.Is(unicode.M, r)) && !text.Undivided(r)
}
