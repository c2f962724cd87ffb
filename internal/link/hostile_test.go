package link_test

import (
	"net/url"
	"strings"
	"testing"

	"exempla/internal/account"
	"exempla/internal/link"
	"exempla/internal/practice"
)

// What people type comes back from the address as it was typed, and never leaves
// its place in it.
func TestHostileValuesKeepTheirPlace(t *testing.T) {
	t.Parallel()
	for _, typed := range []string{"a&b=c", "a?b#c", "a/../b", "//evil.example", "a%2Fb%", "a b+c", "é\n\r\x00", "<script>", `"'`, "日本語", "..", ";x=1"} {
		for name, c := range map[string]struct{ address, path, parameter string }{
			"sign in":  {link.SignIn("en", typed), "/en/sign-in", link.BackParameter},
			"provider": {link.Provider("en", typed), "/en/sign-in/provider", link.BackParameter},
			"text":     {link.Text("en", "x", practice.Language(typed)), "/en/practices/x", link.TextParameter},
			"city":     {link.City("en", "GR", typed), "/en/practices", "q"},
		} {
			parsed, err := url.Parse(c.address)
			if err != nil || parsed.Host != "" || parsed.Path != c.path || parsed.Fragment != "" {
				t.Errorf("%s with %q: %q, %v", name, typed, c.address, err)
				continue
			}
			if got := parsed.Query().Get(c.parameter); got != typed && name != "city" { // a search is tidied
				t.Errorf("%s with %q comes back as %q", name, typed, got)
			}
			if country := parsed.Query().Get("country"); name == "city" && country != "GR" {
				t.Errorf("%s with %q is of country %q", name, typed, country)
			}
		}
		for name, address := range map[string]string{"invitation": link.Invitation("en", typed), "reset": link.Reset("en", typed), "address": link.Address("en", typed)} {
			escaped := address[strings.LastIndexByte(address, '/')+1:]
			if got, err := url.PathUnescape(escaped); err != nil || got != typed || strings.ContainsAny(address, "?#") {
				t.Errorf("%s with %q: %q", name, typed, address)
			}
		}
	}
}

// Without a value there is no empty parameter either.
func TestNoValueNoParameter(t *testing.T) {
	t.Parallel()
	for _, address := range []string{link.SignIn("en", ""), link.Provider("en", ""), link.ProviderAnswer("en", ""), link.People("en", ""),
		link.Events("en", ""), link.EventsFile("en", ""), link.DeskQuery("en", nil), link.WithView("/en/desk/7", "", 0), link.Suggest("en")} {
		if strings.ContainsAny(address, "?=") {
			t.Errorf("%q has a parameter", address)
		}
	}
}

func TestWhereRolesBegin(t *testing.T) {
	t.Parallel()
	for role, want := range map[account.Role]string{account.Officer: "/el/submissions", account.Editor: "/el/desk", account.Administrator: "/el/people", "": "/el/practices", "other": "/el/practices"} {
		if got := link.Start("el", role); got != want {
			t.Errorf("%q begins at %q, want %q", role, got, want)
		}
	}
}

// An address to come back to is one of this site, whatever browsers make of it.
func TestLocalPath(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]bool{
		"/": true, "/en/help": true, "/en/practices?q=a%26b&country=GR#practice-x": true, "/en/practices?back=https://evil.example": true,
		"/ar/%D8%A3": true, "/en//help": true, "/" + strings.Repeat("a", 4<<10-1): true,
		"": false, "en/help": false, "https://evil.example": false, "//evil.example": false, "///evil.example": false, "/\\evil.example": false,
		"\\\\evil.example": false, "javascript:alert(1)": false, "/\t/evil.example": false, "/\n/evil.example": false, " //evil.example": false,
		"/\x7f/x": false, "/%2F/evil.example": false, "/%zz": false, "/en\x00": false, "?q=x": false, "#x": false,
		"/" + strings.Repeat("a", 4<<10): false,
	} {
		path, ok := link.LocalPath(address)
		if ok != want || ok && path != address || !ok && path != "" {
			t.Errorf("%.40q: %.40q, %v", address, path, ok)
		}
	}
}

// The log holds no secret that opens an account, however the address is bent.
func TestRedacted(t *testing.T) {
	t.Parallel()
	for path, want := range map[string]string{
		link.Invitation("en", "s3cret"):          "/en/invitation/…",
		link.InvitationChallenge("en", "s3cret"): "/en/invitation/…/passkey",
		link.Reset("ar", "s3cret"):               "/ar/reset/…",
		link.Address("ar", "s3cret"):             "/ar/address/…",
		link.Reset("ar", "s3cret") + "/a/b/c":    "/ar/reset/…/a/b/c",
		"/en/reset":                              "/en/reset",
		"/en/reset/":                             "/en/reset/",
		"/en/practices/x":                        "/en/practices/x",
		"/en/help/reset":                         "/en/help/reset",
		"/":                                      "/", "": "", "x": "x",
	} {
		if got := link.Redacted(path); got != want {
			t.Errorf("%q: %q, want %q", path, got, want)
		}
	}
}
