package store

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"exempla/internal/catalogue"
)

// How often a replica is looked at, and how long an announced change is waited for
// there before the primary is asked. A replica nearby has it within some milliseconds.
const (
	lookEvery   = time.Second
	awaitChange = 150 * time.Millisecond
	awaitAgain  = 3 * time.Millisecond
)

// replica is a standby of the database that answers what residents ask, if it has the
// last change that this program shows: so nobody sees the past of what they have just
// changed or read.
type replica struct {
	connections
	shown   atomic.Pointer[catalogue.Catalogue] // what this program shows; nil until it follows
	answers atomic.Bool
	has     atomic.Int64 // the last change that it has; otherHistory if it is not that of what is shown
	late    atomic.Bool  // an announced change was waited for in vain
	since   atomic.Int64 // when it was last used, as nanoseconds of Unix time; 0 if it is
	server  atomic.Value // which server it is; a string
	kin     atomic.Value // which database the primary is, a string; empty until it is known
	alien   atomic.Bool  // it is another database than the primary
}

// otherHistory is the last change of a replica that does not have what is shown.
const otherHistory = -1

// ReadFrom lets Reading ask a replica at a Postgres URL, from when it answers. It does
// not have to be there yet.
func (s *Store) ReadFrom(ctx context.Context, url string) error {
	d := s.db
	d.replica = &replica{}
	d.replica.since.Store(time.Now().UnixNano())
	d.replica.server.Store("")
	d.replica.kin.Store("")
	var err error
	if d.replica.connections, err = connect(ctx, url, s.limits, d.replica.recognise); err != nil {
		return err
	}
	s.reading = newStore(d)
	s.reading.Practices.exports = s.Practices.exports
	if err := d.replica.look(ctx); err != nil {
		slog.Warn("the replica does not answer; the primary does", "error", err)
	}
	return nil
}

// learn finds out which database the primary is, so that another one is not read from: its
// connections are given up, and new ones are refused.
func (r *replica) learn(ctx context.Context, primary connections) {
	var kin string
	if primary.QueryRow(ctx, identity).Scan(&kin) == nil && r.kin.Swap(kin) != kin {
		r.Reset()
	}
}

// ErrNoReplica is the error for a replica that is another database than the primary.
var ErrNoReplica = errors.New("EXEMPLA_READ_URL leads to another database than DATABASE_URL")

// recognise refuses a connection to another database than the primary, and notices that a
// new one leads to another server than the others, as behind a balancer, or to one that
// has started anew. What is known of the first does not hold for that one, so that the
// others are given up.
func (r *replica) recognise(ctx context.Context, conn *pgx.Conn) error {
	if kin := r.kin.Load(); kin != "" {
		var own string
		if err := conn.QueryRow(ctx, identity).Scan(&own); err != nil {
			return err
		}
		r.alien.Store(own != kin)
		if own != kin {
			return fmt.Errorf("%w: %w", ErrAway, ErrNoReplica)
		}
	}
	var server string
	err := conn.QueryRow(ctx, `select concat_ws(' ', inet_server_addr(), inet_server_port(), pg_postmaster_start_time())`).Scan(&server)
	if err != nil {
		return err
	}
	if before := r.server.Swap(server); before != "" && before != server {
		r.has.Store(otherHistory) // until the next look
		r.Reset()
	}
	return nil
}

// ReadsOnly reports whether there is no primary on purpose: its address is that of the
// replica.
func (s *Store) ReadsOnly() bool {
	return s.reading != nil && s.pool.Config().ConnString() == s.reading.replica.Config().ConnString()
}

// Reading is the store for what residents see, which asks the replica where there is one
// and the primary otherwise. Changes go to the primary by either.
func (s *Store) Reading() *Store {
	if s.reading == nil {
		return s
	}
	return s.reading
}

// Standby is a store that asks the replica alone, which takes no changes; nil if there is
// none.
func (s *Store) Standby() *Store {
	if s.reading == nil {
		return nil
	}
	return newStore(s.reading.at(s.reading.replica.connections))
}

// at is a database that asks one server only.
func (d db) at(pool connections) db {
	d.standby = d.replica != nil && pool == d.replica.connections
	d.pool, d.direct, d.replica = pool, pool, nil
	return d
}

// errPerhapsNewer is for what is not numbered as a change of the catalogue, such as a
// file that nobody published yet: a replica that does not have it may get it.
var errPerhapsNewer = fmt.Errorf("at the replica: %w", ErrNotFound)

// ask puts a question that changes nothing, and that may be put again: to the replica, if
// there is one that has what is shown, else to the primary. What is older than the list
// is never shown, for it would be kept with the list.
func (d db) ask(ctx context.Context, question func(context.Context, db) error) error {
	r := d.replica
	if r == nil {
		return classify(question(ctx, d))
	}
	atReplica := func(ctx context.Context) error { return question(ctx, d.at(r.connections)) }
	var first error
	if server := r.server.Load(); r.serves() {
		if first = r.try(ctx, atReplica); !r.fails(ctx, first) && r.server.Load() == server {
			return first
		}
	}
	err := classify(question(ctx, d.at(d.pool)))
	switch {
	case !errors.Is(err, ErrAway) || ctx.Err() != nil:
		return err
	case errors.Is(first, errPerhapsNewer):
		return first
	case first == nil && r.answers.Load() && r.look(ctx) == nil && r.serves(): // it has caught up just now
		return r.try(ctx, atReplica)
	}
	return err
}

// try leaves half of the time that there is for the primary.
func (r *replica) try(ctx context.Context, question func(context.Context) error) error {
	if end, ok := ctx.Deadline(); ok {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, time.Until(end)/2)
		defer cancel()
	}
	return classify(question(ctx))
}

// fails reports whether the primary has to be asked instead. A replica that is away is
// not asked again until a look at it succeeds. It may also refuse because what it
// replays takes away what is being read, or because it does not have a new table yet.
func (r *replica) fails(ctx context.Context, err error) bool {
	var server *pgconn.PgError
	switch {
	case err == nil, ctx.Err() != nil, errors.Is(err, ErrNoText):
		return false
	case errors.As(err, &server) && server.Code == queryCanceled:
		return true
	case errors.Is(err, ErrAway):
		r.lose(err)
		return true
	}
	return server != nil || errors.Is(err, errPerhapsNewer)
}

// queryCanceled is the code of Postgres for a question that it has given up.
const queryCanceled = "57014"

// lose stops asking the replica.
func (r *replica) lose(err error) {
	if r.answers.Swap(false) {
		r.since.CompareAndSwap(0, time.Now().UnixNano())
		slog.Warn("the replica does not answer; the primary does", "error", err)
		r.Reset() // no question waits for a connection that is dead
	}
}

// serves reports whether the replica has what is shown.
func (r *replica) serves() bool { return r.answers.Load() && r.has.Load() >= r.change() }

func (r *replica) change() int64 {
	if c := r.shown.Load(); c != nil {
		return c.Index().Change()
	}
	return 0
}

// last is the last change of a server, and the mark of that or of an earlier one.
func (c connections) last(ctx context.Context, marked int64) (number int64, mark string, err error) {
	err = c.QueryRow(ctx, `select number, coalesce((select mark from catalogue_mark m where m.number = least(c.number, @marked)), '') from catalogue_change c`,
		pgx.NamedArgs{"marked": marked}).Scan(&number, &mark)
	return number, mark, err
}

// look finds out how far the replica is. Errors: ErrAway.
func (r *replica) look(ctx context.Context) error {
	var shown int64
	mark := ""
	server := r.server.Load()
	c := r.shown.Load()
	if c != nil {
		x := c.Index()
		shown, mark = x.Change(), x.Mark()
	}
	has, known, err := r.last(ctx, shown)
	if err != nil {
		if ctx.Err() == nil {
			r.lose(err)
		}
		return fmt.Errorf("look at the replica: %w", classify(err))
	}
	another := r.server.Load() != server && server != "" // the answer may be of the one before
	if another || c != nil && has >= shown && known != mark {
		has = otherHistory
	}
	r.has.Store(has)
	back := !r.answers.Swap(true)
	switch {
	case !r.serves():
		r.since.CompareAndSwap(0, time.Now().UnixNano())
	default:
		r.late.Store(false)
		if r.since.Swap(0) != 0 && back {
			slog.Info("the replica answers", "change", has)
		}
	}
	return nil
}

// await reports whether the replica has a change, at once or soon. One that lets wait is
// not waited for again before it has caught up.
func (r *replica) await(ctx context.Context, change int64) bool {
	for end := time.Now().Add(awaitChange); r.answers.Load() && !r.late.Load(); {
		if r.look(ctx) != nil || r.has.Load() == otherHistory {
			return false
		}
		if r.has.Load() >= change {
			return true
		}
		if time.Now().After(end) {
			r.late.Store(true)
		}
		select {
		case <-ctx.Done():
			return false
		case <-time.After(awaitAgain):
		}
	}
	return false
}

// Replica is how far a replica is.
type Replica struct {
	Answers bool          // it is there
	Used    bool          // and has what is shown, so that it is asked
	Other   bool          // its history is not that of what is shown
	Behind  int64         // changes that are shown and that it does not have
	Unused  time.Duration // for which it has not been asked
}

// tell logs that the replica is there and for some time has not been asked, or is asked
// again; told is the trouble that it told last, and it returns what is told now. A loss is
// told at once by lose.
func (r *replica) tell(told Trouble) Trouble {
	state := r.state()
	now := state.Trouble()
	switch {
	case now == told || now == ReplicaAway:
		return told
	case now == "":
		slog.Info("the replica has caught up")
	default:
		slog.Warn("the replica " + state.String())
	}
	return now
}

// Replica returns how far the replica is; nil if there is none.
func (s *Store) Replica() *Replica {
	r := s.Reading().replica
	if r == nil {
		return nil
	}
	state := r.state()
	return &state
}

func (r *replica) state() Replica {
	has := r.has.Load()
	state := Replica{Answers: r.answers.Load(), Used: r.serves()}
	if has == otherHistory || r.alien.Load() {
		state.Other = state.Answers || r.alien.Load()
	} else {
		state.Behind = max(0, r.change()-has)
	}
	if since := r.since.Load(); since != 0 && !state.Used {
		state.Unused = time.Since(time.Unix(0, since))
	}
	return state
}

// Trouble is what somebody has to see to; empty for nothing. That a replica is not asked
// for some seconds is none.
func (r Replica) Trouble() Trouble {
	switch {
	case r.Used || r.Unused < longLag:
		return ""
	case r.Other:
		return ReplicaOther
	case !r.Answers:
		return ReplicaAway
	}
	return ReplicaBehind
}

// String says it to operators.
func (r Replica) String() string {
	switch {
	case r.Other:
		return "does not have the history of the primary, which is asked instead"
	case !r.Answers:
		return "does not answer; until it does, the primary is asked"
	case r.Behind > 0:
		return fmt.Sprintf("answers, and does not have the last %d changes; until it does, the primary is asked", r.Behind)
	}
	return "answers, and has all changes"
}

// ExamineReplica checks the replica against the primary.
func (s *Store) ExamineReplica(ctx context.Context) Finding {
	f := Finding{Subject: "replica"}
	replica := s.reading.replica.connections
	has, _, err := replica.last(ctx, 0)
	if err != nil {
		f.Found, f.Advice = Replica{}.String(), err.Error()
		return f
	}
	shown, there, err := s.pool.last(ctx, has)
	if err != nil {
		f.Found = "answers"
		return f
	}
	_, here, err := replica.last(ctx, shown)
	state := Replica{Answers: true, Other: err != nil || here != there, Behind: max(0, shown-has)}
	const which = `select pg_postmaster_start_time(), not pg_is_in_recovery()`
	var began, primaryBegan time.Time
	var leads, primaryLeads bool
	err = errors.Join(replica.QueryRow(ctx, which).Scan(&began, &leads), s.pool.QueryRow(ctx, which).Scan(&primaryBegan, &primaryLeads))
	switch f.Found = state.String(); {
	case err != nil:
		f.Advice = err.Error()
	case state.Other:
		f.Advice = "let EXEMPLA_READ_URL lead to a standby of the server in DATABASE_URL; one that has gone its own way is copied anew, with pg_basebackup or pg_rewind"
	case leads && began.Equal(primaryBegan):
		f.Found, f.Advice = "is the primary itself", "let EXEMPLA_READ_URL lead to a standby, or leave it out: it takes no work off the primary"
	case leads:
		f.Found, f.Advice = "was promoted, and gets no more changes from the primary", "copy it anew, with pg_basebackup or pg_rewind; if it was meant to take over, let DATABASE_URL lead to it"
	}
	return f
}
