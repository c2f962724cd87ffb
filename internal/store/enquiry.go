package store

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"exempla/internal/account"
	"exempla/internal/enquiry"
	"exempla/internal/submission"
)

// Enquiries are what residents have reported and asked.
type Enquiries struct{ db }

// EnquiryActions are the names of actions on enquiries, for the filter of the audit log.
var EnquiryActions = words(enquiry.Actions)

// NewEnquiry is an enquiry as it is sent.
type NewEnquiry struct {
	enquiry.Enquiry        // Kind, Practice, Cause, Language, Words and Written count
	Mail            string // empty for no answer by mail
	Key             string // of the form
}

// Send stores an enquiry and tells those who answer it: of a question, the officers of
// the practice's cities; of a report, and of a question to cities without an officer,
// the editors. One whose key is known is stored already. Errors: enquiry.ErrFull,
// ErrAway.
func (s *Enquiries) Send(ctx context.Context, e NewEnquiry) error {
	err := s.write(ctx, func(tx pgx.Tx) error {
		// Those about one practice wait for one another, so that they are counted right.
		if _, err := tx.Exec(ctx, `select number from practice where number = @practice for no key update`, pgx.NamedArgs{"practice": e.Practice}); err != nil {
			return err
		}
		var known bool
		var here, all int
		err := tx.QueryRow(ctx, `select exists (select from enquiry where key = @key),
			(select count(*) from enquiry where practice = @practice and state = 'open'), (select count(*) from enquiry where state = 'open')`,
			pgx.NamedArgs{"key": e.Key, "practice": e.Practice}).Scan(&known, &here, &all)
		switch {
		case err != nil || known:
			return err
		case here >= enquiry.MaxOpen || all >= enquiry.MaxOpenAll:
			return enquiry.ErrFull
		}
		err = tx.QueryRow(ctx, `insert into enquiry (key, kind, practice, cause, language, words, mail, written)
			values (@key, @kind, @practice, @cause, @language, @words, @mail, @at) returning id`, pgx.NamedArgs{
			"key": e.Key, "kind": string(e.Kind), "practice": e.Practice, "cause": string(e.Cause), "language": string(e.Language),
			"words": e.Words, "mail": e.Mail, "at": e.Written}).Scan(&e.ID)
		if err == nil {
			err = record(ctx, tx, Event{At: e.Written, Action: string(enquiry.Send), Subject: OfEnquiry, Number: e.ID, To: string(enquiry.Open)})
		}
		if err == nil {
			err = tellOfEnquiry(ctx, tx, e.Enquiry)
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("send an enquiry: %w", classify(err))
	}
	return nil
}

// officersAsked are the officers who answer a question about a practice.
const officersAsked = `'officer' = any(a.roles) and exists (select from practice_city p join account_city c using (city)
	where p.practice = @practice and c.account = a.id)`

func tellOfEnquiry(ctx context.Context, tx pgx.Tx, e enquiry.Enquiry) error {
	about := MailEnquiry
	var to []account.ID
	var err error
	if e.Kind == enquiry.Question {
		about = MailQuestion
		to, err = active(ctx, tx, officersAsked, e.Practice)
	}
	if err == nil && len(to) == 0 {
		about = MailEnquiry
		to, err = active(ctx, tx, `'editor' = any(a.roles)`, e.Practice)
	}
	for _, id := range to {
		if err == nil {
			err = queueMail(ctx, tx, MailJob{Mail: about, To: id, Enquiry: e.ID})
		}
	}
	return err
}

// active lists the accounts that can sign in and fit a condition on table account a and
// the practice @practice.
func active(ctx context.Context, tx pgx.Tx, condition string, practice int64) ([]account.ID, error) {
	rows, err := tx.Query(ctx, `select id from account a where a.state = 'active' and `+condition+` order by id`, pgx.NamedArgs{"practice": practice})
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[account.ID])
}

const selectEnquiries = `select e.id, kind, e.practice, cause, e.language, words, e.mail <> '', e.state, version, written, done, answer, answer_language,
	coalesce((select name from account where id = answered_by), ''), published, public_words, public_answer, p.slug, t.title, t.title_language,
	array(select country` + enquiryCities + `), array(select c.slug` + enquiryCities + `), array(select name` + enquiryCities + `)
	from enquiry e join (select number, slug from practice) p on p.number = e.practice
	join lateral (select title, title_language from practice_text where practice = e.practice order by position limit 1) t on true `

const enquiryCities = ` from practice_city pc join city c on c.id = pc.city where pc.practice = e.practice order by position`

func scanEnquiry(row pgx.CollectableRow) (e enquiry.Enquiry, err error) {
	var done, published *time.Time
	var countries, slugs, names []string
	err = row.Scan(&e.ID, &e.Kind, &e.Practice, &e.Cause, &e.Language, &e.Words, &e.Reachable, &e.State, &e.Version, &e.Written, &done, &e.Answer, &e.AnswerLanguage,
		&e.AnsweredBy, &published, &e.PublicWords, &e.PublicAnswer, &e.Slug, &e.Title, &e.TitleLanguage, &countries, &slugs, &names)
	e.Done, e.Published, e.Cities = value(done), value(published), cities(countries, slugs, names)
	return e, err
}

func enquiries(ctx context.Context, from querier, rest string, args pgx.NamedArgs) ([]enquiry.Enquiry, error) {
	rows, err := from.Query(ctx, selectEnquiries+rest, args)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scanEnquiry)
}

// EnquiryFilter narrows a list of enquiries. Empty fields match everything.
type EnquiryFilter struct {
	State   enquiry.State
	Kind    enquiry.Kind
	Officer account.ID // only questions that this officer answers
}

// EnquiriesPerPage is the page size of the list of enquiries.
const EnquiriesPerPage = 50

// EnquiryPage is one page of the list of enquiries.
type EnquiryPage struct {
	List  []enquiry.Enquiry
	Total int
	Page  int // counted from 1
	Pages int // at least 1
}

const matchEnquiry = `(@state = '' or e.state = @state) and (@kind = '' or kind = @kind)
	and (@officer::bigint = 0 or kind = 'question' and exists (select from practice_city pc join account_city using (city)
		where pc.practice = e.practice and account = @officer))`

func (f EnquiryFilter) args() pgx.NamedArgs {
	return pgx.NamedArgs{"state": string(f.State), "kind": string(f.Kind), "officer": int64(f.Officer)}
}

// Page returns a page of enquiries, open ones first, of these the one that has waited
// longest, of the others the latest. Pages count from 1; a number beyond the last page
// returns the last one. Errors: ErrAway.
func (s *Enquiries) Page(ctx context.Context, f EnquiryFilter, page int) (EnquiryPage, error) {
	var p EnquiryPage
	args := f.args()
	err := s.db.snapshot(ctx, func(tx pgx.Tx) error {
		err := tx.QueryRow(ctx, `select count(*) from enquiry e where `+matchEnquiry, args).Scan(&p.Total)
		if err != nil {
			return err
		}
		p.Page, p.Pages = pageOf(page, p.Total, EnquiriesPerPage)
		args["most"], args["skip"] = EnquiriesPerPage, (p.Page-1)*EnquiriesPerPage
		p.List, err = enquiries(ctx, tx, `where `+matchEnquiry+`
			order by e.state <> 'open', case when e.state = 'open' then e.id else -e.id end limit @most offset @skip`, args)
		return err
	})
	if err != nil {
		return EnquiryPage{}, fmt.Errorf("list enquiries: %w", err)
	}
	return p, nil
}

// Count counts the enquiries that match a filter. Errors: ErrAway.
func (s *Enquiries) Count(ctx context.Context, f EnquiryFilter) (n int, err error) {
	if err = s.pool.QueryRow(ctx, `select count(*) from enquiry e where `+matchEnquiry, f.args()).Scan(&n); err != nil {
		return 0, fmt.Errorf("count enquiries: %w", classify(err))
	}
	return n, nil
}

// Published returns the questions with their answers that stand below a practice, the
// latest first. Errors: ErrAway.
func (s *Enquiries) Published(ctx context.Context, practice int64) ([]enquiry.Enquiry, error) {
	var list []enquiry.Enquiry
	err := s.ask(ctx, func(ctx context.Context, on db) (err error) {
		list, err = enquiries(ctx, on.pool, `where e.practice = @practice and published is not null order by published desc, e.id desc limit @most`,
			pgx.NamedArgs{"practice": practice, "most": MaxListed})
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list published questions: %w", err)
	}
	return list, nil
}

// Find returns an enquiry. Errors: ErrNotFound, ErrAway.
func (s *Enquiries) Find(ctx context.Context, id int64) (enquiry.Enquiry, error) {
	e, err := oneEnquiry(ctx, s.pool, id)
	if err != nil {
		return e, fmt.Errorf("find an enquiry: %w", classify(err))
	}
	return e, nil
}

func oneEnquiry(ctx context.Context, from querier, id int64) (enquiry.Enquiry, error) {
	list, err := enquiries(ctx, from, `where e.id = @id`, pgx.NamedArgs{"id": id})
	if err == nil && len(list) == 0 {
		err = ErrNotFound
	}
	if err != nil {
		return enquiry.Enquiry{}, err
	}
	return list[0], nil
}

// Advance takes a step with an enquiry of a version. The event, the mail to who asked
// and the change of the catalogue, if residents see it, are written in the same
// transaction. Errors: ErrNotFound; submission.ErrConflict if it has changed since that
// version; ErrAway; those of enquiry.Enquiry.Apply.
func (s *Enquiries) Advance(ctx context.Context, id int64, version int, step enquiry.Step) (enquiry.Enquiry, error) {
	var now enquiry.Enquiry
	err := s.write(ctx, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, `select id from enquiry where id = @id for update`, pgx.NamedArgs{"id": id}); err != nil {
			return err
		}
		before, err := oneEnquiry(ctx, tx, id)
		if err != nil {
			return err
		}
		if now, err = before.Apply(step); err != nil {
			return err
		}
		if before.Version != version {
			return submission.ErrConflict
		}
		if err := storeEnquiry(ctx, tx, now, step); err != nil {
			return err
		}
		if before.Public() || now.Public() {
			if _, err := announce(ctx, tx); err != nil {
				return err
			}
		}
		e := Event{At: step.At, Account: step.By.ID, Action: string(step.Action), Subject: OfEnquiry, Number: id, From: string(before.State), To: string(now.State), Version: version}
		if step.Action == enquiry.Close {
			e.Reason, e.Language = step.Text, step.Language
		}
		err = record(ctx, tx, e)
		about := map[enquiry.Action]MailKind{enquiry.Reply: MailReply, enquiry.Close: MailClosed}[step.Action]
		if err == nil && about != "" && now.Reachable {
			err = insertMail(ctx, tx, MailJob{Mail: about, Enquiry: id})
		}
		return err
	})
	if err != nil {
		return now, fmt.Errorf("%s: %w", step.Action, classify(err))
	}
	return now, nil
}

func storeEnquiry(ctx context.Context, tx pgx.Tx, e enquiry.Enquiry, step enquiry.Step) error {
	_, err := tx.Exec(ctx, `update enquiry set state = @state, version = @version, done = @done, answer = @answer, answer_language = @language,
		answered_by = case when @replied then @by::bigint else answered_by end,
		published = @published, public_words = @words, public_answer = @public where id = @id`, pgx.NamedArgs{
		"id": e.ID, "state": string(e.State), "version": e.Version, "done": stamped(e.Done), "answer": e.Answer, "language": string(e.AnswerLanguage),
		"replied": step.Action == enquiry.Reply, "by": int64(step.By.ID), "published": stamped(e.Published), "words": e.PublicWords, "public": e.PublicAnswer})
	return err
}

// Forget deletes what is no longer needed: addresses, and in the end the whole of what
// is not published. Errors: ErrAway.
func (s *Enquiries) Forget(ctx context.Context, at time.Time) error {
	_, err := s.pool.Exec(ctx, `with gone as (delete from enquiry where done < @words and published is null)
		update enquiry set mail = '' where mail <> '' and (done < @mail or written < @open) and (done is null or done >= @words or published is not null)`,
		pgx.NamedArgs{"words": at.Add(-enquiry.KeepWords), "mail": at.Add(-enquiry.KeepMail), "open": at.Add(-enquiry.KeepOpen)})
	if err != nil {
		return fmt.Errorf("forget enquiries: %w", classify(err))
	}
	return nil
}
