package main

import (
	"strings"
	"testing"
	"time"

	"exempla/internal/store"
	"exempla/internal/testdb"
)

// Doctor advises where a backup, or its trial, is old, and where it lacks files.
func TestDoctorLooksAtBackups(t *testing.T) {
	t.Parallel()
	server := testdb.Private(t, emptyFolder(t))
	place := "DATABASE_URL=" + server.URL() + " EXEMPLA_FILES=" + emptyFolder(t)
	if said, status := run(t, place, "migrate"); status != 0 {
		t.Fatal(said)
	}
	s, err := store.Open(t.Context(), server.URL())
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	const day = 24 * time.Hour
	for _, c := range []struct {
		name        string
		made, tried time.Duration // ago
		says        []string
	}{
		{"x.backup", day, 34 * day, []string{"ok  backup: x.backup, made on", "ok  backup restored on trial: x.backup"}},
		{"x.backup", 37 * time.Hour, day, []string{"BAD backup: x.backup", "it is old: run exempla backup", "ok  backup restored on trial"}},
		{"x.backup", day, 36 * day, []string{"ok  backup: x.backup", "BAD backup restored on trial", "run exempla restore --check FILE"}},
		{store.Lacking("x.backup", 2), day, day, []string{"BAD backup: x.backup; files missing: 2", "keep an older one", "ok  backup restored on trial"}},
	} {
		now := time.Now()
		if err := s.Note(t.Context(), store.BackupMade, c.name, now.Add(-c.made)); err != nil {
			t.Fatal(err)
		}
		if err := s.Note(t.Context(), store.BackupChecked, "x.backup", now.Add(-c.tried)); err != nil {
			t.Fatal(err)
		}
		said, status := run(t, place, "doctor")
		wantMentions(t, said, c.says...)
		if (status != 0) != strings.Contains(said, "BAD ") {
			t.Errorf("%v: ended with %d", c.says, status)
		}
	}
}
