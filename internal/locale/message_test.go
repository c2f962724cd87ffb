package locale

import (
	"fmt"
	"sync"
	"testing"
	"testing/fstest"
)

const testEnglish = `{
  "browse.both": {"one": "{{.Count}} practice in {{.City}}", "other": "{{.Count}} practices in {{.City}}"},
  "browse.only": "English alone",
  "browse.plain": "Practices",
  "browse.title": "Practices about {{.Words}}"
}`

const testUkrainian = `{
  "browse.both": {"one": "{{.Count}} практика, {{.City}}", "few": "{{.Count}} практики, {{.City}}",
    "many": "{{.Count}} практик, {{.City}}", "other": "{{.Count}} практики, {{.City}}"},
  "browse.only": "",
  "browse.plain": "Практики",
  "browse.title": "Практики про {{.Words}}"
}`

// speakers loads two languages of which every message is known.
func speakers() (english, ukrainian *Locale) {
	loaded := load(fstest.MapFS{
		"en.json": {Data: []byte(testEnglish)},
		"uk.json": {Data: []byte(testUkrainian)},
	})
	return loaded[0], loaded[6]
}

func TestMessages(t *testing.T) {
	t.Parallel()
	en, uk := speakers()
	tests := []struct{ got, want string }{
		{en.T("browse.plain"), "Practices"},
		{uk.T("browse.plain"), "Практики"},
		{uk.T("browse.title", "Words", "<b>мир</b>"), "Практики про <b>мир</b>"},
		{en.T("browse.title", "Words", 12345), "Practices about 12,345"},
		{en.T("browse.title", "Words", en.Year(2024)), "Practices about 2024"},
		{en.T("browse.title", "Words", "{{.Words}}"), "Practices about {{.Words}}"},
		{en.N("browse.both", 1, "City", "Lublin"), "1 practice in Lublin"},
		{en.N("browse.both", 0, "City", "Lublin"), "0 practices in Lublin"},
		{uk.N("browse.both", 1, "City", "Львів"), "1 практика, Львів"},
		{uk.N("browse.both", 3, "City", "Львів"), "3 практики, Львів"},
		{uk.N("browse.both", 11, "City", "Львів"), "11 практик, Львів"},
		{uk.N("browse.both", 12005, "City", "Львів"), "12\u00a0005 практик, Львів"},
		{uk.N("browse.both", 21, "City", "Львів"), "21 практика, Львів"},
	}
	for _, test := range tests {
		if test.got != test.want {
			t.Errorf("got %q, want %q", test.got, test.want)
		}
	}
}

// Not parallel: the counter belongs to the whole program.
func TestMissingMessagesFallBackAndAreCounted(t *testing.T) {
	en, uk := speakers()
	tests := []struct {
		name, want string
		say        func() string
		counted    int64
	}{
		{"there", "Практики", func() string { return uk.T("browse.plain") }, 0},
		{"empty in one language", "English alone", func() string { return uk.T("browse.only") }, 1},
		{"missing in English", "no.such", func() string { return en.T("no.such", "Words", 1) }, 1},
		{"plural, missing in English", "no.such", func() string { return en.N("no.such", 2) }, 1},
		{"value not passed", "browse.title", func() string { return en.T("browse.title") }, 1},
		{"name without value", "browse.title", func() string { return en.T("browse.title", "Words") }, 1},
	}
	for _, test := range tests {
		before := Missing()
		if got := test.say(); got != test.want {
			t.Errorf("%s: got %q, want %q", test.name, got, test.want)
		}
		if got := Missing() - before; got != test.counted {
			t.Errorf("%s: counted %d, want %d", test.name, got, test.counted)
		}
	}
}

func TestPluralFormThatIsMissingBecomesTheGeneralOne(t *testing.T) {
	t.Parallel()
	loaded := load(fstest.MapFS{"fr.json": {Data: []byte(
		`{"browse.count": {"one": "{{.Count}} pratique", "other": "{{.Count}} pratiques"}}`)}})
	if got, want := loaded[1].N("browse.count", 1_000_000), "1\u202f000\u202f000 pratiques"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestFileThatCannotBeReadStopsTheProgram(t *testing.T) {
	t.Parallel()
	defer func() {
		if recover() == nil {
			t.Error("a broken file was taken")
		}
	}()
	load(fstest.MapFS{"en.json": {Data: []byte(`{"a.b": `)}})
}

// For the race detector: first uses of messages and collators meet here.
func TestLocalesServeManyReadersAtOnce(t *testing.T) {
	t.Parallel()
	en, uk := speakers()
	var readers sync.WaitGroup
	for reader := range 8 {
		readers.Go(func() {
			for i := range 50 {
				if got, want := uk.T("browse.title", "Words", reader), fmt.Sprint("Практики про ", reader); got != want {
					t.Errorf("got %q, want %q", got, want)
				}
				en.N("browse.both", i, "City", "Lublin")
				if en.Compare("Ávila", "Berlin") != -1 || len(en.SortKey("Ávila")) == 0 {
					t.Error("Ávila no longer sorts before Berlin")
				}
			}
		})
	}
	readers.Wait()
}
