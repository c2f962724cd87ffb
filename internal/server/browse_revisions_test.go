package server_test

import (
	"net/http"
	"strings"
	"testing"

	"exempla/internal/link"
	"exempla/internal/testdb"
)

// The history shows what each revision changed, by whom and why, but no contact that
// is gone; it is bounded, and ends with the practice.
func TestHistoryShowsWhatChanged(t *testing.T) {
	t.Parallel()
	b := openBureau(t)
	b.stranger().visit(link.PublicHistory("en", ioannina, 1)).says("ol.revisions", "brought in with an import", "where its history begins")
	at, parts := b.kim.corrects(ioannina, "en")
	b.kim.writes(parts+"/summary", fields{"text": "Better words about refugees"}).leads(http.StatusSeeOther, at)
	b.kim.publishes(at, fields{"words": "The summary was wrong"}).is(http.StatusSeeOther)

	page := b.stranger().visit(link.Practice("en", ioannina))
	same(t, "link", attrs(all(page.doc, ".history a"), "href"), []string{link.PublicHistory("en", ioannina, 1)})
	history := b.stranger().visit(link.PublicHistory("ar", ioannina, 1))
	history.in("ar")
	history.one("meta[name=robots][content=noindex]")
	history.says("q", "The summary was wrong")
	same(t, "revisions", attrs(all(history.doc, "ol.revisions time"), "datetime")[1:], attrs(all(b.stranger().visit(link.PublicHistory("en", ioannina, 1)).doc, "ol.revisions time"), "datetime")[1:])
	history = b.stranger().visit(link.PublicHistory("en", ioannina, 1))
	history.says("ol.revisions", "corrected by an editor", "Summary, English")
	history.says("ol.revisions ins", "Better words")
	if deleted := texts(all(history.doc, "ol.revisions del")); len(deleted) == 0 {
		t.Error("what was there before is not shown")
	}
	same(t, "parts", texts(all(history.doc, "ol.revisions h3")), []string{"Summary, English"})

	testdb.Exec(t, b.Store, `insert into practice_revision select practice, 2 + n, language, 'import', jsonb_set(content, '{texts,0,sections,contact}', to_jsonb('Mrs Secret ' || n)), digest, written
		from practice_revision cross join generate_series(1, 12) n where revision = 2`)
	first := b.stranger().visit(link.PublicHistory("en", ioannina, 1))
	if n := len(all(first.doc, "ol.revisions h2")); n != 10 {
		t.Errorf("a page has %d revisions", n)
	}
	if shown := text(first.one("ol.revisions")); strings.Contains(shown, "Secret") || !strings.Contains(shown, "Earlier contacts are not shown") {
		t.Errorf("the history says who could be asked: %s", shown)
	}
	same(t, "next", attrs(all(first.doc, "a[rel=next]"), "href"), []string{link.PublicHistory("en", ioannina, 2)})
	b.stranger().visit(link.PublicHistory("en", ioannina, 2)).lacks("a[rel=next]")
	for _, query := range []string{"?page=3", "?page=0", "?page=x", "?page=99999999"} {
		b.stranger().get(link.Practice("en", ioannina) + "/history" + query).is(http.StatusNotFound)
	}
	testdb.Exec(t, b.Store, `update practice set state = 'archived', archive_reason = 'Over' where slug = '`+ioannina+`'`)
	b.stranger().get(link.PublicHistory("en", ioannina, 1)).is(http.StatusGone)
}
