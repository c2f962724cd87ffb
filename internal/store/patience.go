package store

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// How long a question to the database may take. A database that is silent, as one
// that was stopped or whose line is dead, refuses nothing, so that without a limit
// people would wait for as long as it is silent.
const (
	// PageTime is for a site. A page that has no answer asks at most twice, who the
	// reader is and what the page shows, so that it comes within two seconds. What
	// pages ask is answered in a few thousandths of a second.
	PageTime = 800 * time.Millisecond
	// questionTime is for commands, which nobody waits for as for a page.
	questionTime = 10 * time.Second
	// followTime is for one look at what has changed; a large import changes much.
	followTime = time.Minute
	// longTime is for the whole of a migration, of an import, and of reading the
	// catalogue. A million practices take minutes, on a slow machine more.
	longTime = 2 * time.Hour
	// connectTime is for a new connection. A dead attempt occupies a place in the
	// pool, so it must not last.
	connectTime = 5 * time.Second
)

// Limit sets how long a question may take from now on, unless its context has a
// deadline of its own.
func (s *Store) Limit(most time.Duration) { s.limits.most.Store(int64(most)) }

// limiter limits everything that is asked of the pool and its connections. The
// driver calls it a tracer: it gives it the context of each question, and takes
// the one that is returned. Waiting for a notification is no question. It is safe
// for concurrent use.
type limiter struct {
	most atomic.Int64
	open sync.Map // from the contexts of questions to what releases them
}

var (
	_ pgx.QueryTracer       = (*limiter)(nil)
	_ pgx.BatchTracer       = (*limiter)(nil)
	_ pgx.CopyFromTracer    = (*limiter)(nil)
	_ pgxpool.AcquireTracer = (*limiter)(nil)
)

func newLimiter() *limiter {
	l := &limiter{}
	l.most.Store(int64(questionTime))
	return l
}

// begin gives a question its limit. A deadline of its own stays as it is.
func (l *limiter) begin(ctx context.Context) context.Context {
	if _, ok := ctx.Deadline(); ok {
		return ctx
	}
	ctx, cancel := context.WithTimeout(ctx, time.Duration(l.most.Load()))
	l.open.Store(ctx, cancel)
	return ctx
}

// end releases what begin has taken.
func (l *limiter) end(ctx context.Context) {
	if cancel, ok := l.open.LoadAndDelete(ctx); ok {
		cancel.(context.CancelFunc)()
	}
}

// TraceQueryStart begins a statement.
func (l *limiter) TraceQueryStart(ctx context.Context, _ *pgx.Conn, _ pgx.TraceQueryStartData) context.Context {
	return l.begin(ctx)
}

// TraceQueryEnd ends a statement.
func (l *limiter) TraceQueryEnd(ctx context.Context, _ *pgx.Conn, _ pgx.TraceQueryEndData) {
	l.end(ctx)
}

// TraceBatchStart begins several statements that are sent together.
func (l *limiter) TraceBatchStart(ctx context.Context, _ *pgx.Conn, _ pgx.TraceBatchStartData) context.Context {
	return l.begin(ctx)
}

// TraceBatchQuery is called for each of them, and does nothing.
func (*limiter) TraceBatchQuery(context.Context, *pgx.Conn, pgx.TraceBatchQueryData) {}

// TraceBatchEnd ends them.
func (l *limiter) TraceBatchEnd(ctx context.Context, _ *pgx.Conn, _ pgx.TraceBatchEndData) {
	l.end(ctx)
}

// TraceCopyFromStart begins sending rows.
func (l *limiter) TraceCopyFromStart(ctx context.Context, _ *pgx.Conn, _ pgx.TraceCopyFromStartData) context.Context {
	return l.begin(ctx)
}

// TraceCopyFromEnd ends sending rows.
func (l *limiter) TraceCopyFromEnd(ctx context.Context, _ *pgx.Conn, _ pgx.TraceCopyFromEndData) {
	l.end(ctx)
}

// TraceAcquireStart begins waiting for a connection.
func (l *limiter) TraceAcquireStart(ctx context.Context, _ *pgxpool.Pool, _ pgxpool.TraceAcquireStartData) context.Context {
	return l.begin(ctx)
}

// TraceAcquireEnd ends waiting for a connection.
func (l *limiter) TraceAcquireEnd(ctx context.Context, _ *pgxpool.Pool, _ pgxpool.TraceAcquireEndData) {
	l.end(ctx)
}
