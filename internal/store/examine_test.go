package store_test

import (
	"slices"
	"testing"
	"time"

	"exempla/internal/store"
	"exempla/internal/testdb"
)

func nodes(t *testing.T, s *store.Store) []store.Node {
	t.Helper()
	list, err := s.Nodes(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// A node is late when it shows less than there was at its report before, not when
// something was changed a moment ago.
func TestNodesReportThemselves(t *testing.T) {
	t.Parallel()
	s := testdb.Open(t)
	report := func(name string, change int64) {
		t.Helper()
		if err := s.Report(t.Context(), store.Node{Name: name, Version: "1", Build: "b"}, change); err != nil {
			t.Fatal(err)
		}
	}
	report("one:80", 0)
	testdb.Exec(t, s, `update catalogue_change set number = number + 5`)
	report("one:80", 0)
	report("two:80", 5)
	list := nodes(t, s)
	if len(list) != 2 || list[0].Late || list[0].Name != "one:80" || list[0].Version != "1" || list[0].Build != "b" || list[0].Silent > time.Minute {
		t.Errorf("%+v", list)
	}
	report("one:80", 0)
	report("two:80", 5)
	if list = nodes(t, s); !list[0].Late || list[1].Late {
		t.Errorf("%+v", list)
	}
	report("one:80", 5)
	testdb.Exec(t, s, `update node set seen = now() - interval '2 minutes' where name = 'two:80'`)
	if list = nodes(t, s); list[0].Late || list[0].Silent > store.LongSilence || list[1].Silent < 2*time.Minute {
		t.Errorf("%+v", list)
	}
	testdb.Exec(t, s, `update node set seen = now() - interval '25 hours' where name = 'two:80'`)
	report("one:80", 5)
	if list = nodes(t, s); len(list) != 1 {
		t.Errorf("who was silent for a day is remembered: %+v", list)
	}
	if err := s.Leave(t.Context(), "one:80"); err != nil {
		t.Fatal(err)
	}
	if list = nodes(t, s); len(list) != 0 {
		t.Errorf("who has left is remembered: %+v", list)
	}
}

func TestTroublesOfAState(t *testing.T) {
	t.Parallel()
	day := 24 * time.Hour
	for _, c := range []struct {
		state store.State
		want  []store.Trouble
	}{
		{store.State{Writable: true}, nil},
		{store.State{}, []store.Trouble{store.ReadOnly}},
		{store.State{Writable: true, Standbys: 1, StandbyLag: 31 * time.Second}, []store.Trouble{store.StandbyBehind}},
		{store.State{Writable: true, MailsWaiting: 2, MailsOldest: 61 * time.Minute, MailsGivenUp: 1}, []store.Trouble{store.MailsGivenUp, store.MailsWait}},
		{store.State{Writable: true, Backup: tuesday.Add(-day), Trial: tuesday.Add(-34 * day)}, nil},
		{store.State{Writable: true, Backup: tuesday.Add(-2 * day), Trial: tuesday.Add(-36 * day)}, []store.Trouble{store.BackupOld, store.BackupUntried}},
		{store.State{Writable: true, Backup: tuesday, BackupName: store.Lacking("x", 0), Trial: tuesday}, nil},
		{store.State{Writable: true, Backup: tuesday, BackupName: store.Lacking("x", 2), Trial: tuesday}, []store.Trouble{store.BackupLacks}},
		{store.State{Writable: true, Backup: tuesday}, []store.Trouble{store.BackupUntried}},
	} {
		if got := c.state.Troubles(tuesday); !slices.Equal(got, c.want) {
			t.Errorf("%+v: %v, want %v", c.state, got, c.want)
		}
	}
}
