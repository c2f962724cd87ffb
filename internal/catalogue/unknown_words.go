package catalogue

import (
	"math"
	"strings"
	"sync"
	"unicode/utf8"

	"exempla/internal/gazetteer"
	"exempla/internal/lexicon"
	"exempla/internal/practice"
	"exempla/internal/text"
	"exempla/internal/thesaurus"
)

// Bounds of taking words for a city that has no practices: a name has so many
// words at most, and a city so many inhabitants at least, for there is hardly a
// word that is not the name of a smaller one somewhere.
const (
	longestName   = 3
	leastLargeOne = 100_000
)

// abroad reads the first of some words as the name of a city of the world without
// practices, of more words than are known to mean something: then those of its
// country answer. The name may be inflected. It returns nil if they are no such name,
// or if titles and summaries have the words.
func (s *search) abroad(words []string, known int) (g *group, length int) {
	for length := min(len(words), longestName); length > known; length-- {
		typed := strings.Join(words[:length], " ")
		called := gazetteer.Suggest(typed, 1)
		if len(called) == 0 || gazetteer.Key(called[0].Match) != gazetteer.Key(typed) || called[0].Population < leastLargeOne {
			continue
		}
		if g := s.country(words[:length], called[0]); g != nil {
			return g, length
		}
	}
	if s.typedGroup(words[:1]).led() == 0 { // what titles have is no case of a name
		city, length := gazetteer.Inflected(s.declined(words[0]), words[:min(len(words), longestName)])
		if length > known {
			return s.country(words[:length], city), length
		}
	}
	return nil, 0
}

// declined is the language by whose rules the name of a city changes: that of its
// letters, or else the reader's.
func (s *search) declined(word string) practice.Language {
	language := nameLanguage(gazetteer.Spelling{Name: word})
	if language == nameless {
		language = s.reader
	}
	return practice.Language(language)
}

// country is the group of words that name a city, for which the practices of its
// country stand; nil if there are none, or titles and summaries have the words.
func (s *search) country(words []string, city gazetteer.Suggested) *group {
	g := s.typedGroup(words)
	if g.led() > 0 || !s.standIn(g, city.Country) {
		return nil
	}
	s.reading.Abroad = append(s.reading.Abroad, Abroad{city.Match, city.Country})
	return g
}

// standIn lets the practices of a country stand for a group; false if it has none.
func (s *search) standIn(g *group, country practice.Country) (found bool) {
	for side := range g.sides {
		set := s.sides[side].postings[Country].value(string(country))
		if set == nil {
			continue
		}
		g.sides[side].behind = append(g.sides[side].behind, set)
		found = found || side == 1 || set.common(s.index.shown) > 0
	}
	return found
}

// plainGroups are the groups of a word without a known meaning. If no text has
// it, it is taken apart, for the beginning of others, or for a misspelt one.
func (s *search) plainGroups(word string) []*group {
	g := s.typedGroup([]string{word})
	g.isPlain = true
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
			g.sides[side].meant = s.shown(s.sides[side].Segment, s.sides[side].words.index.Beginning(folded))
		}
		if !g.isEmpty() {
			return []*group{g}
		}
	}
	for side := range g.sides {
		g.sides[side].meant = s.shown(s.sides[side].Segment, s.sides[side].words.index.Greeklish(folded))
	}
	if !g.isEmpty() {
		return []*group{g}
	}
	meant := s.spelled(folded)
	if meant == "" {
		meant = s.kin(folded)
	}
	if meant != "" {
		other := s.typedGroup([]string{meant})
		if m := s.meaning(text.NewWording([]string{meant}), []string{meant}, 0); m.length > 0 {
			other = s.meantGroup([]string{meant}, m)
		}
		if !other.isEmpty() {
			s.reading.Instead = append(s.reading.Instead, Correction{word, meant})
			return []*group{other}
		}
	}
	s.reading.Missing = append(s.reading.Missing, word)
	return []*group{g}
}

// leastBegun is how many letters of a word show what it might become.
const leastBegun = 4

// spelled is the word that was probably meant: of the catalogue or the thesaurus,
// in the reader's language unless one of another is nearer.
func (s *search) spelled(word string) string {
	best, least := "", 0
	consider := func(speller *lexicon.Speller) {
		if speller == nil {
			return
		}
		if other, edits := speller.Nearest(word); other != "" && (best == "" || edits < least) {
			best, least = other, edits
		}
	}
	for _, language := range s.languages {
		for side := range s.sides {
			consider(s.sides[side].words.spellers[language])
		}
		consider(thesaurusSpellers()[language])
		consider(s.names().spellers[language])
	}
	if least == 0 {
		return "" // it is a word, which nothing has
	}
	return best
}

// Kin of a word that nothing has share at least so many letters with it, and so large
// a part of it.
const (
	leastShared = 6
	sharedPart  = 0.6
)

// kin is a word of the reader's language that is probably another form of one: more
// forms are typed than stems are known.
func (s *search) kin(word string) string {
	least := max(leastShared, int(math.Ceil(sharedPart*float64(utf8.RuneCountInString(word)))))
	best, most := "", 0
	for _, speller := range []*lexicon.Speller{thesaurusSpellers()[s.reader], s.sides[0].words.spellers[s.reader], s.sides[1].words.spellers[s.reader]} {
		if speller == nil {
			continue
		}
		if other, shared := speller.Kin(word, least); shared > most {
			best, most = other, shared
		}
	}
	return best
}

// thesaurusSpellers know the words of the thesaurus, by language.
var thesaurusSpellers = sync.OnceValue(func() map[string]*lexicon.Speller {
	spellers := map[string]*lexicon.Speller{}
	for _, c := range thesaurus.Load().Concepts() {
		for _, w := range c.Wordings {
			if spellers[w.Language] == nil {
				spellers[w.Language] = &lexicon.Speller{}
			}
			for _, word := range text.Words(w.Text) {
				spellers[w.Language].Add(text.FoldWord(word), word, 0)
			}
		}
	}
	return spellers
})
