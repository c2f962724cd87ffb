package server_test

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"exempla/internal/account"
	"exempla/internal/attachment"
	"exempla/internal/practice"
	"exempla/internal/server/respond"
	"exempla/internal/testbucket"
	"exempla/internal/testdb"
)

// photo is a picture as a camera makes it, report a document.
func photo(t *testing.T, width, height int) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, width, height)), nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func drawing(t *testing.T) []byte {
	t.Helper()
	m := image.NewNRGBA(image.Rect(0, 0, 60, 40))
	m.Set(1, 1, color.NRGBA{200, 0, 0, 90})
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func report(text string) []byte {
	return []byte("%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\n" + text + "\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n")
}

// keeps puts a file where handing it in puts it.
func (s *site) keeps(content []byte) practice.Attachment {
	s.Helper()
	f, err := attachment.Read(s.Context(), bytes.NewReader(content))
	if err == nil {
		err = s.Files.Keep(s.Context(), f)
	}
	if err == nil {
		err = s.Store.Files.Keep(s.Context(), f.Attachment, today)
	}
	if err != nil {
		s.Fatal(err)
	}
	return f.Attachment
}

// shown is a practice whose text shows files.
func (s *site) shown(files ...practice.Attachment) practice.Practice {
	s.Helper()
	p := practice.Practice{Slug: "shown", Place: practice.Place{Countries: []practice.Country{"GR"}}, Topics: []practice.Topic{"education"},
		Texts: []practice.Text{{Language: "en", State: practice.Original, TitleLanguage: "en", Title: "Shown", Summary: "Summary", Attachments: files}}}
	if _, err := s.Store.Practices.Import(s.Context(), []practice.Practice{p}, today, func(int) {}); err != nil {
		s.Fatal(err)
	}
	return p
}

func (p page) bears(headers ...string) {
	p.Helper()
	for i := 0; i < len(headers); i += 2 {
		if got := p.header.Get(headers[i]); got != headers[i+1] {
			p.Errorf("%s: %s is %q, want %q", p.path, headers[i], got, headers[i+1])
		}
	}
}

func TestPublicFilesAreServed(t *testing.T) {
	t.Parallel()
	s := serve(t, testdb.Open(t))
	picture, transparent, document := s.keeps(photo(t, 900, 600)), s.keeps(drawing(t)), s.keeps(report("x"))
	document.Name = "Évaluation \"2024\"; x"
	s.shown(picture, transparent, document)
	const forever = "public, max-age=31536000, immutable"
	for path, media := range map[string]string{"/files/" + picture.Hash: "image/jpeg", "/files/" + picture.Hash + "/small": "image/jpeg",
		"/files/" + transparent.Hash: "image/png", "/files/" + transparent.Hash + "/small": "image/png"} {
		p := s.get(path)
		p.is(http.StatusOK)
		p.bears("Content-Type", media, "X-Content-Type-Options", "nosniff", "Cache-Control", forever, "Content-Disposition", "",
			"Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; sandbox")
		s.get(path, "If-None-Match", p.header.Get("ETag")).is(http.StatusNotModified)
		if p := s.send(http.MethodHead, path); p.status != http.StatusOK {
			t.Errorf("HEAD %s: status %d", path, p.status)
		}
	}
	p := s.get("/files/" + document.Hash)
	p.is(http.StatusOK)
	p.bears("Content-Type", "application/pdf", "X-Content-Type-Options", "nosniff", "Cache-Control", forever,
		"Content-Disposition", "attachment; filename*=utf-8''%C3%89valuation%20%222024%22%3B%20x.pdf",
		"Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; sandbox")
	if p.body != string(report("x")) {
		t.Errorf("the document came back with %d bytes", len(p.body))
	}
	s.get("/files/"+document.Hash+"/small").troubled(http.StatusNotFound, "en", "404")
}

func TestFilesThatAreNotPublicDoNotExist(t *testing.T) {
	t.Parallel()
	s := serve(t, testdb.Open(t))
	hidden, lost := s.keeps(photo(t, 90, 60)), s.keeps(report("x"))
	lost.Hash = strings.Repeat("a", 64)
	s.shown(lost)
	for _, hash := range []string{hidden.Hash, lost.Hash, hidden.Hash[:63], strings.ToUpper(hidden.Hash), "..%2f" + hidden.Hash, "%00"} {
		for _, path := range []string{"/files/" + hash, "/files/" + hash + "/small"} {
			p := s.get(path, "Accept-Language", "fr")
			p.troubled(http.StatusNotFound, "fr", "404")
			p.bears("Cache-Control", "no-store", "Content-Disposition", "")
		}
	}
	testdb.Exec(t, s.Store, `insert into practice_attachment (practice, hash) select number, $1 from practice`, hidden.Hash)
	s.get("/files/" + hidden.Hash).is(http.StatusOK)
	testdb.Exec(t, s.Store, `update practice set state = 'archived', archive_reason = 'Over'`)
	s.get("/files/"+hidden.Hash).troubled(http.StatusNotFound, "en", "404")
}

func TestAPracticeShowsItsFiles(t *testing.T) {
	t.Parallel()
	s := serve(t, testdb.Open(t))
	first, second, document := s.keeps(photo(t, 2000, 1000)), s.keeps(drawing(t)), s.keeps(report(strings.Repeat("x", 1_200_000)))
	first.Alt, first.Credit, second.Alt, document.Name = `A "desk"`, "Ana <b>", "A plan", "Évaluation"
	s.shown(first, document, second)
	p := s.visit("/en/practices/shown")
	pictures := all(p.doc, "figure img")
	if len(pictures) != 2 {
		t.Fatalf("%d pictures", len(pictures))
	}
	small, medium, large := "/files/"+first.Hash+"/small", "/files/"+first.Hash+"/medium", "/files/"+first.Hash
	for name, want := range map[string]string{"alt": `A "desk"`, "src": small, "srcset": small + " 480w, " + medium + " 960w, " + large + " 1600w",
		"width": "1600", "height": "800", "loading": "lazy"} {
		if got := attr(pictures[0], name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	p.says("figcaption", "Ana <b>")
	p.says(".documents", "Évaluation", "PDF, 1.2 MB")
	if got := attr(p.one(".documents a"), "href"); got != "/files/"+document.Hash {
		t.Errorf("the document is at %q", got)
	}
	if !strings.Contains(p.body, "Key reference documents") {
		t.Error("documents stand without their heading")
	}
	s.visit("/fr/practices/shown").says(".documents", "1,2")
	plain := openSample(t).visit("/en/practices/" + ioannina)
	plain.lacks("figure")
	if strings.Contains(plain.body, "/static/files.") {
		t.Error("a practice without files loads their style")
	}
}

// inBucket is a site whose files are in a bucket of a server that can be stopped.
func inBucket(t *testing.T) (*site, *testbucket.Server) {
	t.Helper()
	server := testbucket.Start(t)
	files, err := attachment.OpenBucket(t.Context(), attachment.Bucket{Host: server.Host, Name: testbucket.Bucket, Key: testbucket.AccessKey, Secret: testbucket.Secret})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { files.Close() })
	db := testdb.Open(t)
	return assembleWith(t, db, indexOf(t, db), files), server
}

func TestFilesInABucketAreServed(t *testing.T) {
	t.Parallel()
	s, server := inBucket(t)
	picture, document := s.keeps(photo(t, 900, 600)), s.keeps(report(strings.Repeat("0123456789", 20_000)))
	s.shown(picture, document)
	at := "/files/" + document.Hash
	whole := s.get(at)
	whole.is(http.StatusOK)
	if want := report(strings.Repeat("0123456789", 20_000)); whole.body != string(want) {
		t.Errorf("%d bytes of %d came", len(whole.body), len(want))
	}
	part := s.get(at, "Range", "bytes=150000-150009")
	part.is(http.StatusPartialContent)
	if part.body != whole.body[150_000:150_010] {
		t.Errorf("the part is %q", part.body)
	}
	s.get(at, "If-None-Match", whole.header.Get("ETag")).is(http.StatusNotModified)
	s.send(http.MethodHead, at).is(http.StatusOK)
	s.get("/files/"+picture.Hash+"/small").bears("Content-Type", "image/jpeg")

	server.Stop()
	for path, tag := range map[string]string{at: "en", "/files/" + picture.Hash + "/small": "fr"} {
		p := s.get(path, "Accept-Language", tag)
		p.troubled(http.StatusServiceUnavailable, tag, "files")
		p.bears("Retry-After", respond.RetryAfter, "Content-Disposition", "")
	}
	if !strings.Contains(s.log.String(), "the files are away") || strings.Contains(s.log.String(), testbucket.Secret) {
		t.Errorf("the log says %s", s.log.String())
	}
	server.Again(t)
	s.get(at).is(http.StatusOK)
}

// A bucket that goes away while a file is sent is in the log; the response is too short.
func TestFilesThatBreakOffAreLogged(t *testing.T) {
	t.Parallel()
	s, server := inBucket(t)
	document := s.keeps(report(strings.Repeat("0123456789", 800_000)))
	s.shown(document)
	w := stopping{httptest.NewRecorder(), server.Stop}
	s.handler.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/files/"+document.Hash, nil))
	if w.Body.Len() >= 8_000_000 || !strings.Contains(s.log.lines(), "broke off in the middle") {
		t.Errorf("%d bytes came, and the log says %s", w.Body.Len(), s.log.lines())
	}
}

// stopping stops a server as soon as the first bytes arrive.
type stopping struct {
	*httptest.ResponseRecorder
	stop func()
}

func (w stopping) Write(p []byte) (int, error) {
	if w.Body.Len() == 0 {
		w.stop()
	}
	return w.ResponseRecorder.Write(p)
}

// Where files cannot be kept, the texts beside them come back, and can be sent again.
func TestTextsComeBackWhileABucketIsAway(t *testing.T) {
	t.Parallel()
	s, server := inBucket(t)
	ana := s.as(account.Officer, "GR Ioannina")
	at := ana.begins("A practice") + "/key_reference_documents"
	form := ana.visit(at).filled(fields{"text": "Children paint a wall", "act": "upload"})
	delete(form, "file")
	server.Stop()
	p := ana.sends(at, form, chosen{"plan.pdf", report("x")})
	p.troubled(http.StatusServiceUnavailable, "en", "unsaved")
	p.says("main", "Files could not be kept", "Children paint a wall")
}
