package lexicon_test

import (
	"testing"

	"github.com/RoaringBitmap/roaring/v2"

	"pgregory.net/rapid"

	"exempla/internal/lexicon"
)

func TestHitsTogether(t *testing.T) {
	t.Parallel()
	a := lexicon.Hits{roaring.BitmapOf(1, 2), roaring.BitmapOf(3, 4), roaring.BitmapOf(5, 6, 7)}
	b := lexicon.Hits{roaring.BitmapOf(1, 5), nil, roaring.BitmapOf(2, 3, 6, 8)}
	var none lexicon.Hits
	for name, c := range map[string]struct {
		got  lexicon.Hits
		want string
	}{
		"and":         {a.And(b), "1||2 3 5 6"},
		"led":         {a.And(lexicon.Hits{nil, roaring.BitmapOf(1, 4, 7)}), "|1 4|7"},
		"and none":    {a.And(none), "||"},
		"without":     {a.Without(roaring.BitmapOf(1, 3, 5, 9)), "2|4|6 7"},
		"none left":   {none.Without(roaring.BitmapOf(1)), "||"},
		"or":          {lexicon.Or(a, b), "1 2 5|3 4|6 7 8"},
		"or three":    {lexicon.Or(b, none, lexicon.Hits{nil, roaring.BitmapOf(9)}, a), "1 2 5|3 4 9|6 7 8"},
		"or one":      {lexicon.Or(none, a), "1 2|3 4|5 6 7"},
		"or none":     {lexicon.Or(), "||"},
		"or of empty": {lexicon.Or(none, none), "||"},
	} {
		if got := told(c.got); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
		if c.got.IsEmpty() != (c.want == "||") || c.got.IsEmpty() != c.got.Any().IsEmpty() {
			t.Errorf("%s: empty %t", name, c.got.IsEmpty())
		}
	}
	if got := a.Led().ToArray(); len(got) != 4 || got[3] != 4 {
		t.Errorf("led %v", got)
	}
	if got := a.Any().ToArray(); len(got) != 7 || got[6] != 7 {
		t.Errorf("any %v", got)
	}
}

func drawSet(t *rapid.T) *roaring.Bitmap {
	numbers := rapid.SliceOfN(rapid.Uint32Range(0, 300), 0, 40).Draw(t, "numbers")
	if len(numbers) == 0 && rapid.Bool().Draw(t, "nil") {
		return nil
	}
	set := roaring.BitmapOf(numbers...)
	if rapid.Bool().Draw(t, "long") {
		set.AddRange(200, 280)
		set.RunOptimize()
	}
	return set
}

// Sets are what loops over numbers say, and what is made of hits never changes
// them: indexes lend their own sets.
func TestHitsAreWhatLoopsFind(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		a, b := lexicon.Hits{drawSet(t), drawSet(t), drawSet(t)}, lexicon.Hits{drawSet(t), drawSet(t), drawSet(t)}
		set := roaring.BitmapOf(rapid.SliceOf(rapid.Uint32Range(0, 300)).Draw(t, "set")...)
		beforeA, beforeB, before := told(a), told(b), set.String()
		best := func(h lexicon.Hits, number uint32) int { // the best zone, one more than the last for none
			for zone, set := range h {
				if set != nil && set.Contains(number) {
					return zone
				}
			}
			return len(h)
		}
		or, and, without := lexicon.Or(a, b), a.And(b), a.Without(set)
		for number := range uint32(301) {
			inA, inB := best(a, number), best(b, number)
			left := inA
			if set.Contains(number) {
				left = len(a)
			}
			if best(or, number) != min(inA, inB) || best(and, number) != max(inA, inB) || best(without, number) != left {
				t.Fatalf("%d is in %d and %d: or %d, and %d, without %d", number, inA, inB, best(or, number), best(and, number), best(without, number))
			}
		}
		and.Any().Add(1000)
		or.Led().Add(1000)
		without.Any().Add(1000)
		if told(a) != beforeA || told(b) != beforeB || set.String() != before {
			t.Fatal("the operands have changed")
		}
	})
}
