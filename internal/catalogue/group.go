package catalogue

import (
	"strings"
	"unicode/utf8"

	"github.com/RoaringBitmap/roaring/v2"

	"exempla/internal/lexicon"
	"exempla/internal/practice"
	"exempla/internal/query"
	"exempla/internal/text"
	"exempla/internal/thesaurus"
)

// mostGroups is how many words of a search are looked for; nobody means more.
const mostGroups = 16

// group is a word of a search, or several that mean one thing, with all that it
// may stand for.
type group struct {
	typed  []string
	topics []practice.Topic // of what it means
	sides  [2]groupSide
}

// groupSide is what a group finds in one segment.
type groupSide struct {
	typed, meant lexicon.Hits    // by the words as typed, and by others that mean the same
	named        []set           // practices of a topic, country or city that was named
	few          *roaring.Bitmap // the same of cities
	behind       []set           // practices of the topics of what is meant
}

func (g *group) isEmpty() bool {
	for _, s := range g.sides {
		if !s.typed.IsEmpty() || !s.meant.IsEmpty() || len(s.named) > 0 || s.few != nil && !s.few.IsEmpty() {
			return false
		}
	}
	return true
}

// groups reads terms as groups: names of more than one word together, little
// words left out unless there is nothing else.
func (s *search) groups(terms []query.Term) []*group {
	var list []*group
	var words []string
	flush := func() {
		list = append(list, s.wordGroups(words)...)
		words = nil
	}
	for _, term := range terms {
		if term.Phrase && len(term.Words) > 0 {
			flush()
			list = append(list, s.phraseGroup(term))
			continue
		}
		words = append(words, term.Words...)
	}
	flush()
	return list[:min(len(list), mostGroups)]
}

// wordGroups reads words that stand side by side.
func (s *search) wordGroups(words []string) []*group {
	little := s.littleWords(words)
	var list []*group
	for at := 0; at < len(words); {
		m := s.meaning(words[at:])
		switch {
		case m.length > 1 || m.length == 1 && !little[at]:
			list = append(list, s.meantGroup(words[at:at+m.length], m))
			at += m.length
		case little[at]:
			at++
		default:
			list = append(list, s.plainGroups(words[at])...)
			at++
		}
	}
	if len(list) == 0 {
		for _, word := range words {
			list = append(list, s.plainGroups(word)...)
		}
	}
	return list
}

// littleWords tells which words say nothing by themselves, in the reader's
// language or the one that most of the words are of.
func (s *search) littleWords(words []string) []bool {
	other := s.languageOf(words)
	little := make([]bool, len(words))
	for i, word := range words {
		folded := text.FoldWord(word)
		little[i] = text.Little(s.reader, folded) || text.Little(other, folded) || len(words) > 1 && isLetter(folded)
	}
	return little
}

// isLetter reports whether a word is a single letter, such as an article that is
// written with an apostrophe.
func isLetter(word string) bool {
	r, size := utf8.DecodeRuneInString(word)
	return size == len(word) && (r < '0' || r > '9') && !text.Undivided(r)
}

// languageOf guesses the language of some words: the one that most of them are
// known in, if possible the reader's.
func (s *search) languageOf(words []string) string {
	best, most := s.reader, 0
	for _, language := range s.languages {
		known := 0
		for _, word := range words {
			folded := text.FoldWord(word)
			if text.Little(language, folded) || s.index.base.words.index.Has(language, folded) {
				known++
			}
		}
		if known > most {
			best, most = language, known
		}
	}
	return best
}

// meaning is what the first of some words mean together.
type meaning struct {
	length   int
	concepts []*thesaurus.Concept
	names    []name
}

// meaning reads the longest name with which some words begin.
func (s *search) meaning(words []string) meaning {
	var m meaning
	longest := func(length int) bool {
		if length > m.length {
			m = meaning{length: length}
		}
		return length > 0 && length == m.length
	}
	if concepts, length := thesaurus.Load().Find(words, s.languages); longest(length) {
		m.concepts = concepts
	}
	if names, length := s.names().Find(words, s.languages); longest(length) {
		m.names = append(m.names, names...)
	}
	for side := range s.sides {
		keys, length := s.sides[side].words.cities.Find(words, append(s.languages, nameless))
		if longest(length) {
			for _, key := range keys {
				m.names = append(m.names, name{City, key})
			}
		}
	}
	return m
}

// meantGroup is the group of words whose meaning is known.
func (s *search) meantGroup(words []string, m meaning) *group {
	g := s.typedGroup(words)
	for _, c := range m.concepts {
		s.note(words, c)
		for _, topic := range c.Topics {
			g.topics = append(g.topics, practice.Topic(topic))
		}
	}
	for side := range g.sides {
		segment := s.sides[side].Segment
		found := &g.sides[side]
		hits := []lexicon.Hits{}
		for _, c := range m.concepts {
			hits = append(hits, segment.words.concept(c))
		}
		found.meant = lexicon.Or(hits...)
		for _, n := range m.names {
			found.name(segment, n)
			if n.facet == City {
				s.reading.cities = append(s.reading.cities, namedCity{n.key, words})
			}
		}
		for _, topic := range g.topics {
			if set := segment.postings[Topic].value(string(topic)); set != nil {
				found.behind = append(found.behind, set)
			}
		}
	}
	return g
}

// name adds the practices of a topic, country or city.
func (f *groupSide) name(segment *Segment, n name) {
	if set := segment.postings[n.facet].value(n.key); set != nil {
		f.named = append(f.named, set)
	} else if rare := segment.postings[n.facet].rare[n.key]; rare != nil {
		if f.few == nil {
			f.few = roaring.New()
		}
		f.few.AddMany(rare)
	}
}

// mostAlso is how many words of one concept readers are told of.
const mostAlso = 3

// note remembers the words of a concept that readers of the language know it by.
func (s *search) note(typed []string, c *thesaurus.Concept) {
	told := 0
	whole := text.Fold(strings.Join(typed, ""))
	for _, w := range c.Wordings {
		if w.Language == s.reader && strings.ReplaceAll(text.Fold(w.Text), " ", "") != whole && told < mostAlso {
			s.reading.Also = append(s.reading.Also, w.Text)
			told++
		}
	}
}

// typedGroup is the group of words as they were typed, in all their forms, all of
// them together.
func (s *search) typedGroup(words []string) *group {
	g := &group{typed: words}
	for side := range g.sides {
		index := s.sides[side].words.index
		var found lexicon.Hits
		for i, word := range words {
			hits := s.forms(index, word)
			if i > 0 {
				hits = found.And(hits)
			}
			found = hits
		}
		if len(words) > 1 {
			found = lexicon.Or(found, s.forms(index, strings.Join(words, "")))
		}
		g.sides[side].typed = found
	}
	return g
}

// forms finds a word as typed in any language, and its other forms in the
// reader's language and every language that has the word.
func (s *search) forms(index *lexicon.Index, word string) lexicon.Hits {
	first, _ := utf8.DecodeRuneInString(word)
	if text.Undivided(first) {
		return index.Run(word)
	}
	folded := text.FoldWord(word)
	list := []lexicon.Hits{index.Exact(folded)}
	for _, language := range index.Languages() {
		if language == s.reader || index.Has(language, folded) {
			list = append(list, index.Forms(language, text.FormOf(language, word)))
		}
	}
	if plain := text.WithoutUmlauts(folded); plain != folded && index.Has("de", plain) {
		list = append(list, index.Forms("de", text.FormOf("de", plain)))
	}
	if latin := text.SerbianLatin(folded); latin != folded && index.Has("sr", latin) {
		list = append(list, index.Exact(latin))
	}
	return lexicon.Or(list...)
}

// plainGroups are the groups of a word without a known meaning. If no text has
// it, it is taken apart, for the beginning of others, or for a misspelt one.
func (s *search) plainGroups(word string) []*group {
	g := s.typedGroup([]string{word})
	if !g.isEmpty() {
		return []*group{g}
	}
	folded := text.FoldWord(word)
	for side := range s.sides {
		if parts := s.sides[side].words.index.Split(folded); parts != nil {
			return s.wordGroups(parts)
		}
	}
	if utf8.RuneCountInString(folded) >= leastBegun {
		for side := range g.sides {
			g.sides[side].meant = s.sides[side].words.index.Beginning(folded)
		}
		if !g.isEmpty() {
			return []*group{g}
		}
	}
	for side := range g.sides {
		g.sides[side].meant = s.sides[side].words.index.Greeklish(folded)
	}
	if !g.isEmpty() {
		return []*group{g}
	}
	if meant := s.spelled(folded); meant != "" {
		s.reading.Instead = append(s.reading.Instead, Correction{word, meant})
		return s.wordGroups([]string{meant})
	}
	s.reading.Missing = append(s.reading.Missing, word)
	return []*group{g}
}

// leastBegun is how many letters of a word show what it might become.
const leastBegun = 4

// spelled is the word that was probably meant: of the catalogue, or one that the
// thesaurus has; of two that are as near, the one that more texts have.
func (s *search) spelled(word string) string {
	best, edits, texts := thesaurusSpeller().Nearest(word)
	for side := range s.sides {
		other, n, count := s.sides[side].words.speller.Nearest(word)
		if other != "" && (best == "" || n < edits || n == edits && count > texts) {
			best, edits, texts = other, n, count
		}
	}
	return best
}
