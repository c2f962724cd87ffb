package component_test

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/a-h/templ"

	"exempla/web/component"
)

// fragment is made of markup with slots.
func fragment(markup string) component.Fragment {
	return component.NewFragment(context.Background(), templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		_, err := io.WriteString(w, markup)
		return err
	}))
}

func TestFragmentIsFilledBySlotNumber(t *testing.T) {
	t.Parallel()
	for markup, want := range map[string]string{
		"":        "",
		"<p>":     "<p>",
		"a{1}b":   "a&lt;i&gt;b",
		"{0}{1}":  "zero&lt;i&gt;",
		"{1}-{0}": "&lt;i&gt;-zero",
		"{0}{0}1": "zerozero1",
	} {
		marked := strings.NewReplacer("{0}", component.Slot(0), "{1}", component.Slot(1)).Replace(markup)
		f := fragment(marked)
		var out strings.Builder
		if err := f.Fill(&out, component.Escape("zero"), component.Escape("<i>")); err != nil || out.String() != want {
			t.Errorf("%q: %q (%v), want %q", markup, out.String(), err, want)
		}
		if plain := strings.NewReplacer("{0}", "", "{1}", "").Replace(markup); f.Size() != len(plain) {
			t.Errorf("%q: size %d, want %d", markup, f.Size(), len(plain))
		}
	}
}

func TestEscape(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{"": "", "plain ü": "plain ü", `<a href="x">&'`: "&lt;a href=&#34;x&#34;&gt;&amp;&#39;"} {
		if got := string(component.Escape(text)); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// closed takes nothing.
type closed struct{}

func (closed) Write([]byte) (int, error) { return 0, io.ErrClosedPipe }

func TestFragmentReportsWhatCannotBeWritten(t *testing.T) {
	t.Parallel()
	for _, markup := range []string{"<p>", component.Slot(0)} {
		if err := fragment(markup).Fill(closed{}, "x"); !errors.Is(err, io.ErrClosedPipe) {
			t.Errorf("%q: %v", markup, err)
		}
	}
}
