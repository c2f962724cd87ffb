package lexicon

import (
	"cmp"
	"maps"
	"slices"
	"sync"
)

// Index returns the index of everything added; the builder must not be used
// afterwards.
func (b *Builder) Index() *Index { return Join(b) }

// Join returns the index of everything added to some builders, which must not be used
// afterwards: so texts can be read side by side. Numbers of texts must be higher than
// those of the builders before.
func Join(builders ...*Builder) *Index {
	parts := map[string][]*collector{}
	for _, b := range builders {
		for language, c := range b.languages {
			parts[language] = append(parts[language], c)
		}
	}
	x := &Index{languages: make(map[string]*words, len(parts)), names: slices.Sorted(maps.Keys(parts))}
	joined := make([]*words, len(x.names))
	var all sync.WaitGroup
	for i, language := range x.names {
		all.Go(func() { joined[i] = join(language, parts[language]) })
	}
	all.Wait()
	for i, language := range x.names {
		x.languages[language] = joined[i]
	}
	return x
}

// joiner makes one of what several collectors have of a language.
type joiner struct {
	*words
	parts   []*collector // in the order of their texts
	numbers [][]uint32   // by part and number there: the number here
}

func join(language string, parts []*collector) *words {
	j := &joiner{words: &words{}, parts: parts}
	j.number()
	j.joinPostings()
	j.joinSpellings()
	j.joinStems()
	for i, part := range parts {
		j.sequence.add(&part.sequence, j.numbers[i])
	}
	j.sequence = sequence{slices.Clone(j.sequence.texts), slices.Clone(j.sequence.starts), slices.Clone(j.sequence.words)} // without room for more
	j.words.parts = j.compoundParts(language)
	return j.words
}

// number numbers the words of all parts, the most common first, then by the letters.
func (j *joiner) number() {
	var all table
	var counts []int
	for _, part := range j.parts {
		numbers := make([]uint32, part.list.size())
		for n := range numbers {
			number, isNew := all.add(part.list.at(uint32(n)))
			if isNew {
				counts = append(counts, 0)
			}
			counts[number] += countPostings(part.where[n])
			numbers[n] = number
		}
		j.numbers = append(j.numbers, numbers)
	}
	order := make([]uint32, all.size())
	for n := range order {
		order[n] = uint32(n)
	}
	slices.SortFunc(order, func(a, b uint32) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(all.at(a), all.at(b)))
	})
	j.list = sized(&all)
	rank := make([]uint32, len(order))
	for _, n := range order {
		rank[n], _ = j.list.add(all.at(n))
	}
	for _, numbers := range j.numbers {
		for i, n := range numbers {
			numbers[i] = rank[n]
		}
	}
	j.sorted = order
	for n := range order {
		order[n] = uint32(n)
	}
	slices.SortFunc(order, func(a, b uint32) int { return cmp.Compare(j.list.at(a), j.list.at(b)) })
}

// joinPostings gathers the texts of each word.
func (j *joiner) joinPostings() {
	lists := make([][][]byte, j.list.size()) // by word: its postings in the parts that have it
	for i, part := range j.parts {
		for n, list := range part.where {
			at := j.numbers[i][n]
			lists[at] = append(lists[at], list)
		}
		part.where = nil
	}
	var all []posting
	for _, list := range lists {
		all = all[:0]
		for _, some := range list {
			all = appendPostings(all, some)
		}
		if len(all) > mostFew {
			j.many = append(j.many, hitsOf(all))
			continue
		}
		j.starts = append(j.starts, uint32(len(j.few)))
		last := uint32(0)
		for _, p := range all {
			j.few = appendPosting(j.few, last, p.number(), p.zone())
			last = p.number()
		}
	}
	j.few = slices.Clone(j.few) // without room for more
	j.starts = append(j.starts, uint32(len(j.few)))
}

// joinSpellings decides how words are shown.
func (j *joiner) joinSpellings() {
	all := spellings{by: make([]uint32, j.list.size())}
	for i, part := range j.parts {
		for n, at := range j.numbers[i] {
			if written, ok := part.shown.of(uint32(n)); ok {
				all.show(at, written, "")
			} else if part.shown.by[n] == asFolded {
				all.by[at] = asFolded
			}
		}
	}
	j.shown = make([]uint32, j.list.size())
	for n := range j.shown {
		if written, ok := all.of(uint32(n)); ok {
			j.written.append(written)
			j.shown[n] = uint32(j.written.size())
		}
	}
}

// joinStems gathers the words of each stem.
func (j *joiner) joinStems() {
	var all table
	var stemmed []member
	for i, part := range j.parts {
		keys := make([]uint32, part.stems.size())
		for n := range keys {
			keys[n], _ = all.add(part.stems.at(uint32(n)))
		}
		for _, m := range part.stemmed {
			stemmed = append(stemmed, member{keys[m.key], j.numbers[i][m.number]})
		}
	}
	j.stems = grouped(&all, stemmed)
}
