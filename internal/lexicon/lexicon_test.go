package lexicon_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"exempla/internal/lexicon"
	"exempla/internal/text"
)

// piece is what stands in a zone of a text.
type piece struct {
	number   uint32
	language string
	zone     lexicon.Zone
	content  string
}

// index is made by two builders, which must not make a difference.
func index(pieces ...piece) *lexicon.Index {
	var first, second lexicon.Builder
	for _, p := range pieces {
		if p.number < pieces[len(pieces)/2].number {
			first.Add(p.number, p.language, p.zone, p.content)
		} else {
			second.Add(p.number, p.language, p.zone, p.content)
		}
	}
	return lexicon.Join(&first, &second)
}

// texts are pieces with the numbers from 1, all in one language and zone.
func texts(language string, zone lexicon.Zone, contents ...string) []piece {
	var list []piece
	for i, content := range contents {
		list = append(list, piece{uint32(i + 1), language, zone, content})
	}
	return list
}

// told writes hits as the numbers of each zone; a text counts in its best one.
func told(h lexicon.Hits) string {
	seen := map[uint32]bool{}
	var zones []string
	for _, set := range h {
		var numbers []string
		if set != nil {
			for _, number := range set.ToArray() {
				if !seen[number] {
					numbers = append(numbers, fmt.Sprint(number))
				}
				seen[number] = true
			}
		}
		zones = append(zones, strings.Join(numbers, " "))
	}
	return strings.Join(zones, "|")
}

func forms(language string, words ...string) []text.Form {
	var list []text.Form
	for _, word := range words {
		list = append(list, text.FormOf(language, word))
	}
	return list
}

func TestTextsCountInTheirBestZone(t *testing.T) {
	t.Parallel()
	x := index(
		piece{1, "en", lexicon.Title, "School"}, piece{1, "en", lexicon.Lead, "The school garden"}, piece{1, "en", lexicon.Rest, "Garden, school, trees"},
		piece{2, "en", lexicon.Rest, "a school"}, piece{2, "en", lexicon.Rest, "school again"},
		piece{7, "en", lexicon.Lead, "trees"}, piece{7, "en", lexicon.Rest, ""},
	)
	for word, want := range map[string]string{"school": "1||2", "garden": "|1|", "trees": "|7|1", "the": "|1|", "flower": "||", "": "||"} {
		h := x.Exact(word)
		if got := told(h); got != want {
			t.Errorf("%q is in %s, want %s", word, got, want)
		}
		count := 0
		for _, set := range h {
			if set != nil {
				count += int(set.GetCardinality())
			}
		}
		if count != int(h.Any().GetCardinality()) {
			t.Errorf("%q: some text stands in several zones", word)
		}
	}
}

func TestWordsBelongToLanguages(t *testing.T) {
	t.Parallel()
	x := index(piece{1, "de", lexicon.Title, "Gift"}, piece{1, "en", lexicon.Title, "poison"}, piece{2, "en", lexicon.Lead, "gift"})
	if got := x.Languages(); !slices.Equal(got, []string{"de", "en"}) {
		t.Errorf("the languages are %q", got)
	}
	for _, c := range []struct {
		language, word string
		has            bool
		forms          string
	}{
		{"de", "gift", true, "1||"}, {"en", "gift", true, "|2|"}, {"en", "gifts", false, "|2|"}, {"en", "poison", true, "1||"}, {"de", "poison", false, "||"}, {"fr", "gift", false, "||"},
	} {
		if got := x.Has(c.language, c.word); got != c.has {
			t.Errorf("%s has %q: %t", c.language, c.word, got)
		}
		if got := told(x.Forms(c.language, text.FormOf(c.language, c.word))); got != c.forms {
			t.Errorf("%s: forms of %q in %s, want %s", c.language, c.word, got, c.forms)
		}
	}
	if got := told(x.Exact("gift")); got != "1|2|" {
		t.Errorf("in any language gift is in %s", got)
	}
	var none lexicon.Builder
	if empty := none.Index(); len(empty.Languages()) > 0 || empty.Has("en", "gift") || !empty.Exact("gift").IsEmpty() || empty.Split("schoolgarden") != nil {
		t.Error("an index of nothing has something")
	}
}

func TestFormsOfWords(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		language string
		contents []string
		word     string
		want     string
	}{
		{"en", []string{"schools", "school", "scholar", "SCHOOL"}, "Schooling", "1 2 4||"},
		{"de", []string{"Gärten", "Garten", "Gerten"}, "garten", "1 2||"},
		{"el", []string{"πρόσφυγες", "ΠΡΟΣΦΥΓΩΝ", "προσφορά"}, "πρόσφυγας", "1 2||"},
		{"uk", []string{"школи", "сім'я", "сім’ї"}, "школа", "1||"},
		{"uk", []string{"школи", "сім'я", "сімʼя"}, "сімя", "2 3||"},
		{"ar", []string{"المدرسة", "مدارس", "للمدرسة"}, "مدرسة", "1 3||"},
		{"eu", []string{"eskola", "eskolak"}, "eskola", "1||"},       // no rules are known
		{"en", []string{"what kind", "kindness"}, "kindness", "2||"}, // a little word is no form of others
		{"en", []string{"what kind", "kindness"}, "kind", "1 2||"},
		{"de", []string{"Schüler:innen", "Schüler", "innen"}, "schülerinnen", "1||"},
		{"en", []string{"anti-rumour work", "antirumour", "rumour"}, "antirumours", "1 2||"},
		{"en", []string{"anti-rumour work", "antirumour", "rumours"}, "rumour", "1 3||"},
	} {
		x := index(texts(c.language, lexicon.Title, c.contents...)...)
		if got := told(x.Forms(c.language, text.FormOf(c.language, c.word))); got != c.want {
			t.Errorf("%s: forms of %q in %q: %s, want %s", c.language, c.word, c.contents, got, c.want)
		}
	}
}

func TestBeginnings(t *testing.T) {
	t.Parallel()
	x := index(piece{1, "en", lexicon.Title, "Schools"}, piece{1, "en", lexicon.Lead, "scholar"}, piece{2, "de", lexicon.Rest, "Schule schon"}, piece{3, "uk", lexicon.Lead, "школи"},
		piece{4, "en", lexicon.Rest, "zzz"})
	for letters, want := range map[string]string{"sch": "1||2", "scho": "1||2", "schola": "|1|", "schu": "||2", "sc": "||", "шко": "|3|", "шк": "||", "zzz": "||4", "zzzz": "||", "aaa": "||", "": "||"} {
		if got := told(x.Beginning(letters)); got != want {
			t.Errorf("%q begins words of %s, want %s", letters, got, want)
		}
	}
}

func TestGreekInLatinLetters(t *testing.T) {
	t.Parallel()
	x := index(piece{1, "el", lexicon.Title, "Πρόσφυγες στα Ιωάννινα"}, piece{2, "el", lexicon.Rest, "προσφύγων"}, piece{3, "en", lexicon.Title, "prosfyges"}, piece{4, "el", lexicon.Lead, "σχολείο"})
	for word, want := range map[string]string{"prosfyges": "1||2", "prosfiges": "1||2", "ioannina": "1||", "sxoleio": "|4|", "school": "||"} {
		if got := told(x.Greeklish(word)); got != want {
			t.Errorf("%q sounds like words of %s, want %s", word, got, want)
		}
	}
	if !index(piece{1, "en", lexicon.Title, "prosfyges"}).Greeklish("prosfyges").IsEmpty() {
		t.Error("there is no Greek text")
	}
}

// Sets of numbers are kept in several ways, which nobody must notice.
func TestCommonAndRareWords(t *testing.T) {
	t.Parallel()
	for _, size := range []int{1, 2, 63, 64, 65, 127, 128, 129, 1000, 70_000} {
		var b lexicon.Builder
		for n := range size {
			b.Add(uint32(3*n), "en", lexicon.Lead, "garden")
			if n == 0 {
				b.Add(0, "en", lexicon.Rest, "gardens")
			}
		}
		b.Add(uint32(3*size), "en", lexicon.Lead, "gardens")
		x := b.Index()
		for range 2 { // asking changes nothing
			all := x.Forms("en", text.FormOf("en", "garden"))
			if got := int(all.Any().GetCardinality()); got != size+1 || int(all.Led().GetCardinality()) != got {
				t.Errorf("%d texts have a form of the word, found %d", size+1, got)
			}
			exact := x.Exact("garden").Any()
			if int(exact.GetCardinality()) != size || exact.Maximum() != uint32(3*size-3) || exact.Minimum() != 0 {
				t.Errorf("%d texts have the word, found %v", size, exact)
			}
			if got := told(x.Exact("gardens")); got != fmt.Sprintf("|%d|0", 3*size) {
				t.Errorf("of %d texts, other form in %s", size, got)
			}
		}
		if word, edits := x.Spellers()["en"].Nearest("gardon"); word != "garden" || edits != 1 {
			t.Errorf("the nearest is %q", word)
		}
	}
}

// Many readers ask one index at once.
func TestManyReadAtOnce(t *testing.T) {
	t.Parallel()
	var pieces []piece
	for n := range uint32(300) {
		pieces = append(pieces, piece{n, "de", lexicon.Title, "Gartenschule und Garten"}, piece{n, "de", lexicon.Lead, fmt.Sprintf("Schulen %d", n%5)}, piece{n, "el", lexicon.Rest, "πρόσφυγες 多文化共生 σχολείο"})
	}
	x := index(append(pieces, piece{301, "de", lexicon.Title, "Schule"})...)
	speller := x.Spellers()["de"]
	ask := func() string {
		word, edits := speller.Nearest("Grten")
		found := []lexicon.Hits{x.Exact("garten"), x.Forms("de", text.FormOf("de", "Schule")), x.Near("de", forms("de", "Garten", "und")), x.Phrase([]string{"und", "garten"}), x.Run("多文化"),
			x.Beginning("gar"), x.Greeklish("prosfyges")}
		all := found[0]
		for _, h := range found {
			all = lexicon.Or(all, h.And(found[1]).Without(found[3].Any()))
			word += told(h)
		}
		return fmt.Sprint(word, edits, told(all), x.Split("schulegarten"), x.Has("el", "σχολειο"))
	}
	want := ask()
	var readers sync.WaitGroup
	for range 8 {
		readers.Go(func() {
			for range 5 {
				if got := ask(); got != want {
					t.Errorf("%.200s, want %.200s", got, want)
				}
			}
		})
	}
	readers.Wait()
}
