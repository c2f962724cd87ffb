package respond

import (
	"context"
	"fmt"
	"net/http"
	"net/netip"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/go-chi/chi/v5/middleware"
	"github.com/go-chi/httprate"

	"exempla/internal/link"
	"exempla/internal/store"
)

// limitWindow is the window in which tries are counted.
const limitWindow = 10 * time.Minute

// Tries allowed within limitWindow, counted in the database once for all programs. They
// let an office of thirty sign in each morning from one address, and make guessing
// passwords hopeless.
var (
	ClientLimit  = store.Limit{Name: "client", Most: 60, Window: limitWindow}  // wrong passwords from one address; also links opened, and passkey challenges
	AccountLimit = store.Limit{Name: "account", Most: 10, Window: limitWindow} // wrong passwords for one mail address, whether it has an account or not
	CodeLimit    = store.Limit{Name: "code", Most: 6, Window: limitWindow}     // wrong codes of a second factor for one account
	ResetLimit   = store.Limit{Name: "reset", Most: 5, Window: limitWindow}    // resets from one address
	FollowLimit  = store.Limit{Name: "follow", Most: 10, Window: limitWindow}  // mails about selections asked for from one network address, or for one mail address
)

// Enquiries allowed from one address within a day: enough for a library or a school, and
// what a desk can bear. The count is all that is kept of the address, in memory.
const (
	enquiryTries  = 20
	enquiryWindow = 24 * time.Hour
)

// pageWindow is the window in which uncached selections and searches of strangers
// are counted. Config.PageLimit says how many an address may ask for.
const pageWindow = time.Minute

// ownLimit is counted in memory, by each program for itself.
type ownLimit struct {
	*httprate.RateLimiter
	window time.Duration
}

func newOwnLimit(tries int, window time.Duration) ownLimit {
	return ownLimit{httprate.NewRateLimiter(tries, window, httprate.WithResponseHeaders(httprate.ResponseHeaders{})), window}
}

// count counts a try and refuses it if there have been too many. Errors: TooOften.
func (l ownLimit) count(r *Request, key string) error {
	if !l.OnLimit(r.Writer, r.Request, key) {
		return nil
	}
	return r.tooOften(l.window)
}

// TooOften is the error for too many tries.
type TooOften struct{ Wait time.Duration }

// Error says how long to wait.
func (t TooOften) Error() string { return fmt.Sprintf("too often; again in %s", t.Wait) }

// CountTry counts a try and refuses it if there have been too many. Errors:
// TooOften, store.ErrAway.
func (r *Request) CountTry(l store.Limit, key string) error {
	counted, err := r.responder.Tries.Count(r.Context(), l, key, r.responder.Now())
	if err == nil && !counted {
		err = r.tooOften(l.Window)
	}
	return err
}

// CheckFailures refuses a try if too many have failed. Only CountFailure counts,
// so that people who sign in often are not locked out. Errors: TooOften, store.ErrAway.
func (r *Request) CheckFailures(l store.Limit, key string) error {
	left, err := r.responder.Tries.Left(r.Context(), l, key, r.responder.Now())
	if err == nil && !left {
		err = r.tooOften(l.Window)
	}
	return err
}

// CountFailure counts a try that has failed. Errors: store.ErrAway.
func (r *Request) CountFailure(l store.Limit, key string) error {
	_, err := r.responder.Tries.Count(r.Context(), l, key, r.responder.Now())
	return err
}

// CountEnquiry counts an enquiry and refuses it if too many came from the same client.
// Errors: TooOften.
func (r *Request) CountEnquiry() error { return r.responder.enquiries.count(r, r.Client()) }

// tooOften refuses a try, and tells programs when to try again.
func (r *Request) tooOften(wait time.Duration) error {
	r.Writer.Header().Set("Retry-After", strconv.Itoa(int(wait.Seconds())))
	return TooOften{wait}
}

// limitPages refuses an uncached page to a stranger who has asked for too many.
// Only programs that walk through all selections get that far. Pages without a
// query are never refused, because there are few of them; suggestions do not
// count, because every letter that is typed asks for some.
func (s *Responder) limitPages(r *Request) error {
	if s.PageLimit == 0 || r.URL.RawQuery == "" || !r.Viewer().Stranger() || r.URL.Path == link.Suggest(r.Tag()) {
		return nil
	}
	return s.pages.count(r, r.Client())
}

// WaitFor waits for a timer, or until the context is done: for answers whose time must
// not tell anything.
func WaitFor(ctx context.Context, timer *time.Timer) {
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
}

// Client identifies the client by its IPv4 address or its IPv6 network.
func (r *Request) Client() string {
	return httprate.CanonicalizeIP(middleware.GetClientIP(r.Context()))
}

// IdentifyClient is the middleware that finds the client's address. Clients can
// forge X-Forwarded-For, so it counts only as far as our own proxies wrote it.
func (s *Responder) IdentifyClient(next http.Handler) http.Handler {
	if s.Proxies == 0 {
		return middleware.ClientIPFromRemoteAddr(next)
	}
	var warn sync.Once
	found := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if middleware.GetClientIP(r.Context()) == "" {
			warn.Do(func() {
				s.Log.Warn("X-Forwarded-For does not name the reader, so that limits count all readers as one: look at EXEMPLA_PROXIES and at the proxy",
					"proxies", s.Proxies)
			})
		}
		next.ServeHTTP(w, r)
	})
	named := middleware.ClientIPFromXFFTrustedProxies(s.Proxies)(found)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		withoutPorts(r.Header["X-Forwarded-For"])
		named.ServeHTTP(w, r)
	})
}

// withoutPorts takes the ports that some proxies write, and the brackets around IPv6
// addresses, out of the values of X-Forwarded-For.
func withoutPorts(values []string) {
	for i, value := range values {
		entries := strings.Split(value, ",")
		for j, entry := range entries {
			entry = strings.TrimSpace(entry)
			if address, err := netip.ParseAddrPort(entry); err == nil {
				entry = address.Addr().String()
			}
			entries[j] = strings.Trim(entry, "[]")
		}
		values[i] = strings.Join(entries, ", ")
	}
}
