package theme_test

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"image"
	"image/png"
	"strings"
	"testing"

	"exempla/internal/theme"
)

// svg is a drawing with something in it.
func svg(inside string) string {
	return `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 100 50">` + inside + `</svg>`
}

// pixels is a PNG of a size.
func pixels(t *testing.T, width, height int) theme.Picture {
	t.Helper()
	var out bytes.Buffer
	if err := png.Encode(&out, image.NewGray(image.Rect(0, 0, width, height))); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// faultOf is why a picture cannot be a logo; empty if it can.
func faultOf(content string) string {
	faults := theme.Logo{Light: theme.Picture(content)}.Check()
	if len(faults) == 0 {
		return ""
	}
	return faults[0].Why
}

// Drawings do nothing, and bring in nothing from elsewhere.
func TestHostileDrawings(t *testing.T) {
	t.Parallel()
	for why, drawings := range map[string][]string{
		"svg_active": {
			svg(`<script>alert(1)</script>`), svg(`<SCRIPT/>`), svg(`<x:script xmlns:x="http://www.w3.org/2000/svg">1</x:script>`), svg(`<g><g><script href="#a"/></g></g>`),
			svg(`<rect onload="alert(1)"/>`), svg(`<rect OnClick="x"/>`), svg(`<rect xlink:onbegin="x"/>`), strings.Replace(svg(""), "viewBox", `onload="x" viewBox`, 1),
			svg(`<foreignObject><p>x</p></foreignObject>`), svg(`<html xmlns="http://www.w3.org/1999/xhtml"/>`), svg(`<iframe/>`), svg(`<h:img xmlns:h="http://www.w3.org/1999/xhtml"/>`),
			svg(`<a><set attributeName="href" to="x"/></a>`), svg(`<animate attributeName="xlink:href" values="#a;#b"/>`), svg(`<set attributeName="onclick" to="x"/>`),
			svg(`<style>@im<b/>port "x"</style>`), svg(`<handler/>`),
		},
		"svg_doctype": {
			`<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">` + svg(""),
			`<!DOCTYPE svg [<!ENTITY a "b">]>` + svg("&a;"), `<?xml version="1.0"?><!DOCTYPE x SYSTEM "file:///etc/passwd">` + svg(""),
		},
		"svg_reference": {
			svg(`<image href="https://evil.example/a.png"/>`), svg(`<image xlink:href="//evil.example/a.png"/>`), svg(`<use href="other.svg#a"/>`), svg(`<a href="javascript:alert(1)"/>`),
			svg(`<image href=" data:image/svg+xml;base64,AAAA"/>`), svg(`<image href="data:text/html,x"/>`), svg(`<image src="/a.png"/>`), svg(`<feImage href="a"/>`),
			svg(`<rect fill="url(https://evil.example/#a)"/>`), svg(`<rect fill="URL( 'a.svg#b' )"/>`), svg(`<rect style="fill:url(a)"/>`), svg(`<rect fill="url(#a)" mask="url(b)"/>`),
			svg(`<style>@import "a.css";</style>`), svg(`<style><![CDATA[@IMPORT url(a)]]></style>`), svg(`<style>a{background:url(b)}</style>`), svg(`<style>@im<!-- -->port "a"</style>`),
			svg(`<style>a{background:u\72l(b)}</style>`), svg(`<style>a{background:image-set("b" 1x)}</style>`), svg(`<rect style="\75 rl(b)"/>`),
			`<?xml-stylesheet href="a.css"?>` + svg(""), svg(`<g xml:base="https://evil.example/"/>`), svg(`<set attributeName="fill" to="url(a)"/>`),
		},
		"logo_broken": {
			"", "nothing", "<svg", svg("<g>"), svg("&nbsp;"), svg("") + svg(""), `<html>` + svg("") + `</html>`, `<svg viewBox="0 0 1 1"/>`, "\xff\xfe<\x00s\x00",
			`<?xml version="1.0" encoding="UTF-16"?>` + svg(""), "GIF89a", "\x89PNG\r\n\x1a\n", "\xff\xd8\xff\xe0",
		},
		"svg_repeats": {svg(doubled(20))},
		"svg_unsized": {
			`<svg xmlns="http://www.w3.org/2000/svg"/>`, `<svg xmlns="http://www.w3.org/2000/svg" width="100%" height="2em"/>`,
			`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 0 10"/>`, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 -1 1e999"/>`,
		},
		"": {
			svg(doubled(5)), svg(""), `<?xml version="1.0" encoding="UTF-8" standalone="no"?><!-- Made by hand -->` + svg(`<title>A &amp; B</title>`) + "\n", svg(`<use href="#a"/><use xlink:href="#a"/>`),
			svg(`<defs><linearGradient id="a"/></defs><rect fill="url(#a)" mask="url('#b')" style="fill: url( &quot;#a&quot; )"/>`), svg(`<image href="data:image/png;base64,iVBORw0KGgo="/>`),
			svg(`<style>.a{fill:url(#a)}</style><path class="a" d="M0 0"/>`), svg(`<animateTransform attributeName="transform" type="rotate"/>`),
			svg(`<i:namedview xmlns:i="http://www.inkscape.org/namespaces/inkscape" i:export-filename="C:\logo.png"/><metadata xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><r:RDF r:about="http://a"/></metadata>`),
			`<svg:svg xmlns:svg="http://www.w3.org/2000/svg" width="64px" height="32"/>`,
		},
	} {
		for _, content := range drawings {
			if content == "" {
				continue // no logo
			}
			if got := faultOf(content); got != why {
				t.Errorf("%q: %q, want %q", content, got, why)
			}
		}
	}
}

// A logo fits beside the menu, whatever its shape, and is bounded before it is read.
func TestSizesOfLogos(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		p             theme.Picture
		width, height int
		why           string
	}{
		{theme.Picture(svg("")), 64, 32, ""},
		{theme.Picture(strings.Replace(svg(""), "0 0 100 50", "0,0,4000,100", 1)), 240, 6, ""},
		{theme.Picture(strings.Replace(svg(""), "0 0 100 50", "0 0 1 900", 1)), 1, 32, ""},
		{pixels(t, 128, 128), 32, 32, ""},
		{pixels(t, 1024, 128), 240, 30, ""},
		{pixels(t, 10, 5), 64, 32, ""},
		{pixels(t, 1025, 10), 0, 0, "logo_pixels"},
		{pixels(t, 128, 129), 0, 0, "logo_pixels"},
		{pixels(t, 4_000, 4_000), 0, 0, "logo_pixels"}, // a bomb is not opened
		{pixels(t, 100, 100)[:60], 0, 0, "logo_broken"},
		{theme.Picture(svg(strings.Repeat(" ", theme.MaxLogo))), 0, 0, "logo_large"},
	} {
		d, faults := c.p.Drawn(), theme.Logo{Light: c.p}.Check()
		if d.Width != c.width || d.Height != c.height || (c.why == "") != (len(faults) == 0) || c.why != "" && (faults[0].Why != c.why || faults[0].Path != "logo.light") {
			t.Errorf("%d × %d, %+v; want %d × %d, %s", d.Width, d.Height, faults, c.width, c.height, c.why)
		}
	}
	for _, logo := range []theme.Logo{{Dark: theme.Picture(svg(""))}, {HasName: true}} {
		if faults := logo.Check(); len(faults) != 1 || faults[0].Why != "logo_missing" {
			t.Errorf("%+v", faults)
		}
	}
	full := theme.Theme{Logo: theme.Logo{Light: theme.Picture(svg(strings.Repeat(" ", theme.MaxLogo-200))), Dark: theme.Picture(svg(strings.Repeat(" ", theme.MaxLogo-200)))}}
	if faults := full.Check(); len(faults) > 0 {
		t.Errorf("two logos of the largest size: %+v", faults)
	}
}

// In a file for people a logo is base64, and comes back as it was.
func TestLogoInAFile(t *testing.T) {
	t.Parallel()
	made := theme.Theme{Logo: theme.Logo{Light: theme.Picture(svg("")), HasName: true}}
	content := made.Write()
	if !bytes.Contains(content, []byte(`"light": "`+base64.StdEncoding.EncodeToString([]byte(svg("")))+`"`)) {
		t.Errorf("%s", content)
	}
	read, err := theme.Read(content)
	if err != nil || read.Mark() != made.Mark() || !bytes.Equal(read.Logo.Light, made.Logo.Light) {
		t.Errorf("%+v, %v", read, err)
	}
	if (theme.Theme{}).Mark() == made.Mark() || bytes.Contains(theme.Theme{}.Write(), []byte("logo")) {
		t.Error("a theme without a logo is not as before")
	}
}

// doubled is a drawing whose parts each show the next one twice.
func doubled(parts int) string {
	var b strings.Builder
	for i := range parts {
		fmt.Fprintf(&b, `<g id="p%d"><use href="#p%d"/><g><use xlink:href="#p%[2]d"/></g></g>`, i, i+1)
	}
	return b.String()
}
