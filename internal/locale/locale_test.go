package locale

import (
	"context"
	"strings"
	"testing"
	"testing/fstest"
)

func TestSwitcher(t *testing.T) {
	t.Parallel()
	var got []string
	for _, l := range All() {
		got = append(got, l.Tag()+" "+l.Name()+" "+l.Dir())
	}
	want := "en English ltr, fr Français ltr, de Deutsch ltr, es Español ltr, " +
		"el Ελληνικά ltr, sq Shqip ltr, uk Українська ltr, ar العربية rtl"
	if strings.Join(got, ", ") != want {
		t.Errorf("switcher shows %q, want %q", got, want)
	}
}

func TestFindTakesExactTagsOnly(t *testing.T) {
	t.Parallel()
	for _, tag := range []string{"", "FR", "fr-CH", "ru", "fr ", "en fr"} {
		if l, ok := Find(tag); ok {
			t.Errorf("Find(%q) = %s, want none", tag, l.Tag())
		}
	}
}

func TestContextCarriesTheLocale(t *testing.T) {
	t.Parallel()
	if got := From(context.Background()); got.Tag() != "en" {
		t.Errorf("an empty context speaks %s, want en", got.Tag())
	}
	if got := From(With(context.Background(), named(t, "el"))); got.Tag() != "el" {
		t.Errorf("the context speaks %s, want el", got.Tag())
	}
}

func TestMatch(t *testing.T) {
	t.Parallel()
	tests := map[string]string{
		"":                                     "en",
		"*":                                    "en",
		"fr-CH, fr;q=0.9, en;q=0.8, *;q=0.5":   "fr",
		"de-AT,de;q=0.9,en-US;q=0.8,en;q=0.7":  "de",
		"es-419,es;q=0.9":                      "es",
		"el-CY":                                "el",
		"sq-XK":                                "sq",
		"uk-UA,uk;q=0.9,ru;q=0.8,en;q=0.7":     "uk",
		"ar-EG":                                "ar",
		"gsw":                                  "de",
		"tr-TR,tr;q=0.9,fr;q=0.5":              "fr",
		"ru-RU,ru;q=0.9":                       "en",
		"fa-IR":                                "en",
		"ja":                                   "en",
		"fr;q=0, de":                           "de",
		"fr;q=abc":                             "en",
		"uk, xx;q=0.1":                         "uk",
		"1, de;q=0.8":                          "de",
		"fr;q=x, el":                           "el",
		"\x00\xff;;,,=":                        "en",
		"fr-u-rg-chzzzz":                       "fr",
		strings.Repeat("x", 10_000):            "en",
		strings.Repeat("-", 10_000):            "en",
		"el," + strings.Repeat("ja,", 4_000):   "el",
		strings.Repeat("ja,", 4_000) + "fr":    "en",
		"sq" + strings.Repeat(";q=0.1", 3_000): "en",
	}
	for header, want := range tests {
		if got := Match(header); got.Tag() != want {
			t.Errorf("Match(%.40q) = %s, want %s", header, got.Tag(), want)
		}
	}
}

func TestEveryLanguageWorksWithoutItsFile(t *testing.T) {
	t.Parallel()
	english := `{"site.name": "Exempla", "site.words": {"one": "{{.Count}} word", "other": "{{.Count}} words"}}`
	for _, l := range load(fstest.MapFS{"en.json": {Data: []byte(english)}}) {
		if got := l.T("site.name") + ", " + l.N("site.words", 2); got != "Exempla, 2 words" {
			t.Errorf("%s says %q", l.Tag(), got)
		}
	}
	for _, l := range load(fstest.MapFS{}) {
		if got := l.T("site.name"); got != "site.name" {
			t.Errorf("without any file %s says %q", l.Tag(), got)
		}
	}
}

func named(t *testing.T, tag string) *Locale {
	t.Helper()
	l, ok := Find(tag)
	if !ok {
		t.Fatalf("no locale %q", tag)
	}
	return l
}
