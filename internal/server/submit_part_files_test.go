package server_test

import (
	"bytes"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/textproto"
	"strings"
	"testing"

	"exempla/internal/attachment"
	"exempla/internal/link"
	"exempla/internal/practice"
	"exempla/internal/submission"
)

// chosen is a file chosen in a form.
type chosen struct {
	name    string
	content []byte
}

// hands sends the form of a page with some fields changed, and files.
func (c *client) hands(path string, changed fields, files ...chosen) page {
	c.Helper()
	f := c.visit(path).filled(changed)
	delete(f, "file")
	return c.sends(path, f, files...)
}

func (c *client) sends(path string, f fields, files ...chosen) page {
	c.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for name, value := range f {
		form.WriteField(name, value)
	}
	if len(files) == 0 {
		files = []chosen{{}} // a browser sends an empty field
	}
	for _, file := range files {
		w, err := form.CreatePart(textproto.MIMEHeader{"Content-Type": {"text/x-lie"},
			"Content-Disposition": {fmt.Sprintf(`form-data; name="file"; filename="%s"`, file.name)}})
		if err != nil {
			c.Fatal(err)
		}
		w.Write(file.content)
	}
	form.Close()
	return c.request(httptest.NewRequest(http.MethodPost, path, &body), "Content-Type", form.FormDataContentType())
}

func TestPicturesAreHandedIn(t *testing.T) {
	t.Parallel()
	b := openBureau(t)
	at := b.ana.begins("With pictures")
	path := at + "/pictures"
	b.ana.visit(path).says("main", "There are no pictures yet", "Up to 12 files, counting pictures and documents together.")

	p := b.ana.hands(path, fields{"act": "upload"}, chosen{"one.jpg", photo(t, 900, 600)}, chosen{"two.png", drawing(t)})
	p.leads(http.StatusSeeOther, path)
	p = b.ana.follow(p)
	p.says("#notice", "Uploaded")
	p.says("main", "Picture 1", "Picture 2", "You can add 10 more files")
	pictures := b.stored(at).Content.Pictures
	if len(pictures) != 2 || pictures[0].Width != 900 || pictures[1].Type != attachment.PNG {
		t.Fatalf("stored: %+v", pictures)
	}
	for _, one := range pictures {
		b.ana.get("/files/"+one.Hash+"/small").bears("Cache-Control", "private, no-store", "Content-Type", one.Type)
	}

	first, second := pictures[0].Hash, pictures[1].Hash
	b.ana.hands(path, fields{submission.AltField(first): "  A <desk>  in\nthe hall ", submission.CreditField(first): "Ana", "completed": "yes", "act": "continue"}).
		leads(http.StatusSeeOther, at+"/contact")
	now := b.stored(at).Content
	if a := now.Pictures[0]; a.Alt != "A <desk> in the hall" || a.Credit != "Ana" || !now.Is(submission.Pictures) {
		t.Errorf("stored: %+v", now.Pictures)
	}

	p = b.ana.hands(path, fields{"remove": first})
	p.is(http.StatusOK)
	p.says("#removed", "The picture has been removed", "Put it back")
	if left := b.stored(at).Content.Pictures; len(left) != 1 || left[0].Hash != second {
		t.Fatalf("left: %+v", left)
	}
	back := p.filled(fields{"restore": first})
	delete(back, "file")
	b.ana.sends(path, back).leads(http.StatusSeeOther, path)
	if again := b.stored(at).Content.Pictures; len(again) != 2 || again[1].Alt != "A <desk> in the hall" || again[1].Credit != "Ana" {
		t.Errorf("put back: %+v", again)
	}
}

func TestEveryRefusedFileIsTold(t *testing.T) {
	t.Parallel()
	b := openBureau(t)
	at := b.ana.begins("Refused")
	for _, c := range []struct {
		part, words string
		file        chosen
	}{
		{"pictures", "“empty.jpg” is empty", chosen{"empty.jpg", nil}},
		{"pictures", "“large.jpg” is larger than 10 MB", chosen{"large.jpg", append(photo(t, 9, 9), make([]byte, attachment.MaxSize)...)}},
		{"pictures", "“half.jpg” is damaged", chosen{"half.jpg", photo(t, 90, 90)[:300]}},
		{"pictures", "“x.jpg” is an SVG drawing", chosen{"x.jpg", []byte("<svg/>")}},
		{"pictures", "“x.png” is a web page", chosen{"x.png", []byte("<!doctype html><p>")}},
		{"pictures", "“x.webp” contains program code", chosen{"x.webp", []byte("#!/bin/sh")}},
		{"pictures", "“x.jpg” is a program", chosen{"x.jpg", []byte("MZ\x90\x00\x03")}},
		{"pictures", "“all.zip” is an archive", chosen{"all.zip", []byte("PK\x03\x04xxxx")}},
		{"pictures", "“x.heic” is a kind of picture", chosen{"x.heic", []byte("\x00\x00\x00\x18ftypheic")}},
		{"pictures", "“x.mp4” is a film or a sound recording", chosen{"x.mp4", []byte("\x00\x00\x00\x18ftypisom")}},
		{"pictures", "“x” is a kind of file that cannot be used here", chosen{"x", []byte{0, 1, 2}}},
		{"pictures", "“both.jpg” has another file hidden in it", chosen{"both.jpg", append(photo(t, 9, 9), "<script>alert(1)</script>"...)}},
		{"pictures", "“report.pdf” is a document", chosen{"report.pdf", report("x")}},
		{"key_reference_documents", "“<b>.pdf” is a picture", chosen{"<b>.pdf", photo(t, 9, 9)}},
		{"key_reference_documents", "“x.docx” is an office document", chosen{"x.docx", []byte("PK\x03\x04 word/document.xml")}},
		{"key_reference_documents", "“x.txt” is plain text", chosen{"x.txt", []byte("Hello")}},
		{"key_reference_documents", "“locked.pdf” is protected", chosen{"locked.pdf", report("trailer<</Encrypt 3 0 R>>")}},
		{"key_reference_documents", "“x.pdf” has another file hidden in it", chosen{"x.pdf", append(report("x"), "<html>"...)}},
	} {
		p := b.ana.hands(at+"/"+c.part, fields{"act": "upload"}, c.file)
		p.is(http.StatusUnprocessableEntity)
		p.says("#problems", c.words)
		p.says("#file-problem", c.words)
		p.says("title", "Error:")
		if got := attr(p.one("#problems a"), "href"); !strings.HasSuffix(got, "#file") {
			t.Errorf("the problem leads to %q", got)
		}
		p.one("#file[aria-invalid]")
	}
	if c := b.stored(at).Content; len(c.Pictures)+len(c.Files) > 0 {
		t.Errorf("stored: %+v %+v", c.Pictures, c.Files)
	}
}

func TestTheRestOfTheFormStays(t *testing.T) {
	t.Parallel()
	b := openBureau(t)
	at := b.ana.begins("Half of it")
	path := at + "/key_reference_documents"
	p := b.ana.hands(path, fields{"text": "See [there](https://example.org)", "act": "continue"}, chosen{"Évaluation_2024.PDF", report("x")},
		chosen{"virus.exe", []byte("MZ\x90\x00\x03")}, chosen{"again.pdf", report("x")}, chosen{"Évaluation.pdf", report("y")})
	p.is(http.StatusUnprocessableEntity)
	p.says("#problems", "“virus.exe” is a program", "“again.pdf” has already been added")
	p.says("textarea", "See [there](https://example.org)")
	now := b.stored(at).Content
	if len(now.Files) != 2 || now.Files[0].Name != "Évaluation 2024" || now.Text(submission.Part(practice.Documents)) == "" {
		t.Errorf("stored: %+v", now)
	}
	b.ana.hands(path, fields{submission.NameField(now.Files[1].Hash): "Second part", "act": "continue"}).leads(http.StatusSeeOther, at+"/pictures")
	if got := b.stored(at).Content.Files[1].Name; got != "Second part" {
		t.Errorf("it is called %q", got)
	}
	b.ana.get("/files/"+now.Files[1].Hash).bears("Content-Disposition", `attachment; filename="Second part.pdf"`)

	p = b.ana.hands(path, fields{submission.NameField(now.Files[1].Hash): strings.Repeat("x", submission.MaxKept+1), "act": "upload"}, chosen{"third.pdf", report("z")})
	p.is(http.StatusUnprocessableEntity)
	p.one("#" + submission.NameField(now.Files[1].Hash) + "[aria-invalid]")
	if !strings.Contains(p.body, strings.Repeat("x", submission.MaxKept+1)) || len(b.stored(at).Content.Files) != 3 {
		t.Error("what was typed or handed in is gone")
	}
}

func TestThereIsRoomForTwelveFiles(t *testing.T) {
	t.Parallel()
	b := openBureau(t)
	at := b.ana.begins("Full")
	var files []chosen
	for i := range submission.MaxFiles - 1 {
		files = append(files, chosen{fmt.Sprintf("%d.jpg", i), photo(t, 20+i, 20)})
	}
	b.ana.hands(at+"/pictures", fields{"act": "upload"}, files...).is(http.StatusSeeOther)
	p := b.ana.hands(at+"/key_reference_documents", fields{"act": "upload"}, chosen{"a.pdf", report("a")}, chosen{"b.pdf", report("b")})
	p.is(http.StatusUnprocessableEntity)
	p.says("#problems", "There was no room for “b.pdf”")
	b.ana.visit(at+"/pictures").says("#file", "as many files as it can have (12)")
	if c := b.stored(at).Content; len(c.Pictures)+len(c.Files) != submission.MaxFiles {
		t.Errorf("%d files", len(c.Pictures)+len(c.Files))
	}
}

func TestTwoPeopleHandInAtOnce(t *testing.T) {
	t.Parallel()
	b := openBureau(t)
	at := b.ana.begins("Together")
	path := at + "/pictures"
	b.ana.hands(path, fields{"act": "upload"}, chosen{"one.jpg", photo(t, 30, 20)}).is(http.StatusSeeOther)
	hash := b.stored(at).Content.Pictures[0].Hash
	alt := submission.AltField(hash)
	anas, bos := b.ana.visit(path).filled(fields{alt: "Ana's words", "act": "save"}), b.bo.visit(path).filled(fields{alt: "Bo's words", "act": "save"})
	delete(anas, "file")
	delete(bos, "file")
	b.ana.sends(path, anas).is(http.StatusSeeOther)
	p := b.bo.sends(path, bos, chosen{"two.jpg", photo(t, 40, 20)})
	p.is(http.StatusConflict)
	p.says("main", "Ana's words")
	if got := attr(p.one("#"+alt), "value"); got != "Bo's words" {
		t.Errorf("the field holds %q", got)
	}
	if now := b.stored(at).Content.Pictures; len(now) != 2 || now[0].Alt != "Ana's words" {
		t.Errorf("stored: %+v", now)
	}
	again := p.filled(fields{"act": "save"})
	delete(again, "file")
	b.bo.sends(path, again).is(http.StatusSeeOther)
	if now := b.stored(at).Content.Pictures; now[0].Alt != "Bo's words" {
		t.Errorf("stored: %+v", now)
	}
	// Files and other parts are no conflict.
	old := b.ana.visit(path).filled(fields{"act": "upload"})
	delete(old, "file")
	b.bo.sends(path, old, chosen{"three.jpg", photo(t, 50, 20)}).is(http.StatusSeeOther)
	b.ana.sends(path, old, chosen{"four.jpg", photo(t, 60, 20)}).is(http.StatusSeeOther)
	if now := b.stored(at).Content.Pictures; len(now) != 4 {
		t.Errorf("%d pictures", len(now))
	}
}

func TestFilesArePrivateUntilPublished(t *testing.T) {
	t.Parallel()
	b := openBureau(t)
	at := b.ana.complete("Private")
	b.ana.hands(at+"/pictures", fields{"act": "upload"}, chosen{"one.jpg", photo(t, 30, 20)}).is(http.StatusSeeOther)
	hash := b.stored(at).Content.Pictures[0].Hash
	seen := func(status int, who ...*client) {
		t.Helper()
		for _, c := range who {
			c.get("/files/" + hash).is(status)
			c.get("/files/" + hash + "/small").is(status)
		}
	}
	stranger, admin := b.stranger(), b.as("administrator")
	seen(http.StatusOK, b.ana, b.bo)
	seen(http.StatusNotFound, b.ivo, b.kim, admin, stranger)
	for _, path := range []string{at + "/pictures", at + "/key_reference_documents"} {
		b.ivo.get(path).is(http.StatusNotFound)
		b.ivo.sends(path, fields{"act": "upload"}, chosen{"x.jpg", photo(t, 9, 9)}).is(http.StatusNotFound)
		b.kim.get(path).is(http.StatusNotFound)
		b.kim.sends(path, fields{"act": "upload"}, chosen{"x.jpg", photo(t, 9, 9)}).is(http.StatusNotFound)
	}
	// A file of another submission cannot be added to one's own.
	theirs := b.ivo.begins("Theirs")
	b.ivo.sends(theirs+"/pictures", fields{"restore": hash}).is(http.StatusNotFound)

	consent := func() page {
		return b.ana.posts(at+"/check", b.ana.visit(at+"/check").filled(fields{"consent": "yes"}))
	}
	p := consent()
	p.is(http.StatusUnprocessableEntity)
	p.says("#problems", "Say what each picture shows")
	b.ana.visit(at+"/pictures?return=check").says("#"+submission.AltField(hash)+"-problem", "Say what each picture shows")
	b.ana.hands(at+"/pictures?return=check", fields{submission.AltField(hash): "A desk", "act": "continue"}).leads(http.StatusSeeOther, at+"/check")
	consent().is(http.StatusSeeOther)
	seen(http.StatusOK, b.ana, b.bo, b.kim)
	seen(http.StatusNotFound, b.ivo, admin, stranger)
	b.ana.get(at + "/pictures").is(http.StatusFound)
	b.ana.sends(at+"/pictures", fields{"act": "upload"}, chosen{"x.jpg", photo(t, 9, 9)}).is(http.StatusConflict)

	b.kim.edits(at, submission.Step{Action: submission.Approve})
	seen(http.StatusOK, b.ana, b.ivo, b.kim, admin, stranger)
	stranger.get("/files/"+hash).bears("Cache-Control", "public, max-age=31536000, immutable")
	if got := attr(stranger.visit("/en/practices/"+b.stored(at).Slug).one("figure img"), "alt"); got != "A desk" {
		t.Errorf("the picture shows %q", got)
	}
}

func TestFormsWithFilesAreBounded(t *testing.T) {
	t.Parallel()
	b := openBureau(t)
	at := b.ana.begins("Bounded")
	path := at + "/pictures"
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader("x"))
	r.ContentLength = 200 << 20
	b.ana.request(r).is(http.StatusRequestEntityTooLarge)
	b.ana.sends(path, fields{"alt-x": strings.Repeat("x", 2<<20)}).is(http.StatusRequestEntityTooLarge)
	many := fields{}
	for i := range 200 {
		many[fmt.Sprint("f", i)] = "x"
	}
	b.ana.sends(path, many).is(http.StatusRequestEntityTooLarge)
	broken := httptest.NewRequest(http.MethodPost, path, strings.NewReader("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.jpg\"\r\n\r\n\xff\xd8\xff"))
	b.ana.request(broken, "Content-Type", "multipart/form-data; boundary=b").is(http.StatusBadRequest)
	// Forms without files have the usual limit.
	b.ana.posts(at+"/summary", fields{"text": strings.Repeat("x", 2<<20)}).is(http.StatusRequestEntityTooLarge)
	if c := b.stored(at); len(c.Content.Pictures) > 0 {
		t.Errorf("stored: %+v", c.Content.Pictures)
	}
}

func TestSavingWhileWritingAboutFiles(t *testing.T) {
	t.Parallel()
	b := openBureau(t)
	at := b.ana.begins("Written along")
	path := at + "/key_reference_documents"
	b.ana.hands(path, fields{"act": "upload"}, chosen{"a.pdf", report("a")}).is(http.StatusSeeOther)
	f := b.ana.visit(path).filled(fields{"text": "Three words here", "file": "[object File]", "act": "save"})
	p := b.ana.posts(path, f, "Accept", "application/json")
	p.is(http.StatusOK)
	if now := b.stored(at).Content; !strings.Contains(p.body, `"words":3`) || !strings.Contains(p.body, now.Digest(submission.Part(practice.Documents))) || len(now.Files) != 1 {
		t.Errorf("answered %s, stored %+v", p.body, now.Files)
	}
}

// captions are how those of a list of pictures follow one another.
func captions(list []practice.Attachment) string {
	var words []string
	for _, a := range list {
		words = append(words, a.Alt)
	}
	return strings.Join(words, " ")
}

// Pictures are moved by buttons, which keep the focus and lose nothing that was typed.
// Their order is the one that editors compare and residents see.
func TestPicturesAreOrdered(t *testing.T) {
	t.Parallel()
	b := openBureau(t)
	at := b.ana.complete("In order")
	path := at + "/pictures"
	b.ana.hands(path, fields{"act": "upload"}, chosen{"1.jpg", photo(t, 90, 60)}, chosen{"2.jpg", photo(t, 90, 70)}, chosen{"3.jpg", photo(t, 90, 80)})
	var one, two, three string
	for i, hash := range []*string{&one, &two, &three} {
		*hash = b.stored(at).Content.Pictures[i].Hash
	}
	b.ana.hands(path, fields{submission.AltField(one): "one", submission.AltField(two): "two"}).is(http.StatusSeeOther)
	form := b.ana.visit(path)
	form.lacks("#up-" + one)
	form.lacks("#down-" + three)
	form.says("#up-"+three, "Move up: Picture 3")
	b.ana.hands(path, fields{"up": three, submission.AltField(three): "three"}).leads(http.StatusSeeOther, path+"#up-"+three)
	if got := captions(b.stored(at).Content.Pictures); got != "one three two" {
		t.Errorf("moved up: %s", got)
	}
	b.ana.hands(path, fields{"up": three}).leads(http.StatusSeeOther, path+"#down-"+three) // there is no way up from there
	b.ana.visit(path).says("#down-"+three, "Picture 1")
	b.ana.hands(path, fields{"up": three}).leads(http.StatusSeeOther, path+"#down-"+three) // pressed twice
	b.ana.hands(path, fields{"down": one}).leads(http.StatusSeeOther, path+"#up-"+one)
	stale := form.filled(fields{"down": three, submission.AltField(two): "typed meanwhile"})
	delete(stale, "file")
	b.ana.sends(path, stale).is(http.StatusConflict)
	if got := captions(b.stored(at).Content.Pictures); got != "two three one" {
		t.Errorf("moved: %s", got)
	}
	b.ana.posts(at+"/check", b.ana.visit(at+"/check").filled(fields{"consent": "yes"})).leads(http.StatusSeeOther, at+"/receipt")
	b.kim.edits(at, submission.Step{Action: submission.Approve})
	slug := b.stored(at).Slug
	if got := captions(b.practice(slug).Texts[0].Attachments); got != "two three one" {
		t.Errorf("published: %s", got)
	}

	again := b.ana.posts(link.Propose("en", slug), fields{"text": "en", "key": "PROPOSAL"}).header.Get("Location")
	b.ana.hands(again+"/pictures", fields{"up": one}).is(http.StatusSeeOther)
	b.ana.posts(again+"/check", b.ana.visit(again+"/check").filled(fields{"consent": "yes"})).leads(http.StatusSeeOther, again+"/receipt")
	revisions, err := b.Store.Submissions.Revisions(t.Context(), b.stored(again).ID)
	if err != nil || len(revisions) != 1 || captions(revisions[0].Content.Pictures) != "two one three" {
		t.Errorf("revisions: %+v, %v", revisions, err)
	}
	b.kim.visit(desks(again)+"?view=public").says("main", "Pictures")
	if changed := all(b.kim.visit(desks(again)+"?view=public").doc, "main ins"); len(changed) == 0 {
		t.Error("editors are not shown that the order has changed")
	}
}

// Documents are moved like pictures.
func TestDocumentsAreOrdered(t *testing.T) {
	t.Parallel()
	b := openBureau(t)
	path := b.ana.begins("In order") + "/key_reference_documents"
	b.ana.hands(path, fields{"act": "upload"}, chosen{"a.pdf", report("a")}, chosen{"b.pdf", report("b")})
	second := b.stored(path).Content.Files[1].Hash
	b.ana.hands(path, fields{"up": second, "text": "Sources"}).leads(http.StatusSeeOther, path+"#down-"+second)
	if c := b.stored(path).Content; c.Files[0].Hash != second || c.Text("key_reference_documents") != "Sources" {
		t.Errorf("stored: %+v", c)
	}
}
