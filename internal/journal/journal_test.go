package journal

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// target is where a log is written; it can be made to fail.
type target struct {
	mu      sync.Mutex
	text    bytes.Buffer
	count   int // of writes
	failing error
}

func (o *target) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.count++
	if o.failing != nil {
		return 0, o.failing
	}
	return o.text.Write(p)
}

func (o *target) fail(err error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.failing = err
}

func (o *target) writes() int {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.count
}

// lines are the lines written so far.
func (o *target) lines() []string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return strings.Split(strings.TrimSuffix(o.text.String(), "\n"), "\n")[:strings.Count(o.text.String(), "\n")]
}

// Lines wait for one another, except warnings and errors.
func TestWarningsAreWrittenAtOnce(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var out target
		log, flush := open(&out, "text")
		log = log.With("program", "one").WithGroup("two")
		log.Info("first")
		if got := out.lines(); len(got) > 0 {
			t.Errorf("written at once: %q", got)
		}
		log.Warn("second")
		if got := out.lines(); len(got) != 2 || !strings.Contains(got[0], "first") || !strings.Contains(got[1], "program=one") {
			t.Errorf("written after a warning: %q", got)
		}
		log.Error("third", "key", "value")
		if got := out.lines(); len(got) != 3 || !strings.Contains(got[2], "two.key=value") {
			t.Errorf("written after an error: %q", got)
		}
		log.Info("fourth")
		flush()
		if got := out.lines(); len(got) != 4 {
			t.Errorf("written after a flush: %q", got)
		}
	})
}

// A line waits no longer than the delay, counted from the first that waits, and
// the lines of one delay are one write.
func TestLinesAreWrittenAfterADelay(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var out target
		log, _ := open(&out, "text")
		for range 2 { // the clock starts anew after each write
			before := out.writes()
			log.Info("first")
			<-time.After(flushDelay - time.Millisecond)
			log.Info("second")
			synctest.Wait()
			if out.writes() != before {
				t.Error("written too soon")
			}
			<-time.After(time.Millisecond)
			synctest.Wait()
			if out.writes() != before+1 {
				t.Errorf("%d writes, want one", out.writes()-before)
			}
		}
		if got := out.lines(); len(got) != 4 {
			t.Errorf("written: %q", got)
		}
		<-time.After(time.Hour)
		if synctest.Wait(); out.writes() != 2 {
			t.Errorf("%d writes while nothing was logged", out.writes()-2)
		}
	})
}

// More than the buffer holds is neither lost nor torn.
func TestManyLinesOverflowTheBuffer(t *testing.T) {
	t.Parallel()
	var out target
	log, flush := open(&out, "text")
	long := strings.Repeat("x", 1000)
	var all sync.WaitGroup
	for range 10 {
		all.Go(func() {
			for range 20 {
				log.Info(long)
			}
		})
	}
	all.Wait()
	flush()
	got := out.lines()
	for _, line := range got {
		if !strings.HasPrefix(line, "time=") || !strings.HasSuffix(line, " level=INFO msg="+long) {
			t.Fatalf("a torn line: %q", line)
		}
	}
	if len(got) != 200 {
		t.Errorf("%d lines, want 200", len(got))
	}
}

// A full disk costs the lines of that time, not the log.
func TestLogRecoversFromAFailedWrite(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var out target
		log, flush := open(&out, "text")
		out.fail(errors.New("no space left on device"))
		log.Warn("lost")
		for range 2 * bufferSize / 1000 {
			log.Info(strings.Repeat("x", 1000)) // fails within Write, not only when flushing
		}
		flush()
		out.fail(nil)
		log.Warn("kept")
		if got := out.lines(); len(got) != 1 || !strings.HasSuffix(got[0], `msg=kept`) {
			t.Errorf("written: %q", got)
		}
	})
}

func TestFormatJSON(t *testing.T) {
	t.Parallel()
	var out target
	log, _ := open(&out, "json")
	log.With("program", "one").WithGroup("two").Warn("a \"message\"\nof two lines", "key", 7)
	got := out.lines()
	var line struct {
		Time    time.Time
		Level   string
		Message string `json:"msg"`
		Program string
		Two     struct{ Key int }
	}
	if len(got) != 1 || json.Unmarshal([]byte(got[0]), &line) != nil {
		t.Fatalf("not one object: %q", got)
	}
	if line.Time.IsZero() || line.Level != "WARN" || line.Message != "a \"message\"\nof two lines" || line.Program != "one" || line.Two.Key != 7 {
		t.Errorf("the line reads %+v", line)
	}
}
