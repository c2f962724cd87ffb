package store

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"exempla/internal/text"
)

// likeWords is how many similar words are looked at for each that is not
// there; the best one has most trigrams in common with it, or nearly so.
const likeWords = 20

// Correction is a word that the catalogue does not have, and the one of its
// own words that is most like it.
type Correction struct{ Word, Instead string }

// Spelling returns for each of the words that no text has, in any form, the
// most similar one that a text has or had; none for words that are there and
// for those that nothing is like. A word may be left from a text that is gone,
// so whoever suggests one asks first what it finds. Errors: ErrSlow, ErrAway.
func (s *Practices) Spelling(ctx context.Context, words []string) ([]Correction, error) {
	var found []Correction
	var batch pgx.Batch
	for _, word := range words {
		folded := text.Plain(word)
		if !text.Spellable(folded) {
			continue
		}
		batch.Queue(spelling, pgx.NamedArgs{"word": folded, "most": likeWords}).Query(func(rows pgx.Rows) error {
			like, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (w likeWord, err error) {
				return w, row.Scan(&w.typed, &w.folded, &w.shown, &w.seen)
			})
			if instead := closest(like); instead != "" {
				found = append(found, Correction{word, instead})
			}
			return err
		})
	}
	if err := s.search(ctx, &batch); err != nil {
		return nil, fmt.Errorf("look for spellings: %w", err)
	}
	return found, nil
}

// spelling finds words by trigrams, which forgive a wrong letter anywhere.
var spelling = forms + `
	select unaccent(@word), folded, shown, seen from catalogue_word
	where folded % unaccent(@word) and not exists (
		select from practice_words where search @@ (select string_agg('(' || query || ')', ' | ')::tsquery from form,
			lateral (select unaccent(websearch_to_tsquery(config::regconfig, @word)::text) as query) q where query <> ''))
	order by similarity(folded, unaccent(@word)) desc, seen desc limit @most`

// likeWord is a word of the catalogue that has trigrams of one that was typed.
type likeWord struct {
	typed, folded, shown string
	seen                 int
}

// closest is the word to show that has the fewest letters otherwise, of several
// the one that most texts have; empty when none is close.
func closest(like []likeWord) string {
	var best likeWord
	fewest := 0
	for _, w := range like {
		letters, ok := text.Misspelling(w.typed, w.folded)
		if ok && (best.shown == "" || letters < fewest || letters == fewest && w.seen > best.seen) {
			best, fewest = w, letters
		}
	}
	return best.shown
}
