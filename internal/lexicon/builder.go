package lexicon

import (
	"math"
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
	list     table    // words, folded
	last     []uint32 // by word: one more than the text that had it last
	where    [][]byte // by word: its postings
	shown    spellings
	spelled  table    // words as they are written
	of       []uint32 // by spelling: the number of its word
	stems    table
	stemmed  []member // stems, and the words that have them
	sequence sequence
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
		c = &collector{}
		b.languages[strings.Clone(language)] = c
	}
	c.sequence.begin(number, zone)
	text.EachUnit(s, func(u text.Unit) {
		if u.Run {
			c.run(u, number, zone)
			return
		}
		spelling, isNew := c.spelled.add(u.Text)
		if isNew {
			c.of = append(c.of, c.spell(language, u))
		}
		n := c.of[spelling]
		if n == noWord {
			return
		}
		c.put(n, number, zone)
		if !u.Joined {
			c.sequence.follow(n)
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
			c.sequence.follow(n)
			pairs--
		}
	}
}

// noWord is the number of what is none: a line that only stretches words, or a
// stray sign.
const noWord = math.MaxUint32

// spell numbers the word of a spelling that was not seen before.
func (c *collector) spell(language string, u text.Unit) uint32 {
	folded := strings.ReplaceAll(text.FoldWord(u.Text), " ", "")
	if folded == "" {
		return noWord
	}
	n := c.number(language, u.Text, folded)
	if !u.Joined { // nobody writes FahrRad
		c.shown.show(n, u.Text, folded)
	}
	return n
}

// number returns the number of a folded word, and notes the stems of a spelling.
func (c *collector) number(language, written, folded string) uint32 {
	n, isNew := c.list.add(folded)
	if isNew {
		c.last = append(c.last, 0)
		c.where = append(c.where, nil)
		c.shown.by = append(c.shown.by, unknown)
	}
	stems := text.Stems(language, written)
	if !text.LittleForm(language, text.Form{Word: folded, Stems: stems}) { // a stem of a little word would be one of others, too
		for _, stem := range stems {
			key, _ := c.stems.add(stem)
			c.stemmed = append(c.stemmed, member{key, n})
		}
	}
	return n
}

// put notes that a text has a word, unless that was noted in a better zone.
func (c *collector) put(n, number uint32, zone Zone) {
	if last := c.last[n]; last != number+1 {
		c.where[n] = appendPosting(c.where[n], max(last, 1)-1, number, zone)
		c.last[n] = number + 1
	}
}

// spellings are how words are written: without a capital, if they ever are.
type spellings struct {
	texts
	by []uint32 // by word: one more than the place of its spelling, or one of these:
}

const (
	unknown  = 0              // how it is written
	asFolded = math.MaxUint32 // it is written so somewhere
)

// show notes that a word is written in some way.
func (s *spellings) show(n uint32, written, folded string) {
	switch known := s.by[n]; {
	case known == asFolded:
	case written == folded:
		s.by[n] = asFolded
	case known == unknown || isCapital(s.at(known-1)) && !isCapital(written):
		s.append(written)
		s.by[n] = uint32(s.size())
	}
}

// of is a spelling of a word; ok is false if it is written as it is folded, or not known.
func (s *spellings) of(n uint32) (written string, ok bool) {
	if known := s.by[n]; known != unknown && known != asFolded {
		return s.at(known - 1), true
	}
	return "", false
}

func isCapital(word string) bool {
	first, _ := utf8.DecodeRuneInString(word)
	return unicode.IsUpper(first)
}
