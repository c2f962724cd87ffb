// Package atlas draws maps: where the countries of the world lie, and what of them is
// seen in a part of it. The shapes are those of Natural Earth at 1:50,000,000.
package atlas

import (
	_ "embed" // for shapes.zst
	"encoding/json"
	"fmt"
	"math"
	"sync"

	"github.com/klauspost/compress/zstd"
)

//go:generate go run ./generate "$WORLDATLAS" shapes.zst
//go:embed shapes.zst
var file []byte

// Shapes are the outlines of countries as the file has them. Neighbours share the arcs
// of their border, so that simplifying an arc leaves no gap between them.
type Shapes struct {
	Scale, Translate [2]float64
	Arcs             [][][2]int         // steps from point to point, the first from the origin
	Countries        map[string][][]int // code of two letters → rings of arcs; ^n is arc n backwards
}

// point is a place on the earth, in degrees, or on a map.
type point struct{ x, y float64 }

// world has the outlines in degrees. Longitudes of a ring go on beyond 180 where it
// crosses that line.
type world struct {
	arcs      [][]point
	countries map[string][]ring
}

// ring is an outline as arcs, with what it covers.
type ring struct {
	arcs []int
	Box
}

// earth is read on first use, which takes some hundredths of a second.
var earth = sync.OnceValue(func() *world {
	w, err := read(file)
	if err != nil {
		panic(fmt.Sprintf("atlas: shapes.zst: %v", err)) // it is part of the program
	}
	return w
})

// read unpacks the file.
func read(packed []byte) (*world, error) {
	reader, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1))
	if err != nil {
		return nil, err
	}
	defer reader.Close()
	plain, err := reader.DecodeAll(packed, nil)
	if err != nil {
		return nil, err
	}
	var s Shapes
	if err := json.Unmarshal(plain, &s); err != nil {
		return nil, err
	}
	w := &world{arcs: make([][]point, len(s.Arcs)), countries: make(map[string][]ring, len(s.Countries))}
	for i, steps := range s.Arcs {
		x, y := 0, 0
		for _, step := range steps {
			x, y = x+step[0], y+step[1]
			w.arcs[i] = append(w.arcs[i], point{float64(x)*s.Scale[0] + s.Translate[0], float64(y)*s.Scale[1] + s.Translate[1]})
		}
	}
	for code, rings := range s.Countries {
		for _, arcs := range rings {
			r := ring{arcs: arcs}
			r.Box = boxOf(unwrap(w.join(r, w.arcs)))
			w.countries[code] = append(w.countries[code], r)
		}
	}
	return w, nil
}

// join lists the points of a ring, with the arcs as they are given.
func (w *world) join(r ring, arcs [][]point) []point {
	var points []point
	for _, at := range r.arcs {
		if at >= 0 {
			points = append(points, arcs[at]...)
			continue
		}
		arc := arcs[^at]
		for i := len(arc) - 1; i >= 0; i-- {
			points = append(points, arc[i])
		}
	}
	return points
}

// unwrap lets the longitudes of a ring go on where it crosses the line at 180 degrees.
func unwrap(points []point) []point {
	turn := 0.0
	for i := range points {
		points[i].x += turn
		if i == 0 {
			continue
		}
		if step := points[i].x - points[i-1].x; math.Abs(step) > 180 {
			points[i].x -= math.Copysign(360, step)
			turn -= math.Copysign(360, step)
		}
	}
	return points
}
