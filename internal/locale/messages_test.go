package locale

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"exempla/locales"
)

// pluralForms are the CLDR categories that go-i18n v2.7 asks for, per language.
// French and Spanish have "many" for whole millions: "un million de pratiques".
var pluralForms = map[string]string{
	"en": "one other",
	"fr": "many one other",
	"de": "one other",
	"es": "many one other",
	"el": "one other",
	"sq": "one other",
	"uk": "few many one other",
	"ar": "few many one other two zero",
}

// spokenCounts are the forms in which a word may stand for the number: "a practice".
const spokenCounts = "zero one two"

var (
	keyShape    = regexp.MustCompile(`^[a-z][a-z0-9_-]*(\.[a-zA-Z0-9_-]+)+$`)
	placeholder = regexp.MustCompile(`\{\{\.([A-Z][A-Za-z]*)\}\}`)
	// looseMark is a French mark with a plain space, at which a line may break: it would stand alone.
	looseMark = regexp.MustCompile(`« | [:;?!»%]`)
)

// entry is one message of a file; a plain one has the single form "".
type entry struct {
	key   string
	forms map[string]string
}

func TestMessageFiles(t *testing.T) {
	t.Parallel()
	english := fileOf(t, "en")
	for _, l := range All() {
		t.Run(l.Tag(), func(t *testing.T) {
			t.Parallel()
			for _, problem := range faults(l.Tag(), fileOf(t, l.Tag()), english) {
				t.Errorf("locales/%s.json: %s", l.Tag(), problem)
			}
		})
	}
}

// fileOf reads a message file in its own order.
func fileOf(t *testing.T, tag string) []entry {
	t.Helper()
	text, err := locales.Files.ReadFile(tag + ".json")
	if err != nil {
		t.Fatalf("the message file of %s is missing", tag)
	}
	entries, err := entriesOf(text)
	if err != nil {
		t.Fatalf("locales/%s.json: %v", tag, err)
	}
	return entries
}

// entriesOf keeps order and repetitions, which a map would hide.
func entriesOf(text []byte) ([]entry, error) {
	decoder := json.NewDecoder(bytes.NewReader(text))
	if start, err := decoder.Token(); err != nil || start != json.Delim('{') {
		return nil, fmt.Errorf("not an object: %v %w", start, err)
	}
	var entries []entry
	for decoder.More() {
		key, err := decoder.Token()
		if err != nil {
			return nil, fmt.Errorf("after %d messages: %w", len(entries), err)
		}
		var raw json.RawMessage
		if err := decoder.Decode(&raw); err != nil {
			return nil, fmt.Errorf("%s: %w", key, err)
		}
		forms, err := formsOf(raw)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", key, err)
		}
		entries = append(entries, entry{key.(string), forms})
	}
	_, err := decoder.Token()
	return entries, err
}

// formsOf takes a text or an object of texts; anything deeper is an error.
func formsOf(raw json.RawMessage) (map[string]string, error) {
	var forms map[string]string
	if raw[0] == '{' {
		return forms, json.Unmarshal(raw, &forms)
	}
	var text string
	err := json.Unmarshal(raw, &text)
	return map[string]string{"": text}, err
}

// faults lists everything that is wrong with a file, given the English one.
func faults(tag string, file, english []entry) []string {
	var found []string
	originals := make(map[string]entry)
	for _, original := range english {
		originals[original.key] = original
	}
	last := ""
	for _, e := range file {
		original, known := originals[e.key]
		switch {
		case !known:
			found = append(found, e.key+": not in en.json")
		case e.key <= last:
			found = append(found, e.key+": out of order, or twice")
		case !keyShape.MatchString(e.key):
			found = append(found, e.key+": a key is area.thing, in lower case")
		}
		last = e.key
		for _, fault := range faultsOf(tag, e, original) {
			found = append(found, e.key+": "+fault)
		}
		delete(originals, e.key)
	}
	for key := range originals {
		found = append(found, key+": missing")
	}
	slices.Sort(found)
	return found
}

// faultsOf lists what is wrong with one message.
func faultsOf(tag string, e, original entry) []string {
	var found []string
	var forms []string
	wanted := placeholders(original)
	for form, text := range e.forms {
		forms = append(forms, form)
		if strings.TrimSpace(text) == "" {
			found = append(found, form+" is empty")
		}
		if rest := placeholder.ReplaceAllString(text, ""); strings.ContainsAny(rest, "{}") {
			found = append(found, form+" has braces that are no placeholder")
		}
		if tag == "fr" && looseMark.MatchString(text) {
			found = append(found, form+" has a plain space beside a mark")
		}
		has := placeholders(entry{forms: map[string]string{form: text}})
		for _, name := range wanted {
			spoken := name == "Count" && form != "" && strings.Contains(spokenCounts, form)
			if !spoken && !slices.Contains(has, name) {
				found = append(found, form+" lacks {{."+name+"}}")
			}
		}
		for _, name := range has {
			if !slices.Contains(wanted, name) && name != nameValue {
				found = append(found, form+" has {{."+name+"}}, which English has not")
			}
		}
	}
	slices.Sort(forms)
	if _, plain := original.forms[""]; plain != (forms[0] == "") {
		return append(found, "plural here or in English only")
	}
	if got := strings.Join(forms, " "); got != "" && got != pluralForms[tag] {
		found = append(found, "has the forms "+got+", needs "+pluralForms[tag])
	}
	return found
}

// placeholders are the names in any form of a message, each once.
func placeholders(e entry) []string {
	var names []string
	for _, text := range e.forms {
		for _, match := range placeholder.FindAllStringSubmatch(text, -1) {
			names = append(names, match[1])
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

func TestFaultsOfMessageFilesAreFound(t *testing.T) {
	t.Parallel()
	const english = `{"a.n": {"one": "a practice", "other": "{{.Count}} practices"}, "a.t": "On {{.Words}}"}`
	tests := []struct{ tag, file, want string }{
		{"fr", `{"a.n": {"one": "une", "many": "{{.Count}} de", "other": "{{.Count}}"}, "a.t": "Sur {{.Words}}"}`, ""},
		{"fr", `{"a.n": {"one": "une", "other": "{{.Count}}"}, "a.t": "{{.Words}}"}`,
			"a.n: has the forms one other, needs many one other"},
		{"fr", `{"a.n": {"one": "une :", "many": "{{.Count}} de", "other": "{{.Count}}"}, "a.t": "{{.Words}} ?"}`,
			"a.n: one has a plain space beside a mark"},
		{"uk", `{"a.n": "x {{.Count}}", "a.t": "{{.Words}}"}`, "a.n: plural here or in English only"},
		{"de", `{"a.n": {"one": "eine", "other": "viele"}, "a.t": "{{.Words}}"}`, "a.n: other lacks {{.Count}}"},
		{"de", `{"a.n": {"one": "eine", "other": "{{.Count}}"}, "a.t": " "}`, "a.t:  is empty; a.t:  lacks {{.Words}}"},
		{"de", `{"a.n": {"one": "eine", "other": "{{.Count}}"}, "a.t": "{{.Words}} {{.Wort}}"}`,
			"a.t:  has {{.Wort}}, which English has not"},
		{"de", `{"a.n": {"one": "eine", "other": "{{.Count}}"}, "a.t": "{{.Words}} {{ len . }}"}`,
			"a.t:  has braces that are no placeholder"},
		{"en", `{"a.t": "{{.Words}}", "a.n": {"one": "a", "other": "{{.Count}}"}}`, "a.n: out of order, or twice"},
		{"en", `{"a.n": {"one": "a", "other": "{{.Count}}"}}`, "a.t: missing"},
		{"en", `{"a.n": {"one": "a", "other": "{{.Count}}"}, "a.t": "{{.Words}}", "a.z": "x"}`,
			"a.z: not in en.json; a.z: plural here or in English only"},
	}
	originals, err := entriesOf([]byte(english))
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range tests {
		entries, err := entriesOf([]byte(test.file))
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(faults(test.tag, entries, originals), "; "); got != test.want {
			t.Errorf("%s\ngot  %q\nwant %q", test.file, got, test.want)
		}
	}
	if _, err := entriesOf([]byte(`{"a": {"b": {"c": "nested"}}}`)); err == nil {
		t.Error("nested keys are taken")
	}
}
