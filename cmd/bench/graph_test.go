package main

import (
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"
)

// waits is a report in which one reader waits for a listing asked before.
func waits(of map[int]time.Duration, sizes ...int) report {
	var r report
	for _, size := range sizes {
		one := measurement{size: size}
		if wait, ok := of[size]; ok {
			one.results = []result{{name: keptListing, concurrency: alone, p50: wait, answers: 1}}
		}
		r.sizes = append(r.sizes, one)
	}
	return r
}

func TestScalesAreLogarithmic(t *testing.T) {
	t.Parallel()
	s := waits(map[int]time.Duration{1_000: 20 * time.Microsecond, 100_000: 700 * time.Microsecond}, 1_000, 10_000, 100_000).scale()
	if want := (scale{3, 5, 1, 3}); s != want {
		t.Fatalf("the scale is %+v, not %+v", s, want)
	}
	first, middle, last := s.at(1_000, 10*time.Microsecond), s.at(10_000, 100*time.Microsecond), s.at(100_000, time.Millisecond)
	if first != (point{left, graphHeight - bottom}) || last != (point{graphWidth - right, above}) {
		t.Errorf("the corners are at %v and %v", first, last)
	}
	if middle != (point{(first.x + last.x) / 2, (first.y + last.y) / 2}) {
		t.Errorf("ten times as much is at %v between %v and %v", middle, first, last)
	}
}

func TestGraphHasAPointForEachFigure(t *testing.T) {
	t.Parallel()
	r := waits(map[int]time.Duration{1_000: 20 * time.Microsecond, 100_000: time.Millisecond}, 1_000, 10_000, 100_000)
	graph := r.graph()
	if n := strings.Count(graph, "<circle"); n != 2 {
		t.Errorf("%d points for two figures", n)
	}
	if n := strings.Count(graph, "<polyline"); n != 1 {
		t.Errorf("%d lines for one question", n)
	}
	for _, label := range []string{">1,000<", ">10,000<", ">100,000<", ">10µs<", ">100µs<", ">1ms<", ">practices<", ">" + keptListing + "<"} {
		if !strings.Contains(graph, label) {
			t.Errorf("no %s in %s", label, graph)
		}
	}
}

func TestLabelsOfAGraphDoNotOverlap(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	write(&b, []label{{"low", "a", point{10, 300}, 300}, {"high <&>", "b", point{10, 100}, 100}, {"near", "c", point{10, 101}, 101}, {"between", "d", point{10, 105}, 105}})
	var names []string
	last := 0.0
	for _, found := range regexp.MustCompile(`y="([\d.]+)">([^<]*)</text>`).FindAllStringSubmatch(b.String(), -1) {
		y, err := strconv.ParseFloat(found[1], 64)
		if err != nil {
			t.Fatal(err)
		}
		if y-last < labelHeight {
			t.Errorf("%s stands at %v, too near to %v", found[2], y, last)
		}
		last = y
		names = append(names, found[2])
	}
	if got := strings.Join(names, ", "); got != "high &lt;&amp;&gt;, near, between, low" {
		t.Errorf("from above to below: %s", got)
	}
}
