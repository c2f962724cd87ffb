package lexicon_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"exempla/internal/lexicon"
	"exempla/internal/text"
)

// naive are the same texts, read by loops.
type naive []piece

// said are words that texts are made of, by language; "kind" is a little word of
// English, and a compound of German is made of two others.
var said = map[string][]string{
	"en": {"school", "Schools", "garden", "gardening", "kind", "Kindness", "the", "gift", "多文化共生", "urban"},
	"de": {"Schule", "Schulen", "Garten", "Gärten", "Gartenschule", "Gift", "und", "kind"},
	"el": {"σχολείο", "ΣΧΟΛΕΊΑ", "κήπος", "κήπων", "gift"},
	"ja": {"多文化共生", "文化", "の", "庭園", "school"},
}

var languages = []string{"de", "el", "en", "ja"}

func drawNaive(t *rapid.T) naive {
	var n naive
	number := uint32(0)
	for range rapid.IntRange(0, 8).Draw(t, "texts") {
		number += rapid.Uint32Range(1, 3).Draw(t, "gap")
		for zone := lexicon.Title; zone <= lexicon.Rest; zone++ {
			for range rapid.IntRange(0, 2).Draw(t, "pieces") {
				language := rapid.SampledFrom(languages).Draw(t, "language")
				words := rapid.SliceOfN(rapid.SampledFrom(said[language]), 0, 7).Draw(t, "words")
				n = append(n, piece{number, language, zone, strings.Join(words, rapid.SampledFrom([]string{" ", ", ", " … "}).Draw(t, "between"))})
			}
		}
	}
	return n
}

// word is one of a piece, as it is written and as it is compared.
type word struct{ written, folded string }

// words are those of a piece in their order; of a run its pairs.
func (p piece) words() []word {
	var list []word
	for _, token := range text.Tokens(p.content) {
		if !token.Run {
			list = append(list, word{p.content[token.From:token.To], token.Text})
			continue
		}
		for _, pair := range strings.Fields(text.Pairs(token.Text)) {
			list = append(list, word{"", pair})
		}
	}
	return list
}

// single are the characters of the runs of a piece.
func (p piece) single() []word {
	var list []word
	for _, token := range text.Tokens(p.content) {
		for _, r := range token.Text {
			if token.Run {
				list = append(list, word{"", string(r)})
			}
		}
	}
	return list
}

// found are the texts with a piece of which something is true.
func (n naive) found(is func(p piece) bool) string {
	best := map[uint32]lexicon.Zone{}
	for _, p := range n {
		if zone, known := best[p.number]; is(p) && (!known || p.zone < zone) {
			best[p.number] = p.zone
		}
	}
	var zones [3][]string
	for _, p := range n {
		if zone, ok := best[p.number]; ok {
			zones[zone] = append(zones[zone], fmt.Sprint(p.number))
			delete(best, p.number)
		}
	}
	return strings.Join([]string{strings.Join(zones[0], " "), strings.Join(zones[1], " "), strings.Join(zones[2], " ")}, "|")
}

// spellings are all words of the texts in a language.
func (n naive) spellings(language string) []word {
	var list []word
	for _, p := range n {
		if p.language == language {
			list = append(list, p.words()...)
		}
	}
	return list
}

// isForm reports whether a word of texts in a language is a form of another: they
// are the same, or share a stem in some spelling, or it is a compound with it.
func (n naive) isForm(language, folded string, form text.Form) bool {
	known := n.spellings(language)
	has := func(part string) bool {
		return slices.ContainsFunc(known, func(w word) bool { return w.folded == part })
	}
	return folded == form.Word || slices.ContainsFunc(known, func(w word) bool {
		return w.folded == folded && !text.Little(language, folded) && slices.ContainsFunc(text.Stems(language, w.written), func(stem string) bool { return slices.Contains(form.Stems, stem) })
	}) || language == "de" && folded == "gartenschule" && (form.Word == "garten" || form.Word == "schule") && has("garten") && has("schule")
}

// near reports whether some stretch of words has a form of each, and at most three
// words more than there are forms.
func (n naive) near(p piece, list []text.Form) bool {
	words := p.words()
	for from := range words {
		stretch := words[from:min(from+len(list)+3, len(words))]
		if !slices.ContainsFunc(list, func(form text.Form) bool {
			return !slices.ContainsFunc(stretch, func(w word) bool { return n.isForm(p.language, w.folded, form) })
		}) {
			return true
		}
	}
	return false
}

// Whatever is asked, an index answers what a reading of all texts does.
func TestIndexIsWhatLoopsRead(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		n := drawNaive(t)
		x := index(n...)
		same := func(what string, h lexicon.Hits, is func(piece) bool) {
			if got, want := told(h), n.found(is); got != want {
				t.Fatalf("%s is in %s, want %s: %+v", what, got, want, n)
			}
		}
		for range 4 {
			language := rapid.SampledFrom(languages).Draw(t, "language")
			asked := rapid.SliceOfN(rapid.SampledFrom(said[language]), 1, 3).Draw(t, "asked")
			folded := text.FoldWord(asked[0])
			is := func(w word) bool { return w.folded == folded }
			same("exactly "+folded, x.Exact(folded), func(p piece) bool {
				return slices.ContainsFunc(append(p.words(), p.single()...), is)
			})
			if has := slices.ContainsFunc(n, func(p piece) bool {
				return p.language == language && slices.ContainsFunc(append(p.words(), p.single()...), is)
			}); x.Has(language, folded) != has {
				t.Fatalf("%s has %s: %t: %+v", language, folded, !has, n)
			}
			same("any form of "+asked[0], x.Forms(language, text.FormOf(language, asked[0])), func(p piece) bool {
				return p.language == language && slices.ContainsFunc(p.words(), func(w word) bool { return n.isForm(language, w.folded, text.FormOf(language, asked[0])) })
			})
			same("near "+strings.Join(asked, " "), x.Near(language, forms(language, asked...)), func(p piece) bool {
				return p.language == language && n.near(p, forms(language, asked...))
			})
			phrase := (piece{content: strings.Join(asked, " ")}).words()
			var spelled []string
			for _, token := range text.Tokens(strings.Join(asked, " ")) {
				spelled = append(spelled, token.Text)
			}
			same("phrase "+strings.Join(asked, " "), x.Phrase(spelled), func(p piece) bool { return stands(p, phrase) })
			letters := string([]rune(folded)[:min(3, len([]rune(folded)))])
			same("beginning "+letters, x.Beginning(letters), func(p piece) bool {
				return len([]rune(letters)) >= 3 && slices.ContainsFunc(p.words(), func(w word) bool { return strings.HasPrefix(w.folded, letters) })
			})
		}
	})
}

// stands reports whether words stand side by side; a character alone may stand in
// any run.
func stands(p piece, phrase []word) bool {
	words := p.words()
	for from := 0; from+len(phrase) <= len(words); from++ {
		if slices.EqualFunc(words[from:from+len(phrase)], phrase, func(a, b word) bool { return a.folded == b.folded }) {
			return true
		}
	}
	return len(phrase) == 1 && slices.ContainsFunc(p.single(), func(w word) bool { return w.folded == phrase[0].folded })
}
