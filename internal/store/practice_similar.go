package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"exempla/internal/practice"
	"exempla/internal/submission"
)

// Limits of the search for similar practices: how many are returned, and how
// much of a title is compared, in bytes.
const (
	mostSimilar  = 5
	similarTitle = 200
	similarTime  = 700 * time.Millisecond // less than PageTime: an editor opens the page all the same
)

// Similar returns the live practices most like a submission, most similar
// first: by the words of the title, and more so within the same city. The
// submission's own practice is left out. Errors: ErrAway.
func (s *Practices) Similar(ctx context.Context, of submission.Submission) ([]practice.Practice, error) {
	ctx, cancel := context.WithTimeout(ctx, similarTime)
	defer cancel()
	var found []practice.Practice
	var numbers []int64
	err := s.db.snapshot(ctx, func(tx pgx.Tx) (err error) {
		if numbers, err = similar(ctx, tx, of); err != nil || len(numbers) == 0 {
			return err
		}
		found, err = load(ctx, tx, scope{where: `p.number = any(@numbers) and p.state = 'live'`, args: pgx.NamedArgs{"numbers": numbers}})
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("look for similar practices: %w", classify(err))
	}
	slices.SortFunc(found, func(a, b practice.Practice) int {
		return slices.Index(numbers, a.Number) - slices.Index(numbers, b.Number)
	})
	return found, nil
}

// similar ranks practices of the same countries, and those elsewhere with a similar
// title. Trigrams compare titles across spellings; a shared city alone does not
// make practices similar.
func similar(ctx context.Context, tx pgx.Tx, of submission.Submission) ([]int64, error) {
	c := of.Content
	title := c.Title[:min(len(c.Title), similarTitle)]
	var cities []string
	for _, city := range c.Places() {
		cities = append(cities, string(city.Country)+" "+city.Slug)
	}
	rows, err := tx.Query(ctx, `
		with near as (
			select practice from practice_country where country = any(@countries)
			union select practice from practice_text where title % @title or title_english % @title
		), likeness as (
			select t.practice, max(greatest(similarity(t.title, @title), similarity(t.title_english, @title))) as title,
				exists (select from practice_city pc join city c on c.id = pc.city
					where pc.practice = t.practice and c.country || ' ' || c.slug = any(@cities)) as city
			from practice_text t join near using (practice) join practice p on p.number = t.practice
			where p.state = 'live' and p.number <> @own group by t.practice
		)
		select practice from likeness where title > 0.15 and title + case when city then 0.2 else 0 end > 0.3
		order by title + case when city then 0.2 else 0 end desc, practice limit @most`,
		pgx.NamedArgs{"countries": words(c.Countries), "title": strings.ToValidUTF8(title, ""),
			"cities": cities, "own": of.Practice, "most": mostSimilar})
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[int64])
}

// RejectedLike returns the submissions with similar titles that stand rejected, most
// similar first, each with its latest rejection. Errors: ErrAway.
func (s *Submissions) RejectedLike(ctx context.Context, of submission.Submission) ([]submission.Rejection, error) {
	ctx, cancel := context.WithTimeout(ctx, similarTime)
	defer cancel()
	title := strings.ToValidUTF8(of.Content.Title[:min(len(of.Content.Title), similarTitle)], "")
	var list []submission.Rejection
	err := s.db.snapshot(ctx, func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, `select id from submission where state = 'rejected' and round > 0 and id <> @id and (content->>'title') % @title
			order by similarity(content->>'title', @title) desc, id desc limit @most`,
			pgx.NamedArgs{"id": int64(of.ID), "title": title, "most": mostSimilar})
		if err != nil {
			return err
		}
		ids, err := pgx.CollectRows(rows, pgx.RowTo[submission.ID])
		if err != nil || len(ids) == 0 {
			return err
		}
		found, err := submissions(ctx, tx, `s.id = any(@ids) order by array_position(@ids, s.id)`, pgx.NamedArgs{"ids": numbers(ids)})
		for _, one := range found {
			list = append(list, submission.Rejection{Submission: one})
		}
		return errors.Join(err, explain(ctx, tx, list))
	})
	if err != nil {
		return nil, fmt.Errorf("look for what was rejected before: %w", classify(err))
	}
	return list, nil
}

// explain adds their latest rejections to submissions.
func explain(ctx context.Context, tx pgx.Tx, list []submission.Rejection) error {
	for i := range list {
		r := &list[i].Review
		err := tx.QueryRow(ctx, `select id, revision, decision, coalesce(cause, ''), reason, account, at from review
			where submission = @id and decision = 'rejected' order by id desc limit 1`, pgx.NamedArgs{"id": int64(list[i].ID)}).
			Scan(&r.ID, &r.Revision, &r.Decision, &r.Cause, &r.Reason, &r.By, &r.At)
		if err != nil && !errors.Is(err, pgx.ErrNoRows) {
			return err
		}
	}
	return nil
}
