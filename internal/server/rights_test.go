package server_test

import (
	"crypto/rand"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/go-chi/chi/v5"

	"exempla/internal/account"
	"exempla/internal/practice"
	"exempla/internal/submission"
)

// Who may open what lies under an address; the longest beginning counts. A route
// that is under none of them fails the test: somebody has to say who it is for.
const everybody, signedIn, writers = "stranger officer editor administrator", "officer editor administrator", "officer editor"

var rights = map[string]string{
	"/": "", "/healthz": everybody, "/readyz": everybody, "/readyz/write": everybody, "/robots.txt": everybody, "/sitemap": everybody, "/catalogue": everybody, "/api/v1/": everybody, "/oai": everybody, "/.well-known/security.txt": everybody, "/{language}/opensearch.xml": everybody, "/favicon.ico": everybody, "/static/": everybody, "/theme/": everybody,
	"/files/": everybody, "/dev/mail": everybody, "/sign-in/": everybody, // each of them has its own conditions, and tests of them
	"/{language}/": "", "/{language}/practices": everybody, "/{language}/about": everybody, "/{language}/help": everybody,
	"/{language}/accessibility": everybody, "/{language}/privacy": everybody, "/{language}/template": everybody, "/{language}/facts": everybody, "/{language}/map": everybody, "/{language}/topics/{key}": everybody, "/{language}/countries/{key}": everybody, "/{language}/places/{key}": everybody, "/{language}/api": everybody, "/{language}/list": everybody, "/{language}/compare": everybody, "/{language}/collections": everybody, "/{language}/follow": everybody, "/{language}/suggest": everybody,
	"/{language}/practices/{slug}/": "officer", "/{language}/practices/{slug}/history": everybody, "/{language}/practices/{slug}/report": everybody, "/{language}/practices/{slug}/ask": everybody, "/{language}/enquiries": signedIn, "/{language}/submissions": "officer",
	"/{language}/submissions/{id}/{part}": writers, "/{language}/submissions/{id}/key_reference_documents": writers, "/{language}/submissions/{id}/pictures": writers,
	"/{language}/submissions/{id}/comments/": writers, "/{language}/cities": writers, "/{language}/preview": writers,
	"/{language}/embed":   everybody,
	"/{language}/sign-in": everybody, "/{language}/sign-out": everybody, "/{language}/invitation": everybody, "/{language}/reset": everybody,
	"/{language}/address": everybody,
	"/{language}/account": signedIn, "/{language}/desk": "editor", "/{language}/desk/cities": "editor administrator",
	"/{language}/people": "administrator", "/{language}/events": "administrator", "/{language}/mail-queue": "administrator", "/{language}/state": "administrator", "/{language}/appearance": "administrator",
}

// whose says who may open a route.
func whose(pattern string) string {
	longest := ""
	for prefix := range rights {
		if strings.HasPrefix(pattern, prefix) && len(prefix) > len(longest) {
			longest = prefix
		}
	}
	if pattern == "/" || pattern == "/{language}/" {
		return everybody
	}
	return rights[longest]
}

// TestEveryRouteForEveryRole asks for every route as everybody. Whoever it is
// not for gets nothing; a stranger is sent to sign in, and a form of theirs is
// not accepted. Forms are sent empty, so that they change nothing.
func TestEveryRouteForEveryRole(t *testing.T) {
	t.Parallel()
	b := openBureau(t)
	waiting, somebody := b.handIn(b.ana), fmt.Sprint(b.person(account.Officer, "GR Ioannina").ID)
	routes := 0
	err := chi.Walk(b.handler.(chi.Router), func(method, pattern string, _ http.Handler, _ ...func(http.Handler) http.Handler) error {
		routes++
		if whose(pattern) == "" {
			t.Errorf("%s %s: it is not said who this is for", method, pattern)
		}
		number := waiting
		if strings.HasPrefix(pattern, "/{language}/people") {
			number = somebody // who may be disabled on the way
		}
		path := strings.NewReplacer("{language}", "en", "{slug}", ioannina, "{id}", number, "{part}", "summary", "{comment}", "1", "{account}", "1",
			"{city}", "gr-ioannina", "{hash}", strings.Repeat("0", 64), "{token}", "none", "{name}", "style.css", "{number}", "1").Replace(strings.TrimSuffix(pattern, "*"))
		for _, roles := range append(strings.Fields(everybody), "officer+editor", "editor+administrator") {
			allowed := slices.ContainsFunc(strings.Split(roles, "+"), func(role string) bool { return slices.Contains(strings.Fields(whose(pattern)), role) })
			if strings.Contains(roles, "+") && strings.Contains(pattern, "/desk/practices/{slug}/") {
				allowed = false // it is of their city
			}
			if strings.Contains(roles, "+") && strings.Contains(pattern, "{account}") {
				continue // it is for the author, who has one role here
			}
			b.tries(method, path, roles, allowed)
		}
		if strings.Contains(pattern, "/submissions/{id}") {
			if p := b.sends(b.ivo, method, path); p.status != http.StatusNotFound {
				t.Errorf("%s %s: another city's officer gets %d", method, path, p.status)
			}
		}
		return nil
	})
	if err != nil || routes < 40 {
		t.Errorf("%d routes, %v", routes, err)
	}
}

// tries opens a route in a role, or in several joined with "+", and checks whether that
// is possible.
func (b *bureau) tries(method, path, role string, allowed bool) {
	b.Helper()
	c := map[string]*client{"stranger": b.stranger(), "officer": b.ana, "editor": b.kim, "administrator": b.root()}[role]
	var roles []account.Role
	for name := range strings.SplitSeq(role, "+") {
		roles = append(roles, account.Role(name))
	}
	if len(roles) > 1 {
		c = b.several(roles)
	}
	if role != "stranger" && method != http.MethodGet && (strings.Contains(path, "/sign-") || strings.Contains(path, "/account")) {
		c = b.asBoth(roles, "GR Ioannina") // it may end the session
	}
	p := b.sends(c, method, path)
	away := strings.HasPrefix(p.header.Get("Location"), "/en/sign-in") && !strings.Contains(path, "/sign-in")
	switch {
	case allowed && (p.status == http.StatusForbidden || p.status == http.StatusUnauthorized || p.status >= 500 || away && role != "stranger"):
		b.Errorf("%s %s: %s is refused with %d", method, path, role, p.status)
	case allowed:
	case role == "stranger" && method == http.MethodGet && !away:
		b.Errorf("%s %s: a stranger gets %d, not the page to sign in", method, path, p.status)
	case role == "stranger" && method != http.MethodGet && p.status != http.StatusUnauthorized:
		b.Errorf("%s %s: a form of a stranger gets %d", method, path, p.status)
	case role != "stranger" && p.status != http.StatusForbidden && p.status != http.StatusNotFound:
		b.Errorf("%s %s: %s gets %d", method, path, role, p.status)
	}
}

// sends makes a request with an empty form.
func (b *bureau) sends(c *client, method, path string) page {
	b.Helper()
	return c.request(httptest.NewRequest(method, path, strings.NewReader("")), "Content-Type", "application/x-www-form-urlencoded")
}

// several is somebody of these roles.
func (b *bureau) several(roles []account.Role) *client {
	b.Helper()
	key := fmt.Sprint(roles)
	if b.ofSeveral[key] == nil {
		b.ofSeveral[key] = b.asBoth(roles, "GR Ioannina")
	}
	return b.ofSeveral[key]
}

// root is the administrator.
func (b *bureau) root() *client {
	b.Helper()
	if b.administrator == nil {
		b.administrator = b.as(account.Administrator)
	}
	return b.administrator
}

// handIn submits a complete text of somebody's and gives its number.
func (b *bureau) handIn(by *client) string {
	b.Helper()
	return b.handInCalled("Handed in", by)
}

func (b *bureau) handInCalled(title string, by *client) string {
	b.Helper()
	c := submission.Content{Title: title, Countries: []practice.Country{"GR"}, Cities: []practice.City{{Country: "GR", Name: "Ioannina"}},
		Topics: []practice.Topic{"refugees"}, Period: practice.Period{Start: practice.Date{Year: 2017}, Ongoing: true}}
	for _, p := range submission.Parts {
		if p.IsText() && !p.Optional() {
			c = c.WithText(p, "Words about "+string(p))
		}
	}
	begun := submission.Submission{Kind: submission.New, Language: "en", Content: c, Created: today}
	id, err := b.Store.Submissions.Start(b.Context(), begun, rand.Text(), by.viewer)
	if err != nil {
		b.Fatal(err)
	}
	step := submission.Step{Action: submission.Submit, By: by.viewer, At: today, Consent: "Yes"}
	if _, err := b.Store.Submissions.Advance(b.Context(), id, 1, step); err != nil {
		b.Fatal(err)
	}
	return strconv.FormatInt(int64(id), 10)
}

// oneClick is the one address that takes forms from anywhere: the secret in it is the
// proof, and TestFollowIsStoppedInOneClick says what it takes.
const oneClick = "/{language}/follow/{secret}/stop"

// TestCrossSiteFormsAreRefused sends every form from another site.
func TestCrossSiteFormsAreRefused(t *testing.T) {
	t.Parallel()
	b := openBureau(t)
	err := chi.Walk(b.handler.(chi.Router), func(method, pattern string, _ http.Handler, _ ...func(http.Handler) http.Handler) error {
		if method != http.MethodPost || pattern == oneClick {
			return nil
		}
		path := strings.NewReplacer("{language}", "en", "{slug}", ioannina, "{id}", "1", "{part}", "summary", "{comment}", "1", "{account}", "1").Replace(pattern)
		for _, c := range []*client{b.stranger(), b.ana, b.kim, b.root()} {
			if p := c.request(httptest.NewRequest(method, path, nil), "Sec-Fetch-Site", "cross-site"); p.status != http.StatusForbidden {
				t.Errorf("%s from another site: %d", path, p.status)
			}
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}
