package main

import (
	"cmp"
	"encoding/binary"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/klauspost/compress/zstd"

	"exempla/internal/gazetteer"
)

// degree is how many parts of a degree coordinates are kept in, as GeoNames does.
const degree = 100_000

// pack writes the cities in the layout that package gazetteer explains.
func pack(cities []city) ([]byte, error) {
	type named struct {
		key   string
		place int
	}
	var facts []byte
	var text strings.Builder
	var order []named
	for _, c := range cities {
		facts = append(facts, fmt.Sprintf("%2s%-3s", c.Country, c.Region)...)
		facts = number(facts, c.Population)
		facts = number(facts, int(math.Round(c.Latitude*degree)))
		facts = number(facts, int(math.Round(c.Longitude*degree)))
		for _, name := range c.Names {
			order = append(order, named{gazetteer.Key(name), text.Len()})
			text.WriteString(name + "\n")
		}
		text.WriteByte('\n')
	}
	slices.SortFunc(order, func(a, b named) int { return cmp.Or(strings.Compare(a.key, b.key), cmp.Compare(a.place, b.place)) })
	plain := number(number(number(nil, len(cities)), len(order)), text.Len())
	plain = append(append(plain, facts...), text.String()...)
	for _, n := range order {
		plain = number(plain, n.place)
	}
	writer, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedBestCompression), zstd.WithEncoderConcurrency(1))
	if err != nil {
		return nil, err
	}
	return writer.EncodeAll(plain, nil), nil
}

func number(to []byte, n int) []byte { return binary.LittleEndian.AppendUint32(to, uint32(n)) }
