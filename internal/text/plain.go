package text

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Plain writes a text or a question as its words for Postgres: small letters,
// one form of each, single spaces, nothing else. As typed, Postgres would take
// "Genève/Bern" for a file and "2.Next" for a host, and find neither word.
func Plain(s string) string {
	return strings.Join(strings.Fields(strings.Map(letter, withoutApostrophes(norm.NFKC.String(s)))), " ")
}

// withoutApostrophes takes away those that stand within a word; see isWithin.
func withoutApostrophes(s string) string {
	if !strings.ContainsFunc(s, isApostrophe) {
		return s
	}
	var out strings.Builder
	before := rune(0)
	for at, r := range s {
		if !isApostrophe(r) || !isWithin(before, s[at+utf8.RuneLen(r):]) {
			out.WriteRune(r)
		}
		before = r
	}
	return out.String()
}

// Indexed writes a text for the index of Postgres: its plain words, and where
// these are not told apart, their pairs of characters. Behind these stands each
// such character alone, so that one by itself finds the text.
func Indexed(s string) string {
	s = Plain(s)
	return Pairs(s) + characters(s)
}

// Pairs writes plain words with every run of characters that are not told apart
// as its overlapping pairs: "多文化" becomes 多文 文化, and is looked for as that
// phrase. A single character stays alone.
func Pairs(plain string) string {
	if strings.IndexFunc(plain, Undivided) < 0 {
		return plain
	}
	var out strings.Builder
	var run []rune
	for _, r := range plain + " " {
		if Undivided(r) {
			run = append(run, r)
			continue
		}
		if len(run) > 0 {
			out.WriteString(" " + paired(run) + " ")
			run = run[:0]
		}
		out.WriteRune(r)
	}
	return strings.Join(strings.Fields(out.String()), " ")
}

func paired(run []rune) string {
	if len(run) == 1 {
		return string(run)
	}
	pairs := make([]string, 0, len(run)-1)
	for i := range len(run) - 1 {
		pairs = append(pairs, string(run[i:i+2]))
	}
	return strings.Join(pairs, " ")
}

// characters lists the characters that are not told apart, each once and behind
// a space.
func characters(plain string) string {
	if strings.IndexFunc(plain, Undivided) < 0 {
		return ""
	}
	var out strings.Builder
	seen := map[rune]bool{}
	for _, r := range plain {
		if Undivided(r) && !seen[r] {
			seen[r] = true
			out.WriteString(" " + string(r))
		}
	}
	return out.String()
}
