package server_test

import (
	"bytes"
	"crypto/rand"
	"encoding/base64"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"exempla/internal/account"
	"exempla/internal/link"
)

// mark is a logo as a drawing, twice as wide as high.
const mark = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 50"><circle cx="9" cy="9" r="9"/></svg>`

// logoFile is a file that is chosen in a form.
type logoFile struct{ field, name, content string }

// uploads sends the form of the appearance with files; fields are alternately names and
// values.
func (c *client) uploads(files []logoFile, fields ...string) page {
	c.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	fields = withLanguages(fields)
	for i := 0; i < len(fields); i += 2 {
		form.WriteField(fields[i], fields[i+1])
	}
	for _, f := range files {
		part, err := form.CreateFormFile(f.field, f.name)
		if err != nil {
			c.Fatal(err)
		}
		part.Write([]byte(f.content))
	}
	form.Close()
	return c.request(httptest.NewRequest(http.MethodPost, "/en/appearance", &body), "Content-Type", form.FormDataContentType())
}

// coloured is a picture of one colour, as PNG or JPEG.
func coloured(t *testing.T, kind string, width, height int) string {
	t.Helper()
	var out bytes.Buffer
	m := image.NewPaletted(image.Rect(0, 0, width, height), color.Palette{color.RGBA{0xd0, 0x10, 0x20, 0xff}})
	err := png.Encode(&out, m)
	if kind == "jpeg" {
		out.Reset()
		err = jpeg.Encode(&out, m, nil)
	}
	if err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// A logo is looked at before others see it, then stands on every page in place of the
// program's mark.
func TestLogo(t *testing.T) {
	t.Parallel()
	s := openOwn(t)
	c, reader := s.as(account.Administrator), s.stranger()
	before := reader.visit("/en/practices")
	c.uploads([]logoFile{{"logo-light", "mark.svg", mark}, {"logo-dark", "mark.png", coloured(t, "png", 2000, 500)}}, "basis", "0").leads(http.StatusSeeOther, "/en/appearance")
	if p := reader.visit("/en/practices"); p.body != before.body {
		t.Error("pages change before the logo is published")
	}
	for _, d := range all(c.visit("/en/appearance").doc, "p.sample img") {
		s.visit(attr(d, "src"))
	}
	c.post(link.AppearanceStep("en", 1, link.LookStep)).is(http.StatusSeeOther)
	s.logoIn(c.visit("/en/practices"), "a.mark", "")
	c.shows(1)
	for _, path := range []string{"/en/practices", "/en/practices/" + ioannina, "/ar/about", "/en/nowhere", "/en/sign-in"} {
		p := reader.get(path)
		p.says("a.mark", "Exempla")
		s.logoIn(p, "a.mark", "")
		p.lacks("a.mark svg")
	}
	icon := attrs(all(reader.visit("/en/practices").doc, "link[rel=icon]"), "href")
	if favicon := s.get("/favicon.ico"); len(icon) != 1 || favicon.header.Get("Location") != icon[0] || !strings.HasPrefix(icon[0], "/theme/") {
		t.Errorf("on the tab: %v, %q", icon, favicon.header.Get("Location"))
	}
	sources := attrs(all(reader.visit("/en/practices").doc, "a.mark source"), "srcset")
	if len(sources) != 1 {
		t.Fatalf("%v", sources)
	}
	small, err := png.DecodeConfig(strings.NewReader(s.visit(sources[0]).body))
	if err != nil || small.Width != 512 || small.Height != 128 {
		t.Errorf("made small, it has %d × %d, %v", small.Width, small.Height, err)
	}

	shared := s.visit(link.PracticeCard("en", ioannina))
	c.uploads(nil, "basis", "1", "logo-name", "yes").is(http.StatusSeeOther)
	c.shows(2)
	p := reader.visit("/en/practices")
	s.logoIn(p, "a.mark", "Exempla")
	if got := strings.TrimSpace(text(p.one("a.mark"))); got != "" {
		t.Errorf("the name stands beside a logo that shows it: %q", got)
	}
	s.logoIn(reader.visit("/en/embed"), "p.logo", "Exempla")

	if p := s.visit(shared.path); p.body != shared.body {
		t.Error("cards show a drawing, which they cannot")
	}
	c.uploads([]logoFile{{"logo-light", "mark.png", coloured(t, "png", 300, 100)}}, "basis", "2").is(http.StatusSeeOther)
	c.shows(3)
	card, err := png.Decode(strings.NewReader(s.visit(shared.path).body))
	if err != nil {
		t.Fatal(err)
	}
	if got := color.RGBAModel.Convert(card.At(100, 79)); got != (color.RGBA{0xd0, 0x10, 0x20, 0xff}) {
		t.Errorf("the logo on a card is %v", got)
	}
	s.get(shared.path, "If-None-Match", shared.header.Get("Etag")).is(http.StatusOK)

	c.uploads(nil, "basis", "3", "remove-logo-light", "yes", "remove-logo-dark", "yes").is(http.StatusSeeOther)
	c.shows(4)
	if p := reader.visit("/en/practices"); p.body != before.body {
		t.Error("without the logo, pages are not as they were")
	}
}

// logoIn checks the logo of a page.
func (s *site) logoIn(p page, place, alt string) {
	s.Helper()
	img := p.one(place + " picture img")
	if attr(img, "width") != "64" || attr(img, "height") != "32" || attr(img, "alt") != alt {
		s.Errorf("%s: %v", p.path, img.Attr)
	}
	shown := s.visit(attr(img, "src"))
	for name, want := range map[string]string{"Content-Type": "image/svg+xml", "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
		"X-Content-Type-Options": "nosniff", "Cache-Control": "public, max-age=31536000, immutable"} {
		if got := shown.header.Get(name); got != want {
			s.Errorf("%s: %s is %q", shown.path, name, got)
		}
	}
	s.get(strings.Replace(attr(img, "src"), ".svg", ".png", 1)).is(http.StatusNotFound)
}

// What cannot be a logo is refused with the reason, and a picture that can is not lost when
// another field is wrong.
func TestLogoIsRefusedOrKept(t *testing.T) {
	t.Parallel()
	s := openOwn(t)
	c := s.as(account.Administrator)
	for says, content := range map[string]string{
		"does something (<script>)":     strings.Replace(mark, "<circle", "<script/><circle", 1),
		"not in the file (https://a/b)": strings.Replace(mark, "<circle", `<image href="https://a/b"/><circle`, 1),
		"DOCTYPE":                       "<!DOCTYPE svg>" + mark,
		"cannot be read":                "no picture",
		"“x” is damaged":                coloured(t, "png", 9, 9)[:60],
		"more than 40 megapixels":       bomb(t),
		"is a kind of picture that not": "GIF89a" + strings.Repeat("x", 100),
		"“x” is empty":                  "",
		"takes more than 64 kB":         strings.Replace(mark, "<circle", strings.Repeat(" ", 64<<10)+"<circle", 1),
		"“x” is larger than 10 MB":      strings.Repeat("x", 10<<20+1),
		"Choose a plainer":              noise(t),
		"has another file hidden in it": coloured(t, "png", 9, 9) + "<script>alert(1)</script>",
	} {
		p := c.uploads([]logoFile{{"logo-light", "x", content}}, "basis", "0", "publisher", "Eurotowns")
		p.is(http.StatusUnprocessableEntity)
		p.says("#logo-light-problem", says)
		p.lacks("input[name=kept-logo-light]")
		if got := attr(p.one("#publisher"), "value"); got != "Eurotowns" {
			t.Errorf("%s: another field is lost: %q", says, got)
		}
	}
	p := c.uploads([]logoFile{{"logo-light", "x.jpg", coloured(t, "jpeg", 3000, 1000)}}, "basis", "0", "accent-light", "red", "logo-name", "yes")
	p.is(http.StatusUnprocessableEntity)
	p.says("main form .note", "need not choose it again")
	kept := attr(p.one("input[name=kept-logo-light]"), "value")
	c.post("/en/appearance", withLanguages([]string{"basis", "0", "kept-logo-light", "!" + kept})...) // which is no base64, and none
	if _, latest, err := s.Store.Themes.Latest(t.Context()); err != nil || len(latest.Logo.Light) > 0 {
		t.Errorf("%v, %v", latest.Logo, err)
	}
	hostile := base64.StdEncoding.EncodeToString([]byte(strings.Replace(mark, "<circle", "<script/><circle", 1)))
	c.post("/en/appearance", withLanguages([]string{"basis", "0", "kept-logo-light", hostile})...).is(http.StatusUnprocessableEntity)
	c.post("/en/appearance", withLanguages([]string{"basis", "0", "kept-logo-light", kept, "logo-name", "yes"})...).leads(http.StatusSeeOther, "/en/appearance")
	_, latest, err := s.Store.Themes.Latest(t.Context())
	if err != nil || !latest.Logo.Light.IsPixels() || !latest.Logo.HasName {
		t.Fatalf("%v, %v", latest.Logo, err)
	}
	if d := latest.Logo.Light.Drawn(); d.Width != 96 || d.Height != 32 {
		t.Errorf("%+v", d)
	}
	c.uploads(nil, "basis", "1", "accent-light", "#5b2a86").is(http.StatusSeeOther)
	if _, after, err := s.Store.Themes.Latest(t.Context()); err != nil || !bytes.Equal(after.Logo.Light, latest.Logo.Light) {
		t.Errorf("a form without a file loses the logo: %v", err)
	}
	c.uploads([]logoFile{{"logo-dark", "mark.svg", mark}}, "basis", "2", "remove-logo-light", "yes").says("#logo-light-problem", "no picture for all screens")
}

// bomb is a PNG of a few bytes that claims to have so many pixels that no memory holds them.
func bomb(t *testing.T) string {
	t.Helper()
	content := []byte(coloured(t, "png", 1, 1))
	binary.BigEndian.PutUint32(content[16:], 60_000)
	binary.BigEndian.PutUint32(content[20:], 60_000)
	binary.BigEndian.PutUint32(content[29:], crc32.ChecksumIEEE(content[12:29]))
	return string(content)
}

// noise is a picture that no compression makes small.
func noise(t *testing.T) string {
	t.Helper()
	m := image.NewRGBA(image.Rect(0, 0, 1000, 125))
	rand.Read(m.Pix)
	for i := range m.Pix {
		m.Pix[i] |= 0x80 // so that nothing is darker than it is opaque
	}
	var out bytes.Buffer
	if err := png.Encode(&out, m); err != nil {
		t.Fatal(err)
	}
	return out.String()
}
