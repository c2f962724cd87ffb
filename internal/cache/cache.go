// Package cache keeps values that take long to make, within a bound.
package cache

import "sync"

// Bounded has values by key, and is emptied when it is full: what is still in demand
// comes back at once. It is safe for concurrent use, and must not be copied.
type Bounded[K comparable, V any] struct {
	Most int // bytes

	mu   sync.RWMutex
	made map[K]V
	size int // bytes
}

// Of returns the value of a key. If it is not there, it is made by a function that
// also says roughly how many bytes it takes.
func (b *Bounded[K, V]) Of(key K, create func() (V, int)) V {
	b.mu.RLock()
	value, ok := b.made[key]
	b.mu.RUnlock()
	if ok {
		return value
	}
	value, size := create()
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.size += size; b.made == nil || b.size > b.Most {
		b.made = map[K]V{}
		b.size = size
	}
	b.made[key] = value
	return value
}
