package catalogue

import (
	"iter"

	"exempla/internal/practice"
)

// Shelf is an immutable lot of practices. What is derived from all practices
// (suggested words, say) is made once a shelf and kept as long as the index
// has the same one: the same pointer stands for the same content.
type Shelf struct {
	practices []practice.Practice // newest first, then by slug
}

// Size is the number of practices on the shelf, those included that the index
// shows in a newer state or no longer.
func (s *Shelf) Size() int { return len(s.practices) }

// All walks the practices of the shelf, newest first, without their sections.
func (s *Shelf) All() iter.Seq[practice.Practice] {
	return func(yield func(practice.Practice) bool) {
		for i := range s.practices {
			if !yield(s.practices[i]) {
				return
			}
		}
	}
}

// Called is what a practice is called in one of its texts.
type Called struct {
	Number   int64 // of the practice
	Language practice.Language
	Words    string
}

// Titles walks the titles of all texts on the shelf, which is much cheaper
// than All.
func (s *Shelf) Titles() iter.Seq[Called] {
	return func(yield func(Called) bool) {
		for i := range s.practices {
			for _, text := range s.practices[i].Texts {
				if !yield(Called{s.practices[i].Number, text.Language, text.Title}) {
					return
				}
			}
		}
	}
}

// Base is the shelf with nearly all practices; it changes seldom. Some of its
// practices may have changed or gone since: Recent has their newer state, and
// Practice says whether a number is still there.
func (x *Index) Base() *Shelf { return x.base }

// Recent is the small shelf of practices that came or changed since the base
// was made; it is another one after every change.
func (x *Index) Recent() *Shelf { return x.recent }

// Practice returns the live practice with that number, without its sections.
func (x *Index) Practice(number int64) (practice.Practice, bool) {
	at, ok := x.position[number]
	if !ok {
		return practice.Practice{}, false
	}
	return x.practices[at], true
}
