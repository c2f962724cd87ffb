package browse

import "sync"

// bounded is a cache of values by key, which is emptied when it is full. It is safe
// for concurrent use.
type bounded[K comparable, V any] struct {
	most int // bytes

	mu   sync.RWMutex
	made map[K]V
	size int // bytes
}

// of returns the value of a key. If it is not there, it is made by a function that
// also says roughly how many bytes it takes.
func (b *bounded[K, V]) of(key K, create func() (V, int)) V {
	b.mu.RLock()
	value, ok := b.made[key]
	b.mu.RUnlock()
	if ok {
		return value
	}
	value, size := create()
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.size += size; b.made == nil || b.size > b.most {
		b.made = map[K]V{}
		b.size = size
	}
	b.made[key] = value
	return value
}
