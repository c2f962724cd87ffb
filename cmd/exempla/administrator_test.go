package main

import (
	"testing"

	"exempla/internal/browser"
)

// signIn signs a sample account in by keyboard and waits for the next page.
func signIn(t *testing.T, tab *browser.Tab, mail string) {
	t.Helper()
	tab.Go(address(t, "/en/sign-in"))
	fillSignIn(tab, mail, demoPassword)
}

// fillSignIn submits the sign-in form that is open and waits for the next page.
func fillSignIn(tab *browser.Tab, mail, password string) {
	tab.Click("#mail")
	tab.Press(mail, browser.TabKey, password, browser.EnterKey)
	tab.Wait(`!location.pathname.endsWith("/sign-in")`)
}

// An administrator invites an officer, and the mail arrives.
func TestAdministratorInvites(t *testing.T) {
	withAndWithoutScript(t, func(t *testing.T, tab *browser.Tab, script bool) {
		mail := map[bool]string{true: "scripted@city.example", false: "plain@city.example"}[script]
		signIn(t, tab, "administrator@example.org")
		tab.Go(address(t, "/en/people"))
		tab.Click("a.btn")
		tab.Wait(`location.pathname === "/en/people/invite"`)
		tab.Click("form:has(#mail) .btn:not(.quiet)")
		tab.Wait(`document.getElementById("problems") && document.activeElement.id === "problems"`)
		tab.Click("#mail")
		tab.Press(mail)
		tab.Click("#city-0")
		tab.Press("Ioannina, GR", browser.EnterKey)
		tab.Wait(`document.getElementById("notice")?.textContent.includes("on its way")`)
		for range 500 { // the workers look every second, and a page takes less than that
			tab.Go(address(t, "/dev/mail"))
			if browser.Ask[bool](tab, `document.body.textContent.includes("`+mail+`")`) {
				return
			}
		}
		t.Error("no mail has come")
	})
}

func TestAdministratorPagesAreAccessible(t *testing.T) {
	t.Parallel()
	tab := browser.Open(t)
	signIn(t, tab, "administrator@example.org")
	for _, path := range []string{"/people", "/people?q=nobody", "/people/invite", "/people/1", "/people/1/erase", "/people/5", "/events", "/events?who=nobody", "/mail-queue", "/state", "/appearance", "/appearance/words?language=ar&q=count", "/appearance/content?language=ar"} {
		check := func(view string) {
			t.Helper()
			for _, violation := range tab.Violations() {
				t.Errorf("%s, %s: %s", path, view, violation)
			}
			if wide := browser.Ask[string](tab, tooWide); wide != "" {
				t.Errorf("%s, %s: sticks out: %s", path, view, wide)
			}
		}
		tab.Look(browser.View{})
		tab.Go(address(t, "/en"+path))
		check("light")
		tab.Look(browser.View{Dark: true, Width: phone})
		check("dark, narrow")
		tab.Go(address(t, "/ar"+path))
		check("right to left, narrow")
	}
	tab.Go(address(t, "/dev/mail"))
	for _, violation := range tab.Violations() {
		t.Errorf("the outbox: %s", violation)
	}
}
