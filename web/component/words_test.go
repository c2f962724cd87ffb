package component_test

import (
	"math/rand/v2"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"exempla/internal/catalogue"
	"exempla/internal/locale"
	"exempla/internal/practice"
	"exempla/web/component"
)

var today = time.Date(2025, time.June, 15, 12, 0, 0, 0, time.UTC)

func in(t *testing.T, tag string) *locale.Locale {
	t.Helper()
	l, ok := locale.Find(tag)
	if !ok {
		t.Fatalf("no language %q", tag)
	}
	return l
}

// period reads "2017-4 2019-12" or "2017" or "- 2019"; "+" stands for ongoing.
func period(text string) practice.Period {
	var p practice.Period
	for at, word := range strings.Fields(text) {
		switch {
		case word == "+":
			p.Ongoing = true
		case at == 0:
			p.Start = date(word)
		default:
			p.End = date(word)
		}
	}
	return p
}

func date(text string) practice.Date {
	var d practice.Date
	year, month, _ := strings.Cut(text, "-")
	for _, digit := range year {
		d.Year = 10*d.Year + int(digit-'0')
	}
	for _, digit := range month {
		d.Month = 10*d.Month + time.Month(digit-'0')
	}
	return d
}

func TestPeriodInTheReadersWords(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ tag, period, want string }{
		{"en", "", "period not stated"},
		{"en", "- +", "ongoing"},
		{"en", "2017 +", "since 2017"},
		{"en", "2017-4 +", "since April 2017"},
		{"en", "2017", "2017"},
		{"en", "2017-4", "April 2017"},
		{"en", "2017 2019", "2017–2019"},
		{"en", "2017-4 2019-12", "April 2017 – December 2019"},
		{"en", "2017-4 2019", "April 2017 – 2019"},
		{"en", "2017 2019-12", "2017 – December 2019"},
		{"en", "2017-4 2017-9", "April 2017 – September 2017"},
		{"en", "2017-4 2017-4", "April 2017"},
		{"en", "2017-4 2017", "2017"}, // a month on one side only would read as if the other were unknown
		{"en", "2017 2017-9", "2017"},
		{"en", "2017 2017", "2017"},
		{"en", "- 2019", "until 2019"},
		{"en", "- 2019-12", "until December 2019"},
		{"en", "2017 2027 +", "2017–2027"},  // still running, and the end is known
		{"en", "2014 2015 +", "since 2014"}, // a project ended and its work went on
		{"en", "- 2015 +", "ongoing"},
		{"en", "- 2027 +", "until 2027"},
		{"en", "2017 2025-5 +", "since 2017"},
		{"en", "2017 2025-6 +", "2017 – June 2025"}, // the last day of June is to come
		{"en", "2017 2025 +", "2017–2025"},
		{"fr", "2017-4 +", "depuis avril 2017"},
		{"fr", "2017-4 2019-8", "avril 2017 – août 2019"},
		{"de", "2018-3 +", "seit März 2018"},
		{"de", "- 2019", "bis 2019"},
		{"es", "2017-4 +", "desde abril de 2017"},
		{"es", "2017-4", "abril de 2017"},
		{"el", "2017-4", "Απρίλιος 2017"},
		{"el", "2017-4 2019-3", "Απρίλιος 2017 – Μάρτιος 2019"},
		{"el", "2017 +", "από το 2017"},
		{"uk", "2017-4 +", "з квітня 2017 року"},
		{"uk", "2017-4", "квітень 2017"},
		{"sq", "2017 2019", "2017–2019"},
		{"ar", "2017-4 +", "منذ أبريل 2017"},
		{"ar", "2017 2019", "من 2017 إلى 2019"},
	} {
		if got := component.Period(in(t, c.tag), period(c.period), today); got != c.want {
			t.Errorf("%s %q: %q, want %q", c.tag, c.period, got, c.want)
		}
	}
}

func TestLabels(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		tag       string
		facet     catalogue.Facet
		key, want string
	}{
		{"en", catalogue.Topic, "refugees", "Refugees"}, {"el", catalogue.Topic, "refugees", "Πρόσφυγες"},
		{"de", catalogue.Country, "GR", "Griechenland"}, {"en", catalogue.Language, "ja", "Japanese"},
		{"fr", catalogue.Year, "2019", "2019"}, {"fr", catalogue.Year, "unknown", "Non précisé"},
		{"en", catalogue.Status, "running", "Still running"}, {"en", catalogue.Status, "unknown", "Not stated"},
	} {
		got := component.Label(in(t, c.tag), c.facet, c.key)
		if c.key == "unknown" {
			c.want = in(t, c.tag).T("facet.not_stated")
		}
		if got != c.want {
			t.Errorf("%s %s %s: %q, want %q", c.tag, c.facet.Name(), c.key, got, c.want)
		}
	}
}

func TestSpots(t *testing.T) {
	t.Parallel()
	place := practice.Place{Countries: []practice.Country{"IL", "GR", "CY", "PT"}, Cities: []practice.City{{Country: "GR", Name: "Ioannina"},
		{Country: "GR", Name: "Patras"}, {Country: "IL", Name: "Haifa"}, {Country: "CY", Name: "Limassol"}}}
	want := []component.Spot{{Cities: "Haifa", Country: "Israel"}, {Cities: "Ioannina, Patras", Country: "Greece"},
		{Cities: "Limassol", Country: "Cyprus"}, {Country: "Portugal"}}
	got := component.Spots(in(t, "en"), place)
	if len(got) != len(want) {
		t.Fatalf("%v, want %v", got, want)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("%v, want %v", got[i], want[i])
		}
	}
}

func TestExcerpt(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text  string
		limit int
		want  string
	}{
		{"", 10, ""},
		{"Short text.", 11, "Short text."},
		{"A little longer text", 15, "A little longer…"},
		{"A little longer text", 14, "A little…"},
		{"One, two, three and four", 9, "One, two…"},
		{"Ελληνικά γράμματα εδώ", 17, "Ελληνικά γράμματα…"},
		{"予算をみんなで決める", 4, "予算をみ…"}, // no spaces: any character may be the last
		{"كلمات عربية هنا", 11, "كلمات عربية…"},
		{"no\u00a0break in this", 8, "no\u00a0break…"},
		{strings.Repeat("long", 40), 100, strings.Repeat("long", 25) + "…"},
	} {
		if got := component.Excerpt(c.text, c.limit); got != c.want {
			t.Errorf("%q to %d: %q, want %q", c.text, c.limit, got, c.want)
		}
	}
}

// TestExcerptNeverEndsInsideAWord tries random texts of words up to 30 letters.
func TestExcerptNeverEndsInsideAWord(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(3, 4))
	letters := []rune("aeioußéλюअ日’-")
	for range 2_000 {
		var words []string
		for range 1 + random.IntN(60) {
			word := make([]rune, 1+random.IntN(30))
			for i := range word {
				word[i] = letters[random.IntN(len(letters))]
			}
			words = append(words, string(word))
		}
		checkExcerpt(t, strings.Join(words, " "), 40+random.IntN(300))
	}
}

func checkExcerpt(t *testing.T, text string, limit int) {
	t.Helper()
	got := component.Excerpt(text, limit)
	kept, cut := strings.CutSuffix(got, "…")
	switch {
	case utf8.RuneCountInString(text) <= limit:
		if got != text {
			t.Fatalf("a short text is changed: %q to %d gives %q", text, limit, got)
		}
	case !cut || !strings.HasPrefix(text, kept) || utf8.RuneCountInString(kept) > limit:
		t.Fatalf("%q to %d gives %q", text, limit, got)
	default:
		rest := strings.TrimLeftFunc(text[len(kept):], unicode.IsPunct)
		if next, _ := utf8.DecodeRuneInString(rest); !unicode.IsSpace(next) {
			t.Fatalf("%q to %d ends inside a word: %q", text, limit, got)
		}
	}
}
