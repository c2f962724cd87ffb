package locale

import (
	"path"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/a-h/templ/parser/v2"
	"github.com/a-h/templ/parser/v2/visitor"
)

// spokenAttributes are read out or shown; a literal word in one is a word that no
// translator has seen. "content" is that of <meta>, "value" that of buttons.
var spokenAttributes = []string{"alt", "aria-description", "aria-label", "aria-roledescription",
	"aria-valuetext", "label", "placeholder", "title"}

func TestTemplatesHoldNoWords(t *testing.T) {
	t.Parallel()
	for name, text := range repository(t, "web") {
		if path.Ext(name) != ".templ" {
			continue
		}
		words, err := literalWords(text)
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		for _, word := range words {
			t.Errorf("%s: %q belongs in locales/*.json", name, word)
		}
	}
}

// literalWords lists the texts of a template that stand outside of Go expressions
// and would be read by people.
func literalWords(source string) ([]string, error) {
	file, err := parser.ParseString(source)
	if err != nil {
		return nil, err
	}
	var found []string
	note := func(text string) {
		if hasLetters(entities.Replace(text)) {
			found = append(found, strings.TrimSpace(text))
		}
	}
	v := visitor.New()
	v.Text = func(n *parser.Text) error {
		note(n.Value)
		return nil
	}
	elements := v.Element
	v.Element = func(n *parser.Element) error {
		attributes(n.Attributes, func(a *parser.ConstantAttribute) {
			if spoken(n, a) {
				note(a.Value)
			}
		})
		return elements(n)
	}
	return found, file.Visit(v)
}

// entities are the names that stand for signs, not words.
var entities = strings.NewReplacer("&nbsp;", "", "&amp;", "", "&lt;", "", "&gt;", "", "&middot;", "",
	"&rarr;", "", "&larr;", "", "&times;", "", "&hellip;", "", "&ndash;", "", "&mdash;", "")

func hasLetters(text string) bool { return strings.ContainsFunc(text, unicode.IsLetter) }

// attributes calls visit for every constant attribute, within conditions too.
func attributes(list []parser.Attribute, visit func(*parser.ConstantAttribute)) {
	for _, attribute := range list {
		switch a := attribute.(type) {
		case *parser.ConstantAttribute:
			visit(a)
		case *parser.ConditionalAttribute:
			attributes(a.Then, visit)
			attributes(a.Else, visit)
		}
	}
}

// spoken tells whether people read an attribute. The value of an <input> is read when
// it is a button; that of a <button> is what the form sends. The content of <meta> is
// read when it describes the page to people.
func spoken(e *parser.Element, a *parser.ConstantAttribute) bool {
	switch key := a.Key.String(); key {
	case "value":
		return e.Name == "input" && slices.Contains([]string{"submit", "button", "reset"}, constant(e, "type"))
	case "content":
		about := constant(e, "name") + constant(e, "property")
		return strings.Contains(about, "description") || strings.Contains(about, "title")
	default:
		return slices.Contains(spokenAttributes, key)
	}
}

// constant returns the literal value of an element's attribute, or nothing.
func constant(e *parser.Element, name string) (value string) {
	attributes(e.Attributes, func(a *parser.ConstantAttribute) {
		if a.Key.String() == name {
			value = a.Value
		}
	})
	return value
}

func TestLiteralWordsAreFound(t *testing.T) {
	t.Parallel()
	tests := map[string]string{
		`<p>{ l.T("a.t") }</p>`:                                         "",
		`<p>Search</p>`:                                                 "Search",
		`<p>Αναζήτηση { x }</p>`:                                        "Αναζήτηση",
		`<p>· — → × 1 (2) &nbsp;&rarr;</p>`:                             "",
		`<p>Exempla</p>`:                                                "Exempla",
		`<b>Exempla of cities</b>`:                                      "Exempla of cities",
		`<img alt="A bridge" src="bridge.png"/>`:                        "A bridge",
		`<img alt={ x } class="wide" id="map"/>`:                        "",
		`<input type="search" name="q" placeholder="Words" value="x"/>`: "Words",
		`<input type="submit" value="Go"/>`:                             "Go",
		`<button name="action" value="approve">{ x }</button>`:          "",
		`<nav if x { aria-label="Pages" }></nav>`:                       "Pages",
		`<meta name="description" content="Good practices"/>`:           "Good practices",
		`<meta name="viewport" content="width=device-width"/>`:          "",
		"if x {\n<i>yes</i>\n} else {\n<i>{ no }</i>\n}":                "yes",
		"for _, y := range x {\n<i>of</i>\n}":                           "of",
		`@layout(x) { <i>inside</i> }`:                                  "inside",
		`<!-- a comment -->`:                                            "",
	}
	for markup, want := range tests {
		words, err := literalWords("package page\n\ntempl show() {\n\t" + markup + "\n}\n")
		if err != nil {
			t.Errorf("%s: %v", markup, err)
		}
		if got := strings.Join(words, "; "); got != want {
			t.Errorf("%s: got %q, want %q", markup, got, want)
		}
	}
}
