package browse

import (
	"strconv"

	"exempla/internal/catalogue"
	"exempla/internal/link"
	"exempla/internal/locale"
	"exempla/internal/practice"
	"exempla/web/component"
)

// Suggestions is the list under the search box. It is not a page and has no
// frame: the script of the listing puts it into its page.
type Suggestions struct {
	Groups []SuggestionGroup
	Count  string // in words, for screen readers
}

// SuggestionGroup has the suggestions of one kind.
type SuggestionGroup struct {
	ID, Label string
	Options   []Suggestion
}

// Suggestion is one suggestion.
type Suggestion struct {
	ID       string
	Words    string
	Language practice.Language // of the words; empty for the reader's, or a name
	Detail   string            // shown beside the words
	Path     string
	Listing  bool   // whether it leads to a listing, and not to a practice
	Search   string // words that the search box of that listing has
}

// NewSuggestions makes the list in a reader's language.
func NewSuggestions(l *locale.Locale, in catalogue.Suggestions) Suggestions {
	var list Suggestions
	list.add(l.T("suggest.places"), places(l, in.Places))
	list.add(l.T("facet.topic"), topics(l, in.Topics))
	list.add(l.T("suggest.titles"), titles(l, in.Titles))
	if in.Size() > 0 {
		list.Count = l.N("suggest.count", in.Size())
	}
	return list
}

// add appends a group, unless it is empty, and numbers its options.
func (s *Suggestions) add(label string, options []Suggestion) {
	if len(options) == 0 {
		return
	}
	before := 0
	for _, group := range s.Groups {
		before += len(group.Options)
	}
	for i := range options {
		options[i].ID = "suggestion-" + strconv.Itoa(before+i+1)
	}
	s.Groups = append(s.Groups, SuggestionGroup{"suggestions-" + strconv.Itoa(len(s.Groups)+1), label, options})
}

func places(l *locale.Locale, found []catalogue.SuggestedPlace) []Suggestion {
	var list []Suggestion
	for _, place := range found {
		country := l.Country(string(place.Country))
		if place.City == "" {
			list = append(list, Suggestion{Words: country, Detail: l.N("browse.count", place.Count),
				Path: link.Country(l.Tag(), place.Country), Listing: true})
			continue
		}
		name := component.CityName(l, practice.City{Country: place.Country, Name: place.City, Names: place.Names})
		list = append(list, Suggestion{Words: name, Detail: country, Listing: true,
			Path: link.City(l.Tag(), place.Country, place.City), Search: place.City})
	}
	return list
}

func topics(l *locale.Locale, found []catalogue.Value) []Suggestion {
	var list []Suggestion
	for _, value := range found {
		list = append(list, Suggestion{Words: l.T("topic." + value.Key), Detail: l.N("browse.count", value.All),
			Path: link.Topic(l.Tag(), practice.Topic(value.Key)), Listing: true})
	}
	return list
}

func titles(l *locale.Locale, found []catalogue.SuggestedTitle) []Suggestion {
	var list []Suggestion
	for _, title := range found {
		option := Suggestion{Words: title.Title, Language: title.Language, Path: link.Practice(l.Tag(), title.Practice.Slug)}
		if cities := title.Practice.Place.Cities; len(cities) > 0 {
			option.Detail = component.CityName(l, cities[0])
		} else if countries := title.Practice.Place.Countries; len(countries) > 0 {
			option.Detail = l.Country(string(countries[0]))
		}
		list = append(list, option)
	}
	return list
}
