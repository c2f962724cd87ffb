package locale

import (
	"slices"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
)

// collator is x/text's, which keeps state while it works and so serves one caller
// at a time; a locale keeps a pool of them.
type collator struct {
	order  *collate.Collator
	buffer collate.Buffer
}

func newCollator(tag language.Tag) func() any {
	return func() any { return &collator{order: collate.New(tag)} }
}

// SortKey returns bytes that compare as s sorts in the locale's alphabet. It is for
// lists that are sorted once and kept.
func (l *Locale) SortKey(s string) []byte {
	c := l.collators.Get().(*collator)
	defer l.collators.Put(c)
	c.buffer.Reset()
	return slices.Clone(c.order.KeyFromString(&c.buffer, s))
}

// Compare returns -1, 0 or +1 as a sorts before, with or after b in the locale's
// alphabet.
func (l *Locale) Compare(a, b string) int {
	c := l.collators.Get().(*collator)
	defer l.collators.Put(c)
	return c.order.CompareString(a, b)
}
