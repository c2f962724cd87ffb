package catalogue_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"exempla/internal/catalogue"
	"exempla/internal/practice"
)

// about is a practice of a country with a title, and a summary and a section if
// these are given; none says more. Later numbers are newer.
func about(number int64, country practice.Country, says ...string) practice.Practice {
	return aboutIn("en", number, country, says...)
}

func aboutIn(language practice.Language, number int64, country practice.Country, says ...string) practice.Practice {
	t := practice.Text{Language: language, TitleLanguage: language, Title: says[0]}
	if len(says) > 1 {
		t.Summary = says[1]
	}
	if len(says) > 2 {
		t.Sections = map[practice.Section]string{practice.Process: says[2]}
	}
	p := practice.Practice{Number: number, Slug: fmt.Sprintf("p-%03d", number), Texts: []practice.Text{t}, Period: practice.Period{Start: practice.Date{Year: 1950 + int(number)}}}
	if country != "" {
		p.Place.Countries = []practice.Country{country}
	}
	return p
}

// answers are the numbers of what words mean to a reader, the best first.
func answers(t *testing.T, x *catalogue.Index, reader practice.Language, words string) (numbers string, read catalogue.Reading) {
	t.Helper()
	hits, err := searcher.Search(context.Background(), x, words, reader)
	if err != nil {
		t.Fatalf("%q: %v", words, err)
	}
	s := asked(words)
	s.Size = 100
	var list []string
	for _, found := range x.Find(s, hits, catalogue.Reader{Language: reader}).Found {
		list = append(list, fmt.Sprint(found.Number))
	}
	return strings.Join(list, " "), hits.Reading
}

// readAs writes what readers are told of how their words were read, but for words
// that mean the same, in small letters.
func readAs(r catalogue.Reading) string {
	var list []string
	for _, c := range r.Instead {
		list = append(list, strings.ToLower(c.Typed+"→"+c.Meant))
	}
	for _, a := range r.Abroad {
		list = append(list, strings.ToLower(a.City)+"@"+string(a.Country))
	}
	for _, word := range r.Missing {
		list = append(list, strings.ToLower(word)+"?")
	}
	if r.Partly {
		list = append(list, "partly")
	}
	return strings.Join(list, " ")
}

// read is a search, what it finds and how it is read.
type read struct {
	reader      practice.Language
	words, want string
	as          string
}

func checkRead(t *testing.T, x *catalogue.Index, list []read) {
	t.Helper()
	for _, c := range list {
		if got, r := answers(t, x, c.reader, c.words); got != c.want || readAs(r) != c.as {
			t.Errorf("%s: %q finds %q, read as %q; want %q, %q", c.reader, c.words, got, readAs(r), c.want, c.as)
		}
	}
}

func TestCityWithoutPracticesStandsForItsCountry(t *testing.T) {
	t.Parallel()
	all := []practice.Practice{about(1, "GR", "Zorkaldim"), about(2, "IT", "Zorkaldim"), about(3, "FR", "Zorkaldim"), about(4, "FR", "Brufnexo"), about(5, "BR", "Quwhitoj"), about(6, "HR", "Brufnexo"),
		about(7, "GR", "Split a Brufnexo"), about(8, "JP", "Quwhitoj", "S", "as in Kyoto"), about(9, "JP", "Brufnexo"), about(10, "ES", "Quwhitoj"), about(11, "VE", "Quwhitoj"), about(12, "US", "Brufnexo")}
	x := catalogue.NewIndex(all, 1, days[0])
	checkRead(t, x, []read{
		{"en", "Lyon", "4 3", "lyon@FR"},
		{"en", "zorkaldim lyon", "3", "lyon@FR partly"},
		{"en", "Rio de Janeiro", "5", "rio de janeiro@BR"},
		{"en", "split", "7", ""},                // a title has the word
		{"en", "Kyoto", "8 9", "kyoto@JP"},      // a section has it, too
		{"en", "Valencia", "11", "valencia@VE"}, // the largest
		{"en", "Mannheim", "", "mannheim?"},     // its country has no practices
		{"en", "Pampa", "", "pampa?"},           // a small one
		{"el", "Λυών", "4 3", "λυών@FR"},
		{"uk", "у Берні", "", "берні?"},                  // too small to be known by a case of its name
		{"uk", "у Римі zorkaldim", "2", "рим@IT partly"}, // in the language of its letters
		{"en", "Миланом", "2", "милан@IT"},
		{"de", "Mailands", "2", "mailand@IT"},
		{"en", "Mailands", "", "mailands?"},
	})
	changed := x.With([]practice.Practice{about(13, "FR", "Gymplarv"), about(2, "FR", "Zorkaldim")}, []int64{5, 4}, 2)
	checkRead(t, changed, []read{
		{"en", "Lyon", "13 3 2", "lyon@FR"},
		{"en", "Rio de Janeiro", "", "de? janeiro?"}, // the only practice of its country is gone
	})
	lyon := about(20, "FR", "Vedzuhko")
	lyon.Place.Cities = []practice.City{{Country: "FR", Name: "Lyon"}}
	checkRead(t, x.With([]practice.Practice{lyon}, nil, 2), []read{{"en", "Lyon", "20", ""}})
}

func TestUnknownWords(t *testing.T) {
	t.Parallel()
	x := catalogue.NewIndex([]practice.Practice{
		about(1, "GR", "Zorkaldim and brufnexo"), about(2, "IT", "Kaleidoscopes"), aboutIn("el", 3, "GR", "Καλειδοσκόπιο"), aboutIn("eu", 4, "ES", "Zorkaldin"), about(5, "IT", "Brufnexo"),
		about(6, "IT", "Brufnexos zorkaldim brufnexo"), about(7, "MT", "Quwhitoj"), about(8, "MT", "Quwhitaj"), about(9, "MT", "Quwhitaj"),
	}, 1, days[0])
	checkRead(t, x, []read{
		{"en", "zorkaldimbrufnexo", "6 1", ""}, // made of two
		{"en", "brufnexozorkaldim", "6 1", ""},
		{"en", "kaleid", "2", ""}, // it may become one
		{"en", "kal", "", "kal?"},
		{"en", "kaleidoskopio", "3", ""}, // Greek in Latin letters
		{"en", "zorkaldix", "6 1", "zorkaldix→zorkaldim"},
		{"eu", "zorkaldix", "4", "zorkaldix→zorkaldin"}, // both are near: the reader's language
		{"en", "zrkaldin", "4", "zrkaldin→zorkaldin"},   // the nearer one, of whatever language
		{"en", "quwhitxj", "9 8", "quwhitxj→quwhitaj"},  // the more common
		{"en", "Greeec", "1 3", "greeec→greece"},        // names may be misspelt, too
		{"en", "xxyyzzww", "", "xxyyzzww?"},
		{"en", "xxyyzzww brufnexo", "6 5 1", "xxyyzzww? partly"},
		{"en", `"zorkaldix"`, "", ""}, // what is quoted is not corrected
		{"en", "-zorkaldix", "9 8 7 6 5 4 3 2 1", ""},
	})
	later := x.With([]practice.Practice{about(20, "GR", "Vedzuhko gymplarv")}, nil, 2)
	checkRead(t, later, []read{{"en", "vedzuhk", "20", ""}, {"en", "vedzuhka", "20", "vedzuhka→vedzuhko"}, {"en", "gymplarvvedzuhko", "20", ""}})
	gone := later.With(nil, []int64{2, 3}, 3)
	checkRead(t, gone, []read{{"en", "kaleid", "", "kaleid?"}, {"en", "kaleidoskopio", "", "kaleidoskopio?"}})
}

// Names of countries and topics that no text has may be misspelt, too.
func TestNamesAreCorrected(t *testing.T) {
	t.Parallel()
	named := catalogue.NewSearcher(catalogue.Vocabulary{
		Languages: []practice.Language{"en"},
		Countries: func(_ practice.Language, c practice.Country) []string {
			return map[practice.Country][]string{"FJ": {"Zorkaldim"}}[c]
		},
		Topic: func(_ practice.Language, topic practice.Topic) string {
			return map[practice.Topic]string{"roma": "Quwhitoj"}[topic]
		},
	})
	roma := about(1, "FJ", "S")
	roma.Topics = []practice.Topic{"roma"}
	x := catalogue.NewIndex([]practice.Practice{roma, about(2, "GR", "S")}, 1, days[0])
	for words, want := range map[string]string{"quwhitjo": "quwhitjo→quwhitoj", "zorkaldmi": "zorkaldmi→zorkaldim"} {
		hits, err := named.Search(context.Background(), x, words, "en")
		if found, _ := x.Numbers(hits); err != nil || !strings.Contains(readAs(hits.Reading), want) || fmt.Sprint(found) != "[1]" {
			t.Errorf("%q: %v, %q, %v", words, found, readAs(hits.Reading), err)
		}
	}
}

// A form that no stem reaches is read as the word that begins like it, and little
// words decide where nothing has any of the others: no page is empty for a word that
// texts have otherwise.
func TestFormsThatNobodyKnows(t *testing.T) {
	t.Parallel()
	x := ranked(about(0, "GR", "Roads", "of the municipality"), aboutIn("sq", 0, "GR", "Kundër diskriminimit"))
	checkRead(t, x, []read{
		{"sq", "diskriminohet", "1", "diskriminohet→diskriminim"},
		{"sq", "bashkia", "2", ""},
		{"en", "vjollcëzohet of", "", "vjollcëzohet?"},
		{"sq", "çfarë bën bashkia kur dikush vjollcëzohet", "2", "vjollcëzohet? partly"},
	})
}
