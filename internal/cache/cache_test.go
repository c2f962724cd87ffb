package cache_test

import (
	"testing"

	"exempla/internal/cache"
)

// What is kept is made once, and a full cache makes room.
func TestBounded(t *testing.T) {
	t.Parallel()
	kept := cache.Bounded[int, int]{Most: 10}
	made := 0
	ask := func(key int) {
		if got := kept.Of(key, func() (int, int) { made++; return key * key, 4 }); got != key*key {
			t.Errorf("%d is kept as %d", key, got)
		}
	}
	ask(1)
	ask(2)
	ask(1)
	if made != 2 {
		t.Errorf("two values were made %d times", made)
	}
	ask(3) // is too much together with the others
	ask(3)
	ask(1)
	if made != 4 {
		t.Errorf("made %d times where four were enough", made)
	}
}
