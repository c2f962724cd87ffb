package practice

import (
	"fmt"
	"hash/fnv"
	"strings"
	"unicode"
)

// Slugify turns a name or title into lower-case Latin letters, digits and
// single hyphens, at most MaxSlug bytes, cut between words. Greek and Cyrillic
// are transliterated (ELOT 743 and the Ukrainian national system, simplified).
// A name of which nothing is left becomes a short fingerprint, so that every
// name has an address; an empty name stays empty.
func Slugify(name string) string {
	var slug strings.Builder
	gap := false
	for _, r := range strings.ToLower(name) {
		latin := transliterate(r)
		if latin == "" {
			gap = gap || !unicode.IsLetter(r) && !unicode.IsMark(r)
			continue
		}
		if gap && slug.Len() > 0 {
			slug.WriteByte('-')
		}
		gap = false
		slug.WriteString(latin)
	}
	if slug.Len() == 0 && strings.TrimSpace(name) != "" {
		sum := fnv.New32a()
		sum.Write([]byte(name))
		return fmt.Sprintf("x%08x", sum.Sum32())
	}
	return cutSlug(slug.String())
}

// cutSlug shortens a slug to MaxSlug bytes, at a hyphen where there is one.
func cutSlug(slug string) string {
	if len(slug) <= MaxSlug {
		return slug
	}
	head := slug[:MaxSlug]
	if at := strings.LastIndexByte(head, '-'); at > 0 && slug[MaxSlug] != '-' {
		head = head[:at]
	}
	return strings.TrimRight(head, "-")
}

// transliterate returns the Latin letters for one lower-case letter or digit,
// empty for everything else.
func transliterate(r rune) string {
	if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
		return string(r)
	}
	return latin[r]
}

// latin maps letters beyond a–z to their transliteration.
var latin = pairs(
	"à a á a â a ã a ä a å a ā a ă a ą a æ ae ç c ć c č c ĉ c ď d đ d ð d è e é e ê e ë e ē e ė e ę e ě e " +
		"ğ g ģ g ì i í i î i ï i ī i į i ı i ķ k ĺ l ļ l ľ l ł l ñ n ń n ņ n ň n ò o ó o ô o õ o ö o ø o ō o ő o œ oe " +
		"ŕ r ř r ś s ş s š s ș s ß ss ţ t ť t ț t þ th ù u ú u û u ü u ū u ů u ű u ų u ý y ÿ y ź z ż z ž z " +
		"α a ά a β v γ g δ d ε e έ e ζ z η i ή i θ th ι i ί i ϊ i ΐ i κ k λ l μ m ν n ξ x ο o ό o π p ρ r σ s ς s τ t υ y ύ y ϋ y ΰ y φ f χ ch ψ ps ω o ώ o " +
		"а a б b в v г h ґ g д d е e ё e є ie ж zh з z и y і i ї i й i к k л l м m н n о o п p р r с s т t у u ф f х kh ц ts ч ch ш sh щ shch ю iu я ia ы y э e ў u ј j љ lj њ nj ћ c ђ dj џ dz")

// pairs reads "letter transliteration letter transliteration …".
func pairs(list string) map[rune]string {
	words := strings.Fields(list)
	table := make(map[rune]string, len(words)/2)
	for i := 0; i+1 < len(words); i += 2 {
		table[[]rune(words[i])[0]] = words[i+1]
	}
	return table
}
