package job

import (
	"context"
	"log/slog"
	"sync"
	"time"
)

// quietFor is how long the queue's own log is silent after a line: while the
// database is away each of its parts would complain every second.
const quietFor = time.Minute

// seldom passes errors on, at most one in a while.
type seldom struct {
	slog.Handler
	now  func() time.Time
	last *lastLine
}

// lastLine is when something was said last.
type lastLine struct {
	sync.Mutex
	at time.Time
}

func newSeldom(to slog.Handler, now func() time.Time) seldom { return seldom{to, now, new(lastLine)} }

// Enabled lets only errors through.
func (s seldom) Enabled(_ context.Context, level slog.Level) bool { return level >= slog.LevelError }

// Handle passes a line on unless there was one a moment ago.
func (s seldom) Handle(ctx context.Context, r slog.Record) error {
	s.last.Lock()
	defer s.last.Unlock()
	if s.now().Sub(s.last.at) < quietFor {
		return nil
	}
	s.last.at = s.now()
	return s.Handler.Handle(ctx, r)
}

// WithAttrs is the same with more attributes.
func (s seldom) WithAttrs(attrs []slog.Attr) slog.Handler {
	return seldom{s.Handler.WithAttrs(attrs), s.now, s.last}
}

// WithGroup is the same in a group.
func (s seldom) WithGroup(name string) slog.Handler {
	return seldom{s.Handler.WithGroup(name), s.now, s.last}
}
