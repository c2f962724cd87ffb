package backup

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"math/bits"
)

// Count is how many rows there are, and a sum that tells these rows from others in
// whatever order they come: a restored table may give them in another one.
type Count struct {
	Rows int `json:"rows"`
	Sum  sum `json:"sum"`
}

// sum is the sum of the SHA-256 of rows, as a number of 256 bits.
type sum [4]uint64

// add counts rows, each of which ends with a line feed.
func (c *Count) add(rows []byte) {
	for line := range bytes.Lines(rows) {
		c.Rows++
		hash := sha256.Sum256(line)
		var carry uint64
		for i := range c.Sum {
			c.Sum[i], carry = bits.Add64(c.Sum[i], binary.LittleEndian.Uint64(hash[8*i:]), carry)
		}
	}
}

// MarshalText writes the sum as hex digits.
func (s sum) MarshalText() ([]byte, error) {
	var b []byte
	for _, part := range s {
		b = binary.LittleEndian.AppendUint64(b, part)
	}
	return hex.AppendEncode(nil, b), nil
}

// UnmarshalText reads what MarshalText writes.
func (s *sum) UnmarshalText(text []byte) error {
	b, err := hex.DecodeString(string(text))
	if err != nil || len(b) != 8*len(s) {
		return errDamaged
	}
	for i := range s {
		s[i] = binary.LittleEndian.Uint64(b[8*i:])
	}
	return nil
}
