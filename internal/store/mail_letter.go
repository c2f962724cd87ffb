package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"exempla/internal/account"
	"exempla/internal/enquiry"
	"exempla/internal/practice"
	"exempla/internal/submission"
)

// ErrNoRecipient is the error for a mail to an account that must not get it:
// one that is disabled, erased, or not active yet.
var ErrNoRecipient = errors.New("no recipient")

// Letter is what a mail is written from, as it stands when the mail is sent.
type Letter struct {
	To         account.Account // ID, roles, state, mail, name and locale only
	By         string          // name; empty for the program and for erased people
	Submission submission.Submission
	Practice   PracticeTitle // what the mail is about, if that is no submission
	Cause      submission.Cause
	Decision   submission.Decision // of the review; empty for none
	Reason     string
	Language   practice.Language    // of the reason; empty for unknown
	Comments   []submission.Comment // of the review, without replies and internal notes
	Until      time.Time            // when the link expires; zero for no link
	Due        time.Time            // the end of the usual time to decide; zero for none
	Enquiry    enquiry.Enquiry      // zero for none
}

// Letter loads what a mail is written from. Errors: ErrNoRecipient, ErrNotFound
// when what it is about is gone, ErrAway.
func (s *Queue) Letter(ctx context.Context, job MailJob) (Letter, error) {
	var letter Letter
	err := s.db.snapshot(ctx, func(tx pgx.Tx) (err error) {
		letter, err = letterOf(ctx, tx, job)
		return err
	})
	if err != nil {
		return Letter{}, fmt.Errorf("load a letter: %w", err)
	}
	return letter, nil
}

// PracticeTitle is a practice as mails name it.
type PracticeTitle struct {
	Slug     string
	Title    string
	Language practice.Language // of the text
}

func letterOf(ctx context.Context, tx pgx.Tx, job MailJob) (Letter, error) {
	letter := Letter{Due: job.Due}
	if job.Enquiry != 0 {
		if err := letter.enquiry(ctx, tx, job); err != nil || job.To == 0 {
			return letter, err
		}
	}
	to := &letter.To
	err := tx.QueryRow(ctx, `select a.id, a.state, a.name, coalesce(a.mail, ''), a.locale, a.role, a.also,
		coalesce((select name from account where id = @by and state <> 'erased'), '') from account a where a.id = @to`,
		pgx.NamedArgs{"to": int64(job.To), "by": int64(job.By)}).Scan(&to.ID, &to.State, &to.Name, &to.Mail, &to.Locale, &to.Role, &to.Also, &letter.By)
	if errors.Is(err, pgx.ErrNoRows) || err == nil && !job.reaches(to.State) {
		err = ErrNoRecipient
	}
	if err == nil && job.Mail == MailCities {
		*to, err = oneAccount(ctx, tx, `a.id = @id`, pgx.NamedArgs{"id": int64(job.To)})
	}
	if err == nil && job.Mail == MailNewAddress {
		to.Name = "" // it may be somebody else's address
		err = tx.QueryRow(ctx, `select mail from address_change where account = @to`, pgx.NamedArgs{"to": int64(job.To)}).Scan(&to.Mail)
	}
	if err == nil && job.Submission != 0 {
		letter.Submission, err = oneSubmission(ctx, tx, job.Submission)
	}
	if said := letter.Submission.Correction; job.Mail == MailTextCorrected && said != nil {
		letter.Reason, letter.Language = said.Note, said.Language
	}
	if err == nil && job.Mail == MailReminder && letter.Submission.State != submission.Submitted {
		err = ErrNotFound // it has been decided since
	}
	if err == nil && job.Review != 0 {
		err = letter.review(ctx, tx, job.Review)
	}
	if err == nil && job.Practice != 0 {
		err = letter.practice(ctx, tx, job)
	}
	if err == nil && job.Token != 0 {
		err = tx.QueryRow(ctx, `select expires from account_token where id = @id and used is null`, pgx.NamedArgs{"id": job.Token}).Scan(&letter.Until)
	}
	if errors.Is(err, pgx.ErrNoRows) {
		err = ErrNotFound
	}
	return letter, err
}

// reaches reports whether an account in this state may get the mail. Those who
// have not joined yet only get the link to do so, and learn when it is void.
func (j MailJob) reaches(s account.State) bool {
	return s == account.Active || s == account.Disabled && j.Mail == MailDisabled || s == account.Invited && slices.Contains([]MailKind{MailInvitation, MailCoAuthor, MailRemoved}, j.Mail)
}

func (l *Letter) review(ctx context.Context, tx pgx.Tx, id int64) (err error) {
	args := pgx.NamedArgs{"review": id}
	if err := tx.QueryRow(ctx, `select decision, coalesce(cause, ''), reason, language from review where id = @review`, args).Scan(&l.Decision, &l.Cause, &l.Reason, &l.Language); err != nil {
		return err
	}
	l.Comments, err = comments(ctx, tx, `review = @review and parent is null and not internal`, args)
	return err
}

// enquiry loads what somebody has asked, for who answers it; or, for who has asked, the
// answer or that there is none, as long as there is an address.
func (l *Letter) enquiry(ctx context.Context, tx pgx.Tx, job MailJob) (err error) {
	if l.Enquiry, err = oneEnquiry(ctx, tx, job.Enquiry); err != nil {
		return err
	}
	e := l.Enquiry
	l.Reason, l.Language = e.Words, e.Language
	switch {
	case job.Mail == MailClosed && e.State != enquiry.Closed:
		return ErrNotFound // it is open again
	case job.To == 0:
	case e.State != enquiry.Open:
		return ErrNotFound // somebody was faster
	default:
		return nil
	}
	l.Reason, l.Language, l.To.Locale = e.Answer, e.AnswerLanguage, string(e.Language)
	if err = tx.QueryRow(ctx, `select mail from enquiry where id = @id`, pgx.NamedArgs{"id": e.ID}).Scan(&l.To.Mail); err == nil && l.To.Mail == "" {
		err = ErrNoRecipient
	}
	return err
}

// practice loads the title of a practice in the language of the job, and why it was
// archived or restored the last time.
func (l *Letter) practice(ctx context.Context, tx pgx.Tx, job MailJob) error {
	action := map[MailKind]submission.Action{MailArchived: submission.Archive, MailRestored: submission.Restore}[job.Mail]
	return tx.QueryRow(ctx, `select p.slug, t.title, t.language, coalesce(r.reason, ''), coalesce(r.language, '') from practice p
		join lateral (select title, language from practice_text where practice = p.number and (@language = '' or language = @language)
			order by position limit 1) t on true
		left join lateral (select reason, language from event e join event_reason on event = e.id where subject = 'practice'
			and number = p.number and action = @action order by e.id desc limit 1) r on true where p.number = @practice`,
		pgx.NamedArgs{"practice": job.Practice, "language": job.Language, "action": string(action)}).
		Scan(&l.Practice.Slug, &l.Practice.Title, &l.Practice.Language, &l.Reason, &l.Language)
}

// Alert is what a mail to a reader who follows a selection is written from, as it
// stands when the mail is sent.
type Alert struct {
	Subscription
	News []News
}

// News is a practice that is new, has changed or is archived.
type News struct {
	practice.Practice                           // as it is now
	Revision          submission.PublicRevision // compared with what was no news; Before is nil for a new one
	Archived          bool
	Reason            string // why it is
}

// Alert loads what a mail is written from. Errors: ErrNotFound when the subscription is
// gone, or no practice is public any more and none was archived; ErrAway.
func (s *Subscriptions) Alert(ctx context.Context, job MailJob) (Alert, error) {
	var alert Alert
	err := s.db.snapshot(ctx, func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, `select `+subscriptionColumns+` from subscription_link l join subscription s on s.id = l.subscription
			where l.id = @link and (s.confirmed or @mail = 'follow')`, pgx.NamedArgs{"link": job.Link, "mail": string(job.Mail)})
		if err != nil {
			return err
		}
		if alert.Subscription, err = pgx.CollectExactlyOneRow(rows, pgx.RowToStructByPos[Subscription]); err != nil {
			return orNotFound(err)
		}
		if job.Mail != MailAlert {
			return nil
		}
		if alert.News, err = news(ctx, tx, job); err == nil {
			err = alert.loadGone(ctx, tx, job)
		}
		if err == nil && len(alert.News) == 0 {
			err = ErrNotFound
		}
		return err
	})
	if err != nil {
		return Alert{}, fmt.Errorf("load news of a selection: %w", err)
	}
	return alert, nil
}

// loadGone adds those practices of a mail that are archived.
func (a *Alert) loadGone(ctx context.Context, tx pgx.Tx, job MailJob) error {
	if len(job.Gone) == 0 {
		return nil
	}
	args := pgx.NamedArgs{"numbers": job.Gone}
	found, err := load(ctx, tx, scope{where: "p.number = any(@numbers) and p.state = 'archived'", args: args})
	if err != nil {
		return err
	}
	for _, p := range found {
		one := News{Practice: p, Archived: true}
		if err := tx.QueryRow(ctx, `select archive_reason from practice where number = @number`, pgx.NamedArgs{"number": p.Number}).Scan(&one.Reason); err != nil {
			return err
		}
		a.News = append(a.News, one)
	}
	return nil
}

// news loads the practices of a mail, in its order.
func news(ctx context.Context, tx pgx.Tx, job MailJob) ([]News, error) {
	args := pgx.NamedArgs{"numbers": job.Practices, "after": job.After}
	found, err := load(ctx, tx, scope{where: "p.number = any(@numbers) and p.state = 'live'", args: args})
	if err != nil {
		return nil, err
	}
	by := map[int64]*News{}
	for _, p := range found {
		by[p.Number] = &News{Practice: p}
	}
	rows, err := tx.Query(ctx, `select distinct on (practice, coalesce(change, 0) > @after) practice, coalesce(change, 0) > @after, content
		from practice_revision where practice = any(@numbers) order by practice, coalesce(change, 0) > @after, revision desc`, args)
	if err != nil {
		return nil, err
	}
	var number int64
	var isNews bool
	var content practice.Practice
	_, err = pgx.ForEachRow(rows, []any{&number, &isNews, &content}, func() error {
		read := content
		content = practice.Practice{}
		switch one := by[number]; {
		case one == nil:
		case isNews:
			one.Revision.After, one.Revision.Language = read, read.Texts[0].Language
		default:
			one.Revision.Before = &read
		}
		return nil
	})
	var list []News
	for _, number := range job.Practices {
		if one := by[number]; one != nil {
			list = append(list, *one)
		}
	}
	return list, err
}
