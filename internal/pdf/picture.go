package pdf

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	_ "image/jpeg" // pictures are one of these
	_ "image/png"
)

// picture is a picture of the document, once, however often it is shown.
type picture struct {
	of            string // name of the Picture
	index         int
	width, height int // pixels
	entries       string
	content       []byte
	packed        bool // whether the content is compressed already
}

func (p *picture) name() string { return fmt.Sprintf("I%d", p.index) }

// picture reads a picture; nil if it cannot be read.
func (l *layout) picture(of Picture) *picture {
	for _, p := range l.pictures {
		if p.of == of.Name {
			return p
		}
	}
	content, err := of.Read()
	if err != nil {
		return nil
	}
	p, err := readPicture(content)
	if err != nil {
		return nil
	}
	p.of, p.index = of.Name, len(l.pictures)
	l.pictures = append(l.pictures, p)
	return p
}

// maxPixels is the largest picture that is unpacked: those kept for pages are far smaller.
const maxPixels = 4 << 20

// readPicture takes a JPEG as it is, and unpacks others onto white.
func readPicture(content []byte) (*picture, error) {
	config, format, err := image.DecodeConfig(bytes.NewReader(content))
	if err != nil {
		return nil, err
	}
	p := &picture{width: config.Width, height: config.Height}
	if format == "jpeg" && (config.ColorModel == color.YCbCrModel || config.ColorModel == color.GrayModel) {
		space := "RGB"
		if config.ColorModel == color.GrayModel {
			space = "Gray"
		}
		p.entries, p.content, p.packed = "/ColorSpace/Device"+space+"/Filter/DCTDecode", content, true
		return p, nil
	}
	if config.Width*config.Height > maxPixels {
		return nil, fmt.Errorf("a picture of %d × %d pixels", config.Width, config.Height)
	}
	decoded, _, err := image.Decode(bytes.NewReader(content))
	if err != nil {
		return nil, err
	}
	flat := image.NewRGBA(image.Rect(0, 0, config.Width, config.Height))
	draw.Draw(flat, flat.Bounds(), image.White, image.Point{}, draw.Src)
	draw.Draw(flat, flat.Bounds(), decoded, decoded.Bounds().Min, draw.Over)
	p.entries = "/ColorSpace/DeviceRGB"
	for i := 0; i < len(flat.Pix); i += 4 {
		p.content = append(p.content, flat.Pix[i:i+3]...)
	}
	return p, nil
}

// write writes the picture and returns its number.
func (p *picture) write(w *writer) int {
	entries := fmt.Sprintf("/Type/XObject/Subtype/Image/Width %d/Height %d/BitsPerComponent 8%s", p.width, p.height, p.entries)
	if p.packed {
		return w.raw(entries, p.content)
	}
	return w.stream(entries, p.content)
}
