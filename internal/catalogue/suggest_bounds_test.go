package catalogue_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"pgregory.net/rapid"

	"exempla/internal/catalogue"
	"exempla/internal/practice"
)

// located is a practice in a city.
func located(number int64, country practice.Country, city string) practice.Practice {
	p := titled(number, 2020, fmt.Sprint("Practice ", number))
	p.Place = practice.Place{Countries: []practice.Country{country}, Cities: []practice.City{{Country: country, Name: city}}}
	return p
}

func TestFewSuggestionsOfEachKind(t *testing.T) {
	t.Parallel()
	var all []practice.Practice
	for i := range int64(60) {
		p := located(i+1, "GR", fmt.Sprint("Enville ", i%10))
		p.Topics = practice.Topics[:6]
		p.Texts[0].Title = fmt.Sprint("En route ", i)
		all = append(all, p)
	}
	s := suggester().Suggest(catalogue.NewIndex(all, 1, days[0]), "en", "en", topicsIn("en")) // topics are called "en …" here
	if len(s.Places) != 3 || len(s.Topics) != 2 || len(s.Titles) != 5 || s.Size() != 10 {
		t.Errorf("%d places, %d topics, %d titles, %d in all", len(s.Places), len(s.Topics), len(s.Titles), s.Size())
	}
}

func TestPlacesWithMostPracticesComeFirst(t *testing.T) {
	t.Parallel()
	var all []practice.Practice
	for city, count := range map[string]int{"Farra": 1, "Fargo": 3, "Farsala": 2, "New Farm": 9} {
		for range count {
			all = append(all, located(int64(len(all)+1), "GR", city))
		}
	}
	all = append(all, located(90, "CY", "Fargo")) // another city of that name
	x := catalogue.NewIndex(all, 1, days[0])
	var got []string
	for _, place := range suggester().Suggest(x, "far", "en", topicsIn("en")).Places {
		got = append(got, fmt.Sprint(place.Country, " ", place.City, " ", place.Count))
	}
	if want := []string{"GR Fargo 3", "GR Farsala 2", "CY Fargo 1"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestCountriesAreFoundByAnyName(t *testing.T) {
	t.Parallel()
	x := catalogue.NewIndex([]practice.Practice{located(1, "GR", "Zzz"), located(2, "GR", "Zzz"), located(3, "UA", "Zzz")}, 1, days[0])
	for typed, want := range map[string]string{"gre": "GR 2", "Grèce": "GR 2", "griechen": "GR 2", "ukr": "UA 1", "ucra": "UA 1", "cyp": "", "reece": ""} {
		got := ""
		if places := suggester().Suggest(x, typed, "en", topicsIn("en")).Places; len(places) > 0 {
			got = fmt.Sprint(places[0].Country, " ", places[0].Count)
		}
		if got != want {
			t.Errorf("%q suggests %q, want %q", typed, got, want)
		}
	}
	gone := x.With(nil, []int64{3}, 2)
	if places := suggester().Suggest(gone, "ukr", "en", topicsIn("en")).Places; len(places) > 0 {
		t.Errorf("a country without practices is suggested: %v", places)
	}
}

func TestTopicsInTheReadersWords(t *testing.T) {
	t.Parallel()
	var all []practice.Practice
	for i, topics := range [][]practice.Topic{{"roma"}, {"refugees", "roma"}, {"refugees"}, {"religion-and-interfaith", "refugees"}} {
		p := titled(int64(i+1), 2020, "x")
		p.Topics = topics
		all = append(all, p)
	}
	x := catalogue.NewIndex(all, 1, days[0])
	for typed, want := range map[string]string{"el re": "refugees:3 religion-and-interfaith:1", "re": "refugees:3 religion-and-interfaith:1", "el ro": "roma:2", "en ro": ""} {
		var got []string
		for _, topic := range suggester().Suggest(x, typed, "el", topicsIn("el")).Topics {
			got = append(got, fmt.Sprintf("%s:%d", topic.Key, topic.All))
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%q suggests %v, want %s", typed, got, want)
		}
	}
}

// Titles of removed practices and former titles are not suggested, even before
// the labels of the base are made anew.
func TestSuggestionsFollowChanges(t *testing.T) {
	t.Parallel()
	g := suggester()
	x := catalogue.NewIndex([]practice.Practice{titled(1, 2020, "Harbour"), titled(2, 2021, "Harvest")}, 1, days[0])
	suggested := func() string { return strings.Join(found(g.Suggest(x, "har", "en", topicsIn("en"))), ", ") }
	if got := suggested(); got != "Harvest, Harbour" {
		t.Error(got)
	}
	x = x.With([]practice.Practice{titled(1, 2020, "Harmony")}, []int64{2}, 2)
	if got := suggested(); got != "Harmony" {
		t.Errorf("after a change: %s", got)
	}
	x = x.With([]practice.Practice{titled(1, 2020, "Other")}, nil, 3)
	if got := suggested(); got != "" {
		t.Errorf("after another: %s", got)
	}
	x = x.With([]practice.Practice{titled(3, 2020, "Harp")}, nil, 4).Merged()
	if got := suggested(); got != "Harp" {
		t.Errorf("merged: %s", got)
	}
}

// Nobody waits for the labels of a large segment: until they are made, countries
// and topics are suggested alone, and the answer says so.
func TestLargeSegmentsAreLabelledInTheBackground(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var all []practice.Practice
		for i := range int64(2_001) {
			all = append(all, located(i+1, "GR", "Grevena"))
		}
		x := catalogue.NewIndex(all, 1, days[0])
		g := suggester()
		if s := g.Suggest(x, "gre", "en", topicsIn("en")); s.Complete || !slices.Equal(found(s), []string{"GR"}) {
			t.Errorf("at first: %q, complete: %t", found(s), s.Complete)
		}
		synctest.Wait()
		if s := g.Suggest(x, "gre", "en", topicsIn("en")); !s.Complete || !slices.Equal(found(s), []string{"GR", "GR Grevena"}) {
			t.Errorf("then: %q, complete: %t", found(s), s.Complete)
		}
		merged := x.With([]practice.Practice{located(9_999, "GR", "Greenville")}, nil, 2).Merged()
		if s := g.Suggest(merged, "gree", "en", topicsIn("en")); !s.Complete {
			t.Error("while a new base is labelled, the labels of the one before serve")
		}
		synctest.Wait()
		if s := g.Suggest(merged, "green", "en", topicsIn("en")); !slices.Equal(found(s), []string{"GR Greenville"}) {
			t.Errorf("of the new base: %q", found(s))
		}
	})
}

// TestAnyTextCanBeTyped: suggestions are asked for at every letter of anything.
func TestAnyTextCanBeTyped(t *testing.T) {
	t.Parallel()
	x := catalogue.NewIndex([]practice.Practice{located(1, "GR", "Grevena"), titled(2, 2020, "統合 and more", "Ένα"), titled(3, 2020, "", "-")}, 1, days[0])
	g := suggester()
	rapid.Check(t, func(t *rapid.T) {
		typed := rapid.String().Draw(t, "typed")
		if s := g.Suggest(x, typed, "el", topicsIn("el")); s.Size() > 10 || s.Size() != len(found(s)) {
			t.Fatalf("%q suggests %q", typed, found(s))
		}
	})
}
