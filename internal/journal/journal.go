// Package journal is the log of the whole program: where its lines go and when
// they are written. It does not know what they say.
package journal

import (
	"bufio"
	"context"
	"io"
	"log/slog"
	"os"
	"sync"
	"time"
)

// Limits on the lines waiting to be written. Writing the line of each request on
// its own cost a third of the rate at which cached pages are served.
const (
	bufferSize = 64 << 10               // bytes
	flushDelay = 100 * time.Millisecond // the longest a line waits, and so what a kill may lose
)

// Open makes the log on standard error and sets it as slog's default. The format
// is "json" or, for anything else, text. Call flush before the program ends: it
// writes the lines still waiting.
func Open(format string) (log *slog.Logger, flush func()) {
	log, flush = open(os.Stderr, format)
	slog.SetDefault(log)
	return log, flush
}

func open(to io.Writer, format string) (log *slog.Logger, flush func()) {
	buffer := &bufferedWriter{to: to, out: bufio.NewWriterSize(to, bufferSize)}
	var handler slog.Handler = slog.NewTextHandler(buffer, nil)
	if format == "json" {
		handler = slog.NewJSONHandler(buffer, nil)
	}
	return slog.New(flushOnWarn{handler, buffer}), buffer.flush
}

// bufferedWriter gathers lines and writes many at once.
type bufferedWriter struct {
	mu  sync.Mutex
	to  io.Writer
	out *bufio.Writer // to to
	due *time.Timer   // nil while nothing waits
}

// Write takes one line. It never fails: a log that cannot be written must not
// stop the site.
func (b *bufferedWriter) Write(line []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.due == nil {
		b.due = time.AfterFunc(flushDelay, b.flush)
	}
	_, _ = b.out.Write(line)
	return len(line), nil
}

func (b *bufferedWriter) flush() {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.due != nil {
		b.due.Stop()
		b.due = nil
	}
	if b.out.Flush() != nil {
		b.out.Reset(b.to) // a bufio.Writer keeps its first error for ever
	}
}

// flushOnWarn writes warnings and errors at once, with the lines waiting before
// them.
type flushOnWarn struct {
	slog.Handler
	buffer *bufferedWriter
}

// Handle writes a record.
func (h flushOnWarn) Handle(ctx context.Context, r slog.Record) error {
	err := h.Handler.Handle(ctx, r)
	if r.Level >= slog.LevelWarn {
		h.buffer.flush()
	}
	return err
}

// WithAttrs returns a handler that flushes on warnings too.
func (h flushOnWarn) WithAttrs(attrs []slog.Attr) slog.Handler {
	return flushOnWarn{h.Handler.WithAttrs(attrs), h.buffer}
}

// WithGroup returns a handler that flushes on warnings too.
func (h flushOnWarn) WithGroup(name string) slog.Handler {
	return flushOnWarn{h.Handler.WithGroup(name), h.buffer}
}
