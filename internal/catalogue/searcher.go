package catalogue

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/RoaringBitmap/roaring/v2"

	"exempla/internal/gazetteer"
	"exempla/internal/lexicon"
	"exempla/internal/practice"
	"exempla/internal/query"
	"exempla/internal/text"
	"exempla/internal/thesaurus"
)

// Searcher finds practices by words. What it knows besides the words of an index
// is what words may mean: names of topics and countries, and the thesaurus.
type Searcher struct {
	names     func() *names // made on first use
	languages []string      // of the interface
}

// names are those of topics and countries.
type names struct {
	book     text.Phrasebook[name]
	spellers map[string]*lexicon.Speller // by language
}

func (n *names) add(language practice.Language, called string, of name) {
	n.book.Add(string(language), called, of)
	if n.spellers[string(language)] == nil {
		n.spellers[string(language)] = &lexicon.Speller{}
	}
	for _, word := range text.Words(called) {
		n.spellers[string(language)].Add(text.FoldWord(word), word, 0)
	}
}

// name is what a name of a topic or a country stands for.
type name struct {
	facet Facet
	key   string
}

// NewSearcher returns a searcher that knows the names of topics and countries.
func NewSearcher(v Vocabulary) *Searcher {
	g := &Searcher{}
	for _, language := range v.Languages {
		g.languages = append(g.languages, string(language))
	}
	g.names = sync.OnceValue(func() *names {
		all := &names{spellers: map[string]*lexicon.Speller{}}
		for _, language := range v.Languages {
			for _, topic := range practice.Topics {
				all.add(language, v.Topic(language, topic), name{Topic, string(topic)})
			}
			for _, country := range practice.Countries() {
				for _, called := range v.Countries(language, country) {
					all.add(language, called, name{Country, string(country)})
				}
			}
		}
		return all
	})
	return g
}

// Reading says how a search was read, so that readers can be told: nothing that
// they have typed is changed or left out without a word.
type Reading struct {
	Also    []string     // words of the reader's language that were looked for besides those typed, the usual ones
	Marks   []string     // all of them, for marking what was found
	Instead []Correction // words that were taken for misspelt ones
	Missing []string     // words that nothing has, not even misspelt
	Partly  bool         // no practice has all words in title or summary; those with most come first
	Abroad  []Abroad     // cities without practices, for which those of their countries stand
	cities  []namedCity
}

// Abroad is a city of the world that has no practices, by the name that was typed.
type Abroad struct {
	City    string
	Country practice.Country
}

// Correction is a word that was typed, and the one that was looked for instead.
type Correction struct{ Typed, Meant string }

// asTyped is the reading with words as they were typed, which are compared in small
// letters.
func (r Reading) asTyped(words string) Reading {
	typed := map[string]string{}
	for _, word := range text.Words(words) {
		typed[text.Plain(word)] = word
	}
	for i, c := range r.Instead {
		r.Instead[i].Typed = cmp.Or(typed[c.Typed], c.Typed)
	}
	for i, word := range r.Missing {
		r.Missing[i] = cmp.Or(typed[word], word)
	}
	return r
}

// Bounds of telling readers what else was looked for: of one concept, in all, and
// how many words are marked in what was found.
const (
	mostAlso      = 3
	mostAlsoInAll = 8
	mostMarks     = 60
)

// note remembers the words by which readers of the language know a concept.
func (s *search) note(typed []string, c *thesaurus.Concept) {
	whole := gazetteer.Key(strings.Join(typed, ""))
	told := 0
	for _, w := range c.Wordings {
		if w.Language != s.reader || gazetteer.Key(w.Text) == whole {
			continue
		}
		if told < mostAlso && len(s.reading.Also) < mostAlsoInAll {
			s.reading.Also = append(s.reading.Also, w.Text)
			told++
		}
		if len(s.reading.Marks) < mostMarks {
			s.reading.Marks = append(s.reading.Marks, w.Text)
		}
	}
}

// Search finds the practices of an index that the words of a selection mean,
// ranked; see rank. Words follow the usual rules of search boxes: "quoted words"
// stand together as they are, or means either, -word excludes what has the word
// in any of its texts. Errors: ErrLearning, and that of the context.
func (g *Searcher) Search(ctx context.Context, x *Index, words string, reader practice.Language) (Hits, error) {
	if words == "" {
		return Hits{}, nil
	}
	asked := askedWords{g, words, reader}
	if hits, ok := x.asked.of(asked); ok {
		return hits, nil
	}
	for _, segment := range []*Segment{x.base, x.overlay} {
		if err := segment.words.await(ctx, segment); err != nil {
			return Hits{}, err
		}
	}
	s := newSearch(g, x, reader)
	var hits Hits
	for _, terms := range alternatives(query.Parse(words)) {
		s.rank(s.groups(terms))
	}
	hits.tiers = s.tiers()
	hits.excluded = s.excluded(words)
	hits.Reading = s.reading.asTyped(words)
	x.asked.keep(asked, hits)
	return hits, nil
}

// Collect finds the practices of a collection: those chosen by hand that there are, then
// those of its selection, at most practice.MaxCollected of these. Errors: those of Search,
// with those chosen by hand.
func (g *Searcher) Collect(ctx context.Context, x *Index, c practice.Collection, r Reader) ([]int64, error) {
	var numbers []int64
	for _, number := range c.Practices {
		if _, ok := x.Practice(number); ok {
			numbers = append(numbers, number)
		}
	}
	if c.Selection == "" {
		return numbers, nil
	}
	selection := ParseAddress(c.Selection)
	hits, err := g.Search(ctx, x, selection.Words, r.Language)
	if err != nil {
		return numbers, err
	}
	for _, number := range selection.Numbers(x, hits, r) {
		if len(numbers) >= practice.MaxCollected {
			break
		}
		if !slices.Contains(numbers, number) {
			numbers = append(numbers, number)
		}
	}
	return numbers, nil
}

// askedWords are words that somebody has searched for, where they mean what a searcher
// says.
type askedWords struct {
	by     *Searcher
	words  string
	reader practice.Language
}

// answers keep what words find in an index: people go on with the same words, by
// filters and pages.
type answers struct {
	mu   sync.Mutex
	kept map[askedWords]Hits
	size int // bytes, about
}

// Bounds of kept answers, in bytes: of all of an index, which then begin anew, and
// what one takes besides its positions and words.
const (
	mostKept   = 4 << 20
	ofEachKept = 300
)

func (a *answers) of(asked askedWords) (Hits, bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	hits, ok := a.kept[asked]
	return hits, ok
}

func (a *answers) keep(asked askedWords, hits Hits) {
	positions := len(hits.excluded[0]) + len(hits.excluded[1])
	for _, t := range hits.tiers {
		positions += len(t[0]) + len(t[1])
	}
	size := ofEachKept + len(asked.words) + 4*positions
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.kept == nil || a.size+size > mostKept {
		a.kept, a.size = map[askedWords]Hits{}, 0
	}
	a.kept[asked] = hits
	a.size += size
}

// alternatives parts the wanted terms of a query where an "or" stands.
func alternatives(q query.Query) [][]query.Term {
	var list [][]query.Term
	for _, term := range q.Terms {
		switch {
		case term.Excluded:
		case term.Or || len(list) == 0:
			list = append(list, []query.Term{term})
		default:
			list[len(list)-1] = append(list[len(list)-1], term)
		}
	}
	return list
}

// search is one search of an index.
type search struct {
	*Searcher
	index     *Index
	sides     [2]side
	reader    string
	languages []string // in which the words may be, the reader's first
	reading   Reading
	everyText bool            // texts count that readers can read in their language, too
	hidden    *roaring.Bitmap // positions of the base that are not in the index any more
}

// side is what is found in one of the segments of an index.
type side struct {
	*Segment
	scores []uint32        // by position; 0 for what was not found
	found  *roaring.Bitmap // positions that may have a score
}

func newSearch(g *Searcher, x *Index, reader practice.Language) *search {
	s := &search{Searcher: g, index: x, reader: string(reader), hidden: hiddenInBase(x)}
	for i, segment := range []*Segment{x.base, x.overlay} {
		s.sides[i] = side{segment, segment.words.borrowScores(segment.Size()), roaring.New()}
	}
	s.languages = append(s.languages, s.reader, nameless)
	for _, language := range append(slices.Clone(g.languages), x.base.words.index.Languages()...) {
		if !slices.Contains(s.languages, language) {
			s.languages = append(s.languages, language)
		}
	}
	return s
}

// hiddenInBase are the practices of the base that were changed or removed.
func hiddenInBase(x *Index) *roaring.Bitmap {
	hidden := roaring.New()
	for number := range x.touched {
		if at, ok := x.base.numbers.of(number); ok {
			hidden.Add(uint32(at))
		}
	}
	return hidden
}

// shown are hits of a segment that are in the index.
func (s *search) shown(segment *Segment, hits lexicon.Hits) lexicon.Hits {
	if segment != s.index.base || s.hidden.IsEmpty() {
		return hits
	}
	return hits.Without(s.hidden)
}

// shows reports whether the practice at a position of a segment is in the index.
func (s *search) shows(side, at int) bool { return side == 1 || s.index.shown.has(at) }

// tiers are what was found, the best first. It gives the scores back.
func (s *search) tiers() []tier {
	by := map[uint32]*tier{}
	for side := range s.sides {
		one := &s.sides[side]
		last, of := uint32(0), (*tier)(nil)
		each(one.found, func(at uint32) {
			score := one.scores[at]
			if score == 0 {
				return
			}
			one.scores[at] = 0
			if score != last {
				if by[score] == nil {
					by[score] = &tier{}
				}
				last, of = score, by[score]
			}
			of[side] = append(of[side], at)
		})
		one.words.scores.Put(&one.scores)
	}
	list := make([]tier, 0, len(by))
	for _, score := range slices.Backward(slices.Sorted(maps.Keys(by))) {
		list = append(list, *by[score])
	}
	return list
}

// excluded is what has a word that a dash stands before, in whatever form.
func (s *search) excluded(words string) (found tier) {
	s.everyText = true
	for _, term := range query.Parse(words).Terms {
		if !term.Excluded {
			continue
		}
		g := s.typedGroup(term.Words)
		if term.Phrase {
			g = s.phraseGroup(term)
		}
		for side := range s.sides {
			found[side] = append(found[side], g.sides[side].typed.Any().ToArray()...)
		}
	}
	return found
}

// phraseGroup is what stands in quotation marks, as it stands.
func (s *search) phraseGroup(term query.Term) *group {
	g := &group{typed: term.Words, isExact: true}
	words := make([]string, len(term.Words))
	for i, word := range term.Words {
		words[i] = word
		if first, _ := utf8.DecodeRuneInString(word); !text.Undivided(first) {
			words[i] = text.FoldWord(word)
		}
	}
	for side := range g.sides {
		g.sides[side].typed = s.shown(s.sides[side].Segment, s.sides[side].words.index.Phrase(words))
	}
	return g
}
