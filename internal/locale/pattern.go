package locale

import (
	"regexp"
	"slices"
	"strings"
	"sync/atomic"

	"github.com/nicksnyder/go-i18n/v2/i18n"
)

// A page shows some two hundred messages, and go-i18n's template engine takes
// microseconds for each. So the forms of every message are taken apart once,
// here, and only what is out of the ordinary goes through the engine: a message
// that is missing, a placeholder without a value, other template syntax.

// message holds the forms of a message; one that has no plural forms has only
// other. There are ten thousand of them, for which maps would take megabytes.
type message []form

// form is a form of a message, named as in CLDR.
type form struct {
	name string
	pattern
}

// other is the form of every message that does not depend on a number, and of
// every number that no other form is for.
const other = "other"

// pattern is a form taken apart: texts with a name between each two of them.
type pattern struct{ texts, names []string }

var hole = regexp.MustCompile(`{{\.(\w+)}}`)

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
	p := pattern{texts: hole.Split(text, -1)}
	for _, found := range hole.FindAllStringSubmatch(text, -1) {
		p.names = append(p.names, found[1])
	}
	return p
}

// fill writes a form with its values; ok is false when that is a case for the
// engine.
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
		value, found := l.named(named, count, args)
		if !found {
			return "", false
		}
		b.WriteString(value)
	}
	b.WriteString(p.texts[len(p.names)])
	return b.String(), true
}

// named is the value of a placeholder; the arguments are as with T.
func (l *Locale) named(name string, count *int, args []any) (string, bool) {
	if name == "Count" && count != nil {
		return l.Number(*count), true
	}
	for i := 1; i < len(args); i += 2 {
		if args[i-1] == name {
			return l.value(args[i]), true
		}
	}
	return "", false
}

// plurals remembers which form goes with a number. CLDR's rules for whole
// numbers look at small numbers as they are, else at the last two digits, and
// at whole millions; so 201 numbers stand for all.
type plurals [201]atomic.Pointer[string]

const (
	exact    = 100 // below this a number stands for itself
	millions = 2 * exact
)

// form is the name of the plural form that goes with n things.
func (l *Locale) form(n int) string {
	stands := max(n, -n)
	switch {
	case stands >= exact && stands%1_000_000 == 0:
		stands = millions
	case stands >= exact:
		stands = exact + stands%exact
	}
	known := l.plurals[stands].Load()
	if known == nil {
		name := l.probe.MustLocalize(&i18n.LocalizeConfig{DefaultMessage: formNames, PluralCount: n})
		known = &name
		l.plurals[stands].Store(known)
	}
	return *known
}

// formNames is a message whose forms are their own names.
var formNames = &i18n.Message{ID: "form", Zero: "zero", One: "one", Two: "two", Few: "few", Many: "many", Other: other}
