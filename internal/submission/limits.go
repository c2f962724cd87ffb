package submission

import (
	"cmp"
	"slices"

	"exempla/internal/practice"
)

// Limits are what a site asks of what officers write, in place of what the program asks.
// What is zero is the program's.
type Limits struct {
	Words  map[Part]int `json:"words,omitempty"`  // the most of a long text
	Topics int          `json:"topics,omitempty"` // the most of a new practice
	Files  int          `json:"files,omitempty"`  // the most of a submission
}

// MaxTopics is how many topics a new practice may have where a site sets nothing: with
// more it would be found where it is beside the point.
const MaxTopics = 3

// MaxFiles is how many files a submission may have, pictures and documents
// together, where a site sets nothing: more than any practice seen, few enough to be
// looked at. A site can set fewer only, for requests are made for as many.
const MaxFiles = 12

// Bounds of what a site can set.
const (
	leastWords = 20 // in fewer nothing can be said
	wordSize   = 10 // characters with the space after a word: more than on average in any language, so that what has few enough words can be kept
	mostTopics = 10 // with more, topics tell practices apart no longer
)

// Bounds are the least and the most that a limit can be.
type Bounds struct{ Least, Most int }

// Has reports whether a limit is within the bounds.
func (b Bounds) Has(limit int) bool { return b.Least <= limit && limit <= b.Most }

// WordsBounds are the bounds of the words of a long text.
func WordsBounds(p Part) Bounds { return Bounds{leastWords, p.describe().most / wordSize} }

// TopicsBounds and FilesBounds are those of the topics and of the files.
var (
	TopicsBounds = Bounds{1, mostTopics}
	FilesBounds  = Bounds{1, MaxFiles}
)

// LongTexts are the parts that have a long text, in the order of the task list.
var LongTexts = slices.DeleteFunc(slices.Clone(Parts), func(p Part) bool { return !p.IsText() })

// MostWords is the most words that a part of a new practice may have; 0 for no limit.
func (l Limits) MostWords(p Part) int { return cmp.Or(l.Words[p], p.Words()) }

// MostTopics is how many topics a new practice may have.
func (l Limits) MostTopics() int { return cmp.Or(l.Topics, MaxTopics) }

// MostFiles is how many files a submission may have.
func (l Limits) MostFiles() int { return cmp.Or(l.Files, MaxFiles) }

// words is the most words that a part may have. A text that is public may have what the
// program allows in any case: it was accepted before the site set its limits.
func (l Limits) words(p Part, kind Kind) int {
	if kind == New {
		return l.MostWords(p)
	}
	return max(l.MostWords(p), p.Words())
}

// MostWords is the most words that a part of the submission may have; 0 for no limit.
func (s Submission) MostWords(p Part) int { return s.Limits.words(p, s.Kind) }

// topicProblems checks how many topics there are. A public practice may have more, from
// elsewhere.
func (l Limits) topicProblems(topics []practice.Topic, kind Kind) []Problem {
	switch n := len(topics); {
	case n == 0:
		return []Problem{{Part: Topics, Field: TopicsField, Rule: Missing}}
	case n > l.MostTopics() && kind == New:
		return []Problem{{Part: Topics, Field: TopicsField, Rule: TooLarge, Found: n, Limit: l.MostTopics()}}
	}
	return nil
}
