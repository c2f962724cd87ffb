package main

import (
	"net/http"
	"strings"
	"testing"

	"exempla/internal/browser"
	"exempla/internal/testdb"
)

// Without its database, the listing keeps working and all other pages answer 503;
// everything recovers by itself.
func TestDatabaseGoesAwayAndComesBack(t *testing.T) {
	t.Parallel()
	folder := emptyFolder(t)
	postgres := testdb.Private(t, folder)
	setting := "DATABASE_URL=" + postgres.URL()
	p := start(t, setting, "serve", "--demo")
	const found = "/en/practices/urban-response-coordination-ioannina"

	tab := browser.Open(t)
	tab.Go(p.address + "/en/practices")
	if err := postgres.Stop(t.Context()); err != nil {
		t.Fatal(err)
	}
	checkListingWorks(t, p)
	checkFiltersWork(tab)
	for _, path := range []string{found, found + "?topic=refugees"} {
		checkMustWait(t, p.address+path)
	}

	if again := testdb.Private(t, folder); again.URL() != postgres.URL() {
		t.Fatalf("the server came back at another address: %s", again.URL())
	}
	for _, path := range []string{found, "/en/practices?q=school"} {
		eventually(t, path+" comes back", func() bool {
			answer, _ := fetch(t, p.address+path)
			return answer.StatusCode == http.StatusOK
		})
	}
	importExtra(t, setting)
	eventually(t, "changes are seen again", func() bool { return listingCount(t, p) == extraCount })
}

// checkListingWorks checks the pages that are served from memory.
func checkListingWorks(t *testing.T, p *program) {
	t.Helper()
	answer, body := fetch(t, p.address+"/en/practices?topic=education&topic=refugees&country=ES")
	if answer.StatusCode != http.StatusOK || strings.Count(body, `class="item"`) == 0 {
		t.Errorf("the listing without database: %s, %d cards", answer.Status, strings.Count(body, `class="item"`))
	}
	wantMentions(t, body, `id="topic-roma"`, `id="country-GR"`, `class="chips"`)
	for _, path := range []string{"/readyz", "/healthz", "/en/about", "/ar/practices?sort=title&page=2"} {
		if answer, _ := fetch(t, p.address+path); answer.StatusCode != http.StatusOK {
			t.Errorf("%s without database: %s", path, answer.Status)
		}
	}
}

// checkFiltersWork uses a page opened before the outage: its filters still work in
// place, and so does searching.
func checkFiltersWork(tab *browser.Tab) {
	browser.Ask[bool](tab, mark)
	choose(tab, "topic-education", true)
	tab.Wait(queryHas("topic=education") + "&&" + shown + "> 0 &&" + marked)
	tab.Click("#q")
	tab.Press("school", browser.EnterKey)
	tab.Wait(queryHas("q=school") + "&&" + shown + "> 0 &&" + marked)
}

// checkMustWait checks the response of a page that needs the database, and what
// people see of it.
func checkMustWait(t *testing.T, address string) {
	t.Helper()
	answer, _ := fetch(t, address)
	if answer.StatusCode != http.StatusServiceUnavailable || answer.Header.Get("Retry-After") == "" {
		t.Errorf("%s without database: %s, Retry-After %q", address, answer.Status, answer.Header.Get("Retry-After"))
	}
	tab := browser.Open(t)
	tab.Go(address)
	tab.Wait(`document.querySelector("h1").textContent.includes("not available") && document.querySelector("main a")`)
	for _, violation := range tab.Violations() {
		t.Errorf("%s without database: %s", address, violation)
	}
}
