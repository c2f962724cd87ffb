package catalogue

import (
	"math/bits"
	"sync"
)

// set is a bit set of positions in a segment. All sets of one segment have the
// same length. With one for each facet value a million practices are counted in
// 0.6 ms; scanning columns took 7.
type set []uint64

func newSet(size int) set { return make(set, (size+63)/64) }

func (s set) add(at int)      { s[at/64] |= 1 << (at % 64) }
func (s set) remove(at int)   { s[at/64] &^= 1 << (at % 64) }
func (s set) has(at int) bool { return s[at/64]&(1<<(at%64)) != 0 }

func (s set) union(other set) {
	for i, word := range other {
		s[i] |= word
	}
}

// intersect keeps only the members of another set; nil stands for everything.
func (s set) intersect(other set) {
	for i, word := range other {
		s[i] &= word
	}
}

// subtract removes the members of another set.
func (s set) subtract(other set) {
	for i, word := range other {
		s[i] &^= word
	}
}

func (s set) count() int {
	total := 0
	for _, word := range s {
		total += bits.OnesCount64(word)
	}
	return total
}

// common counts the members that both sets have. Answers spend most of their
// time here, hence four words at once.
func (s set) common(other set) int {
	total := 0
	a, b := s, other[:len(s)]
	for len(a) >= 4 && len(b) >= 4 {
		total += bits.OnesCount64(a[0]&b[0]) + bits.OnesCount64(a[1]&b[1]) +
			bits.OnesCount64(a[2]&b[2]) + bits.OnesCount64(a[3]&b[3])
		a, b = a[4:], b[4:]
	}
	for i, word := range a {
		total += bits.OnesCount64(word & b[i])
	}
	return total
}

// few lists the members if there are at most so many; nil if there are more, or
// none.
func (s set) few(most int) []uint32 {
	count := s.count()
	if count > most || count == 0 {
		return nil
	}
	members := make([]uint32, 0, count)
	for at := s.next(0); at >= 0; at = s.next(at + 1) {
		members = append(members, uint32(at))
	}
	return members
}

// among counts how many of the positions are members.
func (s set) among(positions []uint32) int {
	total := 0
	for _, at := range positions {
		total += int(s[at/64] >> (at % 64) & 1)
	}
	return total
}

// between counts the members in [from, to).
func (s set) between(from, to int) int {
	if from >= to {
		return 0
	}
	first, last := from/64, (to-1)/64
	if first == last {
		return bits.OnesCount64(s[first] & bitsFrom(from, to))
	}
	return bits.OnesCount64(s[first]&bitsFrom(from, from|63+1)) + s[first+1:last].count() +
		bits.OnesCount64(s[last]&bitsFrom(last*64, to))
}

// bitsFrom is a mask of the bits of [from, to), which lie in one word.
func bitsFrom(from, to int) uint64 {
	return ^uint64(0) << (from % 64) & (^uint64(0) >> (63 - (to-1)%64))
}

// next is the first member that is not before from; -1 if there is none.
func (s set) next(from int) int {
	if from >= len(s)*64 {
		return -1
	}
	word := s[from/64] >> (from % 64) << (from % 64)
	for i := from / 64; ; word = s[i] {
		if word != 0 {
			return i*64 + bits.TrailingZeros64(word)
		}
		if i++; i == len(s) {
			return -1
		}
	}
}

// everything is the set of all positions below size.
func everything(size int) set {
	s := newSet(size)
	for i := range s {
		s[i] = ^uint64(0)
	}
	if rest := size % 64; rest > 0 {
		s[len(s)-1] = 1<<rest - 1
	}
	return s
}

// scratch is a pool of sets of one length: at a million practices each is
// 125 kB, and an answer needs several.
type scratch struct{ pool sync.Pool }

func newScratch(size int) *scratch {
	return &scratch{sync.Pool{New: func() any { s := newSet(size); return &s }}}
}

// loan is what one answer has borrowed from a pool.
type loan struct {
	from *scratch
	sets []*set
}

// copy borrows a set and copies s into it.
func (l *loan) copy(s set) set {
	lent := l.from.pool.Get().(*set)
	l.sets = append(l.sets, lent)
	copy(*lent, s)
	return *lent
}

// empty borrows a set without members.
func (l *loan) empty() set {
	s := l.copy(nil)
	clear(s)
	return s
}

// end returns all that was borrowed.
func (l *loan) end() {
	for _, s := range l.sets {
		l.from.pool.Put(s)
	}
	l.sets = nil
}
