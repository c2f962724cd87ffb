package catalogue

import (
	"iter"
	"sync"
	"time"

	"exempla/internal/practice"
)

// Segment is an immutable batch of practices. What is derived from all of them,
// such as suggested words, is computed once a segment and kept as long as the
// index has the same pointer.
type Segment struct {
	records              // newest first, then by slug
	numbers  numberIndex // of numbers
	postings [facetCount]postingLists
	whole    set       // all positions
	scratch  *scratch  // sets of this length
	orders   *sync.Map // orderKey → *segmentOrder, made on first use
	words    *segmentWords
}

// newSegment makes a segment of records that are sorted already.
func newSegment(c records, today time.Time, pace pace) *Segment {
	return &Segment{records: c, numbers: newNumberIndex(&c, pace), postings: c.postings(today, pace, Facets...),
		whole: everything(len(c.at)), scratch: newScratch(len(c.at)), orders: &sync.Map{}, words: newSegmentWords()}
}

// on is the same segment as of another day.
func (s *Segment) on(today time.Time) *Segment {
	seen := *s
	daily := dailyFacets()
	postings := s.records.postings(today, gently, daily...)
	for _, f := range daily {
		seen.postings[f] = postings[f]
	}
	return &seen
}

// Size is the number of practices in the segment, including those that the index
// shows in a newer state or no longer.
func (s *Segment) Size() int { return len(s.at) }

// Bytes is about how much memory practices and the sets of their facets take. The words of
// their texts, which are read later and by parts, are not in it.
func (s *Segment) Bytes() int {
	const address, number = 8, 4 // of a record, and of a member of a list
	bytes := address * len(s.at)
	for _, chunk := range s.chunks {
		bytes += len(chunk)
	}
	for _, p := range s.postings {
		for i := range p.keys {
			bytes += address*len(p.sets[i]) + number*len(p.few[i])
		}
		for _, rare := range p.rare {
			bytes += number * len(rare)
		}
	}
	return bytes
}

// All yields the practices of the segment, newest first, without their sections.
func (s *Segment) All() iter.Seq[practice.Practice] {
	return func(yield func(practice.Practice) bool) {
		for at := range s.at {
			if !yield(s.practice(at)) {
				return
			}
		}
	}
}

func (s *Segment) practice(at int) practice.Practice { return s.record(at).practice() }

// All yields every live practice of an index, without its sections, in no order to
// rely on.
func All(x *Index) iter.Seq[practice.Practice] {
	return func(yield func(practice.Practice) bool) {
		for at := range x.base.at {
			if x.shown.has(at) && !yield(x.base.practice(at)) {
				return
			}
		}
		for at := range x.overlay.at {
			if !yield(x.overlay.practice(at)) {
				return
			}
		}
	}
}
