package browser

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
)

// reports waits for a problem with these words, and then forgets all, so that
// the test does not fail for what it has provoked.
func (tab *Tab) reports(words string) {
	tab.t.Helper()
	tab.until("a report of "+words, func(_ context.Context) bool {
		return slices.ContainsFunc(tab.console.problems(), func(problem string) bool { return strings.Contains(problem, words) })
	})
	tab.console.Lock()
	defer tab.console.Unlock()
	tab.console.complaints, tab.console.failed, tab.console.hosts = nil, nil, nil
}

// open serves pages without a policy, scripts included.
func open(t *testing.T, pages map[string]string) string {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, ok := pages[r.URL.Path]
		if !ok {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprintf(w, `<!DOCTYPE html><html lang="en"><link rel="icon" href="data:,"><title>Page</title><main>%s</main></html>`, body)
	}))
	t.Cleanup(server.Close)
	return server.URL
}

func TestPagesThatComplainAreReported(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ body, report string }{
		"an error":      {`<script>console.error("broken", 7)</script>`, `console: "broken" 7`},
		"a warning":     {`<script>console.warn("odd")</script>`, `console: "odd"`},
		"an exception":  {`<script>nothing.at.all</script>`, "nothing is not defined"},
		"a broken link": {`<img alt="" src="/nothing.png">`, "404 (Not Found)"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tab := Open(t)
			tab.Go(open(t, map[string]string{"/": c.body}) + "/")
			tab.reports(c.report)
		})
	}
}

func TestPagesThatAskOtherHostsAreReported(t *testing.T) {
	t.Parallel()
	other := open(t, map[string]string{"/": "elsewhere"})
	tab := Open(t)
	tab.Go(open(t, map[string]string{"/": `<iframe title="x" src="` + other + `/"></iframe>`}) + "/")
	tab.reports("more than one host")
}

// A page that is an error is what some tests want to see; notes are no faults.
func TestPagesMayBeErrorsAndSayThings(t *testing.T) {
	t.Parallel()
	home := open(t, map[string]string{"/": `<script>console.log("a note"); console.info("another")</script><img alt="" src="data:,">`})
	tab := Open(t)
	tab.Go(home + "/")
	tab.Go(home + "/nothing")
	if found := tab.console.problems(); len(found) > 0 {
		t.Errorf("%q", found)
	}
}

func TestReceivedCountsEverythingThatCame(t *testing.T) {
	t.Parallel()
	home := open(t, map[string]string{"/": "small", "/large": strings.Repeat("large ", 10_000)})
	tab := Open(t)
	tab.Go(home + "/")
	small := tab.Received()
	tab.Go(home + "/large")
	if both := tab.Received(); small < len("small") || both < small+60_000 || both > small+62_000 {
		t.Errorf("%d bytes, then %d", small, both)
	}
}
