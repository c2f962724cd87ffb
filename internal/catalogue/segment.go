package catalogue

import (
	"iter"
	"sync"
	"time"

	"exempla/internal/practice"
)

// Segment is an immutable mergeSource of practices. What is derived from all practices
// (suggested words, say) is made once a segment and kept as long as the index
// has the same one: the same pointer stands for the same content.
type Segment struct {
	records              // newest first, then by slug
	numbers  numberIndex // of numbers
	postings [facetCount]postingLists
	whole    set       // all positions
	scratch  *scratch  // of sets of this length
	orders   *sync.Map // orderKey → *segmentOrder, made on first use
}

// newSegment makes a segment of records that are in its order.
func newSegment(c records, today time.Time, pace pace) *Segment {
	return &Segment{records: c, numbers: newNumberIndex(&c, pace), postings: c.postings(today, pace, Facets...),
		whole: everything(len(c.at)), scratch: newScratch(len(c.at)), orders: &sync.Map{}}
}

// on is the same segment seen from another day.
func (s *Segment) on(today time.Time) *Segment {
	seen := *s
	daily := dailyFacets()
	postings := s.records.postings(today, gently, daily...)
	for _, f := range daily {
		seen.postings[f] = postings[f]
	}
	return &seen
}

// Size is the number of practices on the segment, those included that the index
// shows in a newer state or no longer.
func (s *Segment) Size() int { return len(s.at) }

// All walks the practices of the segment, newest first, without their sections.
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

// Called is what a practice is called in one of its texts.
type Called struct {
	Number   int64 // of the practice
	Language practice.Language
	Words    string
}

// Titles walks the titles of all texts on the segment. The words share the
// memory of the segment: clone what is to be kept.
func (s *Segment) Titles() iter.Seq[Called] {
	return func(yield func(Called) bool) {
		for at := range s.at {
			p := s.practice(at)
			for i := range p.Texts {
				if !yield(Called{p.Number, p.Texts[i].Language, p.Texts[i].Title}) {
					return
				}
			}
		}
	}
}
