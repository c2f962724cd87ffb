package submission_test

import (
	"net/url"
	"slices"
	"strings"
	"testing"

	"exempla/internal/account"
	"exempla/internal/practice"
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
		"state=lost&language=xx&city=No+Slug&assignee=kim&page=x&sort=luck": {"assignee=kim&city=No+Slug&language=xx&sort=luck&state=lost", []submission.State{submission.Submitted}},
		"state=+&state=approved&what=ever":                                  {"", []submission.State{submission.Submitted}},
		"assignee=me&language=de&city=ioannina":                             {"assignee=me&city=ioannina&language=de", []submission.State{submission.Submitted}},
		"q=++a%00+desk+&sort=newest&page=3":                                 {"page=3&q=a+desk&sort=newest", []submission.State{submission.Submitted}},
		"page=1&sort=":                                                      {"", []submission.State{submission.Submitted}},
		"page=-4&q=+":                                                       {"", []submission.State{submission.Submitted}},
		"assignee=nobody&state=rejected":                                    {"assignee=nobody&state=rejected", []submission.State{submission.Rejected}},
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

// What is unknown narrows nothing and is named.
func TestStraysOfTheDesk(t *testing.T) {
	t.Parallel()
	f := submission.ParseDeskFilter(url.Values{"sort": {"luck"}, "state": {"lost"}, "city": {"bergen"}, "language": {"el"}, "page": {"2"}})
	if f.Narrows() != true || len(f.Strays()) != 2 || f.Strays()[0] != (submission.Stray{Parameter: "state", Value: "lost"}) {
		t.Errorf("strays %v", f.Strays())
	}
	among := f.Among([]practice.Language{"en"}, []practice.City{{Country: "GR", Name: "Ioannina"}})
	if among.Narrows() || among.City != "" || among.Language != "" || len(among.Strays()) != 4 {
		t.Errorf("among others: %+v", among)
	}
	if got := among.Query().Encode(); got != f.Query().Encode() {
		t.Errorf("the address is %s", got)
	}
	if same := f.Among([]practice.Language{"el"}, []practice.City{{Country: "NO", Name: "Bergen"}}); same != f {
		t.Errorf("%+v, want %+v", same, f)
	}
	if got := among.WithoutStrays().Query().Encode(); got != "page=2" {
		t.Errorf("without them it is %s", got)
	}
}

// People write a reference as they please.
func TestParseReference(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]submission.ID{"EX-00012": 12, "ex-12": 12, " EX00012 ": 12, "12": 12, "EX-": 0, "-3": 0, "0": 0, "12th": 0, "": 0,
		"99999999999999999999": 0} {
		if id, ok := submission.ParseReference(text); ok != (want != 0) || ok && id != want {
			t.Errorf("%q: %d, %t", text, id, ok)
		}
	}
}

func TestWordsAreOneCleanLine(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]string{
		"": "", "  school  ": "school", "two\r\n lines\t here": "two lines here", "nul\x00l": "null", "bad\xffbyte": "badbyte",
		"Ιωάννινα": "Ιωάννινα", strings.Repeat("ώ", account.MaxName+1): strings.Repeat("ώ", account.MaxName),
	} {
		if got := submission.SearchWords(typed); got != want {
			t.Errorf("%q: %q, want %q", typed, got, want)
		}
	}
}
