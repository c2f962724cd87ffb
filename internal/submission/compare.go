package submission

import (
	"slices"
	"strings"
	"unicode"

	"exempla/internal/text"
)

// mostEdits bounds how far two texts may be apart to be compared piece by
// piece: a page of print rewritten from end to end. The time needed grows with
// its square, the memory too (4 MB).
const mostEdits = 1_000

// hunk is what two texts have in common, and how they go on differently.
type hunk struct{ same, deleted, inserted string }

func (h hunk) changes() bool { return h.deleted != "" || h.inserted != "" }

func (h hunk) longest() int { return max(len(h.deleted), len(h.inserted)) }

// compare finds what two lists of pieces have in common, by the algorithm of
// E. W. Myers, "An O(ND) difference algorithm and its variations" (1986). What
// is too far apart is one hunk, replaced as a whole.
func compare(before, after []string) []hunk {
	n, m := len(before), len(after)
	head := 0
	for head < n && head < m && before[head] == after[head] {
		head++
	}
	tail := 0
	for tail < n-head && tail < m-head && before[n-1-tail] == after[m-1-tail] {
		tail++
	}
	hunks := []hunk{{same: strings.Join(before[:head], "")}}
	for _, e := range script(before[head:n-tail], after[head:m-tail]) {
		last := &hunks[len(hunks)-1]
		switch {
		case e.mark == Same && last.changes():
			hunks = append(hunks, hunk{same: e.text})
		case e.mark == Same:
			last.same += e.text
		case e.mark == Deleted:
			last.deleted += e.text
		default:
			last.inserted += e.text
		}
	}
	if tail > 0 {
		hunks = append(hunks, hunk{same: strings.Join(before[n-tail:], "")})
	}
	return hunks
}

// edit is one piece of a script that makes one text of the other.
type edit struct {
	mark Mark
	text string
}

// script is the shortest way from one list of pieces to another.
func script(before, after []string) []edit {
	trace, ok := forwards(before, after)
	if !ok {
		return []edit{{Deleted, strings.Join(before, "")}, {Inserted, strings.Join(after, "")}}
	}
	return backwards(trace, before, after)
}

// forwards finds how far one gets on each diagonal (x minus y) with 0, 1, 2 …
// edits. The row of d edits has the diagonals -d … d.
func forwards(before, after []string) (trace [][]int32, ok bool) {
	n, m := len(before), len(after)
	for d := 0; d <= min(n+m, mostEdits); d++ {
		row := make([]int32, 2*d+1)
		for k := -d; k <= d; k += 2 {
			x := 0
			if d > 0 {
				x, _ = step(trace[d-1], d, k)
			}
			for x < n && x-k < m && x-k >= 0 && before[x] == after[x-k] {
				x++
			}
			row[k+d] = int32(x)
			if x >= n && x-k >= m {
				return append(trace, row), true
			}
		}
		trace = append(trace, row)
	}
	return nil, false
}

// step says where diagonal k begins with d edits, given the row of one edit
// less, and from which diagonal it is reached: the one above when something is
// inserted, the one below when something is deleted.
func step(row []int32, d, k int) (x, from int) {
	at := func(k int) int { return int(row[k+d-1]) }
	if k == -d || k != d && at(k-1) < at(k+1) {
		return at(k + 1), k + 1
	}
	return at(k-1) + 1, k - 1
}

// backwards reads the way from the trace, from its end to its beginning.
func backwards(trace [][]int32, before, after []string) []edit {
	var edits []edit
	x, y := len(before), len(after)
	for d := len(trace) - 1; d >= 0; d-- {
		start, from := 0, 0
		if d > 0 {
			start, from = step(trace[d-1], d, x-y)
		}
		for x > start {
			x, y = x-1, y-1
			edits = append(edits, edit{Same, before[x]})
		}
		switch {
		case d == 0:
		case from > x-y:
			y--
			edits = append(edits, edit{Inserted, after[y]})
		default:
			x--
			edits = append(edits, edit{Deleted, before[x]})
		}
	}
	slices.Reverse(edits)
	return edits
}

// paragraphs cuts a text behind its line ends.
func paragraphs(text string) []string {
	return slices.Collect(strings.Lines(text))
}

// tokens cuts a text into words, runs of spaces, and single signs; in scripts
// that write without spaces every character is a word. Joined they are the text.
func tokens(text string) []string {
	var list []string
	start, before, bound := 0, spaces, true
	for i, r := range text {
		kind := kindOf(r)
		// What belongs to the sign before it stays with it.
		if !bound && kind != attached && (kind == single || kind != before) {
			list, start = append(list, text[start:i]), i
		}
		if kind != attached || i == 0 {
			before = kind
		}
		bound = r == joiner
	}
	if start < len(text) {
		list = append(list, text[start:])
	}
	return list
}

// sort of a character, by which a text is cut.
type sort int

const (
	spaces sort = iota
	lettered
	single
	attached
)

// joiner makes one sign of the two beside it.
const joiner = '\u200d'

func kindOf(r rune) sort {
	switch {
	case unicode.IsSpace(r):
		return spaces
	case r == joiner, unicode.Is(unicode.M, r), unicode.Is(unicode.Variation_Selector, r), r >= 0x1f3fb && r <= 0x1f3ff: // skin tones
		return attached
	case text.Unspaced(r):
		return single
	case unicode.IsLetter(r), unicode.IsNumber(r):
		return lettered
	}
	return single
}
