package attachment

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/color"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"exempla/internal/practice"
)

func read(t *testing.T, content []byte) File {
	t.Helper()
	f, err := Read(t.Context(), bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// decoded is a kept picture as a browser sees it.
func decoded(t *testing.T, content []byte) image.Image {
	t.Helper()
	m, _, err := image.Decode(bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// refused is a file that is not taken in.
type refused struct {
	name    string
	content []byte
	want    Fault
}

func refusals(t *testing.T) []refused {
	photo := asJPEG(t, quartered(40, 30))
	drawing := asPNG(t, quartered(40, 30))
	join := func(parts ...[]byte) []byte { return bytes.Join(parts, nil) }
	page := []byte("<!DOCTYPE html><script>alert(1)</script>")
	return []refused{
		{"nothing", nil, Empty},
		{"one byte too many", append(slices.Clone(photo), make([]byte, MaxSize+1-len(photo))...), TooLarge},
		{"41 megapixels", bomb(8200, 5000), TooManyPixels},
		{"more pixels than a number holds", bomb(1<<31-1, 1<<31-1), Broken},
		{"no pixels", bomb(0, 5), Broken},
		{"a picture without its data", bomb(50, 50), Broken},
		{"half a photograph", photo[:len(photo)/2], Broken},
		{"half a drawing", drawing[:len(drawing)/2], Broken},
		{"half a WebP", webp[:len(webp)/2], Broken},
		{"only the sign", photo[:3], Broken},
		{"half a document", pdf("x")[:50], Broken},
		{"a document without its table", []byte("%PDF-1.7\nx\n%%EOF"), Broken},
		{"a document of no version", []byte("%PDF-x" + string(pdf("")[6:])), Broken},
		{"arithmetic coding", unbase(arithmetic), Unusual},
		{"colours finer than brightness", unbase(oddSampling), Unusual},
		{"twelve bits a colour", deeper(photo), Unusual},
		{"a moving picture", webpExif(0x02, 1), Animated},
		{"a page before a document", join(page, pdf("")), Mixed},
		{"a picture before a document", join(asGIF(t, quartered(4, 4)), pdf("")), Picture},
		{"a page in a document's head", pdf(string(page)), Mixed},
		{"a page after a document", join(pdf(""), page), Mixed},
		{"an archive after a document", join(pdf(""), asZIP(t, "x")), Mixed},
		{"an archive that ends as a document", join(pdf("x"), asZIP(t, "x"), pdf("")), Mixed},
		{"an archive after a picture", join(photo, asZIP(t, "x.class")), Mixed},
		{"a page after a picture", join(drawing, page), Mixed},
		{"PHP in a picture", join(photo, []byte("<?php system($_GET[0]);")), Mixed},
		{"a document in a picture", join(photo[:2], []byte("\xff\xfe\x00\x0a%PDF-1.4"), photo[2:]), Mixed},
		{"SVG", []byte(`<svg xmlns="http://www.w3.org/2000/svg"/>`), Vector},
		{"SVG with a prologue", []byte("\ufeff<?xml version=\"1.0\"?>\n<!-- x --><svg/>"), Vector},
		{"a page", page, WebPage},
		{"a page that hides", []byte(" \n<!-- x --><html>"), WebPage},
		{"XHTML", []byte(`<?xml version="1.0"?><html>`), WebPage},
		{"a shell script", []byte("#!/bin/sh\nrm -rf /"), Script},
		{"PHP", []byte("<?php echo 1;"), Script},
		{"JavaScript", []byte("  (function () { alert(1) })()"), Script},
		{"a Windows program", []byte("MZ\x90\x00"), Program},
		{"a Linux program", []byte("\x7fELF\x02\x01"), Program},
		{"an archive", asZIP(t, "plan.txt"), Archive},
		{"gzip", []byte("\x1f\x8b\x08\x00"), Archive},
		{"tar", append(append(make([]byte, 257), "ustar"...), make([]byte, 250)...), Archive},
		{"Word", asZIP(t, "[Content_Types].xml"), Office},
		{"OpenDocument", asZIP(t, "mimetypeapplication/vnd.oasis.opendocument.text"), Office},
		{"old Word", []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), Office},
		{"GIF", asGIF(t, quartered(4, 4)), Picture},
		{"a phone's HEIC", []byte("\x00\x00\x00\x18ftypheic"), Picture},
		{"TIFF", []byte("II*\x00\x08\x00"), Picture},
		{"a film", []byte("\x00\x00\x00\x18ftypmp42"), Film},
		{"sound", []byte("RIFF\x00\x00\x00\x00WAVE"), Film},
		{"text", []byte("What we did, in short."), PlainText},
		{"noise", []byte{0, 1, 2, 3, 254, 255}, Unknown},
	}
}

// refusedDocuments are more of them that are documents, or look like one.
func refusedDocuments(t *testing.T) []refused {
	join := func(parts ...[]byte) []byte { return bytes.Join(parts, nil) }
	return []refused{
		{"a locked document", pdf("trailer<</Encrypt 5 0 R>>"), Encrypted},
		{"locked right there", pdf("<< /Encrypt << /V 4 >> >>"), Encrypted},
		{"locked with what is not there", pdf("trailer<</Encrypt 5 0 R>>"), Encrypted},
		{"locked by a certificate", pdf("<</Encrypt <</Filter/Adobe.PubSec/V 4>> >>"), Encrypted},
		{"a script before a document", join([]byte("/*"), pdf(""), []byte("*/alert(1)")), Mixed},
		{"a script with a name before a document", join([]byte("x: alert(1)/*"), pdf("")), Mixed},
		{"a sum before a document", join([]byte("a = b\n"), pdf("")), Mixed},
		{"a call in words before a document", join([]byte("Hello, `alert`\n"), pdf("")), Mixed},
		{"a script that begins in words", join([]byte("import x\n"), pdf("")), Mixed},
		{"an archive after words", join([]byte("Hello Rar!\x1a\x07"), pdf("")), Mixed},
		{"an archive's sign after words", join([]byte("Hello PK\x03\x04"), pdf("")), Mixed},
		{"words after a document", join(pdf(""), []byte("Kind regards")), Mixed},
		{"a script after the end mark of DOS", join(pdf(""), []byte("\x1a*/alert(1)")), Mixed},
		{"PostScript before a document", join([]byte("%!PS\n"), pdf("")), Mixed},
		{"a program before a document", join([]byte("MZ\x90\x00"), pdf("")), Program},
		{"an archive before a document", join(asZIP(t, "x"), pdf("")), Archive},
		{"a page in a document's transport", join([]byte("Content-Type: <script>alert(1)</script>\r\n"), pdf("")), Mixed},
		{"a document that begins late", join(bytes.Repeat([]byte(" "), headLength), pdf("")), PlainText},
		{"a page in a comment after a document", join(pdf(""), []byte("% <script>alert(1)</script>")), Mixed},
		{"an archive in a comment after a document", join(pdf(""), []byte("%"), asZIP(t, "x")), Mixed},
		{"a program after a document", join(pdf(""), []byte("MZ\x90\x00")), Mixed},
	}
}

func TestFilesAreRefusedEachForItsReason(t *testing.T) {
	t.Parallel()
	tests := append(refusals(t), refusedDocuments(t)...)
	for _, c := range tests {
		if _, err := Read(t.Context(), bytes.NewReader(c.content)); !errors.Is(err, c.want) {
			t.Errorf("%s: error %v, want %v", c.name, err, c.want)
		}
	}
	for _, fault := range Faults {
		if !slices.ContainsFunc(tests, func(c refused) bool { return c.want == fault }) {
			t.Errorf("no file is refused as %s", fault)
		}
	}
}

func TestDocumentsStayAsTheyAre(t *testing.T) {
	t.Parallel()
	for name, content := range map[string][]byte{
		"plain": pdf("x"), "about pages": pdf(strings.Repeat(" ", headLength) + "<script>"), "filled up": append(pdf("x"), 0, 0, '\n'),
		"with open metadata": pdf("/EncryptMetadata false"),
		"after a mark":       append([]byte("\ufeff\r\n"), pdf("x")...),
		"after words":        append([]byte("Dear colleagues, here it is: last year’s report.\r\n"), pdf("x")...),
		"after Greek words":  append([]byte("Καλημέρα!\n"), pdf("x")...),
		"after controls":     append([]byte("\x02\x10\x00\x1b"), pdf("x")...),
		"from DOS":           append(pdf("x"), "\r\n\x1a\x00\x00 \n"...),
		"after transport":    append([]byte("HTTP/1.1 200 OK\r\nDate: Mon, 2 Jun 2025\r\nContent-Type: application/pdf\r\n\r\n"), pdf("x")...),
		"from a printer":     append([]byte("\x1b%-12345X@PJL SET RESOLUTION=600\r\n@PJL ENTER LANGUAGE = PDF \r\n"), append(pdf("x"), "\x1b%-12345X@PJL EOJ\r\n"...)...),
		"before a comment":   append(pdf("x"), "\n% Übersetzt am 2. Juni\n\n"...),
		"from a form":        append(pdf("x"), "\r\n------WebKitFormBoundary7MA4YWxkTrZu0gW--\r\n"...),
	} {
		f := read(t, content)
		if f.Type != PDF || !bytes.Equal(f.Content, content) || f.Size != int64(len(content)) || !IsHash(f.Hash) {
			t.Errorf("%s: kept as %+v", name, f.Attachment)
		}
	}
}

// Real files of qpdf, encrypted in each way that there has been. What "owner" opens
// with the empty password, and only asks not to be printed.
func TestDocumentsOpenWithoutAPassword(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/locked/*.pdf")
	if err != nil || len(files) != 12 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var want error
		if strings.HasPrefix(filepath.Base(file), "user") {
			want = Encrypted
		}
		if _, err := Read(t.Context(), bytes.NewReader(content)); err != want {
			t.Errorf("%s: error %v, want %v", file, err, want)
		}
	}
}

// The entries may be written as text in parentheses as well.
func TestEntriesOfADocument(t *testing.T) {
	t.Parallel()
	got := entries([]byte("<</R 3%x\n/A(a(b)\\)\\n\\101\\\n.)/B[1 2<</R 9>>]/C<</R 8>>/D<6 1 7>/P -4/E 5 0 R/EncryptMetadata false>>/R 7"))
	want := map[string]string{"R": "3", "A": "a(b))\nA.", "D": "ap", "P": "-4", "E": "5", "EncryptMetadata": "false"}
	if !maps.Equal(got, want) {
		t.Errorf("read %q, want %q", got, want)
	}
	for _, broken := range []string{"", "<<", "<</A", "<</A(", "<</A<6", "<</A(\\", "5", ">>", "<</A{"} {
		if got := entries([]byte(broken)); len(got) > 1 {
			t.Errorf("%q reads as %q", broken, got)
		}
	}
}

func TestPicturesAreTurnedAndLoseWhatIsHidden(t *testing.T) {
	t.Parallel()
	photo, drawing := asJPEG(t, quartered(400, 200)), asPNG(t, quartered(400, 200))
	// What is seen in the corners, from the upper left in reading order.
	seen := map[int][4]color.NRGBA{
		1: {red, green, blue, yellow}, 2: {green, red, yellow, blue}, 3: {yellow, blue, green, red}, 4: {blue, yellow, red, green},
		5: {red, blue, green, yellow}, 6: {blue, red, yellow, green}, 7: {yellow, green, blue, red}, 8: {green, yellow, red, blue},
	}
	for orientation, want := range seen {
		for name, content := range map[string][]byte{"JPEG": withExif(photo, orientation), "PNG": pngExif(drawing, orientation)} {
			if !bytes.Contains(content, []byte("Ioannina")) {
				t.Fatal("the sample holds no place")
			}
			f := read(t, content)
			for size, kept := range map[string][]byte{"large": f.Content, "small": shrunk(t, f)} {
				if bytes.Contains(kept, []byte("Exif")) || bytes.Contains(kept, []byte("eXIf")) || bytes.Contains(kept, []byte("GPS")) {
					t.Errorf("%s %d, %s: what the camera wrote is still there", name, orientation, size)
				}
				if got := inCorners(decoded(t, kept)); got != want {
					t.Errorf("%s %d, %s: corners %v, want %v", name, orientation, size, got, want)
				}
			}
			width, height := 400, 200
			if orientation >= 5 {
				width, height = height, width
			}
			if f.Type != JPEG || f.Width != width || f.Height != height {
				t.Errorf("%s %d: %s, %d × %d", name, orientation, f.Type, f.Width, f.Height)
			}
		}
	}
}

// inCorners are the colours near the corners, made pure again.
func inCorners(m image.Image) (colours [4]color.NRGBA) {
	b := m.Bounds()
	pure := func(v uint32) uint8 {
		if v > 0x8000 {
			return 255
		}
		return 0
	}
	for i := range colours {
		x, y := b.Min.X+b.Dx()/4+i%2*b.Dx()/2, b.Min.Y+b.Dy()/4+i/2*b.Dy()/2
		r, g, b, _ := m.At(x, y).RGBA()
		colours[i] = color.NRGBA{pure(r), pure(g), pure(b), 255}
	}
	return colours
}

// shrunk is the small size of a picture.
func shrunk(t *testing.T, f File) []byte {
	t.Helper()
	small, err := smaller(t.Context(), f.Content, practice.SmallPicture.Side)
	if err != nil {
		t.Fatal(err)
	}
	return small
}

func TestPicturesHaveSmallerSizes(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ width, height, large, largeHigh, small, smallHigh int }{
		{4000, 3000, 1600, 1200, 480, 360},
		{1000, 3100, 516, 1600, 155, 480},
		{1601, 900, 1600, 899, 480, 270},
		{300, 200, 300, 200, 300, 200},
		{20000, 3, 1600, 1, 480, 1},
		{1, 1, 1, 1, 1, 1},
	} {
		f := read(t, asPNG(t, quartered(c.width, c.height)))
		large, small := decoded(t, f.Content).Bounds().Size(), decoded(t, shrunk(t, f)).Bounds().Size()
		if large != image.Pt(c.large, c.largeHigh) || small != image.Pt(c.small, c.smallHigh) || f.Width != large.X || f.Height != large.Y {
			t.Errorf("%d × %d became %v and %v", c.width, c.height, large, small)
		}
	}
}

func TestTransparencyIsKept(t *testing.T) {
	t.Parallel()
	m := quartered(800, 600)
	for x := range 400 {
		for y := range 300 {
			m.SetNRGBA(x, y, color.NRGBA{})
		}
	}
	f := read(t, asPNG(t, m))
	for _, kept := range [][]byte{f.Content, shrunk(t, f)} {
		if _, _, _, alpha := decoded(t, kept).At(10, 10).RGBA(); alpha != 0 || f.Type != PNG {
			t.Errorf("kept as %s with alpha %d", f.Type, alpha)
		}
	}
}

func TestWebPIsRead(t *testing.T) {
	t.Parallel()
	size := webpSize()
	if f := read(t, webp); f.Width != size.X || f.Height != size.Y {
		t.Errorf("kept as %+v", f.Attachment)
	}
	f := read(t, webpExif(0x08, 6))
	if f.Width != size.Y || f.Height != size.X || bytes.Contains(f.Content, []byte("GPS")) {
		t.Errorf("turned and kept as %+v", f.Attachment)
	}
}

func TestReadingManyAtOnce(t *testing.T) {
	t.Parallel()
	content := asJPEG(t, quartered(1500, 1000))
	want := read(t, content).Hash
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() {
			if f, err := Read(t.Context(), bytes.NewReader(content)); err != nil || f.Hash != want {
				t.Errorf("hash %s, error %v", f.Hash, err)
			}
		})
	}
	all.Wait()
}

func TestWaitingEndsWithTheRequest(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	if err := decoding.Acquire(t.Context(), MaxPixels); err != nil {
		t.Fatal(err)
	}
	defer decoding.Release(MaxPixels)
	cancel()
	if _, err := Read(ctx, bytes.NewReader(asJPEG(t, quartered(9, 9)))); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}

func TestAReaderThatFailsIsNoFault(t *testing.T) {
	t.Parallel()
	var fault Fault
	_, err := Read(t.Context(), io.MultiReader(strings.NewReader("%PDF-"), failing{}))
	if !errors.Is(err, io.ErrUnexpectedEOF) || errors.As(err, &fault) {
		t.Errorf("error %v", err)
	}
}

type failing struct{}

func (failing) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

// FuzzRead uploads anything at all: it is accepted or refused, and what is accepted can
// be read again.
func FuzzRead(f *testing.F) {
	photo := asJPEG(f, quartered(24, 16))
	for _, seed := range [][]byte{nil, photo, withExif(photo, 6), asPNG(f, quartered(9, 7)), pngExif(asPNG(f, quartered(9, 7)), 5),
		webp, webpExif(0x08, 8), pdf("x"), pdf("<</Encrypt<</Filter/Standard/R 6/U<00>>>>>"), append([]byte("\n"), pdf("x")...), asZIP(f, "x"), bomb(5, 5), []byte("<svg/>")} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		kept, err := Read(t.Context(), bytes.NewReader(content))
		var fault Fault
		if err != nil {
			if !errors.As(err, &fault) {
				t.Errorf("error %v is no fault", err)
			}
			return
		}
		if _, err := Read(t.Context(), bytes.NewReader(kept.Content)); err != nil {
			t.Errorf("what was kept is refused: %v", err)
		}
	})
}

func TestNames(t *testing.T) {
	t.Parallel()
	for from, want := range map[string]string{
		"report.pdf": "report", `C:\Users\x\Final_Report.PDF`: "Final Report", "../../etc/passwd": "passwd", "": "", ".pdf": "",
		"évaluation 2024.pdf": "évaluation 2024", "a\u202efdp.exe": "afdp.exe", "x\r\nSet-Cookie: y": "x Set-Cookie: y",
		"\xff\xfe.pdf": "", strings.Repeat("ä", 200): strings.Repeat("ä", maxName), "تقرير.pdf": "تقرير",
	} {
		if got := Name(from); got != want {
			t.Errorf("%q is called %q, want %q", from, got, want)
		}
	}
}
