package practice

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"exempla/internal/text"
)

// role is the function of a token in the wording of a period.
type role int

const (
	roleNothing   role = iota // past either end of the wording
	roleOther                 // a word that says nothing here; it keeps dates apart
	roleFiller                // left out, so that "end of May" reads as "May"
	roleStop                  // a bracket, colon or semicolon; it keeps dates apart
	roleNumber                // value; digits is 0 when it was written as a word
	roleMonth                 // value 1–12
	roleHalf                  // a half year, numbered before or after
	roleQuarter               // a quarter, numbered before or after
	roleDash                  // any dash
	roleSlash                 // between dates, or inside one
	roleDot                   // inside a date only
	roleComma                 // between dates, or before a year
	roleLink                  // "to", "and"
	roleSince                 // the next date is a start, and open
	roleUntil                 // the next date is an end
	roleOnwards               // the date before it is a start, and open
	roleOn                    // "onwards", but only at the end: "on" has other uses
	roleOngoing               // it runs
	roleRepeated              // it runs, unless dates tell more
	roleNegation              // takes back an ongoing that follows
	roleEnding                // a filler, unless a colon makes it a label: "End: 2019"
	roleDecade                // the year after it begins ten of them: "the decade of 1990"
	roleDecadeEnd             // makes ten years of the one before it: the "s" of "1990s"
)

// token is a word, number or sign. tight means that nothing separates it from the
// previous token.
type token struct {
	role          role
	value, digits int
	sign          rune // of a sign; 0 for all else
	tight         bool
}

// signRoles are the roles of single characters; what is not here and no letter or
// digit is passed over, except that it loosens.
var signRoles = map[rune]role{
	'-': roleDash, '/': roleSlash, ',': roleComma, '،': roleComma, '&': roleLink, '+': roleOnwards, '?': roleOther,
	'~': roleDash, '(': roleStop, ')': roleStop, '[': roleStop, ']': roleStop, ':': roleStop, ';': roleStop, '؛': roleStop,
}

// tokenise reads folded text. Fillers are left out.
func tokenise(text string) []token {
	tokens := make([]token, 0, len(text)/4+1)
	end, last := -1, roleNothing // of the token before, which may have been left out
	for at := 0; at < len(text); {
		t, next := nextToken(text, at)
		t.tight = at == end
		if t.role == roleDot && !betweenDigits(text, at) || t.tight && t.sign == 0 && endsOrdinal(tokens, t.role, next-at) {
			t.role = roleFiller
		}
		t.role = signInPlace(tokens, t.role, text[at:])
		if t.role == roleStop && text[at] == ':' {
			t.role = labelled(last)
		}
		if t.role != roleNothing {
			end, last = next, t.role
		}
		if t.role != roleNothing && t.role != roleFiller && t.role != roleEnding {
			tokens = append(tokens, t)
		}
		at = next
	}
	return tokens
}

// signInPlace tells signs apart that mean one thing between dates and another
// elsewhere: "2010 ~ 2015" and "~ 2015", "2010 + 2011" and "2010+", "2010..2015" and
// "2010...". rest is the text from the sign on.
func signInPlace(before []token, r role, rest string) role {
	joins := tokenAt(before, len(before)-1).role == roleNumber
	switch {
	case rest[0] == '~' && !joins:
		return roleFiller
	case rest[0] == '+' && isDigit(firstAfter(rest, "+")):
		return roleLink
	case strings.HasPrefix(rest, "..") && joins && isDigit(firstAfter(rest, ".")):
		return roleDash
	}
	return r
}

// firstAfter is the first character of a text behind a sign, however often it
// stands there, and spaces.
func firstAfter(text, sign string) rune {
	r, _ := utf8.DecodeRuneInString(strings.TrimLeft(text, sign+" "))
	return r
}

// labelled is the role of a colon. Behind a word that leads to a date it says
// nothing more: "since: 2015".
func labelled(before role) role {
	switch before {
	case roleEnding:
		return roleUntil
	case roleSince, roleUntil, roleLink:
		return roleFiller
	}
	return roleStop
}

// nextToken reads the token at a place and gives the place after it. Its role
// is nothing where a character is passed over.
func nextToken(text string, at int) (token, int) {
	r, size := utf8.DecodeRuneInString(text[at:])
	switch {
	case isDigit(r):
		return numberToken(text, at)
	case unicode.IsLetter(r):
		return wordToken(text, at)
	case r == '.':
		dots := len(text[at:]) - len(strings.TrimLeft(text[at:], "."))
		return token{role: roleDot}, at + dots
	}
	return token{role: signRoles[r], sign: r}, at + size
}

// numberToken counts all digits but adds up no more than four of them: longer
// numbers are no dates, and must not overflow.
func numberToken(text string, at int) (token, int) {
	t := token{role: roleNumber}
	end := at
	for ; end < len(text) && isDigit(rune(text[end])); end++ {
		if t.digits < 4 {
			t.value = t.value*10 + int(text[end]-'0')
		}
		t.digits++
	}
	return t, end
}

// wordToken takes the longest known phrase that begins here, else one word.
func wordToken(text string, at int) (token, int) {
	end := wordEnd(text, at)
	found := vocabulary[text[at:end]]
	after := end
	for words := 1; words < longestPhrase && end < len(text) && (text[end] == ' ' || text[end] == '-'); words++ {
		end = wordEnd(text, end+1)
		if t, ok := vocabulary[strings.ReplaceAll(text[at:end], "-", " ")]; ok {
			found = t
			after = end
		}
	}
	if found.role == roleNothing {
		found.role = roleOther
	}
	return found, after
}

func wordEnd(text string, at int) int {
	length := strings.IndexFunc(text[at:], func(r rune) bool { return !unicode.IsLetter(r) })
	if length < 0 {
		return len(text)
	}
	return at + length
}

func isDigit(r rune) bool { return '0' <= r && r <= '9' }

func betweenDigits(text string, at int) bool {
	return at > 0 && at+1 < len(text) && isDigit(rune(text[at-1])) && isDigit(rune(text[at+1]))
}

// endsOrdinal tells the "th" of "9th" or the "e" of "2e" by where it stands, so
// that no language's endings need a list. The limit is four letters of two bytes.
func endsOrdinal(before []token, r role, size int) bool {
	last := tokenAt(before, len(before)-1)
	tens := r == roleDecadeEnd && last.value%10 == 0
	isWord := r == roleOther || r == roleLink || r == roleFiller || r == roleDecadeEnd
	return isWord && !tens && size <= 8 && last.role == roleNumber && last.digits <= 2
}

// fold makes wordings comparable: folded, one kind of dash and space, and other
// signs as they are.
func fold(wording string) string { return text.FoldWith(strings.Map(footnote, wording), sign) }

// footnote makes a space of numbers that folding would turn into digits of the
// date before them: "2019²".
func footnote(r rune) rune {
	if unicode.Is(unicode.No, r) {
		return ' '
	}
	return r
}

// sign is what a character between words counts as.
func sign(r rune) rune {
	switch {
	case unicode.Is(unicode.Cf, r):
		return -1 // not seen, as what turns the direction of writing
	case unicode.IsSpace(r) || strings.ContainsRune("'’ʼ`", r):
		return ' '
	case unicode.Is(unicode.Pd, r) || r == '−' || r == '→':
		return '-'
	}
	return r
}
