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
	got := CountryNames("TR")
	for _, want := range []string{"Türkiye", "Turkey", "Turquie", "Τουρκία", "تركيا"} {
		if !slices.Contains(got, want) {
			t.Errorf("CountryNames(TR) = %q lacks %q", got, want)
		}
	}
	slices.Sort(got)
	if len(slices.Compact(got)) != len(CountryNames("TR")) {
		t.Errorf("CountryNames(TR) repeats a name: %q", got)
	}
	if got := CountryNames("ZZ"); len(got) != 0 {
		t.Errorf("CountryNames(ZZ) = %q, want none", got)
	}
}

// Whoever reads German looks for "Geflüchtete" in practices written in English.
func TestSearchNames(t *testing.T) {
	t.Parallel()
	for key, want := range map[string]string{"refugees": "Geflüchtete", "roma": "Roma", "GR": "Griechenland"} {
		got := SearchNames(key)
		if !slices.Contains(got, want) || len(slices.Compact(slices.Sorted(slices.Values(got)))) != len(got) {
			t.Errorf("%s: %q, want each name once and %s", key, got, want)
		}
	}
	if got := SearchNames("nothing"); len(got) > 0 {
		t.Errorf("nothing: %q", got)
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
