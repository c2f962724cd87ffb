package pdf

import (
	"bytes"
	"compress/zlib"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf16"
)

// writer writes the objects of a file. Those without a stream are compressed together,
// as PDF 1.5 allows: a structure has thousands of small ones.
type writer struct {
	out    bytes.Buffer
	places []place // by number of the object; the first is no object
	small  []int   // numbers of objects that wait to be compressed
	bodies map[int]string
}

// place is where an object is: at an offset of the file, or within another one.
type place struct {
	within bool
	at     int // offset, or number of the object with it
	index  int // in that object
}

func newWriter() *writer {
	w := &writer{places: make([]place, 1), bodies: map[int]string{}}
	w.out.WriteString("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n") // bytes by which programs see that the file is not text
	return w
}

// reserve returns the number of an object that set writes later.
func (w *writer) reserve() int {
	w.places = append(w.places, place{})
	return len(w.places) - 1
}

func (w *writer) set(number int, body string) {
	w.small = append(w.small, number)
	w.bodies[number] = body
}

// add writes an object and returns its number.
func (w *writer) add(body string) int {
	n := w.reserve()
	w.set(n, body)
	return n
}

// stream writes data, compressed.
func (w *writer) stream(entries string, data []byte) int {
	return w.raw(entries+"/Filter/FlateDecode", deflate(data))
}

// raw writes data that are compressed already.
func (w *writer) raw(entries string, data []byte) int {
	n := w.reserve()
	w.places[n].at = w.out.Len()
	fmt.Fprintf(&w.out, "%d 0 obj\n<<%s/Length %d>>stream\n", n, entries, len(data))
	w.out.Write(data)
	w.out.WriteString("\nendstream\nendobj\n")
	return n
}

func deflate(data []byte) []byte {
	var b bytes.Buffer
	z := zlib.NewWriter(&b)
	z.Write(data)
	z.Close() // a buffer takes everything
	return b.Bytes()
}

// together is how many small objects are compressed together: a reader that needs one
// of them reads all.
const together = 200

// finish writes what is left and returns the file.
func (w *writer) finish(catalogue, info int) []byte {
	for first := 0; first < len(w.small); first += together {
		some := w.small[first:min(first+together, len(w.small))]
		var index, bodies strings.Builder
		for _, n := range some {
			fmt.Fprintf(&index, "%d %d ", n, bodies.Len())
			bodies.WriteString(w.bodies[n] + "\n")
		}
		within := w.stream(fmt.Sprintf("/Type/ObjStm/N %d/First %d", len(some), index.Len()), []byte(index.String()+bodies.String()))
		for i, n := range some {
			w.places[n] = place{true, within, i}
		}
	}
	start := w.out.Len()
	rows := []byte{0, 0, 0, 0, 0, 0xff, 0xff}
	for _, p := range append(w.places[1:], place{at: start}) {
		kind := byte(1)
		if p.within {
			kind = 2
		}
		rows = binary.BigEndian.AppendUint32(append(rows, kind), uint32(p.at))
		rows = binary.BigEndian.AppendUint16(rows, uint16(p.index))
	}
	id := sha256.Sum256(w.out.Bytes())
	w.stream(fmt.Sprintf("/Type/XRef/Size %d/W[1 4 2]/Root %s/Info %s/ID[<%x><%x>]", len(w.places)+1, ref(catalogue), ref(info), id[:16], id[:16]), rows)
	fmt.Fprintf(&w.out, "startxref\n%d\n%%%%EOF\n", start)
	return w.out.Bytes()
}

// ref refers to an object.
func ref(number int) string { return strconv.Itoa(number) + " 0 R" }

// text is a string for people, in whatever script.
func text(s string) string { return "<FEFF" + utf16Hex(s) + ">" }

func utf16Hex(s string) string {
	var b strings.Builder
	for _, unit := range utf16.Encode([]rune(s)) {
		fmt.Fprintf(&b, "%04X", unit)
	}
	return b.String()
}

// literal is a string for programs, such as an address.
func literal(s string) string {
	var b strings.Builder
	for _, c := range []byte(s) {
		switch {
		case c == '(' || c == ')' || c == '\\':
			b.WriteByte('\\')
			b.WriteByte(c)
		case c <= ' ' || c > '~':
			fmt.Fprintf(&b, "%%%02X", c)
		default:
			b.WriteByte(c)
		}
	}
	return "(" + b.String() + ")"
}

// number writes a measure with at most two decimals.
func number(v float64) string {
	return strings.TrimSuffix(strings.TrimRight(strconv.FormatFloat(v, 'f', 2, 64), "0"), ".")
}
