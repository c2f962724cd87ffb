package lexicon

import (
	"slices"

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

// postings are the texts that have a word, with the zones. Most words are rare, and
// bitmaps take more memory than all their numbers.
type postings struct {
	few  []uint32 // number and zone of each, ascending, behind those of many
	many *[zones]*roaring.Bitmap
}

// A number and a zone share 32 bits.
const (
	zoneBits = 2
	zoneMask = 1<<zoneBits - 1
)

// mostFew is how many numbers are kept as they are.
const mostFew = 64

func (p *postings) add(number uint32, zone Zone) {
	p.few = append(p.few, number<<zoneBits|uint32(zone))
	if len(p.few) == cap(p.few) && len(p.few) >= mostFew {
		p.flush()
	}
}

func (p *postings) flush() {
	if p.many == nil {
		p.many = &[zones]*roaring.Bitmap{}
	}
	for _, one := range p.few {
		zone := one & zoneMask
		if p.many[zone] == nil {
			p.many[zone] = roaring.New()
		}
		p.many[zone].Add(one >> zoneBits)
	}
	p.few = p.few[:0]
}

// finish gives back the memory that only adding needs.
func (p *postings) finish() {
	if p.many == nil {
		p.few = slices.Clip(slices.Clone(p.few))
		return
	}
	p.flush()
	p.few = nil
	for _, set := range p.many {
		if set != nil {
			set.RunOptimize()
		}
	}
}

func (p *postings) count() int {
	count := len(p.few)
	if p.many != nil {
		for _, set := range p.many {
			if set != nil {
				count += int(set.GetCardinality())
			}
		}
	}
	return count
}

// union gathers the texts of several words.
type union struct {
	few  [zones][]uint32
	many [zones][]*roaring.Bitmap
}

func (u *union) add(w *words, n uint32) {
	p := &w.where[n]
	for _, one := range p.few {
		u.few[one&zoneMask] = append(u.few[one&zoneMask], one>>zoneBits)
	}
	if p.many == nil {
		return
	}
	for zone, set := range p.many {
		if set != nil {
			u.many[zone] = append(u.many[zone], set)
		}
	}
}

func (u *union) addAll(w *words, numbers []uint32) {
	for _, n := range numbers {
		u.add(w, n)
	}
}

func (u *union) hits() Hits {
	var h Hits
	for zone := range zones {
		few, many := u.few[zone], u.many[zone]
		switch {
		case len(few) == 0 && len(many) == 1:
			h[zone] = many[0]
		case len(many) > 0:
			h[zone] = roaring.FastOr(many...)
			h[zone].AddMany(few)
		case len(few) > 0:
			h[zone] = roaring.BitmapOf(few...)
		}
	}
	return h
}
