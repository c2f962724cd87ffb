//go:build npm

package localpg

import (
	"strings"
	"testing"
)

// TestFetchedPostgres needs npm and its registry, so it is asked for by name:
// go test -tags npm. It stands for a machine without PostgreSQL.
func TestFetchedPostgres(t *testing.T) {
	t.Parallel()
	s := Settings{Data: newData(t), patterns: []string{"/nowhere/*"}}
	for range 2 { // the second start finds what the first fetched
		server := start(t, s)
		if got := ask(t, server.URL(), "show server_version"); !strings.HasPrefix(got, "18.") {
			t.Errorf("the version is %s", got)
		}
		ask(t, server.URL(), "create extension if not exists pg_trgm")
		ask(t, server.URL(), "create extension if not exists unaccent")
		if got := ask(t, server.URL(), "select unaccent('São') || show_trgm('予算')::text"); !strings.HasPrefix(got, "Sao{0x") {
			t.Errorf("extensions do not work: %s", got)
		}
		stop(t, server)
	}
}
