package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"exempla/internal/link"
	"exempla/internal/practice"
)

// changeResult compares waits of readers with and without practices changing.
type changeResult struct {
	concurrency int
	still, busy latencies // without changes, and with
	updates     int
	unseen      int           // changes that did not appear in time
	shown, last time.Duration // until a change appears: the median, and the longest
}

// latencies sum up how long responses took.
type latencies struct {
	rate           float64
	p50, p99, most time.Duration
}

// How practices change: one at a time, at this interval, for this many rounds.
const (
	changeEvery  = 100 * time.Millisecond
	changeRounds = 8
	showTime     = 5 * time.Second      // a change that has not appeared by then is lost
	lookEvery    = 5 * time.Millisecond // for a change
)

// changeConcurrencies are the numbers of readers.
var changeConcurrencies = []int{1, 4}

// changeResults measures new selections without changes, then while practices change.
func (t *trial) changeResults(ctx context.Context) ([]changeResult, error) {
	top, err := t.top(ctx)
	if err != nil {
		return nil, err
	}
	var all []changeResult
	changed := 0
	for _, concurrency := range changeConcurrencies {
		one := changeResult{concurrency: concurrency}
		p := pace{concurrency, t.Round * changeRounds}
		q := t.fresh()
		calm, err := load(ctx, t.site, q, p)
		if err != nil {
			return nil, err
		}
		c := changeTracker{trial: t, top: top, first: changed, sent: map[int]time.Time{}}
		moved, err := c.during(ctx, func(ctx context.Context) (round, error) { return load(ctx, t.site, q, p) })
		if err != nil {
			return nil, err
		}
		if failed := append(calm.errors, moved.errors...); len(failed) > 0 {
			return nil, failed[0]
		}
		one.still, one.busy = calm.latency(), moved.latency()
		one.updates, one.unseen = c.count-changed, len(c.sent)
		changed = c.count
		one.shown, one.last = middle(c.shown), percentile(slices.Sorted(slices.Values(c.shown)), 1)
		all = append(all, one)
		logf("changes while %d read: done", concurrency)
	}
	return all, t.restore(ctx, top)
}

// fresh is the question of new selections.
func (t *trial) fresh() *question {
	for _, one := range t.tasks {
		if one.question.name == newSelection {
			return one.question
		}
	}
	return &question{name: newSelection, addresses: addresses(mixed()), status: http.StatusOK}
}

func (r round) latency() latencies {
	sorted := slices.Sorted(slices.Values(r.latencies))
	return latencies{float64(len(sorted)) / r.took.Seconds(), percentile(sorted, 0.5), percentile(sorted, 0.99), percentile(sorted, 1)}
}

// onPage finds the practices of a listing; the number at the end of a slug is the
// one that it was generated from.
var onPage = regexp.MustCompile(`href="/en/practices/[a-z0-9-]+-(\d+)["?]`)

// top returns the practices on the first page of the catalogue, where a change
// appears at once.
func (t *trial) top(ctx context.Context) ([]practice.Practice, error) {
	page, err := t.page(ctx)
	if err != nil {
		return nil, err
	}
	var top []practice.Practice
	seen := map[int]bool{}
	for _, found := range onPage.FindAllStringSubmatch(page, -1) {
		number, err := strconv.Atoi(found[1])
		if err == nil && !seen[number] {
			seen[number] = true
			top = append(top, t.catalogue.maker.Practice(number-1))
		}
	}
	if len(top) == 0 {
		return nil, errors.New("no practices on the first page")
	}
	return top, nil
}

// page returns the markup of the catalogue's first page.
func (t *trial) page(ctx context.Context) (string, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+t.site.address+link.Catalogue(tag), nil)
	if err != nil {
		return "", err
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return "", err
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	return string(body), err
}

// restore undoes the changes, for the next run.
func (t *trial) restore(ctx context.Context, top []practice.Practice) error {
	_, err := t.store.Practices.Import(ctx, top, time.Now(), func(int) {})
	return err
}

// changeTracker changes practices one after the other, and records how long each
// change took to appear.
type changeTracker struct {
	*trial
	top   []practice.Practice
	first int // number of the last change before

	sync.Mutex
	count int               // the number of the last change
	sent  map[int]time.Time // when changes were written that have not appeared yet
	shown []time.Duration
}

// during changes practices while something is measured, and returns when every
// change has appeared.
func (c *changeTracker) during(ctx context.Context, measured func(context.Context) (round, error)) (r round, err error) {
	stop, last := make(chan struct{}), make(chan struct{})
	c.count = c.first
	all, ctx := errgroup.WithContext(ctx)
	all.Go(func() error {
		defer close(last)
		return c.change(ctx, stop)
	})
	all.Go(func() error { return c.look(ctx, last) })
	all.Go(func() (err error) {
		defer close(stop)
		r, err = measured(ctx)
		return err
	})
	err = all.Wait()
	return r, err
}

// change writes one practice after the other, as an import does.
func (c *changeTracker) change(ctx context.Context, stop <-chan struct{}) error {
	every := time.NewTicker(changeEvery)
	defer every.Stop()
	for {
		select {
		case <-every.C:
		case <-stop:
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
		number := c.count + 1
		p := c.top[number%len(c.top)]
		p.Texts = slices.Clone(p.Texts)
		for i := range p.Texts {
			p.Texts[i].Title = fmt.Sprintf("Change number %d of %s", number, strings.TrimSpace(p.Texts[i].Title))
		}
		if _, err := c.store.Practices.Import(ctx, []practice.Practice{p}, time.Now(), func(int) {}); err != nil {
			return err
		}
		c.Lock()
		c.count, c.sent[number] = number, time.Now()
		c.Unlock()
	}
}

var changeNumber = regexp.MustCompile(`Change number (\d+) of`)

// look polls the first page until, after the last change, all have appeared or the
// time for that is over.
func (c *changeTracker) look(ctx context.Context, last <-chan struct{}) error {
	every := time.NewTicker(lookEvery)
	defer every.Stop()
	var bound <-chan time.Time
	for {
		select {
		case <-every.C:
		case <-last:
			bound, last = time.After(showTime), nil
		case <-bound:
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
		page, err := c.page(ctx)
		if err != nil {
			return err
		}
		if left := c.see(page, time.Now()); left == 0 && last == nil {
			return nil
		}
	}
}

// see records the changes on a page and returns how many are still missing. A
// practice that has changed again shows its later number, which covers the earlier.
func (c *changeTracker) see(page string, now time.Time) (left int) {
	newest := 0
	for _, found := range changeNumber.FindAllStringSubmatch(page, -1) {
		number, _ := strconv.Atoi(found[1])
		newest = max(newest, number)
	}
	c.Lock()
	defer c.Unlock()
	for number, at := range c.sent {
		if number <= newest {
			c.shown = append(c.shown, now.Sub(at))
			delete(c.sent, number)
		}
	}
	return len(c.sent)
}
