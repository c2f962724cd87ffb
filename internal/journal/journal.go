// Package journal is the log of the whole program: where its lines go and when
// they are written. It does not know what they say.
package journal

import (
	"bufio"
	"context"
	"log/slog"
	"os"
	"sync"
	"time"
)

// Bounds of the lines that wait to be written. A line for each request, written
// on its own, took a third of the rate at which kept pages are sent.
const (
	logBytes = 64 << 10
	logDelay = 100 * time.Millisecond // within which every line is written; it is what a kill may lose
)

// Open makes the log, on standard error, as text or json, and a function that
// writes what waits, to be called before the program ends.
func Open(format string) (log *slog.Logger, flush func()) {
	lines := &lines{out: bufio.NewWriterSize(os.Stderr, logBytes)}
	var handler slog.Handler = slog.NewTextHandler(lines, nil)
	if format == "json" {
		handler = slog.NewJSONHandler(lines, nil)
	}
	log = slog.New(urgent{handler, lines})
	slog.SetDefault(log)
	return log, lines.flush
}

// lines gathers lines and writes many at once.
type lines struct {
	mu  sync.Mutex
	out *bufio.Writer
	due *time.Timer // nil while nothing waits
}

// Write takes one line. It never fails: a log that cannot be written must not
// stop the site.
func (l *lines) Write(line []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.due == nil {
		l.due = time.AfterFunc(logDelay, l.flush)
	}
	_, _ = l.out.Write(line)
	return len(line), nil
}

func (l *lines) flush() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.due != nil {
		l.due.Stop()
		l.due = nil
	}
	if l.out.Flush() != nil {
		l.out.Reset(os.Stderr) // one that has failed once would fail for ever
	}
}

// urgent writes warnings and failures at once, with whatever waits before them.
type urgent struct {
	slog.Handler
	lines *lines
}

// Handle writes a record.
func (u urgent) Handle(ctx context.Context, r slog.Record) error {
	err := u.Handler.Handle(ctx, r)
	if r.Level >= slog.LevelWarn {
		u.lines.flush()
	}
	return err
}

// WithAttrs and WithGroup keep the urgency.
func (u urgent) WithAttrs(attrs []slog.Attr) slog.Handler {
	return urgent{u.Handler.WithAttrs(attrs), u.lines}
}

// WithGroup is like WithAttrs.
func (u urgent) WithGroup(name string) slog.Handler {
	return urgent{u.Handler.WithGroup(name), u.lines}
}
