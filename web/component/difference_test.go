package component

import (
	"reflect"
	"slices"
	"testing"

	"exempla/internal/locale"
	"exempla/internal/practice"
	"exempla/internal/submission"
)

func TestFilesOfOneNameAreDistinguished(t *testing.T) {
	t.Parallel()
	plan := func(hash string) practice.Attachment { return practice.Attachment{Hash: hash, Name: "Plan"} }
	photo := practice.Attachment{Hash: "cccccccc", Alt: "A desk", Credit: "City"}
	got := compareFiles([]practice.Attachment{plan("aaaaaaaa"), photo}, []practice.Attachment{photo, plan("bbbbbbbb")})
	want := []submission.Run{{Mark: submission.Deleted, Text: "Plan · aaaaaa"}, {Mark: submission.Same, Text: "A desk (City)"}, {Mark: submission.Inserted, Text: "Plan · bbbbbb"}}
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

func TestFactsOfAPart(t *testing.T) {
	t.Parallel()
	l, ok := locale.Find("en")
	if !ok {
		t.Fatal("there is no English")
	}
	before := submission.Content{Countries: []practice.Country{"GR", "NO"}, Cities: []practice.City{{Country: "GR", Name: "Ioannina"}},
		Topics: []practice.Topic{"refugees"}}.WithText("contact", "An office")
	after := before
	after.Countries = []practice.Country{"GR"}
	after.Topics = []practice.Topic{"refugees", "education"}
	before.Keywords, after.Keywords = []string{"school", "music"}, []string{"school", "chess"}
	after.NamesPerson, after.PersonAgrees = true, true
	same := func(text string) submission.Run { return submission.Run{Mark: submission.Same, Text: text} }
	inserted := func(text string) submission.Run { return submission.Run{Mark: submission.Inserted, Text: text} }
	deleted := func(text string) submission.Run { return submission.Run{Mark: submission.Deleted, Text: text} }
	want := map[submission.Part][]Fact{
		submission.TitleAndPlace: {{l.T("practice.place"), []submission.Run{same("Ioannina, Greece"), deleted("Norway")}}},
		submission.Period:        nil, // neither side has one
		submission.Topics: {{l.T("facet.topic"), []submission.Run{same("Refugees"), inserted("Education")}},
			{l.T("practice.keywords"), []submission.Run{same("school"), inserted("chess"), deleted("music")}}},
		submission.Summary: nil,
		"contact":          {{l.T("difference.person"), []submission.Run{inserted(l.T("difference.person.agrees")), deleted(l.T("difference.person.office"))}}},
	}
	for _, d := range submission.Differences(before, after) {
		facts, ok := want[d.Part]
		if got := (PartComparison{PartDifference: d, Language: "en"}).facts(l); ok && !reflect.DeepEqual(got, facts) {
			t.Errorf("%s: got %+v, want %+v", d.Part, got, facts)
		}
	}
}
