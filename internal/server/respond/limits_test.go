package respond_test

import (
	"bytes"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"exempla/internal/server/respond"
	"exempla/internal/store"
	"exempla/internal/testdb"
)

// try runs a limit within a request and returns Retry-After and its error.
func try(s *respond.Responder, check func(*respond.Request) error) (retryAfter string, err error) {
	w := do(page(s, func(r *respond.Request) (respond.Response, error) {
		err = check(r)
		return respond.Response{Page: text("x"), Status: http.StatusOK}, nil
	}), http.MethodPost, "/en/x")
	return w.Header().Get("Retry-After"), err
}

func TestTriesAreCountedByKey(t *testing.T) {
	t.Parallel()
	now := today
	s := counting(t, &now)
	for name, c := range map[string]struct {
		limit store.Limit
		tries int
	}{"client": {respond.ClientLimit, 60}, "account": {respond.AccountLimit, 10}, "code": {respond.CodeLimit, 6}, "reset": {respond.ResetLimit, 5},
		"follow": {respond.FollowLimit, 10}} {
		count := func(key string) func(*respond.Request) error {
			return func(r *respond.Request) error { return r.CountTry(c.limit, key) }
		}
		for i := range c.tries {
			if _, err := try(s, count("one")); err != nil {
				t.Fatalf("%s: try %d is refused: %v", name, i+1, err)
			}
		}
		retryAfter, err := try(s, count("one"))
		var often respond.TooOften
		if !errors.As(err, &often) || often.Wait != 10*time.Minute || retryAfter != "600" {
			t.Errorf("%s: after %d tries: %v, Retry-After %q", name, c.tries, err, retryAfter)
		}
		if retryAfter, err := try(s, count("other")); err != nil || retryAfter != "" {
			t.Errorf("%s: another key is refused: %v", name, err)
		}
		now = now.Add(20 * time.Minute)
		if _, err := try(s, count("one")); err != nil {
			t.Errorf("%s: refused after the window: %v", name, err)
		}
	}
}

// counting is a responder that counts in a database, with a clock that is set.
func counting(t *testing.T, now *time.Time) *respond.Responder {
	t.Helper()
	return newResponder(t, func(c *respond.Config) {
		c.Tries, c.Now = testdb.Open(t).Tries, func() time.Time { return *now }
	})
}

func TestOnlyFailuresCount(t *testing.T) {
	t.Parallel()
	now := today
	s := counting(t, &now)
	check := func(r *respond.Request) error { return r.CheckFailures(respond.CodeLimit, "one") }
	fail := func(r *respond.Request) error { return r.CountFailure(respond.CodeLimit, "one") }
	for range 20 {
		if _, err := try(s, check); err != nil {
			t.Fatalf("refused without a failure: %v", err)
		}
	}
	for range 6 {
		if _, err := try(s, check); err != nil {
			t.Fatalf("refused too early: %v", err)
		}
		if _, err := try(s, fail); err != nil {
			t.Fatal(err)
		}
	}
	if retryAfter, err := try(s, check); err == nil || retryAfter != "600" {
		t.Errorf("not refused after six failures: %v, Retry-After %q", err, retryAfter)
	}
	now = now.Add(20 * time.Minute)
	if _, err := try(s, check); err != nil {
		t.Errorf("refused after the window: %v", err)
	}
}

func TestPagesOfStrangersAreLimited(t *testing.T) {
	t.Parallel()
	s := newResponder(t, func(c *respond.Config) { c.PageLimit = 2 })
	h := page(s, always(respond.Response{Page: text("x")}))
	from := func(address, path string) int {
		r := httptest.NewRequest(http.MethodGet, path, nil)
		r.RemoteAddr = address
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		return w.Code
	}
	synctest.Test(t, func(t *testing.T) {
		for _, c := range []struct {
			address, path string
			want          int
		}{
			{"198.51.100.1:1", "/en/practices?q=a", 200},
			{"198.51.100.1:2", "/en/practices?q=b", 200},
			{"198.51.100.1:3", "/en/practices?q=c", 429},
			{"198.51.100.1:4", "/en/practices", 200},
			{"198.51.100.1:5", "/en/suggest?q=c", 200},
			{"198.51.100.2:1", "/en/practices?q=c", 200},
			{"[2001:db8:1:2::1]:1", "/en/practices?q=a", 200}, // an IPv6 client has a whole network
			{"[2001:db8:1:2::2]:1", "/en/practices?q=b", 200},
			{"[2001:db8:1:2::3]:1", "/en/practices?q=c", 429},
			{"[2001:db8:1:3::1]:1", "/en/practices?q=a", 200},
		} {
			if got := from(c.address, c.path); got != c.want {
				t.Errorf("%s asks for %s: %d, want %d", c.address, c.path, got, c.want)
			}
		}
		<-time.After(2 * time.Minute)
		if got := from("198.51.100.1:1", "/en/practices?q=c"); got != 200 {
			t.Errorf("refused after the window: %d", got)
		}
	})
}

// A client can write what it likes into X-Forwarded-For.
func TestOnlyOwnProxiesAreTrusted(t *testing.T) {
	t.Parallel()
	for proxies, want := range map[int]string{0: "192.0.2.1", 1: "203.0.113.9", 2: "198.51.100.7"} {
		s := newResponder(t, func(c *respond.Config) { c.Proxies = proxies })
		var got string
		do(page(s, func(r *respond.Request) (respond.Response, error) {
			got = r.Client()
			return respond.Response{Page: text("x")}, nil
		}), http.MethodGet, "/en/x", "X-Forwarded-For", "10.0.0.1, 198.51.100.7, 203.0.113.9")
		if got != want {
			t.Errorf("with %d proxies the client is %q, want %q", proxies, got, want)
		}
	}
}

// Some proxies write a port or brackets. What names nobody is said once.
func TestProxiesWriteAddressesInManyWays(t *testing.T) {
	t.Parallel()
	for written, want := range map[string]string{
		"203.0.113.7:51001": "203.0.113.7", "198.51.100.1, 203.0.113.7:51001": "203.0.113.7", "[2001:db8::7]:443": "2001:db8::",
		"[2001:db8::7]": "2001:db8::", "2001:db8::7": "2001:db8::", "203.0.113.7": "203.0.113.7", "unknown": "", "": "",
	} {
		var log bytes.Buffer
		s := newResponder(t, func(c *respond.Config) { c.Proxies, c.Log = 1, slog.New(slog.NewTextHandler(&log, nil)) })
		var got string
		h := page(s, func(r *respond.Request) (respond.Response, error) {
			got = r.Client()
			return respond.Response{Page: text("x")}, nil
		})
		for range 3 {
			do(h, http.MethodGet, "/en/x", "X-Forwarded-For", written)
		}
		if got != want {
			t.Errorf("%q: the client is %q, want %q", written, got, want)
		}
		if warned := strings.Count(log.String(), "EXEMPLA_PROXIES"); (warned == 1) != (want == "") || warned > 1 {
			t.Errorf("%q: warned %d times", written, warned)
		}
	}
}
