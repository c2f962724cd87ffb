package component_test

import (
	"context"
	"io"
	"strings"
	"testing"

	"github.com/a-h/templ"

	"exempla/internal/locale"
	"exempla/web/component"
)

// greetingKey is the key of the part that the test makes ready.
type greetingKey struct{ formal bool }

// A part is rendered once for each language and key, and filled for each page.
func TestReady(t *testing.T) {
	t.Parallel()
	rendered := 0
	show := func(tag string, formal bool, name string) string {
		part := templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
			rendered++
			_, err := io.WriteString(w, locale.From(ctx).Tag()+": "+component.Slot(0)+"!")
			return err
		})
		l, _ := locale.Find(tag)
		var b strings.Builder
		if err := component.Ready(greetingKey{formal}, part, component.Escape(name)).Render(locale.With(t.Context(), l), &b); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	for _, c := range []struct {
		tag    string
		formal bool
		name   string
		want   string
		after  int
	}{
		{"en", true, "Ana", "en: Ana!", 1},
		{"en", true, "<b>", "en: &lt;b&gt;!", 1},
		{"fr", true, "Ana", "fr: Ana!", 2},
		{"en", false, "Ana", "en: Ana!", 3},
		{"fr", true, "Eva", "fr: Eva!", 3},
	} {
		if got := show(c.tag, c.formal, c.name); got != c.want || rendered != c.after {
			t.Errorf("%s, %v: %q after %d, want %q after %d", c.tag, c.formal, got, rendered, c.want, c.after)
		}
	}
}
