package respond

import (
	"fmt"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/VictoriaMetrics/metrics"
	"github.com/go-chi/chi/v5"
)

// tookBounds are the buckets of how long answers take, in seconds: from a kept page to
// the longest export.
var tookBounds = []float64{.0001, .00025, .0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 10, 60}

// knownMethods are the methods that are counted by name; a client can invent others.
var knownMethods = []string{http.MethodGet, http.MethodHead, http.MethodPost, http.MethodOptions}

// tally counts what is answered. Routes are counted by their pattern in the routing
// table, so that their number is bounded and no address is kept.
type tally struct {
	set  *metrics.Set
	kept *metrics.Counter

	mu       sync.RWMutex
	answered map[answered]*metrics.Counter
	took     map[string]*metrics.PrometheusHistogram
}

type answered struct {
	route, method string
	status        int
}

func newTally() *tally {
	set := metrics.NewSet()
	return &tally{set: set, kept: set.NewCounter("exempla_kept_pages_total"),
		answered: map[answered]*metrics.Counter{}, took: map[string]*metrics.PrometheusHistogram{}}
}

// add counts an answer.
func (t *tally) add(r *http.Request, status int, took time.Duration) {
	key := answered{"other", r.Method, status} // answered before a route was looked for
	if pattern := chi.RouteContext(r.Context()).RoutePattern(); pattern != "" {
		key.route = pattern
	}
	if !slices.Contains(knownMethods, key.method) {
		key.method = "other"
	}
	t.mu.RLock()
	count, times := t.answered[key], t.took[key.route]
	t.mu.RUnlock()
	if count == nil {
		count, times = t.open(key)
	}
	count.Inc()
	times.Update(took.Seconds())
}

// open begins to count answers of a new kind.
func (t *tally) open(key answered) (*metrics.Counter, *metrics.PrometheusHistogram) {
	t.mu.Lock()
	defer t.mu.Unlock()
	count := t.set.GetOrCreateCounter(fmt.Sprintf(`exempla_http_requests_total{route=%q,method=%q,status="%d"}`, key.route, key.method, key.status))
	times := t.set.GetOrCreatePrometheusHistogramExt(fmt.Sprintf(`exempla_http_request_duration_seconds{route=%q}`, key.route), tookBounds)
	t.answered[key], t.took[key.route] = count, times
	return count, times
}

// Metrics are the counts of what was answered.
func (s *Responder) Metrics() *metrics.Set { return s.tally.set }

// CountSearch counts a search by how its words were read.
func (r *Request) CountSearch(how string) {
	r.responder.tally.set.GetOrCreateCounter(fmt.Sprintf(`exempla_searches_total{read=%q}`, how)).Inc()
}
