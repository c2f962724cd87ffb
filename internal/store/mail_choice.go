package store

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/jackc/pgx/v5"

	"exempla/internal/account"
)

// Kinds of mails for which people choose a delivery. All others are about the safety
// of an account or carry a link to it, and are never put off.
var (
	authorMails = []MailKind{MailReceived, MailChanges, MailCorrected, MailApproved, MailRejected, MailReopened, MailArchived, MailRestored,
		MailTextCorrected, MailOutdated, MailCoAuthor, MailRemoved, MailQuestion}
	editorMails = []MailKind{MailSubmitted, MailAssigned, MailAnswered, MailDecided, MailApprovedFirst, MailWithdrawn, MailReminder, MailEnquiry}
)

// MailChoice is the delivery that somebody has chosen for a kind of mail.
type MailChoice struct {
	Mail     MailKind
	Delivery account.Delivery
}

// MailChoices returns the kinds of mails that an account can get and choose about, each
// with its delivery, in a fixed order: those of its roles, and those of authors to
// whoever is one. Errors: ErrNotFound, ErrAway.
func (s *Accounts) MailChoices(ctx context.Context, id account.ID) ([]MailChoice, error) {
	var list []MailChoice
	var roles []account.Role
	var author bool
	var chosen map[MailKind]account.Delivery
	err := s.pool.QueryRow(ctx, `select roles, exists (select from submission_officer where account = a.id),
		coalesce((select jsonb_object_agg(mail, choice) from mail_choice where account = a.id), '{}') from account a where id = @id`,
		pgx.NamedArgs{"id": int64(id)}).Scan(&roles, &author, &chosen)
	if err != nil {
		return nil, fmt.Errorf("load choices of mails: %w", classify(orNotFound(err)))
	}
	add := func(kinds []MailKind) {
		for _, k := range kinds {
			choice := MailChoice{k, account.AtOnce}
			if d, ok := chosen[k]; ok {
				choice.Delivery = d
			}
			list = append(list, choice)
		}
	}
	if author || slices.Contains(roles, account.Officer) {
		add(authorMails)
	}
	if slices.Contains(roles, account.Editor) {
		add(editorMails)
	}
	return list, nil
}

// ChooseMails sets the deliveries of some kinds of mails. Kinds about which nobody can
// choose are passed over. Mails that wait for a digest still go out with it. Errors:
// ErrAway.
func (s *Accounts) ChooseMails(ctx context.Context, id account.ID, choices []MailChoice) error {
	err := s.write(ctx, func(tx pgx.Tx) error {
		for _, c := range choices {
			if !c.Mail.choosable() {
				continue
			}
			args := pgx.NamedArgs{"id": int64(id), "mail": string(c.Mail), "choice": string(c.Delivery)}
			statement := `insert into mail_choice (account, mail, choice) values (@id, @mail, @choice)
				on conflict (account, mail) do update set choice = excluded.choice`
			if c.Delivery == account.AtOnce {
				statement = `delete from mail_choice where account = @id and mail = @mail`
			}
			if _, err := tx.Exec(ctx, statement, args); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("choose mails: %w", classify(err))
	}
	return nil
}

// choosable reports whether people choose how they get such mails.
func (k MailKind) choosable() bool {
	return slices.Contains(authorMails, k) || slices.Contains(editorMails, k)
}

// queueMail queues a mail within the transaction that it tells of, so that both are
// written or neither: to be sent at once or with the next digest, as its receiver has
// chosen, or not at all. A mail with a link that opens something is sent at once.
func queueMail(ctx context.Context, tx pgx.Tx, job MailJob) error {
	delivery := account.AtOnce
	if job.Mail.choosable() && job.Token == 0 {
		err := tx.QueryRow(ctx, `select choice from mail_choice where account = @to and mail = @mail`,
			pgx.NamedArgs{"to": int64(job.To), "mail": string(job.Mail)}).Scan(&delivery)
		if err != nil && !errors.Is(err, pgx.ErrNoRows) {
			return err
		}
	}
	switch delivery {
	case account.Never:
		return nil
	case account.InDigest:
		_, err := tx.Exec(ctx, `insert into mail_waiting (account, job) values (@to, @job)`, pgx.NamedArgs{"to": int64(job.To), "job": job})
		return err
	}
	return insertMail(ctx, tx, job)
}
