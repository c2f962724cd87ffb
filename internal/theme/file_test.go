package theme_test

import (
	"os"
	"reflect"
	"strings"
	"testing"

	"exempla/internal/theme"
)

// The example that people write theirs after can be used, and has everything but a logo.
func TestDescribedFile(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile("../../cmd/exempla/deploy/theme.md")
	if err != nil {
		t.Fatal(err)
	}
	_, example, _ := strings.Cut(string(page), "```json\n")
	example, rest, _ := strings.Cut(example, "```\n")
	described, err := theme.Read([]byte(example))
	if faults := described.Check(); err != nil || len(faults) > 0 {
		t.Errorf("%v, %+v", err, faults)
	}
	fields := reflect.TypeFor[theme.Theme]()
	for i := range fields.NumField() {
		name, _, _ := strings.Cut(fields.Field(i).Tag.Get("json"), ",")
		if !strings.Contains(rest, "`"+name+"`") {
			t.Errorf("%s is not described", name)
		}
		if reflect.ValueOf(described).Field(i).IsZero() && name != "logo" {
			t.Errorf("the example has no %s", name)
		}
	}
}

// A file that is no theme is told from one, and says where and what.
func TestRead(t *testing.T) {
	t.Parallel()
	for file, want := range map[string]string{
		`{"publisher": "The network"}`:                  "",
		"\ufeff{\"publisher\": \"The network\"}\n":      "",
		`{"publisher": "A", "colours": {"accent": {}}}`: "",
		`null`:                                   "no theme, which is an object",
		`[]`:                                     "no theme, which is an object",
		``:                                       "no theme, which is an object",
		`{} {}`:                                  "something follows",
		`{"publisher": "A", "publisher": "B"}`:   "publisher stands there twice",
		`{"words": {"de": {"a": {}}, "de": {}}}`: "words.de stands there twice",
		`{"languages": [{"a": 1, "a": 2}]}`:      `where a text belongs`,
		`{"colours": {"accent": "#fff"}}`:        `at colours.accent there is a value of the kind "string", where an object: { … } belongs`,
		`{"languages": "de"}`:                    `at languages there is a value of the kind "string", where a list: [ … ] belongs`,
		`{"publishers": "A"}`:                    `unknown field "publishers"`,
		`{"publisher": "A"`:                      "it is no theme",
		`{"publisher": "A",}`:                    "byte 19",
		"{\"publisher\": \"St\xe4dte\"}":         "UTF-8",
	} {
		got, err := theme.Read([]byte(file))
		switch {
		case want == "" && (err != nil || got.Publisher == ""):
			t.Errorf("%s: %+v, %v", file, got, err)
		case want != "" && (err == nil || !strings.Contains(err.Error(), want)):
			t.Errorf("%s: %v, not %q", file, err, want)
		}
	}
}
