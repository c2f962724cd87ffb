package server_test

import (
	"net/http"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/net/html"

	"exempla/internal/link"
	"exempla/internal/practice"
	"exempla/internal/testdb"
)

// erlangen is the practice of the sample with a text in Japanese.
const erlangen = "music-making-without-language-erlangen"

// reads asks a program of poppler, which make tools installs, about the PDF of a page.
func (p page) reads(program string, arguments ...string) string {
	p.Helper()
	command := exec.Command(program, arguments...)
	command.Stdin = strings.NewReader(p.body)
	said, err := command.Output()
	if err != nil {
		p.Fatalf("%s of %s: %v", program, p.path, err)
	}
	return string(said)
}

// letters are those of a text without spaces and marks of direction, which a line end in
// a PDF may stand for.
func letters(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) {
			return -1
		}
		return r
	}, text)
}

// The document says what the page says, in the language of the reader and, in another
// one, in that of the text.
func TestPracticeAsPDF(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	for _, address := range []struct{ tag, slug, text string }{{"en", ioannina, ""}, {"el", ioannina, ""}, {"uk", ioannina, ""}, {"sq", ioannina, ""},
		{"ar", ioannina, ""}, {"en", ioannina, "ar"}, {"ar", ioannina, "en"}, {"fr", erlangen, "ja"}} {
		path := link.Practice(address.tag, address.slug)
		if address.text != "" {
			path += "?text=" + address.text
		}
		shown := s.visit(path)
		file := attr(shown.one(`.tools a[type=application/pdf]`), "href")
		p := s.visit(file)
		if p.header.Get("Content-Type") != "application/pdf" || p.header.Get("Content-Disposition") != `attachment; filename="`+address.slug+`.pdf"` {
			t.Errorf("%s: %v", file, p.header)
		}
		said := letters(p.reads("pdftotext", "-", "-"))
		headings := slices.DeleteFunc(all(shown.doc, ".prose h2"), func(h *html.Node) bool { return attr(h, "class") == "hush" })
		want := append(texts(headings), text(shown.one("h1")), text(shown.one(".facts .address")))
		for _, part := range append(want, texts(all(shown.doc, ".facts dt"))[0]) {
			if !strings.Contains(said, letters(part)) {
				t.Errorf("%s: %q is not in %.600s", file, part, said)
			}
		}
		summary := letters(text(shown.one(".summary")))
		if !strings.Contains(said, summary) {
			t.Errorf("%s: the summary %q is not in %.900s", file, summary, said)
		}
		info := p.reads("pdfinfo", "-")
		if !strings.Contains(info, "Tagged:          yes") || !strings.Contains(info, text(shown.one("h1"))) {
			t.Errorf("%s: %s", file, info)
		}
		if most := 500_000; len(p.body) > most {
			t.Errorf("%s has %d bytes, at most %d are allowed", file, len(p.body), most)
		}
	}
}

func TestPDFIsTheSameUntilThePracticeChanges(t *testing.T) {
	t.Parallel()
	s := openOwn(t)
	path := link.PDF("en", ioannina, "")
	first := s.visit(path)
	s.get(path, "If-None-Match", first.header.Get("ETag")).is(http.StatusNotModified)
	if again := s.visit(path); again.body != first.body {
		t.Error("the same practice gave two files")
	}
	if s.send(http.MethodHead, path).body != "" {
		t.Error("HEAD is answered with a file")
	}
	testdb.Exec(t, s.Store, `insert into old_slug (slug, practice) select 'an-old-name', number from practice where slug = '`+ioannina+`'`)
	s.get("/en/practices/an-old-name.pdf?text=el").leads(http.StatusMovedPermanently, link.PDF("en", ioannina, "el"))
	s.get("/en/practices/no-such-practice.pdf").is(http.StatusNotFound)
	testdb.Exec(t, s.Store, `update practice set state = 'archived', archive_reason = 'Asked by the city' where slug = '`+ioannina+`'`)
	s.get(path).is(http.StatusGone)
}

// A booklet has every practice of the list, in its order, once in the contents and once
// with its summary.
func TestBooklet(t *testing.T) {
	t.Parallel()
	s, practices := openSample(t), known(t)
	s.visit("/uk/practices.pdf?q=xyzzy").reads("pdftotext", "-", "-")
	for _, path := range []string{"/en/practices%s?country=ES&country=IT", "/ar/practices%s?country=GR"} {
		page, file := strings.Replace(path, "%s", "", 1), strings.Replace(path, "%s", ".pdf", 1)
		p := s.visit(file)
		said := letters(p.reads("pdftotext", "-", "-"))
		var titles []string
		for _, slug := range s.onPages(page) {
			text, _ := practices[slug].Text(practice.Language(file[1:3]))
			titles = append(titles, letters(text.Title))
		}
		for range 2 {
			for _, title := range titles {
				_, after, found := strings.Cut(said, title)
				if !found {
					t.Fatalf("%s: %q is not in %.400s", file, title, said)
				}
				said = after
			}
		}
		if label := text(s.visit(page).one(`#take a[href=` + file + `]`)); !strings.Contains(label, "PDF") {
			t.Errorf("%s is called %q", file, label)
		}
	}
}
