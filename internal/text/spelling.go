package text

import (
	"strings"
	"unicode/utf8"
)

// Letters of a word that may be a misspelt one: shorter ones are like too many
// others, longer ones are no words, and in long ones two letters may be wrong.
const (
	shortestWord = 4
	longestWord  = 40
	longWord     = 7
)

// Spellable reports whether a plain word could be a misspelt one: it is long
// enough to be like few others, and written with letters that make words.
func Spellable(word string) bool {
	letters := utf8.RuneCountInString(word)
	return letters >= shortestWord && letters <= longestWord &&
		strings.IndexFunc(word, Undivided) < 0 && !strings.ContainsAny(word, " 0123456789")
}

// MostMisspelt is how many letters of a word may be wrong: one, and two in a long
// word.
func MostMisspelt(typed string) int {
	if utf8.RuneCountInString(typed) >= longWord {
		return 2
	}
	return 1
}

// Misspelling counts the letters to put in, take out, replace or swap with the
// next one to make a word of what was typed. ok reports whether these are so few
// that the word may have been meant; see MostMisspelt.
func Misspelling(typed, word string) (letters int, ok bool) {
	a, b := []rune(typed), []rune(word)
	letters = edits(a, b)
	return letters, letters <= MostMisspelt(typed)
}

// SharedLetters is with how many letters two words begin alike.
func SharedLetters(a, b string) (letters int) {
	for _, r := range a {
		other, size := utf8.DecodeRuneInString(b)
		if size == 0 || other != r {
			break
		}
		b = b[size:]
		letters++
	}
	return letters
}

// Nearest returns the one of some known words that was probably meant by what was
// typed, whatever its case and accents; of several the first one. It is empty if none
// is close enough.
func Nearest(typed string, known []string) string {
	nearest, fewest := "", 0
	folded := Fold(typed)
	for _, word := range known {
		size := utf8.RuneCountInString(word) - utf8.RuneCountInString(typed)
		if most := MostMisspelt(folded); size > most || -size > most {
			continue
		}
		if n, ok := Misspelling(folded, Fold(word)); ok && (nearest == "" || n < fewest) {
			nearest, fewest = word, n
		}
	}
	return nearest
}

// edits is the distance between two words, neighbours swapped counting as one
// (Damerau and Levenshtein, each stretch changed once).
func edits(a, b []rune) int {
	rows := [3][]int{make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)}
	for j := range rows[1] {
		rows[1][j] = j
	}
	for i := 1; i <= len(a); i++ {
		older, before, now := rows[(i+2)%3], rows[i%3], rows[(i+1)%3]
		now[0] = i
		for j := 1; j <= len(b); j++ {
			replaced := before[j-1]
			if a[i-1] != b[j-1] {
				replaced++
			}
			now[j] = min(before[j]+1, now[j-1]+1, replaced)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				now[j] = min(now[j], older[j-2]+1)
			}
		}
	}
	return rows[(len(a)+1)%3][len(b)]
}

// Likeness is how much of two plain words or addresses is the same, from 0 to 1: the
// pairs of neighbouring letters that both have.
func Likeness(a, b string) float64 {
	if len(a) < 2 || len(b) < 2 {
		return 0
	}
	pairs := map[string]int{}
	for at := range len(a) - 1 {
		pairs[a[at:at+2]]++
	}
	both := 0
	for at := range len(b) - 1 {
		if pair := b[at : at+2]; pairs[pair] > 0 {
			pairs[pair]--
			both++
		}
	}
	return 2 * float64(both) / float64(len(a)+len(b)-2)
}
