package catalogue_test

import (
	"strings"
	"testing"

	"exempla/internal/catalogue"
	"exempla/internal/practice"
)

// ranked is a catalogue in which better answers must not be the newer ones: the
// last practice is the oldest.
func ranked(all ...practice.Practice) *catalogue.Index {
	for i := range all {
		all[i].Period.Start.Year = 2000 - i
	}
	for i, p := range all {
		all[i].Number = int64(len(all) - i) // so the best is 1
		all[i].Slug = p.Slug + strings.Repeat("x", i)
	}
	return catalogue.NewIndex(all, 1, days[0])
}

// What was typed stands above what was meant, and where it stands decides before
// that; what lies near answers only where nothing else is led by it.
func TestLevelsOfAnswers(t *testing.T) {
	t.Parallel()
	const other = "Brufnexo"
	x := ranked(
		about(0, "GR", other, other, other),
		about(0, "GR", "Harbours", other),
		about(0, "GR", other, other, "a seafarer"),
		about(0, "GR", other, other, "mariners"),
		about(0, "GR", other, "seafarers"),
		about(0, "GR", other, "of a mariner"),
		about(0, "GR", "The seafarer", other),
		about(0, "GR", "Mariners", other),
	)
	checkRead(t, x, []read{
		{"en", "mariner", "1 2 3 4 5", ""}, // a mere mention of a seafarer is none of a mariner
		{"en", "mariner brufnexo", "1 2 3 4 5 6 7", ""},
		{"en", `"mariner"`, "3", ""},
	})
	alone := ranked(about(0, "GR", other), about(0, "GR", "Harbour"), about(0, "GR", other, other, "mariner"))
	checkRead(t, alone, []read{{"en", "mariner", "1 2", ""}})
	if _, r := answers(t, x, "en", "mariner"); len(r.Also) == 0 || len(r.Marks) < len(r.Also) {
		t.Errorf("not told what else was looked for: %+v", r)
	}
}

func TestReadersLanguageComesFirstAmongEquals(t *testing.T) {
	t.Parallel()
	x := ranked(aboutIn("mt", 0, "GR", "Zorkaldim"), aboutIn("eu", 0, "GR", "Zorkaldim"), aboutIn("mt", 0, "GR", "Brufnexo", "zorkaldim"), aboutIn("eu", 0, "GR", "Brufnexo", "zorkaldim"))
	checkRead(t, x, []read{
		{"eu", "zorkaldim", "3 4 1 2", ""},
		{"mt", "zorkaldim", "4 3 2 1", ""},
		{"is", "zorkaldim", "4 3 2 1", ""},
	})
}

// The more practices have a word, the less it tells.
func TestRareWordsOutweighCommonOnes(t *testing.T) {
	t.Parallel()
	var all []practice.Practice
	for range 40 {
		all = append(all, about(0, "GR", "Zorkaldim"))
	}
	x := ranked(append(all, about(0, "GR", "Brufnexo"))...)
	for _, words := range []string{"zorkaldim brufnexo", "brufnexo zorkaldim"} {
		got, r := answers(t, x, "en", words)
		if !strings.HasPrefix(got, "1") || strings.HasPrefix(got, "10") || !r.Partly {
			t.Errorf("%q: %s, %+v", words, got, r)
		}
	}
}

func TestSearchesAreLoosened(t *testing.T) {
	t.Parallel()
	x := ranked(
		about(0, "GR", "Vedzuhko"),
		about(0, "IT", "Gymplarv"),
		about(0, "IT", "Quwhitoj"),
		about(0, "GR", "Zorkaldim", "brufnexo"),
		about(0, "IT", "Zorkaldim brufnexo", "quwhitoj"),
		about(0, "GR", "Vedzuhko", "S", "gymplarv, and others"),
	)
	checkRead(t, x, []read{
		{"en", "zorkaldim brufnexo", "2 3", ""},                // some have both: who has one only does not answer
		{"en", "zorkaldim brufnexo quwhitoj", "2", ""},         //
		{"en", "zorkaldim brufnexo vedzuhko", "2 3", "partly"}, // two words are much better than one
		{"en", "zorkaldim xxyyzzww", "3 2", "xxyyzzww? partly"},
		{"en", "vedzuhko gymplarv", "1 6 5", "partly"},                         // both, but not in title or summary
		{"en", `"zorkaldim brufnexo" vedzuhko`, "2", "partly"},                 // what is quoted is wanted
		{"en", `vedzuhko "brufnexo zorkaldim"`, "", ""},                        // even if nothing has it
		{"en", `"zorkaldim" "vedzuhko"`, "", "partly"},                         //
		{"en", "greece zorkaldim quwhitoj", "3", "partly"},                     // so is a place
		{"en", "greece quwhitoj", "6 3 1", "partly"},                           //
		{"en", "italy zorkaldim", "2", ""},                                     //
		{"en", "Ελλάδα vedzuhko", "6 1", ""},                                   // in any language
		{"en", "zorkaldim or vedzuhko", "6 3 2 1", ""},                         // either
		{"en", "quwhitoj zorkaldim or vedzuhko gymplarv", "2 1 6 5", "partly"}, // each alternative by itself
		{"en", "zorkaldim or xxyyzzww", "3 2", "xxyyzzww?"},
		{"en", "zorkaldim -quwhitoj", "3", ""},
		{"en", "", "6 5 4 3 2 1", ""},
	})
}

// Of several alternatives the one that a practice answers best counts.
func TestBestAlternativeCounts(t *testing.T) {
	t.Parallel()
	x := ranked(about(0, "GR", "Brufnexo", "zorkaldim"), about(0, "GR", "Zorkaldim", "brufnexo", "quwhitoj"), about(0, "GR", "Brufnexo", "brufnexo", "quwhitoj"))
	checkRead(t, x, []read{{"en", "zorkaldim or quwhitoj", "2 3 1", ""}, {"en", "quwhitoj or zorkaldim", "2 3 1", ""}})
}

// A practice that is elsewhere does not answer, whatever else it says.
func TestPlacesAreAlwaysWanted(t *testing.T) {
	t.Parallel()
	in := func(town, title string) practice.Practice {
		p := about(0, towns[town].Country, title, "S", "as they do in Sparta")
		p.Place.Cities = []practice.City{towns[town]}
		return p
	}
	x := ranked(in("Suva", "Sparta"), in("Suva", "Zorkaldim brufnexo"), in("Ioannina", "Quwhitoj"), in("Ioannina", "Zorkaldim"), in("Sparta", "Vedzuhko"))
	checkRead(t, x, []read{
		{"en", "ioannina", "3 2", ""},
		{"en", "ioannina zorkaldim", "2", ""},
		{"en", "ioannina zorkaldim brufnexo", "2", "partly"},
		{"en", "vedzuhko ioannina", "3 2", "partly"},
		{"en", "sparta", "5 1", ""}, // there, or about it
		{"en", "sparta ioannina", "", "partly"},
		{"en", "ioannina or sparta", "5 3 2 1", ""}, // the rarer name tells more
	})
}

// Words that say nothing decide nothing, unless they stand alone.
func TestLittleWordsNeverDecide(t *testing.T) {
	t.Parallel()
	x := ranked(
		about(0, "GR", "The best of examples"),
		aboutIn("fr", 0, "FR", "Vedzuhko des villes"),
		aboutIn("de", 0, "DE", "Gymplarv für die Stadt"),
		about(0, "GR", "Zorkaldim", "die"),
		about(0, "GR", "K brufnexo"),
	)
	checkRead(t, x, []read{
		{"en", "the zorkaldim", "2", ""},
		{"en", "best examples of zorkaldim", "2", ""},
		{"en", "examples", "5", ""}, // nothing else was asked for
		{"en", "of the", "5", ""},
		{"en", `"of examples"`, "5", ""}, // quoted they count
		{"en", `zorkaldim "the best"`, "5", "partly"},
		{"en", "k’zorkaldim", "2", ""}, // as an article would stand
		{"en", "k", "1", ""},
		{"en", "für die Gymplarv", "3", ""}, // in the language that most words are of
		{"en", "des vedzuhko", "4", ""},
		{"fr", "des zorkaldim", "2", ""},
		{"de", "die zorkaldim", "2", ""},
	})
}

// What is gone is no better answer than what lies near.
func TestGoneNamesDecideNothing(t *testing.T) {
	t.Parallel()
	named := about(1, "GR", "Brufnexo")
	named.Topics = []practice.Topic{"roma"}
	var all []practice.Practice
	for i := range 30 { // so that not all cities are offered
		all = append(all, inCities(int64(100+i), "Brufnexo", numberedCity(i)), inCities(int64(200+i), "Brufnexo", numberedCity(i)))
	}
	all = append(all, named, about(2, "GR", "A minority"), inCities(3, "Brufnexo", towns["Sparta"]), about(4, "GR", "Quwhitoj"))
	x := catalogue.NewIndex(all, 1, days[0])
	checkRead(t, x, []read{{"en", "roma", "1", ""}, {"en", "sparta", "3", ""}})
	gone := x.With(nil, []int64{1, 3}, 2)
	checkRead(t, gone, []read{{"en", "roma", "2", ""}, {"en", "sparta", "", ""}, {"en", "sparta quwhitoj", "4", "partly"}})
}

// A keyword says what a practice is about in every language: it stands above a
// word in the summary, and its narrower concepts count for a wider one.
func TestKeywordsAreFoundInEveryLanguage(t *testing.T) {
	t.Parallel()
	keyed := about(1, "GR", "An open house")
	keyed.Keywords = []string{"library", "refugee", "primary-school", "no-such-concept"}
	x := catalogue.NewIndex([]practice.Practice{keyed, about(2, "GR", "Hours", "It is near the library."), about(3, "GR", "Library"), about(4, "GR", "Roads")}, 1, day(2026, 1, 1))
	for _, c := range []struct {
		reader       practice.Language
		words, found string
	}{
		{"en", "libraries", "3 1 2"},
		{"de", "Bibliothek", "3 1 2"},
		{"ar", "مكتبات", "3 1 2"},
		{"uk", "біженців", "1"},
		{"en", "schools", "1"}, // a primary school is one
		{"en", "library for refugees", "1"},
		{"en", "library -house", "3 2"},
	} {
		if found, _ := answers(t, x, c.reader, c.words); found != c.found {
			t.Errorf("%s %q finds %s, want %s", c.reader, c.words, found, c.found)
		}
	}
	changed := keyed
	changed.Keywords = nil
	x = x.With([]practice.Practice{changed}, nil, 2)
	if found, _ := answers(t, x, "de", "Flüchtlinge"); found != "" {
		t.Errorf("a keyword that was taken away still finds %s", found)
	}
}
