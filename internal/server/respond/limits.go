package respond

import (
	"context"
	"fmt"
	"math"
	"net/http"
	"net/netip"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/go-chi/chi/v5/middleware"
	"github.com/go-chi/httprate"

	"exempla/internal/link"
)

// Tries allowed within limitWindow. They let an office of thirty sign in each
// morning from one address, and make guessing passwords hopeless. Every process
// counts for itself.
const (
	limitWindow = 10 * time.Minute

	clientTries  = 60 // wrong passwords from one address; also links opened, and passkey challenges
	accountTries = 10 // wrong passwords for one mail address, whether it has an account or not
	codeTries    = 6  // wrong codes of a second factor for one account
	resetTries   = 5  // resets from one address
	followTries  = 10 // mails about selections asked for from one network address, or for one mail address
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

// Limits are the rate limits of the site.
type Limits struct{ Client, Account, Code, Reset, Enquiry, Follow, pages Limit }

// Limit counts tries by a key, such as the client's address.
type Limit struct {
	*httprate.RateLimiter
	tries  int // within the window
	window time.Duration
}

func newLimits(pages int) Limits {
	limit := func(tries int, window time.Duration) Limit {
		return Limit{httprate.NewRateLimiter(tries, window, httprate.WithResponseHeaders(httprate.ResponseHeaders{})), tries, window}
	}
	return Limits{Client: limit(clientTries, limitWindow), Account: limit(accountTries, limitWindow),
		Code: limit(codeTries, limitWindow), Reset: limit(resetTries, limitWindow),
		Follow: limit(followTries, limitWindow), Enquiry: limit(enquiryTries, enquiryWindow), pages: limit(pages, pageWindow)}
}

// TooOften is the error for too many tries.
type TooOften struct{ Wait time.Duration }

// Error says how long to wait.
func (t TooOften) Error() string { return fmt.Sprintf("too often; again in %s", t.Wait) }

// CountTry counts a try and refuses it if there have been too many. Errors:
// TooOften.
func (r *Request) CountTry(l Limit, key string) error {
	if !l.OnLimit(r.Writer, r.Request, key) {
		return nil
	}
	return r.tooOften(l)
}

// CheckFailures refuses a try if too many have failed. Only CountFailure counts,
// so that people who sign in often are not locked out. Errors: TooOften.
func (r *Request) CheckFailures(l Limit, key string) error {
	_, rate, err := l.Status(key)
	if err != nil || int(math.Round(rate)) < l.tries {
		return err
	}
	return r.tooOften(l)
}

// CountFailure counts a try that has failed.
func (r *Request) CountFailure(l Limit, key string) { l.OnLimit(r.Writer, r.Request, key) }

// tooOften refuses a try, and tells programs when to try again.
func (r *Request) tooOften(l Limit) error {
	r.Writer.Header().Set("Retry-After", strconv.Itoa(int(l.window.Seconds())))
	return TooOften{l.window}
}

// limitPages refuses an uncached page to a stranger who has asked for too many.
// Only programs that walk through all selections get that far. Pages without a
// query are never refused, because there are few of them; suggestions do not
// count, because every letter that is typed asks for some.
func (s *Responder) limitPages(r *Request) error {
	if s.PageLimit == 0 || r.URL.RawQuery == "" || !r.Viewer().Stranger() || r.URL.Path == link.Suggest(r.Tag()) {
		return nil
	}
	return r.CountTry(s.Limits.pages, r.Client())
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
