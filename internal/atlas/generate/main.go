// Command generate writes the shapes of the countries for package atlas, from the npm
// package world-atlas (Natural Earth, public domain):
//
//	go run ./generate path/to/world-atlas/countries-50m.json shapes.zst
package main

import (
	"encoding/json"
	"fmt"
	"log"
	"os"
	"slices"

	"github.com/klauspost/compress/zstd"
	"golang.org/x/text/language"

	"exempla/internal/atlas"
)

// unnumbered are the countries that the source has without a number: by ISO 3166, or by
// the code in use where that has none. What is in no country by ISO 3166 is part of the
// one that it lies in.
var unnumbered = map[string]string{"Kosovo": "XK", "N. Cyprus": "CY", "Somaliland": "SO", "Siachen Glacier": "IN", "Indian Ocean Ter.": "AU"}

// left out: most of it lies outside of every map of the catalogue.
const antarctica = "AQ"

// topology is a TopoJSON file as far as it is read.
type topology struct {
	Transform struct{ Scale, Translate [2]float64 }
	Arcs      [][][2]int
	Objects   struct {
		Countries struct {
			Geometries []geometry
		}
	}
}

type geometry struct {
	Type       string
	ID         string
	Arcs       json.RawMessage
	Properties struct{ Name string }
}

func main() {
	if len(os.Args) != 3 {
		log.Fatal("usage: generate countries-50m.json shapes.zst")
	}
	if err := write(os.Args[1], os.Args[2]); err != nil {
		log.Fatal(err)
	}
}

func write(from, to string) error {
	content, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	var t topology
	if err := json.Unmarshal(content, &t); err != nil {
		return fmt.Errorf("%s: %w", from, err)
	}
	shapes := atlas.Shapes{Scale: t.Transform.Scale, Translate: t.Transform.Translate, Arcs: t.Arcs, Countries: map[string][][]int{}}
	for _, g := range t.Objects.Countries.Geometries {
		code, err := g.code()
		if err != nil {
			return err
		}
		rings, err := g.rings()
		if err != nil {
			return fmt.Errorf("%s: %w", g.Properties.Name, err)
		}
		for _, ring := range rings {
			at := code
			if t.inCrimea(ring) {
				at = ukraine
			}
			if at != antarctica {
				shapes.Countries[at] = append(shapes.Countries[at], ring)
			}
		}
	}
	for code, rings := range shapes.Countries {
		shapes.Countries[code] = t.dissolve(rings)
	}
	plain, err := json.Marshal(shapes)
	if err != nil {
		return err
	}
	writer, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedBestCompression), zstd.WithEncoderConcurrency(1))
	if err != nil {
		return err
	}
	return os.WriteFile(to, writer.EncodeAll(plain, nil), 0o644)
}

// code is the code of a country in two letters.
func (g geometry) code() (string, error) {
	if g.ID == "" {
		code := unnumbered[g.Properties.Name]
		if code == "" {
			return "", fmt.Errorf("%q has no number", g.Properties.Name)
		}
		return code, nil
	}
	region, err := language.ParseRegion(g.ID)
	if err != nil {
		return "", fmt.Errorf("%q has the number %q: %w", g.Properties.Name, g.ID, err)
	}
	return region.String(), nil
}

// rings are the outlines of all parts of a country, holes among them.
func (g geometry) rings() ([][]int, error) {
	if g.Type == "Polygon" {
		var rings [][]int
		err := json.Unmarshal(g.Arcs, &rings)
		return rings, err
	}
	var polygons [][][]int
	err := json.Unmarshal(g.Arcs, &polygons)
	var rings [][]int
	for _, polygon := range polygons {
		rings = append(rings, polygon...)
	}
	return rings, err
}

// ukraine has Crimea, by resolution 68/262 of the General Assembly of the United
// Nations; the source shows who controls it.
const ukraine = "UA"

// inCrimea reports whether a ring is the peninsula: all of it is around there.
func (t topology) inCrimea(ring []int) bool {
	for _, at := range ring {
		x, y := 0, 0
		for _, step := range t.Arcs[max(at, ^at)] {
			x, y = x+step[0], y+step[1]
			longitude := float64(x)*t.Transform.Scale[0] + t.Transform.Translate[0]
			latitude := float64(y)*t.Transform.Scale[1] + t.Transform.Translate[1]
			if longitude < 32.3 || longitude > 36.8 || latitude < 44.2 || latitude > 46.4 {
				return false
			}
		}
	}
	return true
}

// dissolve joins the rings of a country where they share a border.
func (t topology) dissolve(rings [][]int) [][]int {
	used := map[int]bool{}
	for _, ring := range rings {
		for _, at := range ring {
			used[at] = true
		}
	}
	from := map[[2]int][]int{} // the arcs that begin at a point
	for _, ring := range rings {
		for _, at := range ring {
			if !used[^at] {
				start, _ := t.ends(at)
				from[start] = append(from[start], at)
			}
		}
	}
	var joined [][]int
	for _, ring := range rings {
		for _, at := range ring {
			start, end := t.ends(at)
			if used[^at] || !slices.Contains(from[start], at) { // taken by another
				continue
			}
			outline := []int{at}
			from[start] = slices.DeleteFunc(from[start], func(other int) bool { return other == at })
			for end != start {
				next := from[end][0]
				from[end] = from[end][1:]
				outline = append(outline, next)
				_, end = t.ends(next)
			}
			joined = append(joined, outline)
		}
	}
	return joined
}

// ends are the first and the last point of an arc.
func (t topology) ends(at int) (first, last [2]int) {
	arc := t.Arcs[max(at, ^at)]
	for _, step := range arc {
		last[0], last[1] = last[0]+step[0], last[1]+step[1]
	}
	if at < 0 {
		return last, arc[0]
	}
	return arc[0], last
}
