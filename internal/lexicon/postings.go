package lexicon

import (
	"encoding/binary"

	"github.com/RoaringBitmap/roaring/v2"
)

// What texts have a word is written down as bytes: for each text, how much higher
// its number is than that of the one before, and the zone. Most words are in few
// texts, and stay so; bitmaps take more memory than all their numbers.

// A number and a zone share 32 bits.
const (
	zoneBits = 2
	zoneMask = 1<<zoneBits - 1
)

// mostFew is how many texts are kept as bytes; more become bitmaps.
const mostFew = 64

// posting is a text and the zone in which it has a word.
type posting uint32

func (p posting) number() uint32 { return uint32(p >> zoneBits) }
func (p posting) zone() Zone     { return Zone(p & zoneMask) }

// appendPosting adds a text to those with lower numbers, of which the last is given;
// 0 if there is none.
func appendPosting(list []byte, last, number uint32, zone Zone) []byte {
	return binary.AppendUvarint(list, uint64(number-last)<<zoneBits|uint64(zone))
}

// appendPostings reads a list of postings.
func appendPostings(all []posting, list []byte) []posting {
	number := uint32(0)
	for len(list) > 0 {
		n, size := binary.Uvarint(list)
		list = list[size:]
		number += uint32(n >> zoneBits)
		all = append(all, posting(number<<zoneBits|uint32(n&zoneMask)))
	}
	return all
}

// countPostings counts them: each ends with a byte whose highest bit is not set.
func countPostings(list []byte) (count int) {
	for _, b := range list {
		if b < 1<<7 {
			count++
		}
	}
	return count
}

// hitsOf are postings as bitmaps.
func hitsOf(list []posting) Hits {
	var numbers [zones][]uint32
	for _, p := range list {
		numbers[p.zone()] = append(numbers[p.zone()], p.number())
	}
	var h Hits
	for zone, some := range numbers {
		if len(some) > 0 {
			set := roaring.BitmapOf(some...)
			set.RunOptimize()
			h[zone] = set.Clone() // without room for more
		}
	}
	return h
}

// union gathers the texts of several words.
type union struct {
	few  [zones][]uint32
	many [zones][]*roaring.Bitmap
}

func (u *union) add(w *words, n uint32) {
	if int(n) >= len(w.many) {
		number := uint32(0)
		for list := w.fewOf(n); len(list) > 0; {
			one, size := binary.Uvarint(list)
			list = list[size:]
			number += uint32(one >> zoneBits)
			u.few[one&zoneMask] = append(u.few[one&zoneMask], number)
		}
		return
	}
	for zone, set := range w.many[n] {
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
