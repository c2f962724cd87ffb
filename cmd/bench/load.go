package main

import (
	"context"
	"fmt"
	"slices"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"
)

// question is one kind of request.
type question struct {
	name      string
	addresses []string // requested in turn, over and over
	tag       string   // ETag of the page that the reader has already; empty for none
	status    int      // of a good response
	packed    bool     // whether a good response is compressed by itself
	single    bool     // whether one reader asks at a time, as the site sends only some at once
	dressed   bool     // whether the site has a theme meanwhile

	asked  atomic.Int64
	length atomic.Int64 // of every response, where there is one address
}

// next returns the address to request next.
func (q *question) next() string {
	return q.addresses[int(q.asked.Add(1)-1)%len(q.addresses)]
}

// fresh is the share of responses whose address had not been requested before.
func (q *question) fresh() float64 {
	return min(1, float64(len(q.addresses))/float64(max(1, q.asked.Load())))
}

// check returns what is wrong with a response.
func (q *question) check(address string, r reply) error {
	switch {
	case r.status != q.status:
		return fmt.Errorf("%s answers %d, not %d", address, r.status, q.status)
	case q.status == 304:
		return nil
	case r.length == 0:
		return fmt.Errorf("%s is empty", address)
	case !r.zipped && !q.packed && r.length > smallest:
		return fmt.Errorf("%s is not compressed", address)
	case len(q.addresses) == 1 && !q.length.CompareAndSwap(0, int64(r.length)) && q.length.Load() != int64(r.length):
		return fmt.Errorf("%s has %d bytes, then %d", address, q.length.Load(), r.length)
	}
	return nil
}

// smallest is the size in bytes from which a response has to be compressed.
const smallest = 1 << 10

// round is the outcome of one round of requests.
type round struct {
	took      time.Duration
	latencies []time.Duration
	bytes     int64
	errors    []error
	used      usage
}

// Bounds of a round. Where responses are slow it takes longer, so that its figures
// rest on more than one or two.
const (
	leastAnswers = 8 // of each connection
	patience     = 8 * time.Second
	mostErrors   = 5 // of each connection, before it gives up
)

// load sends requests over several connections for the time of a pace.
func load(ctx context.Context, p *process, q *question, pace pace) (round, error) {
	clients := make([]*client, pace.concurrency)
	for i := range clients {
		c, err := dial(p.address)
		if err != nil {
			return round{}, err
		}
		defer c.conn.Close()
		clients[i] = c
	}
	before, err := p.usage(ctx)
	if err != nil {
		return round{}, err
	}
	began := time.Now()
	parts := make([]round, len(clients))
	var all errgroup.Group
	for i, c := range clients {
		all.Go(func() error {
			parts[i] = c.keepAsking(ctx, q, began.Add(pace.duration))
			return nil
		})
	}
	all.Wait()
	whole := round{took: time.Since(began)}
	after, err := p.usage(ctx)
	if err != nil {
		return round{}, err
	}
	whole.used = after.since(before)
	for _, part := range parts {
		whole.latencies = append(whole.latencies, part.latencies...)
		whole.errors = append(whole.errors, part.errors...)
		whole.bytes += part.bytes
	}
	return whole, ctx.Err()
}

// pace is how many readers ask at a time, and for how long.
type pace struct {
	concurrency int
	duration    time.Duration
}

// keepAsking sends requests until the time is over.
func (c *client) keepAsking(ctx context.Context, q *question, until time.Time) (part round) {
	now := time.Now()
	c.conn.SetDeadline(until.Add(2 * patience))
	for ctx.Err() == nil && len(part.errors) < mostErrors {
		if now.After(until) && (len(part.latencies) >= leastAnswers || now.After(until.Add(patience))) {
			break
		}
		address := q.next()
		r, err := c.ask(address, q.tag)
		done := time.Now()
		if err == nil {
			err = q.check(address, r)
		}
		if err != nil {
			part.errors = append(part.errors, err)
		} else {
			part.latencies = append(part.latencies, done.Sub(now))
			part.bytes += int64(r.length)
		}
		now = done
	}
	return part
}

// result sums up all rounds of one question at one concurrency.
type result struct {
	name        string
	concurrency int
	missing     bool    // the server has no such address
	rate        float64 // responses a second, in the median round
	p50, p99    time.Duration
	bytes       int           // of a response
	allocations float64       // of a response
	cpu, sql    time.Duration // of a response: the program, and its Postgres
	answers     int
	fresh       float64 // share of addresses that were new
	errors      []error
}

// add adds a round.
func (t *task) add(r round) { t.rounds = append(t.rounds, r) }

// result sums the rounds up.
func (t *task) result() result {
	sum := result{name: t.question.name, concurrency: t.concurrency, missing: t.missing}
	var rates []float64
	var latencies []time.Duration
	var bytes int64
	var used usage
	for _, r := range t.rounds {
		rates = append(rates, float64(len(r.latencies))/r.took.Seconds())
		latencies = append(latencies, r.latencies...)
		bytes += r.bytes
		used = usage{used.cpu + r.used.cpu, used.sql + r.used.sql, used.allocations + r.used.allocations}
		sum.errors = append(sum.errors, r.errors...)
	}
	if sum.answers = len(latencies); sum.answers == 0 {
		return sum
	}
	slices.Sort(latencies)
	count := time.Duration(sum.answers)
	sum.rate, sum.p50, sum.p99 = middle(rates), percentile(latencies, 0.5), percentile(latencies, 0.99)
	sum.bytes, sum.allocations = int(bytes)/sum.answers, float64(used.allocations)/float64(sum.answers)
	sum.cpu, sum.sql, sum.fresh = used.cpu/count, used.sql/count, t.question.fresh()
	return sum
}
