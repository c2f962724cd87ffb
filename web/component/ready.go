package component

import (
	"context"
	"io"

	"github.com/a-h/templ"

	"exempla/internal/locale"
)

// readyKey identifies a fragment among what a locale keeps, so there must be few keys.
type readyKey struct{ of any }

// Ready is a part of pages that is rendered once in each language. All that decides
// how it looks, other than the language and the values of its slots, must be in the
// key, which must not come from a request. Keys of different parts differ in type.
func Ready(key any, part templ.Component, values ...Escaped) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		l, whole := locale.From(ctx), readyKey{key}
		made, ok := l.Kept().Load(whole)
		if !ok {
			made, _ = l.Kept().LoadOrStore(whole, NewFragment(locale.With(context.Background(), l), part))
		}
		return made.(Fragment).Fill(w, values...)
	})
}
