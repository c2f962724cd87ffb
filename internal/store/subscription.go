package store

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"exempla/internal/practice"
)

// Rhythm is how often a reader who follows a selection gets a mail at most.
type Rhythm string

// The rhythms. Their names are messages "follow.<rhythm>".
const (
	Daily  Rhythm = "daily"
	Weekly Rhythm = "weekly" // on Monday
)

// Bounds of subscriptions.
const (
	ConfirmTime = 48 * time.Hour // to confirm one: over a day without a computer
	MaxFollowed = 50             // confirmed ones of an address: more than anybody reads mails of

	linkTime      = 365 * 24 * time.Hour // links in mails work so long: people stop mails by an old one
	askAgain      = time.Hour            // a link is sent again after this at the earliest, or anybody could fill a mailbox
	mostAsked     = 3                    // unconfirmed ones of an address, for the same reason
	mostDue       = 500                  // are looked at in a round, which takes some seconds
	mostInAlert   = 20                   // practices that a mail lists; it counts the rest
	mostArchived  = 100                  // of all archived last are looked through for mails, more than editors archive between two
	alertPriority = 4                    // in the queue, so that no link to confirm waits behind a thousand mails of a morning
)

// ErrMostFollowed is the error for an address that follows MaxFollowed selections already.
var ErrMostFollowed = errors.New("too many subscriptions")

// Subscription is a selection that a reader follows by mail.
type Subscription struct {
	ID        int64
	Mail      string
	Language  string // of the mails, as a tag
	Selection string // query of a listing
	Rhythm    Rhythm
	Confirmed bool
	Asked     time.Time // when it was asked for last
	Others    int       // confirmed ones of the same address
}

// Ask keeps an unconfirmed subscription and queues a mail with a link to confirm it.
// Where one was sent lately, or too many wait for this address, nothing is sent. An
// address that follows the selection already gets a link, too, and nothing changes.
// The caller cannot tell these apart. Errors: ErrAway.
func (s *Subscriptions) Ask(ctx context.Context, asked Subscription, at time.Time) error {
	err := s.write(ctx, func(tx pgx.Tx) error {
		args := pgx.NamedArgs{"mail": asked.Mail, "language": asked.Language, "selection": asked.Selection, "rhythm": string(asked.Rhythm),
			"at": at, "again": at.Add(-askAgain), "since": at.Add(-ConfirmTime), "most": mostAsked}
		var id int64
		var due bool
		err := tx.QueryRow(ctx, `insert into subscription as s (mail, language, selection, rhythm, asked, told, change)
			select @mail::text, @language::text, @selection::text, @rhythm::text, @at::timestamptz, @at, 0 where (select count(*) from subscription
				where lower(mail) = lower(@mail) and not confirmed and asked > @since and selection <> @selection) < @most
			on conflict (lower(mail), md5(selection)) do update set
				language = case when s.confirmed then s.language else excluded.language end,
				rhythm = case when s.confirmed then s.rhythm else excluded.rhythm end,
				asked = excluded.asked
			returning id, not exists (select from subscription_link l where l.subscription = s.id and l.made > @again)`, args).Scan(&id, &due)
		if errors.Is(err, pgx.ErrNoRows) || err == nil && !due {
			return nil
		}
		if err != nil {
			return err
		}
		return queueLink(ctx, tx, newLink{id, at, MailJob{Mail: MailFollow}})
	})
	if err != nil {
		return fmt.Errorf("ask for mails about a selection: %w", classify(err))
	}
	return nil
}

// newLink is a link to a subscription, and the mail that carries it.
type newLink struct {
	subscription int64
	at           time.Time
	job          MailJob
}

// queueLink queues a mail with a link.
func queueLink(ctx context.Context, tx pgx.Tx, l newLink) error {
	err := tx.QueryRow(ctx, `insert into subscription_link (subscription, made) values (@id, @at) returning id`,
		pgx.NamedArgs{"id": l.subscription, "at": l.at}).Scan(&l.job.Link)
	if err != nil {
		return err
	}
	return insertMail(ctx, tx, l.job)
}

const subscriptionColumns = `s.id, s.mail, s.language, s.selection, s.rhythm, s.confirmed, s.asked,
	(select count(*) from subscription o where lower(o.mail) = lower(s.mail) and o.confirmed and o.id <> s.id)`

// held is a subscription whose link somebody presents; it is locked until the
// transaction ends.
func held(ctx context.Context, tx pgx.Tx, secret string, at time.Time) (Subscription, error) {
	rows, err := tx.Query(ctx, `select `+subscriptionColumns+` from subscription_link l join subscription s on s.id = l.subscription
		where l.hash = @hash and (s.confirmed or s.asked > @since) and l.made > @oldest for update of s`,
		pgx.NamedArgs{"hash": hashOf(secret), "since": at.Add(-ConfirmTime), "oldest": at.Add(-linkTime)})
	if err != nil {
		return Subscription{}, err
	}
	found, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByPos[Subscription])
	return found, orNotFound(err)
}

// hold does something with the subscription of a secret, and returns it as it was
// before. Errors: ErrNotFound for a link that does not work, or not any more; ErrAway;
// those of do.
func (s *Subscriptions) hold(ctx context.Context, secret string, at time.Time, do func(pgx.Tx, Subscription) error) (found Subscription, err error) {
	err = s.write(ctx, func(tx pgx.Tx) (err error) {
		if found, err = held(ctx, tx, secret, at); err != nil {
			return err
		}
		return do(tx, found)
	})
	if err != nil {
		return Subscription{}, fmt.Errorf("hold a subscription: %w", classify(err))
	}
	return found, nil
}

// Find returns the subscription of a secret, and changes nothing. Errors: ErrNotFound
// for a link that does not work, or not any more; ErrAway.
func (s *Subscriptions) Find(ctx context.Context, secret string, at time.Time) (Subscription, error) {
	return s.hold(ctx, secret, at, func(pgx.Tx, Subscription) error { return nil })
}

// Confirm confirms a subscription, from which time on changes are news. It does nothing
// to a confirmed one. Errors: those of Find, ErrMostFollowed.
func (s *Subscriptions) Confirm(ctx context.Context, secret string, at time.Time) (Subscription, error) {
	return s.hold(ctx, secret, at, func(tx pgx.Tx, found Subscription) error {
		if found.Others >= MaxFollowed {
			return ErrMostFollowed
		}
		_, err := tx.Exec(ctx, `update subscription set confirmed = true, told = @at, change = (select number from catalogue_change)
			where id = @id and not confirmed`, pgx.NamedArgs{"id": found.ID, "at": at})
		return err
	})
}

// Pace changes how often mails come. Errors: those of Find.
func (s *Subscriptions) Pace(ctx context.Context, secret string, to Rhythm, at time.Time) (Subscription, error) {
	return s.hold(ctx, secret, at, func(tx pgx.Tx, found Subscription) error {
		_, err := tx.Exec(ctx, `update subscription set rhythm = @to where id = @id`, pgx.NamedArgs{"id": found.ID, "to": string(to)})
		return err
	})
}

// Stop deletes a subscription, or all of its address, with everything that was kept of
// it. Errors: those of Find.
func (s *Subscriptions) Stop(ctx context.Context, secret string, all bool, at time.Time) (Subscription, error) {
	return s.hold(ctx, secret, at, func(tx pgx.Tx, found Subscription) error {
		_, err := tx.Exec(ctx, `delete from subscription where id = @id or @all and lower(mail) = lower(@mail)`,
			pgx.NamedArgs{"id": found.ID, "all": all, "mail": found.Mail})
		return err
	})
}

// LinkSecret makes the secret of a link right before the mail is sent, as that of
// Accounts. Errors: ErrNotFound when the subscription is gone, ErrAway.
func (s *Subscriptions) LinkSecret(ctx context.Context, link int64) (secret string, err error) {
	secret = rand.Text()
	done, err := s.pool.Exec(ctx, `update subscription_link set hash = @hash where id = @link`, pgx.NamedArgs{"link": link, "hash": hashOf(secret)})
	if err == nil && done.RowsAffected() == 0 {
		err = ErrNotFound
	}
	if err != nil {
		return "", fmt.Errorf("make a link: %w", classify(err))
	}
	return secret, nil
}

// Tidy deletes what was not confirmed in time, and links that are too old. Errors:
// ErrAway.
func (s *Subscriptions) Tidy(ctx context.Context, at time.Time) error {
	for _, statement := range []string{`delete from subscription where not confirmed and asked <= @since`,
		`delete from subscription_link where made <= @oldest`} {
		_, err := s.pool.Exec(ctx, statement, pgx.NamedArgs{"since": at.Add(-ConfirmTime), "oldest": at.Add(-linkTime)})
		if err != nil {
			return fmt.Errorf("tidy subscriptions: %w", classify(err))
		}
	}
	return nil
}

// Due is a subscription that is to be looked at for news.
type Due struct {
	Subscription int64
	Language     string
	Selection    string
	After        int64 // the last change of the catalogue that is no news
	Upto         int64 // the last one that counts
	At           time.Time
	Letter       time.Time // when a mail was last written
}

const isDue = `confirmed and told < case rhythm when 'weekly' then @week::timestamptz else @day::timestamptz end`

// dueArgs say since when a subscription must have been looked at.
func dueArgs(at time.Time) pgx.NamedArgs {
	day := digestDay(at)
	sinceMonday := (int(day.Weekday()) + 6) % 7
	return pgx.NamedArgs{"at": at, "day": day, "week": day.AddDate(0, 0, -sinceMonday)}
}

// Due lists the subscriptions that are to be looked at, the longest waiting first, at
// most 500; what is more waits for the next round. Those for which nothing has changed,
// up to a change of the catalogue, are done with it. Errors: ErrAway.
func (s *Subscriptions) Due(ctx context.Context, upto int64, at time.Time) ([]Due, error) {
	args := dueArgs(at)
	args["upto"], args["most"], args["oldest"] = upto, mostDue, at.Add(-linkTime)
	_, err := s.pool.Exec(ctx, `update subscription s set told = @at where `+isDue+` and not exists (
		select from practice_revision r where r.change > s.change and r.change <= @upto)`, args)
	if err != nil {
		return nil, fmt.Errorf("look for subscriptions: %w", classify(err))
	}
	rows, err := s.pool.Query(ctx, `select id, language, selection, change, @upto::bigint, @at::timestamptz,
		coalesce((select max(made) from subscription_link where subscription = s.id), @oldest) from subscription s where `+isDue+` order by told, id limit @most`, args)
	if err != nil {
		return nil, fmt.Errorf("look for subscriptions: %w", classify(err))
	}
	list, err := pgx.CollectRows(rows, pgx.RowToStructByPos[Due])
	if err != nil {
		return nil, fmt.Errorf("look for subscriptions: %w", classify(err))
	}
	return list, nil
}

// Revised lists the practices of which revisions were published after one change of the
// catalogue and up to another, the latest first. Errors: ErrAway.
func (s *Subscriptions) Revised(ctx context.Context, after, upto int64) ([]int64, error) {
	rows, err := s.pool.Query(ctx, `select practice from practice_revision where change > @after and change <= @upto
		group by practice order by max(change) desc, practice desc`, pgx.NamedArgs{"after": after, "upto": upto})
	if err != nil {
		return nil, fmt.Errorf("list revised practices: %w", classify(err))
	}
	list, err := pgx.CollectRows(rows, pgx.RowTo[int64])
	if err != nil {
		return nil, fmt.Errorf("list revised practices: %w", classify(err))
	}
	return list, nil
}

// Withdrawn is a practice that is archived.
type Withdrawn struct {
	practice.Practice
	Since time.Time // when it was archived
	First time.Time // when it was first published
}

// Archived lists the practices that were archived last, of those within the year for
// which mails look back. Errors: ErrAway.
func (s *Subscriptions) Archived(ctx context.Context, at time.Time) (list []Withdrawn, err error) {
	err = s.db.snapshot(ctx, func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, `select p.number, gone.at, (select min(written) from practice_revision where practice = p.number) from practice p
			cross join lateral (select max(at) as at from event where subject = 'practice' and number = p.number and action = 'archive') gone
			where p.state = 'archived' and gone.at > @oldest order by gone.at desc, p.number desc limit @most`,
			pgx.NamedArgs{"oldest": at.Add(-linkTime), "most": mostArchived})
		if err != nil {
			return err
		}
		list, err = pgx.CollectRows(rows, func(row pgx.CollectableRow) (w Withdrawn, err error) {
			err = row.Scan(&w.Number, &w.Since, &w.First)
			return w, err
		})
		if err != nil || len(list) == 0 {
			return err
		}
		at := map[int64]*practice.Practice{}
		for i := range list {
			at[list[i].Number] = &list[i].Practice
		}
		found, err := load(ctx, tx, scope{where: "p.number = any(@numbers)", sections: true,
			args: pgx.NamedArgs{"numbers": slices.Collect(maps.Keys(at))}})
		for _, p := range found {
			*at[p.Number] = p
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list archived practices: %w", err)
	}
	return list, nil
}

// QueueAlert notes that a subscription was looked at, and queues a mail of these practices, if there are any, in the same transaction: a
// round that is killed or worked twice neither loses nor doubles anything. A mail also
// tells of those that are gone; they are no reason for one. Errors: ErrAway.
func (s *Subscriptions) QueueAlert(ctx context.Context, d Due, news, gone []int64) error {
	err := s.write(ctx, func(tx pgx.Tx) error {
		args := dueArgs(d.At)
		args["id"], args["change"], args["upto"] = d.Subscription, d.After, d.Upto
		done, err := tx.Exec(ctx, `update subscription set told = @at, change = @upto where id = @id and change = @change and `+isDue, args)
		if err != nil || done.RowsAffected() == 0 || len(news) == 0 {
			return err
		}
		listed := news[:min(len(news), mostInAlert)]
		return queueLink(ctx, tx, newLink{d.Subscription, d.At, MailJob{Mail: MailAlert, Practices: listed, More: len(news) - len(listed),
			After: d.After, Gone: gone[:min(len(gone), mostInAlert)]}})
	})
	if err != nil {
		return fmt.Errorf("queue news of a selection: %w", classify(err))
	}
	return nil
}
