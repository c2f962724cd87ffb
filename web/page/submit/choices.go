package submit

import (
	"slices"
	"strconv"
	"time"

	"exempla/internal/locale"
	"exempla/internal/practice"
	"exempla/internal/thesaurus"
)

// Choice is one entry of a list to choose from.
type Choice struct{ Value, Label string }

// languageChoices lists the languages of texts, in the reader's alphabetical
// order: those that the site offers, and all others.
func languageChoices(l *locale.Locale) (common, others []Choice) {
	for _, language := range practice.Languages() {
		choice := Choice{string(language), l.Language(string(language))}
		if _, ok := l.Beside(string(language)); ok {
			common = append(common, choice)
		} else {
			others = append(others, choice)
		}
	}
	return sortChoices(l, common), sortChoices(l, others)
}

// countryChoices lists all countries in the reader's alphabetical order.
func countryChoices(l *locale.Locale) []Choice {
	var list []Choice
	for _, country := range practice.Countries() {
		list = append(list, Choice{string(country), l.Country(string(country))})
	}
	return sortChoices(l, list)
}

// monthChoices lists the months; the first choice means that it is not known.
func monthChoices(l *locale.Locale) []Choice {
	list := []Choice{{"", l.T("part.month.unknown")}}
	for m := 1; m <= 12; m++ {
		list = append(list, Choice{strconv.Itoa(m), l.MonthAlone(time.Month(m))})
	}
	return list
}

// topicChoices lists topics in the reader's alphabetical order: those that the site offers,
// and those that a practice has.
func topicChoices(l *locale.Locale, offered, had []practice.Topic) []Choice {
	var list []Choice
	for _, topic := range practice.Topics {
		if !slices.Contains(offered, topic) && !slices.Contains(had, topic) {
			continue
		}
		list = append(list, Choice{string(topic), l.T("topic." + string(topic))})
	}
	return sortChoices(l, list)
}

// keywordChoices lists keywords as they are called in the reader's language, in the
// order in which they are given, each once and none of some others.
func keywordChoices(l *locale.Locale, ids, without []string) []Choice {
	var list []Choice
	for i, id := range ids {
		concept := thesaurus.Load().Concept(id)
		if concept != nil && !slices.Contains(ids[:i], id) && !slices.Contains(without, id) {
			list = append(list, Choice{id, concept.Name(l.Tag())})
		}
	}
	return list
}

func sortChoices(l *locale.Locale, list []Choice) []Choice {
	slices.SortFunc(list, func(a, b Choice) int { return l.Compare(a.Label, b.Label) })
	return list
}
