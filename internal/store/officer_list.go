package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"exempla/internal/account"
	"exempla/internal/practice"
	"exempla/internal/submission"
)

// OfficerPerPage is the page size of an officer's list.
const OfficerPerPage = 50

// OfficerPage is one page of an officer's list: what they work on, and after that
// what else is published of their cities.
type OfficerPage struct {
	Submissions []submission.Submission
	Practices   []practice.Practice // without sections
	Page        int                 // counted from 1
	Pages       int                 // at least 1
}

// ofOfficer is what an officer works on, as a condition on table submission s:
// what they started or were invited to, and what names one of their cities.
const ofOfficer = `s.correction is null and (exists (select from submission_officer o where o.submission = s.id and o.account = @account)
	or exists (select from submission_city sc join city c on c.country = sc.country and c.slug = sc.slug
		join account_city ac on ac.city = c.id where sc.submission = s.id and ac.account = @account))`

// shownToOfficer is ofOfficer without what is of no more use: discarded drafts that
// cannot be restored, and approved texts that a later one has replaced.
const shownToOfficer = ofOfficer + ` and not (s.state = 'discarded' and s.since < @kept)
	and not (s.state = 'approved' and exists (select from submission later where later.state = 'approved' and later.correction is null
		and later.practice = s.practice and later.language = s.language
		and (greatest(later.updated, later.since), later.id) > (greatest(s.updated, s.since), s.id)))`

// elsePublished are the other live practices of an officer's cities, as a condition
// on table practice p.
const elsePublished = `p.state = 'live' and exists (select from practice_city pc join account_city ac on ac.city = pc.city
	where pc.practice = p.number and ac.account = @account)
	and not exists (select from submission s where s.practice = p.number and s.state = 'approved' and ` + shownToOfficer + `)`

// workFirst orders submissions: first what needs the officer's attention, then the
// latest change first.
const workFirst = `array_position('{changes_requested,draft,submitted,approved,archived,rejected,discarded}',
	case when s.state = 'approved' and p.state = 'archived' then 'archived' else s.state end),
	greatest(s.updated, s.since) desc, s.id desc`

// OfOfficer returns one page of an officer's list as of a moment. A number beyond
// the last page returns the last one. Errors: ErrAway.
func (s *Submissions) OfOfficer(ctx context.Context, v account.Viewer, page int, now time.Time) (OfficerPage, error) {
	args := pgx.NamedArgs{"account": int64(v.ID), "kept": now.Add(-submission.KeepDiscarded)}
	var list OfficerPage
	err := s.db.snapshot(ctx, func(tx pgx.Tx) error {
		var own, others int
		err := tx.QueryRow(ctx, `select (select count(*) from submission s where `+shownToOfficer+`),
			(select count(*) from practice p where `+elsePublished+`)`, args).Scan(&own, &others)
		if err != nil {
			return err
		}
		list.Page, list.Pages = pageOf(page, own+others, OfficerPerPage)
		skip := (list.Page - 1) * OfficerPerPage
		args["skip"], args["most"] = skip, OfficerPerPage
		list.Submissions, err = submissions(ctx, tx, `s.id = any(array(select s.id from submission s left join practice p on p.number = s.practice
			where `+shownToOfficer+` order by `+workFirst+` offset @skip limit @most)) order by `+workFirst, args)
		if err != nil {
			return err
		}
		args["skip"], args["most"] = max(0, skip-own), OfficerPerPage-len(list.Submissions)
		list.Practices, err = othersOfCities(ctx, tx, args)
		return err
	})
	if err != nil {
		return OfficerPage{}, fmt.Errorf("list an officer's practices: %w", err)
	}
	return list, nil
}

// othersOfCities reads some of elsePublished, in the order of their titles.
func othersOfCities(ctx context.Context, tx pgx.Tx, args pgx.NamedArgs) ([]practice.Practice, error) {
	rows, err := tx.Query(ctx, `select p.number from practice p
		join lateral (select title from practice_text where practice = p.number order by position limit 1) t on true
		where `+elsePublished+` order by lower(t.title), p.number offset @skip limit @most`, args)
	if err != nil {
		return nil, err
	}
	numbers, err := pgx.CollectRows(rows, pgx.RowTo[int64])
	if err != nil || len(numbers) == 0 {
		return nil, err
	}
	found, err := load(ctx, tx, scope{where: `p.number = any(@numbers)`, args: pgx.NamedArgs{"numbers": numbers}})
	slices.SortFunc(found, func(a, b practice.Practice) int {
		return slices.Index(numbers, a.Number) - slices.Index(numbers, b.Number)
	})
	return found, err
}

// OnlyOf returns the texts in the making that would be nobody's without one author: no
// other officer who can sign in is an author or has one of their cities. The latest
// change comes first. Errors: ErrAway.
func (s *Submissions) OnlyOf(ctx context.Context, id account.ID) ([]submission.Submission, error) {
	list, err := submissions(ctx, s.pool, `s.correction is null and s.state in ('draft', 'submitted', 'changes_requested')
		and exists (select from submission_officer o where o.submission = s.id and o.account = @account)
		and not exists (select from account a where a.id <> @account and a.state = 'active' and 'officer' = any(a.roles)
			and (exists (select from submission_officer o where o.submission = s.id and o.account = a.id)
				or exists (select from submission_city sc join city c on c.country = sc.country and c.slug = sc.slug
					join account_city ac on ac.city = c.id where sc.submission = s.id and ac.account = a.id)))
		order by greatest(s.updated, s.since) desc, s.id desc`, pgx.NamedArgs{"account": int64(id)})
	if err != nil {
		return nil, fmt.Errorf("list what is one officer's only: %w", classify(err))
	}
	return list, nil
}

// Begun returns the submission that somebody is an author of, that is not over yet, and
// that is about the same text of the same practice as another, a correction if that is
// one. Errors: ErrNotFound, ErrAway.
func (s *Submissions) Begun(ctx context.Context, like submission.Submission, by account.ID) (submission.ID, error) {
	id, err := begun(ctx, s.pool, like, by)
	if err != nil && !errors.Is(err, ErrNotFound) {
		err = fmt.Errorf("find what was begun: %w", classify(err))
	}
	return id, err
}

func begun(ctx context.Context, from querier, like submission.Submission, by account.ID) (submission.ID, error) {
	list, err := submissions(ctx, from, `s.practice = @practice and s.language = @language and (s.correction is not null) = @correction
		and exists (select from submission_officer o where o.submission = s.id and o.account = @account)
		order by greatest(s.updated, s.since) desc, s.id desc`,
		pgx.NamedArgs{"account": int64(by), "practice": like.Practice, "language": string(like.Language), "correction": like.Correction != nil})
	if err != nil {
		return 0, err
	}
	for _, one := range list {
		if !one.Over() {
			return one.ID, nil
		}
	}
	return 0, ErrNotFound
}
