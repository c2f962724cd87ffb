package card_test

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"os"
	"strings"
	"testing"

	"exempla/internal/card"
	"exempla/internal/typeset"
)

var (
	english = typeset.Voice{Language: "en"}
	arabic  = typeset.Voice{Language: "ar", RightToLeft: true}
	khmer   = typeset.Voice{Language: "km"}
)

// drawn draws a card and reads it back.
func drawn(t *testing.T, c card.Card) image.Image {
	t.Helper()
	content := card.Draw(c)
	if folder := os.Getenv("CARDS"); folder != "" { // to look at them
		os.WriteFile(folder+"/"+strings.ReplaceAll(t.Name(), "/", "-")+".png", content, 0o600)
	}
	read, err := png.Decode(bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	if size := read.Bounds().Size(); size != image.Pt(card.Width, card.Height) || len(content) > 60_000 {
		t.Errorf("a card of %v pixels and %d bytes", size, len(content))
	}
	return read
}

func of(v typeset.Voice, title string) card.Card {
	return card.Card{RightToLeft: v.RightToLeft, Site: card.Text{Voice: english, Text: "Exempla"}, Language: card.Text{Voice: v, Text: "English"}, Kicker: card.Text{Voice: v, Text: "Education"},
		Titles: []card.Text{{Voice: v, Text: title}}, Facts: []card.Text{{Voice: v, Text: "Ioannina"}, {Voice: v, Text: "2019"}}}
}

// ink is how many dark pixels there are in a part of a card.
func ink(m image.Image, part image.Rectangle) int {
	n := 0
	for y := part.Min.Y; y < part.Max.Y; y++ {
		for x := part.Min.X; x < part.Max.X; x++ {
			if r, _, _, _ := m.At(x, y).RGBA(); r < 0x8000 {
				n++
			}
		}
	}
	return n
}

var (
	// The halves of the text for those who begin at the left, and for the others.
	left, second = image.Rect(0, 110, 460, 612), image.Rect(460, 110, 990, 612)
	right, other = image.Rect(740, 110, card.Width, 612), image.Rect(210, 110, 740, 612)
)

// Lines begin at the side at which the reader begins.
func TestCardFollowsTheReader(t *testing.T) {
	t.Parallel()
	if m := drawn(t, of(english, "Help")); ink(m, left) < 3*ink(m, second) {
		t.Error("English does not begin at the left")
	}
	if m := drawn(t, of(arabic, "مساعدة")); ink(m, right) < 3*ink(m, other) {
		t.Error("Arabic does not begin at the right")
	}
}

// The longest title stays between its neighbours.
func TestLongTitleIsCut(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]card.Card{
		"many words": of(english, strings.Repeat("Offices of the city help people with papers. ", 20)),
		"one word":   of(english, strings.Repeat("Donaudampfschifffahrt", 30)),
		"Arabic":     of(arabic, strings.Repeat("تنسيق الاستجابة على مستوى المدينة ", 20)),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := drawn(t, c)
			for _, gap := range []image.Rectangle{image.Rect(0, 192, 990, 200), image.Rect(0, 460, 990, 476), image.Rect(0, 0, 60, 600), image.Rect(930, 0, 990, 600)} {
				if c.RightToLeft {
					gap = image.Rect(card.Width-gap.Max.X, gap.Min.Y, card.Width-gap.Min.X, gap.Max.Y)
				}
				if ink(m, gap) > 0 {
					t.Errorf("something is drawn in %v", gap)
				}
			}
		})
	}
}

// What no font can draw is left out, and the title is said in another language.
func TestTitleWithoutFont(t *testing.T) {
	t.Parallel()
	c := of(english, "Help")
	plain := card.Draw(c)
	c.Titles = append([]card.Text{{Voice: khmer, Text: "ជំនួយ"}}, c.Titles...)
	if !bytes.Equal(card.Draw(c), plain) {
		t.Error("the title that can be drawn is not drawn")
	}
	c.Facts[1].Text, c.Titles = "ជំនួយ", c.Titles[:1]
	if m := drawn(t, c); ink(m, image.Rect(0, 530, 990, 600)) > 0 || ink(m, image.Rect(0, 200, 990, 330)) == 0 {
		t.Error("what cannot be drawn is not left out")
	}
}

// A logo stands where the mark was, in its colours, beside the name or in its place.
func TestCardWithLogo(t *testing.T) {
	t.Parallel()
	picture := image.NewRGBA(image.Rect(0, 0, 256, 128))
	for x := range 256 {
		for y := range 128 {
			picture.SetRGBA(x, y, color.RGBA{uint8(x), uint8(y), 0xd0, 0xff}) // more colours than there is room for
		}
	}
	var content bytes.Buffer
	if err := png.Encode(&content, picture); err != nil {
		t.Fatal(err)
	}
	plain := drawn(t, of(english, "Help"))
	for _, voice := range []typeset.Voice{english, arabic} {
		c := of(voice, "Help")
		c.Logo = card.Logo{Mark: "a", Content: content.Bytes()}
		named := drawn(t, c)
		c.Logo.HasName = true
		alone := drawn(t, c)
		place, name := image.Rect(72, 51, 184, 107), image.Rect(190, 51, 700, 107)
		if voice.RightToLeft {
			place, name = mirrored(place), mirrored(name)
		}
		if got := named.At(place.Min.X+56, place.Min.Y+28); near(got, color.RGBA{128, 64, 0xd0, 0xff}) > 24 {
			t.Errorf("the middle of the logo is %v", got)
		}
		if ink(named, name) == 0 || ink(alone, name) > 0 {
			t.Error("the name stands where it should not, or does not where it should")
		}
		if !voice.RightToLeft && ink(named, left) != ink(plain, left) {
			t.Error("the title is another")
		}
	}
}

func mirrored(r image.Rectangle) image.Rectangle {
	return image.Rect(card.Width-r.Max.X, r.Min.Y, card.Width-r.Min.X, r.Max.Y)
}

// near is how far a colour is from another in any of its parts.
func near(got color.Color, want color.RGBA) int {
	c := color.RGBAModel.Convert(got).(color.RGBA)
	far := func(a, b uint8) int { return max(int(a)-int(b), int(b)-int(a)) }
	return max(far(c.R, want.R), far(c.G, want.G), far(c.B, want.B))
}

func BenchmarkDraw(b *testing.B) {
	c := of(english, strings.Repeat("Offices of the city help people with papers. ", 3))
	b.ReportAllocs()
	for b.Loop() {
		card.Draw(c)
	}
}
