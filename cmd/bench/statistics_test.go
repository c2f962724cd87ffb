package main

import (
	"slices"
	"testing"
	"time"
)

func TestPercentilesAreValuesThatOccurred(t *testing.T) {
	t.Parallel()
	hundred := make([]int, 100)
	for i := range hundred {
		hundred[i] = i + 1
	}
	for _, c := range []struct {
		sorted []int
		share  float64
		want   int
	}{
		{nil, 0.5, 0}, {[]int{7}, 0.5, 7}, {[]int{7}, 0.99, 7}, {[]int{1, 9}, 0.5, 1}, {[]int{1, 2, 9}, 0.5, 2}, {[]int{1, 2, 9}, 0.99, 9},
		{hundred, 0, 1}, {hundred, 0.5, 50}, {hundred, 0.99, 99}, {hundred, 0.991, 100}, {hundred, 1, 100},
	} {
		if got := percentile(c.sorted, c.share); got != c.want {
			t.Errorf("%v of %v is %d, not %d", c.share, c.sorted, got, c.want)
		}
	}
	values := []int{9, 1, 5}
	if got := middle(values); got != 5 || !slices.Equal(values, []int{9, 1, 5}) {
		t.Errorf("the middle is %d of %v", got, values)
	}
}

func TestRatioNeedsBothSides(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		of, to, want float64
		ok           bool
	}{{3, 4, 0.75, true}, {0, 4, 0, false}, {3, 0, 0, false}} {
		if got, ok := ratio(c.of, c.to); got != c.want || ok != c.ok {
			t.Errorf("%v to %v is %v, %v", c.of, c.to, got, ok)
		}
	}
}

// The rate is that of the middle round, so that one disturbed round changes
// nothing; percentiles are over all answers, so that they hide none.
func TestRoundsComeTogether(t *testing.T) {
	t.Parallel()
	one := task{question: &question{name: "q", addresses: []string{"/"}}, concurrency: 16}
	one.question.asked.Store(9)
	for _, took := range []time.Duration{time.Second, 3 * time.Second, 90 * time.Second} {
		one.add(round{took: took, bytes: 3_000, latencies: []time.Duration{1, 2, 900}, used: usage{cpu: 9 * time.Millisecond, sql: 3 * time.Millisecond, allocations: 60}})
	}
	got := one.result()
	want := result{name: "q", concurrency: 16, rate: 1, p50: 2, p99: 900, bytes: 1_000, allocations: 20, cpu: 3 * time.Millisecond,
		sql: time.Millisecond, answers: 9, fresh: 1.0 / 9}
	if got.errors != nil || got.rate != want.rate || got.p50 != want.p50 || got.p99 != want.p99 || got.bytes != want.bytes ||
		got.allocations != want.allocations || got.cpu != want.cpu || got.sql != want.sql || got.answers != want.answers || got.fresh != want.fresh {
		t.Errorf("%+v\nwant %+v", got, want)
	}
}

func TestProcessFigures(t *testing.T) {
	t.Parallel()
	const line = "42 (post gres) 1) S 7 42 42 0 -1 4194560 1000 0 0 0 150 50 30 20 20 0 1 0 100 0 0"
	got, err := parseStat([]byte(line))
	if want := (stat{parent: 7, cpu: 2 * time.Second, waited: 500 * time.Millisecond, command: "post gres) 1"}); err != nil || got != want {
		t.Errorf("%+v, %v", got, err)
	}
	for _, broken := range []string{"", "42", "42 (x) S 7"} {
		if _, err := parseStat([]byte(broken)); err == nil {
			t.Errorf("%q was read", broken)
		}
	}
	if n, err := figure("VmPeak:  9 kB\nVmRSS:\t 17 kB\n", "VmRSS:"); n != 17 || err != nil {
		t.Errorf("%d, %v", n, err)
	}
	if _, err := figure("VmRSS: 1", "VmHWM:"); err == nil {
		t.Error("a figure that is not there was read")
	}
}

func TestAnswersAreChecked(t *testing.T) {
	t.Parallel()
	q := &question{addresses: []string{"/"}, status: 200}
	good := reply{status: 200, length: 5_000, zipped: true}
	for name, c := range map[string]struct {
		reply reply
		ok    bool
	}{
		"good": {good, true}, "error": {reply{status: 500, length: 5_000, zipped: true}, false}, "empty": {reply{status: 200, zipped: true}, false},
		"plain": {reply{status: 200, length: 5_000}, false}, "another length": {reply{status: 200, length: 5_001, zipped: true}, false},
	} {
		q.length.Store(5_000)
		if err := q.check("/", c.reply); (err == nil) != c.ok {
			t.Errorf("%s: %v", name, err)
		}
	}
	tagged := &question{addresses: []string{"/"}, status: 304}
	if err := tagged.check("/", reply{status: 304}); err != nil {
		t.Error(err)
	}
}
