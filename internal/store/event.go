package store

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"exempla/internal/account"
	"exempla/internal/practice"
	"exempla/internal/submission"
)

// Event is an entry of the audit log: who did what to what, and when. It holds
// no names or addresses, and no texts but the reason that an editor gave.
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

	Concerned account.ID        // whom it concerns besides the subject, such as an assignee; 0 for nobody
	Reason    string            // in an editor's words
	Language  practice.Language // of the reason; empty for unknown
	Cause     submission.Cause  // of a rejection; it stands in the review and is only read here
	Title     string            // of the submission or the practice, or the city, as it is now; only read here
	First     submission.ID     // the first submission of the practice of the submission; only read here
}

// Subject is what kind of thing an event is about.
type Subject string

// The subjects.
const (
	OfAccount    Subject = "account"
	OfSession    Subject = "session"
	OfSetting    Subject = "setting"
	OfSubmission Subject = "submission"
	OfPractice   Subject = "practice"
	OfCity       Subject = "city"
	OfCollection Subject = "collection"
	OfEnquiry    Subject = "enquiry"
	OfTheme      Subject = "theme"
)

// record writes an event within the transaction that it describes.
func record(ctx context.Context, tx pgx.Tx, e Event) error {
	_, err := tx.Exec(ctx, `with e as (insert into event (at, account, action, subject, number, from_state, to_state, version, concerned)
		values (@at, nullif(@account::bigint, 0), @action, @subject, @number, @from, @to, @version, nullif(@concerned::bigint, 0)) returning id)
		insert into event_reason (event, reason, language) select id, @reason, @language from e where @reason <> ''`, pgx.NamedArgs{
		"at": e.At, "account": int64(e.Account), "action": e.Action, "subject": string(e.Subject), "number": e.Number,
		"from": e.From, "to": e.To, "version": e.Version,
		"concerned": int64(e.Concerned), "reason": e.Reason, "language": string(e.Language)})
	return err
}

// Subjects lists all subjects in the order in which filters offer them.
var Subjects = []Subject{OfSubmission, OfPractice, OfCity, OfCollection, OfEnquiry, OfAccount, OfSession, OfSetting, OfTheme}

// EventFilter narrows the audit log. Empty fields match everything.
type EventFilter struct {
	Account account.ID // who did it
	Who     string     // part of the name or mail address of who did it
	Action  string
	Subject Subject
	Number  int64     // of the subject; of submissions, any of the same practice
	From    time.Time // inclusive
	To      time.Time // exclusive
}

// selectEvents reads the fields of Event in their order. The reason of a decision
// about a submission stands in the review that was written at the same moment.
const selectEvents = `select e.id, e.at, coalesce(e.account, 0), e.action, subject, number, from_state, to_state, version,
	coalesce(concerned, 0), coalesce(r.reason, v.reason, ''), coalesce(r.language, v.language, ''), coalesce(v.cause, ''),
	coalesce(case subject when 'submission' then (select content ->> 'title' from submission s where s.id = number)
		when 'city' then (select name || ', ' || country from city where id = number)
		when 'practice' then (select title from practice_text t where t.practice = number order by position limit 1)
		when 'collection' then (select coalesce(texts -> 'en' ->> 'title', slug) from collection where id = number)
		when 'enquiry' then (select title from enquiry e join practice_text t on t.practice = e.practice where e.id = number order by position limit 1) end, ''),
	coalesce(case subject when 'submission' then (select ` + firstOfPractice + ` from submission s where s.id = number) end, 0)
	from event e left join event_reason r on r.event = e.id left join lateral (select reason, language, cause from review
		where subject = 'submission' and submission = number and account = e.account and at = e.at
		and e.action in ('reject', 'reopen') limit 1) v on true `

// List returns the events that match a filter, newest first: at most that many,
// and only those older than event number before, unless that is 0. People are
// found by their present name. Errors: ErrAway.
func (s *Events) List(ctx context.Context, f EventFilter, before int64, most int) ([]Event, error) {
	rows, err := s.pool.Query(ctx, ``+selectEvents+`
		where (@before::bigint = 0 or e.id < @before) and (@account::bigint = 0 or e.account = @account) and (@action = '' or e.action = @action)
		and (@subject = '' or subject = @subject) and (@number::bigint = 0 or number = @number or subject = 'submission' and number = any(array(
			select other.id from submission s join submission other on other.practice = s.practice where s.id = @number)))
		and (@from::timestamptz is null or e.at >= @from) and (@to::timestamptz is null or e.at < @to)
		and (@who = '' or exists (select from account a where a.id = e.account
			and strpos(lower(a.name || ' ' || coalesce(a.mail, '')), lower(@who)) > 0))
		order by e.id desc limit @most`, pgx.NamedArgs{"before": before, "most": most, "account": int64(f.Account), "who": f.Who,
		"action": f.Action, "subject": string(f.Subject), "number": f.Number, "from": stamped(f.From), "to": stamped(f.To)})
	if err != nil {
		return nil, fmt.Errorf("list events: %w", classify(err))
	}
	list, err := pgx.CollectRows(rows, pgx.RowToStructByPos[Event])
	if err != nil {
		return nil, fmt.Errorf("list events: %w", classify(err))
	}
	return list, nil
}

// OfSubmission returns the events of a submission, oldest first. Errors:
// ErrAway.
func (s *Events) OfSubmission(ctx context.Context, id submission.ID) ([]Event, error) {
	rows, err := s.pool.Query(ctx, ``+selectEvents+`
		where subject = 'submission' and number = @id order by e.id limit @most`, pgx.NamedArgs{"id": int64(id), "most": MaxListed})
	if err != nil {
		return nil, fmt.Errorf("load history: %w", classify(err))
	}
	list, err := pgx.CollectRows(rows, pgx.RowToStructByPos[Event])
	if err != nil {
		return nil, fmt.Errorf("load history: %w", classify(err))
	}
	return list, nil
}

// Actions on accounts and sessions. Those on submissions and practices are
// defined in package submission. Each has its wording as message
// "event.<action>".
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
	PasswordFailed  = "password_failed"
	SecondFailed    = "second_factor_failed"
	SecondReset     = "second_factor_reset"
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
	AddressAsked    = "address_asked"
	AddressChanged  = "address_changed"
	AddressStopped  = "address_stopped"
	SampleMade      = "sample_made"
)

// Actions on the authors of a draft.
const (
	InviteAuthor = "invite_author"
	RemoveAuthor = "remove_author"
)

// NameCity is the action on a city: editors have changed its names. Its wording is
// message "event.name_city".
const NameCity = "name_city"

// Actions on the versions of the theme.
const (
	SaveTheme    = "save_theme"
	PublishTheme = "publish_theme"
)

// AccountActions lists the actions above, for the filter of the audit log.
var AccountActions = []string{Invite, Accept, ChangeRole, ChangeCities, Disable, Enable, Erase, SignIn, SignOut, SignOutOthers,
	SignOutAll, PasswordFailed, SecondFailed, SecondReset, SecondOn, SecondOff, RecoveryUsed, RecoveryRenewed, PasswordChanged, PasswordReset, PasskeyAdded,
	PasskeyRemoved, IdentityLinked, ResetAsked, AddressAsked, AddressChanged, AddressStopped, SampleMade}
