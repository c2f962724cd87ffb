package main

import (
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"exempla/internal/browser"
)

// accountChanges are an administrator and an officer on a site, with a mail each.
type accountChanges struct {
	*testing.T
	admin, officer         *browser.Tab
	adminMail, officerMail string
}

// TestAccountsAreChanged goes through what happens when somebody loses the device for
// the second step, and when an administrator gets another address: on a phone with
// script, and on a wide screen without.
func TestAccountsAreChanged(t *testing.T) {
	withAndWithoutScript(t, func(t *testing.T, admin *browser.Tab, script bool) {
		name := map[bool]string{true: "scripted", false: "plain"}[script]
		w := &accountChanges{T: t, admin: admin, officer: browser.Open(t), adminMail: name + "-chief@city.example", officerMail: name + "-officer@city.example"}
		if script {
			admin.Look(browser.View{Width: 360})
		}
		w.officer.Look(browser.View{Width: 360, NoScript: !script})
		w.join(w.admin, w.adminMail, "administrator")
		w.join(w.officer, w.officerMail, "officer", "--city", "Ioannina, GR")
		w.turnOnSecondStep()
		w.resetSecondStep()
		w.changeAddress(name + "-new@city.example")
	})
}

// join invites somebody, who chooses a password.
func (w *accountChanges) join(tab *browser.Tab, mail string, role ...string) {
	w.Helper()
	if _, err := site(); err != nil {
		w.Fatal(err)
	}
	said, status := run(w.T, siteSetting, append(append([]string{"account", "invite", "--role"}, role...), mail)...)
	found := joinLink.FindStringSubmatch(said)
	if status != 0 || found == nil {
		w.Fatalf("invite ended with %d: %s", status, said)
	}
	tab.Go(address(w.T, found[1]))
	checkFits(w.T, tab)
	tab.Click("#name")
	tab.Press("Sample of " + mail)
	tab.Click("#password")
	tab.Press(password)
	tab.Click("form .acts .btn")
	tab.Wait(`!location.pathname.includes("invitation")`)
}

// turnOnSecondStep lets the officer set up a second step for signing in.
func (w *accountChanges) turnOnSecondStep() {
	w.Helper()
	tab := w.officer
	tab.Go(address(w.T, "/en/account/second-factor"))
	checkFits(w.T, tab)
	secret := strings.ReplaceAll(browser.Ask[string](tab, `document.querySelector(".secret").textContent`), " ", "")
	code, err := totp.GenerateCode(secret, time.Now())
	if err != nil {
		w.Fatal(err)
	}
	tab.Click("#code")
	tab.Press(code)
	tab.Click("main form .btn")
	tab.Wait(`document.querySelectorAll(".codes code").length === 10`)
	checkFits(w.T, tab)
}

// resetSecondStep lets the administrator take the second step away. The log has it,
// the officer is told, is signed out and comes in with the password alone.
func (w *accountChanges) resetSecondStep() {
	w.Helper()
	tab := w.admin
	tab.Go(address(w.T, "/en/people?q="+url.QueryEscape(w.officerMail)))
	checkFits(w.T, tab)
	tab.Click(".rows a")
	tab.Wait(`document.querySelector('main a[href$="/reset-factor"]')`)
	checkFits(w.T, tab)
	tab.Click(`main a[href$="/reset-factor"]`)
	tab.Wait(`location.pathname.endsWith("/reset-factor")`)
	checkFits(w.T, tab)
	tab.Click("main form .btn")
	tab.Wait(`document.getElementById("notice")?.textContent.includes("second step has been removed") && !document.querySelector('main a[href$="/reset-factor"]')`)
	tab.Go(address(w.T, "/en/events?action=second_factor_reset"))
	tab.Wait(fmt.Sprintf(`document.querySelector(".rows").textContent.includes(%q)`, w.officerMail))
	checkFits(w.T, tab)
	w.follow(w.officer, w.officerMail, "Your second step has been reset")
	w.officer.Wait(`document.getElementById("password")`) // signed out
	checkFits(w.T, w.officer)
	fillSignIn(w.officer, w.officerMail, password)
	w.officer.Wait(`location.pathname === "/en/account" && document.getElementById("factor")`)
	checkFits(w.T, w.officer)
}

// changeAddress gives the administrator another address, which the present one and
// the new one confirm.
func (w *accountChanges) changeAddress(to string) {
	w.Helper()
	tab := w.admin
	tab.Go(address(w.T, "/en/account"))
	tab.Click(`main a[href$="/account/address"]`)
	tab.Wait(`document.getElementById("current")`)
	checkFits(w.T, tab)
	tab.Click("#mail")
	tab.Press(to)
	tab.Click("#current")
	tab.Press(password, browser.EnterKey)
	tab.Wait(`document.getElementById("notice")?.textContent.includes("both addresses")`)
	checkFits(w.T, tab)
	w.confirm(w.adminMail, "Somebody wants to change your email address", "the other address has to confirm")
	w.confirm(to, "Confirm your new address", "from now on your address is "+to)
	tab.Go(address(w.T, "/en/account"))
	tab.Wait(fmt.Sprintf(`document.querySelector("main").textContent.includes(%q)`, to))
	w.officer.Go(address(w.T, "/en/account"))
	w.officer.Click(`main .acts [value=all]`)
	w.officer.Wait(`location.pathname === "/en/sign-in"`)
	fillSignIn(w.officer, to, password)
	w.officer.Wait(`location.pathname === "/en/people"`)
}

// confirm opens the link of a mail and confirms what it is about.
func (w *accountChanges) confirm(mail, subject, answer string) {
	w.Helper()
	w.follow(w.admin, mail, subject)
	checkFits(w.T, w.admin)
	w.admin.Click("main form [value=confirm]")
	w.admin.Wait(fmt.Sprintf(`document.querySelector("main").textContent.includes(%q)`, answer))
	checkFits(w.T, w.admin)
}

// follow waits for a mail and opens its link.
func (w *accountChanges) follow(tab *browser.Tab, mail, subject string) {
	w.Helper()
	letter := fmt.Sprintf(`[...document.querySelectorAll(".letter")].find((l) => l.querySelector("h2").textContent === %q && l.querySelector("bdi").textContent === %q)`, subject, mail)
	for range 500 { // the workers look every second, and a page takes less than that
		tab.Go(address(w.T, "/dev/mail"))
		if browser.Ask[bool](tab, `!!`+letter) {
			tab.Go(address(w.T, browser.Ask[string](tab, `new URL(`+letter+`.querySelector("a").href).pathname`)))
			return
		}
	}
	w.Fatalf("no mail %q has come to %s", subject, mail)
}
