package component

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"exempla/internal/locale"
	"exempla/internal/practice"
	"exempla/internal/submission"
	"exempla/internal/thesaurus"
)

// PartComparison is one part of a text before and after a change.
type PartComparison struct {
	submission.PartDifference
	Language practice.Language // of the text
	Today    time.Time
}

// Fact is a fact of a part before and after a change; each value is a run
// of its own.
type Fact struct {
	Label string
	Runs  []submission.Run
}

// blankLine separates the paragraphs of a text.
const blankLine = "\n\n"

// paragraphs splits runs at blank lines, so that a comparison has the paragraphs
// of both texts.
func paragraphs(runs []submission.Run) [][]submission.Run {
	list := [][]submission.Run{nil}
	for _, run := range runs {
		for i, text := range strings.Split(run.Text, blankLine) {
			last := len(list) - 1
			if i > 0 && len(list[last]) > 0 {
				list, last = append(list, nil), last+1
			}
			if strings.Trim(text, "\n") != "" {
				list[last] = append(list[last], submission.Run{Mark: run.Mark, Text: text})
			}
		}
	}
	return list
}

func spotWords(l *locale.Locale, c submission.Content) []string {
	var list []string
	for _, country := range c.Countries {
		hasCity := false
		for _, city := range c.Cities {
			if city.Country == country {
				hasCity = true
				list = append(list, CityName(l, city)+l.T("place.comma")+l.Country(string(country)))
			}
		}
		if !hasCity {
			list = append(list, l.Country(string(country)))
		}
	}
	return list
}

func (c PartComparison) periodWords(l *locale.Locale, p practice.Period) []string {
	if p == (practice.Period{}) {
		return nil
	}
	return []string{Period(l, p, c.Today)}
}

func topicWords(l *locale.Locale, c submission.Content) []string {
	var list []string
	for _, topic := range c.Topics {
		list = append(list, l.T("topic."+string(topic)))
	}
	return list
}

func keywordWords(l *locale.Locale, c submission.Content) []string {
	return thesaurus.Load().Names(c.Keywords, l.Tag())
}

// compareFiles compares lists of files by the words shown for them. Where two
// different files have the same words, the beginning of the hash tells them apart.
func compareFiles(before, after []practice.Attachment) []submission.Run {
	const digits = 6 // enough to distinguish a dozen files
	hashes := map[string]string{}
	ambiguous := map[string]bool{}
	for _, file := range slices.Concat(before, after) {
		words := fileWords(file)
		ambiguous[words] = ambiguous[words] || hashes[words] != "" && hashes[words] != file.Hash
		hashes[words] = file.Hash
	}
	label := func(list []practice.Attachment) (all []string) {
		for _, file := range list {
			words := fileWords(file)
			if ambiguous[words] {
				words += " · " + file.Hash[:min(len(file.Hash), digits)]
			}
			all = append(all, words)
		}
		return all
	}
	return submission.CompareOrder(label(before), label(after))
}

func fileWords(file practice.Attachment) string {
	words := cmp.Or(file.Alt, file.Name)
	if file.Credit != "" {
		words += " (" + file.Credit + ")"
	}
	return words
}

func personWords(l *locale.Locale, c submission.Content) []string {
	switch {
	case c.NamesPerson && c.PersonAgrees:
		return []string{l.T("difference.person.agrees")}
	case c.NamesPerson:
		return []string{l.T("difference.person.silent")}
	case !c.Filled(submission.Part(practice.Contact)):
		return nil
	}
	return []string{l.T("difference.person.office")}
}
