package account_test

import (
	"strings"
	"testing"

	"exempla/internal/account"
)

func TestParseMail(t *testing.T) {
	t.Parallel()
	longest := strings.Repeat("a", account.MaxMail-len("@city.example")) + "@city.example"
	for typed, want := range map[string]string{
		"ana@city.example":               "ana@city.example",
		"  ana@city.example\t":           "ana@city.example",
		"Ana.P+x@City.Example":           "Ana.P+x@City.Example",
		"ina@bücher.example":             "ina@xn--bcher-kva.example",
		"ina@BÜCHER.example":             "ina@xn--bcher-kva.example",
		"ina@xn--bcher-kva.example":      "ina@xn--bcher-kva.example",
		"josé@city.example":              "",
		"\u200bnora@example.org\u2060":   "nora@example.org",
		"\ufeffnora@example.org\u00a0":   "nora@example.org",
		"nora@example.org\u2800":         "nora@example.org",
		"\u3164nora@example.org\ufe0f":   "nora@example.org",
		"nora@exam\u2800ple.org":         "",
		"nora@exam\ufe0fple.org":         "",
		"no\u3164ra@example.org":         "",
		"ana@\u212aity.example":          "ana@kity.example",
		"ana@ci\u017fty.example":         "ana@cisty.example",
		"no\u200bra@example.org":         "",
		"nora@exam\u00adple.org":         "",
		"nora@-.example":                 "",
		longest:                          longest,
		"a" + longest:                    "",
		"":                               "",
		"ana":                            "",
		"@city.example":                  "",
		"ana@":                           "",
		"ana@city":                       "",
		"ana.p@city":                     "",
		"\"ana@x.y\"@city":               "",
		"ana@city.example, b@city.examp": "",
		"Ana <ana@city.example>":         "",
		"<ana@city.example>":             "",
		"ana@city.example (Ana)":         "",
		"ana@city.example\nBcc: b@x":     "",
		"ana\x00@city.example":           "",
		"ana @city.example":              "",
	} {
		got, ok := account.ParseMail(typed)
		if got != want || ok != (want != "") {
			t.Errorf("%q: %q, %v; want %q", typed, got, ok, want)
		}
	}
}

func TestParseName(t *testing.T) {
	t.Parallel()
	longest := strings.Repeat("é", account.MaxName) // characters are counted, not bytes
	for typed, want := range map[string]string{
		"Ana":                     "Ana",
		"  Ana \t Papadopoulou\n": "Ana Papadopoulou",
		"Άννα":                    "Άννα",
		"آنا":                     "آنا",
		longest:                   longest,
		longest + "e":             "",
		"":                        "",
		" \t\n":                   "",
		"\u3164 \u2800":           "",
		"Ana\x00":                 "",
		"Ana\xff":                 "",
	} {
		if got, ok := account.ParseName(typed); ok != (want != "") || ok && got != want {
			t.Errorf("%q: %q, %v; want %q", typed, got, ok, want)
		}
	}
}

// An officer speaks for a city however its name is spelt, but not for a city of
// the same name in another country; the other roles speak for no city at all.
func TestSpeaksFor(t *testing.T) {
	t.Parallel()
	ioannina, lutsk := account.NewCity("GR", "Ioannina"), account.NewCity("UA", "Lutsk")
	officer := account.Viewer{ID: 1, Role: account.Officer, Cities: []account.City{ioannina, lutsk}}
	as := func(change func(*account.Viewer)) account.Viewer {
		v := officer
		change(&v)
		return v
	}
	for name, c := range map[string]struct {
		viewer account.Viewer
		cities []account.City
		want   bool
	}{
		"own city":             {officer, []account.City{ioannina}, true},
		"spelt otherwise":      {officer, []account.City{account.NewCity("GR", "IOANNINA")}, true},
		"one of several":       {officer, []account.City{account.NewCity("ES", "Bilbao"), lutsk}, true},
		"another city":         {officer, []account.City{account.NewCity("ES", "Bilbao")}, false},
		"same name, elsewhere": {officer, []account.City{account.NewCity("CY", "Ioannina")}, false},
		"no city":              {officer, nil, false},
		"officer of no city":   {as(func(v *account.Viewer) { v.Cities = nil }), []account.City{ioannina}, false},
		"editor":               {as(func(v *account.Viewer) { v.Role = account.Editor }), []account.City{ioannina}, false},
		"administrator":        {as(func(v *account.Viewer) { v.Role = account.Administrator }), []account.City{ioannina}, false},
		"visitor with a role":  {as(func(v *account.Viewer) { v.ID = 0 }), []account.City{ioannina}, false},
		"visitor":              {account.Viewer{}, []account.City{ioannina}, false},
	} {
		if got := c.viewer.SpeaksFor(c.cities); got != c.want {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

// A role without an account gives no rights: the zero ID is a visitor's.
func TestViewerWithoutAccountHasNoRole(t *testing.T) {
	t.Parallel()
	for _, role := range account.Roles {
		if !(account.Viewer{ID: 1, Role: role}).Is(role) {
			t.Errorf("%s: an account does not have its role", role)
		}
		visitor := account.Viewer{Role: role}
		if visitor.Is(role) || !visitor.Stranger() {
			t.Errorf("%s: a visitor has the role", role)
		}
		for _, other := range account.Roles {
			if other != role && (account.Viewer{ID: 1, Role: role}).Is(other) {
				t.Errorf("%s is taken for %s", role, other)
			}
		}
	}
	for role, want := range map[account.Role]bool{account.Officer: true, account.Editor: true, account.Administrator: true, "": false, "Editor": false, "owner": false} {
		if role.Known() != want {
			t.Errorf("%q: known is %v", role, !want)
		}
	}
}
