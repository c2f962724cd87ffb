package catalogue

import (
	"iter"
	"sync"
	"time"

	"exempla/internal/practice"
)

// Shelf is an immutable lot of practices. What is derived from all practices
// (suggested words, say) is made once a shelf and kept as long as the index
// has the same one: the same pointer stands for the same content.
type Shelf struct {
	cards               // newest first, then by slug
	positions positions // of numbers
	columns   [facetCount]column
	whole     set       // all positions
	scratch   *scratch  // of sets of this length
	orders    *sync.Map // orderKey → *sorting, made on first use
}

// newShelf makes a shelf of cards that are in its order.
func newShelf(c cards, today time.Time, pace pace) *Shelf {
	return &Shelf{cards: c, positions: newPositions(&c, pace), columns: c.columns(today, pace, Facets...),
		whole: everything(len(c.at)), scratch: newScratch(len(c.at)), orders: &sync.Map{}}
}

// on is the same shelf seen from another day.
func (s *Shelf) on(today time.Time) *Shelf {
	seen := *s
	daily := dailyFacets()
	columns := s.cards.columns(today, gently, daily...)
	for _, f := range daily {
		seen.columns[f] = columns[f]
	}
	return &seen
}

// Size is the number of practices on the shelf, those included that the index
// shows in a newer state or no longer.
func (s *Shelf) Size() int { return len(s.at) }

// All walks the practices of the shelf, newest first, without their sections.
func (s *Shelf) All() iter.Seq[practice.Practice] {
	return func(yield func(practice.Practice) bool) {
		for at := range s.at {
			if !yield(s.practice(at)) {
				return
			}
		}
	}
}

func (s *Shelf) practice(at int) practice.Practice { return s.card(at).practice() }

// Called is what a practice is called in one of its texts.
type Called struct {
	Number   int64 // of the practice
	Language practice.Language
	Words    string
}

// Titles walks the titles of all texts on the shelf. The words share the
// memory of the shelf: clone what is to be kept.
func (s *Shelf) Titles() iter.Seq[Called] {
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
