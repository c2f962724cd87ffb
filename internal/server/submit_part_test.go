package server_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"exempla/internal/link"
	"exempla/internal/practice"
	"exempla/internal/store"
	"exempla/internal/submission"
)

func TestTaskListFollowsTheWork(t *testing.T) {
	t.Parallel()
	b := openBureau(t)
	at := b.ana.begins("A desk for newcomers")
	b.ana.visit(at).says("main", "1 of 12 parts completed", "Not started", "Ioannina, Greece")
	b.ana.writes(at+"/summary", fields{"text": "Two desks answer questions.", "completed": "yes", "act": "continue"}).leads(http.StatusSeeOther, at+"/purpose")
	b.ana.writes(at+"/purpose", fields{"text": "To help"}).leads(http.StatusSeeOther, at)
	b.ana.writes(at+"/period", fields{"start_year": "٢٠١٧", "start_month": "4", "ongoing": "yes"})
	b.ana.writes(at+"/topics", fields{"topics": "refugees|nothing|education"})
	list := b.ana.visit(at)
	list.says("#notice", "Saved.")
	list.says("main", "5 of 12 parts completed", "4 of 100 words", "since April 2017", "Education and Refugees")
	list.says("#state-summary", "Completed")
	list.says("#state-purpose", "Completed")
	list.says("#state-impact", "Not started")
	b.ana.visit(at + "/period").lacks("[name=completed]")
	b.ana.writes(at+"/impact", fields{"text": "2,000 people"})
	b.ana.visit(at).says("#state-impact", "In progress")
	b.ana.writes(at+"/impact", fields{"completed": "yes"})
	b.ana.visit(at).says("#state-impact", "Completed")
}

// A part is not completed while something is wrong with it, and its row says what.
func TestTaskListShowsFaults(t *testing.T) {
	t.Parallel()
	b := openBureau(t)
	at := b.ana.begins("A desk for newcomers")
	for part, fault := range map[string]struct {
		typed    fields
		says, to string
	}{
		"impact":  {fields{"text": "", "completed": "yes"}, "Write something under “Impact”", "impact"},
		"period":  {fields{"start_year": "2020", "end_year": "2019"}, "The end must not come before the beginning", "end_year"},
		"summary": {fields{"text": strings.Repeat("word ", 120)}, "120 words; shorten it to 100", "summary"},
		"topics":  {fields{"topics": "refugees|education|roma|anti-rumour"}, "Choose at most 3 topics", "topics"},
	} {
		b.ana.writes(at+"/"+part, fault.typed).is(http.StatusSeeOther)
		list := b.ana.visit(at)
		list.says("#state-"+part, "In progress")
		list.says(`a[href=`+at+"/"+part+"?faults=1#"+fault.to+"]", fault.says)
		b.ana.visit(at+"/"+part+"?faults=1").says("#problems a", fault.says)
	}
	b.ana.visit(at).says("main", "1 of 12 parts completed")
}

func TestPlaces(t *testing.T) {
	t.Parallel()
	b := openBureau(t)
	at := b.ana.begins("A desk for newcomers")
	two := fields{"title": "Two desks", "country": "GR|NO|", "city": "Ioannina|Bergen|Arta", "organisation": "An office", "act": "row"}
	b.ana.writes(at+"/place", two).leads(http.StatusSeeOther, at+"/place?more=1#country-4")
	c := b.stored(at).Content
	if c.Title != "Two desks" || len(c.Cities) != 3 || c.Cities[2].Name != "Arta" || c.Cities[2].Country != "GR" || !c.Cities[2].Located || c.Organisation != "An office" {
		t.Errorf("kept as %+v", c)
	}
	same(t, "countries", c.Countries, []practice.Country{"GR", "NO"})
	b.ana.visit(at + "/place?more=1").one("#city-4")
	b.ivo.visit(at) // officers of each city in the text can edit it

	wrong := b.ana.writes(at+"/place", fields{"title": "", "country": "|", "city": "Ioannina|"})
	wrong.is(http.StatusUnprocessableEntity)
	wrong.says("#problems", "Give the practice a title", "Choose a country")
	if attr(wrong.one("#city"), "value") != "Ioannina" {
		t.Error("what was typed is lost")
	}
	unseen := b.ana.writes(at+"/place", fields{"title": "\u00a0\u2800\u3164", "country": "GR", "city": "Ioannina"})
	unseen.is(http.StatusUnprocessableEntity)
	unseen.says("#title-problem", "Give the practice a title")
	b.ana.writes(at+"/place", fields{"title": "Two desks", "country": "NO", "city": "", "national": "yes"})
	b.ana.visit(at + "/place")
	if c := b.stored(at).Content; !c.National || len(c.Cities) != 0 {
		t.Errorf("as national it is kept as %+v", c)
	}
}

func TestPeriodThatCannotBe(t *testing.T) {
	t.Parallel()
	b := openBureau(t)
	at := b.ana.begins("A desk for newcomers")
	wrong := b.ana.writes(at+"/period", fields{"start_year": "long ago", "end_year": "", "end_month": "3"})
	wrong.is(http.StatusUnprocessableEntity)
	wrong.says("#problems", "the year it began", "the year it ended")
	if attr(wrong.one("#start_year"), "value") != "long ago" {
		t.Error("what was typed is lost")
	}
	b.ana.writes(at+"/period", fields{"start_year": "2020", "end_year": "2019"}).is(http.StatusSeeOther) // a draft may be wrong
	b.ana.visit(at+"/check").says("main", "The end must not come before the beginning")
	b.ana.visit(at+"/period?return=check").says("#end_year-problem", "The end must not come before the beginning")
}

// A text that is too long is stored, and only submitting is refused, for one reason.
// Beyond what any draft needs it is rejected, but stays in the form.
func TestLongTexts(t *testing.T) {
	t.Parallel()
	b := openBureau(t)
	at := b.ana.begins("A desk for newcomers")
	for long, says := range map[string]string{strings.TrimSpace(strings.Repeat("word ", 120)): "120 words; shorten it to 100",
		strings.Repeat("w", practice.MaxSummary+1): "3,001 characters long; shorten it to 3,000"} {
		b.ana.writes(at+"/summary", fields{"text": long}).is(http.StatusSeeOther)
		if b.stored(at).Content.Summary != long {
			t.Error("the text was not kept as it is")
		}
		b.ana.posts(at+"/summary", b.ana.visit(at+"/summary").filled(fields{"text": long + "."}), "Accept", "application/json").is(http.StatusOK)
		b.ana.writes(at+"/summary", fields{"text": long})
		refused := b.ana.posts(at+"/check", b.ana.visit(at+"/check").filled(fields{"consent": "yes"}))
		refused.is(http.StatusUnprocessableEntity)
		refused.says("#problems", says)
		if n := strings.Count(text(refused.one("#problems")), "“Summary”"); n != 1 {
			t.Errorf("the summary has %d problems", n)
		}
		shown := b.ana.visit(at + "/summary?return=check")
		shown.says("#summary-problem", says)
		if !has(shown.one(".over"), "hidden") {
			t.Error("it is told twice")
		}
	}
	b.ana.writes(at+"/place", fields{"organisation": strings.Repeat("o", practice.MaxName+1)}).is(http.StatusSeeOther)
	b.ana.visit(at+"/check").says("main", "301 characters long; shorten it to 300")
	huge := strings.Repeat("w", submission.MaxKept+1)
	refused := b.ana.writes(at+"/summary", fields{"text": huge})
	refused.is(http.StatusUnprocessableEntity)
	refused.says("#summary-problem", "100,001 characters", "100,000")
	if text(refused.one("#summary")) != huge {
		t.Error("what was typed is lost")
	}
	b.ana.posts(at+"/summary", fields{"text": strings.Repeat("w", 2<<20)}).is(http.StatusRequestEntityTooLarge)
}

// Two people can save different parts. If they save the same part, both texts are
// shown and neither is lost.
func TestTwoWriters(t *testing.T) {
	t.Parallel()
	b := openBureau(t)
	at := b.ana.begins("A desk for newcomers")
	hers, his := b.ana.visit(at+"/summary"), b.bo.visit(at+"/summary")
	b.bo.writes(at+"/purpose", fields{"text": "To help"})
	b.ana.posts(at+"/summary", hers.filled(fields{"text": "Her words", "completed": "yes"})).is(http.StatusSeeOther)

	conflict := b.bo.posts(at+"/summary", his.filled(fields{"text": "His words"}))
	conflict.is(http.StatusConflict)
	conflict.says("section[aria-labelledby=theirs]", "Her words")
	conflict.says("[role=alert]", b.ana.viewer.Name+" saved this part", "on 15 June 2025 at 12:00 UTC")
	b.bo.posts(at+"/purpose", fields{"text": "To help otherwise", "seen": "x"}).says("[role=alert]", "in another window")
	if text(conflict.one("#summary")) != "His words" {
		t.Error("his words are lost")
	}
	if c := b.stored(at).Content; c.Summary != "Her words" || c.Text("purpose") != "To help" {
		t.Errorf("stored is %+v", c)
	}
	b.ana.posts(at+"/summary", hers.filled(fields{"text": "Her words", "completed": "yes"})).is(http.StatusSeeOther) // sent twice
	b.bo.posts(at+"/summary", conflict.filled(fields{"text": "Her words and his"})).is(http.StatusSeeOther)
	if c := b.stored(at).Content; c.Summary != "Her words and his" {
		t.Errorf("in the end there is %q", c.Summary)
	}
}

func TestAutosave(t *testing.T) {
	t.Parallel()
	b := openBureau(t)
	at := b.ana.begins("A desk for newcomers")
	form := b.ana.visit(at + "/summary")
	send := func(changed fields) page {
		return b.ana.posts(at+"/summary", form.filled(changed), "Accept", "application/json")
	}
	first := send(fields{"text": "Two desks"})
	first.is(http.StatusOK)
	now := b.stored(at)
	if want := `{"saved":"2025-06-15T12:00:00Z","seen":"` + now.Content.Digest(submission.Summary) + `","words":2}`; strings.TrimSpace(first.body) != want {
		t.Errorf("answered %s, want %s", first.body, want)
	}
	if cache := first.header.Get("Cache-Control"); cache != "private, no-store" {
		t.Errorf("may be kept: %q", cache)
	}
	send(fields{"text": "Other words"}).is(http.StatusConflict) // the digest is that of the first text
	send(fields{"text": strings.Repeat("w", submission.MaxKept+1), "seen": now.Content.Digest(submission.Summary)}).is(http.StatusUnprocessableEntity)
	if b.stored(at).Content.Summary != "Two desks" {
		t.Error("a refused text was kept")
	}
}

// No text is lost when a session ends: the script is told, and the form is carried
// through signing in.
func TestSessionEndsWhileWriting(t *testing.T) {
	t.Parallel()
	b := openBureau(t)
	at := b.ana.begins("A desk for newcomers")
	form := b.ana.visit(at + "/summary").filled(fields{"text": "Not to be lost"})
	out := b.stranger()
	out.posts(at+"/summary", form, "Accept", "application/json").is(http.StatusUnauthorized)
	asked := out.posts(at+"/summary", form)
	asked.is(http.StatusUnauthorized)
	in := asked.filled(fields{"mail": b.ana.mail, "password": password})
	carried := out.posts(link.SignIn("en", ""), in)
	carried.is(http.StatusOK)
	out.posts(at+"/summary", carried.filled(nil)).leads(http.StatusSeeOther, at)
	if text := b.stored(at).Content.Summary; text != "Not to be lost" {
		t.Errorf("after signing in again the text is %q", text)
	}
}

// Officers at the same part learn of each other, also where it has files, for minutes.
func TestOfficersSeeWhoHasAPartOpen(t *testing.T) {
	t.Parallel()
	b := openBureau(t)
	at := b.ana.begins("A desk")
	for _, part := range []string{"/summary", "/pictures"} {
		b.ana.visit(at + part).lacks(".warning")
		b.ana.visit(at + part).lacks(".warning") // oneself is nobody else
		b.bo.visit(at+part).says(".warning", b.ana.viewer.Name+" has this part open (last active at "+today.UTC().Format("15:04")+" UTC)")
	}
	b.ana.visit(at + "/purpose").lacks(".warning")
	b.bo.visit(at + "/pictures").lacks(".warning") // ana is elsewhere by now
	b.bo.visit(at + "/purpose").one(".warning")

	form := b.ana.visit(at + "/purpose").filled(fields{"text": "Words"})
	later := today.Add(store.ReadingTime - time.Minute)
	b.clock = func() time.Time { return later }
	b.ana.posts(at+"/purpose", form, "Accept", "application/json").is(http.StatusOK) // the script saves
	later = later.Add(store.ReadingTime)
	b.bo.visit(at+"/purpose").says(".warning", "last active at "+later.Add(-store.ReadingTime).UTC().Format("15:04"))
	later = later.Add(time.Second)
	b.bo.visit(at + "/purpose").lacks(".warning")

	sent := b.ana.submits("Another")
	b.kim.visit(desks(sent)).lacks(".warning") // who writes is no editor who reads
}
