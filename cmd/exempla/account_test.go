package main

import (
	"bytes"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"strings"
	"testing"
)

var joinLink = regexp.MustCompile(`http://localhost:8080(/en/invitation/[A-Z2-7]+)`)

// postForm posts a form with the client's cookies and returns the page after all
// redirects.
func postForm(t *testing.T, client *http.Client, address string, form url.Values) string {
	t.Helper()
	answer, err := client.PostForm(address, form)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	var body bytes.Buffer
	if _, err := body.ReadFrom(answer.Body); err != nil {
		t.Fatal(err)
	}
	return body.String()
}

func newClient(t *testing.T) *http.Client {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &http.Client{Jar: jar}
}

// Accounts of one data folder: sample ones with --demo only, others by
// invitation from the command line, beside the running site.
func TestAccountsFromTheCommandLine(t *testing.T) {
	t.Parallel()
	setting := "EXEMPLA_DATA=" + emptyFolder(t)
	p := start(t, setting, "serve")
	said, _ := run(t, setting, "account", "list")
	wantMentions(t, said, "There are no accounts")

	said, status := run(t, setting, "account", "invite", "--role", "officer", "--city", "Ioannina, GR", "--city", "Bergen, NO", "ana@example.org")
	found := joinLink.FindStringSubmatch(said)
	if status != 0 || found == nil {
		t.Fatalf("invite ended with %d: %s", status, said)
	}
	body := postForm(t, newClient(t), p.address+found[1], url.Values{"name": {"Ana"}, "password": {"a bell and nine rivers"}})
	wantMentions(t, body, "Ana", "Sign out")
	said, _ = run(t, setting, "account", "list")
	wantMentions(t, said, "officer", "active", "ana@example.org", "Ioannina, GR; Bergen, NO")

	for _, wrong := range [][]string{{"--role", "officer", "x@example.org"}, {"--role", "editor", "--city", "Bergen, NO", "x@example.org"},
		{"--role", "officer", "--city", "Bergen", "x@example.org"}, {"--role", "king", "x@example.org"}, {"--role", "editor", "nonsense"},
		{"--role", "editor", "ANA@example.org"}} {
		if said, status := run(t, setting, append([]string{"account", "invite"}, wrong...)...); status == 0 {
			t.Errorf("%v was accepted: %s", wrong, said)
		}
	}
	said, _ = run(t, setting, "account", "erase", "ana@example.org")
	wantMentions(t, said, "is erased")
	said, _ = run(t, setting, "account", "list")
	if strings.Contains(said, "ana") {
		t.Errorf("something is left of her: %s", said)
	}
}

func TestSampleAccountsSignIn(t *testing.T) {
	t.Parallel()
	for _, a := range demoPeople {
		body := postForm(t, newClient(t), address(t, "/en/sign-in"), url.Values{"mail": {a.Mail}, "password": {demoPassword}, "back": {"/en/help"}})
		wantMentions(t, body, a.Name, "Sign out")
	}
}

// TestSampleAccountsEndWithTheDemo restarts a demo as a normal site: the publicly
// known password must not work any more.
func TestSampleAccountsEndWithTheDemo(t *testing.T) {
	t.Parallel()
	setting := "EXEMPLA_DATA=" + emptyFolder(t)
	p := start(t, setting, "serve", "--demo")
	signInTo(t, p, "editor@example.org")
	p.end()
	p = start(t, setting, "serve")
	answer, err := http.PostForm(p.address+"/en/sign-in", url.Values{"mail": {"editor@example.org"}, "password": {demoPassword}})
	if err != nil {
		t.Fatal(err)
	}
	answer.Body.Close()
	if answer.StatusCode != http.StatusUnprocessableEntity {
		t.Errorf("without the sample its editor gets %s", answer.Status)
	}
	if answer, _ := fetch(t, p.address+"/dev/mail"); answer.StatusCode != http.StatusNotFound {
		t.Errorf("/dev/mail answers %s", answer.Status)
	}
	p.end()
	signInTo(t, start(t, setting, "serve", "--demo"), "editor@example.org")
}
