package store_test

import (
	"errors"
	"strings"
	"testing"

	"exempla/internal/practice"
	"exempla/internal/store"
	"exempla/internal/submission"
)

// hashed is a hash made of one digit.
func hashed(digit string) string { return strings.Repeat(digit, 64) }

func TestFilesAreSeenWithTheTextThatNamesThem(t *testing.T) {
	t.Parallel()
	d := openDesk(t)
	photo := practice.Attachment{Hash: hashed("a"), Type: "image/jpeg", Size: 9, Width: 4, Height: 3, Alt: "A desk"}
	report := practice.Attachment{Hash: hashed("b"), Type: "application/pdf", Size: 7, Name: "Évaluation"}
	draft := d.begin(submission.Submission{Content: text("With files")})
	d.attach(photo)
	d.attach(photo)
	d.attach(report)
	d.named(photo.Hash)

	save := step(submission.Save, ana)
	save.Content = text("With files")
	save.Content.Pictures, save.Content.Files = []practice.Attachment{photo}, []practice.Attachment{report}
	s := d.take(draft, save)
	d.named(photo.Hash, s.ID)
	d.public(photo.Hash, false, "")

	s = d.take(d.take(s, step(submission.Submit, ana)), step(submission.Approve, kim))
	d.public(photo.Hash, true, "")
	d.public(report.Hash, true, "Évaluation")

	change := d.begin(submission.Submission{Kind: submission.Change, Language: "en", Practice: s.Practice,
		BaseRevision: 1, Content: submission.Proposed(load(t, d.Store, s.Slug), "en")})
	d.named(photo.Hash, change.ID, s.ID)
	save.Content = change.Content
	save.Content.Pictures = nil
	change = d.take(change, save)
	d.named(photo.Hash, change.ID, s.ID)
	d.take(d.take(change, step(submission.Submit, ana)), step(submission.Approve, kim))
	d.public(photo.Hash, false, "")
	d.public(report.Hash, true, "Évaluation")

	if err := d.Practices.Advance(t.Context(), s.Slug, submission.PracticeStep{Action: submission.Archive, By: kim, At: tuesday, Reason: "Over"}); err != nil {
		t.Fatal(err)
	}
	d.public(report.Hash, false, "")
}

func TestAFileThatIsNotKeptIsNotShown(t *testing.T) {
	t.Parallel()
	d := openDesk(t)
	p := made("from-elsewhere")
	p.Texts[0].Attachments = []practice.Attachment{{Hash: hashed("c"), Type: "image/png", Size: 1}}
	importInto(t, d.Store, p)
	if _, _, err := d.Files.Find(t.Context(), hashed("c")); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("error %v", err)
	}
}

func (d *desk) attach(a practice.Attachment) {
	d.Helper()
	if err := d.Files.Keep(d.Context(), a, tuesday); err != nil {
		d.Fatal(err)
	}
}

// named checks which submissions a file belongs to.
func (d *desk) named(hash string, want ...submission.ID) {
	d.Helper()
	list, err := d.Submissions.WithFile(d.Context(), hash)
	if err != nil || len(list) != len(want) {
		d.Fatalf("%d submissions name it, want %d, error %v", len(list), len(want), err)
	}
	for i, s := range list {
		if s.ID != want[i] {
			d.Errorf("it is named by %v, want %v", s.ID, want[i])
		}
	}
}

// public checks whether a file is public, and under which name.
func (d *desk) public(hash string, want bool, name string) {
	d.Helper()
	a, public, err := d.Files.Find(d.Context(), hash)
	if err != nil || public != want || a.Name != name || a.Hash != hash {
		d.Errorf("public %v as %+v, want %v as %q, error %v", public, a, want, name, err)
	}
}
