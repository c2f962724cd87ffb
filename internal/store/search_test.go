package store_test

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"pgregory.net/rapid"

	"exempla/internal/catalogue"
	"exempla/internal/practice"
	"exempla/internal/store"
	"exempla/internal/testdb"
)

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

// answers are words typed by somebody, and what of the library they find.
var answers = map[string]string{
	"ioannina":                 "english",
	"IOÁNNINA":                 "english",
	"ιωαννινα":                 "greek",
	"ΙΩΆΝΝΙΝΑ":                 "greek",
	"SAO JOAO":                 "portuguese",
	"são joão":                 "portuguese",
	"mediacoes":                "portuguese",
	"mediações":                "portuguese",
	"mediação":                 "portuguese",
	"MEDIAÇÃO interculturais":  "portuguese",
	"διαπολιτισμικη":           "greek",
	"ΜΕΣΟΛΑΒΗΣΗ":               "greek",
	"київ":                     "ukrainian",
	"КИЇВ":                     "ukrainian",
	"біженці":                  "ukrainian",
	"الوساطة":                  "arabic",
	"الوَسَاطَة":               "arabic",
	"عمان":                     "arabic",
	"istanbul":                 "turkish",
	"İSTANBUL":                 "turkish",
	"komşu":                    "turkish",
	"їхні сусіди":              "ukrainian",
	"komsularin":               "turkish",
	"Griechenland":             "english greek",
	"grece":                    "english greek",
	"Ουκρανία":                 "ukrainian",
	"الأردن":                   "arabic",
	"intercultural mediation":  "greek",
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
	"neighbours people":        "english",
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
func TestMatch(t *testing.T) {
	t.Parallel()
	s := testdb.Open(t)
	importInto(t, s, library()...)
	names := map[int64]string{}
	for _, p := range library() {
		names[load(t, s, p.Slug).Number] = p.Slug
	}
	for words, want := range answers {
		var slugs []string
		for _, number := range found(t, s, words) {
			slugs = append(slugs, names[number])
		}
		slices.Sort(slugs)
		if got := strings.Join(slugs, " "); got != want {
			t.Errorf("%q: found %q, want %q", words, got, want)
		}
	}
}

// "or" joins alternatives where it stands alone between them. Inside a word, in
// quotation marks and after a dash it is a word like others, and at either end
// it says nothing.
func TestOrStandsAlone(t *testing.T) {
	t.Parallel()
	s := testdb.Open(t)
	names := map[int64]string{}
	for slug, title := range map[string]string{"sink": "To sink", "swim": "To swim", "both": "Swim and sink", "or": "Sink or swim"} {
		p := made(slug)
		p.Texts[0].Title, p.Texts[0].Summary = title, "–"
		importInto(t, s, p)
		names[load(t, s, slug).Number] = slug
	}
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
		var slugs []string
		for _, number := range found(t, s, words) {
			slugs = append(slugs, names[number])
		}
		slices.Sort(slugs)
		if got := strings.Join(slugs, " "); got != want {
			t.Errorf("%q: found %q, want %q", words, got, want)
		}
	}
}

// A hit on what is no longer shown would make totals lie.
func TestArchivedPracticesAreNotFound(t *testing.T) {
	t.Parallel()
	s := testdb.Open(t)
	importInto(t, s, library()...)
	archive(t, s, "ukrainian", "")
	hits, err := s.Practices.Match(t.Context(), "київ", "en")
	if n := indexOf(t, s).Count(catalogue.Parse(url.Values{"q": {"київ"}}), hits); err != nil || n > 0 {
		t.Error(n, err)
	}
}

// A word in the title says more of a practice than one in its summary, and that
// more than one in a section or in the name of who runs it.
func TestTitleOutranksTheRest(t *testing.T) {
	t.Parallel()
	s := testdb.Open(t)
	order := []string{"in-title", "in-summary", "in-section", "in-name"}
	all := make([]practice.Practice, len(order))
	for i, slug := range order {
		all[i] = made(slug)
		all[i].Texts[0].Title = "Something"
	}
	all[0].Texts[0].Title = "Garden"
	all[1].Texts[0].Summary = "Garden"
	all[2].Texts[0].Sections = map[practice.Section]string{practice.Process: "Garden"}
	all[3].Organisation = "Garden"
	importInto(t, s, all...)
	found := found(t, s, "gardens")
	for i, slug := range order {
		if i >= len(found) || found[i] != load(t, s, slug).Number {
			t.Fatalf("%v, want the order %v", found, order)
		}
	}
}

// Whatever people type is a question and never an error.
func TestWordsOfAnyKind(t *testing.T) {
	t.Parallel()
	s := testdb.Open(t)
	importInto(t, s, library()...)
	for _, words := range []string{
		`"`, `'`, `"""'''`, `-`, `--`, `-"`, `or`, `or or or`, `OR -or`, `& | ! <-> ( )`, `a & | b`, `:*`, `urban:*`, `\`, `\'; drop table practice; --`,
		"%", "_", "$1", "@words", "a\x00b", "\xff\xfe", "🌍", "👩‍👩‍👧 🏳️‍🌈", "\u202etxt", "a\u200bb", "<b>", "http://a.b/c?d=e&f", "a@b.c", "1e400",
		strings.Repeat("x", 10_000), strings.Repeat("🌍", 10_000), strings.Repeat("a ", 5_000), strings.Repeat("-", 10_000),
		strings.Repeat(`"a `, 5_000), strings.Repeat("(", 10_000), strings.Repeat("a-", 5_000),
		strings.Repeat("- ", 5_000), strings.Repeat("-!", 5_000), strings.Repeat(`-"`, 5_000), strings.Repeat("-a ", 5_000),
	} {
		matches(t, s, words)
	}
	rapid.Check(t, func(t *rapid.T) {
		matches(t, s, rapid.StringOfN(rapid.SampledFrom([]rune(`--""  '()&|!:*<>\or.1aжع`)), 0, 200, -1).Draw(t, "words"))
	})
	if got := len(listed(indexOf(t, s))); got != len(library()) {
		t.Errorf("%d practices are left", got)
	}
}

// matches fails where a search for what somebody typed fails.
func matches(t rapid.TB, s *store.Store, words string) {
	cleaned := catalogue.Parse(url.Values{"q": {words}}).Words
	if _, err := s.Practices.Match(context.Background(), cleaned, "en"); err != nil {
		t.Errorf("%.20q: %v", words, err)
	}
}

// Nothing but a number comes from a search, so a long summary costs nothing.
func TestLongTextsAreFound(t *testing.T) {
	t.Parallel()
	s := testdb.Open(t)
	p := made("long")
	p.Texts[0].Sections = map[practice.Section]string{}
	for _, section := range practice.Sections {
		p.Texts[0].Sections[section] = strings.Repeat("word ", practice.MaxSection/5-2) + string(section)
	}
	p.Texts[0].Summary = strings.Repeat("ж", practice.MaxSummary)
	if result := importInto(t, s, p); result.New != 1 {
		t.Fatalf("%+v", result)
	}
	finds(t, s, "lessons")
}

func finds(t *testing.T, s *store.Store, words string) {
	t.Helper()
	if found := found(t, s, words); len(found) != 1 {
		t.Errorf("%q: %v", words, found)
	}
}

// found lists the practices that match the words of an English reader, best
// first.
func found(t *testing.T, s *store.Store, words string) []int64 {
	t.Helper()
	hits, err := s.Practices.Match(t.Context(), words, "en")
	if err != nil {
		t.Fatalf("%q: %v", words, err)
	}
	var list []int64
	for _, tier := range hits.Tiers {
		for _, number := range tier {
			if !slices.Contains(list, number) && !slices.Contains(hits.Excluded, number) {
				list = append(list, number)
			}
		}
	}
	return list
}

// A search that takes too long is cut off, in Postgres too, and leaves nothing
// behind: what it waited for is free again, and so are the connections.
func TestSlowSearchIsCutOff(t *testing.T) {
	t.Parallel()
	s := testdb.Open(t)
	importInto(t, s, made("a"))
	conn, err := pgx.Connect(t.Context(), testdb.URL(t, s))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.Background())
	tx, err := conn.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := tx.Exec(t.Context(), `lock practice_words in access exclusive mode`); err != nil {
		t.Fatal(err)
	}
	begun := time.Now()
	if _, err := s.Practices.Match(t.Context(), "title", "en"); !errors.Is(err, store.ErrSlow) || errors.Is(err, store.ErrAway) {
		t.Errorf("error %v", err)
	}
	if took := time.Since(begun); took > soon {
		t.Errorf("cut off after %s", took)
	}
	if n := count(t, s, `select count(*) from pg_stat_activity where wait_event_type = 'Lock'`); n > 0 {
		t.Errorf("%d statements still wait", n)
	}
	leaving, leave := context.WithCancel(t.Context())
	time.AfterFunc(10*time.Millisecond, leave)
	if _, err := s.Practices.Match(leaving, "title", "en"); !errors.Is(err, context.Canceled) || errors.Is(err, store.ErrAway) {
		t.Errorf("of a reader who left: %v", err)
	}
	if err := tx.Rollback(t.Context()); err != nil {
		t.Fatal(err)
	}
	finds(t, s, "title")
}

// Several questions are answered each by itself, in their order.
func TestMatchEach(t *testing.T) {
	t.Parallel()
	s := testdb.Open(t)
	importInto(t, s, library()...)
	questions := []string{"greece", "mediation -urban", "", "nowhere"}
	each, err := s.Practices.MatchEach(t.Context(), questions, "en")
	if err != nil || len(each) != len(questions) {
		t.Fatal(each, err)
	}
	for i, words := range questions {
		if one, err := s.Practices.Match(t.Context(), words, "en"); err != nil || !reflect.DeepEqual(one, each[i]) {
			t.Errorf("%q: %v, alone %v, %v", words, each[i], one, err)
		}
	}
}

// Where the words are comes first, then whether they stand together, then the
// reader's language.
func TestRanking(t *testing.T) {
	t.Parallel()
	s := testdb.Open(t)
	ranked := []practice.Practice{}
	for i, c := range []struct{ language, title, summary, section string }{
		{"en", "Urban garden", "", ""}, {"fr", "Urban garden", "", ""}, {"en", "Garden, urban", "", ""}, {"fr", "Garden: urban", "", ""},
		{"en", "Garden", "", "urban"}, {"fr", "Garden", "urban garden", ""}, {"en", "A", "an urban garden", ""}, {"fr", "A", "an urban garden", ""},
		{"en", "B", "a garden that is urban", ""}, {"en", "C", "", "an urban garden"}, {"fr", "C", "", "an urban garden"}, {"en", "D", "", "a garden, an urban one"},
	} {
		p := made(fmt.Sprintf("p%d", i))
		p.Texts[0].Language, p.Texts[0].Title, p.Texts[0].Summary = practice.Language(c.language), c.title, c.summary+"."
		p.Texts[0].Sections = map[practice.Section]string{practice.Process: c.section + "."}
		ranked = append(ranked, p)
	}
	backwards := slices.Clone(ranked)
	slices.Reverse(backwards)
	importInto(t, s, backwards...)
	found := found(t, s, "urban garden")
	for i, p := range ranked {
		if i >= len(found) || found[i] != load(t, s, p.Slug).Number {
			t.Fatalf("%v: %s is not in place %d", found, p.Slug, i)
		}
	}
}
