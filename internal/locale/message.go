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

// strict refuses a placeholder without a value, for which the template engine would
// print "<no value>". It is one value, so that go-i18n parses each message once.
var strict = &template.TextParser{Option: "missingkey=error"}

var missing atomic.Int64

// Missing returns how often, since the program started, a file was asked in vain for
// a message or a plural form, or a placeholder had no value. A key that English lacks
// as well counts in both files.
func Missing() int64 { return missing.Load() }

// T returns the message of a key. Its arguments are alternately a name and a value:
// T("browse.title", "Words", words) fills {{.Words}}. An int is written as a number
// of the locale, so a year is passed as l.Year(y). Values stay as they are: escaping
// is the page's task. A message that is missing is taken from English; one that
// English lacks too is shown as its key, so that no page fails over a word.
func (l *Locale) T(key string, args ...any) string {
	if text, ok := l.messages[key].fill(l, other, nil, args); ok {
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

// N returns the form of a message that goes with n things; {{.Count}} is n as a
// number of the locale. Arguments and missing messages are as with T.
func (l *Locale) N(key string, n int, args ...any) string {
	if text, ok := l.messages[key].fill(l, l.form(n), &n, args); ok {
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

// fill asks go-i18n and counts what it cannot answer. A form that a file lacks comes
// back as the general form, with an error that the tests of the files make needless.
func (l *Locale) fill(config *i18n.LocalizeConfig) (string, bool) {
	config.TemplateParser = strict
	text, err := l.engine().Localize(config)
	if err != nil {
		missing.Add(1)
	}
	return text, text != ""
}

func (l *Locale) values(args []any) map[string]string {
	values := make(map[string]string, len(args)/2+1)
	for i := 1; i < len(args); i += 2 {
		values[fmt.Sprint(args[i-1])] = l.value(args[i])
	}
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
func (l *Locale) read(files fs.FS) {
	text, err := fs.ReadFile(files, l.tag+".json")
	if err != nil {
		text = nil
	}
	l.engine = sync.OnceValue(func() *i18n.Localizer { return l.newEngine(text) })
	l.probe = l.newEngine(nil)
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
func (l *Locale) newEngine(file []byte) *i18n.Localizer {
	// A bundle per language: a shared one would look for a neighbour of a language
	// whose file is not there.
	bundle := i18n.NewBundle(language.MustParse(l.tag))
	bundle.MustParseMessageFileBytes(file, l.tag+".json")
	return i18n.NewLocalizer(bundle, l.tag)
}
