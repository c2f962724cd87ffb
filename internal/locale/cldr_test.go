package locale

import (
	"slices"
	"testing"
)

func TestEveryCountryHasANameInEveryLocale(t *testing.T) {
	t.Parallel()
	// ISO 3166-1 has 249 codes; Kosovo is the one beside them.
	const countries = 250
	codes := tables.Locales["en"].Countries
	if len(codes) != countries {
		t.Errorf("%d countries, want %d", len(codes), countries)
	}
	for _, l := range All() {
		if len(l.cldr.Countries) != countries {
			t.Errorf("%s names %d countries, want %d", l.Tag(), len(l.cldr.Countries), countries)
		}
		for code := range codes {
			if name := l.Country(code); name == "" || name == code {
				t.Errorf("%s has no name for %s", l.Tag(), code)
			}
		}
	}
}

func TestCountry(t *testing.T) {
	t.Parallel()
	tests := []struct{ tag, code, want string }{
		{"en", "TR", "Türkiye"},
		{"en", "MK", "North Macedonia"},
		{"en", "SZ", "Eswatini"},
		{"en", "CZ", "Czechia"},
		{"fr", "MK", "Macédoine du Nord"},
		{"de", "MK", "Nordmazedonien"},
		{"el", "GR", "Ελλάδα"},
		{"sq", "XK", "Kosovë"},
		{"uk", "UA", "Україна"},
		{"ar", "ES", "إسبانيا"},
		{"fr", "ZZ", "ZZ"},
		{"fr", "", ""},
	}
	for _, test := range tests {
		if got := named(t, test.tag).Country(test.code); got != test.want {
			t.Errorf("%s: Country(%q) = %q, want %q", test.tag, test.code, got, test.want)
		}
	}
}

func TestCountryNames(t *testing.T) {
	t.Parallel()
	for tag, want := range map[string][]string{"en": {"Türkiye", "Turkey"}, "fr": {"Turquie"}, "el": {"Τουρκία"}, "ar": {"تركيا"}} {
		got := named(t, tag).CountryNames("TR")
		for _, name := range want {
			if !slices.Contains(got, name) {
				t.Errorf("%s: CountryNames(TR) = %q lacks %q", tag, got, name)
			}
		}
		if got[0] != named(t, tag).Country("TR") {
			t.Errorf("%s: the first name is %q", tag, got[0])
		}
		if got := named(t, tag).CountryNames("ZZ"); len(got) != 0 {
			t.Errorf("%s: CountryNames(ZZ) = %q, want none", tag, got)
		}
	}
	for _, l := range All() {
		for code := range tables.Locales["en"].Countries {
			got := l.CountryNames(code)
			if slices.Sort(got); len(slices.Compact(got)) != len(l.CountryNames(code)) {
				t.Errorf("%s: CountryNames(%s) repeats a name: %q", l.Tag(), code, got)
			}
		}
	}
}

func TestLanguage(t *testing.T) {
	t.Parallel()
	tests := []struct{ tag, code, want string }{
		{"en", "de", "German"},
		{"fr", "de", "allemand"},
		{"el", "ja", "Ιαπωνικά"},
		{"ar", "fr", "الفرنسية"},
		{"en", "pt-BR", "Portuguese"},
		{"sq", "tl", "Tagalog"},
		{"fr", "xx", "xx"},
	}
	for _, test := range tests {
		if got := named(t, test.tag).Language(test.code); got != test.want {
			t.Errorf("%s: Language(%q) = %q, want %q", test.tag, test.code, got, test.want)
		}
	}
	for code := range tables.Locales["en"].Languages {
		for _, l := range All() {
			if name := l.Language(code); name == "" || name == code {
				t.Errorf("%s has no name for %s", l.Tag(), code)
			}
		}
	}
}

func TestOwnName(t *testing.T) {
	t.Parallel()
	tests := map[string]string{
		"ja": "日本語", "sq": "Shqip", "fr": "Français", "ka": "ქართული", "zu": "isiZulu", "ca": "Català",
		"no": "Norsk", "sr": "Српски", "pt-BR": "Português", "la": "Latin", "qqq": "qqq", "": "",
	}
	for code, want := range tests {
		if got := OwnName(code); got != want {
			t.Errorf("OwnName(%q) = %q, want %q", code, got, want)
		}
	}
}

func TestDirection(t *testing.T) {
	t.Parallel()
	for _, code := range []string{"ar", "he", "fa", "ur", "ps", "sd", "ug", "yi", "dv", "ar-EG", "az-Arab", "ckb"} {
		if got := Direction(code); got != "rtl" {
			t.Errorf("Direction(%q) = %s, want rtl", code, got)
		}
	}
	for _, code := range []string{"en", "el", "uk", "ja", "tr", "ku", "fa-Latn", "", "?", "xx"} {
		if got := Direction(code); got != "ltr" {
			t.Errorf("Direction(%q) = %s, want ltr", code, got)
		}
	}
}
