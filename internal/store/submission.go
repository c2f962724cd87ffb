package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"exempla/internal/account"
	"exempla/internal/submission"
)

// MaxListed limits a list of submissions to what a page can hold; it is more
// than anyone would work through.
const MaxListed = 500

// querier is a pool or a transaction.
type querier interface {
	Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error)
}

// firstOfPractice is the first submission of the practice of submission s, or s itself.
// Adding 0 keeps the planner from looking for it among all submissions in their order.
const firstOfPractice = `coalesce((select min(f.id + 0) from submission f where f.practice = s.practice), s.id)`

// holder is the editor to whom submission s is assigned; null for nobody, and where they
// can no longer sign in, are no editor any more, or have come to be one of its officers.
const holder = `(select h.id from account h where h.id = s.assignee and h.state = 'active' and 'editor' = any(h.roles)
	and (s.correction is not null or not exists (select from submission_officer o where o.submission = s.id and o.account = h.id))
	and not ('officer' = any(h.roles) and exists (select from submission_city sc join city c on c.country = sc.country and c.slug = sc.slug
		join account_city ac on ac.city = c.id where sc.submission = s.id and ac.account = h.id)))`

// submissionColumns are the columns that scanSubmission reads, in this order.
const submissionColumns = `s.id, ` + firstOfPractice + `, s.kind, coalesce(s.practice, 0), coalesce(p.slug, ''), s.base_revision, s.language, s.state, s.content,
	s.version, s.round, coalesce(` + holder + `, 0), s.approvals, s.criteria, s.created, s.updated, s.since, s.submitted,
	s.consent, coalesce(s.consent_by, 0), s.consent_at,
	array(select account from submission_officer where submission = s.id order by account),
	array(select distinct account from revision where submission = s.id and round = s.round and kind = 'corrected' order by account),
	s.correction, array(select distinct coalesce(case action when 'remove_author' then concerned else account end, 0) from event
		where subject = 'submission' and number = s.id and action in ('start', 'submit', 'remove_author'))`

func scanSubmission(row pgx.CollectableRow) (submission.Submission, error) {
	var s submission.Submission
	var submitted, consented *time.Time
	err := row.Scan(&s.ID, &s.First, &s.Kind, &s.Practice, &s.Slug, &s.BaseRevision, &s.Language, &s.State, &s.Content,
		&s.Version, &s.Round, &s.Assignee, &s.Approvals, &s.Criteria, &s.Created, &s.Updated, &s.Since, &submitted,
		&s.Consent.Wording, &s.Consent.By, &consented, &s.Authors, &s.Correctors, &s.Correction, &s.Writers)
	s.Submitted, s.Consent.At = value(submitted), value(consented)
	return s, err
}

// submissions reads the submissions that match a condition on table submission
// s, at most MaxListed.
func submissions(ctx context.Context, from querier, where string, args pgx.NamedArgs) ([]submission.Submission, error) {
	rows, err := from.Query(ctx, `select `+submissionColumns+` from submission s left join practice p on p.number = s.practice
		where `+where+fmt.Sprintf(` limit %d`, MaxListed), args)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scanSubmission)
}

// Find returns the submission with an ID. Errors: ErrNotFound, ErrAway.
func (s *Submissions) Find(ctx context.Context, id submission.ID) (submission.Submission, error) {
	found, err := oneSubmission(ctx, s.pool, id)
	if err != nil {
		return found, fmt.Errorf("load submission: %w", classify(err))
	}
	return found, nil
}

func oneSubmission(ctx context.Context, from querier, id submission.ID) (submission.Submission, error) {
	found, err := submissions(ctx, from, `s.id = @id`, pgx.NamedArgs{"id": int64(id)})
	if err == nil && len(found) == 0 {
		err = ErrNotFound
	}
	if err == nil {
		err = loadOriginal(ctx, from, &found[0])
	}
	if err != nil {
		return submission.Submission{}, err
	}
	return found[0], nil
}

// loadOriginal gives a translation the text that it translates, if that is public. The
// words that it began from follow the last revision in which they were not outdated, or
// the one that their officers had before them when they submitted them; where there were
// none, it follows the revision that it began from.
func loadOriginal(ctx context.Context, from querier, s *submission.Submission) error {
	if s.Kind != submission.Translation {
		return nil
	}
	rows, err := from.Query(ctx, `with revisions as (select r.*, text.state from practice_revision r left join lateral (select t->>'state' as state
			from jsonb_array_elements(r.content->'texts') t where t->>'language' = @language) text on true where r.practice = @practice)
		select n.content, coalesce((select content from revisions where revision = f.revision), '{}'),
			(select content from revisions where written <= @submitted or revision = @base order by revision desc limit 1), b.state is not null
		from practice p join revisions n on n.revision = p.revision join revisions b on b.revision = @base
		cross join lateral (select case when b.state is null then @base else greatest(
			(select max(revision) from revisions where revision <= @base and state <> 'outdated'),
			(select max(r.revision) from submission e join revisions r on r.revision <= @base and (r.written <= e.submitted or r.revision = e.base_revision) where e.practice = @practice
				and e.language = @language and e.state = 'approved' and e.correction is null and e.since < @created)) end as revision) f
		where p.number = @practice and p.state = 'live'`, pgx.NamedArgs{"practice": s.Practice, "language": string(s.Language), "base": s.BaseRevision,
		"submitted": s.Submitted, "created": s.Created})
	if err != nil {
		return err
	}
	found, err := pgx.CollectRows(rows, pgx.RowToStructByPos[submission.Sources])
	if err == nil && len(found) > 0 && found[0].Now.Texts[0].Language != s.Language {
		original := submission.OriginalIn(s.Language, found[0])
		s.Original = &original
	}
	return err
}

// Start creates a draft with the kind, practice, base revision, language,
// content, correction and time of creation of draft, and the viewer as its author. Key
// identifies the form: one that is sent twice creates one draft, and its ID is
// returned both times. Of a text that the viewer corrects already, that correction is
// returned. Errors: ErrAway, and an error for a key that another
// person used.
func (s *Submissions) Start(ctx context.Context, draft submission.Submission, key string, by account.Viewer) (submission.ID, error) {
	at := draft.Created
	var id int64
	err := s.write(ctx, func(tx pgx.Tx) error {
		if before, err := correctedAlready(ctx, tx, draft, by.ID); before != 0 || err != nil {
			id = int64(before)
			return err
		}
		err := tx.QueryRow(ctx, `insert into submission (kind, practice, base_revision, language, state, content, correction, version, form_key, created, updated, since)
			values (@kind, nullif(@practice::bigint, 0), @base, @language, 'draft', @content, @correction, 1, @key, @at, @at, @at)
			on conflict (form_key) do nothing returning id`, pgx.NamedArgs{"kind": string(draft.Kind), "practice": draft.Practice,
			"base": draft.BaseRevision, "language": string(draft.Language), "content": draft.Content, "correction": draft.Correction, "key": key, "at": at}).Scan(&id)
		if errors.Is(err, pgx.ErrNoRows) {
			return startedBefore(ctx, tx, key, by.ID).Scan(&id)
		}
		if err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `insert into submission_officer (submission, account) values (@id, @account)`,
			pgx.NamedArgs{"id": id, "account": int64(by.ID)}); err != nil {
			return err
		}
		if err := keepPlaces(ctx, tx, submission.ID(id), draft.Content); err != nil {
			return err
		}
		return record(ctx, tx, Event{At: at, Account: by.ID, Action: string(submission.Start), Subject: OfSubmission, Number: id, To: string(submission.Draft)})
	})
	if err != nil {
		return 0, fmt.Errorf("start a submission: %w", classify(err))
	}
	return submission.ID(id), nil
}

// correctedAlready returns the correction of the same text that the viewer is at; 0 for
// none. The lock of the practice makes two requests at the same time wait for each other.
func correctedAlready(ctx context.Context, tx pgx.Tx, draft submission.Submission, by account.ID) (submission.ID, error) {
	if draft.Correction == nil {
		return 0, nil
	}
	if _, err := tx.Exec(ctx, `select from practice where number = @practice for update`, pgx.NamedArgs{"practice": draft.Practice}); err != nil {
		return 0, err
	}
	id, err := begun(ctx, tx, draft, by)
	if errors.Is(err, ErrNotFound) {
		err = nil
	}
	return id, err
}

// startedBefore finds what the same person started with the same form.
func startedBefore(ctx context.Context, tx pgx.Tx, key string, by account.ID) pgx.Row {
	return tx.QueryRow(ctx, `select id from submission join submission_officer on submission = id where form_key = @key and account = @account`,
		pgx.NamedArgs{"key": key, "account": int64(by)})
}

// keepPlaces replaces the cities of a submission and adds its files. Officers
// find it by its cities; files are shown to those who may read it.
func keepPlaces(ctx context.Context, tx pgx.Tx, id submission.ID, c submission.Content) error {
	var countries, slugs, hashes []string
	for _, city := range c.Places() {
		countries, slugs = append(countries, string(city.Country)), append(slugs, city.Slug)
	}
	for _, file := range append(c.Files[:len(c.Files):len(c.Files)], c.Pictures...) {
		hashes = append(hashes, file.Hash)
	}
	args := pgx.NamedArgs{"id": int64(id), "countries": countries, "slugs": slugs, "hashes": hashes}
	var batch pgx.Batch
	batch.Queue(`delete from submission_city where submission = @id`, args)
	batch.Queue(`insert into submission_city (submission, country, slug) select distinct @id::bigint, country, slug
		from unnest(@countries::text[], @slugs::text[]) as t (country, slug) where slug <> ''`, args)
	batch.Queue(`insert into submission_attachment (submission, hash) select @id::bigint, hash from attachment where hash = any(@hashes)
		on conflict do nothing`, args)
	return tx.SendBatch(ctx, &batch).Close()
}
