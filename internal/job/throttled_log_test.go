package job

import (
	"bytes"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/riverqueue/river/rivertype"
)

// While the database is away, one complaint a minute is enough, whichever part of
// the queue it comes from.
func TestThrottledLog(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, time.March, 2, 9, 0, 0, 0, time.UTC)
	var out bytes.Buffer
	log := slog.New(newThrottledLog(slog.NewTextHandler(&out, nil), func() time.Time { return now }))
	fetcher, leader := log.With("part", "fetcher"), log.WithGroup("leader")
	for _, c := range []struct {
		after time.Duration
		log   *slog.Logger
		level slog.Level
		want  string // part of the line; "" for none
	}{
		{0, log, slog.LevelInfo, ""},
		{0, log, slog.LevelWarn, ""},
		{0, fetcher, slog.LevelError, "part=fetcher"},
		{time.Second, log, slog.LevelError, ""},
		{0, leader, slog.LevelError, ""},
		{throttleInterval - 2*time.Second, fetcher, slog.LevelError, ""},
		{time.Second, leader, slog.LevelError, "leader.error=away"},
		{throttleInterval, log, slog.LevelWarn, ""}, // and does not count
		{0, log, slog.LevelError, "error=away"},
	} {
		now = now.Add(c.after)
		out.Reset()
		c.log.Log(t.Context(), c.level, "cannot reach the database", "error", errors.New("away"))
		if got := out.String(); (got != "") != (c.want != "") || !strings.Contains(got, c.want) {
			t.Errorf("at %s: %q, want %q", now.Format(time.TimeOnly), got, c.want)
		}
	}
}

// The log of a job that failed says which one and in what way, and nothing of the
// people in it.
func TestFailuresInTheLog(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	told := &failureLog{slog.New(slog.NewTextHandler(&out, nil))}
	row := &rivertype.JobRow{ID: 7, Kind: "mail", Attempt: 2, EncodedArgs: []byte(`{"to": "ana@city.example", "secret": "s3cret"}`)}
	if result := told.HandleError(t.Context(), row, errors.New("busy 450")); result != nil {
		t.Errorf("the retry is decided here: %+v", result)
	}
	if result := told.HandlePanic(t.Context(), row, "ana@city.example", "mailer.go:7"); result != nil {
		t.Errorf("the retry is decided here: %+v", result)
	}
	got := out.String()
	for _, want := range []string{"level=WARN", "level=ERROR", "kind=mail", "job=7", "try=2", `error="busy 450"`, "trace=mailer.go:7"} {
		if !strings.Contains(got, want) {
			t.Errorf("the log does not say %s:\n%s", want, got)
		}
	}
	if strings.Contains(got, "@") || strings.Contains(got, "s3cret") {
		t.Errorf("the log names people:\n%s", got)
	}
}
