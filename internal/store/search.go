package store

import (
	"context"
	"fmt"
	"regexp"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"exempla/internal/catalogue"
	"exempla/internal/practice"
)

// searchTime bounds how long Postgres may look for words. People do not wait
// longer, and one question must not hold a connection for ever.
const searchTime = 2 * time.Second

// quotes makes the quotation marks of all our languages those that Postgres
// knows. The apostrophe is none of them: it belongs to words.
var quotes = strings.NewReplacer("“", `"`, "”", `"`, "„", `"`, "«", `"`, "»", `"`)

// Dashes in a row, with or without other signs between them, and dashes that
// touch no word behind them.
var (
	dashRow   = regexp.MustCompile(`(?:-[^\pL\pN]*)+-`)
	looseDash = regexp.MustCompile(`-(\s|$)`)
)

// question writes typed words as websearch_to_tsquery is to read them. For it a
// dash excludes the next word even across a space, so that "Cyprus - Malta"
// would not find Malta, and many dashes in a row exhaust its stack.
func question(words string) string {
	words = dashRow.ReplaceAllString(quotes.Replace(words), "-")
	return bigramPhrases(looseDash.ReplaceAllString(words, " "))
}

// exclusion finds what a dash excludes: a word, or words in quotation marks.
var exclusion = regexp.MustCompile(`(?:^|\s)-("[^"]*"|\S+)`)

// excluded is the question for everything that a question excludes, empty when
// it excludes nothing.
func excluded(question string) string {
	var words []string
	for _, found := range exclusion.FindAllStringSubmatch(question, -1) {
		words = append(words, found[1])
	}
	return strings.Join(words, " or ")
}

// Match returns the live practices whose texts match the words, in whatever
// language they are written. Words follow the usual rules of search boxes:
// "quoted words" stand together, or means either, -word excludes what has the
// word in any of its texts. Rank weighs title over summary over sections over
// place and organisation.
func (s *Store) Match(ctx context.Context, words string, reader practice.Language) (catalogue.Hits, error) {
	ctx, cancel := context.WithTimeout(ctx, searchTime)
	defer cancel()
	asked := question(words)
	rows, err := s.pool.Query(ctx, `
		with question as (
			select config, websearch_to_tsquery(config::regconfig, @asked) as query,
				websearch_to_tsquery(config::regconfig, @excluded) as excluded
			from (select config from search_language union select 'exempla_simple') c
		)
		select t.practice, max(ts_rank(t.search, query))
		from question join practice_text t on t.config = question.config and t.search @@ query
		join practice p on p.number = t.practice and p.state = 'live'
		where @excluded = '' or not exists (select from question q join practice_text other
			on other.config = q.config and other.search @@ q.excluded where other.practice = t.practice)
		group by t.practice order by 2 desc`, pgx.NamedArgs{"asked": asked, "excluded": excluded(asked)})
	if err != nil {
		return catalogue.Hits{}, fmt.Errorf("match words: %w", kind(err))
	}
	var hits catalogue.Hits
	var number int64
	var rank, last float32
	_, err = pgx.ForEachRow(rows, []any{&number, &rank}, func() error {
		if len(hits.Tiers) == 0 || rank != last {
			hits.Tiers, last = append(hits.Tiers, nil), rank
		}
		tier := &hits.Tiers[len(hits.Tiers)-1]
		*tier = append(*tier, number)
		return nil
	})
	if err != nil {
		return catalogue.Hits{}, fmt.Errorf("match words: %w", kind(err))
	}
	return hits, nil
}

// MatchEach answers several questions in one round trip, each as Match would.
func (s *Store) MatchEach(ctx context.Context, questions []string, reader practice.Language) ([]catalogue.Hits, error) {
	all := make([]catalogue.Hits, len(questions))
	for i, words := range questions {
		hits, err := s.Match(ctx, words, reader)
		if err != nil {
			return nil, err
		}
		all[i] = hits
	}
	return all, nil
}
