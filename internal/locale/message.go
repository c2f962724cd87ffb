package locale

import (
	"fmt"
	"io/fs"
	"sync"
	"sync/atomic"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"github.com/nicksnyder/go-i18n/v2/i18n/template"
	"golang.org/x/text/language"
)

// strict makes a placeholder without a value an error; by default the template
// engine prints "<no value>". All calls share it so that go-i18n parses each message
// only once.
var strict = &template.TextParser{Option: "missingkey=error"}

var missing atomic.Int64

// Missing returns how often, since the program started, a message or plural form was
// missing from a file or a placeholder had no value. A key that English lacks as well
// counts twice.
func Missing() int64 { return missing.Load() }

// T returns the message of a key. args are pairs of a name and a value:
// T("browse.title", "Words", words) fills {{.Words}}. An int is formatted as a number
// of the locale, so pass a year as l.Year(y). Values are not escaped; that is up to
// the page. A missing message is taken from English; if English lacks it too, T
// returns the key, so that no page fails because of a word.
func (l *Locale) T(key string, args ...any) string {
	if text, ok := l.message(key).fill(l, other, nil, args); ok {
		return text
	}
	text, ok := l.fill(&i18n.LocalizeConfig{MessageID: key, TemplateData: l.values(args)})
	if ok {
		return text
	}
	if l.english == nil {
		return key
	}
	return l.english.T(key, args...)
}

// N returns the plural form of a message for n things; {{.Count}} is n formatted for
// the locale. It treats args and missing messages like T.
func (l *Locale) N(key string, n int, args ...any) string {
	if text, ok := l.message(key).fill(l, l.form(n), &n, args); ok {
		return text
	}
	values := l.values(args)
	values["Count"] = l.Number(n)
	text, ok := l.fill(&i18n.LocalizeConfig{MessageID: key, TemplateData: values, PluralCount: n})
	if ok {
		return text
	}
	if l.english == nil {
		return key
	}
	return l.english.N(key, n, args...)
}

// message is the message of a key, in the words of the site before those of the program.
func (l *Locale) message(key string) message {
	if own, ok := l.words[key]; ok {
		return own
	}
	return l.messages[key]
}

// SiteName is what the site is called. Any message may name it as {{.SiteName}}.
func (l *Locale) SiteName() string { return l.T(SiteName) }

// SiteName is the key of the message that names the site.
const SiteName = "site.name"

// nameValue is the placeholder that no caller fills.
const nameValue = "SiteName"

// fill formats a message with go-i18n and counts failures. For a missing plural form
// go-i18n returns the general form and an error; the error is only counted, because
// tests make sure that the files have all forms.
func (l *Locale) fill(config *i18n.LocalizeConfig) (string, bool) {
	config.TemplateParser = strict
	text, err := l.engine().Localize(config)
	if err != nil {
		missing.Add(1)
	}
	return text, text != ""
}

func (l *Locale) values(args []any) map[string]string {
	values := make(map[string]string, len(args)/2+2)
	for i := 1; i < len(args); i += 2 {
		values[fmt.Sprint(args[i-1])] = l.value(args[i])
	}
	values[nameValue] = l.message(SiteName).plain()
	return values
}

func (l *Locale) value(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case int:
		return l.Number(v)
	}
	return fmt.Sprint(v)
}

// read takes the messages from <tag>.json. A language without a file is answered in
// English; a file that cannot be read stops the program at its first breath, before
// anybody reads a page.
func (l *tongue) read(files fs.FS) {
	text, err := fs.ReadFile(files, l.tag+".json")
	if err != nil {
		text = nil
	}
	l.engine = sync.OnceValue(func() *i18n.Localizer { return l.newEngine(text) })
	l.pluralProbe = l.newEngine(nil)
	file, err := i18n.ParseMessageFileBytes(text, l.tag+".json", nil)
	if err != nil {
		panic(fmt.Errorf("reading the messages of %s: %w", l.tag, err))
	}
	l.messages = make(map[string]message, len(file.Messages))
	for _, m := range file.Messages {
		l.messages[m.ID] = newMessage(m)
	}
}

// newEngine makes go-i18n's own reading of a message file. It takes a megabyte
// and milliseconds, and only messages out of the ordinary need it.
func (l *tongue) newEngine(file []byte) *i18n.Localizer {
	// A bundle per language: a shared one would look for a neighbour of a language
	// whose file is not there.
	bundle := i18n.NewBundle(language.MustParse(l.tag))
	bundle.MustParseMessageFileBytes(file, l.tag+".json")
	return i18n.NewLocalizer(bundle, l.tag)
}
