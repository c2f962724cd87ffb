package attachment

import (
	"bytes"
	"encoding/binary"
	"image"
)

// upright is the orientation of a picture that needs no turning.
const upright = 1

// orientation returns how a picture must be turned for display, from 1 to 8 as in
// EXIF 2.3 (tag 0x0112). It must be read before the picture is re-encoded, which
// drops all metadata.
func orientation(content []byte) int {
	switch {
	case bytes.HasPrefix(content, []byte("\xff\xd8")):
		return tiffOrientation(jpegExif(content))
	case bytes.HasPrefix(content, []byte("\x89PNG")):
		return tiffOrientation(chunk(content[8:], "eXIf", pngChunk))
	case bytes.HasPrefix(content, []byte("RIFF")):
		exif := chunk(content[12:], "EXIF", riffChunk)
		return tiffOrientation(bytes.TrimPrefix(exif, []byte(exifSign)))
	}
	return upright
}

// exifSign begins the segment of a JPEG file that contains EXIF.
const exifSign = "Exif\x00\x00"

// jpegExif returns the EXIF block from the segments before the picture itself, or nil.
func jpegExif(content []byte) []byte {
	const app1, scan = 0xe1, 0xda
	for at := 2; at+4 <= len(content) && content[at] == 0xff && content[at+1] != scan; {
		if content[at+1] == 0xff {
			at++ // segments may be padded
			continue
		}
		end := at + 2 + int(binary.BigEndian.Uint16(content[at+2:]))
		if end > len(content) || end < at+4 {
			return nil
		}
		if exif, ok := bytes.CutPrefix(content[at+4:end], []byte(exifSign)); ok && content[at+1] == app1 {
			return exif
		}
		at = end
	}
	return nil
}

// shape is the layout of chunks in a format: the offsets of their name and length,
// and how many bytes come before and after their data.
type shape struct {
	name, length  int
	before, after int
	order         binary.ByteOrder
	even          bool // whether data are padded to an even length
}

var (
	pngChunk  = shape{name: 4, length: 0, before: 8, after: 4, order: binary.BigEndian}
	riffChunk = shape{name: 0, length: 4, before: 8, order: binary.LittleEndian, even: true}
)

// chunk returns the data of the first chunk of that name, or nil.
func chunk(content []byte, name string, s shape) []byte {
	for len(content) >= s.before {
		length := int(s.order.Uint32(content[s.length:]))
		if length > len(content)-s.before {
			return nil
		}
		if string(content[s.name:s.name+4]) == name {
			return content[s.before : s.before+length]
		}
		skip := s.before + length + s.after
		if s.even {
			skip += length % 2
		}
		content = content[min(skip, len(content)):]
	}
	return nil
}

// tiffOrientation reads the orientation from the first directory of a TIFF block. If
// it is missing or invalid, the picture counts as upright.
func tiffOrientation(exif []byte) int {
	const tag, entry = 0x0112, 12
	if len(exif) < 8 {
		return upright
	}
	var order binary.ByteOrder = binary.BigEndian
	if exif[0] == 'I' {
		order = binary.LittleEndian
	}
	start := int64(order.Uint32(exif[4:]))
	if start+2 > int64(len(exif)) {
		return upright
	}
	directory := exif[start+2:]
	for range order.Uint16(exif[start:]) {
		if len(directory) < entry {
			return upright
		}
		if order.Uint16(directory) == tag {
			if o := int(order.Uint16(directory[8:])); o >= 1 && o <= 8 {
				return o
			}
			return upright
		}
		directory = directory[entry:]
	}
	return upright
}

// orient turns and mirrors a picture according to its orientation.
func orient(m *image.RGBA, orientation int) *image.RGBA {
	if orientation == upright {
		return m
	}
	width, height := m.Rect.Dx(), m.Rect.Dy()
	// from maps a pixel of the result to its column and row in the picture.
	from := map[int]func(x, y int) (int, int){
		2: func(x, y int) (int, int) { return width - 1 - x, y },
		3: func(x, y int) (int, int) { return width - 1 - x, height - 1 - y },
		4: func(x, y int) (int, int) { return x, height - 1 - y },
		5: func(x, y int) (int, int) { return y, x },
		6: func(x, y int) (int, int) { return y, height - 1 - x },
		7: func(x, y int) (int, int) { return width - 1 - y, height - 1 - x },
		8: func(x, y int) (int, int) { return width - 1 - y, x },
	}[orientation]
	turned := image.Rect(0, 0, width, height)
	if orientation >= 5 {
		turned = image.Rect(0, 0, height, width)
	}
	result := image.NewRGBA(turned)
	for y := range turned.Dy() {
		for x := range turned.Dx() {
			column, row := from(x, y)
			copy(result.Pix[result.PixOffset(x, y):][:4], m.Pix[m.PixOffset(column, row):][:4])
		}
	}
	return result
}
