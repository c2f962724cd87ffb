package locale

import (
	"strconv"
	"strings"
	"time"
)

// Number formats a whole number with the digits, grouping and minus sign of the
// locale. Some languages do not group four digits: Spanish writes 1234, but 12.345.
func (l *Locale) Number(n int) string {
	digits := strconv.Itoa(n)
	sign := ""
	if n < 0 {
		sign = l.cldr.Minus
		digits = digits[1:]
	}
	if len(digits) >= 3+l.cldr.MinGroup {
		digits = grouped(digits, l.cldr.Group)
	}
	return sign + l.digits(digits)
}

// grouped inserts sign between groups of three digits, counted from the right.
func grouped(digits, sign string) string {
	first := (len(digits)-1)%3 + 1
	groups := digits[:first]
	for i := first; i < len(digits); i += 3 {
		groups += sign + digits[i:i+3]
	}
	return groups
}

// Tenths formats a non-negative number of tenths with one decimal, or without
// decimals if it is whole: 12 is "1.2", 20 is "2".
func (l *Locale) Tenths(n int) string {
	if n%10 == 0 {
		return l.Number(n / 10)
	}
	return l.Number(n/10) + l.cldr.Decimal + l.digits(strconv.Itoa(n%10))
}

// Year returns a year in the digits of the locale, without groups.
func (l *Locale) Year(y int) string { return l.digits(strconv.Itoa(y)) }

// digits replaces 0 to 9 by the locale's own digits.
func (l *Locale) digits(text string) string {
	own := []rune(l.cldr.Digits)
	if own[0] == '0' {
		return text
	}
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return own[r-'0']
		}
		return r
	}, text)
}

// Date formats the day of t in UTC in CLDR's long form: "5 mars 2024".
func (l *Locale) Date(t time.Time) string {
	t = t.UTC()
	return strings.NewReplacer(
		"{d}", l.digits(strconv.Itoa(t.Day())),
		"{MMMM}", l.MonthName(t.Month()),
		"{y}", l.Year(t.Year()),
	).Replace(l.cldr.Date)
}

// MonthName returns the name of a month as used within a date, in the genitive if
// the language has one: "Μαρτίου". It is empty for an invalid month.
func (l *Locale) MonthName(m time.Month) string { return month(&l.cldr.Months, m) }

// MonthAlone returns the name of a month as used without a day: "Μάρτιος". It is
// empty for an invalid month.
func (l *Locale) MonthAlone(m time.Month) string { return month(&l.cldr.MonthsAlone, m) }

// month returns "" for an invalid month so that a faulty record cannot break a page.
func month(names *[12]string, m time.Month) string {
	if m < time.January || m > time.December {
		return ""
	}
	return names[m-1]
}
