package journal

import (
	"bufio"
	"bytes"
	"log/slog"
	"testing"
)

// Lines wait for one another, except those that somebody should see now.
func TestWarningsAreWrittenAtOnce(t *testing.T) {
	t.Parallel()
	var written bytes.Buffer
	l := &lines{out: bufio.NewWriterSize(&written, logBytes)}
	log := slog.New(urgent{slog.NewTextHandler(l, nil), l}).With("program", "one").WithGroup("two")
	log.Info("first")
	if written.Len() > 0 {
		t.Errorf("written at once: %s", &written)
	}
	log.Warn("second")
	if got := bytes.Count(written.Bytes(), []byte("\n")); got != 2 {
		t.Errorf("%d lines are written, want both:\n%s", got, &written)
	}
	written.Reset()
	log.Info("third")
	l.flush()
	if written.Len() == 0 {
		t.Error("what waited is lost")
	}
}
