package lexicon

import (
	"cmp"
	"hash/maphash"
	"slices"
	"strings"
)

// texts are strings one after another. Each as a string of its own would take twice
// the memory, and have the garbage collector visit it.
type texts struct {
	letters *strings.Builder // nil as long as there are none
	ends    []uint32         // by number: where each ends
}

func (t *texts) size() int { return len(t.ends) }

func (t *texts) at(n uint32) string {
	from := uint32(0)
	if n > 0 {
		from = t.ends[n-1]
	}
	return t.letters.String()[from:t.ends[n]]
}

func (t *texts) append(s string) {
	if t.letters == nil {
		t.letters = &strings.Builder{}
	}
	t.letters.WriteString(s)
	t.ends = append(t.ends, uint32(t.letters.Len()))
}

// table numbers different strings in the order in which they come. Its zero value has
// none. It takes a third of the memory of a map.
type table struct {
	texts
	slots []uint32 // one more than the number of the string with a hash; 0 where there is none
}

// seed makes hashes of strings; they need not be the same in another process.
var seed = maphash.MakeSeed()

const leastSlots = 16

// number finds the number of a string.
func (t *table) number(s string) (n uint32, ok bool) {
	if len(t.slots) == 0 {
		return 0, false
	}
	n = t.slots[t.slot(s)]
	return n - 1, n > 0
}

// slot is where the number of a string stands, or would.
func (t *table) slot(s string) int {
	mask := len(t.slots) - 1
	at := int(maphash.String(seed, s)) & mask
	for t.slots[at] != 0 && t.at(t.slots[at]-1) != s {
		at = (at + 1) & mask
	}
	return at
}

// add returns the number of a string, which it gets if it is new.
func (t *table) add(s string) (n uint32, isNew bool) {
	if 4*t.size() >= 3*len(t.slots) {
		t.spread(max(leastSlots, 2*len(t.slots)))
	}
	at := t.slot(s)
	if t.slots[at] != 0 {
		return t.slots[at] - 1, false
	}
	t.append(s)
	t.slots[at] = uint32(t.size())
	return uint32(t.size() - 1), true
}

// sized is an empty table with room for exactly the strings of another.
func sized(other *table) table {
	if other.size() == 0 {
		return table{}
	}
	t := table{texts{&strings.Builder{}, make([]uint32, 0, other.size())}, make([]uint32, len(other.slots))}
	t.letters.Grow(other.letters.Len())
	return t
}

// spread gives the table so many slots, a power of two.
func (t *table) spread(count int) {
	t.slots = make([]uint32, count)
	for n := range t.size() {
		t.slots[t.slot(t.at(uint32(n)))] = uint32(n + 1)
	}
}

// groups are numbers by keys.
type groups struct {
	keys    table
	starts  []uint32 // by key: where its numbers begin
	numbers []uint32
}

// member is a number in the group of a key.
type member struct{ key, number uint32 }

// grouped makes groups of members, which it sorts.
func grouped(keys *table, members []member) groups {
	slices.SortFunc(members, func(a, b member) int { return cmp.Or(cmp.Compare(a.key, b.key), cmp.Compare(a.number, b.number)) })
	members = slices.Compact(members)
	g := groups{sized(keys), make([]uint32, 0, keys.size()+1), make([]uint32, 0, len(members))}
	for _, m := range members {
		if int(m.key) == len(g.starts) {
			g.keys.add(keys.at(m.key))
			g.starts = append(g.starts, uint32(len(g.numbers)))
		}
		g.numbers = append(g.numbers, m.number)
	}
	g.starts = append(g.starts, uint32(len(g.numbers)))
	return g
}

// of lists the numbers of a key.
func (g *groups) of(key string) []uint32 {
	n, ok := g.keys.number(key)
	if !ok {
		return nil
	}
	return g.numbers[g.starts[n]:g.starts[n+1]]
}
