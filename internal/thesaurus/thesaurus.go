// Package thesaurus holds the concepts of our field and their words in every
// language of the interface: what else somebody may mean by a word. In spirit it
// is SKOS (W3C, 2009): a concept has names, wider and related concepts, and here
// the topics whose practices serve whoever asks for it. It knows neither texts nor
// practices.
//
// Concepts and their relations are in concepts.json, their words in
// locales/concepts/<tag>.json, the usual one first.
package thesaurus

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"path"
	"slices"
	"strings"
	"sync"

	"exempla/internal/text"
	"exempla/locales"
)

//go:embed concepts.json
var relations []byte

// Concept is something that people look for.
type Concept struct {
	ID      string   `json:"id"`      // an English word for it, as in an address
	Broader []string `json:"broader"` // wider concepts: who looks for one of them is served by this one
	Related []string `json:"related"` // concepts that lie near
	Topics  []string `json:"topics"`  // slugs of topics whose practices are about it

	Wordings []Wording  `json:"-"` // its words in all languages, the usual one of each language first
	Narrower []*Concept `json:"-"` // the concepts that it is wider than, and theirs
	Near     []*Concept `json:"-"` // its wider and related ones
}

// Wording is a word or phrase for a concept in a language.
type Wording struct {
	Language string
	Text     string
}

// Thesaurus finds concepts by their words.
type Thesaurus struct {
	concepts  []*Concept
	languages []string // of the words
	book      text.Phrasebook[*Concept]
}

// Load returns the thesaurus that is part of the program, made on first use: that
// takes some tenths of a second.
var Load = sync.OnceValue(func() *Thesaurus {
	t, err := load()
	if err != nil {
		panic(err) // embedded, and read by a test
	}
	return t
})

// bare are the concepts before load gives them words and makes them know one another.
var bare = sync.OnceValue(func() (list []*Concept) {
	if err := json.Unmarshal(relations, &list); err != nil {
		panic(err) // embedded, and read by a test
	}
	return list
})

// Numbers are the places of all concepts in Concepts, by id. It needs no words, so it
// takes only a few milliseconds the first time.
var Numbers = sync.OnceValue(func() map[string]int {
	numbers := map[string]int{}
	for i, c := range bare() {
		numbers[c.ID] = i
	}
	return numbers
})

func load() (*Thesaurus, error) {
	t := &Thesaurus{concepts: bare()}
	files, err := locales.Concepts.ReadDir("concepts")
	if err != nil {
		return nil, err
	}
	for _, file := range files {
		if err := t.read(file.Name()); err != nil {
			return nil, fmt.Errorf("words of concepts: %s: %w", file.Name(), err)
		}
	}
	for _, c := range t.concepts {
		for _, id := range append(slices.Clone(c.Broader), c.Related...) {
			other := t.Concept(id)
			if other == nil {
				return nil, fmt.Errorf("concept %s: there is no concept %s", c.ID, id)
			}
			c.Near = append(c.Near, other)
		}
		t.announce(c, c.Broader)
		c.Wordings = slices.Clone(c.Wordings) // without room for more
	}
	return t, nil
}

// announce adds a concept to those that are narrower than the given ones, and to
// those above them.
func (t *Thesaurus) announce(c *Concept, broader []string) {
	for _, id := range broader {
		above := t.Concept(id)
		if above != nil && above != c && !slices.Contains(above.Narrower, c) {
			above.Narrower = append(above.Narrower, c)
			t.announce(c, above.Broader)
		}
	}
}

// read reads the words of one language.
func (t *Thesaurus) read(name string) error {
	content, err := locales.Concepts.ReadFile("concepts/" + name)
	if err != nil {
		return err
	}
	var words map[string][]string
	if err := json.Unmarshal(content, &words); err != nil {
		return err
	}
	language := strings.TrimSuffix(name, path.Ext(name))
	t.languages = append(t.languages, language)
	together(words)
	for _, c := range t.concepts {
		for _, wording := range words[c.ID] {
			c.Wordings = append(c.Wordings, Wording{language, wording})
			t.book.Add(language, wording, c)
		}
		delete(words, c.ID)
	}
	for id := range words {
		return fmt.Errorf("there is no concept %s", id)
	}
	return nil
}

// together keeps all words in one piece of memory: else they would be half of all that
// the garbage collector visits in the program.
func together(words map[string][]string) {
	size := 0
	for _, list := range words {
		for _, word := range list {
			size += len(word)
		}
	}
	var all strings.Builder
	all.Grow(size)
	for _, list := range words {
		for i, word := range list {
			from := all.Len()
			all.WriteString(word)
			list[i] = all.String()[from:]
		}
	}
}

// Concept returns the concept with an id, or nil if there is none.
func (t *Thesaurus) Concept(id string) *Concept {
	if n, ok := Numbers()[id]; ok {
		return t.concepts[n]
	}
	return nil
}

// Concepts lists all concepts.
func (t *Thesaurus) Concepts() []*Concept { return t.concepts }

// Find returns the concepts that words of a wording name, of the longest name that
// begins with the word at a place, and how many words that has. Words of the first
// of the languages go before those of the others.
func (t *Thesaurus) Find(w *text.Wording, from int, languages []string) ([]*Concept, int) {
	return t.book.Find(w, from, languages)
}

// Named returns the concept that has a name in any language, or nil if none has. A
// name that several have is taken as in the given language, else as in English,
// which most people share.
func (t *Thesaurus) Named(name, language string) *Concept {
	words := text.Words(name)
	found, length := t.Find(text.NewWording(words), 0, append([]string{language, "en"}, t.languages...))
	if len(found) == 0 || length < len(words) {
		return nil
	}
	return found[0]
}

// Names are what concepts, given by their ids, are called in a language. Ids of
// concepts that there are no longer are left out.
func (t *Thesaurus) Names(ids []string, language string) []string {
	var names []string
	for _, id := range ids {
		if c := t.Concept(id); c != nil {
			names = append(names, c.Name(language))
		}
	}
	return names
}

// Name is the usual word for a concept in a language; in English if the language
// has none.
func (c *Concept) Name(language string) string {
	english := ""
	for _, w := range c.Wordings {
		if w.Language == language {
			return w.Text
		}
		if w.Language == "en" && english == "" {
			english = w.Text
		}
	}
	return english
}
