package store_test

import (
	"errors"
	"fmt"
	"testing"

	"exempla/internal/practice"
	"exempla/internal/store"
	"exempla/internal/submission"
	"exempla/internal/testdb"
)

func (d *desk) advancePractice(slug string, action submission.Action, reason string) {
	d.Helper()
	one := submission.PracticeStep{Action: action, By: kim, At: tuesday, Reason: reason}
	if err := d.Practices.Advance(d.Context(), slug, one); err != nil {
		d.Fatal(err)
	}
}

func TestArchivedPracticesAreListed(t *testing.T) {
	t.Parallel()
	d := openDesk(t)
	b, a, live := d.approved("b desk"), d.approved("A desk"), d.approved("Live")
	d.advancePractice(b.Slug, submission.Archive, "Over")
	d.advancePractice(a.Slug, submission.Archive, "Wrong")
	list, err := d.Practices.Archived(t.Context())
	want := []store.ArchivedPractice{{Slug: a.Slug, Title: "A desk", Language: "en", Reason: "Wrong"}, {Slug: b.Slug, Title: "b desk", Language: "en", Reason: "Over"}}
	if err != nil || fmt.Sprint(list) != fmt.Sprint(want) {
		t.Errorf("archived: %+v, want %+v, %v", list, want, err)
	}
	testdb.Exec(t, d.Store, `insert into practice_text (practice, language, position, state, title, title_language, summary)
		select $1, code, 1 + n, (array['outdated', 'human', 'outdated'])[n], 'x', code, 'x' from unnest(array['fr', 'de', 'ar']) with ordinality as u (code, n)`, live.Practice)
	standings, err := d.Practices.Standings(t.Context(), []int64{a.Practice, live.Practice, 99})
	if want := (map[int64]store.Standing{a.Practice: {State: "archived"}, live.Practice: {State: "live", Outdated: []practice.Language{"fr", "ar"}}}); err != nil ||
		fmt.Sprint(standings) != fmt.Sprint(want) {
		t.Errorf("standings: %v, %v", standings, err)
	}
	if n, err := d.Practices.Count(t.Context()); err != nil || n != 1 {
		t.Errorf("%d live practices, %v", n, err)
	}
	p, err := d.Practices.Publication(t.Context(), a.Slug)
	if err != nil || p.Number != a.Practice || p.State != "archived" || p.Reason != "Wrong" {
		t.Errorf("publication: %+v, %v", p, err)
	}
	d.advancePractice(a.Slug, submission.Restore, "A mistake")
	if p, err := d.Practices.Publication(t.Context(), a.Slug); err != nil || p.State != "live" || p.Reason != "" {
		t.Errorf("restored: %+v, %v", p, err)
	}
	if n := count(t, d.Store, `select count(*) from event where subject = 'practice' and account = 3`); n != 3 {
		t.Errorf("%d events", n)
	}
}

func TestStepsOfAnUnknownPractice(t *testing.T) {
	t.Parallel()
	d := openDesk(t)
	change := count(t, d.Store, `select number from catalogue_change`)
	err := d.Practices.Advance(t.Context(), "unknown", submission.PracticeStep{Action: submission.Archive, By: kim, At: tuesday, Reason: "Over"})
	if !errors.Is(err, store.ErrNotFound) {
		t.Errorf("archived: %v", err)
	}
	if after := count(t, d.Store, `select number from catalogue_change`); after != change {
		t.Error("a step that failed announced a change")
	}
	if _, err := d.Practices.Publication(t.Context(), "unknown"); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("publication: %v", err)
	}
	if _, err := d.Practices.Title(t.Context(), 99); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("title: %v", err)
	}
}

func TestTitleIsThatOfTheOriginal(t *testing.T) {
	t.Parallel()
	s := testdb.Open(t)
	p := made("a")
	p.Texts = []practice.Text{{Language: "el", State: practice.Original, TitleLanguage: "el", Title: "Τίτλος", Summary: "Π"},
		{Language: "en", State: practice.Human, TitleLanguage: "en", Title: "Title", Summary: "S"}}
	importInto(t, s, p)
	archive(t, s, "a", "Over")
	number := int64(count(t, s, `select number from practice`))
	if title, err := s.Practices.Title(t.Context(), number); err != nil || title.Title != "Τίτλος" || title.Language != "el" || title.Summary != "" {
		t.Errorf("title: %+v, %v", title, err)
	}
}

// An address that a practice once had leads there, so no other may have it.
func TestAFormerAddressIsNotGivenAway(t *testing.T) {
	t.Parallel()
	d := openDesk(t)
	first := d.approved("A desk")
	testdb.Exec(t, d.Store, `insert into old_slug (slug, practice) select slug, number from practice`)
	testdb.Exec(t, d.Store, `update practice set slug = 'renamed'`)
	second := d.approved("A desk")
	if second.Slug != first.Slug+"-2" {
		t.Errorf("published at %s beside the former %s", second.Slug, first.Slug)
	}
	var moved store.Moved
	if _, err := d.Practices.Find(t.Context(), first.Slug); !errors.As(err, &moved) || moved.Slug != "renamed" {
		t.Errorf("the former address: %v", err)
	}
}

// Where two editors have to agree, nothing is public before both have.
func TestTwoApprovals(t *testing.T) {
	t.Parallel()
	d := openDesk(t)
	s := d.submitted("A desk")
	approve := step(submission.Approve, kim)
	approve.Desk.SecondApproval = true
	s = d.take(s, approve)
	if n, err := d.Practices.Count(t.Context()); err != nil || n != 0 || s.State != submission.Submitted {
		t.Errorf("after one approval: %d practices, %s, %v", n, s.State, err)
	}
	if len(d.jobs(store.MailApproved)) != 0 {
		t.Error("the author was told of the first approval")
	}
	if told := d.jobs(store.MailApprovedFirst); len(told) != 1 || told[0].To != mia.ID {
		t.Errorf("told of the first approval: %v", told)
	}
	d.refused(s, approve, submission.ErrState)
	approve.By = mia
	if s = d.take(s, approve); s.State != submission.Approved || len(d.jobs(store.MailApproved)) != 1 {
		t.Errorf("after two approvals: %s", s.State)
	}
}

func TestSimilarPractices(t *testing.T) {
	t.Parallel()
	d := openDesk(t)
	placed := func(slug, title string, country practice.Country, city string) practice.Practice {
		p := made(slug)
		p.Texts[0].Title = title
		p.Place = practice.Place{Countries: []practice.Country{country}, Cities: []practice.City{{Country: country, Name: city}}}
		return p
	}
	importInto(t, d.Store, placed("there", "Repair workshop for bicycles", "NO", "Bergen"), placed("here", "Repair workshop for bicycles", "GR", "Ioannina"),
		placed("other", "Library bus", "GR", "Ioannina"), placed("gone", "Repair workshop for bicycles", "GR", "Ioannina"))
	archive(t, d.Store, "gone", "Over")
	own := d.approved("Repair workshop for bicycles")
	slugs := func(s submission.Submission) []string {
		list, err := d.Practices.Similar(t.Context(), s)
		if err != nil {
			t.Fatal(err)
		}
		found := []string{}
		for _, p := range list {
			found = append(found, p.Slug)
		}
		return found
	}
	if got := slugs(own); fmt.Sprint(got) != "[here there]" {
		t.Errorf("of its own practice: %v", got)
	}
	fresh := d.begin(submission.Submission{Content: text("Workshop for the repair of bicycles")})
	if got := slugs(fresh); fmt.Sprint(got) != fmt.Sprint([]string{"here", own.Slug, "there"}) {
		t.Errorf("of a new text: %v", got)
	}
	fresh.Content.Title = "Chess"
	if got := slugs(fresh); len(got) != 0 {
		t.Errorf("of another subject: %v", got)
	}
}

func TestSuggestedCities(t *testing.T) {
	t.Parallel()
	s := testdb.Open(t)
	var all []practice.Practice
	for i, cities := range [][]string{{"Bergen"}, {"Oslo", "Bergen"}, {"Bergen", "Oslo"}, {"Moss"}} {
		p := made(fmt.Sprintf("p-%d", i))
		p.Place.Countries = []practice.Country{"NO"}
		for _, name := range cities {
			p.Place.Cities = append(p.Place.Cities, practice.City{Country: "NO", Name: name})
		}
		all = append(all, p)
	}
	importInto(t, s, all...)
	list, err := s.Practices.SuggestedCities(t.Context())
	var names []string
	for _, c := range list {
		names = append(names, c.Name)
	}
	if err != nil || fmt.Sprint(names) != "[Bergen Oslo Moss]" {
		t.Errorf("suggested %v, %v", names, err)
	}
}
