package main

import (
	"cmp"
	"math"
	"slices"
)

// percentile is the nearest-rank percentile of sorted values, for a share from 0 to
// 1: a value that really occurred, never one in between. Of no values it is zero.
func percentile[T cmp.Ordered](sorted []T, share float64) T {
	var none T
	if len(sorted) == 0 {
		return none
	}
	at := int(math.Ceil(share*float64(len(sorted)))) - 1
	return sorted[min(max(at, 0), len(sorted)-1)]
}

// middle is the median, which one disturbed round cannot move.
func middle[T cmp.Ordered](values []T) T {
	return percentile(slices.Sorted(slices.Values(values)), 0.5)
}

// ratio divides one figure by another; ok is false where either is missing.
func ratio(of, to float64) (r float64, ok bool) {
	if of == 0 || to == 0 {
		return 0, false
	}
	return of / to, true
}
