package component_test

import (
	"math/rand/v2"
	"net/url"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"exempla/internal/catalogue"
	"exempla/internal/text"
	"exempla/web/component"
)

func asking(words string) component.Marker {
	return component.NewMarker(catalogue.Parse(url.Values{"q": {words}}), catalogue.Reading{})
}

// bracketed writes marks as brackets.
func bracketed(m component.Marker, text string) string {
	var b strings.Builder
	for _, p := range m.Pieces(text) {
		if p.Marked {
			b.WriteString("[" + p.Text + "]")
		} else {
			b.WriteString(p.Text)
		}
	}
	return b.String()
}

func TestWordsAreMarked(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ words, text, want string }{
		{"", "A school", "A school"},
		{"school", "A School for schools", "A [School] for [schools]"},
		{"SCHOOL", "preschool, school-yard and (school)", "preschool, [school]-yard and ([school])"},
		{"city", "cities, the city’s citizens", "[cities], the [city]’s citizens"},
		{"house", "housing in a warehouse", "[housing] in a warehouse"},
		{"communities", "a community of communists", "a [community] of communists"},
		{"party", "the port", "the port"},
		{"art", "art and artists, party", "[art] and artists, party"},
		{"2019", "2019, 20190 and 2018", "[2019], 20190 and 2018"},
		{"sao joao", "São João da Madeira", "[São] [João] da Madeira"},
		{"São", "SAO e sa\u0303o", "[SAO] e [sa\u0303o]"},
		{"strasse", "Straße, STRASSE", "[Straße], [STRASSE]"},
		{"kobenhavn", "i København", "i [København]"},
		{"istanbul", "İSTANBUL, ıstanbul", "[İSTANBUL], [ıstanbul]"},
		{"l'école", "une école, l’école d'écoliers", "une [école], l’[école] d'écoliers"},
		{"women", "women's, women’s", "[women]'s, [women]’s"},
		{"women's", "for women", "for [women]"},
		{"d'", "d'un d", "[d]'un [d]"},
		{"Ιωαννινα", "Στα Ιωάννινα και ΙΩΑΝΝΙΝΑ", "Στα [Ιωάννινα] και [ΙΩΑΝΝΙΝΑ]"},
		{"σχολειο", "σχολείο, σχολεία, σχολείων", "[σχολείο], [σχολεία], [σχολείων]"},
		{"δημος", "ΔΗΜΟΣ", "[ΔΗΜΟΣ]"},
		{"мигранты", "Мигранты, мигрантов и мигрантами", "[Мигранты], [мигрантов] и [мигрантами]"},
		{"їжак", "Їжак", "[Їжак]"},
		{"مدرسة", "المَدْرَسَة، ومدرسة والمدرسة", "[المَدْرَسَة]، ومدرسة [والمدرسة]"},
		{"المدينة", "مدينة مديـنة", "[مدينة] [مديـنة]"},
		{"שלום", "שָׁלוֹם", "[שָׁלוֹם]"},
		{"हिन्दी", "हिन्दी", "[हिन्दी]"},
		{"का", "की का", "की [का]"},
		{"多文化", "日本の多文化共生と多文化", "日本の[多文化]共生と[多文化]"},
		{"共生", "한국 共生", "한국 [共生]"},
		{"다문화", "다문화가족", "[다문화]가족"},
		{"か", "が か", "が [か]"},
		{"か", "か\u3099 か", "か\u3099 [か]"},
		{"ทย", "ภาษาไทย ไทย\u0e4c", "ภาษาไ[ทย] ไทย\u0e4c"},
		{"東京tokyo", "in 東京Tokyo", "in [東京Tokyo]"},
		{`"多文化 共生"`, "多文化と共生、多文化 共生", "多文化と共生、[多文化 共生]"},
		{`"urban farming"`, "Urban farming; farming urban; urban—farming", "[Urban farming]; farming urban; [urban—farming]"},
		{"„urban farming“", "urban farming", "[urban farming]"},
		{"anti-rumour", "anti rumours, anti-war, rumour", "[anti rumours], anti-war, rumour"},
		{`"urban farming" farm urban`, "urban farming, farms", "[urban farming], [farms]"},
		{"school -art", "art school", "art [school]"},
		{`school -"art club"`, "art club, school", "art club, [school]"},
		{"school or festival", "a festival or school", "a [festival] or [school]"},
		{"sink-or-swim", "sink or swim, sink, swim, or", "[sink or swim], sink, swim, or"},
		{`art"urban farming"`, "urban farming, art", "[urban farming], [art]"},
		{"the school", "The school is the place of the old school", "[The] [school] is the place of the old [school]"},
		{"schools of the city", "of the city, of schools", "[of] [the] [city], [of] [schools]"},
		{"eu ngo", "EU and NGO", "[EU] and [NGO]"},
		{"-school", "school", "school"},
		{"<b>", "<b>bold</b>", "<[b]>bold</[b]>"},
		{"🏙", "a 🏙", "a 🏙"},
		{"\u202eschool", "school", "[school]"},
		{"resume", "re\u00adsume", "[re\u00adsume]"},
	} {
		if got := bracketed(asking(c.words), c.text); got != c.want {
			t.Errorf("%s in %q: %q, want %q", c.words, c.text, got, c.want)
		}
	}
}

func TestMarkupStaysText(t *testing.T) {
	t.Parallel()
	const text = `<script>alert("school")</script> & <mark>`
	got := string(asking("script school mark amp").Marked(text))
	const want = `&lt;<mark>script</mark>&gt;alert(&#34;<mark>school</mark>&#34;)&lt;/<mark>script</mark>&gt; &amp; &lt;<mark>mark</mark>&gt;`
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestSnippetShowsTheFirstMark(t *testing.T) {
	t.Parallel()
	filler := strings.TrimSpace(strings.Repeat("lorem ipsum ", 40)) // 479 characters
	for name, c := range map[string]struct{ words, text, begins, has, ends string }{
		"short":           {"school", "A school.", "A school.", "[school]", "school."},
		"in front":        {"school", "A school " + filler, "A school lorem", "[school]", "…"},
		"nowhere":         {"festival", filler, "lorem ipsum", "ipsum", "…"},
		"without words":   {"", filler, "lorem ipsum", "ipsum", "…"},
		"behind":          {"school", filler + " a school " + filler, "…", " a [school] lorem", "…"},
		"at the end":      {"school", filler + " a school", "…", " a [school]", " a school"},
		"twice":           {"school", filler + " a school " + filler + " the schools", "…", " a [school] lorem", "…"},
		"without spaces":  {"共生", strings.Repeat("日本", 200) + "共生" + strings.Repeat("日本", 200), "…", "[共生]", "…"},
		"right to left":   {"مدرسة", strings.Repeat("كلمة ", 100) + "المدرسة", "…كلمة", "[المدرسة]", "المدرسة"},
		"only in the way": {"schooling", filler + " preschool " + filler, "lorem ipsum", "ipsum", "…"},
	} {
		m := asking(c.words)
		got := m.Snippet(c.text, 320)
		if !strings.HasPrefix(got, c.begins) || !strings.HasSuffix(got, c.ends) || !strings.Contains(bracketed(m, got), c.has) {
			t.Errorf("%s: %s", name, bracketed(m, got))
		}
		if n := utf8.RuneCountInString(got); n > 322 {
			t.Errorf("%s: %d characters", name, n)
		}
		first, last := strings.TrimPrefix(got, "…"), strings.TrimSuffix(got, "…")
		if !strings.Contains(c.text, strings.TrimSuffix(first, "…")) {
			t.Errorf("%s: not a part of the text: %s", name, got)
		}
		if name != "without spaces" && (!strings.Contains(" "+c.text, " "+strings.TrimSuffix(first, "…")) || !strings.Contains(c.text+" ", strings.TrimPrefix(last, "…")+" ")) {
			t.Errorf("%s: cut inside a word: %s", name, got)
		}
	}
}

// inWord reports whether a text goes on as one word at a place.
func inWord(shown string, at int) bool {
	before, _ := utf8.DecodeLastRuneInString(shown[:at])
	after, _ := utf8.DecodeRuneInString(shown[at:])
	letter := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }
	return at > 0 && at < len(shown) && letter(before) && !text.Undivided(before) && (letter(after) && !text.Undivided(after) || unicode.IsMark(after))
}

// checkMarks holds what is true of every text and every question.
func checkMarks(t *testing.T, words, text string) {
	t.Helper()
	m := asking(words)
	at := 0
	for _, p := range m.Pieces(text) {
		if p.Text == "" {
			t.Errorf("%q in %q: an empty piece", words, text)
		}
		if p.Marked && (inWord(text, at) || inWord(text, at+len(p.Text))) {
			t.Errorf("%q in %q: %q is marked inside a word", words, text, p.Text)
		}
		if !strings.HasPrefix(text[at:], p.Text) {
			t.Fatalf("%q in %q: the pieces are not the text", words, text)
		}
		at += len(p.Text)
	}
	if at != len(text) {
		t.Errorf("%q in %q: the pieces end at %d of %d", words, text, at, len(text))
	}
	if got := utf8.RuneCountInString(m.Snippet(text, 100)); utf8.ValidString(text) && got > 102 {
		t.Errorf("%q in %q: a snippet of %d characters", words, text, got)
	}
}

func FuzzMarksStandAtWordEnds(f *testing.F) {
	f.Add("school", "A preschool, schools")
	f.Add(`"urban farming" -art or 多文化`, "urban farming 日本の多文化 e\u0301cole")
	f.Add("مدرسة", "المَدْرَسَة \u202e\xff")
	f.Fuzz(checkMarks)
}

// TestMarksStandAtWordEnds tries what people and attackers type on random
// mixtures of scripts, signs and what is no text at all.
func TestMarksStandAtWordEnds(t *testing.T) {
	t.Parallel()
	parts := []string{"school", "Schule", "art", "é", "e\u0301", "\u0301", "Ιωάννινα", "مَدْرَسَة", "ال", "多文化", "共", "ー", "か\u3099", "한국", "का", "2019", "²",
		" ", " ", "-", `"`, "“", "'", "’", "or", "<b>", "&amp;", "🏙", "👩\u200d🚀", "\u202e", "\u00ad", "\u200d", "\ufeff", "\xff", "ß", "İ", "ﬁ", "ǆ"}
	mix := func(n int) string {
		var b strings.Builder
		for range rand.IntN(n) {
			b.WriteString(parts[rand.IntN(len(parts))])
		}
		return b.String()
	}
	for range 3_000 {
		checkMarks(t, mix(8), mix(60))
	}
}

func BenchmarkMarked(b *testing.B) {
	m := asking("intercultural school refugees")
	text := strings.Repeat("The city surveys residents on discrimination and turns the answers into measures. ", 7)
	b.ReportAllocs()
	for b.Loop() {
		m.Pieces(m.Snippet(text, 320))
	}
}
