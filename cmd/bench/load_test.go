package main

import (
	"compress/gzip"
	"context"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"
)

// page answers with a compressed page.
func page(w http.ResponseWriter, body string) {
	w.Header().Set("Content-Encoding", "gzip")
	zip := gzip.NewWriter(w)
	zip.Write([]byte(body))
	zip.Close()
}

func TestLoadCountsAnswers(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	asked := map[string]int{}
	p := serving(t, func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		asked[r.URL.Path]++
		mu.Unlock()
		page(w, r.URL.Path)
	})
	q := &question{name: "q", addresses: []string{"/a", "/b", "/c"}, status: http.StatusOK}
	r, err := load(t.Context(), p, q, pace{3, 30 * time.Millisecond})
	if err != nil || len(r.errors) > 0 {
		t.Fatalf("%v, %v", err, r.errors)
	}
	total := asked["/a"] + asked["/b"] + asked["/c"]
	if total != len(r.latencies) || int64(total) != q.asked.Load() || total < 3*leastAnswers {
		t.Errorf("%d answers were counted, %d given, %d asked for", len(r.latencies), total, q.asked.Load())
	}
	if asked["/a"]-asked["/c"] > 1 || asked["/a"] < asked["/c"] {
		t.Errorf("not in turn: %v", asked)
	}
	if r.bytes == 0 || r.took < 30*time.Millisecond || r.used.allocations <= 0 {
		t.Errorf("%d bytes in %s, %+v", r.bytes, r.took, r.used)
	}
}

func TestWrongAnswersAreNoAnswers(t *testing.T) {
	t.Parallel()
	p := serving(t, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusTeapot) })
	q := &question{addresses: []string{"/"}, status: http.StatusOK}
	r, err := load(t.Context(), p, q, pace{2, time.Hour})
	if err != nil || len(r.latencies) != 0 || len(r.errors) != 2*mostErrors {
		t.Errorf("%d answers, %d errors, %v", len(r.latencies), len(r.errors), err)
	}
	if !strings.Contains(r.errors[0].Error(), "answers 418, not 200") {
		t.Errorf("the error is %v", r.errors[0])
	}
}

func TestLoadEndsWithItsContext(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	p := serving(t, func(w http.ResponseWriter, _ *http.Request) {
		cancel()
		page(w, "page")
	})
	if _, err := load(ctx, p, &question{addresses: []string{"/"}, status: 200}, pace{1, time.Hour}); err == nil {
		t.Error("it went on to its end")
	}
	p.address = "127.0.0.1:1"
	if _, err := load(t.Context(), p, &question{addresses: []string{"/"}}, pace{1, time.Hour}); err == nil {
		t.Error("a server that is not there was asked")
	}
}

func TestAddressesAreNewOnce(t *testing.T) {
	t.Parallel()
	q := &question{addresses: []string{"/a", "/b"}}
	if q.fresh() != 1 {
		t.Errorf("before the first: %v", q.fresh())
	}
	var got []string
	for range 4 {
		got = append(got, q.next())
	}
	if strings.Join(got, "") != "/a/b/a/b" || q.fresh() != 0.5 {
		t.Errorf("%v, %v of them new", got, q.fresh())
	}
}

func TestNothingAskedIsNoResult(t *testing.T) {
	t.Parallel()
	one := task{question: &question{name: "q", addresses: []string{"/"}}, concurrency: 1, missing: true}
	if r := one.result(); r.answers != 0 || !r.missing || r.rate != 0 || r.p50 != 0 {
		t.Errorf("%+v", r)
	}
}
