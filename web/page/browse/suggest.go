package browse

import (
	"strconv"

	"exempla/internal/catalogue"
	"exempla/internal/link"
	"exempla/internal/locale"
	"exempla/internal/practice"
)

// Suggest is a list of suggestions for the search box. It is not a page: the
// script of the listing puts it under the box.
type Suggest struct {
	Groups []SuggestGroup
	Said   string // how many there are, for those who do not see the list
}

// SuggestGroup are suggestions of one kind.
type SuggestGroup struct {
	ID, Label string
	Options   []SuggestOption
}

// SuggestOption is one suggestion.
type SuggestOption struct {
	ID       string
	Words    string
	Language practice.Language // of the words; empty for the reader's, or a name
	Beside   string            // what else is said of it
	Path     string
	Listing  bool   // whether it leads to a listing, and not to a practice
	Search   string // what stands in the search box there
}

// NewSuggest puts suggestions into a reader's words.
func NewSuggest(l *locale.Locale, s catalogue.Suggestions) Suggest {
	var list Suggest
	list.add(l.T("suggest.places"), places(l, s.Places))
	list.add(l.T("facet.topic"), topics(l, s.Topics))
	list.add(l.T("suggest.titles"), titles(l, s.Titles))
	if s.Size() > 0 {
		list.Said = l.N("suggest.count", s.Size())
	}
	return list
}

// add appends a group, unless it is empty, and numbers its options.
func (s *Suggest) add(label string, options []SuggestOption) {
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
	s.Groups = append(s.Groups, SuggestGroup{"suggestions-" + strconv.Itoa(len(s.Groups)+1), label, options})
}

func places(l *locale.Locale, found []catalogue.SuggestedPlace) []SuggestOption {
	var list []SuggestOption
	for _, place := range found {
		country := l.Country(string(place.Country))
		if place.City == "" {
			list = append(list, SuggestOption{Words: country, Beside: l.N("browse.count", place.Count),
				Path: link.Country(l.Tag(), place.Country), Listing: true})
			continue
		}
		list = append(list, SuggestOption{Words: place.City, Beside: country, Listing: true,
			Path: link.City(l.Tag(), place.Country, place.City), Search: place.City})
	}
	return list
}

func topics(l *locale.Locale, found []catalogue.Value) []SuggestOption {
	var list []SuggestOption
	for _, value := range found {
		list = append(list, SuggestOption{Words: l.T("topic." + value.Key), Beside: l.N("browse.count", value.All),
			Path: link.Topic(l.Tag(), practice.Topic(value.Key)), Listing: true})
	}
	return list
}

func titles(l *locale.Locale, found []catalogue.SuggestedTitle) []SuggestOption {
	var list []SuggestOption
	for _, title := range found {
		option := SuggestOption{Words: title.Title, Language: title.Language, Path: link.Practice(l.Tag(), title.Practice.Slug)}
		if cities := title.Practice.Place.Cities; len(cities) > 0 {
			option.Beside = cities[0].Name
		} else if countries := title.Practice.Place.Countries; len(countries) > 0 {
			option.Beside = l.Country(string(countries[0]))
		}
		list = append(list, option)
	}
	return list
}
