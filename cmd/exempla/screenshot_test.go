package main

import (
	"bytes"
	"flag"
	"image"
	"image/png"
	"os"
	"testing"

	"exempla/internal/browser"
)

var screenshot = flag.String("screenshot", "", "write the picture of the listing to this file")

// TestScreenshot takes the picture in the README; "make screenshot" keeps it.
func TestScreenshot(t *testing.T) {
	tab := browser.Open(t)
	tab.Go(address(t, "/en/practices"))
	content := tab.Picture()
	picture, err := png.Decode(bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	if size := picture.Bounds().Size(); size != image.Pt(1280, 900) {
		t.Errorf("the picture measures %v", size)
	}
	if few := 20; colours(picture, few) < few {
		t.Error("the picture shows no page")
	}
	if *screenshot != "" {
		if err := os.WriteFile(*screenshot, content, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// colours counts different colours of a picture, up to a bound.
func colours(picture image.Image, most int) int {
	seen := map[any]bool{}
	for y := range picture.Bounds().Dy() {
		for x := range picture.Bounds().Dx() {
			if seen[picture.At(x, y)] = true; len(seen) >= most {
				return most
			}
		}
	}
	return len(seen)
}
