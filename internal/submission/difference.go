package submission

import (
	"slices"
	"strings"
)

// Mark says what became of a piece between two texts.
type Mark string

// The marks.
const (
	Same     Mark = "same"
	Inserted Mark = "inserted"
	Deleted  Mark = "deleted"
)

// Run is a piece of a text, and what became of it.
type Run struct {
	Mark Mark
	Text string
}

// PartDifference is one part of a text before and after.
type PartDifference struct {
	Part          Part
	Before, After Content // of this part only
	Title         []Run   // of the first part, word by word
	Runs          []Run   // of a long text, likewise
}

// Differences compares two texts part by part, in the order of the task list.
// The words and spaces of all runs that are not deleted are the text after, of
// all that are not inserted the text before.
func Differences(before, after Content) []PartDifference {
	list := make([]PartDifference, 0, len(Parts))
	for _, p := range Parts {
		d := PartDifference{Part: p, Before: Content{}.With(p, before), After: Content{}.With(p, after)}
		// Whether its author calls a part completed is no part of the text.
		d.Before.Completed, d.After.Completed = nil, nil
		if p == TitleAndPlace {
			d.Title = CompareText(before.Title, after.Title)
		}
		if p.IsText() {
			d.Runs = CompareText(before.Text(p), after.Text(p))
		}
		list = append(list, d)
	}
	return list
}

// Changed reports whether the part differs at all.
func (d PartDifference) Changed() bool { return d.Before.Digest(d.Part) != d.After.Digest(d.Part) }

// New reports whether the part was empty before.
func (d PartDifference) New() bool { return !d.Before.Filled(d.Part) && d.After.Filled(d.Part) }

// CompareList compares two lists, of which the order matters little: what is no
// longer there comes last.
func CompareList(before, after []string) []Run {
	list := make([]Run, 0, len(before)+len(after))
	for _, v := range after {
		mark := Inserted
		if slices.Contains(before, v) {
			mark = Same
		}
		list = append(list, Run{mark, v})
	}
	for _, v := range before {
		if !slices.Contains(after, v) {
			list = append(list, Run{Deleted, v})
		}
	}
	return list
}

// CompareOrder compares two lists of lines, of which the order matters. What has moved
// is no longer where it was, and new where it is.
func CompareOrder(before, after []string) []Run {
	var list []Run
	add := func(mark Mark, lines string) {
		for line := range strings.Lines(lines) {
			list = append(list, Run{mark, strings.TrimSuffix(line, "\n")})
		}
	}
	for _, h := range compare(ended(before), ended(after)) {
		add(Same, h.same)
		add(Deleted, h.deleted)
		add(Inserted, h.inserted)
	}
	return list
}

// ended puts a line end behind each value.
func ended(values []string) []string {
	list := make([]string, len(values))
	for i, v := range values {
		list[i] = v + "\n"
	}
	return list
}

// CompareText compares two texts: first paragraph by paragraph, so that a text
// of any length is compared in time, then word by word where paragraphs differ.
// What differs too much to be told word by word is shown as replaced.
func CompareText(before, after string) []Run {
	var runs []Run
	if before == "" || after == "" {
		return appendRun(appendRun(runs, Deleted, before), Inserted, after)
	}
	// With a line end behind both, a last paragraph is the same wherever it stands.
	for _, h := range compare(paragraphs(before+"\n"), paragraphs(after+"\n")) {
		runs = appendRun(runs, Same, h.same)
		if h.deleted == "" || h.inserted == "" {
			runs = appendRun(appendRun(runs, Deleted, h.deleted), Inserted, h.inserted)
			continue
		}
		for _, w := range readable(compare(tokens(h.deleted), tokens(h.inserted))) {
			runs = appendRun(appendRun(appendRun(runs, Same, w.same), Deleted, w.deleted), Inserted, w.inserted)
		}
	}
	return withoutEnd(runs)
}

// withoutEnd takes the line end off both texts that was put behind them. When
// only one of them ends with the last run, the other ends with the run before,
// and the line end there becomes the beginning of the last run.
func withoutEnd(runs []Run) []Run {
	last := len(runs) - 1
	cut := func(i int) { runs[i].Text = strings.TrimSuffix(runs[i].Text, "\n") }
	cut(last)
	if runs[last].Mark != Same && last > 0 {
		cut(last - 1)
		if runs[last-1].Mark == Same {
			runs[last].Text = "\n" + runs[last].Text
		}
	}
	var list []Run
	for _, run := range runs {
		list = appendRun(list, run.Mark, run.Text)
	}
	return list
}

// appendRun appends a piece, as part of the last run where it is of its kind.
func appendRun(runs []Run, mark Mark, text string) []Run {
	switch last := len(runs) - 1; {
	case text == "":
		return runs
	case last >= 0 && runs[last].Mark == mark:
		runs[last].Text += text
		return runs
	}
	return append(runs, Run{mark, text})
}

// readable takes away what two passages have in common by mere chance: a space,
// a comma or a small word between two changes would make confetti of them.
// Paragraphs stay apart.
func readable(hunks []hunk) []hunk {
	var list []hunk
	for i, h := range hunks {
		last := len(list) - 1
		// What stands between two changes is judged by both of them.
		chance := i > 0 && h.same != "" && !strings.Contains(h.same, "\n") && h.changes() && list[last].changes() &&
			len(h.same) <= list[last].longest() && len(h.same) <= h.longest()
		if !chance {
			list = append(list, h)
			continue
		}
		list[last].deleted += h.same + h.deleted
		list[last].inserted += h.same + h.inserted
	}
	return list
}
