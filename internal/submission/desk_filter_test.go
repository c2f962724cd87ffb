package submission_test

import (
	"net/url"
	"slices"
	"testing"

	"exempla/internal/submission"
)

// An address and what it asks for say the same, and nothing unknown is asked.
func TestDeskFilter(t *testing.T) {
	t.Parallel()
	for query, c := range map[string]struct {
		canonical string
		states    []submission.State
	}{
		"":                {"", []submission.State{submission.Submitted}},
		"state=submitted": {"", []submission.State{submission.Submitted}},
		"state=approved":  {"state=approved", []submission.State{submission.Approved}},
		"state=all":       {"state=all", submission.DeskStates()},
		"state=lost&language=xx&city=No+Slug&assignee=kim&page=2": {"", []submission.State{submission.Submitted}},
		"assignee=me&language=de&city=ioannina":                   {"assignee=me&city=ioannina&language=de", []submission.State{submission.Submitted}},
		"assignee=nobody&state=rejected":                          {"assignee=nobody&state=rejected", []submission.State{submission.Rejected}},
	} {
		values, err := url.ParseQuery(query)
		if err != nil {
			t.Fatal(err)
		}
		f := submission.ParseDeskFilter(values)
		if got := f.Query().Encode(); got != c.canonical || !slices.Equal(f.States(), c.states) {
			t.Errorf("%s: %s, %v", query, got, f.States())
		}
		if again := submission.ParseDeskFilter(f.Query()); again != f {
			t.Errorf("%s: %+v, then %+v", query, f, again)
		}
	}
	if len(submission.DeskStates()) != len(submission.States) {
		t.Error("a state that editors cannot choose")
	}
}
