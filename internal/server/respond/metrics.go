package respond

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"
	"sync"
	"sync/atomic"
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
	took     map[string]*spent
}

type answered struct {
	route, method string
	status        int
}

func newTally() *tally {
	set := metrics.NewSet()
	return &tally{set: set, kept: set.NewCounter("exempla_kept_pages_total"),
		answered: map[answered]*metrics.Counter{}, took: map[string]*spent{}}
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
	times.add(took)
}

// open begins to count answers of a new kind.
func (t *tally) open(key answered) (*metrics.Counter, *spent) {
	t.mu.Lock()
	defer t.mu.Unlock()
	count := t.set.GetOrCreateCounter(fmt.Sprintf(`exempla_http_requests_total{route=%q,method=%q,status="%d"}`, key.route, key.method, key.status))
	times := t.took[key.route]
	if times == nil {
		times = &spent{metric: t.set.GetOrCreatePrometheusHistogramExt(fmt.Sprintf(`exempla_http_request_duration_seconds{route=%q}`, key.route), tookBounds)}
	}
	t.answered[key], t.took[key.route] = count, times
	return count, times
}

// spent is how long answers of a route took.
type spent struct {
	metric             *metrics.PrometheusHistogram
	times, total, most atomic.Int64 // the latter two in nanoseconds
}

func (s *spent) add(took time.Duration) {
	s.metric.Update(took.Seconds())
	s.times.Add(1)
	s.total.Add(int64(took))
	for most := s.most.Load(); int64(took) > most && !s.most.CompareAndSwap(most, int64(took)); {
		most = s.most.Load()
	}
}

// RouteTime is how long answers of a route took since the program started.
type RouteTime struct {
	Pattern string // of the routing table
	Times   int
	Mean    time.Duration
	Most    time.Duration
}

// SlowestRoutes returns that many routes at most, the slowest on average first.
func (r *Request) SlowestRoutes(most int) []RouteTime {
	t := r.responder.tally
	t.mu.RLock()
	list := make([]RouteTime, 0, len(t.took))
	for pattern, s := range t.took {
		if times := s.times.Load(); times > 0 {
			list = append(list, RouteTime{pattern, int(times), time.Duration(s.total.Load() / times), time.Duration(s.most.Load())})
		}
	}
	t.mu.RUnlock()
	slices.SortFunc(list, func(a, b RouteTime) int {
		return cmp.Or(cmp.Compare(b.Mean, a.Mean), cmp.Compare(a.Pattern, b.Pattern))
	})
	return list[:min(most, len(list))]
}

// Metrics are the counts of what was answered.
func (s *Responder) Metrics() *metrics.Set { return s.tally.set }

// CountSearch counts a search by how its words were read.
func (r *Request) CountSearch(how string) {
	r.responder.tally.set.GetOrCreateCounter(fmt.Sprintf(`exempla_searches_total{read=%q}`, how)).Inc()
}
