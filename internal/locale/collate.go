package locale

import (
	"slices"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
)

// collator is not safe for concurrent use because that of x/text has state, so a
// locale has a pool of them.
type collator struct {
	order  *collate.Collator
	buffer collate.Buffer
}

func newCollator(tag language.Tag) func() any {
	return func() any { return &collator{order: collate.New(tag)} }
}

// SortKey returns a key for s whose byte order is the locale's alphabetical order.
// It is for lists that are sorted once and kept.
func (l *Locale) SortKey(s string) []byte {
	c := l.collators.Get().(*collator)
	defer l.collators.Put(c)
	c.buffer.Reset()
	return slices.Clone(c.order.KeyFromString(&c.buffer, s))
}

// Compare returns -1, 0 or +1 if a comes before, with or after b in the locale's
// alphabetical order.
func (l *Locale) Compare(a, b string) int {
	c := l.collators.Get().(*collator)
	defer l.collators.Put(c)
	return c.order.CompareString(a, b)
}
