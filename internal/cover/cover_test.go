package cover_test

import (
	"slices"
	"strings"
	"testing"

	"exempla/internal/cover"
)

// Every shape stays in the picture, in whatever way it lies.
func TestShapesStayInside(t *testing.T) {
	t.Parallel()
	for _, topic := range strings.Fields("education refugees roma health neighbourhood sport media housing anti-rumour police") {
		for _, place := range strings.Fields("GR DE ES IT PL UA NO JP MX CA") {
			c := cover.New(topic, place, 3, 2)
			if cells := len(slices.Concat(c.Layers[:]...)); cells != 6 || len(c.Layers[2]) != 1 {
				t.Errorf("%s, %s: %d shapes, %d of them sparks", topic, place, cells, len(c.Layers[2]))
			}
			for _, s := range slices.Concat(c.Layers[:]...) {
				x, y := s.X, s.Y
				for _, e := range s.Edges {
					x, y = x+e.DX, y+e.DY
					if x < 0 || x > 6 || y < 0 || y > 4 || e.Radius > 0 && (abs(e.DX) != e.Radius || abs(e.DY) != e.Radius) {
						t.Errorf("%s, %s: %v leaves the picture, or is no quarter of a circle", topic, place, s)
					}
				}
			}
			if size := len(strings.Join(c.Paths(), "")); size > 500 {
				t.Errorf("%s, %s: %d bytes", topic, place, size)
			}
		}
	}
}

func abs(n int) int { return max(n, -n) }

// Topics and places can be told apart, and what stays the same looks the same.
func TestCoversFollowTopicAndPlace(t *testing.T) {
	t.Parallel()
	draw := func(topic, place string) string { return strings.Join(cover.New(topic, place, 4, 2).Paths(), " ") }
	if first, again := draw("education", "GR"), draw("education", "GR"); first != again {
		t.Error("the same topic and place have two covers")
	}
	if draw("education", "GR") == draw("education", "DE") || draw("education", "GR") == draw("refugees", "GR") {
		t.Error("another topic or place has the same cover")
	}
}
