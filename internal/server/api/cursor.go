package api

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"math"
	"slices"
	"strconv"
	"strings"

	"exempla/internal/catalogue"
	"exempla/internal/store"
)

// part is what one answer has of a list.
type part struct {
	numbers []int64
	more    bool
	cursor  string
}

// part finds what comes behind the cursor among the practices found.
func (h *Handlers) part(ctx context.Context, x *catalogue.Index, in *practicesInput, found []int64) (part, error) {
	if in.Sort == changed {
		return h.byChange(ctx, x, in, found)
	}
	return h.ranked(ctx, x, in, found)
}

// byChange reads the order of changes from the database. What it knows and the
// snapshot does not must wait: whether it belongs to the selection is not known yet.
func (h *Handlers) byChange(ctx context.Context, x *catalogue.Index, in *practicesInput, found []int64) (part, error) {
	last, seen, err := in.place()
	if err != nil {
		return part{}, err
	}
	walk := store.Walk{After: last, Seen: seen, Upto: x.Change(), Limit: in.Limit + 1}
	if in.selection.Narrowed() {
		walk.Among = found
	}
	turns, err := h.turns(ctx, in, walk)
	if err != nil {
		return part{}, err
	}
	p := part{more: len(turns) > in.Limit}
	for _, turn := range turns[:min(len(turns), in.Limit)] {
		p.numbers = append(p.numbers, turn.Number)
		last = turn
	}
	if seen.Change <= x.Change() { // else another program knew more
		seen = store.Seen{Change: x.Change(), Mark: x.Mark()}
	}
	p.cursor = in.cursor(last, seen)
	return p, nil
}

// turns lists a stretch of the order of changes.
func (h *Handlers) turns(ctx context.Context, in *practicesInput, walk store.Walk) ([]store.Turn, error) {
	turns, err := h.Practices.ByChange(ctx, walk)
	if errors.Is(err, store.ErrOtherHistory) {
		return nil, in.refuse("the catalogue has gone back to an earlier state; begin anew")
	}
	return turns, err
}

// ranked goes on behind the practice that came last. If that has changed, or is no longer
// found, nobody knows what came behind it.
func (h *Handlers) ranked(ctx context.Context, x *catalogue.Index, in *practicesInput, found []int64) (part, error) {
	last, seen, err := in.place()
	if err != nil {
		return part{}, err
	}
	begin := 0
	if last.Number != 0 {
		begin = slices.Index(found, last.Number) + 1
		since := store.Turn{Change: last.Change, Number: math.MaxInt64}
		changed, err := h.turns(ctx, in, store.Walk{After: since, Seen: seen, Upto: x.Change(), Among: []int64{last.Number}, Limit: 1})
		if err != nil {
			return part{}, err
		}
		if begin == 0 || len(changed) > 0 {
			return part{}, in.refuse("the practice that came last has changed; begin anew")
		}
	}
	end := min(begin+in.Limit, len(found))
	p := part{numbers: found[begin:end], more: end < len(found)}
	last.Change = x.Change()
	if end > begin {
		last.Number = found[end-1]
	}
	p.cursor = in.cursor(last, store.Seen{Change: x.Change(), Mark: x.Mark()})
	return p, nil
}

// cursor says what came last, what the catalogue was by then, and of which list that is.
func (in *practicesInput) cursor(last store.Turn, seen store.Seen) string {
	list := fnv.New32a() // whoever went on in another list would miss some of it
	fmt.Fprintf(list, "%s\n%s\n%s", in.Sort, in.reader.Tag(), in.selection.Query())
	return fmt.Sprintf("%d-%d-%d-%s-%08x", last.Change, last.Number, seen.Change, seen.Mark, list.Sum32())
}

// place reads the cursor; without one all is zero.
func (in *practicesInput) place() (last store.Turn, seen store.Seen, err error) {
	if in.Cursor == "" {
		return last, seen, nil
	}
	parts := strings.Split(in.Cursor, "-")
	if len(parts) != 5 {
		return last, seen, in.refuse("not a cursor")
	}
	for i, number := range []*int64{&last.Change, &last.Number, &seen.Change} {
		*number, _ = strconv.ParseInt(parts[i], 10, 64)
	}
	seen.Mark = parts[3]
	if in.cursor(last, seen) != in.Cursor {
		return last, seen, in.refuse("not a cursor of a list with these parameters; only the limit may change")
	}
	return last, seen, nil
}

// refuse refuses the cursor.
func (in *practicesInput) refuse(why string) error { return fault("query.cursor", why, in.Cursor) }
