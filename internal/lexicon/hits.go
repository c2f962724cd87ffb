package lexicon

import (
	"github.com/RoaringBitmap/roaring/v2"
)

// Zone is where in a text a word stands.
type Zone int

// The zones of a text, the one that says most first.
const (
	Title Zone = iota
	Lead       // the summary
	Rest       // everything else
	zones
)

// Hits are the numbers of texts that have something, by zones: every text counts
// in the best zone in which it was found, and may stand in a later one, too. A
// nil set is empty. The zero value has none.
type Hits [zones]*roaring.Bitmap

// Any is the set of all texts that were found.
func (h Hits) Any() *roaring.Bitmap { return h.within(Rest) }

// Led is the set of texts that have it in title or summary.
func (h Hits) Led() *roaring.Bitmap { return h.within(Lead) }

// within is the set of texts found in a zone or a better one.
func (h Hits) within(last Zone) *roaring.Bitmap {
	var some []*roaring.Bitmap
	for _, set := range h[:last+1] {
		if set != nil {
			some = append(some, set)
		}
	}
	return roaring.FastOr(some...)
}

// IsEmpty reports whether nothing was found.
func (h Hits) IsEmpty() bool {
	for _, set := range h {
		if set != nil && !set.IsEmpty() {
			return false
		}
	}
	return true
}

// And returns the texts that have both: in the title if both stand there, in
// title and summary together, or anywhere.
func (h Hits) And(other Hits) Hits {
	var both Hits
	for zone := range zones {
		both[zone] = roaring.And(h.within(zone), other.within(zone))
	}
	return both
}

// Without returns the texts that are not in a set.
func (h Hits) Without(set *roaring.Bitmap) Hits {
	var rest Hits
	for zone := range zones {
		if h[zone] != nil {
			rest[zone] = roaring.AndNot(h[zone], set)
		}
	}
	return rest
}

// Or returns the texts that have either.
func Or(list ...Hits) Hits {
	var either Hits
	for zone := range zones {
		var some []*roaring.Bitmap
		for _, h := range list {
			if h[zone] != nil {
				some = append(some, h[zone])
			}
		}
		switch len(some) {
		case 0:
		case 1:
			either[zone] = some[0]
		default:
			either[zone] = roaring.FastOr(some...)
		}
	}
	return either
}
