package attachment

import (
	"archive/zip"
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"testing"
)

// webp is a small picture, 75 × 100 pixels, without loss.
var webp = unbase("UklGRrIBAABXRUJQVlA4TKUBAAAvSsAYAA8w//M///MfeJAkbXvaSG7m8Q3GfYSBJekwQztm/IcZlgwnmWImn2BK7aFmBtnVir6q//8VOkFE/xm4baTIu8c48ArEo6+B3zFKYln3pqClSCKX0begFTAXFOLXHSyF8cCNcZEG4OywuA4KVVfJCiArU7GAgJI8+lJP/OKMT/fBAjevg1cYB7YVkFuWga2lyPi5I0HFy5YTpWIHg0RZpkniRVW9odHAKOwosWuOGdxIyn2OvaCDvhg/we6TwadPBPbqBV58MsLmMJ8yZnOWk8SRz4N+QoyPL+MnamzMvcE1rHNEr91F9GKZPVUcS9w7PhhH36suB9qPeYb/oLk6cuTiJ0wOK3m5h1cKjW6EVZCYMK7dxcKCBdgP9HkKr9gkAO2P8GKZGWVdIAatQa+1IDpt6qyorVwdy01xdW8Jkfk6xjEXmVQQ+HQdFr6OKhIN34dXWq0+0qr6EJSCeeVLH9+gvGTLyqM65PQ44ihzlTXxQKjKbAvshXgir7Lil9w4L2bvMycmjQcqXaMCO6BlY28i+FOLzbfI1vEqxAhotocAAA==")

// Two pictures of libjpeg in ways that Go does not decode: with arithmetic coding, and
// with more samples of colour than of brightness.
const (
	arithmetic  = "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAgGBgcGBQgHBwcJCQgKDBQNDAsLDBkSEw8UHRofHh0aHBwgJC4nICIsIxwcKDcpLDAxNDQ0Hyc5PTgyPC4zNDL/2wBDAQkJCQwLDBgNDRgyIRwhMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjL/yQARCAAgADADASIAAhEBAxEB/8wACgAQEAUBEBEF/9oADAMBAAIRAxEAPwD/AKAdesAtbXXOlg+rkNGcM2pUA7OUu3tf7HGR0znyJdWveYiDGDF9uPJQHLENCBWy0Gbv28+gQP/Z"
	oddSampling = "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAgGBgcGBQgHBwcJCQgKDBQNDAsLDBkSEw8UHRofHh0aHBwgJC4nICIsIxwcKDcpLDAxNDQ0Hyc5PTgyPC4zNDL/2wBDAQkJCQwLDBgNDRgyIRwhMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjL/wAARCAAgADADAREAAiIBAyIB/8QAHwAAAQUBAQEBAQEAAAAAAAAAAAECAwQFBgcICQoL/8QAtRAAAgEDAwIEAwUFBAQAAAF9AQIDAAQRBRIhMUEGE1FhByJxFDKBkaEII0KxwRVS0fAkM2JyggkKFhcYGRolJicoKSo0NTY3ODk6Q0RFRkdISUpTVFVWV1hZWmNkZWZnaGlqc3R1dnd4eXqDhIWGh4iJipKTlJWWl5iZmqKjpKWmp6ipqrKztLW2t7i5usLDxMXGx8jJytLT1NXW19jZ2uHi4+Tl5ufo6erx8vP09fb3+Pn6/8QAHwEAAwEBAQEBAQEBAQAAAAAAAAECAwQFBgcICQoL/8QAtREAAgECBAQDBAcFBAQAAQJ3AAECAxEEBSExBhJBUQdhcRMiMoEIFEKRobHBCSMzUvAVYnLRChYkNOEl8RcYGRomJygpKjU2Nzg5OkNERUZHSElKU1RVVldYWVpjZGVmZ2hpanN0dXZ3eHl6goOEhYaHiImKkpOUlZaXmJmaoqOkpaanqKmqsrO0tba3uLm6wsPExcbHyMnK0tPU1dbX2Nna4uPk5ebn6Onq8vP09fb3+Pn6/9oADAMBAAIRAxEAPwDi6+ZAAP3EAA6Xwl/y+f8AAP8A2ag+aPpT5oD+Lz+0D+LzpaAAAAAPBq/rwAA/TAAD2L4Ef8x//t3/APatB/Dh/cZ/DgH0x8yfTHsdAAAAAH//2Q=="
)

// deeper is a JPEG file that says it has 12 bits for each colour.
func deeper(jpeg []byte) []byte {
	at := bytes.Index(jpeg, []byte("\xff\xc0")) + 4
	return bytes.Join([][]byte{jpeg[:at], {12}, jpeg[at+1:]}, nil)
}

func unbase(text string) []byte {
	b, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		panic(err)
	}
	return b
}

// quartered is a picture with another colour in each corner, so that it can be
// seen how it was turned.
func quartered(width, height int) *image.NRGBA {
	m := image.NewNRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		for x := range width {
			m.Set(x, y, corners[y*2/height][x*2/width])
		}
	}
	return m
}

var (
	red, green   = color.NRGBA{255, 0, 0, 255}, color.NRGBA{0, 255, 0, 255}
	blue, yellow = color.NRGBA{0, 0, 255, 255}, color.NRGBA{255, 255, 0, 255}
	corners      = [2][2]color.NRGBA{{red, green}, {blue, yellow}}
)

func asJPEG(t testing.TB, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, &jpeg.Options{Quality: 95}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func asPNG(t testing.TB, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func asGIF(t testing.TB, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := gif.Encode(&b, m, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func asZIP(t testing.TB, name string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, err := z.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	w.Write([]byte("content"))
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// place is what a camera writes about where it was; nothing of it may get out.
const place = "GPS 39.6650 N 20.8537 E, Ioannina, Canon 12345"

// exif is a block with an orientation, a maker, and a place.
func exif(orientation int) []byte {
	b := []byte("II*\x00\x08\x00\x00\x00\x02\x00")
	b = append(b, 0x0f, 0x01, 2, 0, byte(len(place)), 0, 0, 0, 38, 0, 0, 0)
	b = append(b, 0x12, 0x01, 3, 0, 1, 0, 0, 0, byte(orientation), 0, 0, 0)
	return append(append(b, 0, 0, 0, 0), place...)
}

// withExif is a JPEG file as cameras write it.
func withExif(jpeg []byte, orientation int) []byte {
	body := append([]byte(exifSign), exif(orientation)...)
	segment := binary.BigEndian.AppendUint16([]byte{0xff, 0xe1}, uint16(len(body)+2))
	return bytes.Join([][]byte{jpeg[:2], segment, body, jpeg[2:]}, nil)
}

// pngExif is a PNG file with such a block before the picture.
func pngExif(png []byte, orientation int) []byte {
	const header = 8 + 25
	return bytes.Join([][]byte{png[:header], pngPart("eXIf", exif(orientation)), png[header:]}, nil)
}

func pngPart(name string, data []byte) []byte {
	named := append([]byte(name), data...)
	part := binary.BigEndian.AppendUint32(nil, uint32(len(data)))
	return binary.BigEndian.AppendUint32(append(part, named...), crc32.ChecksumIEEE(named))
}

// webpExif is the small picture in an extended file.
func webpExif(flags byte, orientation int) []byte {
	part := func(name string, data []byte) []byte {
		b := binary.LittleEndian.AppendUint32([]byte(name), uint32(len(data)))
		return append(append(b, data...), make([]byte, len(data)%2)...)
	}
	size := webpSize()
	extended := part("VP8X", []byte{flags, 0, 0, 0, byte(size.X - 1), byte((size.X - 1) >> 8), 0, byte(size.Y - 1), byte((size.Y - 1) >> 8), 0})
	body := bytes.Join([][]byte{[]byte("WEBP"), extended, webp[12:], part("EXIF", exif(orientation))}, nil)
	return append(binary.LittleEndian.AppendUint32([]byte("RIFF"), uint32(len(body))), body...)
}

func webpSize() image.Point {
	config, _, err := image.DecodeConfig(bytes.NewReader(webp))
	if err != nil {
		panic(err)
	}
	return image.Pt(config.Width, config.Height)
}

// bomb is a PNG file of a few bytes that claims to be a picture of that size.
func bomb(width, height uint32) []byte {
	header := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, width), height)
	return bytes.Join([][]byte{[]byte("\x89PNG\r\n\x1a\n"), pngPart("IHDR", append(header, 8, 2, 0, 0, 0)),
		pngPart("IDAT", []byte{0x78, 0x9c, 0x03, 0, 0, 0, 0, 1}), pngPart("IEND", nil)}, nil)
}

// pdf is a document with something before its end.
func pdf(more string) []byte {
	return []byte("%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\n" + more + "\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n")
}
