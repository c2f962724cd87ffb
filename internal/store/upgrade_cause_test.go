package store_test

import (
	_ "embed"
	"encoding/json"
	"testing"

	"exempla/internal/submission"
	"exempla/internal/testdb"
	"exempla/migrations"
)

// causes are the sentences of that time, by language and cause. Messages may change;
// what stands in older databases does not.
//
//go:embed testdata/causes.json
var causes []byte

// Until causes were codes, a rejection kept the sentence of its cause as the
// first line of its reason, in the language of the text.
func TestCausesOfOlderRejectionsBecomeCodes(t *testing.T) {
	t.Parallel()
	s := bare(t)
	if _, err := s.Migrate(t.Context(), olderThan(t, "0005")); err != nil {
		t.Fatal(err)
	}
	testdb.Exec(t, s, `insert into account (role, state, name, mail, handle, created) values ('editor', 'active', 'Kim', 'kim@example.org', 'k', now())`)
	testdb.Exec(t, s, `insert into submission (kind, language, state, content, version, form_key, created, updated, since) values ('new', 'en', 'rejected', '{}', 1, 'k', now(), now(), now())`)
	type kept struct {
		cause  submission.Cause
		reason string
	}
	var want []kept
	old := func(decision, reason string, as kept) {
		testdb.Exec(t, s, `insert into review (submission, revision, decision, reason, account, at) values (1, 1, $1, $2, 1, now())`, decision, reason)
		want = append(want, as)
	}
	var sentences map[string]map[submission.Cause]string
	if err := json.Unmarshal(causes, &sentences); err != nil {
		t.Fatal(err)
	}
	for _, of := range sentences {
		for _, cause := range submission.Causes {
			sentence := of[cause]
			old("rejected", sentence, kept{cause, ""})
			old("rejected", sentence+"\n\nSee\n\nthe other one", kept{cause, "See\n\nthe other one"})
		}
	}
	scope := sentences["en"]["scope"]
	for _, own := range []string{"Because", "Because\n\n" + scope, scope + " yet"} {
		old("rejected", own, kept{"", own})
	}
	old("reopened", scope, kept{"", scope})
	if _, err := s.Migrate(t.Context(), migrations.Files); err != nil {
		t.Fatal(err)
	}
	got, err := s.Submissions.Reviews(t.Context(), 1)
	if err != nil || len(got) != len(want) {
		t.Fatalf("%d reviews of %d, %v", len(got), len(want), err)
	}
	for i, r := range got {
		if now := (kept{r.Cause, r.Reason}); now != want[i] {
			t.Errorf("%s: %+v, want %+v", r.Decision, now, want[i])
		}
	}
}
