package theme

import (
	"bytes"
	"fmt"
	"image/png"
	"math"
)

// Bounds of a logo.
const (
	MaxLogo    = 64 << 10 // bytes of each picture, which every reader loads with the first page
	LogoWidth  = 1024     // pixels of a picture of pixels; screens with four for one show it sharply
	LogoHeight = 128

	shownHeight = 32  // CSS pixels, as high as the line of the menu
	shownWidth  = 240 // likewise; beside a wider one the menu would have no room
)

// Logo is a picture in place of the program's mark and perhaps of the site's name. There
// is none without a light picture.
type Logo struct {
	Light   Picture `json:"light,omitempty"`   // for all screens for which there is no other
	Dark    Picture `json:"dark,omitempty"`    // for dark ones
	HasName bool    `json:"has_name,omitzero"` // whether it shows the name of the site
}

// Picture is the content of a PNG or SVG file.
type Picture []byte

// Drawn says how a picture is shown. The zero value is none.
type Drawn struct {
	Type          string // media type
	Extension     string // of its address
	Width, Height int    // in CSS pixels
}

const pngSign = "\x89PNG\r\n\x1a\n"

// IsPixels reports whether it is made of pixels.
func (p Picture) IsPixels() bool { return bytes.HasPrefix(p, []byte(pngSign)) }

// Drawn says how it is shown. What cannot be is none.
func (p Picture) Drawn() Drawn {
	width, height, fault := p.measure()
	if len(p) == 0 || fault.Why != "" {
		return Drawn{}
	}
	scale := min(shownHeight/height, shownWidth/width)
	d := Drawn{"image/svg+xml", "svg", max(1, int(math.Round(width*scale))), max(1, int(math.Round(height*scale)))}
	if p.IsPixels() {
		d.Type, d.Extension = "image/png", "png"
	}
	return d
}

// measure looks at all of a picture: how large it is, in any unit, and what is wrong with
// it.
func (p Picture) measure() (width, height float64, fault Fault) {
	switch {
	case len(p) > MaxLogo:
		return 0, 0, Fault{Why: logoLarge, Most: MaxLogo >> 10}
	case !p.IsPixels():
		return readSVG(p)
	}
	config, err := png.DecodeConfig(bytes.NewReader(p))
	if err == nil && (config.Width > LogoWidth || config.Height > LogoHeight) {
		return 0, 0, Fault{Why: "logo_pixels", What: fmt.Sprintf("%d × %d", LogoWidth, LogoHeight)}
	}
	if err == nil {
		_, err = png.Decode(bytes.NewReader(p))
	}
	if err != nil {
		return 0, 0, Fault{Why: logoBroken}
	}
	return float64(config.Width), float64(config.Height), fault
}

// Check lists what is wrong with a logo.
func (g Logo) Check() (faults []Fault) {
	for _, one := range []struct {
		path string
		p    Picture
	}{{"logo.light", g.Light}, {"logo.dark", g.Dark}} {
		if len(one.p) == 0 {
			continue
		}
		if _, _, f := one.p.measure(); f.Why != "" {
			f.Path = one.path
			faults = append(faults, f)
		}
	}
	if len(g.Light) == 0 && (len(g.Dark) > 0 || g.HasName) {
		faults = append(faults, Fault{Path: "logo.light", Why: "logo_missing"})
	}
	return faults
}

// style is what a page with a logo has besides its style sheets: it stays beside the
// button of the menu on a narrow screen, and the name goes below it.
func (g Logo) style() string {
	if g.Light.Drawn() == (Drawn{}) {
		return ""
	}
	return ".mark{flex-wrap:wrap;min-inline-size:0}.mark img,.logo img{display:block;max-inline-size:min(15rem,45vw);block-size:auto}"
}
