package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Token is a word of a text, or a run of characters whose words are not told
// apart.
type Token struct {
	Text     string // a word folded, without the Arabic article; a run as it stands
	From, To int    // bytes of the text where it begins and ends
	Run      bool
}

// kinds of characters.
const (
	between    = iota // words
	continuing        // a word: marks, and joiners
	inWord
	inRun
)

func kindOf(r rune) int {
	switch {
	case r < unicode.MaxASCII:
		if ascii(r) != ' ' {
			return inWord
		}
		return between
	case Undivided(r):
		return inRun
	case unicode.IsMark(r), isJoiner(r):
		return continuing
	case unicode.IsLetter(r), unicode.IsNumber(r):
		return inWord
	}
	return between
}

// joins are the signs that may stand inside a word or be left out of it:
// anti-rumour, сім'я, col·laboració, Schüler:innen.
const joins = "-‐‑–'’ʼʹ·・:*_"

// isApostrophe reports whether a character is written for an apostrophe.
func isApostrophe(r rune) bool { return r == '\'' || r == '’' || r == 'ʼ' }

// isWithin reports whether what stands between a letter and the rest of a text
// stands within a Cyrillic word: Ukrainian writes an apostrophe in сім'я, and it
// parts nothing.
func isWithin(before rune, rest string) bool {
	after, _ := utf8.DecodeRuneInString(rest)
	return unicode.Is(unicode.Cyrillic, before) && unicode.Is(unicode.Cyrillic, after)
}

// mostJoined is how many tokens are taken for one word: sink-or-swim has three,
// an address more than that.
const mostJoined = 4

// Unit is what a text may be found by.
type Unit struct {
	Text   string // as it is written
	Run    bool   // its words are not told apart
	Joined bool   // it is several words that only a sign parts, without the sign
}

// EachUnit visits all that a text may be found by: its words and runs, and what
// becomes of those that only a sign parts when it is left out, two by two and all
// together.
func EachUnit(s string, visit func(Unit)) {
	var joined []Token
	end := func() {
		if len(joined) > 1 && len(joined) <= mostJoined {
			all := ""
			for i, t := range joined {
				all += t.Text
				if i > 0 {
					visit(Unit{joined[i-1].Text + t.Text, t.Run, true})
				}
			}
			if len(joined) > 2 {
				visit(Unit{all, joined[0].Run, true})
			}
		}
	}
	eachToken(s, func(t Token) {
		visit(Unit{t.Text, t.Run, false})
		if len(joined) > 0 {
			last := joined[len(joined)-1]
			if last.Run != t.Run || !isJoin(s[last.To:t.From]) {
				end()
				joined = joined[:0]
			}
		}
		joined = append(joined, t)
	})
	end()
}

func isJoin(between string) bool {
	return utf8.RuneCountInString(between) == 1 && strings.Contains(joins, between)
}

// usualWord is how many bytes a word takes with the space after it.
const usualWord = 6

// Tokens takes a text apart. No token ends before a mark that belongs to its
// last letter.
func Tokens(s string) []Token {
	list := make([]Token, 0, len(s)/usualWord+1)
	eachToken(s, func(t Token) {
		if !t.Run {
			t.Text = FoldWord(t.Text)
		}
		if t.Text != "" { // as of a line that only stretches words
			list = append(list, t)
		}
	})
	return list
}

// eachToken visits the tokens of a text, as they are written.
func eachToken(s string, visit func(Token)) {
	from, kind := 0, between
	before := rune(0)
	for at, r := range s {
		now := kindOf(r)
		if isApostrophe(r) && isWithin(before, s[at+utf8.RuneLen(r):]) {
			now = continuing
		}
		before = r
		if now != kind && now != continuing {
			if kind != between {
				visit(Token{Text: s[from:at], From: from, To: at, Run: kind == inRun})
			}
			from, kind = at, now
		}
	}
	if kind != between {
		visit(Token{Text: s[from:], From: from, To: len(s), Run: kind == inRun})
	}
}

// FoldWord folds one word, as it is written, without the Arabic article. Most are of letters without accents and need little
// work.
func FoldWord(word string) string {
	if isASCII(word) {
		return strings.ToLower(word)
	}
	return withoutArticle(unmixed(strings.ReplaceAll(Fold(word), " ", "")))
}

// leastArabic is how many letters an Arabic word keeps without its article;
// shorter ones only begin like it.
const leastArabic = 3

// withoutArticle takes the Arabic article away, alone or after "and", "in" and
// their like, as Postgres does.
func withoutArticle(word string) string {
	for _, article := range []string{"ال", "وال", "بال", "فال", "كال", "لل"} {
		if rest, ok := strings.CutPrefix(word, article); ok && utf8.RuneCountInString(rest) >= leastArabic {
			return rest
		}
	}
	return word
}

// Words lists the words and runs of a text as they are written.
func Words(s string) []string {
	var list []string
	eachToken(s, func(t Token) { list = append(list, t.Text) })
	return list
}

// ReplaceWord replaces a word, as it is written, wherever it stands as one.
func ReplaceWord(s, word, by string) string {
	var b strings.Builder
	end := 0
	eachToken(s, func(t Token) {
		if t.Text == word {
			b.WriteString(s[end:t.From] + by)
			end = t.To
		}
	})
	return b.String() + s[end:]
}
