package component

import (
	"context"
	"io"
	"strconv"
	"strings"

	"github.com/a-h/templ"
)

// Fragment is markup that is rendered once, with slots that are filled each time it
// is shown. On a listing this saves nine tenths of the rendering.
type Fragment []piece

// piece is markup and the number of the slot after it, -1 at the end.
type piece struct {
	markup string
	slot   int
}

// slotMark begins a slot. No text of a practice or message can contain it:
// neither Postgres nor an address accepts it.
const slotMark = "\x00"

// Slot stands in a component's data for text that Fill will write. Slots are
// numbered from 0 to 9.
func Slot(number int) string { return slotMark + strconv.Itoa(number) }

// NewFragment renders a component whose data contain slots.
func NewFragment(ctx context.Context, c templ.Component) Fragment {
	var b strings.Builder
	if err := c.Render(ctx, &b); err != nil {
		panic(err) // writing to memory cannot fail
	}
	parts := strings.Split(b.String(), slotMark)
	f := Fragment{{parts[0], -1}}
	for _, part := range parts[1:] {
		f[len(f)-1].slot = int(part[0] - '0')
		f = append(f, piece{part[1:], -1})
	}
	return f
}

// Size is the length of the markup in bytes.
func (f Fragment) Size() int {
	size := 0
	for _, p := range f {
		size += len(p.markup)
	}
	return size
}

// Escaped is text that is safe to write into a slot. Callers keep it for values that
// recur.
type Escaped string

// Escape escapes text for a slot.
func Escape(text string) Escaped {
	if !strings.ContainsAny(text, `&<>"'`) {
		return Escaped(text)
	}
	return Escaped(templ.EscapeString(text))
}

// Fill writes the markup with a value in each slot; the slot's number is the
// index of its value.
func (f Fragment) Fill(w io.Writer, values ...Escaped) error {
	for _, p := range f {
		if _, err := io.WriteString(w, p.markup); err != nil {
			return err
		}
		if p.slot < 0 {
			continue
		}
		if _, err := io.WriteString(w, string(values[p.slot])); err != nil {
			return err
		}
	}
	return nil
}
