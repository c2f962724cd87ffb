package server_test

import (
	"net/http"
	"strings"
	"testing"
)

// TestPastedTextIsTidied: what a word processor leaves in plain text is kept as what the
// form says that it understands, also without a script.
func TestPastedTextIsTidied(t *testing.T) {
	t.Parallel()
	b := openBureau(t)
	at := b.ana.begins("A desk for newcomers")
	b.ana.writes(at+"/process", fields{"text": "We did:\r\n\uf0b7\tthis\r\no\tand\u00adthat\r\n\uf0b7\tmore\u000band more\r\n\r\n2019. godine"}).leads(http.StatusSeeOther, at)
	if got := b.stored(at).Content.Text("process"); got != "We did:\n- this\n  - andthat\n- more\n    and more\n\n2019. godine" {
		t.Errorf("kept as %q", got)
	}
	form := b.ana.visit(at + "/process")
	form.says("main", "begin each line with - or 1.")
	form.says("[data-preview] li li", "andthat")
	form.says("[data-preview]", "2019. godine")
	if described := attr(form.one("textarea"), "aria-describedby"); !strings.Contains(described, "process-signs") {
		t.Errorf("the box is described by %q", described)
	}
	form.one("#process-signs")
	b.ana.writes(at+"/place", fields{"title": "One\u2028de\u00adsk\u200b", "country": "GR", "city": "Ioannina"})
	if got := b.stored(at).Content.Title; got != "One desk" {
		t.Errorf("the title is kept as %q", got)
	}
}

func TestTextIsPreviewed(t *testing.T) {
	t.Parallel()
	b := openBureau(t)
	p := b.ana.post("/en/preview", "text", "• one\n• two www.city.example.\n\n<script>x</script> 3*4*5")
	p.is(http.StatusOK)
	p.says("li a[href=http://www.city.example]", "www.city.example")
	p.says("p", "<script>x</script> 3*4*5")
	p.lacks("script")
	p.lacks("nav") // no page around it
}

// TestSummaryIsShownAsItWasMeant: with its paragraphs on the page of the practice, in one
// line on its card.
func TestSummaryIsShownAsItWasMeant(t *testing.T) {
	t.Parallel()
	s := openOwn(t)
	p := hostile()
	p.Slug = "summed-up"
	p.Texts = p.Texts[:1]
	p.Texts[0].Title, p.Texts[0].Summary = "Summed up", "Arts &amp; crafts.\n\n• one\n• two\n\n2019. godine **last**"
	s.add(p)
	s = serve(t, s.Store)
	shown := s.visit("/en/practices/summed-up")
	same(t, "paragraphs", texts(all(shown.doc, ".summary p")), []string{"Arts & crafts.", "2019. godine last"})
	same(t, "items", texts(all(shown.doc, ".summary li")), []string{"one", "two"})
	const line = "Arts & crafts. • one • two 2019. godine last"
	if got := attr(shown.one("meta[name=description]"), "content"); got != line {
		t.Errorf("it is described as %q", got)
	}
	s.visit("/en/practices?country=MT").says("li.item", line)
}
