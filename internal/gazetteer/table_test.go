package gazetteer

import (
	"strings"
	"testing"
)

// The file is in step with how names are compared: a change of text.Fold asks for
// writing it anew, or names are no longer found.
func TestOrderOfTheFile(t *testing.T) {
	t.Parallel()
	cities := cities()
	before := ""
	for rank := range cities.of {
		name := cities.name(rank)
		key := Key(name)
		if key < before || key == "" {
			t.Fatalf("%q follows %q: write the file anew, see the comment of generate", name, before)
		}
		before = key
	}
	for number := range len(cities.starts) {
		c := cities.city(uint16(number))
		if c.Name == "" || !c.Country.Known() || c.Latitude < -90 || c.Latitude > 90 || c.Longitude < -180 || c.Longitude > 180 {
			t.Errorf("%+v", c)
		}
		if number > 0 && c.Population > cities.city(uint16(number-1)).Population {
			t.Fatalf("%s follows a smaller city", c.Name)
		}
	}
	if len(cities.starts) < 26_000 {
		t.Errorf("only %d cities", len(cities.starts))
	}
}

func TestFileThatCannotBeRead(t *testing.T) {
	t.Parallel()
	for _, broken := range [][]byte{nil, []byte("no file"), file[:len(file)/2]} {
		if _, err := unpack(broken); err == nil || !strings.Contains(err.Error(), "cities") {
			t.Errorf("%d bytes: %v", len(broken), err)
		}
	}
}
