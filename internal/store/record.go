package store

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"exempla/internal/account"
)

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
