package submission_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"exempla/internal/practice"
	"exempla/internal/submission"
)

// written shows runs in one line: [-deleted-], {+inserted+}.
func written(runs []submission.Run) string {
	marks := map[submission.Mark]string{submission.Same: "%s", submission.Deleted: "[-%s-]", submission.Inserted: "{+%s+}"}
	var b strings.Builder
	for _, run := range runs {
		fmt.Fprintf(&b, marks[run.Mark], run.Text)
	}
	return b.String()
}

func TestCompareText(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ before, after, want string }{
		{"", "", ""},
		{"", "All new.", "{+All new.+}"},
		{"All gone.", "", "[-All gone.-]"},
		{"Nothing new.", "Nothing new.", "Nothing new."},
		{"The group meets.", "The group meets on Monday.", "The group meets{+ on Monday+}."},
		{"Many people were served.", "1,677 people were served.", "[-Many-]{+1,677+} people were served."},
		{"desks for many things, mostly", "desks for documents, mostly", "desks for [-many things-]{+documents+}, mostly"},
		{"One.\n\nTwo.\n\nThree.", "One.\n\nThree.", "One.\n\n[-Two.\n\n-]Three."},
		{"- a\n- c\n", "- a\n- b\n- c\n", "- a\n{+- b\n+}- c\n"},
		{"予算を決める", "予算案を決める", "予算{+案+}を決める"},
		{"في المدينة", "في البلدية", "في [-المدينة-]{+البلدية+}"},
		{"cafe\u0301 noir", "cafe noir", "[-cafe\u0301-]{+cafe+} noir"},
		{"a 👩\u200d🌾 b", "a 👩 b", "a [-👩\u200d🌾-]{+👩+} b"},
		{"and the one of a thing", "or a two in the rest", "[-and the one of a thing-]{+or a two in the rest+}"},
	} {
		if got := written(submission.CompareText(c.before, c.after)); got != c.want {
			t.Errorf("%q, %q:\ngot  %s\nwant %s", c.before, c.after, got, c.want)
		}
	}
}

// texts draws texts that have much in common.
func texts() *rapid.Generator[string] {
	pieces := rapid.SampledFrom([]string{"a", "b", "word", " ", "  ", "\n", "\n\n", ".", "é", "e\u0301", "予", "算", "- ", "\xff", "👩\u200d🌾"})
	return rapid.Custom(func(t *rapid.T) string { return strings.Join(rapid.SliceOfN(pieces, 0, 60).Draw(t, "pieces"), "") })
}

func TestRunsAreBothTexts(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		before, after := texts().Draw(t, "before"), texts().Draw(t, "after")
		checkRuns(t, before, after, submission.CompareText(before, after))
	})
}

// failer is whatever is told of a failure.
type failer interface {
	Fatalf(format string, args ...any)
}

func checkRuns(t failer, before, after string, runs []submission.Run) {
	var had, has string
	for i, run := range runs {
		if run.Text == "" || i > 0 && runs[i-1].Mark == run.Mark {
			t.Fatalf("run %d of %+v is empty or could be one with that before", i, runs)
		}
		if run.Mark != submission.Inserted {
			had += run.Text
		}
		if run.Mark != submission.Deleted {
			has += run.Text
		}
	}
	if had != before || has != after {
		t.Fatalf("runs are %q and %q, the texts %q and %q", had, has, before, after)
	}
}

// Texts made to be slow to compare are compared in less than the time for which
// somebody waits for a page.
func TestHostileTextsAreComparedInTime(t *testing.T) {
	t.Parallel()
	const size = practice.MaxSection
	random := func(seed uint32, signs string) string {
		var b strings.Builder
		for range size {
			seed = seed*1664525 + 1013904223
			b.WriteByte(signs[int(seed>>16)%len(signs)])
		}
		return b.String()
	}
	for name, signs := range map[string]string{"signs": ".,;:!?", "words and spaces": "ab cd ", "lines": "a\nb\n", "two signs": ".,"} {
		before, after := random(1, signs), random(2, signs)
		start := time.Now()
		checkRuns(t, before, after, submission.CompareText(before, after))
		if took := time.Since(start); took > 3*time.Second {
			t.Errorf("%s: took %s", name, took)
		}
	}
}

func TestDifferences(t *testing.T) {
	t.Parallel()
	before := complete()
	after := complete().WithText(submission.Part(practice.Lessons), "Talk early.").WithText(submission.Summary, "").WithCompleted(submission.Period, true)
	after.Title, after.Topics = "A better help desk", []practice.Topic{"housing"}
	after.Pictures = []practice.Attachment{{Hash: "aa", Alt: "A desk"}}
	var changed, added []submission.Part
	for _, d := range submission.Differences(before, after) {
		if d.Changed() {
			changed = append(changed, d.Part)
		}
		if d.New() {
			added = append(added, d.Part)
		}
		if want := d.Part == submission.TitleAndPlace; (written(d.Title) == "A {+better +}help desk") != want {
			t.Errorf("%s: title %s", d.Part, written(d.Title))
		}
	}
	if want := []submission.Part{submission.TitleAndPlace, submission.Topics, submission.Summary, submission.Part(practice.Lessons), submission.Pictures}; !slices.Equal(changed, want) {
		t.Errorf("changed: %v, want %v", changed, want)
	}
	if want := []submission.Part{submission.Part(practice.Lessons), submission.Pictures}; !slices.Equal(added, want) {
		t.Errorf("new: %v, want %v", added, want)
	}
}

func TestCompareList(t *testing.T) {
	t.Parallel()
	before, after := []string{"a", "b", "c", "e"}, []string{"c", "d", "a", "e"}
	got := submission.CompareList(before, after)
	want := []submission.Run{{submission.Same, "c"}, {submission.Inserted, "d"}, {submission.Same, "a"}, {submission.Same, "e"}, {submission.Deleted, "b"}}
	if !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	got = submission.CompareOrder(before, after)
	want = []submission.Run{{submission.Deleted, "a"}, {submission.Deleted, "b"}, {submission.Same, "c"}, {submission.Inserted, "d"},
		{submission.Inserted, "a"}, {submission.Same, "e"}}
	if !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}
