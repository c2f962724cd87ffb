package practice

import (
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"
)

// meaning writes what was read in one line: "2017-04", "2011 to 2014",
// "to 2023", "2016 ongoing", "" for nothing.
func meaning(p Period) string {
	var parts []string
	if !p.Start.IsZero() {
		parts = append(parts, written(p.Start))
	}
	if !p.End.IsZero() {
		parts = append(parts, "to "+written(p.End))
	}
	if p.Ongoing {
		parts = append(parts, "ongoing")
	}
	return strings.Join(parts, " ")
}

func written(d Date) string {
	if d.Month == 0 {
		return fmt.Sprint(d.Year)
	}
	return fmt.Sprintf("%d-%02d", d.Year, d.Month)
}

func checkMeanings(t *testing.T, cases [][2]string) {
	t.Helper()
	for _, c := range cases {
		p := ParsePeriod(c[0])
		if got := meaning(p); got != c[1] {
			t.Errorf("ParsePeriod(%q) means %q, want %q", c[0], got, c[1])
		}
		if p.Wording != c[0] {
			t.Errorf("ParsePeriod(%q) keeps %q", c[0], p.Wording)
		}
	}
}

func TestParsePeriodReadsOtherForms(t *testing.T) {
	t.Parallel()
	checkMeanings(t, [][2]string{
		{"2017/2018", "2017 to 2018"},
		{"2017–present", "2017 ongoing"},
		{"2017—2019", "2017 to 2019"},
		{"2017−2019", "2017 to 2019"},
		{"2017 –", "2017 ongoing"},
		{"2016...", "2016"},
		{"2016-…", "2016 ongoing"},
		{"2016-?", "2016"},
		{"2017+", "2017 ongoing"},
		{"2016- (pilot)", "2016 ongoing"},
		{"2016 - (pilot)", "2016"},
		{"2016 - implemented in schools", "2016"},
		{"2018 on a small budget", "2018"},
		{"05/2019 - 11/2020", "2019-05 to 2020-11"},
		{"05.2019-11.2020", "2019-05 to 2020-11"},
		{"1.3.2019 – 30.11.2020", "2019-03 to 2020-11"},
		{"2021-03", "2021-03"},
		{"2021-03-15", "2021-03"},
		{"2021-03-15/2022-06-30", "2021-03 to 2022-06"},
		{"2009-12", "2009 to 2012"},
		{"2015-10", "2015-10"},
		{"2017/18", "2017 to 2018"},
		{"2017/18-2019/20", "2017 to 2020"},
		{"2011 - 14", "2011 to 2014"},
		{"2011 - 14 May 2012", "2011 to 2012-05"},
		{"summer 2019", "2019"},
		{"summer 2018 - winter 2019", "2018 to 2019"},
		{"Q3 2020", "2020-07 to 2020-09"},
		{"Q4 2019 – Q2 2020", "2019-10 to 2020-06"},
		{"Q1-Q3 2020", "2020-01 to 2020-09"},
		{"third quarter of 2020", "2020-07 to 2020-09"},
		{"1st half 2020", "2020-01 to 2020-06"},
		{"second half of 2021", "2021-07 to 2021-12"},
		{"2H 2021", "2021-07 to 2021-12"},
		{"early 2019", "2019"},
		{"mid-2019", "2019"},
		{"late 2019", "2019"},
		{"from mid-2019 until the end of 2021", "2019 to 2021"},
		{"12-15 May 2019", "2019-05"},
		{"12 May - 15 June 2019", "2019-05 to 2019-06"},
		{"May 9th, 2018", "2018-05"},
		{"May 9 – June 3, 2018", "2018-05 to 2018-06"},
		{"Jan. 2018", "2018-01"},
		{"Jan-2018", "2018-01"},
		{"April, May and June 2021", "2021-04 to 2021-06"},
		{"March - 2018", "2018-03"},
		{"March 2018 - 2019", "2018-03 to 2019"},
		{"2018 (March)", "2018"},
		{"2018-2022 (extended until 2024)", "2018 to 2024"},
		{"Since 2017 (ended in 2020)", "2017 to 2020"},
		{"2015-2018, 2019 onwards", "2015 ongoing"},
		{"2018-2020 (no longer ongoing)", "2018 to 2020"},
		{"Running from 2016 to 2018", "2016 to 2018"},
		{"Created in 2015, awarded in 2017", "2015"},
		{"Every March since 2016", "2016 ongoing"},
		{"since the 1990s", "1990 ongoing"},
		{"24/7 since 2018", "2018 ongoing"},
		{"2004–2010 and from 2014", "2004 ongoing"},
		{"until now", "ongoing"},
		{"2016\u00a0–\u00a02018", "2016 to 2018"},
		{"e\u0301te\u0301 2019", "2019"},
		{"２０１９−２０２１", "2019 to 2021"},
		{"2019²–2021", "2019 to 2021"},
		{"2019\u200f–\u200f2021", "2019 to 2021"},
		{"2019\u200f2021", ""},
	})
}

func TestParsePeriodReadsLanguages(t *testing.T) {
	t.Parallel()
	checkMeanings(t, [][2]string{
		{"OD 2020", "2020 ongoing"},
		{"depuis avril 2017", "2017-04 ongoing"},
		{"d’avril à novembre 2021", "2021-04 to 2021-11"},
		{"jusqu'en 2023", "to 2023"},
		{"En cours depuis février 2019", "2019-02 ongoing"},
		{"2e semestre 2021", "2021-07 to 2021-12"},
		{"du 1er mars 2018 au 31 août 2019", "2018-03 to 2019-08"},
		{"seit März 2018", "2018-03 ongoing"},
		{"von 2017 bis 2019", "2017 to 2019"},
		{"17. März 2018", "2018-03"},
		{"2. Halbjahr 2021", "2021-07 to 2021-12"},
		{"Laufend", "ongoing"},
		{"desde mayo de 2016", "2016-05 ongoing"},
		{"de enero a junio de 2018", "2018-01 to 2018-06"},
		{"2016 en adelante", "2016 ongoing"},
		{"hasta 2023", "to 2023"},
		{"2016 - actualidad", "2016 ongoing"},
		{"dal 2016 al 2018", "2016 to 2018"},
		{"da settembre 2019, in corso", "2019-09 ongoing"},
		{"dal 2016 in poi", "2016 ongoing"},
		{"fino al 2023", "to 2023"},
		{"a partir de março de 2017", "2017-03 ongoing"},
		{"de 2017 até 2019", "2017 to 2019"},
		{"2017 - em curso", "2017 ongoing"},
		{"από τον Απρίλιο του 2017", "2017-04 ongoing"},
		{"ΑΠΟ ΤΟ 2016 ΕΩΣ ΣΗΜΕΡΑ", "2016 ongoing"},
		{"Μάρτιος 2018 - Αύγουστος 2019", "2018-03 to 2019-08"},
		{"Μαΐου 2018 έως ΑΥΓΟΥΣΤΟΥ 2018", "2018-05 to 2018-08"},
		{"σε εξέλιξη", "ongoing"},
		{"2ο εξάμηνο 2021", "2021-07 to 2021-12"},
		{"2016 και μετά", "2016 ongoing"},
		{"nga viti 2018 deri në 2020", "2018 to 2020"},
		{"Prej prillit 2019 e në vazhdim", "2019-04 ongoing"},
		{"nga shtatori 2018 deri më qershor 2019", "2018-09 to 2019-06"},
		{"në vazhdim", "ongoing"},
		{"з 2016 року", "2016 ongoing"},
		{"з січня 2017 до грудня 2019", "2017-01 to 2019-12"},
		{"Від квітня 2018 року донині", "2018-04 ongoing"},
		{"до 2023 року", "to 2023"},
		{"триває", "ongoing"},
		{"منذ عام 2016", "2016 ongoing"},
		{"من يناير ٢٠١٨ إلى مارس ٢٠١٩", "2018-01 to 2019-03"},
		{"حتى أغسطس 2023", "to 2023-08"},
		{"من ٢٠١٧ حتى الآن", "2017 ongoing"},
		{"كانون الثاني 2020", "2020-01"},
		{"آذار ۲۰۲۰", "2020-03"},
		{"مستمر", "ongoing"},
		{"од 2016 до 2018", "2016 to 2018"},
		{"od marta 2019. godine", "2019-03 ongoing"},
		{"do 2023", "to 2023"},
		{"U toku od 2018", "2018 ongoing"},
	})
}

func TestParsePeriodRefuses(t *testing.T) {
	t.Parallel()
	for _, wording := range []string{
		"Three years", "20222", "31/31/2021", "30/02/2021", "13/2020", "2021-13", "2021-00", "2021-02-30", "2016-9",
		"2019-2017", "March 2018 - January 2018", "2019 and 2017", "until 2015, since 2018", "1799", "2101", "1500-2020",
		"2019-3000", "2019 – 20222", "1500 and 2020", "2018-19-20", "May", "???", "-", "/////", "no longer ongoing", "99999999999999999999999",
	} {
		if got := meaning(ParsePeriod(wording)); got != "" {
			t.Errorf("ParsePeriod(%q) means %q, want nothing", wording, got)
		}
	}
}

func TestParsePeriodKeepsTheWording(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, given, want string }{
		{"space around", " \t2016 - \n", "2016 -"},
		{"controls", "20\x0016\x7f", "2016"},
		{"lines", "2016\r\n2018", "2016  2018"},
		{"broken UTF-8", "2016\xff\xc3", "2016"},
		{"cut", strings.Repeat("9", 10<<20), strings.Repeat("9", maxWording)},
		{"cut between letters", "x" + strings.Repeat("ä", maxWording), "x" + strings.Repeat("ä", maxWording/2-1)},
	} {
		if got := ParsePeriod(c.given).Wording; got != c.want {
			t.Errorf("%s: kept %.60q, want %.60q", c.name, got, c.want)
		}
	}
	if p := ParsePeriod(strings.Repeat(" ", maxWording) + "2016"); p != (Period{}) {
		t.Errorf("read %v behind the limit", p)
	}
}

func TestVocabularyIsUnambiguous(t *testing.T) {
	t.Parallel()
	for phrase := range vocabulary {
		if phrase == "" || phrase != fold(phrase) || len(strings.Fields(phrase)) > longestPhrase {
			t.Errorf("%q can never be found", phrase)
		}
	}
	seen := make(map[string]role)
	for r, lines := range phrasesByRole {
		for phrase := range strings.SplitSeq(fold(strings.Join(lines, "|")), "|") {
			if before, ok := seen[phrase]; ok && before != r {
				t.Errorf("%q has two roles, %d and %d", phrase, before, r)
			}
			seen[phrase] = r
		}
	}
	for _, names := range append(monthNames[:], ordinals[:]...) {
		for name := range strings.SplitSeq(fold(names), "|") {
			if r, ok := seen[name]; ok {
				t.Errorf("%q is a month or ordinal and has role %d", name, r)
			}
		}
	}
}

func FuzzParsePeriod(f *testing.F) {
	for _, seed := range []string{
		"", "2016-", "2011-14", "2021-03-15", "From September 2014 to May 2015 (still ongoing)", "Q3 2020", "2nd half 2021",
		"12-15 May 2019", "31/31/2021", "2021 (ongoing since 2017)", "من ٢٠١٧ حتى الآن", "від квітня 2018", "\xff\x002019",
		"2015-2020 / 2021-25", "until 2023", "no longer ongoing", "April, May and June 2021",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, wording string) {
		p := ParsePeriod(wording)
		checkConsistent(t, p)
		checkWording(t, wording, p.Wording)
		if again := ParsePeriod(p.Wording); again != p {
			t.Errorf("%q read again: %v, before %v", p.Wording, again, p)
		}
	})
}

func checkConsistent(t *testing.T, p Period) {
	t.Helper()
	for _, d := range []Date{p.Start, p.End} {
		stated := d.Year >= MinYear && d.Year <= MaxYear
		if !d.IsZero() && (!stated || d.Month < 0 || d.Month > time.December) {
			t.Errorf("%q: impossible date %v", p.Wording, d)
		}
	}
	if !p.Start.IsZero() && !p.End.IsZero() && p.End.lastMonth() < p.Start.firstMonth() {
		t.Errorf("%q: ends before its start: %v", p.Wording, p)
	}
}

func checkWording(t *testing.T, given, kept string) {
	t.Helper()
	if !utf8.ValidString(kept) || len(kept) > maxWording || kept != strings.TrimSpace(kept) || strings.ContainsFunc(kept, unicode.IsControl) {
		t.Errorf("%q is kept unclean: %q", given, kept)
	}
	clean := len(given) <= maxWording && utf8.ValidString(given) && !strings.ContainsFunc(given, unicode.IsControl)
	if clean && kept != strings.TrimSpace(given) {
		t.Errorf("%q is kept as %q", given, kept)
	}
}

func BenchmarkParsePeriod(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		ParsePeriod("Two years from February 2016 to January 2018 (with the possibility of renewal for an additional year).")
	}
}
