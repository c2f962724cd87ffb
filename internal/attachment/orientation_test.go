package attachment

import (
	"bytes"
	"encoding/binary"
	"image"
	"testing"
)

func TestOrientationIsFoundInEveryFormat(t *testing.T) {
	t.Parallel()
	jpeg, png := asJPEG(t, quartered(8, 4)), asPNG(t, quartered(8, 4))
	for want := 1; want <= 8; want++ {
		for name, content := range map[string][]byte{"JPEG": withExif(jpeg, want), "PNG": pngExif(png, want), "WebP": webpExif(0x08, want)} {
			if got := orientation(content); got != want {
				t.Errorf("%s: %d, want %d", name, got, want)
			}
		}
	}
	for _, odd := range []int{0, 9, 255} {
		if got := orientation(withExif(jpeg, odd)); got != upright {
			t.Errorf("the orientation %d is read as %d", odd, got)
		}
	}
	for name, content := range map[string][]byte{"JPEG": jpeg, "PNG": png, "WebP": webp, "GIF": asGIF(t, quartered(8, 4)), "nothing": nil} {
		if got := orientation(content); got != upright {
			t.Errorf("%s without EXIF: %d", name, got)
		}
	}
}

// The bytes of cameras come in both orders, and behind other segments.
func TestOrientationOfOddCameras(t *testing.T) {
	t.Parallel()
	motorola := []byte("MM\x00*\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06\x00\x00\x00\x00\x00\x00")
	if got := tiffOrientation(motorola); got != 6 {
		t.Errorf("big-endian: %d, want 6", got)
	}
	jpeg := withExif(asJPEG(t, quartered(8, 4)), 5)
	comment := []byte("\xff\xfe\x00\x06four")
	padded := bytes.Join([][]byte{jpeg[:2], comment, {0xff, 0xff}, jpeg[2:]}, nil)
	if got := orientation(padded); got != 5 {
		t.Errorf("behind a comment and padding: %d, want 5", got)
	}
	other := bytes.Join([][]byte{jpeg[:2], []byte("\xff\xe1\x00\x0ahttp://x"), jpeg[2:]}, nil) // XMP has the same marker
	if got := orientation(other); got != 5 {
		t.Errorf("behind XMP: %d, want 5", got)
	}
}

// Files cut off or spoilt anywhere have some orientation, without a panic.
func TestOrientationOfBrokenFiles(t *testing.T) {
	t.Parallel()
	for name, content := range map[string][]byte{"JPEG": withExif(asJPEG(t, quartered(8, 4)), 6), "PNG": pngExif(asPNG(t, quartered(8, 4)), 6), "WebP": webpExif(0x08, 6)} {
		for at := 16; at < len(content); at++ { // shorter ones are no pictures
			if got := orientation(content[:at]); got < 1 || got > 8 {
				t.Fatalf("%s cut after %d bytes: %d", name, at, got)
			}
			spoilt := bytes.Clone(content)
			spoilt[at] = 0xff
			if got := orientation(spoilt); got < 1 || got > 8 {
				t.Fatalf("%s spoilt at %d: %d", name, at, got)
			}
		}
	}
	for _, start := range []uint32{0, 7, 9, 1 << 16, 1<<31 - 1, 1<<32 - 1} {
		block := exif(6)
		binary.LittleEndian.PutUint32(block[4:], start)
		if got := tiffOrientation(block); got < 1 || got > 8 {
			t.Errorf("a directory at %d: %d", start, got)
		}
	}
}

// Turning by each orientation and by the one that undoes it gives the picture
// again, whatever its sides.
func TestTurningBackGivesThePicture(t *testing.T) {
	t.Parallel()
	undo := map[int]int{1: 1, 2: 2, 3: 3, 4: 4, 5: 5, 6: 8, 7: 7, 8: 6}
	m := image.NewRGBA(image.Rect(0, 0, 5, 3))
	for i := range m.Pix {
		m.Pix[i] = byte(i)
	}
	for turn, back := range undo {
		turned := orient(m, turn)
		if wide := turned.Rect.Dx() == 5; wide != (turn < 5) {
			t.Errorf("%d gives %s", turn, turned.Rect)
		}
		if again := orient(turned, back); again.Rect != m.Rect || !bytes.Equal(again.Pix, m.Pix) {
			t.Errorf("%d and %d do not undo each other", turn, back)
		}
	}
}
