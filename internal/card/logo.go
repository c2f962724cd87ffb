package card

import (
	"cmp"
	"image"
	"image/color"
	"maps"
	"slices"

	"golang.org/x/image/draw"
)

// tone is a colour with five bits for each part: those of the same tone look alike.
type tone [3]uint8

func toneOf(c color.RGBA) tone { return tone{c.R >> 3, c.G >> 3, c.B >> 3} }

// paint paints a picture on an area, in as many of its colours as the palette has room for.
// Its commonest ones are taken; others become what is nearest.
func (c *canvas) paint(m image.Image, area image.Rectangle) {
	scaled := image.NewRGBA(area)
	draw.Draw(scaled, area, image.NewUniform(c.picture.Palette[0]), image.Point{}, draw.Src)
	draw.CatmullRom.Scale(scaled, area, m, m.Bounds(), draw.Over, nil)
	counts, first := map[tone]int{}, map[tone]color.RGBA{}
	for y := area.Min.Y; y < area.Max.Y; y++ {
		for x := area.Min.X; x < area.Max.X; x++ {
			shade := scaled.RGBAAt(x, y)
			of := toneOf(shade)
			if counts[of]++; counts[of] == 1 {
				first[of] = shade
			}
		}
	}
	common := slices.SortedFunc(maps.Keys(counts), func(a, b tone) int {
		return cmp.Or(counts[b]-counts[a], slices.Compare(a[:], b[:]))
	})
	palette := slices.Clone(c.picture.Palette)
	index := map[tone]uint8{toneOf(palette[0].(color.RGBA)): 0}
	for _, of := range common {
		if _, known := index[of]; !known && len(palette) < 256 {
			index[of] = uint8(len(palette))
			palette = append(palette, first[of])
		}
	}
	c.picture.Palette = palette
	for y := area.Min.Y; y < area.Max.Y; y++ {
		for x := area.Min.X; x < area.Max.X; x++ {
			shade := scaled.RGBAAt(x, y)
			of := toneOf(shade)
			at, known := index[of]
			if !known {
				at = uint8(palette.Index(shade))
				index[of] = at
			}
			c.picture.SetColorIndex(x, y, at)
		}
	}
}
