package generate

import (
	"math"
	"strings"
	"unicode"
	"unicode/utf8"

	"exempla/internal/practice"
)

// Lengths of texts in words or, for scripts without spaces, in characters: about
// those of the samples.
const (
	leastTitle, mostTitle     = 4, 14
	leastSummary, mostSummary = 22, 60
)

// Coined words: the share of known words that one follows, and how many there are in
// a language. Drawn by Zipf's law, the most common is in about every sixth practice,
// and the vocabulary keeps growing with the catalogue.
const (
	coinedShare = 0.10
	mostCoined  = 3_000_000
)

// vocabulary says which words follow which in a language.
type vocabulary struct {
	titles, summaries chain
	heads, tails      []string // halves of known words, from which new ones are coined
	spaced            bool     // whether spaces separate words
}

// chain is a Markov chain over the words of some texts.
type chain struct {
	words []string
	next  [][]int32 // by word: the words that followed it, as often as they did, or end
	first []int32   // the words that began a text, as often as they did
	at    map[string]int32
}

const end = -1

// vocabularies learns the languages of all texts. A language with titles only uses
// their words for summaries too, and the other way round.
func vocabularies(samples []practice.Practice) map[practice.Language]*vocabulary {
	all := map[practice.Language]*vocabulary{}
	of := func(l practice.Language) *vocabulary {
		if all[l] == nil {
			all[l] = &vocabulary{spaced: l != "ja" && l != "zh"}
		}
		return all[l]
	}
	for _, p := range samples {
		for _, t := range p.Texts {
			of(t.TitleLanguage).learn(&of(t.TitleLanguage).titles, t.Title)
			of(t.Language).learn(&of(t.Language).summaries, t.Summary)
		}
	}
	for _, v := range all {
		if len(v.titles.words) == 0 {
			v.titles = v.summaries
		}
		if len(v.summaries.words) == 0 {
			v.summaries = v.titles
		}
	}
	return all
}

// learn adds a text to a chain, and the halves of its longer words.
func (v *vocabulary) learn(c *chain, text string) {
	words := v.split(text)
	for i, word := range words {
		from := c.number(word)
		if i == 0 {
			c.first = append(c.first, from)
		}
		to := int32(end)
		if i+1 < len(words) {
			to = c.number(words[i+1])
		}
		c.next[from] = append(c.next[from], to)
		v.halve(word)
	}
}

// split returns the words of a text, or its characters if spaces do not separate
// words.
func (v *vocabulary) split(text string) []string {
	if v.spaced {
		return strings.Fields(text)
	}
	return strings.Split(strings.Join(strings.Fields(text), ""), "")
}

// halve adds both halves of a word that is long enough.
func (v *vocabulary) halve(word string) {
	word = strings.ToLower(strings.TrimFunc(word, func(r rune) bool { return !unicode.IsLetter(r) }))
	signs := []rune(word)
	whole := !strings.ContainsFunc(word, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) })
	switch {
	case !whole || len(signs) == 0:
	case !v.spaced:
		v.heads, v.tails = append(v.heads, word), append(v.tails, word)
	case len(signs) >= 4:
		half := len(signs) / 2
		v.heads, v.tails = append(v.heads, string(signs[:half])), append(v.tails, string(signs[half:]))
	}
}

func (c *chain) number(word string) int32 {
	if n, ok := c.at[word]; ok {
		return n
	}
	if c.at == nil {
		c.at = map[string]int32{}
	}
	n := int32(len(c.words))
	c.at[word] = n
	c.words, c.next = append(c.words, word), append(c.next, nil)
	return n
}

func (v *vocabulary) title(d draw) string {
	return v.write(d, &v.titles, length{leastTitle, mostTitle})
}

func (v *vocabulary) summary(d draw) string {
	return v.write(d, &v.summaries, length{leastSummary, mostSummary})
}

// length bounds the number of words of a text.
type length struct{ least, most int }

// write walks along a chain, starting again if it ends too soon, and inserts coined
// words.
func (v *vocabulary) write(d draw, c *chain, l length) string {
	var b strings.Builder
	at := pick(d, c.first)
	for count := 0; count < l.most; count++ {
		v.add(&b, c.words[at])
		if d.chance(coinedShare) && len(v.heads) > 0 {
			v.add(&b, v.coined(zipf(d)))
		}
		if at = pick(d, c.next[at]); at == end {
			if count+1 >= l.least {
				break
			}
			at = pick(d, c.first)
		}
	}
	return b.String()
}

func (v *vocabulary) add(b *strings.Builder, word string) {
	if v.spaced && b.Len() > 0 {
		b.WriteByte(' ')
	}
	b.WriteString(word)
}

// zipf draws a rank from 0 to mostCoined; the probability of rank n is proportional
// to 1/(n+1).
func zipf(d draw) int {
	return int(math.Exp(d.Float64()*math.Log(mostCoined+1))) - 1
}

// Ranks from which coined words get a third and a fourth part: pairs of halves from
// a small vocabulary would soon repeat.
const threeParts, fourParts = 300, 30_000

// coined returns the word of a rank, made of halves of known words. It does not
// depend on the seed.
func (v *vocabulary) coined(rank int) string {
	h := spread(uint64(rank))
	word := part(v.heads, h) + part(v.tails, h>>20)
	if rank >= threeParts {
		word += part(v.tails, h>>40)
	}
	if rank >= fourParts {
		word += part(v.tails, spread(h))
	}
	first, size := utf8.DecodeRuneInString(word)
	if rank%5 == 0 { // names are among them
		return string(unicode.ToUpper(first)) + word[size:]
	}
	return word
}

func part(list []string, hash uint64) string { return list[hash%uint64(len(list))] }
