package store

import (
	"context"
	"strings"
	"unicode"

	"github.com/jackc/pgx/v5"

	"exempla/internal/text"
)

// commonWord is how often a word of the catalogue is counted: beyond that it is
// common, and counting on would rewrite its row with every import.
const commonWord = 100

// lexicon gathers words of texts: without capitals, how each is to be shown and
// in how many places it was seen.
type lexicon map[string]lexeme

type lexeme struct {
	shown string
	seen  int
}

// keepWords adds the words of titles, summaries and places to the catalogue's
// own. Words that this import has seen often enough are left alone.
func (w *writer) keepWords(ctx context.Context, batch []incoming) error {
	words := lexicon{}
	countries := map[string]bool{}
	for _, in := range batch {
		for _, t := range in.Texts {
			words.add(t.Title + " " + t.TitleEnglish + " " + t.Summary)
		}
		for _, city := range in.Place.Cities {
			words.add(city.Name)
		}
		for _, country := range in.Place.Countries {
			countries[string(country)] = true
		}
	}
	for country := range countries {
		words.add(strings.Join(w.names(country), " "))
	}
	var folded, shown []string
	var seen []int
	for word, l := range words {
		if w.common[word] < commonWord {
			folded, shown, seen = append(folded, word), append(shown, l.shown), append(seen, l.seen)
		}
		w.common[word] = min(w.common[word]+l.seen, commonWord)
	}
	_, err := w.tx.Exec(ctx, `
		insert into catalogue_word as known (folded, shown, seen)
		select folded, (array_agg(shown order by seen desc))[1], least(sum(seen), @common)
		from (select unaccent(folded) as folded, shown, seen from unnest(@folded::text[], @shown::text[], @seen::int[]) w (folded, shown, seen)) w
		group by folded
		on conflict (folded) do update set seen = least(known.seen + excluded.seen, @common) where known.seen < @common`,
		pgx.NamedArgs{"folded": folded, "shown": shown, "seen": seen, "common": commonWord})
	return err
}

// add takes the words of a text. One that stands somewhere without a capital is
// shown without.
func (l lexicon) add(written string) {
	for _, word := range strings.FieldsFunc(written, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) }) {
		folded := text.Plain(word)
		if !text.Spellable(folded) {
			continue
		}
		known := l[folded]
		if known.seen == 0 || unicode.IsUpper([]rune(known.shown)[0]) {
			known.shown = word
		}
		known.seen++
		l[folded] = known
	}
}
