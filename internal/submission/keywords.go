package submission

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"exempla/internal/practice"
	"exempla/internal/text"
	"exempla/internal/thesaurus"
)

// Bounds of keywords in a form.
const (
	MaxOtherKeywords  = 1_000 // characters typed in one go: thirty words of any language
	mostSuggestions   = 12    // read at a glance
	mostWordsSearched = 5_000 // of one text: more than all parts at twice their limits
)

// keywordSizes refuses more keywords than a practice may have.
func keywordSizes(c Content) []Problem {
	if len(c.Keywords) <= practice.MaxKeywords {
		return nil
	}
	return []Problem{{Part: Topics, Field: KeywordsField, Rule: TooLarge, Found: len(c.Keywords), Limit: practice.MaxKeywords}}
}

// writeKeywords takes over the keywords that were chosen and those that were typed,
// each once. Words that name no concept are one problem, with all of them.
func writeKeywords(c *Content, f PartForm, language practice.Language) []Problem {
	if problems := oversize(Topics, OtherKeywordsField, f.OtherKeywords, MaxOtherKeywords); len(problems) > 0 {
		return problems
	}
	all := thesaurus.Load()
	c.Keywords = nil
	add := func(concept *thesaurus.Concept) {
		if concept != nil && !slices.Contains(c.Keywords, concept.ID) {
			c.Keywords = append(c.Keywords, concept.ID)
		}
	}
	for _, id := range f.Keywords {
		add(all.Concept(id))
	}
	var unknown []string
	for _, name := range strings.FieldsFunc(f.OtherKeywords, isComma) {
		concept := all.Named(name, string(language))
		if name = strings.TrimSpace(name); concept == nil && name != "" {
			unknown = append(unknown, name)
		}
		add(concept)
	}
	if len(unknown) == 0 {
		return nil
	}
	return []Problem{{Part: Topics, Field: OtherKeywordsField, Rule: Unknown, Value: strings.Join(unknown, ", ")}}
}

// Leftover returns the words that are left over when all else that a form has is
// saved. ok is false where something else is wrong too, or nothing at all.
func Leftover(problems []Problem) (words string, ok bool) {
	if len(problems) != 1 || problems[0].Rule != Unknown {
		return "", false
	}
	return problems[0].Value, true
}

// isComma reports whether a character parts words in a list, in any script.
func isComma(r rune) bool { return strings.ContainsRune(",;،؛、，；", r) }

// SuggestedKeywords are the concepts that the text of the submission names in its
// own language, by their ids, the most telling first, without those that it has as
// keywords. Somebody chooses from them: of what is suggested for the practices of the
// sample, more than half is what those chose who had read them.
func (s Submission) SuggestedKeywords() []string {
	telling := map[*thesaurus.Concept]float64{} // the longer a text, the less a word of it tells
	s.mentions(s.Content.Title, 6, telling)
	s.mentions(s.Content.Summary, 3, telling)
	s.mentions(s.sectionWords(), 1, telling)
	var list []*thesaurus.Concept
	for concept := range telling {
		if !slices.Contains(s.Content.Keywords, concept.ID) {
			list = append(list, concept)
		}
	}
	slices.SortFunc(list, func(a, b *thesaurus.Concept) int {
		return cmp.Or(cmp.Compare(telling[b], telling[a]), cmp.Compare(a.ID, b.ID))
	})
	var ids []string
	for _, concept := range list[:min(len(list), mostSuggestions)] {
		ids = append(ids, concept.ID)
	}
	return ids
}

// sectionWords are the sections that say what the practice is about, one behind the
// other.
func (s Submission) sectionWords() string {
	var b strings.Builder
	for _, section := range practice.Sections {
		if section != practice.Documents && section != practice.Contact {
			b.WriteString(s.Content.Sections[section] + "\n")
		}
	}
	return b.String()
}

// mentions adds to each concept how much it tells that a text names it. The second
// time tells less than the first, and a long name more than a single word, which may
// mean something else.
func (s Submission) mentions(content string, weight float64, telling map[*thesaurus.Concept]float64) {
	words := text.Words(content)
	words = words[:min(len(words), mostWordsSearched)]
	wording, all := text.NewWording(words), thesaurus.Load()
	times, longest := map[*thesaurus.Concept]int{}, map[*thesaurus.Concept]int{}
	for at := 0; at < len(words); {
		concepts, length := all.Find(wording, at, []string{string(s.Language)})
		for _, concept := range concepts {
			if s.resembles(words[at:at+length], concept) {
				times[concept]++
				longest[concept] = max(longest[concept], length)
			}
		}
		at += max(length, 1)
	}
	for concept, n := range times {
		telling[concept] += weight * math.Log2(float64(1+n)) * float64(1+longest[concept]) / 2
	}
}

// resembles reports whether some words are written like a name of a concept in the
// language of the submission. Words that share a stem may mean different things:
// "others" are no othering. Other forms of a name differ from it in no more than a
// third of their letters.
func (s Submission) resembles(words []string, concept *thesaurus.Concept) bool {
	language, written := string(s.Language), folded(words)
	letters := utf8.RuneCountInString(written)
	return !text.Little(language, written) && slices.ContainsFunc(concept.Wordings, func(w thesaurus.Wording) bool {
		if w.Language != language {
			return false
		}
		name := folded(text.Words(w.Text))
		return 3*(utf8.RuneCountInString(name)+letters-2*text.SharedLetters(name, written)) <= letters
	})
}

// folded writes words as they are compared, without case, accents and articles.
func folded(words []string) string {
	var b strings.Builder
	for _, word := range words {
		b.WriteString(text.FoldWord(word))
	}
	return b.String()
}
