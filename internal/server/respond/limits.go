package respond

import (
	"fmt"
	"math"
	"net/http"
	"strconv"
	"time"

	"github.com/go-chi/chi/v5/middleware"
	"github.com/go-chi/httprate"

	"exempla/internal/link"
)

// How often something may be tried within the window, by one address and for
// one account. An office of thirty behind one address still signs in each
// morning; who guesses passwords gets nowhere. Each program counts for itself.
const (
	limitWindow = 10 * time.Minute

	clientTries  = 60 // wrong passwords from one address; likewise links looked at, and passkeys asked for
	accountTries = 10 // wrong passwords for one mail address, whether it has an account or not
	codeTries    = 6  // wrong codes of a second factor for one account
	resetTries   = 5  // resets from one address
)

// pageWindow is the time for which pages are counted that a stranger asks for
// and that have to be made: selections and searches that are not kept. How many
// of them one address may have is a setting.
const pageWindow = time.Minute

// Limits count what people try.
type Limits struct{ Client, Account, Code, Reset, pages Limit }

// Limit counts the tries of everyone, by a key.
type Limit struct {
	*httprate.RateLimiter
	tries  int // within the window
	window time.Duration
}

func newLimits(pages int) Limits {
	counting := func(tries int, window time.Duration) Limit {
		return Limit{httprate.NewRateLimiter(tries, window, httprate.WithResponseHeaders(httprate.ResponseHeaders{})), tries, window}
	}
	return Limits{Client: counting(clientTries, limitWindow), Account: counting(accountTries, limitWindow),
		Code: counting(codeTries, limitWindow), Reset: counting(resetTries, limitWindow), pages: counting(pages, pageWindow)}
}

// TooOften is the error of who has tried too often.
type TooOften struct{ Wait time.Duration }

// Error says how long to wait.
func (t TooOften) Error() string { return fmt.Sprintf("too often; again in %s", t.Wait) }

// Counted counts a try and refuses it if there have been too many. Errors:
// TooOften.
func (r *Request) Counted(l Limit, key string) error {
	if !l.OnLimit(r.Writer, r.Request, key) {
		return nil
	}
	return r.refused(l)
}

// Spent refuses a try if too many have failed. Successes are not counted, so
// that nobody is locked out by coming often; Failed counts. Errors: TooOften.
func (r *Request) Spent(l Limit, key string) error {
	_, rate, err := l.Status(key)
	if err != nil || int(math.Round(rate)) < l.tries {
		return err
	}
	return r.refused(l)
}

// Failed counts a try that has failed.
func (r *Request) Failed(l Limit, key string) { l.OnLimit(r.Writer, r.Request, key) }

// refused says when to try again.
func (r *Request) refused(l Limit) error {
	r.Writer.Header().Set("Retry-After", strconv.Itoa(int(l.window.Seconds())))
	return TooOften{l.window}
}

// paced refuses a page that has to be made for a stranger who has asked for very
// many of them. Programs that walk through all selections meet it, people do not;
// pages without a query are never refused, for there are few of them, and
// suggestions do not count, for there is one with every letter that is typed.
func (s *Responder) paced(r *Request) error {
	if s.PageLimit == 0 || r.URL.RawQuery == "" || !r.Viewer().Stranger() || r.URL.Path == link.Suggest(r.Tag()) {
		return nil
	}
	return r.Counted(s.Limits.pages, r.Client())
}

// Client is the network from which a request comes, as far as that is known for
// sure.
func (r *Request) Client() string {
	return httprate.CanonicalizeIP(middleware.GetClientIP(r.Context()))
}

// FromClient puts the client's address into reach of the limits. Headers in
// which a client may write what it likes count only from our own proxies.
func (s *Responder) FromClient(next http.Handler) http.Handler {
	if s.Proxies > 0 {
		return middleware.ClientIPFromXFFTrustedProxies(s.Proxies)(next)
	}
	return middleware.ClientIPFromRemoteAddr(next)
}
