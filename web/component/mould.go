package component

import (
	"context"
	"io"
	"strconv"
	"strings"

	"github.com/a-h/templ"
)

// Mould is markup that was rendered once and has holes that are filled each time
// it is shown: what thousands of pages have in common need not be made for each
// of them. On a listing this saves nine tenths of the rendering.
type Mould []piece

// piece is markup, and the hole after it; -1 for none, at the end.
type piece struct {
	markup string
	hole   int
}

// holeMark begins a hole. No text of a practice or message can hold it: neither
// Postgres nor an address takes it.
const holeMark = "\x00"

// Hole stands in the data of a component for what is filled in later: the
// hole of that number, from 0 to 9.
func Hole(number int) string { return holeMark + strconv.Itoa(number) }

// NewMould renders a component whose data have holes.
func NewMould(ctx context.Context, c templ.Component) Mould {
	var b strings.Builder
	if err := c.Render(ctx, &b); err != nil {
		panic(err) // nothing is written but memory
	}
	parts := strings.Split(b.String(), holeMark)
	m := Mould{{parts[0], -1}}
	for _, part := range parts[1:] {
		m[len(m)-1].hole = int(part[0] - '0')
		m = append(m, piece{part[1:], -1})
	}
	return m
}

// Size is how much the markup takes, in bytes.
func (m Mould) Size() int {
	size := 0
	for _, p := range m {
		size += len(p.markup)
	}
	return size
}

// Filling is text for a hole, escaped already. Values come again and again, and
// most need no escaping: that is found out once.
type Filling string

// Filled makes a filling of any text.
func Filled(text string) Filling {
	if !strings.ContainsAny(text, `&<>"'`) {
		return Filling(text)
	}
	return Filling(templ.EscapeString(text))
}

// Fill writes the markup with a value in each hole, by number.
func (m Mould) Fill(w io.Writer, values ...Filling) error {
	for _, p := range m {
		if _, err := io.WriteString(w, p.markup); err != nil {
			return err
		}
		if p.hole < 0 {
			continue
		}
		if _, err := io.WriteString(w, string(values[p.hole])); err != nil {
			return err
		}
	}
	return nil
}
