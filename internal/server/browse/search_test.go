package browse_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"exempla/internal/catalogue"
	"exempla/internal/practice"
	"exempla/internal/sample"
	"exempla/internal/theme"
)

var monday = time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)

// searched is an index with somebody who searches it.
type searched struct {
	*catalogue.Index
	searcher *catalogue.Searcher
}

func newSearched(practices []practice.Practice) searched {
	for i := range practices {
		practices[i].Number = int64(i + 1)
	}
	return searched{catalogue.NewIndex(practices, 1, monday), theme.NewLook(0, theme.Theme{}).Searcher}
}

// tester is a test, or one round of a property test.
type tester interface {
	Helper()
	Fatalf(format string, args ...any)
}

// hits are what words find for a reader.
func (s searched) hits(t tester, reader practice.Language, words string) catalogue.Hits {
	t.Helper()
	hits, err := s.searcher.Search(context.Background(), s.Index, words, reader)
	if err != nil {
		t.Fatalf("%q: %v", words, err)
	}
	return hits
}

// slugs are those of what words find, the best first.
func (s searched) slugs(t tester, reader practice.Language, words string) []string {
	t.Helper()
	selection := catalogue.Parse(nil).WithWords(words)
	var list []string
	for page := 1; ; page++ {
		found := s.Find(selection.OnPage(page), s.hits(t, reader, selection.Words), catalogue.Reader{Language: reader})
		for _, one := range found.Found {
			list = append(list, one.Practice().Slug)
		}
		if page >= found.Pages {
			return list
		}
	}
}

func sorted(list []string) string {
	slices.Sort(list)
	return strings.Join(list, " ")
}

// made is a practice of which only the slug says anything.
func made(slug string) practice.Practice {
	return practice.Practice{Slug: slug, Topics: []practice.Topic{"roma"}, Texts: []practice.Text{{Language: "en", TitleLanguage: "en", Title: "–", Summary: "–"}}}
}

// library is a small catalogue to search in, in several alphabets.
func library() []practice.Practice {
	in := func(slug string, language practice.Language, title string, city practice.City) practice.Practice {
		p := made(slug)
		p.Texts[0].Language, p.Texts[0].TitleLanguage, p.Texts[0].Title, p.Texts[0].Summary = language, language, title, "–"
		p.Place = practice.Place{Countries: []practice.Country{city.Country}, Cities: []practice.City{city}}
		p.Source.Name = "Council of Europe"
		return p
	}
	greek := in("greek", "el", "Διαπολιτισμική μεσολάβηση", practice.City{Country: "GR", Name: "Ιωάννινα"})
	greek.Texts[0].TitleEnglish = "Intercultural mediation"
	english := in("english", "en", "Urban response coordination", practice.City{Country: "GR", Name: "Ioánnina"})
	english.Texts[0].Summary = "Mediation, and what people’s neighbours say of it"
	english.Texts[0].Sections = map[practice.Section]string{practice.Impact: "A *kaleidoscope*"}
	english.Organisation = "Wanderers' Guild"
	english.Texts = append(english.Texts, practice.Text{Language: "fr", State: practice.Machine, TitleLanguage: "fr", Title: "Coordination des réponses", Summary: "–"})
	return []practice.Practice{greek, english,
		in("portuguese", "pt", "Mediações interculturais", practice.City{Country: "PT", Name: "São João da Madeira"}),
		in("ukrainian", "uk", "Біженці та їхні сусіди", practice.City{Country: "UA", Name: "Київ"}),
		in("arabic", "ar", "الوساطة بين الثقافات", practice.City{Country: "JO", Name: "عمّان"}),
		in("turkish", "tr", "Komşuların buluşması", practice.City{Country: "TR", Name: "İstanbul"}),
	}
}

// answers are words typed by somebody, and what of the library they find: by their
// forms, by what the place is called elsewhere, and by what means the same in other
// languages.
var answers = map[string]string{
	"ioannina":                 "english greek",
	"IOÁNNINA":                 "english greek",
	"ιωαννινα":                 "english greek",
	"ΙΩΆΝΝΙΝΑ":                 "english greek",
	"SAO JOAO":                 "portuguese",
	"são joão":                 "portuguese",
	"mediacoes":                "portuguese",
	"mediações":                "portuguese",
	"mediação":                 "portuguese",
	"MEDIAÇÃO interculturais":  "portuguese",
	"διαπολιτισμικη":           "arabic greek",
	"ΜΕΣΟΛΑΒΗΣΗ":               "arabic english greek",
	"київ":                     "ukrainian",
	"КИЇВ":                     "ukrainian",
	"біженці":                  "ukrainian",
	"الوساطة":                  "arabic english greek",
	"الوَسَاطَة":               "arabic english greek",
	"عمان":                     "arabic",
	"istanbul":                 "turkish",
	"İSTANBUL":                 "turkish",
	"komşu":                    "turkish",
	"їхні сусіди":              "english ukrainian",
	"komsularin":               "turkish",
	"Griechenland":             "english greek",
	"grece":                    "english greek",
	"Ουκρανία":                 "ukrainian",
	"الأردن":                   "arabic",
	"intercultural mediation":  "arabic greek",
	"coordinating":             "english",
	"réponse":                  "english",
	"kaleidoscopes":            "english",
	"wanderers guild":          "english",
	"Council of Europe":        "",
	`"urban response"`:         "english",
	`"urban responses"`:        "",
	`"URBAN RÉSPONSE"`:         "english",
	"urban responses":          "english",
	"urban/responses":          "english",
	"neighbours people":        "english ukrainian",
	`"response urban"`:         "",
	"response urban":           "english",
	"urban -response":          "",
	"Portugal -madeira":        "",
	`Portugal -"madeira joão"`: "portuguese",
	"Portugal - madeira":       "portuguese",
	"Portugal -- madeira":      "portuguese",
	"Portugal --madeira":       "",
	"„Urban response”":         "english",
	"urban or міграція or біженці": "english ukrainian",
	"nowhere": "",
	"":        "",
}

// People leave accents and capitals away and use the country names they know.
func TestWordsFind(t *testing.T) {
	t.Parallel()
	s := newSearched(library())
	for words, want := range answers {
		if got := sorted(s.slugs(t, "en", words)); got != want && words != "" {
			t.Errorf("%q: found %q, want %q", words, got, want)
		}
	}
}

// "or" joins alternatives where it stands alone between them. Inside a word, in
// quotation marks and after a dash it is a word like others, and at either end
// it says nothing.
func TestOrStandsAlone(t *testing.T) {
	t.Parallel()
	var all []practice.Practice
	for slug, title := range map[string]string{"sink": "To sink", "swim": "To swim", "both": "Swim and sink", "or": "Sink or swim"} {
		p := made(slug)
		p.Texts[0].Title = title
		all = append(all, p)
	}
	s := newSearched(all)
	for words, want := range map[string]string{
		"sink or swim":         "both or sink swim",
		"sink OR swim":         "both or sink swim",
		"sink ＯＲ swim":         "both or sink swim",
		`"sink" or "swim"`:     "both or sink swim",
		"sink or or swim":      "both or sink swim",
		"sink-or-swim":         "both or", // "or" is a word that English stems leave out
		"sink/or/swim":         "both or",
		"sink, or-swim":        "both or",
		`"sink or swim"`:       "or",
		`sink "or" swim`:       "or",
		"sink or, swim":        "both or",
		"or sink swim":         "both or",
		"sink swim or":         "both or",
		"sink swim OR OR":      "both or",
		"-sink-or-swim sink":   "both sink",
		"sink -or":             "both sink",
		"sink -swim -or":       "sink",
		"sink-or-swim or swim": "both or swim",
		"or":                   "",
		"OR OR":                "",
	} {
		if got := sorted(s.slugs(t, "en", words)); got != want {
			t.Errorf("%q: found %q, want %q", words, got, want)
		}
	}
}

// A word in the title says more of a practice than one in its summary, and that
// more than one in a section or in the name of who runs it.
func TestTitleOutranksTheRest(t *testing.T) {
	t.Parallel()
	all := []practice.Practice{made("in-name"), made("in-section"), made("in-summary"), made("in-title")}
	all[3].Texts[0].Title = "Garden"
	all[2].Texts[0].Summary = "Garden"
	all[1].Texts[0].Sections = map[practice.Section]string{practice.Process: "Garden"}
	all[0].Organisation = "Garden"
	got := newSearched(all).slugs(t, "en", "gardens")
	if len(got) != 4 || got[0] != "in-title" || got[1] != "in-summary" {
		t.Errorf("%v", got)
	}
}

// Whatever people type is a question and never an error.
func TestWordsOfAnyKind(t *testing.T) {
	t.Parallel()
	s := newSearched(library())
	for _, words := range []string{
		`"`, `'`, `"""'''`, `-`, `--`, `-"`, `or`, `or or or`, `OR -or`, `& | ! <-> ( )`, `a & | b`, `:*`, `urban:*`, `\`, `\'; drop table practice; --`,
		"%", "_", "$1", "@words", "a\x00b", "\xff\xfe", "🌍", "👩‍👩‍👧 🏳️‍🌈", "\u202etxt", "a\u200bb", "<b>", "http://a.b/c?d=e&f", "a@b.c", "1e400",
		strings.Repeat("x", 10_000), strings.Repeat("🌍", 10_000), strings.Repeat("a ", 5_000), strings.Repeat("-", 10_000),
		strings.Repeat(`"a `, 5_000), strings.Repeat("(", 10_000), strings.Repeat("a-", 5_000),
		strings.Repeat("- ", 5_000), strings.Repeat("-!", 5_000), strings.Repeat(`-"`, 5_000), strings.Repeat("-a ", 5_000),
	} {
		s.slugs(t, "en", words)
	}
	rapid.Check(t, func(t *rapid.T) {
		s.slugs(t, "en", rapid.StringOfN(rapid.SampledFrom([]rune(`--""  '()&|!:*<>\or.1aжع図`)), 0, 200, -1).Draw(t, "words"))
	})
}

// The end of a long text is found as well as its beginning.
func TestLongTextsAreFound(t *testing.T) {
	t.Parallel()
	p := made("long")
	p.Texts[0].Sections = map[practice.Section]string{}
	for _, section := range practice.Sections {
		p.Texts[0].Sections[section] = strings.Repeat("word ", practice.MaxSection/5-2) + string(section)
	}
	s := newSearched([]practice.Practice{p})
	if got := s.slugs(t, "en", `"lessons"`); !slices.Equal(got, []string{"long"}) {
		t.Errorf("%v", got)
	}
}

func openSample(t *testing.T) searched {
	t.Helper()
	all, err := sample.Practices()
	if err != nil {
		t.Fatal(err)
	}
	return newSearched(all)
}

// One letter wrong, missing, too many or swapped still says which word is meant,
// in any script with letters. Words that are there, in whatever form, need no
// other.
func TestMisspeltWordsAreCorrected(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	for typed, want := range map[string]string{
		"en Ioanninna": "Ioannina", "en interculutral": "intercultural", "en integartion": "integration", "en Barselona": "", "en refugess": "refugees",
		"fr biblioteques": "bibliothèques", "en Reykjavk": "reykjavik", "el Λεμσός": "Λεμεσός", "el λεμεσοσ": "", "de Deutschlnad": "Deutschland", "uk бiженцi": "",
		"en Ioannina": "", "en refugee": "", "en mediating": "", "en qqqqqqqq": "", "ja 浜松市役": "", "en x": "", "en 2019": "",
	} {
		reader, word, _ := strings.Cut(typed, " ")
		reading := s.hits(t, practice.Language(reader), word).Reading
		got := ""
		if len(reading.Instead) > 0 {
			got = reading.Instead[0].Meant
		}
		if got != want || len(reading.Instead) > 1 || got != "" && reading.Instead[0].Typed != word {
			t.Errorf("%q: %+v, want %q", typed, reading, want)
		}
	}
}

// Japanese is found by any part of a phrase, in its order, wherever words end.
func TestTextsWithoutSpacesAreFound(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	const sherbrooke, erlangen, hamamatsu = "the-role-of-libraries-as-drivers-of-integration-and-intercultural-sherbrooke",
		"music-making-without-language-erlangen", "an-intercultural-vision-for-hamamatsu-shining-into-the-future"
	for words, want := range map[string]string{
		"図書館": sherbrooke, "シャーブルック": sherbrooke, "音楽": erlangen, "市立音楽学校": erlangen, "浜松 多文化": hamamatsu, `"多文化共生"`: hamamatsu,
		"Hamamatsu 外国人": hamamatsu, "文化 -浜松": sherbrooke, `文化 -"多文化"`: sherbrooke, "館図": "", "予算": "",
	} {
		if got := strings.Join(s.slugs(t, "ja", words), " "); got != want {
			t.Errorf("%q: found %q, want %q", words, got, want)
		}
	}
}
