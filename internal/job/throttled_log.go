package job

import (
	"context"
	"log/slog"
	"sync"
	"time"
)

// throttleInterval is how long the queue's own log is silent after a line: while
// the database is away, each of its parts would complain every second.
const throttleInterval = time.Minute

// throttledLog passes on errors only, and at most one in each interval.
type throttledLog struct {
	slog.Handler
	now  func() time.Time
	last *lastLogged // shared with the handlers made of this one
}

// lastLogged is when a line was passed on last.
type lastLogged struct {
	sync.Mutex
	at time.Time
}

func newThrottledLog(to slog.Handler, now func() time.Time) throttledLog {
	return throttledLog{to, now, new(lastLogged)}
}

// Enabled lets only errors through.
func (l throttledLog) Enabled(_ context.Context, level slog.Level) bool {
	return level >= slog.LevelError
}

// Handle passes a line on unless there was one within the interval.
func (l throttledLog) Handle(ctx context.Context, r slog.Record) error {
	l.last.Lock()
	defer l.last.Unlock()
	if l.now().Sub(l.last.at) < throttleInterval {
		return nil
	}
	l.last.at = l.now()
	return l.Handler.Handle(ctx, r)
}

// WithAttrs returns a handler with more attributes and the same interval.
func (l throttledLog) WithAttrs(attrs []slog.Attr) slog.Handler {
	return throttledLog{l.Handler.WithAttrs(attrs), l.now, l.last}
}

// WithGroup returns a handler in a group with the same interval.
func (l throttledLog) WithGroup(name string) slog.Handler {
	return throttledLog{l.Handler.WithGroup(name), l.now, l.last}
}
