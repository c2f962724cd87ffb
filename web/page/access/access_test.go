package access_test

import (
	"strings"
	"testing"
	"time"

	"github.com/a-h/templ"

	"exempla/internal/account"
	"exempla/internal/locale"
	"exempla/web/component"
	"exempla/web/page/access"
	"exempla/web/page/frame"
)

// site is the frame of the pages in these tests.
var site = frame.Frame{Site: "https://exempla.example"}

func english(t *testing.T) *locale.Locale {
	t.Helper()
	l, ok := locale.Find("en")
	if !ok {
		t.Fatal("no English")
	}
	return l
}

// render is the markup of a page in a language.
func render(t *testing.T, l *locale.Locale, c templ.Component) string {
	t.Helper()
	var b strings.Builder
	if err := c.Render(locale.With(t.Context(), l), &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// lacksKeys checks that no message of a page is missing.
func lacksKeys(t *testing.T, l *locale.Locale, html string, prefixes ...string) {
	t.Helper()
	for _, prefix := range prefixes {
		if at := strings.Index(html, ">"+prefix+"."); at >= 0 {
			t.Errorf("%s: a message is missing: %s", l.Tag(), html[at:min(len(html), at+60)])
		}
	}
}

// saved is a form with a short field, a text, and a file that was lost.
var saved = frame.SavedForm{Action: "/en/submissions/1/title", FilesLost: true, Fields: []frame.SavedField{
	{Name: "topic", Value: "roma"},
	{Name: "place", Value: "two words"}, // too short to be prose
	{Name: "summary", Value: "A long text <b>that</b> took an hour to write."},
	{Name: "address", Value: "https://exempla.example/a-long-address-without-spaces"},
}}

func TestSavedFormOutlastsEveryStep(t *testing.T) {
	t.Parallel()
	l := english(t)
	for name, html := range map[string]string{
		"sign in":       render(t, l, access.NewSignIn(l, site, access.SignInInput{Back: "/en/desk", Saved: saved}).View()),
		"second factor": render(t, l, access.NewSecondFactor(l, site, access.SecondFactorInput{Back: "/en/desk", Saved: saved}).View()),
	} {
		for _, want := range []string{`enctype="multipart/form-data"`, `name="back" value="/en/desk"`, `name="carry-to" value="/en/submissions/1/title"`,
			`name="carry-lost" value="1"`, `name="carry.topic" value="roma"`, `name="carry.summary" value="A long text &lt;b&gt;that&lt;/b&gt;`} {
			if !strings.Contains(html, want) {
				t.Errorf("%s: the page lacks %s", name, want)
			}
		}
	}
	plain := render(t, l, access.NewSignIn(l, site, access.SignInInput{}).View())
	if strings.Contains(plain, "carry") || !strings.Contains(plain, `enctype="application/x-www-form-urlencoded"`) {
		t.Error("a form without a saved one carries something")
	}
}

func TestResumeShowsWhatWasWritten(t *testing.T) {
	t.Parallel()
	l := english(t)
	html := render(t, l, access.NewResume(l, site, saved).View())
	if got := strings.Count(html, "<blockquote"); got != 1 || !strings.Contains(html, "A long text &lt;b&gt;that") {
		t.Errorf("%d texts are shown, want only the one that was written", got)
	}
	for _, want := range []string{`action="/en/submissions/1/title"`, `name="topic" value="roma"`, `name="summary"`, `name="address"`, l.T("signin.resume.files")} {
		if !strings.Contains(html, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	whole := saved
	whole.FilesLost = false
	if strings.Contains(render(t, l, access.NewResume(l, site, whole).View()), l.T("signin.resume.files")) {
		t.Error("the page speaks of files that there were not")
	}
}

func TestWaysToSignIn(t *testing.T) {
	t.Parallel()
	l := english(t)
	for _, c := range []struct {
		in   access.SignInInput
		has  []string
		none []string
	}{
		{access.SignInInput{}, nil, []string{l.T("signin.passkey"), l.T("signin.provider"), "/en/sign-in/provider"}},
		{access.SignInInput{Usable: true, Provider: true}, []string{l.T("signin.passkey"), l.T("signin.provider"), "/en/sign-in/provider"}, []string{`target="_blank"`}},
		// A saved form would be lost on the way to the provider, hence another tab.
		{access.SignInInput{Provider: true, Saved: saved}, []string{`target="_blank"`, l.T("signin.provider_tab")}, nil},
	} {
		html := render(t, l, access.NewSignIn(l, site, c.in).View())
		for _, want := range c.has {
			if !strings.Contains(html, want) {
				t.Errorf("%+v: the page lacks %q", c.in, want)
			}
		}
		for _, not := range c.none {
			if strings.Contains(html, not) {
				t.Errorf("%+v: the page has %q", c.in, not)
			}
		}
	}
}

func TestTitleSaysThatAFormHasProblems(t *testing.T) {
	t.Parallel()
	l := english(t)
	problems := component.Problems{{Field: "password", Text: "Too short"}}
	for name, p := range map[string]struct {
		meta frame.Meta
		view templ.Component
	}{
		"account": {access.NewAccount(l, site, access.AccountInput{Problems: problems}).Meta, access.NewAccount(l, site, access.AccountInput{Problems: problems}).View()},
		"join":    {access.NewJoin(l, site, access.JoinInput{Problems: problems}).Meta, access.NewJoin(l, site, access.JoinInput{Problems: problems}).View()},
		"reset":   {access.NewReset(l, site, access.ResetInput{Problems: problems}).Meta, access.NewReset(l, site, access.ResetInput{Problems: problems}).View()},
		"request": {access.NewResetRequest(l, site, access.ResetRequestInput{Problems: problems}).Meta, access.NewResetRequest(l, site, access.ResetRequestInput{Problems: problems}).View()},
		"factor":  {access.NewFactor(l, site, access.FactorInput{Problems: problems}).Meta, access.NewFactor(l, site, access.FactorInput{Problems: problems}).View()},
	} {
		html := render(t, l, p.view)
		if !strings.Contains(html, "<title>"+l.T("form.error_title", "Title", p.meta.Title)) || !strings.Contains(html, `href="#password">Too short`) {
			t.Errorf("%s: title or summary does not tell of the problem", name)
		}
		if !p.meta.Unlisted || p.meta.Canonical != "" {
			t.Errorf("%s: search engines may list the page", name)
		}
	}
}

func TestDeadLinksLeadOn(t *testing.T) {
	t.Parallel()
	for _, l := range locale.All() {
		for _, reason := range []string{access.LinkUsed, access.LinkExpired, access.LinkUnknown} {
			reset := access.NewDeadLink(l, site, access.DeadLinkInput{Reason: reason, Reset: true})
			invitation := access.NewDeadLink(l, site, access.DeadLinkInput{Reason: reason})
			if reset.Link.Path != "/"+l.Tag()+"/reset" || invitation.Link.Path != "/"+l.Tag()+"/sign-in" {
				t.Errorf("%s: the links lead to %s and %s", l.Tag(), reset.Link.Path, invitation.Link.Path)
			}
			lacksKeys(t, l, render(t, l, reset.View())+render(t, l, invitation.View()), "link_over", "signin")
		}
	}
}

func TestBrowsersAreNamed(t *testing.T) {
	t.Parallel()
	l := english(t)
	for agent, want := range map[string]string{
		"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Safari/537.36 Edg/126.0":     "Edge on Windows",
		"Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0":                                                    "Firefox on Linux",
		"Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Mobile Safari/537.36":                  "Chrome on Android",
		"Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/604.1": "Safari on iOS",
		"Mozilla/5.0 (Macintosh; Intel Mac OS X 14_5) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/605.1.15":        "Safari on macOS",
		"Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Safari/537.36":                "Chrome on ChromeOS",
		"Firefox/1": "Firefox", "Windows": "Windows", "curl/8.0": l.T("account.session.unknown"), "": l.T("account.session.unknown"),
	} {
		in := access.AccountInput{Sessions: []access.Session{{Agent: agent, Seen: time.Date(2025, 6, 15, 23, 30, 0, 0, time.FixedZone("", 7200))}}}
		html := render(t, l, access.NewAccount(l, site, in).View())
		if !strings.Contains(html, "<b>"+want+"</b>") {
			t.Errorf("%s is not named %q", agent, want)
		}
		if !strings.Contains(html, "21:30") { // UTC
			t.Errorf("%s: the time is not in UTC", agent)
		}
	}
}

func TestAccountShowsWhatItsOwnerHas(t *testing.T) {
	t.Parallel()
	l := english(t)
	a := account.Account{Mail: "ana@example.org", Role: account.Officer, Password: true, TwoFactor: true,
		Cities: []account.City{account.NewCity("GR", "Ioannina"), account.NewCity("NO", "Bergen")}}
	in := access.AccountInput{Account: a, Codes: 7, Passkeys: []access.Passkey{{Number: 4, Name: "Phone", Created: time.Now()}}, Usable: true}
	html := render(t, l, access.NewAccount(l, site, in).View())
	for _, want := range []string{"Ioannina (Greece) and Bergen (Norway)", l.N("account.factor.on", 7), `id="name-4"`, l.T("passkey.unused"), l.T("passkey.add"), `id="current"`} {
		if !strings.Contains(html, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	in = access.AccountInput{Account: account.Account{Role: account.Editor}}
	html = render(t, l, access.NewAccount(l, site, in).View())
	for _, want := range []string{l.T("account.factor.off"), l.T("passkey.none"), l.T("account.password.first")} {
		if !strings.Contains(html, want) {
			t.Errorf("the page of a new account lacks %q", want)
		}
	}
	if strings.Contains(html, l.T("passkey.add")) || strings.Contains(html, `id="current"`) {
		t.Error("the page offers what this site or account does not have")
	}
}

func TestSecretIsEasyToType(t *testing.T) {
	t.Parallel()
	l := english(t)
	html := render(t, l, access.NewFactor(l, site, access.FactorInput{Secret: "ABCDEFGHIJ", Address: "otpauth://totp/x?secret=ABCDEFGHIJ"}).View())
	for _, want := range []string{"<code class=\"secret\">ABCD EFGH IJ</code>", `href="otpauth://totp/x?secret=ABCDEFGHIJ"`, l.T("factor.code.hint"), `value="on"`} {
		if !strings.Contains(html, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	html = render(t, l, access.NewFactor(l, site, access.FactorInput{On: true, Left: 3}).View())
	if !strings.Contains(html, l.N("account.factor.on", 3)) || !strings.Contains(html, `value="off"`) || strings.Contains(html, `class="secret"`) {
		t.Error("a factor that is on shows a secret, or cannot be turned off")
	}
}

func TestEveryPageIsWrittenInEveryLanguage(t *testing.T) {
	t.Parallel()
	invited := account.Account{Mail: "ana@example.org", Role: account.Officer, Cities: []account.City{account.NewCity("GR", "Ioannina")}}
	for _, l := range locale.All() {
		for _, view := range []templ.Component{
			access.NewSignIn(l, site, access.SignInInput{Usable: true, Provider: true, Saved: saved}).View(),
			access.NewSecondFactor(l, site, access.SecondFactorInput{}).View(), access.NewResume(l, site, saved).View(),
			access.NewAccount(l, site, access.AccountInput{Account: invited, Usable: true}).View(),
			access.NewFactor(l, site, access.FactorInput{}).View(), access.NewCodes(l, site, []string{"abcd-efgh"}).View(),
			access.NewJoin(l, site, access.JoinInput{Account: invited, Usable: true}).View(),
			access.NewResetRequest(l, site, access.ResetRequestInput{}).View(), access.NewResetRequest(l, site, access.ResetRequestInput{Sent: true}).View(),
			access.NewReset(l, site, access.ResetInput{}).View(), access.NewReset(l, site, access.ResetInput{Done: true}).View(),
		} {
			lacksKeys(t, l, render(t, l, view), "signin", "account", "factor", "join", "reset", "password", "passkey", "people")
		}
	}
}
