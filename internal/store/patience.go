package store

import (
	"context"
	"errors"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// How long one question to the database may take. A database that is silent, as
// one that was stopped or whose line is dead, refuses nothing, so that without a
// limit people would wait for as long as it is silent.
const (
	// pageTime is for whoever waits for a page: together with making the page, two
	// seconds. What pages ask is answered in a few thousandths of a second.
	pageTime = 1200 * time.Millisecond
	// questionTime is for commands and for following changes, which nobody watches.
	questionTime = 10 * time.Second
	// longTime is for what may take long: migrations, imports, and reading the
	// catalogue. The longest statement, an index of a million titles, takes two
	// minutes; waiting for another program that migrates takes up to five.
	longTime = 10 * time.Minute
	// connectTime is for a new connection. A dead attempt occupies a place in the
	// pool, so it must not last.
	connectTime = 5 * time.Second
)

// errSilent is why a question ended that had no answer in time.
var errSilent = errors.New("no answer in time")

// patience is how long the questions of a context may take.
type patience struct {
	each time.Duration
	// lost is set once a question had no answer; then the next ones of the same
	// page are not asked, so that the page waits once. Nil for all but pages.
	lost *atomic.Bool
}

type patienceKey struct{}

// ForPage returns a context for the questions of one request, on which a person
// waits.
func ForPage(ctx context.Context) context.Context {
	return context.WithValue(ctx, patienceKey{}, patience{pageTime, new(atomic.Bool)})
}

// ForLong returns a context for work that may take long and that nobody waits
// for. The context of a page stays as it is.
func ForLong(ctx context.Context) context.Context {
	if p, _ := ctx.Value(patienceKey{}).(patience); p.lost != nil {
		return ctx
	}
	return context.WithValue(ctx, patienceKey{}, patience{each: longTime})
}

// questionKey is the context's key of the function that ends a question.
type questionKey struct{}

// begin gives a question its limit.
func begin(ctx context.Context) context.Context {
	p, ok := ctx.Value(patienceKey{}).(patience)
	switch {
	case !ok:
		p.each = questionTime
	case p.lost != nil && p.lost.Load():
		p.each = 0
	}
	ctx, cancel := context.WithTimeoutCause(ctx, p.each, errSilent)
	return context.WithValue(ctx, questionKey{}, cancel)
}

// end releases what begin has taken, and notes that there was no answer.
func end(ctx context.Context) {
	if p, _ := ctx.Value(patienceKey{}).(patience); p.lost != nil && errors.Is(context.Cause(ctx), errSilent) {
		p.lost.Store(true)
	}
	if cancel, ok := ctx.Value(questionKey{}).(context.CancelFunc); ok {
		cancel()
	}
}

// limiter limits everything that is asked of the pool and its connections. The
// driver calls it a tracer: it gives it the context of each question, and takes
// the one that is returned. Waiting for a notification is no question.
type limiter struct{}

var (
	_ pgx.QueryTracer       = limiter{}
	_ pgx.BatchTracer       = limiter{}
	_ pgx.CopyFromTracer    = limiter{}
	_ pgxpool.AcquireTracer = limiter{}
)

// TraceQueryStart begins a statement.
func (limiter) TraceQueryStart(ctx context.Context, _ *pgx.Conn, _ pgx.TraceQueryStartData) context.Context {
	return begin(ctx)
}

// TraceQueryEnd ends a statement.
func (limiter) TraceQueryEnd(ctx context.Context, _ *pgx.Conn, _ pgx.TraceQueryEndData) { end(ctx) }

// TraceBatchStart begins several statements that are sent together.
func (limiter) TraceBatchStart(ctx context.Context, _ *pgx.Conn, _ pgx.TraceBatchStartData) context.Context {
	return begin(ctx)
}

// TraceBatchQuery is called for each of them, and does nothing.
func (limiter) TraceBatchQuery(context.Context, *pgx.Conn, pgx.TraceBatchQueryData) {}

// TraceBatchEnd ends them.
func (limiter) TraceBatchEnd(ctx context.Context, _ *pgx.Conn, _ pgx.TraceBatchEndData) { end(ctx) }

// TraceCopyFromStart begins sending rows.
func (limiter) TraceCopyFromStart(ctx context.Context, _ *pgx.Conn, _ pgx.TraceCopyFromStartData) context.Context {
	return begin(ctx)
}

// TraceCopyFromEnd ends sending rows.
func (limiter) TraceCopyFromEnd(ctx context.Context, _ *pgx.Conn, _ pgx.TraceCopyFromEndData) {
	end(ctx)
}

// TraceAcquireStart begins waiting for a connection.
func (limiter) TraceAcquireStart(ctx context.Context, _ *pgxpool.Pool, _ pgxpool.TraceAcquireStartData) context.Context {
	return begin(ctx)
}

// TraceAcquireEnd ends waiting for a connection.
func (limiter) TraceAcquireEnd(ctx context.Context, _ *pgxpool.Pool, _ pgxpool.TraceAcquireEndData) {
	end(ctx)
}
