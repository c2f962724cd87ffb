package signin

import (
	"fmt"
	"image/color"

	"github.com/boombuler/barcode/qr"
)

// QRCode returns the modules of a QR code with a text, row by row, true for dark. It
// has the middle level of error correction, as it is read off a clean screen, and no
// quiet zone. The error says that the text is too long.
func QRCode(text string) ([][]bool, error) {
	code, err := qr.Encode(text, qr.M, qr.Auto)
	if err != nil {
		return nil, fmt.Errorf("QR code: %w", err)
	}
	size := code.Bounds()
	rows := make([][]bool, size.Dy())
	for y := range rows {
		rows[y] = make([]bool, size.Dx())
		for x := range rows[y] {
			rows[y][x] = code.At(x, y) == color.Black
		}
	}
	return rows, nil
}
