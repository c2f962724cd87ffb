package store

import (
	"strings"

	"exempla/internal/catalogue"
)

// Japanese, Chinese and Korean are written without spaces between words, or
// with endings that no stemmer here knows. Their texts are therefore indexed
// as overlapping pairs of characters, and looked for as phrases of such pairs:
// "多文化" becomes 多文 文化.

// bigrams writes plain words with every run of such characters as its pairs.
func bigrams(text string) string {
	if strings.IndexFunc(text, catalogue.Unspaced) < 0 {
		return text
	}
	var out strings.Builder
	var run []rune
	for _, r := range text + " " {
		if catalogue.Unspaced(r) {
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

// characters lists the single characters of such runs, each once: at the end of
// a text they let one alone find it.
func characters(text string) string {
	if strings.IndexFunc(text, catalogue.Unspaced) < 0 {
		return ""
	}
	var out strings.Builder
	seen := map[rune]bool{}
	for _, r := range text {
		if catalogue.Unspaced(r) && !seen[r] {
			seen[r] = true
			out.WriteString(" " + string(r))
		}
	}
	return out.String()
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
