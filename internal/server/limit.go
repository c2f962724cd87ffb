package server

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
// and that have to be made: selections and searches that nobody has just asked
// for. How many of them one address may have is a setting.
const pageWindow = time.Minute

// limits count what people try.
type limits struct{ client, account, code, reset, pages limit }

// limit counts the tries of everybody.
type limit struct {
	*httprate.RateLimiter
	tries  int // within the window
	window time.Duration
}

func (s *Server) newLimits() limits {
	counting := func(tries int, window time.Duration) limit {
		return limit{httprate.NewRateLimiter(tries, window, httprate.WithResponseHeaders(httprate.ResponseHeaders{})), tries, window}
	}
	return limits{counting(clientTries, limitWindow), counting(accountTries, limitWindow), counting(codeTries, limitWindow),
		counting(resetTries, limitWindow), counting(s.PageLimit, pageWindow)}
}

// tooOften is the error of somebody who has tried too often.
type tooOften struct{ wait time.Duration }

// Error says how long to wait.
func (t tooOften) Error() string { return fmt.Sprintf("too often; again in %s", t.wait) }

// counted counts a try and refuses it when there have been too many.
func (v *visit) counted(l limit, key string) error {
	if !l.OnLimit(v.w, v.r, key) {
		return nil
	}
	return v.refused(l)
}

// spent refuses a try when too many have failed. Who gets in is not counted, so
// that nobody is locked out by coming often; failed counts.
func (v *visit) spent(l limit, key string) error {
	_, rate, err := l.Status(key)
	if err != nil || int(math.Round(rate)) < l.tries {
		return err
	}
	return v.refused(l)
}

// failed counts a try that has failed.
func (v *visit) failed(l limit, key string) { l.OnLimit(v.w, v.r, key) }

// refused says when to try again.
func (v *visit) refused(l limit) error {
	v.w.Header().Set("Retry-After", strconv.Itoa(int(l.window.Seconds())))
	return tooOften{l.window}
}

// paced refuses a page that has to be made for a stranger who has asked for very
// many of them. Programs that walk through all selections meet it, people do not;
// pages without a query are never refused, for there are few of them, and
// suggestions do not count, for there is one with every letter that is typed.
func (s *Server) paced(v *visit) error {
	if s.PageLimit == 0 || v.r.URL.RawQuery == "" || !v.viewer().Stranger() || v.r.URL.Path == link.Suggest(v.l.Tag()) {
		return nil
	}
	return v.counted(s.limits.pages, v.client())
}

// client is the network from which a request comes, as far as it is to be
// believed.
func (v *visit) client() string {
	return httprate.CanonicalizeIP(middleware.GetClientIP(v.r.Context()))
}

// fromClient puts the sender's address into reach of the limits. Headers in
// which a sender may write what it likes count only from our own proxies.
func (s *Server) fromClient(next http.Handler) http.Handler {
	if s.Proxies > 0 {
		return middleware.ClientIPFromXFFTrustedProxies(s.Proxies)(next)
	}
	return middleware.ClientIPFromRemoteAddr(next)
}
