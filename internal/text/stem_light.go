package text

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// Light stemmers take the endings of nouns and adjectives away, and those of
// verbs where they are the same. They follow published descriptions: for Greek
// G. Ntais, "Development of a Stemmer for the Greek Language" (2006), cut to its
// nouns; for Arabic L. Larkey, L. Ballesteros and M. Connell, "Light Stemming for
// Arabic Information Retrieval" (2007), known as light10; for Ukrainian and
// Albanian the tables of declension of their school grammars.

// leastLight is how many letters a light stemmer leaves at least.
const leastLight = 3

// without takes away the first ending of a list that leaves enough of a word;
// the longer ones must come first.
func without(word string, least int, endings []string) string {
	for _, ending := range endings {
		if head, ok := strings.CutSuffix(word, ending); ok && utf8.RuneCountInString(head) >= least {
			return head
		}
	}
	return word
}

var greekEndings = byLength(`ατων ατοσ ατα ιων ιου ιοι ιασ ιεσ ιον ιο ια εων εωσ εισ ουσ ων οσ ου οι ον ησ ην εσ ασ αν ισ υσ αι ει ω ο α η ι ε υ`)

// greekStems: σχολείο, σχολεία and σχολείων are one word.
func greekStems(word string) []string {
	return []string{without(without(word, leastLight, greekEndings), leastLight, []string{"ι"})}
}

// spanishPlurals: mujer, of which Snowball takes the end for that of a verb, is
// the singular of mujeres.
func spanishPlurals(word string) []string {
	return []string{without(word, leastLight, []string{"es", "s"})}
}

var ukrainianEndings = byLength(`ості істю ість остям остями остей ами ями ого ому ими ові еві ою ею ем ом ам ям ах ях ів еи іи ии их им ім оі у ю а я і и е о ь`)

// ukrainianStems: жінка, жінки and жінок are one word. Folded words have no й
// and no ї.
func ukrainianStems(word string) []string {
	stem := without(word, leastLight, ukrainianEndings)
	for _, fleeting := range []string{"ок", "ец", "ек"} {
		if head, ok := strings.CutSuffix(stem, fleeting); ok && utf8.RuneCountInString(head) >= leastLight {
			stem = head + fleeting[len("о"):]
		}
	}
	return []string{undoubled(stem)}
}

// undoubled writes a doubled last letter once: навчання, навчань.
func undoubled(word string) string {
	last, size := utf8.DecodeLastRuneInString(word)
	head := word[:len(word)-size]
	if before, _ := utf8.DecodeLastRuneInString(head); before == last && utf8.RuneCountInString(head) >= leastLight {
		return head
	}
	return word
}

var albanianEndings = byLength(`eve ave ive ove evet avet ivet esh ash ish sh et at it ut es as is us en an in un ve ne ja je se sa ra re te ta a e i u t n s`)

// albanianStems: shkollë, shkolla, shkollat and shkollave are one word. What
// looks like an ending may belong to the word (refugjat), so that a word has a
// stem for each ending that it may have.
func albanianStems(word string) []string {
	stems := []string{}
	for _, ending := range albanianEndings {
		if head, ok := strings.CutSuffix(word, ending); ok && utf8.RuneCountInString(head) >= leastLight {
			stems = append(stems, head)
		}
	}
	for _, last := range []string{"r", "l", "n", "m"} { // libër, libri; Zvicër, Zvicra
		if head, ok := strings.CutSuffix(word, "e"+last); ok && utf8.RuneCountInString(head) >= leastLight {
			stems = append(stems, head+last)
		}
	}
	if len(stems) == 0 || !strings.HasSuffix(word, "e") && !strings.HasSuffix(word, "a") {
		stems = append(stems, word)
	}
	return stems
}

var (
	arabicPrefixes = byLength("وال فال بال كال ولل ال لل و")
	arabicEndings  = byLength("هما ها هم ان ات ون ين يه يا ه ي ا")
	hamza          = strings.NewReplacer("ء", "", "يو", "و", "وو", "و", "يي", "ي")
)

// arabicStems: مدرسة, المدرسة and للمدارس share one; the broken plural does not,
// and is left to the thesaurus. Of a hamza, which is written in many ways
// (مسؤولية, مسئولية), a folded word keeps only the letter below it.
func arabicStems(word string) []string {
	for _, prefix := range arabicPrefixes {
		if rest, ok := strings.CutPrefix(word, prefix); ok && utf8.RuneCountInString(rest) >= leastLight {
			word = rest
			break
		}
	}
	return []string{hamza.Replace(without(word, leastLight, arabicEndings))}
}

// byLength lists endings, the longest first.
func byLength(list string) []string {
	endings := strings.Fields(list)
	slices.SortStableFunc(endings, func(a, b string) int { return utf8.RuneCountInString(b) - utf8.RuneCountInString(a) })
	return endings
}
