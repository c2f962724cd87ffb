package locale

import (
	"slices"
	"sync"

	"golang.org/x/text/language"
)

// Set is the languages of a site and its words.
type Set struct {
	all     []*Locale
	offered []*Locale
	matcher func() language.Matcher // made when it is first asked
}

// NewSet returns the languages of the program with words of a site laid over theirs, by
// tag and key. The site offers the languages of the tags; all if there are none. What does
// not fit, as Locale.Check tells, is passed over.
func NewSet(words map[string]map[string]Forms, offered []string) *Set {
	var tongues []*tongue
	for _, l := range all {
		tongues = append(tongues, l.tongue)
	}
	return newSet(tongues, words, offered)
}

func newSet(tongues []*tongue, words map[string]map[string]Forms, offered []string) *Set {
	s := &Set{}
	for _, t := range tongues {
		l := &Locale{tongue: t, set: s}
		for key, forms := range words[t.tag] {
			if len(l.Check(key, forms)) == 0 {
				if l.words == nil {
					l.words = map[string]message{}
				}
				l.words[key] = forms.message()
			}
		}
		if len(s.all) > 0 {
			l.english = s.all[0]
		}
		s.all = append(s.all, l)
	}
	for _, l := range s.all {
		if slices.Contains(offered, l.tag) {
			s.offered = append(s.offered, l)
		}
	}
	if len(s.offered) == 0 {
		s.offered = s.all
	}
	s.matcher = sync.OnceValue(func() language.Matcher { return newMatcher(s.offered) })
	return s
}

// Program returns the languages of the program, in its words.
func Program() *Set { return all[0].set }

// Find returns a language by its exact tag, whether it is offered or not. ok is false if
// there is none.
func (s *Set) Find(tag string) (*Locale, bool) { return find(s.all, tag) }

// Offers reports whether the site offers a language.
func (s *Set) Offers(tag string) bool {
	_, ok := find(s.offered, tag)
	return ok
}

// Offered returns the languages that the site offers, in the order of the language
// switcher. There is one at least. Callers must not modify the slice.
func (s *Set) Offered() []*Locale { return s.offered }

// Offered returns the languages that the site of this one offers, as Set.Offered.
func (l *Locale) Offered() []*Locale { return l.set.offered }

// Beside returns another language of the same site by its tag, if that is offered.
func (l *Locale) Beside(tag string) (*Locale, bool) { return find(l.set.offered, tag) }

func find(list []*Locale, tag string) (*Locale, bool) {
	for _, l := range list {
		if l.tag == tag {
			return l, true
		}
	}
	return nil, false
}
