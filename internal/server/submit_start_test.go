package server_test

import (
	"net/http"
	"slices"
	"testing"

	"exempla/internal/link"
	"exempla/internal/submission"
)

func TestStrangersSignInAndComeBack(t *testing.T) {
	t.Parallel()
	b := openBureau(t)
	at := b.ana.begins("A desk for newcomers")
	for _, path := range []string{"/en/submissions", "/en/submissions/new", at, at + "/summary", at + "/check"} {
		b.get(path).leads(http.StatusSeeOther, link.SignIn("en", path))
	}
}

// For officers of other cities a submission does not exist. Editors learn that
// these pages are not for them; the forms of its parts, which they have for their own
// corrections, do not exist of this one.
func TestOthersSubmissionsDoNotExist(t *testing.T) {
	t.Parallel()
	b := openBureau(t)
	at := b.ana.begins("A desk for newcomers")
	forEditors := func(page string) int {
		if slices.Contains([]string{"/summary", "/place", "/comments/1"}, page) {
			return http.StatusNotFound
		}
		return http.StatusForbidden
	}
	pages := []string{"", "/summary", "/place", "/check", "/receipt", "/print", "/withdraw", "/colleague"}
	for _, page := range pages {
		b.ivo.get(at + page).is(http.StatusNotFound)
		b.kim.get(at + page).is(forEditors(page))
	}
	for _, page := range []string{"/summary", "/check", "/withdraw", "/discard", "/take-back", "/colleague", "/comments/1"} {
		b.ivo.posts(at+page, fields{"text": "Mine now", "version": "1", "mail": "x@city.example"}).is(http.StatusNotFound)
		b.kim.posts(at+page, fields{"text": "Mine now", "version": "1"}).is(forEditors(page))
	}
	for _, path := range []string{at + "/nothing", "/en/submissions/999", "/en/submissions/01", "/en/submissions/x", "/en/submissions/99999999999999999999"} {
		b.ana.get(path).is(http.StatusNotFound)
	}
	if s := b.stored(at); s.Version != 1 || s.State != submission.Draft {
		t.Errorf("after all that it is %+v", s)
	}
}

// All officers of a city can edit its submissions.
func TestOfficersOfTheCityShareItsSubmissions(t *testing.T) {
	t.Parallel()
	b := openBureau(t)
	at := b.ana.begins("A desk for newcomers")
	b.bo.visit(at).says("main", "A desk for newcomers", "with "+b.ana.viewer.Name)
	b.bo.visit("/en/submissions").says("main", "A desk for newcomers", "Ioannina, Greece", "Draft", "with "+b.ana.viewer.Name, "since 15 June 2025")
	if b.ivo.visit("/en/submissions").lists("A desk for newcomers") {
		t.Error("an officer of another city sees it")
	}
	b.ivo.visit("/en/submissions").says(".empty", "You have not started a practice yet")
}

func (p page) lists(title string) bool {
	for _, heading := range texts(all(p.doc, ".own h3")) {
		if heading == title {
			return true
		}
	}
	return false
}

func TestStart(t *testing.T) {
	t.Parallel()
	b := openBureau(t)
	form := b.ana.visit("/en/submissions/new")
	form.says("main", "A title is enough", "about an hour", "saved as you go", "within 14 days", "Has it really been done")
	typed := form.filled(fields{"title": " A  desk ", "language": "el"})
	at := b.ana.posts("/en/submissions/new", typed).header.Get("Location")
	s := b.stored(at)
	if s.Content.Title != "A desk" || s.Language != "el" || len(s.Content.Cities) != 1 || s.Content.Cities[0].Name != "Ioannina" {
		t.Errorf("begun as %+v", s)
	}
	b.ana.posts("/en/submissions/new", typed).leads(http.StatusSeeOther, at) // the answer was lost

	empty := b.ana.posts("/en/submissions/new", form.filled(fields{"title": " ", "language": "xx"}))
	empty.is(http.StatusUnprocessableEntity)
	empty.says("title", "Error: Share a practice")
	empty.says("#problems", "There is a problem", "Give the practice a title", "Choose the language of the text")
	empty.says("#title-problem", "Give the practice a title")
}

// The form of a contact that is missing offers whoever reads it, who has to agree and
// to save; texts of a public practice have the contact that they had.
func TestContactIsFilledIn(t *testing.T) {
	t.Parallel()
	b := openBureau(t)
	at := b.ana.begins("A desk for newcomers")
	form := b.ana.visit(at + "/contact")
	form.says("#contact", b.ana.viewer.Name, "Ioannina", b.ana.mail)
	form.says("#offered", "what your account says")
	if got := b.stored(at).Content.Sections["contact"]; got != "" {
		t.Errorf("%q is stored before it was saved", got)
	}
	if sent := form.filled(nil); sent["person"] != "yes" || sent["agrees"] != "" {
		t.Errorf("the form says %v", sent)
	}
	b.bo.visit(at+"/contact").says("#contact", b.bo.viewer.Name)
	b.ana.visit(at).says("#state-contact", "Not started")
	checked := b.ana.visit(at + "/contact?return=check")
	checked.says("#problems", "Confirm that the person agrees")
	b.ana.posts(at+"/contact", form.filled(nil)).is(http.StatusSeeOther)
	b.ana.visit(at).says("#state-contact", "In progress")
	b.ana.writes(at+"/contact", fields{"agrees": "yes"}).is(http.StatusSeeOther)
	b.ana.visit(at).says("#state-contact", "Completed")
	b.ana.writes(at+"/contact", fields{"text": "The office", "person": "no"}).is(http.StatusSeeOther)
	after := b.ana.visit(at + "/contact")
	after.says("#contact", "The office")
	after.lacks("#offered")

	change := b.stored(b.ana.posts(link.Propose("en", ofIoannina), fields{"text": "en", "key": "PROPOSAL"}).header.Get("Location"))
	if got, want := change.Content.Sections["contact"], b.practice(ofIoannina).Texts[0].Sections["contact"]; got != want || change.Content.NamesPerson {
		t.Errorf("the contact of a change is %q, not %q", got, want)
	}
	form = b.ivo.visit(link.Translate("en", ofIoannina))
	translation := b.stored(b.ivo.posts(link.Translate("en", ofIoannina), form.filled(fields{"language": "pl"})).header.Get("Location"))
	if got := translation.Content.Sections["contact"]; got != "" || translation.Content.NamesPerson {
		t.Errorf("the contact of a translation is %q", got)
	}
}
