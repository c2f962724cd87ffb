package store

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"exempla/internal/account"
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
