package component

import (
	"context"
	"io"
	"sync"

	"github.com/a-h/templ"

	"exempla/internal/locale"
)

// readyParts are fragments by readyKey. They are kept for ever, so there must be few
// keys.
var readyParts sync.Map

type readyKey struct {
	locale *locale.Locale
	of     any
}

// Ready is a part of pages that is rendered once in each language. All that decides
// how it looks, other than the language and the values of its slots, must be in the
// key, which must not come from a request. Keys of different parts differ in type.
func Ready(key any, part templ.Component, values ...Escaped) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		whole := readyKey{locale.From(ctx), key}
		made, ok := readyParts.Load(whole)
		if !ok {
			made, _ = readyParts.LoadOrStore(whole, NewFragment(locale.With(context.Background(), whole.locale), part))
		}
		return made.(Fragment).Fill(w, values...)
	})
}
