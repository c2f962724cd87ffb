package browse

import (
	"strings"
	"testing"
	"time"

	"exempla/internal/catalogue"
	"exempla/internal/locale"
	"exempla/internal/pdf"
	"exempla/internal/practice"
)

// A booklet that has not all practices of its list says so.
func TestBookletSaysWhatIsMissing(t *testing.T) {
	t.Parallel()
	in := BookletInput{Selection: catalogue.Parse(nil), Today: time.Date(2026, 11, 28, 0, 0, 0, 0, time.UTC), Total: 1200,
		Practices: []practice.Practice{{Slug: "one", Texts: []practice.Text{{Language: "en", Title: "One", TitleLanguage: "en"}}}}}
	for _, l := range locale.All() {
		var said strings.Builder
		for _, b := range Booklet(l, in).Blocks {
			if b.Kind == pdf.Paragraph && len(b.Text) > 0 {
				said.WriteString(b.Text[0].Text)
			}
		}
		if got := said.String(); !strings.Contains(got, l.Number(1200)) || !strings.Contains(strings.ReplaceAll(got, l.Number(1200), ""), "1") {
			t.Errorf("%s: %q", l.Tag(), got)
		}
	}
}
