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

// Limits of a session. They are those of a working day and a working week.
const (
	// SessionIdle is how long a session lasts without a request: who wrote in
	// the morning goes on in the evening, and who has left signs in anew.
	SessionIdle = 12 * time.Hour
	// SessionLife is how long it lasts in any case: a stolen one is worth
	// nothing next week.
	SessionLife = 7 * 24 * time.Hour
	// seenEvery is how exactly it is known when a session was last used: a
	// write for every page would cost more than anybody gains by it.
	seenEvery = time.Minute
)

// Sessions keeps the sessions of package scs. Tokens come as hashes only. The
// times of sessions are real ones, those that scs reads from the clock.
type Sessions struct{ db }

// errNoContext is for the half of scs's interface that nobody calls.
var errNoContext = errors.New("sessions are kept with a context only")

// Find, Commit and Delete without a context are never called by scs when those
// with one are there.
func (*Sessions) Find(string) ([]byte, bool, error) { return nil, false, errNoContext }

// Commit is like Find.
func (*Sessions) Commit(string, []byte, time.Time) error { return errNoContext }

// Delete is like Find.
func (*Sessions) Delete(string) error { return errNoContext }

// FindCtx reads the data of a session that is still valid. Errors: ErrAway.
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

// DeleteCtx removes a session, and with it those that have expired, which
// nobody else looks for. Errors: ErrAway.
func (s *Sessions) DeleteCtx(ctx context.Context, token string) error {
	_, err := s.pool.Exec(ctx, `delete from session where token = @token or expiry < now()`, pgx.NamedArgs{"token": token})
	if err != nil {
		return fmt.Errorf("delete session: %w", classify(err))
	}
	return nil
}

// hashed is a token as scs hashes it before it stores it.
func hashed(token string) string {
	sum := sha256.Sum256([]byte(token))
	return base64.RawURLEncoding.EncodeToString(sum[:])
}

// SessionViewer is whoever has signed in with a session, the zero value for
// nobody; it notes that the session is in use. Errors: ErrAway.
func (s *Sessions) Viewer(ctx context.Context, token string) (account.Viewer, error) {
	var v account.Viewer
	var countries, slugs, names []string
	var stale bool
	args := pgx.NamedArgs{"token": hashed(token), "every": seenEvery, "idle": SessionIdle, "life": SessionLife}
	err := s.pool.QueryRow(ctx, `select a.id, a.role, a.name, seen < now() - @every::interval, array(select c.country`+accountCities+`),
		array(select c.slug`+accountCities+`), array(select c.name`+accountCities+`)
		from session s join account a on a.id = s.account where token = @token and expiry > now() and a.state = 'active'`, args).
		Scan(&v.ID, &v.Role, &v.Name, &stale, &countries, &slugs, &names)
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

// maxAgent bounds what is kept of a browser's own words, in bytes: enough to
// tell it from another one.
const maxAgent = 200

// SignedIn says how somebody has signed in.
type SignedIn struct {
	Account account.ID
	Token   string // of a session that is in the store already
	Agent   string // the browser's own words
	At      time.Time
}

// BindSession makes a session that of an account, and records that somebody
// has signed in. Errors: ErrNotFound when account or session has gone
// meanwhile; ErrAway.
func (s *Sessions) Bind(ctx context.Context, in SignedIn) error {
	err := pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		done, err := tx.Exec(ctx, `update session set account = a.id, agent = @agent, created = now(), seen = now()
			from account a where token = @token and a.id = @account and a.state = 'active'`, pgx.NamedArgs{"account": int64(in.Account),
			"token": hashed(in.Token), "agent": cut(in.Agent, maxAgent)})
		if err == nil && done.RowsAffected() == 0 {
			err = ErrNotFound
		}
		if err != nil {
			return err
		}
		// Sessions that are over have no other day of reckoning.
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

// cut shortens a text to some bytes, to whole characters of valid text.
func cut(text string, bytes int) string {
	return strings.ReplaceAll(strings.ToValidUTF8(text[:min(len(text), bytes)], ""), "\x00", "")
}

// Session is a place where somebody is signed in.
type Session struct {
	Agent   string // the browser's own words
	Created time.Time
	Seen    time.Time
	Current bool // whether it is the one that asks
}

// MaxSessions bounds a list of sessions; nobody uses so many browsers.
const MaxSessions = 50

// AccountSessions lists where an account is signed in, the latest used first.
// Errors: ErrAway.
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

// EndSessions signs an account out everywhere, or everywhere but in the session
// with the token, and records it. Errors: ErrAway.
func (s *Sessions) End(ctx context.Context, id account.ID, except string, at time.Time) error {
	action := SignOutAll
	if except != "" {
		action = SignOutOthers
	}
	err := pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
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

// endSessions ends the sessions of an account but for one.
func endSessions(ctx context.Context, tx pgx.Tx, id account.ID, except string) error {
	_, err := tx.Exec(ctx, `delete from session where account = @id and token <> @except`,
		pgx.NamedArgs{"id": int64(id), "except": hashed(except)})
	return err
}

// RecordSession records what happened when somebody signed in or out: SignOut,
// or SecondFailed. Errors: ErrAway.
func (s *Sessions) Record(ctx context.Context, id account.ID, action string, at time.Time) error {
	err := pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		return record(ctx, tx, Event{At: at, Account: id, Action: action, Subject: OfSession, Number: int64(id)})
	})
	if err != nil {
		return fmt.Errorf("record: %w", classify(err))
	}
	return nil
}
