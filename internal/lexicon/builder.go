package lexicon

import (
	"cmp"
	"encoding/binary"
	"math"
	"slices"
	"strings"

	"exempla/internal/text"
)

// Builder collects the words of texts. Its zero value is empty.
type Builder struct {
	languages map[string]*collector
}

// collector collects the words of one language.
type collector struct {
	words
	spelled map[string]uint32 // numbers of words as they are written
	last    []uint32          // by number: one more than the text that had it last
}

// Add adds what stands in a zone of a text. Numbers of texts must come in
// ascending order, and of each text the better zones first.
func (b *Builder) Add(number uint32, language string, zone Zone, s string) {
	if s == "" {
		return
	}
	c := b.languages[language]
	if c == nil {
		if b.languages == nil {
			b.languages = map[string]*collector{}
		}
		c = &collector{words: words{at: map[string]uint32{}, stems: map[string][]uint32{}}, spelled: map[string]uint32{}}
		b.languages[strings.Clone(language)] = c
	}
	c.begin(number, zone)
	text.EachUnit(s, func(u text.Unit) {
		if u.Run {
			c.run(u, number, zone)
			return
		}
		n, ok := c.spelled[u.Text]
		if !ok {
			n = c.spell(language, u.Text)
		}
		if n == noWord {
			return
		}
		c.put(n, number, zone)
		if !u.Joined {
			c.follow(n)
		}
	})
}

// run adds a run of characters as its pairs, and each character by itself.
func (c *collector) run(u text.Unit, number uint32, zone Zone) {
	pairs := len(strings.Fields(text.Pairs(text.Plain(u.Text))))
	for piece := range strings.FieldsSeq(text.Indexed(u.Text)) {
		n := c.number("", piece, piece)
		c.put(n, number, zone)
		if pairs > 0 && !u.Joined {
			c.follow(n)
			pairs--
		}
	}
}

// begin notes that what stands in a zone of a text follows.
func (c *collector) begin(number uint32, zone Zone) {
	if len(c.texts) == 0 || c.texts[len(c.texts)-1] != number {
		c.texts = append(c.texts, number)
		c.start = append(c.start, uint32(len(c.sequence)))
	}
	c.sequence = binary.AppendUvarint(append(c.sequence, 0), uint64(zone))
}

// follow notes the next word of the text.
func (c *collector) follow(n uint32) { c.sequence = binary.AppendUvarint(c.sequence, uint64(n)+1) }

// noWord is the number of what is none: a line that only stretches words, or a
// stray sign.
const noWord = math.MaxUint32

// spell numbers a spelling that was not seen before.
func (c *collector) spell(language, written string) uint32 {
	written = strings.Clone(written)
	n := uint32(noWord)
	if folded := strings.ReplaceAll(text.FoldWord(written), " ", ""); folded != "" {
		n = c.number(language, written, folded)
	}
	c.spelled[written] = n
	return n
}

// number returns the number of a folded word, and notes the stems of a spelling.
func (c *collector) number(language, written, folded string) uint32 {
	n, ok := c.at[folded]
	if !ok {
		n = uint32(len(c.list))
		folded = strings.Clone(folded)
		c.at[folded] = n
		c.list = append(c.list, folded)
		c.last = append(c.last, 0)
		for zone := range zones {
			c.where[zone] = append(c.where[zone], postings{})
		}
	}
	if language != "" && !text.Little(language, folded) { // a stem of a little word would be one of others, too
		for _, stem := range text.Stems(language, written) {
			if !slices.Contains(c.stems[stem], n) {
				c.stems[stem] = append(c.stems[stem], n)
			}
		}
	}
	return n
}

// put notes that a text has a word, unless that was noted in a better zone.
func (c *collector) put(n, number uint32, zone Zone) {
	if c.last[n] != number+1 {
		c.last[n] = number + 1
		c.where[zone][n].add(number)
	}
}

// Index returns the index of everything added; the builder must not be used
// afterwards.
func (b *Builder) Index() *Index {
	x := &Index{languages: map[string]*words{}}
	for language, c := range b.languages {
		for zone := range zones {
			for n := range c.where[zone] {
				c.where[zone][n].finish()
			}
		}
		c.sorted = make([]uint32, len(c.list))
		for n := range c.sorted {
			c.sorted[n] = uint32(n)
		}
		slices.SortFunc(c.sorted, func(a, b uint32) int { return cmp.Compare(c.list[a], c.list[b]) })
		c.parts = c.compoundParts(language)
		w := c.words
		x.languages[language] = &w
	}
	x.names = sortedNames(x.languages)
	return x
}
