package server_test

import (
	"image"
	"image/color"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"

	"exempla/internal/account"
)

// modulePixels is how wide the test paints a module, quietModules how many light ones
// readers want around a code.
const modulePixels, quietModules = 4, 4

// dark is a rectangle of the drawing.
var dark = regexp.MustCompile(`M(\d+) (\d+)h(\d+)v(\d+)h-\d+z`)

// picture paints the drawing of the page as a screen does.
func picture(t *testing.T, p page) image.Image {
	t.Helper()
	const scale = modulePixels
	svg := p.one("main svg.qr")
	_, size, _ := strings.Cut(attr(svg, "viewBox"), "0 0 ")
	side, err := strconv.Atoi(strings.Fields(size)[0])
	if err != nil {
		t.Fatal(err)
	}
	painted := image.NewGray(image.Rect(0, 0, side*scale, side*scale))
	for _, path := range all(svg, "path") {
		shade := map[string]color.Gray{"#fff": {Y: 255}, "#000": {}}[attr(path, "fill")]
		for _, m := range dark.FindAllStringSubmatch(attr(path, "d"), -1) {
			var n [4]int
			for i := range n {
				n[i], _ = strconv.Atoi(m[i+1])
			}
			for y := n[1] * scale; y < (n[1]+n[3])*scale; y++ {
				for x := n[0] * scale; x < (n[0]+n[2])*scale; x++ {
					painted.SetGray(x, y, shade)
				}
			}
		}
	}
	const edge = quietModules * scale
	for y := range side * scale {
		for x := range side * scale {
			if inside := min(x, y) >= edge && max(x, y) < side*scale-edge; !inside && painted.GrayAt(x, y).Y != 255 {
				t.Fatalf("the quiet zone is not quiet at %d, %d", x, y)
			}
		}
	}
	return painted
}

// The key of a second factor can be read off the screen by a telephone; it is named
// and stands beside the drawing as text.
func TestSecondFactorIsRead(t *testing.T) {
	t.Parallel()
	s := openPeople(t)
	ana := s.as(account.Officer)
	p := ana.visit("/en/account/second-factor")
	bitmap, err := gozxing.NewBinaryBitmapFromImage(picture(t, p))
	if err != nil {
		t.Fatal(err)
	}
	read, err := qrcode.NewQRCodeReader().Decode(bitmap, nil)
	if err != nil {
		t.Fatalf("no reader understands it: %v", err)
	}
	secret := strings.ReplaceAll(secretShown.FindStringSubmatch(p.body)[1], " ", "")
	links := attrs(all(p.doc, "main a"), "href")
	if want := links[len(links)-1]; read.GetText() != want || !strings.Contains(want, secret) {
		t.Errorf("it says %q, and the link %q with the key %s", read.GetText(), want, secret)
	}
	svg := p.one("main svg.qr")
	if attr(svg, "role") != "img" || !strings.Contains(attr(svg, "aria-label"), "QR code") {
		t.Error("the drawing has no name")
	}
	ana.factor()
	ana.visit("/en/account/second-factor").lacks("svg.qr")
}
