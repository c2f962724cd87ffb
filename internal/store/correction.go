package store

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"exempla/internal/account"
	"exempla/internal/submission"
)

// prepareCorrection loads what the rules need to know of the practice that a
// correction is about. The public text stays as it is until the end of the step.
func (a *advance) prepareCorrection(ctx context.Context) error {
	if err := a.lockCatalogue(ctx); err != nil {
		return err
	}
	args := pgx.NamedArgs{"practice": a.now.Practice, "language": string(a.now.Language), "viewer": int64(a.step.By.ID)}
	err := a.tx.QueryRow(ctx, `select state = 'archived', `+ownPractice+` from practice where number = @practice`, args).Scan(&a.step.Archived, &a.step.Own)
	if err != nil {
		return err
	}
	public, err := a.before(ctx)
	a.step.Text = submission.Proposed(public, a.now.Language)
	return err
}

// recordCorrection records that a public text was corrected, with the reason, and tells
// the officers of the practice.
func (a *advance) recordCorrection(ctx context.Context) error {
	said := a.now.Correction
	event := Event{At: a.step.At, Account: a.step.By.ID, Action: string(submission.Correct), Subject: OfPractice, Number: a.now.Practice,
		From: string(submission.Live), To: string(submission.Live), Reason: said.Note, Language: said.Language}
	if author := a.now.Authors[0]; author != a.step.By.ID {
		event.Concerned = author // who corrected; the other one has agreed
	}
	if err := record(ctx, a.tx, event); err != nil {
		return err
	}
	return a.tellOfficers(ctx)
}

// tellOfficers tells the officers of a practice that its text was corrected: those of
// its cities, before and now, and those who have written a text of it.
func (a *advance) tellOfficers(ctx context.Context) error {
	var countries, slugs []string
	for _, city := range append(a.now.Correction.Public.Places(), a.now.Content.Places()...) {
		countries, slugs = append(countries, string(city.Country)), append(slugs, city.Slug)
	}
	rows, err := a.tx.Query(ctx, `select a.id from account a where a.state = 'active' and 'officer' = any(a.roles) and (
		exists (select from account_city ac join city c on c.id = ac.city
			join unnest(@countries::text[], @slugs::text[]) as t (country, slug) on t.country = c.country and t.slug = c.slug where ac.account = a.id)
		or exists (select from submission s join submission_officer o on o.submission = s.id
			where s.practice = @practice and s.state = 'approved' and o.account = a.id)) order by a.id`,
		pgx.NamedArgs{"countries": countries, "slugs": slugs, "practice": a.now.Practice})
	if err != nil {
		return err
	}
	officers, err := pgx.CollectRows(rows, pgx.RowTo[account.ID])
	if err != nil {
		return err
	}
	return a.mail(ctx, MailTextCorrected, officers)
}

// OwnCorrections returns the corrections that an editor has begun and not published or
// discarded, the latest first. Errors: ErrAway.
func (s *Submissions) OwnCorrections(ctx context.Context, editor account.ID) ([]submission.Submission, error) {
	list, err := submissions(ctx, s.pool, `s.correction is not null and s.state in ('draft', 'changes_requested')
		and exists (select from submission_officer o where o.submission = s.id and o.account = @account) order by s.updated desc, s.id desc`,
		pgx.NamedArgs{"account": int64(editor)})
	if err != nil {
		return nil, fmt.Errorf("list corrections: %w", classify(err))
	}
	return list, nil
}

// Changes returns what has been published of a practice by submissions and corrections,
// the latest first, at most MaxListed. Errors: ErrAway.
func (s *Practices) Changes(ctx context.Context, number int64) ([]submission.PublishedChange, error) {
	rows, err := rowsOf(ctx, s.question(`select since, kind, language, correction is not null, coalesce(correction->>'note', ''), coalesce(correction->>'language', '')
		from submission where practice = @practice and state = 'approved' order by since desc, id desc limit @most`,
		pgx.NamedArgs{"practice": number, "most": MaxListed}), pgx.RowToStructByPos[submission.PublishedChange])
	if err != nil {
		return nil, fmt.Errorf("load the history of a practice: %w", err)
	}
	return rows, nil
}

// RevisionsShown is how many revisions a page of the history shows: each has the whole
// practice, and is compared with the one before it.
const RevisionsShown = 10

// Revisions returns the revisions of a practice on a page of its history, from page 1,
// the latest first, each with the one before it; more says whether there are earlier
// ones. Errors: ErrAway.
func (s *Practices) Revisions(ctx context.Context, number int64, page int) (list []submission.PublicRevision, more bool, err error) {
	list, err = rowsOf(ctx, s.question(`select r.revision, r.written, r.language, r.origin, coalesce(s.note, ''), coalesce(s.language, ''), r.content
		from practice_revision r left join lateral (select correction->>'note' as note, correction->>'language' as language
			from submission where practice = r.practice and r.origin = 'correction' and correction is not null
			and state = 'approved' and since = r.written order by id desc limit 1) s on true
		where r.practice = @practice order by r.revision desc limit @most offset @first`,
		pgx.NamedArgs{"practice": number, "most": RevisionsShown + 1, "first": (page - 1) * RevisionsShown}), func(row pgx.CollectableRow) (r submission.PublicRevision, err error) {
		err = row.Scan(&r.Revision, &r.At, &r.Language, &r.Origin, &r.Note, &r.Words, &r.After)
		return r, err
	})
	if err != nil {
		return nil, false, fmt.Errorf("load the revisions of a practice: %w", err)
	}
	for i := range list[:max(0, len(list)-1)] {
		list[i].Before = &list[i+1].After
	}
	if len(list) > RevisionsShown {
		return list[:RevisionsShown], true, nil
	}
	return list, false, nil
}
