package practice

import (
	"slices"
	"strings"
)

// MaxListed is how many practices a reading list has: more than anybody reads in a
// week, in an address that browsers and mail programs still take.
const MaxListed = 50

// ReadingList has the slugs of the practices that a reader has put aside, in the order
// in which that was done. It is kept nowhere but in addresses.
type ReadingList []string

// ParseReadingList reads slugs with white space between them. What is no slug becomes
// one, so that it can be named. Those beyond MaxListed are left out and counted.
func ParseReadingList(slugs string) (list ReadingList, left int) {
	for word := range strings.FieldsSeq(slugs) {
		switch slug := Slugify(word); {
		case slug == "" || list.Has(slug):
		case list.Full():
			left++
		default:
			list = append(list, slug)
		}
	}
	return list, left
}

// String is the list as ParseReadingList reads it.
func (r ReadingList) String() string { return strings.Join(r, " ") }

// Has reports whether a practice is on the list.
func (r ReadingList) Has(slug string) bool { return slices.Contains(r, slug) }

// Full reports whether the list takes no more practices.
func (r ReadingList) Full() bool { return len(r) >= MaxListed }

// With returns the list with a practice at its end, if it is not on it and the list is
// not full.
func (r ReadingList) With(slug string) ReadingList {
	if slug = Slugify(slug); slug == "" || r.Has(slug) || r.Full() {
		return r
	}
	return append(slices.Clone(r), slug)
}

// Moved returns the list with a practice some places further down, or up if by is
// negative, as far as there are places.
func (r ReadingList) Moved(slug string, by int) ReadingList {
	at := slices.Index(r, slug)
	if at < 0 {
		return r
	}
	to := min(max(at+by, 0), len(r)-1)
	return slices.Insert(slices.Delete(slices.Clone(r), at, at+1), to, slug)
}

// Without returns the list without a practice; nil if it was the last.
func (r ReadingList) Without(slug string) ReadingList {
	var left ReadingList
	for _, other := range r {
		if other != slug {
			left = append(left, other)
		}
	}
	return left
}
