package catalogue

import (
	"context"
	"errors"
	"strings"
	"sync"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/RoaringBitmap/roaring/v2"

	"exempla/internal/gazetteer"
	"exempla/internal/lexicon"
	"exempla/internal/practice"
	"exempla/internal/text"
	"exempla/internal/thesaurus"
)

// ErrLearning is returned by a search while the words of the catalogue are still
// being read, soon after the start of the program.
var ErrLearning = errors.New("the words of the catalogue are still being read")

// Learning the words of so many practices takes about a tenth of a second, and may
// be done while somebody waits; of more it goes on in the background, and whoever
// searches waits for it a while.
const (
	learnedAtOnce  = 2_000
	waitForLearned = 2 * time.Second
)

// segmentWords are the words of a segment, learned on first use.
type segmentWords struct {
	once     sync.Once
	learned  chan struct{} // closed when they are
	index    *lexicon.Index
	spellers map[string]*lexicon.Speller // by language
	cities   text.Phrasebook[string]     // keys of cities by their names in all languages
	readable sync.Map                    // language → *roaring.Bitmap
	keywords map[int]*roaring.Bitmap     // practices by number of the concept that they have as a keyword
	subjects sync.Map                    // *thesaurus.Concept → *roaring.Bitmap, likewise
	concepts sync.Map                    // conceptIn → lexicon.Hits, for each that was asked for
	levels   sync.Pool                   // *[]level, absent
	scores   sync.Pool                   // *[]uint32, zero
}

func newSegmentWords() *segmentWords { return &segmentWords{learned: make(chan struct{})} }

// borrowLevels lends levels for each position of the segment, all absent.
func (w *segmentWords) borrowLevels(size int) []level {
	if lent, ok := w.levels.Get().(*[]level); ok {
		return *lent
	}
	return make([]level, size)
}

// borrowScores lends scores for each position of the segment, all zero.
func (w *segmentWords) borrowScores(size int) []uint32 {
	if lent, ok := w.scores.Get().(*[]uint32); ok {
		return *lent
	}
	return make([]uint32, size)
}

// Learn reads the words of the index and the thesaurus, if that was not done
// before. Searching does it on first use; a program that calls it at its start
// saves readers the wait.
func (x *Index) Learn() {
	var thesaurus sync.WaitGroup
	thesaurus.Go(func() { thesaurusSpellers() })
	x.base.words.learn(x.base, sideBySide)
	x.overlay.words.learn(x.overlay, 1)
	thesaurus.Wait()
}

// sideBySide is how many parts of a segment are read at once while people wait for its
// words. Nobody waits for those of one that replaces another, and requests need the
// processor.
const sideBySide = 2

// learn reads the words of the segment that they belong to, some parts of it at once.
func (w *segmentWords) learn(s *Segment, parts int) {
	w.once.Do(func() {
		w.read(s, parts)
		close(w.learned)
	})
}

// await returns when the words are known, or with an error when that takes too
// long.
func (w *segmentWords) await(ctx context.Context, s *Segment) error {
	if s.Size() <= learnedAtOnce {
		w.learn(s, 1)
		return nil
	}
	go w.learn(s, sideBySide)
	select {
	case <-w.learned:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(waitForLearned):
		return ErrLearning
	}
}

func (w *segmentWords) read(s *Segment, parts int) {
	builders := make([]*lexicon.Builder, parts)
	var all sync.WaitGroup
	for i := range builders {
		builders[i] = &lexicon.Builder{}
		all.Go(func() { s.readWords(builders[i], i*s.Size()/parts, (i+1)*s.Size()/parts) })
	}
	called := w.readSubjects(s)
	all.Wait()
	w.index = lexicon.Join(builders...)
	w.spellers = w.index.Spellers()
	for spelling, cities := range called {
		for _, word := range text.Words(spelling.Name) {
			language := nameLanguage(spelling)
			if w.spellers[language] == nil {
				w.spellers[language] = &lexicon.Speller{}
			}
			w.spellers[language].Add(text.FoldWord(word), word, cities)
		}
	}
}

// readWords reads the words of the practices at some positions.
func (s *Segment) readWords(b *lexicon.Builder, from, to int) {
	var p practice.Practice
	var bodies []string
	for at := from; at < to; at++ {
		bodies = s.record(at).readWords(&p, bodies)
		number := uint32(at)
		for i := range p.Texts {
			t := &p.Texts[i]
			b.Add(number, string(titleLanguage(t)), lexicon.Title, t.Title)
			b.Add(number, string(practice.English), lexicon.Title, t.TitleEnglish)
		}
		for i := range p.Texts {
			b.Add(number, string(p.Texts[i].Language), lexicon.Lead, p.Texts[i].Summary)
		}
		for i, body := range bodies {
			b.Add(number, string(p.Texts[i].Language), lexicon.Rest, body)
		}
		b.Add(number, string(originalLanguage(&p)), lexicon.Rest, p.Organisation)
		for _, city := range p.Place.Cities {
			b.Add(number, nameless, lexicon.Rest, city.Name)
		}
	}
}

// readSubjects reads keywords and cities of a segment, and returns by how many cities
// each name is borne.
func (w *segmentWords) readSubjects(s *Segment) map[gazetteer.Spelling]int {
	var p practice.Practice
	var keywords []int
	w.keywords = map[int]*roaring.Bitmap{}
	known := map[string]bool{}
	called := map[gazetteer.Spelling]int{}
	for at := range s.at {
		keywords = s.record(at).readKeywords(&p, keywords)
		for _, keyword := range keywords {
			if w.keywords[keyword] == nil {
				w.keywords[keyword] = roaring.New()
			}
			w.keywords[keyword].Add(uint32(at))
		}
		for _, city := range p.Place.Cities {
			key := CityKey(city)
			if known[key] {
				continue
			}
			key = strings.Clone(key) // else it would hold the memory of a record
			known[key] = true
			for _, spelling := range spellings(city) {
				w.cities.Add(nameLanguage(spelling), spelling.Name, key)
				called[spelling]++
			}
		}
	}
	return called
}

// nameless is the language of names, which belong to none.
const nameless = ""

// scriptLanguages are the languages whose rules of inflection fit names that belong
// to no language, by the script of the first letter. In Latin letters names stand
// as they are.
var scriptLanguages = []struct {
	script   *unicode.RangeTable
	language string
}{{unicode.Greek, "el"}, {unicode.Cyrillic, "uk"}, {unicode.Arabic, "ar"}}

// spellings are the names by which a city is looked for. Those of its own are cloned,
// because they share the memory of a record.
func spellings(city practice.City) []gazetteer.Spelling {
	list := append(gazetteer.Spellings(city.Country, city.Name), gazetteer.Spelling{Name: strings.Clone(city.Name)})
	for language, name := range city.Names.All() {
		list = append(list, gazetteer.Spelling{Language: practice.Language(strings.Clone(string(language))), Name: strings.Clone(name)})
	}
	return list
}

// nameLanguage is the language of a name of a city.
func nameLanguage(s gazetteer.Spelling) string {
	if s.Language != "" {
		return string(s.Language)
	}
	first, _ := utf8.DecodeRuneInString(s.Name)
	for _, l := range scriptLanguages {
		if unicode.Is(l.script, first) {
			return l.language
		}
	}
	return nameless
}

// originalLanguage is the language in which a practice was written down first.
func originalLanguage(p *practice.Practice) practice.Language {
	if len(p.Texts) == 0 {
		return nameless
	}
	return p.Texts[0].Language
}

func titleLanguage(t *practice.Text) practice.Language {
	if t.TitleLanguage != "" {
		return t.TitleLanguage
	}
	return t.Language
}

// conceptIn is a concept in one language.
type conceptIn struct {
	concept  *thesaurus.Concept
	language string
}

// concept finds the texts in a language that have a word of a concept, or of a
// narrower one; those of several words near one another.
func (w *segmentWords) concept(c *thesaurus.Concept, language string) lexicon.Hits {
	key := conceptIn{c, language}
	if known, ok := w.concepts.Load(key); ok {
		return known.(lexicon.Hits)
	}
	var list []lexicon.Hits
	for _, each := range append([]*thesaurus.Concept{c}, c.Narrower...) {
		for _, wording := range each.Wordings {
			if wording.Language == language {
				list = append(list, w.index.Near(language, text.FormsOf(language, wording.Text)))
			}
		}
	}
	found := lexicon.Or(list...)
	w.concepts.Store(key, found)
	return found
}

// keyworded are the practices with a concept, or a narrower one, as a keyword.
func (w *segmentWords) keyworded(c *thesaurus.Concept) *roaring.Bitmap {
	if known, ok := w.subjects.Load(c); ok {
		return known.(*roaring.Bitmap)
	}
	var list []*roaring.Bitmap
	for _, each := range append([]*thesaurus.Concept{c}, c.Narrower...) {
		if set := w.keywords[thesaurus.Numbers()[each.ID]]; set != nil {
			list = append(list, set)
		}
	}
	found := roaring.FastOr(list...)
	w.subjects.Store(c, found)
	return found
}

// readable are the practices that have a text in a language.
func (s *Segment) readable(language string) *roaring.Bitmap {
	if known, ok := s.words.readable.Load(language); ok {
		return known.(*roaring.Bitmap)
	}
	found := roaring.New()
	set := s.postings[Language].value(language)
	for at := set.next(0); at >= 0; at = set.next(at + 1) {
		found.Add(uint32(at))
	}
	s.words.readable.Store(language, found)
	return found
}
