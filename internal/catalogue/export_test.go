package catalogue

import "slices"

// HitsOf makes hits out of numbers, as tests write down what words find. Numbers
// that are not in the index are passed over, and so are those of an earlier tier.
func (x *Index) HitsOf(tiers [][]int64, excluded []int64) Hits {
	var h Hits
	seen := map[int64]bool{}
	for _, numbers := range tiers {
		fresh := slices.DeleteFunc(slices.Clone(numbers), func(number int64) bool { return seen[number] })
		if t := x.tierOf(fresh); len(t[0])+len(t[1]) > 0 {
			h.tiers = append(h.tiers, t)
		}
		for _, number := range numbers {
			seen[number] = true
		}
	}
	h.excluded = x.tierOf(excluded)
	return h
}

func (x *Index) tierOf(numbers []int64) (t tier) {
	for _, number := range numbers {
		if s, ok := x.spot(number); ok {
			side := 0
			if s.overlay {
				side = 1
			}
			t[side] = append(t[side], uint32(s.at))
		}
	}
	slices.Sort(t[0])
	slices.Sort(t[1])
	return t
}

// WithoutCities is the selection without the terms that name a city, as it is
// asked for in places near.
func (s Selection) WithoutCities(hits Hits) Selection { return s.withoutCities(hits) }
