package store

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"exempla/internal/account"
)

// Limits of a session: a working day without a request, and a working week in
// all.
const (
	// SessionIdle is how long a session lasts without a request: people who wrote
	// in the morning can go on in the evening.
	SessionIdle = 12 * time.Hour
	// SessionLife is how long a session lasts in any case, so that a stolen one is
	// worthless after a week.
	SessionLife = 7 * 24 * time.Hour
	// seenEvery is how precisely the last use of a session is known; a write for
	// every page would cost more than it is worth.
	seenEvery = time.Minute
)

// Sessions are the sessions of people who are signed in. It is a store for
// package scs, which passes tokens as hashes; all other methods take the token
// itself and hash it. Times are real ones, as scs reads the clock itself.
type Sessions struct{ db }

// errNoContext is returned by the half of scs's interface that it does not
// call.
var errNoContext = errors.New("sessions are kept with a context only")

// Find is required by scs, which calls FindCtx instead.
func (*Sessions) Find(string) ([]byte, bool, error) { return nil, false, errNoContext }

// Commit is required by scs, which calls CommitCtx instead.
func (*Sessions) Commit(string, []byte, time.Time) error { return errNoContext }

// Delete is required by scs, which calls DeleteCtx instead.
func (*Sessions) Delete(string) error { return errNoContext }

// FindCtx returns the data of a session, and whether it is still valid. Errors:
// ErrAway.
func (s *Sessions) FindCtx(ctx context.Context, token string) (data []byte, found bool, err error) {
	err = s.pool.QueryRow(ctx, `select data from session s left join account a on a.id = s.account
		where token = @token and expiry > now() and (s.account is null or a.state = 'active')`, pgx.NamedArgs{"token": token}).Scan(&data)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, false, nil
	}
	if err != nil {
		return nil, false, fmt.Errorf("find session: %w", classify(err))
	}
	return data, true, nil
}

// CommitCtx writes the data of a session. Errors: ErrAway.
func (s *Sessions) CommitCtx(ctx context.Context, token string, data []byte, expiry time.Time) error {
	_, err := s.pool.Exec(ctx, `insert into session (token, data, expiry) values (@token, @data, @expiry)
		on conflict (token) do update set data = excluded.data, expiry = excluded.expiry`,
		pgx.NamedArgs{"token": token, "data": data, "expiry": expiry})
	if err != nil {
		return fmt.Errorf("write session: %w", classify(err))
	}
	return nil
}

// DeleteCtx deletes a session, together with all that have expired. Errors:
// ErrAway.
func (s *Sessions) DeleteCtx(ctx context.Context, token string) error {
	_, err := s.pool.Exec(ctx, `delete from session where token = @token or expiry < now()`, pgx.NamedArgs{"token": token})
	if err != nil {
		return fmt.Errorf("delete session: %w", classify(err))
	}
	return nil
}

// hashed hashes a token the way scs does.
func hashed(token string) string {
	sum := sha256.Sum256([]byte(token))
	return base64.RawURLEncoding.EncodeToString(sum[:])
}

// Viewer returns who is signed in with a session, or the zero value, and notes
// that the session is in use. Errors: ErrAway.
func (s *Sessions) Viewer(ctx context.Context, token string) (account.Viewer, error) {
	var v account.Viewer
	var countries, slugs, names []string
	var stale bool
	args := pgx.NamedArgs{"token": hashed(token), "every": seenEvery, "idle": SessionIdle, "life": SessionLife}
	err := s.pool.QueryRow(ctx, `select a.id, a.role, a.also, a.name, seen < now() - @every::interval, array(select c.country`+accountCities+`),
		array(select c.slug`+accountCities+`), array(select c.name`+accountCities+`)
		from session s join account a on a.id = s.account where token = @token and expiry > now() and a.state = 'active'`, args).
		Scan(&v.ID, &v.Role, &v.Also, &v.Name, &stale, &countries, &slugs, &names)
	if errors.Is(err, pgx.ErrNoRows) {
		return account.Viewer{}, nil
	}
	if err == nil && stale {
		_, err = s.pool.Exec(ctx, `update session set seen = now(), expiry = least(now() + @idle::interval, created + @life::interval)
			where token = @token`, args)
	}
	if err != nil {
		return account.Viewer{}, fmt.Errorf("recognise: %w", classify(err))
	}
	v.Cities = cities(countries, slugs, names)
	return v, nil
}

// maxAgent limits, in bytes, how much of a User-Agent header is kept: enough to
// tell browsers apart.
const maxAgent = 200

// SignedIn describes a successful sign-in.
type SignedIn struct {
	Account account.ID
	Token   string // of a session that has been committed
	Agent   string // User-Agent header
	At      time.Time
}

// Bind ties a session to an account and records the sign-in. Errors:
// ErrNotFound when the account or the session is gone, ErrAway.
func (s *Sessions) Bind(ctx context.Context, in SignedIn) error {
	err := s.write(ctx, func(tx pgx.Tx) error {
		done, err := tx.Exec(ctx, `update session set account = a.id, agent = @agent, created = now(), seen = now()
			from account a where token = @token and a.id = @account and a.state = 'active'`, pgx.NamedArgs{"account": int64(in.Account),
			"token": hashed(in.Token), "agent": cut(in.Agent, maxAgent)})
		if err == nil && done.RowsAffected() == 0 {
			err = ErrNotFound
		}
		if err != nil {
			return err
		}
		// Expired sessions are deleted here and in DeleteCtx only.
		if _, err := tx.Exec(ctx, `delete from session where expiry < now()`); err != nil {
			return err
		}
		return record(ctx, tx, Event{At: in.At, Account: in.Account, Action: SignIn, Subject: OfSession, Number: int64(in.Account)})
	})
	if err != nil {
		return fmt.Errorf("sign in: %w", classify(err))
	}
	return nil
}

// cut shortens a text to at most that many bytes of valid UTF-8 without NUL.
func cut(text string, bytes int) string {
	return strings.ReplaceAll(strings.ToValidUTF8(text[:min(len(text), bytes)], ""), "\x00", "")
}

// Session is a browser in which an account is signed in.
type Session struct {
	Agent   string // User-Agent header
	Created time.Time
	Seen    time.Time
	Current bool // whether it is the one that asked
}

// MaxSessions limits the list of an account's sessions.
const MaxSessions = 50

// OfAccount returns the sessions of an account, most recently used first. Token
// is that of the session which asks. Errors: ErrAway.
func (s *Sessions) OfAccount(ctx context.Context, id account.ID, token string) ([]Session, error) {
	rows, err := s.pool.Query(ctx, `select agent, created, seen, token = @token from session
		where account = @id and expiry > now() order by seen desc, created desc limit @most`,
		pgx.NamedArgs{"id": int64(id), "token": hashed(token), "most": MaxSessions})
	if err != nil {
		return nil, fmt.Errorf("list sessions: %w", classify(err))
	}
	list, err := pgx.CollectRows(rows, pgx.RowToStructByPos[Session])
	if err != nil {
		return nil, fmt.Errorf("list sessions: %w", classify(err))
	}
	return list, nil
}

// End signs an account out in all browsers, or in all but the one whose session
// has the token, and records it. Errors: ErrAway.
func (s *Sessions) End(ctx context.Context, id account.ID, except string, at time.Time) error {
	action := SignOutAll
	if except != "" {
		action = SignOutOthers
	}
	err := s.write(ctx, func(tx pgx.Tx) error {
		if err := endSessions(ctx, tx, id, except); err != nil {
			return err
		}
		return record(ctx, tx, Event{At: at, Account: id, Action: action, Subject: OfSession, Number: int64(id)})
	})
	if err != nil {
		return fmt.Errorf("end sessions: %w", classify(err))
	}
	return nil
}

// Fresh reports whether somebody has signed in with a session within that time before
// now. Errors: ErrAway.
func (s *Sessions) Fresh(ctx context.Context, token string, within time.Duration) (fresh bool, err error) {
	err = s.pool.QueryRow(ctx, `select exists (select from session where token = @token and created > now() - @within::interval)`,
		pgx.NamedArgs{"token": hashed(token), "within": within}).Scan(&fresh)
	if err != nil {
		return false, fmt.Errorf("look at a session: %w", classify(err))
	}
	return fresh, nil
}

// endSessions ends the sessions of an account except one.
func endSessions(ctx context.Context, tx pgx.Tx, id account.ID, except string) error {
	_, err := tx.Exec(ctx, `delete from session where account = @id and token <> @except`,
		pgx.NamedArgs{"id": int64(id), "except": hashed(except)})
	return err
}

// RecordFailure records a wrong password for an account; 0 stands for a mail address
// without one, which is recorded too, so that both take the same time. Who typed it
// is not known. Errors: ErrAway.
func (s *Sessions) RecordFailure(ctx context.Context, id account.ID, at time.Time) error {
	err := s.write(ctx, func(tx pgx.Tx) error {
		return record(ctx, tx, Event{At: at, Action: PasswordFailed, Subject: OfSession, Number: int64(id)})
	})
	if err != nil {
		return fmt.Errorf("record: %w", classify(err))
	}
	return nil
}

// Record records SignOut or SecondFailed for an account. Errors: ErrAway.
func (s *Sessions) Record(ctx context.Context, id account.ID, action string, at time.Time) error {
	err := s.write(ctx, func(tx pgx.Tx) error {
		return record(ctx, tx, Event{At: at, Account: id, Action: action, Subject: OfSession, Number: int64(id)})
	})
	if err != nil {
		return fmt.Errorf("record: %w", classify(err))
	}
	return nil
}
