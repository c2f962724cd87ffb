package server_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"exempla/internal/link"
	"exempla/internal/submission"
	"exempla/internal/testdb"
)

// An officer finds what others have published of the city, too; nobody sees it twice.
func TestOfficersSeeWhatIsPublishedOfTheirCity(t *testing.T) {
	t.Parallel()
	b := openBureau(t)
	public := link.Practice("en", ioannina)
	p := b.ana.visit("/en/submissions")
	p.one(".empty")
	p.says("section[aria-labelledby=group-city]", "Urban response coordination", "Ioannina, Greece")
	same(t, "they lead", attrs(all(p.doc, "section[aria-labelledby=group-city] h3 a"), "href"),
		[]string{link.Practice("en", "focus-on-youth-sports-and-inclusion-in-haifa-ioannina-and-limassol"), public})
	p.lacks("nav.pages")
	if strings.Contains(b.ivo.visit("/en/submissions").body, public) {
		t.Error("another city's officer sees it as theirs")
	}

	at := b.changes(ioannina, "A better title")
	b.kim.presses(b.kim.visit(desks(at)), "/approve", nil).leads(303, desks(at))
	p = b.ana.visit("/en/submissions")
	p.says("section[aria-labelledby=group-published]", "A better title")
	if slices.Contains(attrs(all(p.doc, "section[aria-labelledby=group-city] h3 a"), "href"), public) {
		t.Error("one practice is there twice")
	}

	again := b.changes(ioannina, "An even better title")
	b.kim.presses(b.kim.visit(desks(again)), "/approve", nil).leads(303, desks(again))
	dropped := b.ana.begins("A dropped idea")
	testdb.Exec(t, b.Store, `update submission set state = 'discarded', since = $1 where id = $2`, today.Add(-submission.KeepDiscarded-time.Second), b.stored(dropped).ID)
	p = b.ana.visit("/en/submissions")
	p.says("section[aria-labelledby=group-published]", "An even better title")
	for _, hidden := range []string{"A better title", "A dropped idea"} {
		if p.lists(hidden) {
			t.Errorf("%q is of no more use and still there", hidden)
		}
	}
}

// However long the list is, all of it can be reached.
func TestOfficersReachTheEndOfTheirList(t *testing.T) {
	t.Parallel()
	b := openBureau(t)
	const many = 1_020
	testdb.Exec(t, b.Store, `with made as (insert into submission (kind, language, state, content, version, form_key, created, updated, since)
		select 'new', 'en', 'draft', jsonb_build_object('title', 'Number ' || n), 1, n, $1::timestamptz + n * interval '1 second', $1, $1
		from generate_series(1, $2::int) n returning id)
		insert into submission_officer (submission, account) select id, $3 from made`, today, many, int64(b.ana.viewer.ID))
	seen := map[string]bool{}
	path := "/en/submissions"
	for pages := 0; path != ""; pages++ {
		p := b.ana.visit(path)
		for _, title := range texts(all(p.doc, ".own h3")) {
			if seen[title] {
				t.Errorf("%s shows %q again", path, title)
			}
			seen[title] = true
		}
		path = ""
		if next := attrs(all(p.doc, "nav.pages a[rel=next]"), "href"); len(next) == 1 && pages < many {
			path = next[0]
		}
	}
	if !seen["Number 1"] || !seen[fmt.Sprint("Number ", many)] || len(seen) <= many {
		t.Errorf("%d are reached", len(seen))
	}
	b.ana.visit("/en/submissions?page=9999").says("nav.pages", "of 2")
	b.ana.visit("/en/submissions?page=none").says("nav.pages", "Page 1 of")
}
