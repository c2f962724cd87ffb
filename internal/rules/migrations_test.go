package rules

import (
	"path"
	"regexp"
	"strings"
	"testing"
)

// Nodes are upgraded one by one, so that for a while an older program works on what a
// newer one has made of the database: a migration adds, and what nothing uses any more
// goes away a release later, by one that says which release it needs.
func TestMigrationsSayWhatTheyTakeAway(t *testing.T) {
	t.Parallel()
	hold(t, contraction)
}

// firstBound is the migration with which programs began to look for what is needed.
const firstBound = "0025"

// takesAway is what a running program may miss. It is looked for line by line.
var takesAway = regexp.MustCompile(`(?i)\b(drop (table|column|view|function|type|schema|index)|rename (to|column)|set not null|alter column \S+ (set data )?type|drop default)\b`)

func contraction(f file, tell func(int, string)) {
	number, _, _ := strings.Cut(path.Base(f.path), "_")
	if path.Dir(f.path) != "migrations" || path.Ext(f.path) != ".sql" || number < firstBound || strings.Contains(f.text, "insert into schema_requirement") {
		return
	}
	find(f, takesAway, tell, "a program of the release before may need this: add only, or take it away a release later and insert into schema_requirement which one that is")
}

func TestContractionsAreFound(t *testing.T) {
	t.Parallel()
	for text, breaches := range map[string]int{
		"alter table practice drop column licence;":                                                1,
		"alter table practice\n  rename column licence to terms;\ndrop table old_slug;":            2,
		"alter table practice alter column slug type citext;":                                      1,
		"alter table practice add column terms text not null default '';\ncreate table x (a int);": 0,
		"insert into schema_requirement values (30, 'v1.2.0');\ndrop table old_slug;":              0,
	} {
		for name, want := range map[string]int{"migrations/0031_x.sql": breaches, "migrations/0006_x.sql": 0} {
			got := 0
			contraction(file{path: name, text: text}, func(int, string) { got++ })
			if got != want {
				t.Errorf("%s: %q: %d breaches, want %d", name, text, got, want)
			}
		}
	}
}
