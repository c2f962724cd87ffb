// Package generate makes plausible catalogues of any size, for benchmarks and
// trials. It learns words, places, topics and periods from existing practices and
// makes new ones like them. The texts are not meant to be read. It does not know how
// practices are stored.
package generate

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"exempla/internal/practice"
)

// Shares that cannot be learnt, as the samples are too few, mostly English, and
// translated with a care that a large catalogue cannot hope for: of originals in
// another language, of practices with a translation, and of those with sections.
const (
	foreignShare    = 0.15
	translatedShare = 0.15
	sectionShare    = 0.01
)

// Maker makes practices. It may be used concurrently.
type Maker struct {
	seed    uint64
	samples []practice.Practice
	words   map[practice.Language]*vocabulary
	second  []practice.Language // of translations, each once
	cities  map[practice.Country][]practice.City
}

// New returns a maker that has learnt from the samples. The same samples and seed
// make the same practices. The error is that the samples have no English text or no
// translation.
func New(samples []practice.Practice, seed uint64) (*Maker, error) {
	m := &Maker{seed: seed, samples: samples, words: vocabularies(samples), cities: map[practice.Country][]practice.City{}}
	for _, p := range samples {
		for _, t := range p.Texts[1:] {
			if !slices.Contains(m.second, t.Language) {
				m.second = append(m.second, t.Language)
			}
		}
		for _, c := range p.Place.Cities {
			m.learnCity(c)
		}
	}
	if m.words[practice.English] == nil || len(m.second) == 0 {
		return nil, errors.New("generate: the samples need texts in English and in other languages")
	}
	return m, nil
}

// Practice makes the practice with a number, from 0. It depends on seed and number
// only, so a small catalogue is the beginning of a large one.
func (m *Maker) Practice(number int) practice.Practice {
	d := draw{rand.New(rand.NewPCG(m.seed, spread(uint64(number))))}
	like := pick(d, m.samples) // place, licence and source belong together
	p := practice.Practice{
		Place: m.place(d, like.Place), Topics: pick(d, m.samples).Topics, Period: pick(d, m.samples).Period,
		Keywords: like.Keywords, Licence: like.Licence, Texts: m.texts(d, pick(d, m.samples)),
		Source: practice.Source{Name: like.Source.Name, URL: fmt.Sprintf("https://practices.example/%d", number)},
	}
	p.Slug = slug(p.Texts[0].Title, number)
	return p
}

// maxStem, in bytes, leaves room for a number behind the words of a title.
const maxStem = practice.MaxSlug - 20

// slug is made of a title and the number, which makes it unique.
func slug(title string, number int) string {
	stem := practice.Slugify(title)
	if len(stem) > maxStem {
		stem = strings.TrimRight(stem[:maxStem], "-")
	}
	return fmt.Sprintf("%s-%d", stem, number+1)
}

// texts makes an original, with a title in another language where another practice
// has one, and perhaps a translation.
func (m *Maker) texts(d draw, like practice.Practice) []practice.Text {
	first := practice.English
	if d.chance(foreignShare) {
		first = pick(d, m.second)
	}
	texts := []practice.Text{m.text(d, first, practice.Original)}
	if from := like.Texts[0].TitleLanguage; first == practice.English && m.words[from] != nil && from != first {
		texts[0].TitleEnglish, texts[0].TitleLanguage = texts[0].Title, from
		texts[0].Title = m.words[from].title(d)
	}
	if other := pick(d, m.second); d.chance(translatedShare) && other != first {
		texts = append(texts, m.text(d, other, practice.Machine))
	}
	if d.chance(sectionShare) {
		texts[0].Sections = m.sections(d, first)
	}
	return texts
}

func (m *Maker) text(d draw, language practice.Language, state practice.TextState) practice.Text {
	v := m.words[language]
	return practice.Text{Language: language, State: state, Title: v.title(d), TitleLanguage: language, Summary: v.summary(d)}
}

// sections makes two paragraphs for each section, about what officers write.
func (m *Maker) sections(d draw, language practice.Language) map[practice.Section]string {
	v, sections := m.words[language], map[practice.Section]string{}
	for _, section := range practice.Sections {
		sections[section] = v.summary(d) + "\n\n" + v.summary(d)
	}
	return sections
}

// draw is the source of random choices for one practice.
type draw struct{ *rand.Rand }

func (d draw) chance(share float64) bool { return d.Float64() < share }

func pick[T any](d draw, list []T) T { return list[d.IntN(len(list))] }

// spread hashes a number, so that consecutive ones give unrelated results (the
// finaliser of SplitMix64).
func spread(x uint64) uint64 {
	x = (x + 0x9e3779b97f4a7c15)
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}
