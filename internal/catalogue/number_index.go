package catalogue

// numberIndex finds the position of a practice in a segment by its number. The
// numbers are consecutive, so a slice suits a segment that has most of them; a
// few scattered ones go into a map.
type numberIndex struct {
	first  int64
	dense  []uint32 // position + 1 by number - first; 0 if there is none
	sparse map[int64]uint32
}

// spread is how many elements of the slice each practice may take before a map
// is smaller.
const spread = 8

func newNumberIndex(c *records, pace pace) numberIndex {
	size := len(c.at)
	if size == 0 {
		return numberIndex{}
	}
	numbers := make([]int64, size)
	first, last := c.record(0).number(), c.record(0).number()
	for at := range numbers {
		pace(at)
		numbers[at] = c.record(at).number()
		first, last = min(first, numbers[at]), max(last, numbers[at])
	}
	p := numberIndex{first: first}
	if last-first < int64(size)*spread {
		p.dense = make([]uint32, last-first+1)
		for at, number := range numbers {
			p.dense[number-first] = uint32(at + 1)
		}
		return p
	}
	p.sparse = make(map[int64]uint32, size)
	for at, number := range numbers {
		p.sparse[number] = uint32(at + 1)
	}
	return p
}

// of returns the position of a number.
func (p *numberIndex) of(number int64) (at int, ok bool) {
	if p.sparse != nil {
		at := p.sparse[number]
		return int(at) - 1, at > 0
	}
	if place := uint64(number - p.first); place < uint64(len(p.dense)) {
		at := p.dense[place]
		return int(at) - 1, at > 0
	}
	return 0, false
}
