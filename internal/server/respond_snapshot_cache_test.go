package server_test

import (
	"net/http"
	"testing"
	"time"

	"exempla/internal/account"
	"exempla/internal/testdb"
)

// While practices keep changing, strangers may read an earlier snapshot; people who
// have signed in never do.
func TestStrangersMayReadAnEarlierSnapshot(t *testing.T) {
	t.Parallel()
	s := openOwn(t)
	s.Linger = time.Hour
	s.restart()
	editor := s.as(account.Editor)
	s.visit("/en/practices").says("h2#count", "274 practices")
	s.change()
	s.visit("/en/practices").says("h2#count", "274 practices")
	s.visit("/en/practices?country=MT").says("h2#count", "No practices")
	editor.visit("/en/practices").says("h2#count", "275 practices")
	// The snapshot that the editor began serves strangers, too.
	s.visit("/en/practices").says("h2#count", "275 practices")
}

// A kept page costs no query, and goes when what it shows changes.
func TestPracticePagesAreKept(t *testing.T) {
	t.Parallel()
	s := openOwn(t)
	zipped := func(path string) page { return s.get(path, "Accept-Encoding", "gzip") }
	const archived = "/en/practices/inclusion-influencers-portugal"
	zipped(archived).is(http.StatusOK)
	testdb.Exec(t, s.Store, `update catalogue_change set number = number + 1`)
	testdb.Exec(t, s.Store, `update practice set state = 'archived', change = (select number from catalogue_change) where slug = 'inclusion-influencers-portugal'`)
	zipped(archived).is(http.StatusOK)
	if err := s.Store.Practices.Refresh(t.Context(), s.Catalogue); err != nil {
		t.Fatal(err)
	}
	zipped(archived).is(http.StatusGone)

	const other = "/en/practices/culture-camp-in-vinnytsia"
	kept := zipped(other)
	kept.is(http.StatusOK)
	s.Store.Close()
	again := zipped(other)
	again.is(http.StatusOK)
	if again.body != kept.body || again.header.Get("Content-Encoding") != "gzip" {
		t.Error("the page that was kept differs from the one that was made")
	}
	for _, made := range []page{zipped(other + "?topic=education"), s.get(other)} { // kept pages are compressed and have no query
		if made.status == http.StatusOK {
			t.Errorf("%s: made without the database", made.path)
		}
	}
}

// A program that walks through all selections is asked to wait; what is kept,
// what has no query and who has signed in are left alone.
func TestProgramsAreAskedToWait(t *testing.T) {
	t.Parallel()
	s := openPeople(t)
	s.PageLimit = 3
	s.restart()
	editor, robot, reader := s.as(account.Editor), s.stranger(), s.stranger()
	kept := "/en/practices?topic=roma"
	for _, path := range []string{kept, "/en/practices?topic=refugees", "/en/practices?q=school"} {
		robot.get(path, "Accept-Encoding", "gzip").is(http.StatusOK)
	}
	refused := robot.get("/en/practices?topic=education")
	refused.is(http.StatusTooManyRequests)
	refused.says("h1", "One moment")
	if got := refused.header.Get("Retry-After"); got != "60" {
		t.Errorf("Retry-After is %q", got)
	}
	robot.get(kept, "Accept-Encoding", "gzip").is(http.StatusOK)
	had := reader.get("/en/practices?topic=health").header.Get("ETag")
	robot.get("/en/practices?topic=health", "If-None-Match", had).is(http.StatusNotModified)
	robot.get("/en/practices").is(http.StatusOK)
	reader.get("/en/practices?topic=education").is(http.StatusOK)
	for _, path := range []string{"/en/practices?topic=roma&page=1", "/en/practices?topic=education", "/en/practices?topic=refugees", "/en/practices?q=a", "/en/practices?q=b"} {
		if got := editor.get(path).status; got == http.StatusTooManyRequests {
			t.Errorf("%s: an editor is asked to wait", path)
		}
	}
}
