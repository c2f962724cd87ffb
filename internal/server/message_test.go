package server_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"exempla/internal/locale"
	"exempla/internal/store"
	"exempla/internal/testdb"
)

// TestEveryMessageIsThere visits every kind of page in every language; no
// message, plural form or placeholder may be missing on any.
func TestEveryMessageIsThere(t *testing.T) {
	t.Parallel()
	s, away, broken := openOwn(t), openAway(t), openAway(t)
	broken.Store = &store.Store{}
	broken.restart()
	testdb.Exec(t, s.Store, `update practice set published = updated, organisation = 'The city', licence = 'CC BY 4.0' where slug = $1`, ioannina)
	testdb.Exec(t, s.Store, `update practice set state = 'archived', archive_reason = 'x' where slug = 'patras-carnival-embraces-all'`)
	testdb.Exec(t, s.Store, `update practice_text set state = 'machine' where language = 'el'`)
	before := locale.Missing()
	for _, l := range locale.All() {
		home := "/" + l.Tag() + "/practices"
		paths := append(addresses(l.Tag()), home+"?q=xyzzy", home+"?page=99", home+"/nothing", home+"?year=unknown&status=unknown",
			home+"/patras-carnival-embraces-all", home+"?q="+strings.Repeat("x", 9_000), home+"?sort=title&size=50&country=JP")
		for _, slug := range s.visit(home + "?size=50").slugs()[:10] {
			paths = append(paths, home+"/"+slug)
		}
		for _, path := range paths {
			s.get(path)
		}
		s.send(http.MethodPost, home)
		s.do(httptest.NewRequest(http.MethodPost, home, strings.NewReader(strings.Repeat("x", 1<<20+1))))
		away.get(home + "/" + ioannina)
		broken.get(home + "/" + ioannina)
		if now := locale.Missing(); now != before {
			t.Errorf("%s: %d messages are missing", l.Tag(), now-before)
			before = now
		}
	}
}

// TestNoPageShowsAKey looks for what stands where a message is missing.
func TestNoPageShowsAKey(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	for _, l := range locale.All() {
		for _, path := range append(addresses(l.Tag()), "/"+l.Tag()+"/nothing") {
			body := text(s.get(path).one("body"))
			for _, prefix := range []string{"browse.", "facet.", "layout.", "practice.", "problem.", "topic.", "section.", "{{", "<no value>"} {
				if at := strings.Index(body, prefix); at >= 0 && !strings.HasSuffix(body[:at], "/") && at+len(prefix) < len(body) && body[at+len(prefix)] != ' ' {
					t.Errorf("%s shows %q", path, body[max(0, at-20):min(len(body), at+40)])
				}
			}
		}
	}
}
