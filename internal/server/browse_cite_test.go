package server_test

import (
	"net/http"
	"strings"
	"testing"

	"exempla/internal/citation"
	"exempla/internal/link"
	"exempla/internal/locale"
	"exempla/internal/testdb"
)

// A practice is cited in each language, as a file of each format, and by the elements
// that Zotero reads.
func TestPracticeIsCited(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	for _, l := range locale.All() {
		p := s.visit(link.Practice(l.Tag(), ioannina))
		address := origin + link.Practice(l.Tag(), ioannina)
		p.says("#cite .cited", address, "Exempla.")
		same(t, l.Tag(), attrs(all(p.doc, "meta[name=citation_public_url]"), "content"), []string{address})
		title := text(p.one("h1"))
		same(t, l.Tag(), attrs(all(p.doc, "meta[name=citation_title]"), "content"), []string{title})
		for _, format := range citation.Formats {
			path := link.Cited(l.Tag(), ioannina, format.Extension)
			if got := attrs(all(p.doc, "#cite a"), "href"); !strings.Contains(strings.Join(got, " "), path) {
				t.Errorf("%s leads to %q", l.Tag(), got)
			}
			file := s.visit(path)
			if file.header.Get("Content-Type") != format.Type || !strings.Contains(file.header.Get("Content-Disposition"), ioannina+"."+format.Extension) {
				t.Errorf("%s: %v", path, file.header)
			}
			if !strings.Contains(file.body, address) {
				t.Errorf("%s lacks its address: %s", path, file.body)
			}
		}
	}
}

func TestCitationOfWhatIsNotThere(t *testing.T) {
	t.Parallel()
	s := openOwn(t)
	s.get("/en/practices/no-such-practice.bib").is(http.StatusNotFound)
	s.get("/en/practices/" + ioannina + ".doc").is(http.StatusNotFound)
	testdb.Exec(t, s.Store, `insert into old_slug (slug, practice) select 'an-old-name', number from practice where slug = '`+ioannina+`'`)
	s.get("/en/practices/an-old-name.csl.json").leads(http.StatusMovedPermanently, link.Cited("en", ioannina, "csl.json"))
	testdb.Exec(t, s.Store, `update practice set state = 'archived', archive_reason = 'Asked by the city' where slug = '`+ioannina+`'`)
	s.get("/en/practices/" + ioannina + ".ris").is(http.StatusGone)
}
