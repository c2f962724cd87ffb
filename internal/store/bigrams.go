package store

import (
	"strings"
	"unicode"
)

// Japanese, Chinese and Korean are written without spaces between words, or
// with endings that no stemmer here knows. Their texts are therefore indexed
// as overlapping pairs of characters, and looked for as phrases of such pairs:
// "多文化" becomes 多文 文化.

// bigrams writes a text for the index: runs of such characters as pairs, all
// else as it stands.
func bigrams(text string) string {
	return spell(text, func(pairs string) string { return " " + pairs + " " })
}

// bigramPhrases writes a question likewise, each run as one phrase. What stands
// in quotation marks is a phrase already.
func bigramPhrases(question string) string {
	parts := strings.Split(question, `"`)
	for i, part := range parts {
		if i%2 == 1 {
			parts[i] = bigrams(part)
			continue
		}
		parts[i] = spell(part, func(pairs string) string { return `"` + pairs + `"` })
	}
	return strings.Join(parts, `"`)
}

// spell replaces every run of unspaced characters by what write makes of its
// pairs.
func spell(text string, write func(pairs string) string) string {
	if strings.IndexFunc(text, unspaced) < 0 {
		return text
	}
	var out strings.Builder
	var run []rune
	flush := func() {
		if len(run) > 0 {
			out.WriteString(write(paired(run)))
			run = run[:0]
		}
	}
	for _, r := range text {
		if unspaced(r) {
			run = append(run, r)
			continue
		}
		flush()
		out.WriteRune(r)
	}
	flush()
	return out.String()
}

// unspaced reports whether a character belongs to a script of that kind.
func unspaced(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul) || r == 'ー'
}

// paired writes a run as its overlapping pairs; a single character stays alone.
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
