// Package sample holds the sample catalogue: 274 real practices with summaries
// written for it. It is what a new installation shows, and what tests use.
package sample

import (
	"bytes"
	_ "embed"
	"fmt"

	"exempla/internal/exchange"
	"exempla/internal/practice"
)

//go:embed practices.json
var file []byte

// Practices returns the sample catalogue. A fault in it is an error: the file
// is part of the program.
func Practices() ([]practice.Practice, error) {
	practices, faults, err := exchange.Read(bytes.NewReader(file), "practices.json")
	if err == nil && len(faults) > 0 {
		err = fmt.Errorf("%d faults, the first: %s", len(faults), faults[0])
	}
	if err != nil {
		return nil, fmt.Errorf("sample catalogue: %w", err)
	}
	return practices, nil
}
