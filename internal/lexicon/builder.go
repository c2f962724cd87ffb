package lexicon

import (
	"cmp"
	"encoding/binary"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

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
	plain   map[uint32]bool   // words that are written as they are folded
	last    []uint32          // by number: one more than the text that had it last
	stemmed map[string][]uint32
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
		c = &collector{words: words{at: map[string]uint32{}, shown: map[uint32]string{}}, stemmed: map[string][]uint32{}, spelled: map[string]uint32{}, plain: map[uint32]bool{}}
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
			n = c.spell(language, u)
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
func (c *collector) spell(language string, u text.Unit) uint32 {
	written := strings.Clone(u.Text)
	n := uint32(noWord)
	if folded := strings.ReplaceAll(text.FoldWord(written), " ", ""); folded != "" {
		n = c.number(language, written, folded)
		if !u.Joined { // nobody writes FahrRad
			c.show(n, written)
		}
	}
	c.spelled[written] = n
	return n
}

// show remembers how a word is written: without a capital, if it ever is.
func (c *collector) show(n uint32, written string) {
	known, ok := c.shown[n]
	switch {
	case written == c.list[n]:
		delete(c.shown, n)
		c.plain[n] = true
	case !c.plain[n] && (!ok || isCapital(known) && !isCapital(written)):
		c.shown[n] = written
	}
}

func isCapital(word string) bool {
	first, _ := utf8.DecodeRuneInString(word)
	return unicode.IsUpper(first)
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
		c.where = append(c.where, postings{})
	}
	if language != "" && !text.Little(language, folded) { // a stem of a little word would be one of others, too
		for _, stem := range text.Stems(language, written) {
			if !slices.Contains(c.stemmed[stem], n) {
				c.stemmed[stem] = append(c.stemmed[stem], n)
			}
		}
	}
	return n
}

// put notes that a text has a word, unless that was noted in a better zone.
func (c *collector) put(n, number uint32, zone Zone) {
	if c.last[n] != number+1 {
		c.last[n] = number + 1
		c.where[n].add(number, zone)
	}
}

// Index returns the index of everything added; the builder must not be used
// afterwards.
func (b *Builder) Index() *Index {
	x := &Index{languages: map[string]*words{}}
	for language, c := range b.languages {
		for n := range c.where {
			c.where[n].finish()
		}
		c.stems = packed(c.stemmed)
		c.sorted = make([]uint32, len(c.list))
		for n := range c.sorted {
			c.sorted[n] = uint32(n)
		}
		slices.SortFunc(c.sorted, func(a, b uint32) int { return cmp.Compare(c.list[a], c.list[b]) })
		c.parts = packed(c.compoundParts(language))
		w := c.words
		x.languages[language] = &w
	}
	x.names = sortedNames(x.languages)
	return x
}
