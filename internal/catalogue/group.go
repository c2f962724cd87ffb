package catalogue

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/RoaringBitmap/roaring/v2"

	"exempla/internal/gazetteer"
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
	typed   []string
	meant   []*thesaurus.Concept
	topics  []practice.Topic // of what it means
	isPlace bool             // it names a country or city
	isPlain bool             // nothing is known of its meaning
	isExact bool             // it stood in quotation marks, and must be there
	sides   [2]groupSide
}

// groupSide is what a group finds in one segment.
type groupSide struct {
	typed, meant lexicon.Hits    // by the words as typed, and by others that mean the same
	keyed        *roaring.Bitmap // practices with what is meant as a keyword
	named        []set           // practices of a topic, country or city that was named
	few          *roaring.Bitmap // the same of cities
	beside       *roaring.Bitmap // practices with words for what lies near; see search.addNear
	between      *roaring.Bitmap // those that have them for several such things
	behind       []set           // practices of the topics of what is meant
}

func (g *group) isEmpty() bool {
	for _, s := range g.sides {
		if !s.typed.IsEmpty() || !s.meant.IsEmpty() || s.keyed != nil && !s.keyed.IsEmpty() || len(s.named)+len(s.behind) > 0 || s.few != nil || s.beside != nil && !s.beside.IsEmpty() {
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

// wordGroups reads words that stand side by side. Little words decide only alone, or
// where nothing has any of the others and they mean something.
func (s *search) wordGroups(words []string) []*group {
	little := s.littleWords(words)
	list := s.groupsWithout(words, little)
	if !slices.Contains(little, true) || slices.ContainsFunc(list, func(g *group) bool { return !g.isEmpty() }) {
		return list
	}
	var rest []string
	for i, word := range words {
		if little[i] && (len(list) == 0 || s.meaning(text.NewWording(words[i:i+1]), words[i:i+1], 0).length > 0) {
			rest = append(rest, word)
		}
	}
	missing := s.reading.Missing
	list = append(list, s.groupsWithout(rest, make([]bool, len(rest)))...)
	if len(missing) > 0 {
		s.reading.Missing = missing // nobody misses little words
	}
	return list
}

// groupsWithout reads words side by side, without those that are left out.
func (s *search) groupsWithout(words []string, out []bool) []*group {
	wording := text.NewWording(words)
	var list []*group
	for at := 0; at < len(words); {
		m := s.meaning(wording, words, at)
		known := m.length > 1 || m.length == 1 && (!out[at] || s.isCalled(words[at], m))
		if !known && out[at] {
			at++
			continue
		}
		g, length := s.abroad(words[at:], m.length)
		switch {
		case g != nil:
			list = append(list, g)
			at += length
		case known:
			list = append(list, s.meantGroup(words[at:at+m.length], m))
			at += m.length
		default:
			list = append(list, s.plainGroups(words[at])...)
			at++
		}
	}
	return list
}

// isCalled reports whether a word is just what readers of the language call
// something: then it is no form of a little word.
func (s *search) isCalled(word string, m meaning) bool {
	if text.IsLittle(s.reader, text.FoldWord(word)) {
		return false
	}
	return slices.ContainsFunc(m.concepts, func(c *thesaurus.Concept) bool {
		return slices.ContainsFunc(c.Wordings, func(w thesaurus.Wording) bool {
			return w.Language == s.reader && gazetteer.Key(w.Text) == gazetteer.Key(word)
		})
	})
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

// meaning reads the longest name that begins with the word at a place.
func (s *search) meaning(w *text.Wording, words []string, at int) meaning {
	m := s.meaningIn(w, at, s.languages[:2]) // the reader's language, and names
	if known := text.FoldWord(words[at]); m.length == 0 && !s.index.base.words.index.Has(s.reader, known) && !s.index.overlay.words.index.Has(s.reader, known) {
		m = s.meaningIn(w, at, s.languages)
	}
	return m
}

// meaningIn reads it as it stands in any language, or inflected in some.
func (s *search) meaningIn(w *text.Wording, at int, languages []string) meaning {
	var m meaning
	longest := func(length int) bool {
		if length > m.length {
			m = meaning{length: length}
		}
		return length > 0 && length == m.length
	}
	if concepts, length := thesaurus.Load().Find(w, at, languages); longest(length) {
		m.concepts = concepts
	}
	if names, length := s.names().book.Find(w, at, languages); longest(length) {
		m.names = append(m.names, names...)
	}
	for side := range s.sides {
		keys, length := s.sides[side].words.cities.Find(w, at, languages)
		if side == 0 {
			keys = slices.DeleteFunc(keys, s.index.hasMoved)
		}
		if len(keys) > 0 && longest(length) {
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
	g.meant = m.concepts
	for _, c := range m.concepts {
		s.note(words, c)
		for _, topic := range c.Topics {
			g.topics = append(g.topics, practice.Topic(topic))
		}
	}
	for side := range g.sides {
		segment := s.sides[side].Segment
		found := &g.sides[side]
		found.meant, found.keyed = s.meant(segment, m.concepts), s.keyed(segment, m.concepts)
		for _, n := range m.names {
			s.name(found, side, n)
			g.isPlace = g.isPlace || n.facet != Topic && len(m.concepts) == 0
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
	if g.isEmpty() {
		s.addNear(g)
	}
	return g
}

// addNear adds what lies near what a group means, unless that was done.
func (s *search) addNear(g *group) {
	for side := range g.sides {
		found := &g.sides[side]
		if found.beside != nil {
			return
		}
		found.beside, found.between = roaring.New(), roaring.New()
		for _, c := range g.meant {
			for _, other := range c.Near {
				one := []*thesaurus.Concept{other}
				led := roaring.Or(s.meant(s.sides[side].Segment, one).Led(), s.keyed(s.sides[side].Segment, one))
				found.between.Or(roaring.And(found.beside, led))
				found.beside.Or(led)
			}
		}
	}
}

// meant finds the practices that have a word of some concepts: in the reader's
// language or English, which nearly all sections are in; in other languages only
// those that readers cannot read in theirs, for a translation says no more than
// its original, and words that mean the same mean something else besides.
func (s *search) meant(segment *Segment, concepts []*thesaurus.Concept) lexicon.Hits {
	var own, others []lexicon.Hits
	for _, c := range concepts {
		for _, language := range s.languages {
			hits := segment.words.concept(c, language)
			if language == s.reader || language == string(practice.English) {
				own = append(own, hits)
			} else {
				others = append(others, hits)
			}
		}
	}
	return s.shown(segment, lexicon.Or(lexicon.Or(own...), lexicon.Or(others...).Without(segment.readable(s.reader))))
}

// keyed finds the practices with one of some concepts as a keyword.
func (s *search) keyed(segment *Segment, concepts []*thesaurus.Concept) *roaring.Bitmap {
	var list []*roaring.Bitmap
	for _, c := range concepts {
		list = append(list, segment.words.keyworded(c))
	}
	return s.shown(segment, lexicon.Hits{lexicon.Lead: roaring.FastOr(list...)})[lexicon.Lead]
}

// name adds the practices of a topic, country or city to a side of a group; none if
// all are gone.
func (s *search) name(found *groupSide, side int, n name) {
	postings := &s.sides[side].postings[n.facet]
	if set := postings.value(n.key); set != nil {
		if side == 1 || set.common(s.index.shown) > 0 {
			found.named = append(found.named, set)
		}
		return
	}
	for _, at := range postings.rare[n.key] {
		if s.shows(side, int(at)) {
			if found.few == nil {
				found.few = roaring.New()
			}
			found.few.Add(at)
		}
	}
}

// typedGroup is the group of words as they were typed, in all their forms, all of
// them together.
func (s *search) typedGroup(words []string) *group {
	g := &group{typed: words}
	for side := range g.sides {
		segment := s.sides[side].Segment
		var found lexicon.Hits
		for i, word := range words {
			hits := s.forms(segment, word)
			if i > 0 {
				hits = found.And(hits)
			}
			found = hits
		}
		if len(words) > 1 {
			found = lexicon.Or(found, s.forms(segment, strings.Join(words, "")))
		}
		g.sides[side].typed = s.shown(segment, found)
	}
	return g
}

// forms finds a word in all its forms: in the reader's language, and in every
// other that has the word. A word that the reader's language has is looked for in
// others only where readers cannot read theirs: it may mean something else there.
func (s *search) forms(segment *Segment, word string) lexicon.Hits {
	index := segment.words.index
	first, _ := utf8.DecodeRuneInString(word)
	if text.Undivided(first) {
		return index.Run(word)
	}
	folded := text.FoldWord(word)
	own := index.Forms(s.reader, text.FormOf(s.reader, word))
	list := []lexicon.Hits{index.Exact(folded)}
	for _, language := range index.Languages() {
		if language != s.reader && index.Has(language, folded) {
			list = append(list, index.Forms(language, text.FormOf(language, word)))
		}
	}
	if plain := text.WithoutUmlauts(folded); plain != folded && index.Has("de", plain) {
		list = append(list, index.Forms("de", text.FormOf("de", plain)))
	}
	if latin := text.SerbianLatin(folded); latin != folded && index.Has("sr", latin) {
		list = append(list, index.Exact(latin))
	}
	if own.IsEmpty() && lexicon.Or(list...).IsEmpty() {
		for _, language := range index.Languages() { // nobody says in which language they type
			list = append(list, index.Forms(language, text.FormOf(language, word)))
		}
	}
	others := lexicon.Or(list...)
	if !s.everyText && s.isOwn(text.FormOf(s.reader, word)) {
		others = others.Without(segment.readable(s.reader))
	}
	return lexicon.Or(own, others)
}

// isOwn reports whether the reader's language has a form of a word.
func (s *search) isOwn(form text.Form) bool {
	return slices.ContainsFunc(s.sides[:], func(side side) bool {
		return !s.shown(side.Segment, side.words.index.Forms(s.reader, form)).IsEmpty()
	})
}

// led is how many practices have it in title or summary, or are where it names.
func (g *group) led() int {
	count := 0
	for _, s := range g.sides {
		led := lexicon.Or(s.typed, s.meant).Led()
		if s.keyed != nil {
			led = roaring.Or(led, s.keyed)
		}
		count += int(led.GetCardinality())
		for _, set := range s.named {
			count += set.count()
		}
		if s.few != nil {
			count += int(s.few.GetCardinality())
		}
	}
	return count
}
