package generate_test

import (
	"math"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"exempla/internal/generate"
	"exempla/internal/practice"
)

// likeness is a sample of one text in each of these languages.
func likeness(languages ...practice.Language) practice.Practice {
	p := practice.Practice{Slug: "sample", Topics: []practice.Topic{"roma"},
		Place: practice.Place{Countries: []practice.Country{"GR"}, Cities: []practice.City{{Country: "GR", Name: "Ioannina", Latitude: 39.66, Longitude: 20.85, Located: true}}}}
	for i, l := range languages {
		state := practice.Original
		if i > 0 {
			state = practice.Human
		}
		p.Texts = append(p.Texts, practice.Text{Language: l, State: state, TitleLanguage: l, Title: "Public spaces for everybody", Summary: "The city opens its public spaces"})
	}
	return p
}

func TestMakerNeedsSamplesToLearnFrom(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		samples []practice.Practice
		ok      bool
	}{
		"none":                     {nil, false},
		"English alone":            {[]practice.Practice{likeness("en")}, false},
		"no English":               {[]practice.Practice{likeness("el", "fr")}, false},
		"English and a second":     {[]practice.Practice{likeness("en", "el")}, true},
		"English as a second":      {[]practice.Practice{likeness("el", "en")}, true},
		"the two in two practices": {[]practice.Practice{likeness("en"), likeness("el", "en")}, true},
	} {
		m, err := generate.New(c.samples, 1)
		if (err == nil) != c.ok || (m != nil) != c.ok {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Of few samples there are still as many different practices as wanted.
func TestFewSamplesMakeManyPractices(t *testing.T) {
	t.Parallel()
	m, err := generate.New([]practice.Practice{likeness("en", "el")}, 7)
	if err != nil {
		t.Fatal(err)
	}
	summaries := map[string]bool{}
	for n := range 500 {
		p := m.Practice(n)
		if problems := p.Check(); len(problems) > 0 {
			t.Fatalf("%d: %v", n, problems)
		}
		summaries[p.Texts[0].Summary] = true
	}
	if len(summaries) < 450 {
		t.Errorf("%d summaries for 500 practices", len(summaries))
	}
}

// Numbers of a catalogue of any size give practices that fit their columns, with
// a slug that ends in the number.
func TestBoundsOfWhatIsMade(t *testing.T) {
	t.Parallel()
	m := maker(t, 3)
	for _, n := range []int{0, 1, 999_999, 10_000_000, math.MaxInt - 1} {
		p := m.Practice(n)
		if problems := p.Check(); len(problems) > 0 {
			t.Errorf("%d: %v", n, problems)
		}
		if len(p.Slug) > practice.MaxSlug || !strings.HasPrefix(p.Source.URL, "https://practices.example/") {
			t.Errorf("%d: slug %q at %s", n, p.Slug, p.Source.URL)
		}
	}
	for n := range 1_000 {
		p := m.Practice(n)
		for _, text := range p.Texts {
			if utf8.RuneCountInString(text.Title) < 4 || utf8.RuneCountInString(text.Summary) < 20 || len(text.Summary) > 4_000 {
				t.Errorf("%d, %s: a title of %q, a summary of %d bytes", n, text.Language, text.Title, len(text.Summary))
			}
		}
		for _, c := range p.Place.Cities {
			if math.Abs(c.Latitude) > 90 || math.Abs(c.Longitude) > 180 || !slices.Contains(p.Place.Countries, c.Country) {
				t.Errorf("%d: %+v lies nowhere in %v", n, c, p.Place.Countries)
			}
		}
	}
}

// A country's coined cities lie near those that are known.
func TestCoinedCitiesLieNearKnownOnes(t *testing.T) {
	t.Parallel()
	m, err := generate.New([]practice.Practice{likeness("en", "el")}, 7)
	if err != nil {
		t.Fatal(err)
	}
	names := map[string]practice.City{}
	for n := range 2_000 {
		for _, c := range m.Practice(n).Place.Cities {
			if math.Abs(c.Latitude-39.66) > 1.6 || math.Abs(c.Longitude-20.85) > 1.6 || !c.Located {
				t.Fatalf("%+v is far from Ioannina", c)
			}
			if before, ok := names[c.Name]; ok && before.Country != c.Country {
				t.Errorf("%s is in two countries", c.Name)
			}
			names[c.Name] = c
		}
	}
	if len(names) < 100 {
		t.Errorf("only %d cities", len(names))
	}
}

// Workers share one maker; what each makes depends on the number alone.
func TestMakersAreShared(t *testing.T) {
	t.Parallel()
	const count = 200
	shared, alone := maker(t, 5), maker(t, 5)
	made := make([]practice.Practice, count)
	var all sync.WaitGroup
	for worker := range 4 {
		all.Go(func() {
			for n := worker; n < count; n += 4 {
				made[n] = shared.Practice(n)
			}
		})
	}
	all.Wait()
	for n, p := range made {
		if !reflect.DeepEqual(p, alone.Practice(n)) {
			t.Fatalf("practice %d differs when others are made beside it", n)
		}
	}
}
