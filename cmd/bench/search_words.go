package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"exempla/internal/practice"
)

// Bounds of search words. A common one is in a tenth to a quarter of the practices, a
// rare one in a handful.
const (
	sampled         = 2_000 // practices whose texts are read for candidates
	leastCommon     = 0.10
	mostCommon      = 0.25
	mostRare        = 9
	fewestLetters   = 5
	wantedCommon    = 3
	wantedRare      = 20
	leastRareLetter = 9
)

// words are the search words of a trial.
type words struct{ common, rare []string }

// words chooses words of the catalogue's texts by how many practices have them.
func (t *trial) words(ctx context.Context) (w words, err error) {
	frequent, rare := t.candidates()
	w.common = choose(frequent, wantedCommon, func(word string) bool {
		count, err := t.found(ctx, word)
		share := float64(count) / float64(t.size())
		return err == nil && share >= leastCommon && share <= mostCommon
	})
	w.rare = choose(rare, wantedRare, func(word string) bool {
		count, err := t.found(ctx, word)
		return err == nil && count > 0 && count <= mostRare
	})
	if len(w.common) == 0 || len(w.rare) == 0 {
		return w, fmt.Errorf("no words to search for: %d common, %d rare", len(w.common), len(w.rare))
	}
	return w, ctx.Err()
}

// found counts the practices that have a word.
func (t *trial) found(ctx context.Context, word string) (int, error) {
	worded, err := t.store.Practices.WordedBySQL(ctx, word)
	return len(worded.Found), err
}

// choose returns the first words that are good, at most as many as wanted.
func choose(from []string, wanted int, good func(string) bool) (chosen []string) {
	for _, word := range from {
		if len(chosen) < wanted && good(word) {
			chosen = append(chosen, word)
		}
	}
	return chosen
}

// candidates are words of English titles and summaries: those in about as many
// practices as a common word, the most frequent first, and those in a single one.
func (t *trial) candidates() (frequent, rare []string) {
	in := map[string]int{}
	count := min(t.size(), sampled)
	for n := range count {
		for word := range wordsOf(t.catalogue.maker.Practice(n)) {
			in[word]++
		}
	}
	for word, times := range in {
		switch share := float64(times) / float64(count); {
		case share >= leastCommon*0.8 && share <= mostCommon:
			frequent = append(frequent, word)
		case times == 1 && len(word) >= leastRareLetter:
			rare = append(rare, word)
		}
	}
	slices.Sort(rare)
	slices.SortFunc(frequent, func(a, b string) int {
		if in[a] != in[b] {
			return in[b] - in[a]
		}
		return strings.Compare(a, b)
	})
	return frequent, rare
}

// wordsOf are the longer words in the English text of a practice.
func wordsOf(p practice.Practice) map[string]bool {
	found := map[string]bool{}
	text, _ := p.Text(practice.English)
	if text.Language != practice.English {
		return nil
	}
	for word := range strings.FieldsFuncSeq(text.Title+" "+text.Summary, func(r rune) bool { return !unicode.IsLetter(r) }) {
		if len(word) >= fewestLetters {
			found[strings.ToLower(word)] = true
		}
	}
	return found
}
