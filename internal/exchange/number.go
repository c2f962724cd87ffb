package exchange

import (
	"encoding/json"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"exempla/internal/text"
)

// What people mean by true and false, folded: words of the languages of the
// interface, what their spreadsheets write, and signs.
var (
	yesWords = strings.Split("true yes y x 1 on ja j wahr oui vrai si s verdadero ναι ν αληθεσ po vertete так т істина نعم صحيح ✓ ✔ ☑ ✅", " ")
	noWords  = strings.Split("false no n 0 off nein falsch non faux falso οχι ψευδεσ jo gabuar ні н хибність لا خطا ✗ ✘ ☐ ❌", " ")
)

// thousands is a whole number in groups: "2 019", "2.019".
var thousands = regexp.MustCompile(`^-?\d{1,3}(?:(?: \d{3})+|(?:\.\d{3})+|(?:,\d{3})+|(?:'\d{3})+)$`)

// decimal is a number with a point or a comma before its fraction.
var decimal = regexp.MustCompile(`^[-+]?\d+(?:[.,]\d+)?(?:[eE][-+]?\d+)?$`)

// plainValue converts the value of a field that is a number or a yes or no, as people
// write it into a spreadsheet. What is neither stays, so that its fault is reported.
func plainValue(field string, value json.RawMessage) json.RawMessage {
	isNumber, isFlag := slices.Contains(numberColumns, field), slices.Contains(flagColumns, field)
	written := string(value)
	if !isNumber && !isFlag || json.Unmarshal(value, &written) != nil && value[0] == '"' {
		return value
	}
	written = strings.TrimSpace(written)
	switch {
	case written == "" || written == "null":
		return json.RawMessage("null")
	case isNumber:
		if number, ok := plainNumber(written, slices.Contains(yearColumns, field)); ok {
			return number
		}
	case slices.Contains(yesWords, flagWord(written)):
		return json.RawMessage("true")
	case slices.Contains(noWords, flagWord(written)):
		return json.RawMessage("false")
	}
	return value
}

// flagWord writes a word as it stands in yesWords. Signs have no folded form.
func flagWord(written string) string {
	if folded := text.Fold(written); folded != "" {
		return folded
	}
	return strings.TrimSuffix(written, "\ufe0f") // asks for a coloured sign
}

// plainNumber reads a number. A year may be in groups, as a spreadsheet shows it that
// takes it for a quantity.
func plainNumber(written string, year bool) (json.RawMessage, bool) {
	written = strings.TrimSuffix(strings.Map(numberSign, written), "°")
	if year && thousands.MatchString(written) {
		written = strings.Map(func(r rune) rune {
			if strings.ContainsRune(" .,'", r) {
				return -1
			}
			return r
		}, written)
	}
	if !decimal.MatchString(written) {
		return nil, false
	}
	number, err := strconv.ParseFloat(strings.Replace(written, ",", ".", 1), 64)
	if err != nil {
		return nil, false
	}
	return json.RawMessage(strconv.FormatFloat(number, 'f', -1, 64)), true
}

// numberSign writes digits of other scripts and other signs as the usual ones.
func numberSign(r rune) rune {
	switch {
	case r >= '0' && r <= '9':
	case unicode.IsSpace(r):
		return ' '
	case r == '−' || r == '–':
		return '-'
	case r == '٫':
		return '.'
	case r == '’' || r == '٬':
		return '\''
	case unicode.IsDigit(r):
		if digit := text.Fold(string(r)); len(digit) == 1 {
			return rune(digit[0])
		}
	}
	return r
}
