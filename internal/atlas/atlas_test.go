package atlas

import (
	"strings"
	"testing"
)

func TestCountriesLieWhereTheyAre(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		code                string
		latitude, longitude float64 // in the country
	}{{"NO", 60.4, 5.3}, {"NZ", -41.3, 174.8}, {"FJ", -17.8, 178}, {"US", 39.1, -94.6}, {"UA", 45, 34.1}, {"CY", 35.3, 33.4}, {"XK", 42.6, 21}} {
		box, ok := Country(c.code)
		if !ok || c.longitude < box.West || c.longitude > box.East || c.latitude < box.South || c.latitude > box.North {
			t.Errorf("%s: %v does not have %v, %v", c.code, box, c.latitude, c.longitude)
		}
		if box.Span() > 70 {
			t.Errorf("the map of %s is %v degrees wide: farthest islands and the line at 180 degrees count", c.code, box.Span())
		}
	}
	if _, ok := Country("ZZ"); ok {
		t.Error("there is a country ZZ")
	}
}

// Every address of a part is read as it was written, and every part is one that can be
// drawn.
func TestBoxesAreWrittenAndRead(t *testing.T) {
	t.Parallel()
	for code := range earth().countries {
		box, _ := Country(code)
		box = box.Round()
		if box.Span() > Widest {
			continue
		}
		got, ok := ParseBox(box.String())
		if !ok || got != box {
			t.Errorf("%s: %v is read as %v, %v", code, box, got, ok)
		}
	}
}

func TestViewsFitTheirPicture(t *testing.T) {
	t.Parallel()
	for _, box := range []Box{World, {-12, 34, 45, 71}, {5, 5, 7, 7}, {170, -48, 190, -30}, {-10, 60, 80, 62}} {
		v := NewView(box, 720)
		if float64(v.Height) < 720*lowest-1 && !v.whole || float64(v.Height) > 720*highest+1 {
			t.Errorf("%v is %d high", box, v.Height)
		}
		for _, corner := range [][2]float64{{box.South, box.West}, {box.North, box.East}, {(box.South + box.North) / 2, (box.West + box.East) / 2}} {
			if x, y, seen := v.Place(corner[0], corner[1]); !seen && (x < -1 || y < -1 || x > 721 || y > float64(v.Height)+1) {
				t.Errorf("%v: %v lies at %v, %v", box, corner, x, y)
			}
		}
		paths, bytes := v.Countries(), 0
		for _, p := range paths {
			bytes += len(p.Data)
		}
		if box.Span() > 30 && (len(paths) < 5 || bytes < 1000) || bytes > 40_000 {
			t.Errorf("%v: %d countries, %d bytes", box, len(paths), bytes)
		}
	}
}

// Neighbours share their border, whatever the scale: what one draws the other draws too.
func TestBordersHaveNoGaps(t *testing.T) {
	t.Parallel()
	used := map[int]int{}
	for _, rings := range earth().countries {
		for _, r := range rings {
			for _, at := range r.arcs {
				used[max(at, ^at)]++
			}
		}
	}
	shared := 0
	for at, n := range used {
		if n > 2 {
			t.Errorf("arc %d is used %d times", at, n)
		}
		if n == 2 {
			shared++
		}
	}
	if shared < 300 {
		t.Errorf("only %d borders are shared", shared)
	}
}

func TestContinents(t *testing.T) {
	t.Parallel()
	for code, want := range map[string]string{"NO": "europe", "XK": "europe", "JP": "asia", "CA": "americas", "AU": "oceania", "MA": "africa", "??": ""} {
		if got := Continent(code); got != want {
			t.Errorf("%s is in %q, not %q", code, got, want)
		}
	}
	if !strings.Contains(strings.Join(Continents, " "), "europe") {
		t.Error("Europe is missing")
	}
}
