package access

import (
	"fmt"
	"strings"
)

// Sizes of a QR code.
const (
	quiet        = 4 // modules of the light zone around it that readers want (ISO/IEC 18004)
	modulePixels = 5 // pixels of a module, if there is room
)

// drawnQR is a QR code as it is drawn.
type drawnQR struct {
	size int    // of a side with its quiet zone, in modules
	path string // of the dark modules, for SVG
}

// drawQR draws the modules of a QR code, given row by row; each run of dark ones
// becomes one rectangle.
func drawQR(modules [][]bool) drawnQR {
	var b strings.Builder
	for y, row := range modules {
		for x := 0; x < len(row); x++ {
			start := x
			for x < len(row) && row[x] {
				x++
			}
			if x > start {
				fmt.Fprintf(&b, "M%d %dh%dv1h-%dz", start+quiet, y+quiet, x-start, x-start)
			}
		}
	}
	return drawnQR{len(modules) + 2*quiet, b.String()}
}
