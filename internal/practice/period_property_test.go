package practice

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// frames are wordings around two dates, with what they mean.
var frames = []struct {
	wording       string // with %[1]s and %[2]s for the dates
	start, end    bool   // which of the two dates are stated
	ongoing, once bool   // whether the period goes on; whether the wording names only the first date
}{
	{"%[1]s - %[2]s", true, true, false, false},
	{"%[1]s – %[2]s", true, true, false, false},
	{"from %[1]s to %[2]s", true, true, false, false},
	{"von %[1]s bis %[2]s", true, true, false, false},
	{"Pilot: %[1]s until %[2]s", true, true, false, false},
	{"από %[1]s έως %[2]s", true, true, false, false},
	{"з %[1]s до %[2]s", true, true, false, false},
	{"من %[1]s إلى %[2]s", true, true, false, false},
	{"%[1]s to %[2]s (still in use)", true, true, true, false},
	{"since %[1]s", true, false, true, true},
	{"%[1]s onwards", true, false, true, true},
	{"depuis %[1]s", true, false, true, true},
	{"%[1]s - present", true, false, true, true},
	{"%[1]s-", true, false, true, true},
	{"until %[1]s", false, true, false, true},
	{"hasta %[1]s", false, true, false, true},
	{"  Project, %[1]s  ", true, false, false, true},
}

func drawDate(t *rapid.T, label string) Date {
	return Date{rapid.IntRange(MinYear, MaxYear).Draw(t, label+" year"), time.Month(rapid.IntRange(0, 12).Draw(t, label+" month"))}
}

// worded writes a date as people do, in one of several forms.
func worded(t *rapid.T, d Date, label string) string {
	if d.Month == 0 {
		return fmt.Sprint(d.Year)
	}
	name := d.Month.String()
	return rapid.SampledFrom([]string{
		fmt.Sprintf("%s %d", name, d.Year),
		fmt.Sprintf("%s %d", strings.ToUpper(name), d.Year),
		fmt.Sprintf("%s, %d", name, d.Year),
		fmt.Sprintf("%02d/%d", d.Month, d.Year),
		fmt.Sprintf("15 %s %d", name, d.Year),
		fmt.Sprintf("1st %s %d", name, d.Year),
		fmt.Sprintf("28/%02d/%d", d.Month, d.Year),
		fmt.Sprintf("3.%d.%d", d.Month, d.Year),
	}).Draw(t, label+" form")
}

// Whatever the dates, a wording that states them is read as stating them.
func TestParsePeriodReadsDatesInAnyFrame(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		first, last := drawDate(t, "first"), drawDate(t, "last")
		frame := rapid.SampledFrom(frames).Draw(t, "frame")
		if !frame.once && last.lastMonth() < first.firstMonth() {
			first, last = last, first
		}
		// The same date on both sides of a sign is still a stated end.
		wording := strings.ReplaceAll(strings.ReplaceAll(frame.wording, "%[1]s", worded(t, first, "first")), "%[2]s", worded(t, last, "last"))
		want := Period{Ongoing: frame.ongoing, Wording: strings.TrimSpace(wording)}
		if frame.start {
			want.Start = first
		}
		switch {
		case frame.end && frame.once:
			want.End = first
		case frame.end:
			want.End = last
		}
		if got := ParsePeriod(wording); got != want {
			t.Fatalf("%q means %q, want %q", wording, meaning(got), meaning(want))
		}
	})
}

// Case, accents, the kind of dash and the kind of space are typing, not meaning.
func TestParsePeriodDoesNotDependOnTyping(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		c := rapid.SampledFrom(catalogueWordings).Draw(t, "wording")
		typed := c[0]
		for _, change := range []struct{ from, to string }{{"-", "–"}, {"-", "—"}, {"–", "-"}, {" ", "\u00a0"}, {" ", "  "}, {"à", "a\u0300"}, {"0", "٠"}} {
			if rapid.Bool().Draw(t, change.to) {
				typed = strings.ReplaceAll(typed, change.from, change.to)
			}
		}
		switch rapid.IntRange(0, 2).Draw(t, "case") {
		case 1:
			typed = strings.ToUpper(typed)
		case 2:
			typed = strings.ToLower(typed)
		}
		if got := meaning(ParsePeriod(typed)); got != c[1] {
			t.Fatalf("%q, typed for %q, means %q, want %q", typed, c[0], got, c[1])
		}
	})
}

func drawPeriod(t *rapid.T) Period {
	p := Period{Ongoing: rapid.Bool().Draw(t, "ongoing")}
	if rapid.Bool().Draw(t, "has a start") {
		p.Start = drawDate(t, "start")
	}
	if rapid.Bool().Draw(t, "has an end") {
		p.End = drawDate(t, "end")
	}
	if p.Backwards() {
		p.Start, p.End = p.End, p.Start
	}
	return p
}

func drawDay(t *rapid.T, label string) time.Time {
	return time.Date(rapid.IntRange(MinYear, MaxYear).Draw(t, label+" year"), time.Month(rapid.IntRange(1, 12).Draw(t, label+" month")),
		rapid.IntRange(1, 28).Draw(t, label+" day"), 12, 0, 0, 0, time.UTC)
}

// A practice that is over stays over, and one of which nothing is known tells
// nothing on any day.
func TestStatusNeverTurnsBack(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		p, day, later := drawPeriod(t), drawDay(t, "day"), drawDay(t, "later")
		if later.Before(day) {
			day, later = later, day
		}
		before, after := p.Status(day), p.Status(later)
		if before != after && (before != Running || after != Ended) {
			t.Fatalf("%q is %s in %v and %s in %v", meaning(p), before, day, after, later)
		}
		if p.Ongoing && before != Running || before == Ended && p.End.IsZero() || before == Unknown && !p.End.IsZero() {
			t.Fatalf("%q is %s", meaning(p), before)
		}
	})
}

// The years that a facet counts are in order, hold the start, and grow with time.
func TestYearsOfAPeriodAreARange(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		p, day, later := drawPeriod(t), drawDay(t, "day"), drawDay(t, "later")
		if later.Before(day) {
			day, later = later, day
		}
		first, last, ok := p.Years(day)
		if ok && (first > last || p.Start.Year != 0 && first != p.Start.Year) {
			t.Fatalf("%q has the years %d to %d in %d", meaning(p), first, last, day.Year())
		}
		if ok && last > max(day.Year(), p.Start.Year) {
			t.Fatalf("%q has the year %d in %d, which is to come", meaning(p), last, day.Year())
		}
		laterFirst, laterLast, laterOK := p.Years(later)
		if ok && (!laterOK || laterFirst != first || laterLast < last) {
			t.Fatalf("%q loses years: %d to %d in %d, %d to %d in %d", meaning(p), first, last, day.Year(), laterFirst, laterLast, later.Year())
		}
	})
}

// The columns of a file decide; the wording beside them adds months at most.
func TestWithYearsKeepsTheYearsOfTheFile(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		read := drawPeriod(t)
		read.Wording = "as written"
		year := rapid.OneOf(rapid.Just(0), rapid.IntRange(MinYear, MaxYear))
		start, end, ongoing := year.Draw(t, "start"), year.Draw(t, "end"), rapid.Bool().Draw(t, "goes on")
		got := read.WithYears(start, end, ongoing)
		if got.Start.Year != start || got.End.Year != end || got.Ongoing != ongoing || got.Wording != read.Wording {
			t.Fatalf("%q with %d, %d, %v is %q", meaning(read), start, end, ongoing, meaning(got))
		}
		if got.Start.Month != 0 && got.Start != read.Start || got.End.Month != 0 && got.End != read.End {
			t.Fatalf("%q with %d, %d has months of another year: %q", meaning(read), start, end, meaning(got))
		}
	})
}
