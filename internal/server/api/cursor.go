package api

import (
	"context"
	"fmt"
	"slices"

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
	return ranked(in, found)
}

// byChange reads the order of changes from the database. What it knows and the
// snapshot does not must wait: whether it belongs to the selection is not known yet.
func (h *Handlers) byChange(ctx context.Context, x *catalogue.Index, in *practicesInput, found []int64) (part, error) {
	walk := store.Walk{Upto: x.Change(), Limit: in.Limit + 1}
	if in.selection.Narrowed() {
		walk.Among = found
	}
	if err := in.read("c%d-%d", &walk.After.Change, &walk.After.Number); err != nil {
		return part{}, err
	}
	turns, err := h.Practices.ByChange(ctx, walk)
	if err != nil {
		return part{}, err
	}
	p := part{more: len(turns) > in.Limit}
	last := walk.After
	for _, turn := range turns[:min(len(turns), in.Limit)] {
		p.numbers = append(p.numbers, turn.Number)
		last = turn
	}
	p.cursor = fmt.Sprintf("c%d-%d", last.Change, last.Number)
	return p, nil
}

// ranked goes on behind the practice that came last, wherever it stands now, or where
// it stood if it is no longer found.
func ranked(in *practicesInput, found []int64) (part, error) {
	var from, last int64
	if err := in.read("r%d-%d", &from, &last); err != nil {
		return part{}, err
	}
	begin := int(min(from, int64(len(found))))
	if at := slices.Index(found, last); at >= 0 {
		begin = at + 1
	}
	end := min(begin+in.Limit, len(found))
	p := part{numbers: found[begin:end], more: end < len(found)}
	if end > begin {
		last = found[end-1]
	}
	p.cursor = fmt.Sprintf("r%d-%d", end, last)
	return p, nil
}

// read reads the two numbers of a cursor; without one they stay zero.
func (in *practicesInput) read(form string, first, second *int64) error {
	if in.Cursor == "" {
		return nil
	}
	_, err := fmt.Sscanf(in.Cursor, form, first, second)
	if err != nil || *first < 0 || *second < 0 || fmt.Sprintf(form, *first, *second) != in.Cursor {
		return fault("query.cursor", "not a cursor of this order", in.Cursor)
	}
	return nil
}
