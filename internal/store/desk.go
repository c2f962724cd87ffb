package store

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"exempla/internal/account"
	"exempla/internal/practice"
	"exempla/internal/submission"
)

// DeskOptions are the values that the list of the desk can be filtered by.
type DeskOptions struct {
	States    map[submission.State]int // number of submissions in each
	Languages []practice.Language      // of what has ever been submitted
	Cities    []practice.City
}

// maxDeskOptions limits the values offered for one filter.
const maxDeskOptions = 300

// DeskOptions returns the values that the list of the desk can be filtered by.
// Own texts of the viewer do not count. Errors: ErrAway.
func (s *Submissions) DeskOptions(ctx context.Context, viewer account.ID) (DeskOptions, error) {
	c := DeskOptions{States: map[submission.State]int{}}
	err := s.db.snapshot(ctx, func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, `select state, count(*) from submission where round > 0 and id not in `+ownTexts+` group by state`,
			pgx.NamedArgs{"viewer": int64(viewer)})
		if err != nil {
			return err
		}
		var state submission.State
		var n int
		if _, err = pgx.ForEachRow(rows, []any{&state, &n}, func() error { c.States[state] = n; return nil }); err != nil {
			return err
		}
		args := pgx.NamedArgs{"most": maxDeskOptions}
		if rows, err = tx.Query(ctx, `select distinct language from submission where round > 0 order by language limit @most`, args); err != nil {
			return err
		}
		if c.Languages, err = pgx.CollectRows(rows, pgx.RowTo[practice.Language]); err != nil {
			return err
		}
		c.Cities, err = deskCities(ctx, tx)
		return err
	})
	if err != nil {
		return DeskOptions{}, fmt.Errorf("load the options of the desk: %w", classify(err))
	}
	return c, nil
}

// CountWaiting counts the submissions that wait for a decision of a viewer or other
// editors. Errors: ErrAway.
func (s *Submissions) CountWaiting(ctx context.Context, viewer account.ID) (n int, err error) {
	err = s.pool.QueryRow(ctx, `select count(*) from submission where state = 'submitted' and round > 0 and id not in `+ownTexts,
		pgx.NamedArgs{"viewer": int64(viewer)}).Scan(&n)
	if err != nil {
		return 0, fmt.Errorf("count waiting submissions: %w", classify(err))
	}
	return n, nil
}

// ownTexts selects the submissions that account @viewer has a part in, so that they are
// not for them as an editor: the ones that Submission.ActsAsEditor leaves out.
const ownTexts = `(select t.id from submission t join submission_officer o on o.submission = t.id where o.account = @viewer and t.correction is null
	union all select t.id from submission t join event e on e.subject = 'submission' and e.number = t.id
		where e.account = @viewer and e.action in ('start', 'submit') and t.correction is null
	union all select number from event where subject = 'submission' and action = 'remove_author' and concerned = @viewer
	union all select sc.submission from submission_city sc join city c on c.country = sc.country and c.slug = sc.slug
		join account_city ac on ac.city = c.id join submission t on t.id = sc.submission where ac.account = @viewer
		and (t.correction is null or not exists (select from submission_officer o where o.submission = t.id and o.account = @viewer)))`

// ownPractice says of a row of practice whether account @viewer has a part in its public
// text in @language, or in any if that is empty: wrote it, or is of one of its cities.
const ownPractice = `(exists (select from submission s where s.practice = number and (@language = '' or s.language = @language)
		and s.state = 'approved' and s.correction is null and s.id in ` + ownTexts + `)
	or exists (select from practice_city pc join account_city ac on ac.city = pc.city where pc.practice = number and ac.account = @viewer))`

// DeskPerPage is the page size of the list of the desk.
const DeskPerPage = 25

// DeskQuery is what an editor asks of the list of the desk.
type DeskQuery struct {
	submission.DeskFilter
	Viewer account.ID // whom submission.Mine means, and whose own texts are left out
	Due    time.Time  // what has waited since before then is late
	Called []string   // slugs of the cities that the words may name
}

// DeskPage is one page of the list of the desk.
type DeskPage struct {
	List  []submission.Submission
	Total int // on all pages
	Late  int // likewise
	Page  int // counted from 1
	Pages int // at least 1
}

// matchDesk is a DeskQuery as a condition on table submission s.
const matchDesk = `s.round > 0 and s.id not in ` + ownTexts + ` and s.state = any(@states) and (@language = '' or s.language = @language)
	and (@city = '' or exists (select from submission_city c where c.submission = s.id and c.slug = @city))
	and (@assignee = 0 or s.assignee = @assignee) and (not @unassigned or ` + holder + ` is null)
	and (@words = '' or s.id = @reference or s.practice = (select practice from submission where id = @reference)
		or strpos(lower(unaccent(s.content->>'title')), lower(unaccent(@words))) > 0
		or exists (select from submission_city c where c.submission = s.id and (c.slug = any(@called) or @slug <> '' and strpos(c.slug, @slug) > 0))
		or exists (select from submission_officer o join account a on a.id = o.account
			where o.submission = s.id and strpos(lower(unaccent(a.name)), lower(unaccent(@words))) > 0))`

// deskOrders are the orders of the list.
var deskOrders = map[submission.Order]string{
	submission.OldestFirst: `s.since, s.id`,
	submission.NewestFirst: `s.since desc, s.id desc`,
	submission.ByTitle:     `lower(unaccent(s.content->>'title')), s.id`,
}

func (q DeskQuery) args() pgx.NamedArgs {
	reference, _ := submission.ParseReference(q.Words)
	assignee := account.ID(0)
	if q.Assignee == submission.Mine {
		assignee = q.Viewer
	}
	return pgx.NamedArgs{"states": words(q.States()), "language": string(q.Language), "city": q.City, "assignee": int64(assignee), "viewer": int64(q.Viewer),
		"unassigned": q.Assignee == submission.Unassigned, "words": q.Words, "reference": int64(reference), "called": q.Called,
		"slug": practice.Slugify(q.Words), "due": q.Due, "most": DeskPerPage}
}

// ForDesk returns one page of the submissions that match. A number beyond the last
// page returns the last one. Drafts that have never been submitted are never among
// them. Errors: ErrAway.
func (s *Submissions) ForDesk(ctx context.Context, q DeskQuery) (DeskPage, error) {
	p, args := DeskPage{}, q.args()
	err := s.db.snapshot(ctx, func(tx pgx.Tx) (err error) {
		if err = tx.QueryRow(ctx, `select count(*), count(*) filter (where s.state = 'submitted' and s.since < @due)
			from submission s where `+matchDesk, args).Scan(&p.Total, &p.Late); err != nil {
			return err
		}
		p.Page, p.Pages = pageOf(q.Page, p.Total, DeskPerPage)
		args["skip"] = (p.Page - 1) * DeskPerPage
		order := ` order by ` + deskOrders[q.Order]
		p.List, err = submissions(ctx, tx, `s.id in (select s.id from submission s where `+matchDesk+order+` limit @most offset @skip)`+order, args)
		return err
	})
	if err != nil {
		return DeskPage{}, fmt.Errorf("list the desk: %w", classify(err))
	}
	return p, nil
}

// NextWaiting returns the submission that has waited longest among those that a viewer
// may take up: no other editor has it, and the viewer has not approved it already. ok
// is false if there is none but the one that is left out. Errors: ErrAway.
func (s *Submissions) NextWaiting(ctx context.Context, viewer account.ID, but submission.ID) (next submission.Submission, ok bool, err error) {
	list, err := submissions(ctx, s.pool, `s.id = (select s.id from submission s where s.state = 'submitted' and s.round > 0 and s.id <> @but
		and (coalesce(`+holder+`, @viewer) = @viewer or s.assignee = any(s.approvals)) and not @viewer = any(s.approvals)
		and s.id not in `+ownTexts+` order by s.since, s.id limit 1)`,
		pgx.NamedArgs{"viewer": int64(viewer), "but": int64(but)})
	if err != nil {
		return next, false, fmt.Errorf("find what waits next: %w", classify(err))
	}
	if len(list) == 0 {
		return next, false, nil
	}
	return list[0], true, nil
}

// deskCities lists the cities of what was submitted, each slug once. Those that no
// practice has named yet are read from a submission.
func deskCities(ctx context.Context, tx pgx.Tx) ([]practice.City, error) {
	rows, err := tx.Query(ctx, `select m.slug, m.country, coalesce(c.name, ''), coalesce(c.names, '{}'), coalesce(c.aliases, '{}'),
		case when c.id is null then (select coalesce(content->'cities', '[]') from submission where id = m.one) else '[]' end
		from (select distinct on (slug) slug, country, min(id) over (partition by slug, country) as one
			from submission_city join submission on id = submission where round > 0 order by slug, country limit @most) m
		left join city c on c.country = m.country and c.slug = m.slug order by m.slug`, pgx.NamedArgs{"most": maxDeskOptions})
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (c practice.City, err error) {
		var slug string
		var shown map[practice.Language]string
		var others []string
		var named []practice.City
		if err = row.Scan(&slug, &c.Country, &c.Name, &shown, &others, &named); err != nil {
			return c, err
		}
		c.Names = practice.NewCityNames(shown, others)
		for _, one := range named {
			if practice.Slugify(one.Name) == slug {
				c.Name = one.Name
			}
		}
		c.Name = cmp.Or(c.Name, slug)
		return c, nil
	})
}

// Statistics summarise how the desk has decided since a time.
type Statistics struct {
	States    []Tally        // submissions by state
	Decisions []Tally        // decisions by kind
	Causes    []Tally        // causes of rejection, most common first
	Rounds    []Tally        // approved submissions by number of rounds
	Waits     []DecisionTime // time from submission to decision
}

// Tally is a name and how often it occurs.
type Tally struct {
	Name  string // a state, decision, cause or number
	Count int
}

// DecisionTime is how long a decision took.
type DecisionTime struct {
	Decision submission.Decision // empty for all decisions
	Median   float64             // days
	Longest  float64             // days
}

// MostRounds is the number of rounds from which on they are counted together.
const MostRounds = 10

// Statistics counts what was submitted and decided since a time; the zero time
// counts everything. Errors: ErrAway.
func (s *Submissions) Statistics(ctx context.Context, since time.Time) (Statistics, error) {
	var found Statistics
	args := pgx.NamedArgs{"since": since, "other": string(submission.OtherCause),
		"causes": words(submission.Causes), "rounds": MostRounds}
	tallies := func(into *[]Tally) func(pgx.Rows) error {
		return func(rows pgx.Rows) (err error) {
			*into, err = pgx.CollectRows(rows, pgx.RowToStructByPos[Tally])
			return err
		}
	}
	err := s.db.snapshot(ctx, func(tx pgx.Tx) error {
		var batch pgx.Batch
		batch.Queue(`select state, count(*) from submission where round > 0 and correction is null and submitted >= @since group by state order by state`, args).
			Query(tallies(&found.States))
		batch.Queue(decided+`select decision, count(*) from decided group by decision order by decision`, args).
			Query(tallies(&found.Decisions))
		batch.Queue(`select coalesce(cause, @other), count(*) from review where decision = 'rejected' and at >= @since
			group by cause order by 2 desc, array_position(@causes, cause)`, args).Query(tallies(&found.Causes))
		batch.Queue(`select least(round, @rounds)::text, count(*) from submission where state = 'approved' and correction is null and since >= @since
			group by 1 order by min(round)`, args).Query(tallies(&found.Rounds))
		batch.Queue(decided+`select coalesce(decision, ''), percentile_cont(0.5) within group (order by days), max(days)
			from decided group by grouping sets ((), (decision)) having count(*) > 0 order by decision nulls first`, args).
			Query(func(rows pgx.Rows) (err error) {
				found.Waits, err = pgx.CollectRows(rows, pgx.RowToStructByPos[DecisionTime])
				return err
			})
		return tx.SendBatch(ctx, &batch).Close()
	})
	if err != nil {
		return Statistics{}, fmt.Errorf("count decisions: %w", classify(err))
	}
	return found, nil
}

// decided selects the decisions since a time, each with the days since its text
// was submitted. Where two editors approved, the second approval is the
// decision; reopening is not one.
const decided = `with decided as (
	select v.decision, extract(epoch from max(v.at) - max(r.written))::float8 / 86400 as days
	from review v join lateral (select round, written from revision
		where submission = v.submission and number <= v.revision and kind = 'submitted' order by number desc limit 1) r on true
	where v.decision <> 'reopened' and v.at >= @since group by v.submission, r.round, v.decision)
`
