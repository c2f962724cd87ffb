package component

import (
	"slices"
	"testing"

	"exempla/internal/practice"
	"exempla/internal/submission"
)

func TestFilesOfOneNameAreDistinguished(t *testing.T) {
	t.Parallel()
	plan := func(hash string) practice.Attachment { return practice.Attachment{Hash: hash, Name: "Plan"} }
	photo := practice.Attachment{Hash: "cccccccc", Alt: "A desk", Credit: "City"}
	got := compareFiles([]practice.Attachment{plan("aaaaaaaa"), photo}, []practice.Attachment{photo, plan("bbbbbbbb")})
	want := []submission.Run{{Mark: submission.Same, Text: "A desk (City)"}, {Mark: submission.Inserted, Text: "Plan · bbbbbb"}, {Mark: submission.Deleted, Text: "Plan · aaaaaa"}}
	if !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestParagraphsOfBothTexts(t *testing.T) {
	t.Parallel()
	runs := submission.CompareText("One.\n\nTwo.\n\nThree.", "One.\n\nThree.\n\nFour.")
	var list []string
	for _, paragraph := range paragraphs(runs) {
		words := ""
		for _, run := range paragraph {
			words += string(run.Mark) + ":" + run.Text + " "
		}
		list = append(list, words)
	}
	want := []string{"same:One. ", "deleted:Two. ", "same:Three. ", "inserted:Four. "}
	if !slices.Equal(list, want) {
		t.Errorf("got %q, want %q", list, want)
	}
}
