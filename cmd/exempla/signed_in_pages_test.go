package main

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"exempla/internal/account"
	"exempla/internal/browser"
	"exempla/internal/enquiry"
	"exempla/internal/localpg"
	"exempla/internal/practice"
	"exempla/internal/store"
	"exempla/internal/submission"
)

// signedInPages are the pages for signed-in people by account, and those around
// signing in. DRAFT, WAITING, ASKED and REJECTED are replaced by the numbers of
// submissions in these states, MENDED by that of a correction, REPORT and PUBLIC by those
// of a report and of a question that is published.
var signedInPages = map[string][]string{
	"": {"/sign-in", "/reset", "/invitation/none", "/reset/none"},
	"ioannina@example.org": {"/account", "/account/mails", "/account/address", "/account/second-factor", "/enquiries", "/enquiries/PUBLIC", "/submissions", "/submissions/new", "/submissions/DRAFT", "/submissions/DRAFT/place", "/submissions/DRAFT/period",
		"/submissions/DRAFT/topics", "/submissions/DRAFT/summary", "/submissions/DRAFT/key_reference_documents", "/submissions/DRAFT/pictures",
		"/submissions/DRAFT/contact", "/submissions/DRAFT/check", "/submissions/DRAFT/colleague", "/submissions/DRAFT/print", "/submissions/WAITING",
		"/submissions/WAITING/receipt", "/submissions/WAITING/withdraw", "/submissions/ASKED", "/submissions/ASKED/summary", "/submissions/REJECTED",
		"/practices/urban-response-coordination-ioannina", "/practices/urban-response-coordination-ioannina/translate"},
	"editor@example.org": {"/desk", "/enquiries", "/enquiries?state=closed", "/enquiries/REPORT", "/enquiries/PUBLIC", "/practices/urban-response-coordination-ioannina", "/desk?state=rejected", "/desk/WAITING", "/desk/ASKED", "/desk/REJECTED", "/desk/WAITING/reject", "/desk/REJECTED/reopen",
		"/desk/WAITING/history", "/submissions/WAITING/period", "/submissions/WAITING/pictures", "/desk/corrections/MENDED", "/submissions/MENDED/summary", "/submissions/MENDED/pictures", "/desk/statistics", "/desk/practices", "/desk/cities", "/desk/cities?q=nowhere", "/desk/cities/gr-ioannina",
		"/desk/practices/urban-response-coordination-ioannina/archive", "/desk/collections", "/desk/collections/new", "/desk/collections/1", "/desk/collections/1/withdraw"},
	"administrator@example.org": {"/people", "/enquiries", "/people?q=nobody", "/people/invite", "/people/1", "/people/2", "/people/2/erase", "/people/2/disable", "/events", "/events?action=none", "/mail-queue", "/state", "/appearance", "/appearance/words?language=ar&q=count", "/appearance/content?language=ar", "/desk/cities"},
}

// sampleSubmissions are the submissions that these pages show.
var sampleSubmissions = sync.OnceValues(func() (map[string]submission.ID, error) {
	if _, err := site(); err != nil {
		return nil, err
	}
	address := strings.TrimPrefix(siteSetting, "DATABASE_URL=")
	if folder, ok := strings.CutPrefix(siteSetting, "EXEMPLA_DATA="); ok {
		address, _ = localpg.Running(folder)
	}
	ctx := context.Background()
	s, err := store.Open(ctx, address)
	if err != nil {
		return nil, err
	}
	defer s.Close()
	officer, err := s.Accounts.ByMail(ctx, "ioannina@example.org")
	if err != nil {
		return nil, err
	}
	editor, err := s.Accounts.ByMail(ctx, "editor@example.org")
	if err != nil {
		return nil, err
	}
	w := submissionMaker{ctx, s, account.Viewer{ID: officer.ID, Role: officer.Role, Cities: officer.Cities}, account.Viewer{ID: editor.ID, Role: editor.Role}}
	return w.makeAll()
})

// submissionMaker creates submissions directly in the store.
type submissionMaker struct {
	context.Context
	*store.Store
	officer, editor account.Viewer
}

// makeAll creates one submission in each of the states.
func (w submissionMaker) makeAll() (map[string]submission.ID, error) {
	ids := map[string]submission.ID{}
	for name, actions := range map[string][]submission.Action{"DRAFT": nil, "WAITING": {submission.Submit},
		"ASKED": {submission.Submit, submission.RequestChanges}, "REJECTED": {submission.Submit, submission.Reject}} {
		id, err := w.makeOne(name, actions)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		ids[name] = id
	}
	mended, err := w.correct()
	ids["MENDED"] = mended
	if err == nil {
		err = w.enquire(ids)
	}
	return ids, err
}

// enquire sends a report, REPORT, and a question, PUBLIC, that is answered and published.
func (w submissionMaker) enquire(ids map[string]submission.ID) error {
	p, err := w.Practices.Find(w, "urban-response-coordination-ioannina")
	for kind, cause := range map[enquiry.Kind]enquiry.Cause{enquiry.Report: enquiry.DeadLink, enquiry.Question: ""} {
		if err == nil {
			err = w.Enquiries.Send(w, store.NewEnquiry{Mail: "reader@example.org", Key: "gallery " + string(kind), Enquiry: enquiry.Enquiry{Kind: kind,
				Practice: p.Number, Cause: cause, Language: "uk", Words: "Скільки людей там працює?\n\nХто це фінансує?", Written: time.Now()}})
		}
	}
	if err != nil {
		return err
	}
	found, err := w.Enquiries.Page(w, store.EnquiryFilter{}, 1)
	for _, e := range found.List {
		if e.Kind == enquiry.Report {
			ids["REPORT"] = submission.ID(e.ID)
			continue
		}
		ids["PUBLIC"] = submission.ID(e.ID)
		for i, action := range []enquiry.Action{enquiry.Reply, enquiry.Publish} {
			if err == nil {
				_, err = w.Enquiries.Advance(w, e.ID, i+1, enquiry.Step{Action: action, By: w.editor, At: time.Now(), Text: "Eleven people.", Language: "en", Words: e.Words})
			}
		}
	}
	return err
}

// correct begins to correct a public text.
func (w submissionMaker) correct() (submission.ID, error) {
	p, err := w.Practices.Find(w, "urban-response-coordination-ioannina")
	if err != nil {
		return 0, err
	}
	public := submission.Proposed(p, "en")
	begun := submission.Submission{Kind: submission.Change, Practice: p.Number, BaseRevision: p.Revision, Language: "en",
		Content: public.WithText(submission.Summary, "Other words"), Correction: &submission.Correction{Public: public, Note: "A slip"}, Created: time.Now()}
	return w.Submissions.Start(w, begun, "gallery correction", w.editor)
}

func (w submissionMaker) makeOne(name string, actions []submission.Action) (submission.ID, error) {
	c := submission.Content{Title: "A help desk, " + strings.ToLower(name), Countries: []practice.Country{"GR"},
		Cities: []practice.City{{Country: "GR", Name: "Ioannina"}}, Topics: []practice.Topic{"refugees"},
		Keywords: []string{"refugee", "volunteer"}, Period: practice.Period{Start: practice.Date{Year: 2017}, Ongoing: true}}
	for _, p := range submission.Parts {
		if p.IsText() && !p.Optional() {
			c = c.WithText(p, "Words about **"+string(p)+"**\n\n- one\n- two")
		}
	}
	id, err := w.Submissions.Start(w, submission.Submission{Kind: submission.New, Language: "en", Content: c, Created: time.Now()}, "gallery "+name, w.officer)
	for i, action := range actions {
		step := submission.Step{Action: action, By: w.editor, At: time.Now(), Consent: "Yes", Reason: "It is an announcement so far."}
		if action == submission.Submit {
			step.By = w.officer
		}
		if err == nil && action == submission.RequestChanges {
			contribution := store.Contribution{Submission: id, By: w.editor, At: step.At}
			err = w.Submissions.AddComment(w, contribution, submission.Comment{Part: submission.Summary, Text: "Who runs it?"}, "gallery comment")
		}
		if err == nil {
			_, err = w.Submissions.Advance(w, id, i+1, step)
		}
	}
	return id, err
}

// TestSignedInPagesAreAccessible checks every page for signed-in people: wide and
// light, dark, on the narrowest screen and from right to left.
func TestSignedInPagesAreAccessible(t *testing.T) {
	t.Parallel()
	ids, err := sampleSubmissions()
	if err != nil {
		t.Fatal(err)
	}
	for who, pages := range signedInPages {
		t.Run("of "+who, func(t *testing.T) {
			t.Parallel()
			tab := browser.Open(t)
			if who != "" {
				signIn(t, tab, who)
			}
			for _, path := range pages {
				checkPage(t, tab, numbered(path, ids))
			}
		})
	}
}

// numbered writes the numbers of submissions into a path.
func numbered(path string, ids map[string]submission.ID) string {
	for name, id := range ids {
		path = strings.ReplaceAll(path, name, fmt.Sprint(int64(id)))
	}
	return path
}

// greyBox is an empty box that can be chosen and has the browser's own look, which in
// the dark is that of one that cannot.
const greyBox = `[...document.querySelectorAll(":is([type=checkbox], [type=radio]):enabled:not(:checked)")].find((box) => getComputedStyle(box).appearance !== "none")?.outerHTML ?? ""`

// checkPage checks one page in all of these views.
func checkPage(t *testing.T, tab *browser.Tab, path string) {
	t.Helper()
	check := func(view string, v browser.View) {
		t.Helper()
		tab.Look(v)
		for _, violation := range tab.Violations() {
			t.Errorf("%s, %s: %s", path, view, violation)
		}
		if grey := browser.Ask[string](tab, greyBox); v.Dark && grey != "" {
			t.Errorf("%s, %s: looks as if it could not be chosen: %s", path, view, grey)
		}
		if out := browser.Ask[string](tab, tooWide); v.Width == phone && out != "" {
			t.Errorf("%s, %s: sticks out: %s", path, view, out)
		}
	}
	tab.Look(browser.View{})
	tab.Go(address(t, "/en"+path))
	checkStandsStill(t, tab)
	check("light", browser.View{})
	browser.Ask[bool](tab, unfold)
	check("dark, unfolded, narrow", browser.View{Dark: true, Width: phone})
	tab.Go(address(t, "/ar"+path))
	browser.Ask[bool](tab, unfold)
	check("right to left, narrow", browser.View{Width: phone})
}
