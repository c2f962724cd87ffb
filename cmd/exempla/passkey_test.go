package main

import (
	"testing"

	"exempla/internal/browser"
)

// A passkey is made with one click and signs in with another; the session that
// it opens needs no password.
func TestPasskeyFromInvitationToSignIn(t *testing.T) {
	t.Parallel()
	setting := "EXEMPLA_DATA=" + emptyFolder(t)
	p := start(t, setting, "serve")
	said, status := run(t, setting, "account", "invite", "--role", "officer", "--city", "Ioannina, GR", "ana@example.org")
	found := joinLink.FindStringSubmatch(said)
	if status != 0 || found == nil {
		t.Fatalf("invite ended with %d: %s", status, said)
	}
	tab := browser.Open(t)
	tab.Authenticator()
	tab.Go(p.address + found[1])
	tab.Click("#name")
	tab.Press("Ana")
	tab.Click("[data-way] button")
	tab.Wait(`location.pathname === "/en/submissions"`)

	tab.Go(p.address + "/en/account")
	tab.Wait(`document.querySelectorAll(".held details").length === 1`)
	checkAccessible(t, tab, "one's account")
	tab.Click("header form button")
	tab.Wait(`location.pathname === "/en/practices"`)
	tab.Go(p.address + "/en/sign-in?back=%2Fen%2Fhelp")
	checkAccessible(t, tab, "signing in")
	tab.Click("[data-way] button")
	tab.Wait(`location.pathname === "/en/help" && document.querySelector(".mast").textContent.includes("Ana")`)
}

// checkAccessible checks the page with axe.
func checkAccessible(t *testing.T, tab *browser.Tab, what string) {
	t.Helper()
	for _, violation := range tab.Violations() {
		t.Errorf("%s: %s", what, violation)
	}
}
