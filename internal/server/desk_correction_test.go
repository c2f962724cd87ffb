package server_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"exempla/internal/account"
	"exempla/internal/link"
	"exempla/internal/practice"
	"exempla/internal/store"
	"exempla/internal/submission"
)

// Everything of a text in review can be corrected, in the forms that its authors use: its
// words, period, place, topics, keywords, documents and pictures.
func TestAnEditorCorrectsATextInReview(t *testing.T) {
	t.Parallel()
	b := openBureau(t)
	at := b.ana.submits("A desk for newcomers")
	done := func(part string) string { return desks(at) + "#part-" + part }
	review := b.kim.visit(desks(at))
	b.kim.presses(review, "/comments", fields{"to": "correct/period"}).leads(http.StatusSeeOther, at+"/period")
	period := b.kim.visit(at + "/period")
	period.says("main", "another editor has to approve the text")
	period.lacks("form[data-draft]") // each correction is kept, so that a script must not make one of each pause
	form := period.filled(fields{"start_year": "2011", "end_year": "2019"})
	delete(form, "ongoing")
	b.kim.posts(at+"/period", form).leads(http.StatusSeeOther, done("period"))
	b.kim.writes(at+"/topics", fields{"topics": "roma|education"}).leads(http.StatusSeeOther, done("topics"))
	b.kim.writes(at+"/place", fields{"title": "Another title", "organisation": "City of Ioannina"}).leads(http.StatusSeeOther, done("place"))
	b.kim.writes(at+"/process", fields{"text": "Another process"}).leads(http.StatusSeeOther, done("process"))
	b.kim.hands(at+"/pictures", fields{"act": "upload"}, chosen{"one.jpg", photo(t, 900, 600)}).leads(http.StatusSeeOther, at+"/pictures")
	picture := b.stored(at).Content.Pictures[0]
	b.kim.visit(link.Picture(picture.Hash, practice.SmallPicture))

	mia := b.as(account.Editor)
	mia.get(at + "/check").is(http.StatusForbidden)
	refused := mia.presses(mia.visit(desks(at)), "/approve", nil)
	refused.is(http.StatusUnprocessableEntity)
	refused.says("#problems", "Say what each picture shows")
	b.kim.hands(at+"/pictures", fields{submission.AltField(picture.Hash): "A desk in a hall", "act": "save"}).leads(http.StatusSeeOther, done("pictures"))
	now := b.stored(at).Content
	if now.Period.Start.Year != 2011 || now.Period.End.Year != 2019 || !slices.Equal(now.Topics, []practice.Topic{"education", "roma"}) ||
		now.Title != "Another title" || now.Organisation != "City of Ioannina" || !now.Is("process") {
		t.Errorf("corrected to %+v", now)
	}
	b.ana.visit(at).says("main", "corrected the text", "Another process", "2011", "City of Ioannina")
	b.mailed(store.MailCorrected, b.ana.id, 1) // not one for each part
	shown := b.kim.visit(desks(at))
	shown.says(".dock", "You have corrected this text")
	shown.says("#part-place", "Another title", "City of Ioannina")
	mia.presses(mia.visit(desks(at)), "/approve", nil).leads(http.StatusSeeOther, desks(at))
	public := b.practice(b.stored(at).Slug)
	if public.Period.Start.Year != 2011 || len(public.Texts[0].Attachments) != 1 {
		t.Errorf("published %+v", public)
	}
}

// A correction leaves no gap, and a form that is sent as it was is none.
func TestWhatIsNoCorrection(t *testing.T) {
	t.Parallel()
	b := openBureau(t)
	at := b.brings(submission.Submitted)
	b.kim.get(at + "/nothing").is(http.StatusNotFound)
	same := b.kim.writes(at+"/process", nil)
	same.leads(http.StatusSeeOther, desks(at)+"#part-process")
	b.kim.follow(same).lacks("#notice")
	empty := b.kim.writes(at+"/place", fields{"title": " "})
	empty.is(http.StatusUnprocessableEntity)
	empty.says("#problems", "Give the practice a title")
	gap := b.kim.writes(at+"/summary", fields{"text": ""})
	gap.is(http.StatusUnprocessableEntity)
	backwards := b.kim.writes(at+"/period", fields{"start_year": "2019", "end_year": "2011"})
	backwards.is(http.StatusUnprocessableEntity)
	if attr(backwards.one("#end_year"), "value") != "2011" {
		t.Error("what was typed is gone")
	}
	if now := b.stored(at); len(now.Correctors) != 0 {
		t.Errorf("it counts as corrected by %d", now.Correctors)
	}
}

// In any other state than in review an editor changes nothing, keeps what was typed, and
// does not see what its officers write meanwhile.
func TestCorrectionsThatComeTooLate(t *testing.T) {
	t.Parallel()
	b := openBureau(t)
	for _, state := range submission.States {
		at := b.brings(state)
		before := b.stored(at)
		seen := before.Content.Digest(submission.Summary)
		sent := b.kim.post(at+"/summary", "seen", seen, "text", "Words that took an hour", "act", "save")
		if state == submission.Submitted {
			sent.leads(http.StatusSeeOther, desks(at)+"#part-summary")
			continue
		}
		b.kim.get(at+"/summary").leads(http.StatusFound, desks(at))
		sent.is(http.StatusConflict)
		sent.says("#problems", "cannot be changed here any more")
		sent.says("#summary", "Words that took an hour")
		sent.lacks("button[value=save]")
		if b.stored(at).Version != before.Version {
			t.Errorf("one that is %s was changed", state)
		}
	}
	at := b.brings(submission.Draft)
	b.ana.writes(at+"/summary", fields{"text": "Half a sentence"})
	late := b.kim.post(at+"/summary", "seen", "x", "text", "Words that took an hour", "act", "save")
	late.is(http.StatusConflict)
	if strings.Contains(late.body, "Half a sentence") {
		t.Error("an editor reads a draft")
	}
}

// Only editors of the text correct it.
func TestWhoCorrects(t *testing.T) {
	t.Parallel()
	b := openBureau(t)
	at := b.brings(submission.Submitted)
	seen := b.stored(at).Content.Digest(submission.Summary)
	eva := b.asBoth(both, "GR Ioannina") // it is her own city's
	for who, want := range map[*client]int{eva: http.StatusConflict, b.ana: http.StatusConflict, b.ivo: http.StatusNotFound, b.as(account.Administrator): http.StatusForbidden} {
		who.post(at+"/summary", "seen", seen, "text", "Mine", "act", "save").is(want)
		who.sends(at+"/pictures", fields{"act": "upload"}, chosen{"one.jpg", photo(t, 9, 9)}).is(want)
	}
}

// Who corrects a text counts as one who reads it, which the others see before they decide.
func TestOthersSeeWhoCorrects(t *testing.T) {
	t.Parallel()
	b := openBureau(t)
	mia := b.as(account.Editor)
	at := b.brings(submission.Submitted)
	b.kim.visit(desks(at)).lacks("main .warning")
	mia.visit(at + "/period")
	b.kim.visit(desks(at)).says("main .warning", "Also open right now")
	b.kim.visit("/en/desk").says(".queue .aware", "Also open right now")
	b.kim.visit(at+"/period").says("main .warning", "has this part open")
	b.kim.visit(at + "/summary").lacks("main .warning")
}
