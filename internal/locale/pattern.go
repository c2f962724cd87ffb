package locale

import (
	"regexp"
	"slices"
	"strings"
	"sync/atomic"

	"github.com/nicksnyder/go-i18n/v2/i18n"
)

// A page shows about two hundred messages, and go-i18n's template engine takes
// microseconds for each. So the forms of every message are parsed once, here, and
// only exceptions go through the engine: a missing message, a placeholder without a
// value, other template syntax.

// message holds the plural forms of a message; one without plurals has only other.
// It is a slice because maps for ten thousand messages would take megabytes.
type message []form

// form is a form of a message, named as in CLDR.
type form struct {
	name string
	pattern
}

// other is the form of messages without plurals, and of numbers that have no form of
// their own.
const other = "other"

// pattern is a parsed form: texts, with the name of a placeholder between each two.
type pattern struct{ texts, names []string }

var placeholderPattern = regexp.MustCompile(`{{\.(\w+)}}`)

func newMessage(m *i18n.Message) message {
	var made message
	for _, f := range []struct{ name, text string }{{"zero", m.Zero}, {"one", m.One}, {"two", m.Two}, {"few", m.Few}, {"many", m.Many}, {other, m.Other}} {
		p := newPattern(f.text)
		if f.text != "" && !strings.Contains(strings.Join(p.texts, ""), "{{") {
			made = append(made, form{f.name, p})
		}
	}
	return made
}

func newPattern(text string) pattern {
	if !strings.Contains(text, "{{") {
		return pattern{texts: []string{text}}
	}
	p := pattern{texts: placeholderPattern.Split(text, -1)}
	for _, found := range placeholderPattern.FindAllStringSubmatch(text, -1) {
		p.names = append(p.names, found[1])
	}
	return p
}

// fill formats a form with its values. ok is false if that takes the engine.
func (m message) fill(l *Locale, name string, count *int, args []any) (text string, ok bool) {
	at := slices.IndexFunc(m, func(f form) bool { return f.name == name })
	if at < 0 {
		return "", false
	}
	p := m[at].pattern
	if len(p.names) == 0 {
		return p.texts[0], true
	}
	var b strings.Builder
	for i, named := range p.names {
		b.WriteString(p.texts[i])
		value, found := l.placeholderValue(named, count, args)
		if !found {
			return "", false
		}
		b.WriteString(value)
	}
	b.WriteString(p.texts[len(p.names)])
	return b.String(), true
}

// plain is the text of a message that has no placeholders.
func (m message) plain() string {
	for _, f := range m {
		if f.name == other {
			return f.texts[0]
		}
	}
	return ""
}

// placeholderValue is the value of a placeholder; the arguments are as with T.
func (l *Locale) placeholderValue(name string, count *int, args []any) (string, bool) {
	if name == "Count" && count != nil {
		return l.Number(*count), true
	}
	if name == nameValue {
		return l.message(SiteName).plain(), true
	}
	for i := 1; i < len(args); i += 2 {
		if args[i-1] == name {
			return l.value(args[i]), true
		}
	}
	return "", false
}

// plurals caches the plural form of numbers. For whole numbers, CLDR's rules depend
// on small numbers as they are, otherwise on the last two digits, and on whole
// millions; so 201 numbers represent all others.
type plurals [201]atomic.Pointer[string]

const (
	exact    = 100 // numbers below represent only themselves
	millions = 2 * exact
)

// form returns the name of the plural form for n things.
func (l *tongue) form(n int) string {
	stands := max(n, -n)
	switch {
	case stands >= exact && stands%1_000_000 == 0:
		stands = millions
	case stands >= exact:
		stands = exact + stands%exact
	}
	known := l.plurals[stands].Load()
	if known == nil {
		name := l.pluralProbe.MustLocalize(&i18n.LocalizeConfig{DefaultMessage: formNames, PluralCount: n})
		known = &name
		l.plurals[stands].Store(known)
	}
	return *known
}

// formNames is a message in which the text of every form is its name.
var formNames = &i18n.Message{ID: "form", Zero: "zero", One: "one", Two: "two", Few: "few", Many: "many", Other: other}
