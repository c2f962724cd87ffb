package pdf_test

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"os/exec"
	"strings"
	"testing"
	"unicode"

	"exempla/internal/pdf"
)

var (
	english  = pdf.Voice{Language: "en"}
	arabic   = pdf.Voice{Language: "ar", RightToLeft: true}
	japanese = pdf.Voice{Language: "ja"}
)

// document is one with these blocks.
func document(v pdf.Voice, blocks ...pdf.Block) pdf.Document {
	return pdf.Document{Title: "A title", Voice: v, Author: "Exempla", Blocks: blocks, Footer: []string{"https://example.org/a-(b)"},
		Page: func(number, of int) string { return fmt.Sprintf("Page %d of %d", number, of) },
		Gap: func(languages []string) []pdf.Block {
			return []pdf.Block{paragraph(english, "𐀀"), paragraph(english, "No font: "+strings.Join(languages, ", ")), paragraph(english, "Never")}
		}}
}

func paragraph(v pdf.Voice, text string) pdf.Block {
	return pdf.Block{Voice: v, Text: pdf.Plain(text)}
}

// read asks a program of poppler about a file.
func read(t *testing.T, content []byte, program string, arguments ...string) string {
	t.Helper()
	command := exec.Command(program, arguments...)
	command.Stdin = bytes.NewReader(content)
	var said, faults bytes.Buffer
	command.Stdout, command.Stderr = &said, &faults
	if err := command.Run(); err != nil || faults.Len() > 0 {
		t.Fatalf("%s: %v\n%s(make tools installs what reads PDFs)", program, err, faults.String())
	}
	return said.String()
}

func textOf(t *testing.T, d pdf.Document) string {
	t.Helper()
	return read(t, pdf.Write(d), "pdftotext", "-", "-")
}

// letters are those of a text without spaces and marks of direction.
func letters(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) {
			return -1
		}
		return r
	}, text)
}

// What is copied out of a file is what was written, in every script and whichever way
// it runs.
func TestTextIsReadAsItWasWritten(t *testing.T) {
	t.Parallel()
	for _, text := range []struct {
		voice   pdf.Voice
		written string
	}{
		{english, "Offices & cafés: “first things first” – 25 % of 1,000 affidavits"},
		{pdf.Voice{Language: "sq"}, "Çështje të rëndësishme për qytetarët"},
		{pdf.Voice{Language: "el"}, "Συντονισμός της αστικής ανταπόκρισης στα Ιωάννινα"},
		{pdf.Voice{Language: "uk"}, "Координація міських заходів: їжа, ґанок, є"},
		{arabic, "تنسيق الاستجابة على مستوى المدينة: اللاجئون والإدارة"},
		{arabic, "تُنسّق البلدية عام 2017 مع منظمة UNHCR في المدينة"},
		{japanese, "エアランゲンの市立音楽学校には、共通の言葉がなくても参加できるクラスが二つあります。"},
	} {
		d := document(english, paragraph(text.voice, text.written), pdf.Block{Kind: pdf.Heading, Voice: text.voice, Text: pdf.Plain(text.written)})
		if got := letters(textOf(t, d)); strings.Count(got, letters(text.written)) != 2 {
			t.Errorf("%q is read as %q", text.written, got)
		}
	}
}

func TestWhatHasNoFontIsSaid(t *testing.T) {
	t.Parallel()
	const linearB = "𐀀𐀁 𐀂"
	d := document(english, paragraph(english, "Known"), pdf.Block{Kind: pdf.List, Items: []pdf.Item{{Label: "𐀀", Body: []pdf.Block{paragraph(pdf.Voice{Language: "gmy"}, "a "+linearB+" b")}}}})
	got := strings.Join(strings.Fields(textOf(t, d)), " ")
	for _, want := range []string{"No font: en, gmy Known", "a " + pdf.Missing + " b"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not in %q", want, got)
		}
	}
}

// long has a paragraph on each of several pages, and a table across them.
func long() pdf.Document {
	blocks := []pdf.Block{{Kind: pdf.Title, Name: "top", Text: pdf.Plain("A (long) one")}, {Kind: pdf.Contents, Entries: []pdf.Entry{{Text: "To the end", To: "end"}, {Text: "Nowhere", To: "none"}}}}
	rows := [][][]pdf.Span{{pdf.Plain("Year"), pdf.Plain("People")}}
	for i := range 80 {
		rows = append(rows, [][]pdf.Span{pdf.Plain(fmt.Sprint(2000 + i)), pdf.Plain(strings.Repeat("many ", i))})
	}
	return document(english, append(blocks, pdf.Block{Kind: pdf.Table, Rows: rows},
		pdf.Block{Kind: pdf.Quote, Body: []pdf.Block{paragraph(english, "As they say")}}, pdf.Block{Kind: pdf.Rule},
		pdf.Block{Kind: pdf.Title, Name: "end", Text: pdf.Plain("The end")}, pdf.Block{Kind: pdf.Heading, Text: pdf.Plain("A part")},
		pdf.Block{Text: []pdf.Span{{Text: "Bold", Strong: true}, {Text: " and "}, {Text: "a link", Link: "https://example.org/?a=(b)&c=d e", Emphasis: true}}})...)
}

func TestPagesContentsAndLinks(t *testing.T) {
	t.Parallel()
	content := pdf.Write(long())
	if !bytes.Equal(content, pdf.Write(long())) {
		t.Error("the same document gave two files")
	}
	info := read(t, content, "pdfinfo", "-")
	for _, want := range []string{"Tagged:          yes", "Title:           A title"} {
		if !strings.Contains(info, want) {
			t.Errorf("%q is not in %s", want, info)
		}
	}
	var pages int
	fmt.Sscan(strings.TrimSpace(info[strings.Index(info, "Pages:")+len("Pages:"):]), &pages)
	text := read(t, content, "pdftotext", "-layout", "-", "-")
	for _, want := range []string{fmt.Sprintf("Page %d of %d", pages, pages), "2079", "As they say", "A part"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in %s", want, text)
		}
	}
	if first := strings.Join(strings.Fields(text), " "); pages < 4 || !strings.Contains(first, fmt.Sprintf("To the end %d", pages)) {
		t.Errorf("the contents of %d pages are %.120s", pages, first)
	}
	links := read(t, content, "pdfinfo", "-url", "-")
	if !strings.Contains(links, "https://example.org/?a=(b)&c=d%20e") {
		t.Errorf("links are %s", links)
	}
}

func TestStructureIsRead(t *testing.T) {
	t.Parallel()
	content := pdf.Write(document(arabic,
		pdf.Block{Kind: pdf.Title, Voice: english, Text: pdf.Plain("Title")},
		pdf.Block{Kind: pdf.Facts, Items: []pdf.Item{{Label: "Place", Body: []pdf.Block{paragraph(english, "Ioannina")}}}},
		pdf.Block{Kind: pdf.Figure, Picture: pdf.Picture{Name: "a", Alt: "A square", Read: func() ([]byte, error) { return square("jpeg"), nil }}, Text: pdf.Plain("By nobody")},
		pdf.Block{Kind: pdf.Heading, Voice: english, Text: pdf.Plain("Purpose")},
		pdf.Block{Voice: english, Text: []pdf.Span{{Text: "See "}, {Text: "there", Link: "https://example.org/"}}}))
	got := strings.Join(strings.Fields(read(t, content, "pdfinfo", "-struct-text", "-")), " ")
	for _, want := range []string{`H1 (block) "Title"`, `LI (block) Lbl (block) "Place" LBody (block) P (block) "Ioannina"`, `Figure`, `H2 (block) "Purpose"`, `P (block) "See " Link (inline) "there" Object`} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not in %s", want, got)
		}
	}
	if strings.Contains(got, "Page 1") {
		t.Error("the footer is read with the text")
	}
}

// square is a picture of one colour, half of it see-through where the format can.
func square(format string) []byte {
	picture := image.NewNRGBA(image.Rect(0, 0, 40, 40))
	for i := range 40 * 20 {
		picture.Set(i%40, i/40, color.NRGBA{200, 30, 30, 255})
	}
	var b bytes.Buffer
	if format == "png" {
		_ = png.Encode(&b, picture) // a buffer takes everything
	} else {
		_ = jpeg.Encode(&b, picture, nil)
	}
	return b.Bytes()
}

func TestPicturesAreShownOnceOrDescribed(t *testing.T) {
	t.Parallel()
	figure := func(name string, read func() ([]byte, error)) pdf.Block {
		return pdf.Block{Kind: pdf.Figure, Picture: pdf.Picture{Name: name, Alt: "Seen: " + name, Read: read}}
	}
	red := func() ([]byte, error) { return square("png"), nil }
	content := pdf.Write(document(english, figure("red", red), figure("red", red),
		figure("photo", func() ([]byte, error) { return square("jpeg"), nil }),
		figure("lost", func() ([]byte, error) { return nil, errors.New("lost") }),
		figure("broken", func() ([]byte, error) { return []byte("GIF"), nil })))
	list := read(t, content, "pdfimages", "-list", "-")
	if strings.Count(list, "\n") != 5 || strings.Count(list, "jpeg") != 1 {
		t.Errorf("pictures are\n%s", list)
	}
	if n := bytes.Count(content, []byte("/Subtype/Image")); n != 2 {
		t.Errorf("%d pictures are in the file", n)
	}
	text := read(t, content, "pdftotext", "-", "-")
	if strings.Contains(text, "red") || !strings.Contains(text, "Seen: lost") || !strings.Contains(text, "Seen: broken") {
		t.Errorf("the text is %s", text)
	}
	// White where the picture is see-through, and its colour elsewhere.
	shown, err := png.Decode(strings.NewReader(read(t, content, "pdftoppm", "-png", "-r", "72", "-singlefile", "-")))
	if err != nil {
		t.Fatal(err)
	}
	if r, g, _, _ := shown.At(70, 66).RGBA(); r>>8 < 180 || g>>8 > 60 {
		t.Errorf("the upper half is %v", shown.At(70, 66))
	}
	if r, g, b, _ := shown.At(70, 86).RGBA(); r>>8+g>>8+b>>8 != 3*255 {
		t.Errorf("the lower half is %v", shown.At(70, 86))
	}
}
