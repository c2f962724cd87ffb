package text

import (
	"strings"
	"unicode"
)

// What people type on a keyboard of another script, or without its letters.

// lookAlikes are letters of three scripts that look the same, folded: Latin,
// Greek, Cyrillic; a space where a script has none.
var lookAlikes = []string{"aαа", "eεе", "oοо", "pρр", "c с", "xχх", "yγу", "iιі", "kκк", "tτт", "mμм", "hηн", "bβв", "nν ", "uυ ", "vν "}

var alike = func() map[rune][]rune {
	table := map[rune][]rune{}
	for _, same := range lookAlikes {
		letters := []rune(same)
		for _, letter := range letters {
			if table[letter] == nil {
				table[letter] = letters
			}
		}
	}
	delete(table, ' ')
	return table
}()

// scriptOf is the place of a letter's script in lookAlikes; -1 for all others.
func scriptOf(r rune) int {
	switch {
	case r >= 'a' && r <= 'z':
		return 0
	case unicode.Is(unicode.Greek, r):
		return 1
	case unicode.Is(unicode.Cyrillic, r):
		return 2
	}
	return -1
}

// unmixed writes a folded word whose letters come from two scripts in that of
// most of them, if all others look like letters of it: бiженцi with a Latin i is
// біженці. Any other word stays as it is.
func unmixed(word string) string {
	var count [3]int
	for _, r := range word {
		if script := scriptOf(r); script >= 0 {
			count[script]++
		}
	}
	most := 0
	for script := range count {
		if count[script] > count[most] {
			most = script
		}
	}
	if count[0]+count[1]+count[2] == count[most] {
		return word
	}
	fits := true
	written := strings.Map(func(r rune) rune {
		if script := scriptOf(r); script < 0 || script == most {
			return r
		}
		letters := alike[r]
		if letters == nil || letters[most] == ' ' {
			fits = false
			return r
		}
		return letters[most]
	}, word)
	if !fits {
		return word
	}
	return written
}

var (
	greekInLatin = strings.NewReplacer("ου", "i", "αι", "e", "ει", "i", "οι", "i", "υι", "i", "αυ", "af", "ευ", "ef", "μπ", "f", "ντ", "d", "γκ", "g", "γγ", "g",
		"α", "a", "β", "f", "γ", "g", "δ", "d", "ε", "e", "ζ", "z", "η", "i", "θ", "t", "ι", "i", "κ", "k", "λ", "l", "μ", "m", "ν", "n", "ξ", "h",
		"ο", "o", "π", "p", "ρ", "r", "σ", "s", "τ", "t", "υ", "i", "φ", "f", "χ", "h", "ψ", "ps", "ω", "o")
	latinAsGreek = strings.NewReplacer("ou", "i", "ai", "e", "ei", "i", "oi", "i", "au", "af", "av", "af", "eu", "ef", "ev", "ef", "mp", "f", "nt", "d", "gk", "g", "gg", "g",
		"th", "t", "8", "t", "ch", "h", "kh", "h", "ks", "h", "x", "h", "ph", "f", "b", "f", "v", "f", "w", "o", "u", "i", "y", "i", "c", "k")
)

// Greeklish writes a folded word as it sounds in Greek, so that a Greek word and
// what people make of it with Latin letters become the same, among others:
// πρόσφυγες, prosfyges and prosfuges.
func Greeklish(word string) string {
	if strings.ContainsFunc(word, func(r rune) bool { return r >= 'a' && r <= 'z' }) {
		return latinAsGreek.Replace(word)
	}
	return greekInLatin.Replace(word)
}

var serbian = strings.NewReplacer("а", "a", "б", "b", "в", "v", "г", "g", "д", "d", "ђ", "d", "е", "e", "ж", "z", "з", "z", "и", "i", "ј", "j", "к", "k", "л", "l",
	"љ", "lj", "м", "m", "н", "n", "њ", "nj", "о", "o", "п", "p", "р", "r", "с", "s", "т", "t", "ћ", "c", "у", "u", "ф", "f", "х", "h", "ц", "c", "ч", "c", "џ", "dz", "ш", "s")

// SerbianLatin writes a folded Serbian word in folded Latin letters, in whichever
// of its two scripts it stands.
func SerbianLatin(word string) string { return serbian.Replace(word) }

var umlauts = strings.NewReplacer("ae", "a", "oe", "o", "ue", "u")

// WithoutUmlauts writes a folded German word in which somebody has typed ae, oe
// and ue for umlauts as it is folded when it has them: fluechtlinge for
// Flüchtlinge.
func WithoutUmlauts(word string) string { return umlauts.Replace(word) }
