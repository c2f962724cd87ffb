package submit_test

import (
	"fmt"
	"strings"
	"testing"

	"exempla/internal/account"
	"exempla/internal/practice"
	"exempla/internal/submission"
	"exempla/web/page/submit"
)

func partInput(part submission.Part) submit.PartInput {
	in := input(submission.Draft)
	return submit.PartInput{SubmissionInput: in, Part: part, Form: submission.NewPartForm(in.Content, part), Base: "DIGEST"}
}

func part(t *testing.T, in submit.PartInput) view {
	t.Helper()
	return render(t, submit.NewPart(english(t), seenBy(ana, account.Officer), in).View())
}

func TestTextOfAPart(t *testing.T) {
	t.Parallel()
	in := partInput(submission.Summary)
	p := part(t, in)
	p.has(`name="seen" value="DIGEST"`, true)
	p.shows("Up to 100 words", "Save and continue")
	p.has("<span class=\"over\" hidden>", true)
	in.Form.Text = strings.Repeat("word ", 101)
	in.Checking = true
	p = part(t, in)
	p.has("<span class=\"over\">", true)
	p.has(`name="return" value="check"`, true)
	p.has(`href="/en/submissions/1/check"`, true)
}

func TestBothTextsOfAConflict(t *testing.T) {
	t.Parallel()
	in := partInput(submission.Summary)
	in.Form.Text = "What I typed"
	in.Conflict = true
	p := submit.NewPart(english(t), seenBy(ana, account.Officer), in)
	if p.Meta.Narrow {
		t.Error("there is no room for two columns")
	}
	shown := render(t, p.View())
	shown.has(`role="alert"`, true)
	shown.shows("Two desks", "What I typed")
}

func TestOriginalOfATranslation(t *testing.T) {
	t.Parallel()
	in := partInput(submission.Summary)
	in.Kind = submission.Translation
	norwegian := practice.Practice{Texts: []practice.Text{{Language: "no", Summary: "To bord"}}}
	original := submission.OriginalIn("en", submission.Sources{Now: norwegian, Followed: norwegian})
	in.Original = &original
	p := part(t, in)
	p.shows("To bord", "Norwegian")
	p.has(`id="original"`, true)
	title := partInput(submission.TitleAndPlace)
	part(t, title).has(`name="city"`, true)
	title.Kind = submission.Translation
	part(t, title).has(`name="city"`, false)
}

func TestRowsForCities(t *testing.T) {
	t.Parallel()
	in := partInput(submission.TitleAndPlace)
	in.ExtraRows = 1
	p := part(t, in)
	p.has(`id="city"`, true)
	p.has(`id="city-2"`, true)
	p.has(`id="city-3"`, false)
	if got := submit.FirstNewRow(in.Content); got != "#country-2" {
		t.Errorf("the new row is at %s", got)
	}
	in.Form.Rows = nil
	in.ExtraRows = 0
	part(t, in).has(`id="city"`, true) // there is always a row to fill in
}

func TestProblemsAreShownAtTheirFields(t *testing.T) {
	t.Parallel()
	in := partInput(submission.Period)
	in.Invalid = []submission.Problem{{Part: submission.Period, Field: "start_year", Rule: "missing"}}
	p := submit.NewPart(english(t), seenBy(ana, account.Officer), in)
	if !p.Meta.Problems {
		t.Error("the title of the page does not tell the problem")
	}
	shown := render(t, p.View())
	shown.has(`id="start_year-problem"`, true)
	shown.has(`id="end_year-problem"`, false)
}

func TestRoomForFiles(t *testing.T) {
	t.Parallel()
	in := partInput(submission.Pictures)
	p := part(t, in)
	p.shows("There are no pictures yet")
	p.has(`accept="image/jpeg,image/png,image/webp"`, true)
	for i := range submission.MaxFiles - 1 {
		in.Content.Pictures = append(in.Content.Pictures, practice.Attachment{Hash: fmt.Sprint("hash", i), Type: "image/png", Width: 10, Height: 10})
	}
	in.Files.Rows = in.Content.Pictures
	part(t, in).has(`type="file"`, true)
	in.Content.Files = []practice.Attachment{{Hash: "plan", Type: "application/pdf", Name: "Plan"}}
	p = part(t, in)
	p.has(`type="file"`, false)
	p.shows("This practice has as many files as it can have (12)", "Picture 11")

	documents := partInput(submission.Part(practice.Documents))
	p = part(t, documents)
	p.shows("There are no documents yet")
	p.has(`accept="application/pdf"`, true)
}

func TestRejectedAndRemovedFiles(t *testing.T) {
	t.Parallel()
	in := partInput(submission.Pictures)
	in.Files.Rejected = []submit.RejectedFile{{Name: "plan.svg", Reason: "svg"}, {Name: "film.mp4", Reason: "film"}}
	in.Files.Removed = &practice.Attachment{Hash: "gone", Type: "image/png", Alt: "A desk", Credit: "City"}
	page := submit.NewPart(english(t), seenBy(ana, account.Officer), in)
	if !page.Meta.Problems || len(page.Problems) != 2 {
		t.Errorf("problems: %v", page.Problems)
	}
	p := render(t, page.View())
	p.shows("“plan.svg” is an SVG drawing", "“film.mp4” is a film or a sound recording", "The picture has been removed.")
	p.has(`name="restore" value="gone"`, true)
	p.has(`value="A desk"`, true) // its captions come back with it
	p.has(`value="City"`, true)

	documents := partInput(submission.Part(practice.Documents))
	documents.Files.Removed = &practice.Attachment{Hash: "gone", Type: "application/pdf", Name: "Plan"}
	part(t, documents).shows("“Plan” has been removed.")
}
