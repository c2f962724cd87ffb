package catalogue

import (
	"context"
	"errors"
	"strings"
	"sync"
	"time"

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
	speller  lexicon.Speller
	cities   text.Phrasebook[string] // keys of cities by their names in all languages
	concepts sync.Map                // *thesaurus.Concept → lexicon.Hits, for each that was asked for
}

func newSegmentWords() *segmentWords { return &segmentWords{learned: make(chan struct{})} }

// Learn reads the words of the index, if that was not done before. Searching
// does it on first use; a program that calls it at its start saves readers the
// wait.
func (x *Index) Learn() {
	x.base.words.learn(x.base)
	x.overlay.words.learn(x.overlay)
}

// learn reads the words of the segment that they belong to.
func (w *segmentWords) learn(s *Segment) {
	w.once.Do(func() {
		w.read(s)
		close(w.learned)
	})
}

// await returns when the words are known, or with an error when that takes too
// long.
func (w *segmentWords) await(ctx context.Context, s *Segment) error {
	if s.Size() <= learnedAtOnce {
		w.learn(s)
		return nil
	}
	go w.learn(s)
	select {
	case <-w.learned:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(waitForLearned):
		return ErrLearning
	}
}

func (w *segmentWords) read(s *Segment) {
	var b lexicon.Builder
	var p practice.Practice
	var bodies []string
	cities := map[string]bool{}
	for at := range s.at {
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
		b.Add(number, nameless, lexicon.Rest, p.Organisation)
		for _, city := range p.Place.Cities {
			b.Add(number, nameless, lexicon.Rest, city.Name)
			if key := CityKey(city); !cities[key] {
				key, name := strings.Clone(key), strings.Clone(city.Name)
				cities[key] = true
				w.nameCity(key, name, city.Country)
			}
		}
	}
	w.index = b.Index()
	w.index.Words(w.speller.Add)
}

// nameless is the language of names, which belong to none.
const nameless = ""

// nameCity notes the names by which a city is looked for.
func (w *segmentWords) nameCity(key, name string, _ practice.Country) {
	w.cities.Add(nameless, name, key)
	w.cities.Add(nameless, strings.ReplaceAll(practice.Slugify(name), "-", " "), key)
}

func titleLanguage(t *practice.Text) practice.Language {
	if t.TitleLanguage != "" {
		return t.TitleLanguage
	}
	return t.Language
}

// concept finds the texts that have a word of a concept, or of a narrower one, in
// any language.
func (w *segmentWords) concept(c *thesaurus.Concept) lexicon.Hits {
	if known, ok := w.concepts.Load(c); ok {
		return known.(lexicon.Hits)
	}
	var list []lexicon.Hits
	for _, each := range append([]*thesaurus.Concept{c}, c.Narrower...) {
		for _, wording := range each.Wordings {
			list = append(list, w.wording(wording))
		}
	}
	found := lexicon.Or(list...)
	w.concepts.Store(c, found)
	return found
}

// wording finds the texts that have all words of a wording, in its language.
func (w *segmentWords) wording(wording thesaurus.Wording) lexicon.Hits {
	var found lexicon.Hits
	for i, form := range wording.Forms {
		hits := w.index.Forms(wording.Language, form)
		if i > 0 {
			hits = found.And(hits)
		}
		if found = hits; found.IsEmpty() {
			break
		}
	}
	return found
}
