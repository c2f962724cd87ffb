package store

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"

	"exempla/internal/catalogue"
)

// likeWords is how many similar words are looked at for each that is not
// there; the best one has most trigrams in common with it, or nearly so.
const likeWords = 20

// longWord is how many letters a word has in which two may be wrong.
const longWord = 7

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
		folded := plain(word)
		if !spellable(folded) {
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

// mistakes is how many letters of a word may be wrong: one, and two of a word
// so long that it is like no other even then.
func (w likeWord) mistakes() int {
	if len([]rune(w.typed)) < longWord {
		return 1
	}
	return 2
}

// closest is the word to show that has the fewest letters otherwise, of several
// the one that most texts have; empty when none is close.
func closest(like []likeWord) string {
	best := slices.MinFunc(append(like, likeWord{}), func(a, b likeWord) int {
		return cmp.Or(cmp.Compare(a.wrong(), b.wrong()), cmp.Compare(b.seen, a.seen))
	})
	return best.shown
}

// wrong is the number of letters in which the words differ, far more than any
// when these are too many.
func (w likeWord) wrong() int {
	const never = 1 << 20
	if w.typed == "" {
		return never
	}
	if n := edits([]rune(w.typed), []rune(w.folded)); n <= w.mistakes() {
		return n
	}
	return never + 1
}

// edits counts the letters to put in, take out, replace or swap with the next
// one to make b of a.
func edits(a, b []rune) int {
	rows := [3][]int{make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)}
	for j := range rows[1] {
		rows[1][j] = j
	}
	for i := 1; i <= len(a); i++ {
		older, before, now := rows[(i+2)%3], rows[(i+0)%3], rows[(i+1)%3]
		now[0] = i
		for j := 1; j <= len(b); j++ {
			now[j] = min(before[j]+1, now[j-1]+1, before[j-1]+differ(a[i-1], b[j-1]))
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				now[j] = min(now[j], older[j-2]+1)
			}
		}
	}
	return rows[(len(a)+1)%3][len(b)]
}

func differ(a, b rune) int {
	if a == b {
		return 0
	}
	return 1
}

// spellable reports whether a plain word could be a misspelt one: it is long
// enough to be like few others, and written with letters that make words.
func spellable(word string) bool {
	letters := len([]rune(word))
	return letters >= shortestWord && letters <= longestWord && strings.IndexFunc(word, catalogue.Unspaced) < 0 && !strings.ContainsAny(word, " 0123456789")
}
