package store

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"

	"exempla/internal/catalogue"
	"exempla/internal/practice"
)

// searchTime bounds how long Postgres may look for words. People do not wait
// longer, and one question must not hold a connection for ever.
const searchTime = 2 * time.Second

// answerTime is how much longer the answer may take, be it that the search was
// cut off; a database that says nothing by then is away.
const answerTime = time.Second

// phraseCandidates bounds how many texts that have all the words are read to
// see whether these stand together, which no index tells. A question that more
// texts answer is too general for the phrase to matter beyond the first ones.
const phraseCandidates = 2_000

// forms are the ways to put a word that texts of the catalogue may have it in:
// nobody says in which language they type.
const forms = `
	with form as materialized (
		select config, false as accented from search_language where used
		union select accented, true from search_language where used and accented is not null
		union select 'exempla_simple', false
	)`

// matching finds texts by the forms of their words. One query with all forms in
// it reads the index once. A practice may come more than once.
var matching = forms + fmt.Sprintf(`, formed as materialized (
		select kind, string_agg(distinct '(' || query || ')', ' | ')::tsquery as query
		from unnest(array['words', 'either', 'excluded'], array[@words, @either, @excluded]) asked (kind, text), form,
			lateral (select unaccent(websearch_to_tsquery(config::regconfig,
				case when accented then replace(text, 'ões', 'ão') else text end)::text) as query) q
		where text <> '' and query <> '' group by kind
	), exact as materialized (
		select string_agg('(' || query || ')', ' & ')::tsquery as query
		from unnest(@exact::text[]) text, lateral (select phraseto_tsquery('exempla_simple', text)::text as query) q where query <> ''
	), asked as materialized (
		select coalesce(words && exact, words, exact) as words, phrase, either, excluded
		from (select (select query from formed where kind = 'words') as words, (select query from exact) as exact,
			(select query from formed where kind = 'either') as either, (select query from formed where kind = 'excluded') as excluded,
			phraseto_tsquery('exempla_simple', nullif(@phrase, '')) as phrase) a
	)
	select %[1]d, false, array_agg(practice) filter (where language = @reader), array_agg(practice)
	from asked join practice_words on title @@ words
	union all select %[2]d, false, array_agg(practice) filter (where language = @reader), array_agg(practice)
	from asked join practice_words on search @@ words and title @@ either
	union all select %[3]d, false, array_agg(practice) filter (where language = @reader), array_agg(practice)
	from asked join practice_words on lead @@ words
	union all select %[4]d, false, array_agg(practice) filter (where language = @reader), array_agg(practice)
	from asked join practice_words on search @@ words
	union all select %[1]d, true, array_agg(practice) filter (where language = @reader), array_agg(practice)
	from (select * from asked join practice_words on title @@ words and phrase is not null limit %[5]d) t where title @@ phrase
	union all select %[3]d, true, array_agg(practice) filter (where language = @reader), array_agg(practice)
	from (select * from asked join practice_words on lead @@ words and phrase is not null limit %[5]d) t where lead @@ phrase
	union all select %[4]d, true, array_agg(practice) filter (where language = @reader), array_agg(practice)
	from (select * from asked join practice_words on search @@ words and phrase is not null limit %[5]d) t where search @@ phrase
	union all select %[6]d, false, null, array_agg(practice)
	from asked join practice_words on search @@ excluded`,
	catalogue.InTitle, catalogue.PartlyInTitle, catalogue.InLead, catalogue.Anywhere, phraseCandidates, excludedRow)

// excludedRow stands in place of where the words are in the row of practices
// that have what the question excludes.
const excludedRow = -1

// Match returns the practices whose texts match the words, in whatever language
// they are written, ranked as catalogue.Ranking says; archived ones may be
// among them, which no index has. Words follow the usual rules of search boxes:
// "quoted words" stand together as they are, or means either, -word excludes
// what has the word in any of its texts. Errors: ErrSlow, ErrAway.
func (s *Store) Match(ctx context.Context, words string, reader practice.Language) (catalogue.Hits, error) {
	hits, err := s.MatchEach(ctx, []string{words}, reader)
	if err != nil {
		return catalogue.Hits{}, err
	}
	return hits[0], nil
}

// MatchEach answers several questions in one round trip, each as Match would.
func (s *Store) MatchEach(ctx context.Context, questions []string, reader practice.Language) ([]catalogue.Hits, error) {
	all := make([]catalogue.Hits, len(questions))
	var batch pgx.Batch
	for i, words := range questions {
		q := ask(words)
		batch.Queue(matching, pgx.NamedArgs{"words": q.words, "phrase": q.phrase, "either": q.either, "exact": q.exact,
			"excluded": q.excluded, "reader": string(reader)}).Query(func(rows pgx.Rows) (err error) {
			all[i], err = hits(rows)
			return err
		})
	}
	if err := s.search(ctx, &batch); err != nil {
		return nil, fmt.Errorf("match words: %w", err)
	}
	return all, nil
}

// openSeekers opens the connections that search. They are others than those of
// the rest of the site, which slow searches cannot use up, and Postgres itself
// cuts off what takes too long on them. Compiling a query (jit) takes longer
// than any search.
func openSeekers(ctx context.Context, settings *pgxpool.Config) (*pgxpool.Pool, error) {
	settings = settings.Copy()
	settings.AfterConnect = func(ctx context.Context, c *pgx.Conn) error {
		_, err := c.Exec(ctx, fmt.Sprintf(`set statement_timeout = %d; set jit = off`, searchTime.Milliseconds()))
		return err
	}
	return pgxpool.NewWithConfig(ctx, settings)
}

// search sends questions to Postgres and lets it answer for searchTime.
func (s *Store) search(ctx context.Context, questions *pgx.Batch) error {
	limited, cancel := context.WithTimeout(ctx, searchTime+answerTime)
	defer cancel()
	err := s.seekers.SendBatch(limited, questions).Close()
	var cut *pgconn.PgError
	if errors.As(err, &cut) && cut.Code == "57014" { // query_canceled
		return fmt.Errorf("%w: %w", ErrSlow, err)
	}
	return kind(err)
}

// hits puts the rows of matching in order.
func hits(rows pgx.Rows) (catalogue.Hits, error) {
	var found catalogue.Hits
	by := map[catalogue.Tier][]int64{}
	err := each(rows, func() error {
		var where catalogue.Where
		var phrase bool
		err := rows.Scan(&where, &phrase, nil, nil)
		mine, all := decoded(rows.RawValues()[2]), decoded(rows.RawValues()[3])
		if where == excludedRow {
			found.Excluded = all
			return err
		}
		by[catalogue.Tier{Where: where, Phrase: phrase, Reader: true}] = mine
		by[catalogue.Tier{Where: where, Phrase: phrase}] = all
		return err
	})
	for _, tier := range catalogue.Ranking {
		if len(by[tier]) > 0 {
			found.Tiers = append(found.Tiers, by[tier])
		}
	}
	return found, err
}

// decoded reads an array of bigint as Postgres sends it: five words of four
// bytes, then for each number its length and itself. There may be hundreds of
// thousands, for which the general way takes ten times as long.
func decoded(array []byte) []int64 {
	const head, each = 5 * 4, 4 + 8
	if len(array) < head {
		return nil
	}
	list := make([]int64, 0, (len(array)-head)/each)
	for at := head + 4; at+8 <= len(array); at += each {
		list = append(list, int64(binary.BigEndian.Uint64(array[at:])))
	}
	return list
}
