package browser

import (
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
)

func TestMain(m *testing.M) {
	code := m.Run()
	Close()
	os.Exit(code)
}

// site serves pages by their paths, under a policy that allows them no script.
func site(t *testing.T, pages map[string]string) string {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", "default-src 'none'")
		w.Write([]byte(`<!DOCTYPE html><html lang="en"><title>Page</title><main><h1>Page</h1>` + pages[r.URL.Path] + `</main></html>`))
	}))
	t.Cleanup(server.Close)
	return server.URL
}

func TestAxeFindsWhatIsWrong(t *testing.T) {
	t.Parallel()
	home := site(t, map[string]string{"/good": "<p>All is well.", "/bad": `<input><p style="color: #eee">`})
	tab := Open(t)
	tab.Go(home + "/good")
	if found := tab.Violations(); len(found) > 0 {
		t.Errorf("a page without faults: %s", found)
	}
	tab.Go(home + "/bad")
	if found := strings.Join(tab.Violations(), "\n"); !strings.Contains(found, "label") {
		t.Errorf("an input without a label was not found: %s", found)
	}
	// The style attribute is refused by the policy, and that must be reported.
	tab.reports("Content Security Policy")
}

func TestPagesWorkWithoutScript(t *testing.T) {
	t.Parallel()
	tab := Open(t)
	tab.Look(View{NoScript: true, Width: 320})
	tab.Go(site(t, map[string]string{"/": `<p><a href="#there">Go there</a><p id="there">There`}))
	tab.Click("a")
	tab.Wait(`location.hash === "#there" && innerWidth === 320`)
	if tab.Received() == 0 {
		t.Error("nothing came over the wire")
	}
}

func TestFind(t *testing.T) {
	t.Setenv("CHROMIUM", "no-such-browser")
	if _, err := find(); err == nil || !strings.Contains(err.Error(), "apt-get install chromium") {
		t.Errorf("a browser that is missing: %v", err)
	}
}

func TestFindTakesTheBrowserThatIsNamed(t *testing.T) {
	own, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("CHROMIUM", own)
	if path, err := find(); err != nil || path != own {
		t.Errorf("%q, %v", path, err)
	}
}
