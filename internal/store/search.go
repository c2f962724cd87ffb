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

// Match returns the practices whose texts match the words, in whatever language
// they are written, ranked as catalogue.Ranking says; archived ones may be
// among them, which no index has. Words follow the usual rules of search boxes:
// "quoted words" stand together as they are, or means either, -word excludes
// what has the word in any of its texts. Errors: ErrSlow, ErrAway.
func (s *Practices) Match(ctx context.Context, words string, reader practice.Language) (catalogue.Hits, error) {
	hits, err := s.MatchEach(ctx, []string{words}, reader)
	if err != nil {
		return catalogue.Hits{}, err
	}
	return hits[0], nil
}

// MatchEach answers several questions in one round trip, each as Match would.
func (s *Practices) MatchEach(ctx context.Context, questions []string, reader practice.Language) ([]catalogue.Hits, error) {
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
// than any search, and reading a small table from end to end (seqscan) seven
// times as long as its index, for the planner forgets that vectors stand apart.
func openSearchPool(ctx context.Context, settings *pgxpool.Config) (*pgxpool.Pool, error) {
	settings = settings.Copy()
	settings.AfterConnect = func(ctx context.Context, c *pgx.Conn) error {
		_, err := c.Exec(ctx, fmt.Sprintf(`set statement_timeout = %d; set jit = off; set enable_seqscan = off; set work_mem = '16MB'`, searchTime.Milliseconds()))
		return err
	}
	return pgxpool.NewWithConfig(ctx, settings)
}

// search sends questions to Postgres and lets it answer for searchTime.
func (s *Practices) search(ctx context.Context, questions *pgx.Batch) error {
	limited, cancel := context.WithTimeout(ctx, searchTime+answerTime)
	defer cancel()
	err := s.searchPool.SendBatch(limited, questions).Close()
	var cut *pgconn.PgError
	if errors.As(err, &cut) && cut.Code == "57014" { // query_canceled
		return fmt.Errorf("%w: %w", ErrSlow, err)
	}
	return classify(err)
}

// hits puts the rows of matching in order.
func hits(rows pgx.Rows) (catalogue.Hits, error) {
	var found catalogue.Hits
	by := map[catalogue.Tier][]int64{}
	err := each(rows, func() error {
		var where catalogue.Where
		var phrase bool
		err := rows.Scan(&where, &phrase, nil, nil)
		mine, others := decoded(rows.RawValues()[2]), decoded(rows.RawValues()[3])
		if where == excludedRow {
			found.Excluded = others
			return err
		}
		// One of the two rows for whatever is left is empty.
		if len(mine) > 0 {
			by[catalogue.Tier{Where: where, Phrase: phrase, Reader: true}] = mine
		}
		if len(others) > 0 {
			by[catalogue.Tier{Where: where, Phrase: phrase}] = others
		}
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
