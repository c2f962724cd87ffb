package attachment

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/jpeg"
	"image/png"

	"golang.org/x/image/draw"
	_ "golang.org/x/image/webp" // is read, never written
	"golang.org/x/sync/semaphore"

	"exempla/internal/practice"
)

// quality of the JPEG files written: above it, files grow without a visible
// difference.
const quality = 82

// decoding limits the pixels of all pictures being decoded at the same time. A
// picture takes up to 15 bytes a pixel (a progressive JPEG without subsampling), so
// this is 600 MB: enough for three pictures of a phone, or one of the largest.
var decoding = semaphore.NewWeighted(MaxPixels)

// picture re-encodes a picture. Only the pixels remain: no position, no
// camera, no name, nothing after the end.
func picture(ctx context.Context, content []byte) (File, error) {
	large, err := decode(ctx, content)
	if err != nil {
		return File{}, err
	}
	media := JPEG
	if !large.Opaque() {
		media = PNG // JPEG has no transparency
	}
	kept, err := encode(large, media)
	if err != nil {
		return File{}, err
	}
	f := newFile(media, kept)
	f.Width, f.Height = large.Rect.Dx(), large.Rect.Dy()
	return f, nil
}

// decode reads a picture within the limits, upright, and at most as large as those that
// are kept. The error is as that of Read.
func decode(ctx context.Context, content []byte) (*image.RGBA, error) {
	config, _, err := image.DecodeConfig(bytes.NewReader(content))
	switch {
	case isAnimated(content):
		return nil, Animated
	case isUnusual(err):
		return nil, Unusual
	case err != nil || config.Width <= 0 || config.Height <= 0:
		return nil, Broken
	case config.Width > MaxPixels/config.Height:
		return nil, TooManyPixels
	}
	pixels := int64(config.Width) * int64(config.Height)
	if err := decoding.Acquire(ctx, pixels); err != nil {
		return nil, fmt.Errorf("wait to read a picture: %w", err)
	}
	defer decoding.Release(pixels)
	raw, _, err := image.Decode(bytes.NewReader(content))
	switch {
	case isUnusual(err):
		return nil, Unusual
	case err != nil:
		return nil, Broken
	}
	return orient(shrink(raw, practice.LargeSide), orientation(content)), nil
}

// Within re-encodes a picture as a PNG that fits into a box of pixels. The error is as that
// of Read.
func Within(ctx context.Context, content []byte, box image.Point) ([]byte, error) {
	switch is := recognise(content); {
	case is.fault != "":
		return nil, is.fault
	case is.document:
		return nil, Unknown
	}
	large, err := decode(ctx, content)
	if err != nil {
		return nil, err
	}
	size := large.Rect.Size()
	scale := min(float64(box.X)/float64(size.X), float64(box.Y)/float64(size.Y))
	return encode(shrink(large, int(float64(max(size.X, size.Y))*scale)), PNG)
}

// isUnusual reports whether a JPEG file could not be read for being of a sort that is
// good, and rare: colours sampled in an odd way, more than 8 bits, arithmetic coding.
func isUnusual(err error) bool {
	var unsupported jpeg.UnsupportedError
	return errors.As(err, &unsupported)
}

// smaller encodes a kept picture anew so that it fits into a square of that side.
func smaller(ctx context.Context, content []byte, side int) ([]byte, error) {
	const pixels = practice.LargeSide * practice.LargeSide
	if err := decoding.Acquire(ctx, pixels); err != nil {
		return nil, fmt.Errorf("wait to read a picture: %w", err)
	}
	defer decoding.Release(pixels)
	large, format, err := image.Decode(bytes.NewReader(content))
	if err != nil {
		return nil, fmt.Errorf("read a kept picture: %w", err)
	}
	return encode(shrink(large, side), "image/"+format)
}

func encode(m *image.RGBA, media string) (content []byte, err error) {
	var out bytes.Buffer
	if media == PNG {
		err = png.Encode(&out, m)
	} else {
		err = jpeg.Encode(&out, m, &jpeg.Options{Quality: quality})
	}
	if err != nil {
		return nil, fmt.Errorf("write a picture: %w", err)
	}
	return out.Bytes(), nil
}

// shrink makes a picture fit into a square of that side; it does not enlarge. It
// halves first, so that every pixel counts and no more memory is needed than for a
// quarter of the picture. (The library's better kernels take 32 bytes for each row
// and column, 200 MB for the largest pictures.)
func shrink(m image.Image, side int) *image.RGBA {
	width, height := practice.Fit(m.Bounds().Dx(), m.Bounds().Dy(), side)
	for m.Bounds().Dx() >= 2*width && m.Bounds().Dy() >= 2*height && m.Bounds().Dx() > 1 && m.Bounds().Dy() > 1 {
		m = resized(m, m.Bounds().Dx()/2, m.Bounds().Dy()/2)
	}
	return resized(m, width, height)
}

func resized(m image.Image, width, height int) *image.RGBA {
	result := image.NewRGBA(image.Rect(0, 0, width, height))
	draw.ApproxBiLinear.Scale(result, result.Rect, m, m.Bounds(), draw.Src, nil)
	return result
}

// isAnimated reports whether a WebP file has several pictures, by the flag in
// its extended header.
func isAnimated(content []byte) bool {
	return len(content) > 20 && string(content[8:16]) == "WEBPVP8X" && content[20]&0x02 != 0
}
