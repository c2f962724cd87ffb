package store

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"exempla/internal/account"
	"exempla/internal/submission"
)

// Event is one line of the record: who did what to what, and when. It holds
// numbers only, no names, addresses or texts.
type Event struct {
	ID      int64 // 0 until it is recorded
	At      time.Time
	Account account.ID // who did it; 0 for the program itself
	Action  string
	Subject Subject
	Number  int64 // of the subject
	From    string
	To      string
	Version int // of a submission, before the action
}

// Subject is what an event is about.
type Subject string

// The subjects.
const (
	OfAccount    Subject = "account"
	OfSession    Subject = "session"
	OfSetting    Subject = "setting"
	OfSubmission Subject = "submission"
	OfPractice   Subject = "practice"
)

// record writes an event in the transaction of the change that it records.
func record(ctx context.Context, tx pgx.Tx, e Event) error {
	_, err := tx.Exec(ctx, `insert into event (at, account, action, subject, number, from_state, to_state, version)
		values (@at, nullif(@account::bigint, 0), @action, @subject, @number, @from, @to, @version)`, pgx.NamedArgs{
		"at": e.At, "account": int64(e.Account), "action": e.Action, "subject": string(e.Subject), "number": e.Number,
		"from": e.From, "to": e.To, "version": e.Version})
	return err
}

// Subjects lists what events are about, in the order in which they are offered.
var Subjects = []Subject{OfSubmission, OfPractice, OfAccount, OfSession, OfSetting}

// EventFilter narrows the record; empty fields ask for nothing.
type EventFilter struct {
	Account account.ID // who did it
	Who     string     // a part of the name or the mail address of who did it
	Action  string
	Subject Subject
	Number  int64     // of the subject
	From    time.Time // the first moment
	To      time.Time // the first moment after
}

// Events returns what a filter finds of the record, the newest first: at most
// that many events older than the one whose number is before, which is 0 for
// the newest of all. People are found by what they are called now.
func (s *Events) List(ctx context.Context, f EventFilter, before int64, most int) ([]Event, error) {
	rows, err := s.pool.Query(ctx, `select id, at, coalesce(account, 0), action, subject, number, from_state, to_state, version from event e
		where (@before = 0 or id < @before) and (@account = 0 or account = @account) and (@action = '' or action = @action)
		and (@subject = '' or subject = @subject) and (@number = 0 or number = @number)
		and (@from::timestamptz is null or at >= @from) and (@to::timestamptz is null or at < @to)
		and (@who = '' or exists (select from account a where a.id = e.account
			and strpos(lower(a.name || ' ' || coalesce(a.mail, '')), lower(@who)) > 0))
		order by id desc limit @most`, pgx.NamedArgs{"before": before, "most": most, "account": int64(f.Account), "who": f.Who,
		"action": f.Action, "subject": string(f.Subject), "number": f.Number, "from": stamped(f.From), "to": stamped(f.To)})
	if err != nil {
		return nil, fmt.Errorf("read the record: %w", classify(err))
	}
	list, err := pgx.CollectRows(rows, pgx.RowToStructByPos[Event])
	if err != nil {
		return nil, fmt.Errorf("read the record: %w", classify(err))
	}
	return list, nil
}

// History returns the events of a submission, the first one first.
func (s *Events) OfSubmission(ctx context.Context, id submission.ID) ([]Event, error) {
	rows, err := s.pool.Query(ctx, `select id, at, coalesce(account, 0), action, subject, number, from_state, to_state, version from event
		where subject = 'submission' and number = @id order by id limit @most`, pgx.NamedArgs{"id": int64(id), "most": MaxListed})
	if err != nil {
		return nil, fmt.Errorf("load history: %w", classify(err))
	}
	list, err := pgx.CollectRows(rows, pgx.RowToStructByPos[Event])
	if err != nil {
		return nil, fmt.Errorf("load history: %w", classify(err))
	}
	return list, nil
}

// What is recorded of accounts and sessions, beside the actions of submission.
// Each has its words as a message "event.<action>".
const (
	Invite          = "invite"
	Accept          = "accept"
	ChangeRole      = "change_role"
	ChangeCities    = "change_cities"
	Disable         = "disable"
	Enable          = "enable"
	Erase           = "erase"
	SignIn          = "sign_in"
	SignOut         = "sign_out"
	SignOutOthers   = "sign_out_others"
	SignOutAll      = "sign_out_all"
	SecondFailed    = "second_factor_failed"
	SecondOn        = "second_factor_on"
	SecondOff       = "second_factor_off"
	RecoveryUsed    = "recovery_code_used"
	RecoveryRenewed = "recovery_codes_renewed"
	PasswordChanged = "password_changed"
	PasswordReset   = "password_reset"
	PasskeyAdded    = "passkey_added"
	PasskeyRemoved  = "passkey_removed"
	IdentityLinked  = "identity_linked"
	ResetAsked      = "reset_asked"
	SampleMade      = "sample_made"
)

// AccountActions lists them all, for whoever reads the record.
var AccountActions = []string{Invite, Accept, ChangeRole, ChangeCities, Disable, Enable, Erase, SignIn, SignOut, SignOutOthers,
	SignOutAll, SecondFailed, SecondOn, SecondOff, RecoveryUsed, RecoveryRenewed, PasswordChanged, PasswordReset, PasskeyAdded,
	PasskeyRemoved, IdentityLinked, ResetAsked, SampleMade}
