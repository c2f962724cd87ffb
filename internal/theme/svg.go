package theme

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"strconv"
	"strings"
)

const (
	svgSpace  = "http://www.w3.org/2000/svg"
	htmlSpace = "http://www.w3.org/1999/xhtml"
	xmlSpace  = "http://www.w3.org/XML/1998/namespace"
)

// Faults of drawings; logoBroken is also one of pictures.
const (
	logoBroken   = "logo_broken"
	svgActive    = "svg_active"
	svgDoctype   = "svg_doctype"
	svgReference = "svg_reference"
	svgRepeats   = "svg_repeats"
	svgUnsized   = "svg_unsized"
)

// maxRepeated is how many parts a drawing may show by reference, those within others
// counted each time: far more than logos do. Where each of thirty parts shows the next one
// twice there are a thousand million, which no reader's computer draws.
const maxRepeated = 10_000

// active are elements that do something, or bring in what does.
var active = map[string]bool{"script": true, "foreignobject": true, "handler": true, "listener": true, "iframe": true, "embed": true, "object": true, "audio": true, "video": true}

// animations are elements that give an attribute other values.
var animations = map[string]bool{"set": true, "animate": true, "animatetransform": true, "animatemotion": true, "animatecolor": true, "discard": true}

// drawing is an SVG file that is looked through.
type drawing struct {
	width, height float64
	begun         bool
	depth, style  int // of the element that is read, and of the style sheet that it is in; 0 for none
	sheet         strings.Builder
	open          []string            // ids of the elements around what is read; empty where they have none
	shows         map[string][]string // ids of what an element shows by reference, by its own; all of it under the empty one
}

// readSVG looks through an SVG file: how large it is, and what in it is not drawing. A page
// shows it as a picture, in which nothing runs; but it has an address that can be opened.
func readSVG(content []byte) (width, height float64, fault Fault) {
	d := drawing{shows: map[string][]string{}}
	decoder := xml.NewDecoder(bytes.NewReader(content))
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) && d.begun && d.depth == 0 {
			break
		}
		if err != nil {
			return 0, 0, Fault{Why: logoBroken}
		}
		if fault = d.read(token); fault.Why != "" {
			return 0, 0, fault
		}
	}
	if d.repeated("", map[string]int{}) > maxRepeated {
		return 0, 0, Fault{Why: svgRepeats}
	}
	if d.width <= 0 || d.height <= 0 {
		return 0, 0, Fault{Why: svgUnsized}
	}
	return d.width, d.height, fault
}

// read looks at the next piece.
func (d *drawing) read(token xml.Token) (fault Fault) {
	switch t := token.(type) {
	case xml.Directive:
		return Fault{Why: svgDoctype}
	case xml.ProcInst:
		if t.Target != "xml" {
			return Fault{Why: svgReference, What: "<?" + t.Target}
		}
	case xml.StartElement:
		return d.begin(t)
	case xml.EndElement:
		if d.depth == d.style {
			fault = referring(d.sheet.String())
			d.style = 0
			d.sheet.Reset()
		}
		d.depth--
		d.open = d.open[:d.depth]
	case xml.CharData:
		if d.style > 0 {
			d.sheet.Write(t)
		}
	}
	return fault
}

// begin looks at the beginning of an element.
func (d *drawing) begin(t xml.StartElement) Fault {
	name := strings.ToLower(t.Name.Local)
	d.depth++
	switch {
	case d.depth == 1 && (t.Name.Local != "svg" || t.Name.Space != svgSpace || d.begun):
		return Fault{Why: logoBroken}
	case t.Name.Space == htmlSpace, active[name], d.style > 0: // a sheet is read without what stands between its parts
		return Fault{Why: svgActive, What: "<" + t.Name.Local + ">"}
	case name == "style":
		d.style = d.depth
	}
	d.note(name, t.Attr)
	for _, a := range t.Attr {
		if fault := attributeFault(name, a); fault.Why != "" {
			return fault
		}
	}
	if !d.begun {
		d.begun = true
		d.measure(t.Attr)
	}
	return Fault{}
}

// note notes which element begins, and what it shows by reference.
func (d *drawing) note(name string, attributes []xml.Attr) {
	id, shown := "", ""
	for _, a := range attributes {
		switch local := strings.ToLower(a.Name.Local); {
		case local == "id":
			id = a.Value
		case local == "href" && name == "use":
			shown = strings.TrimPrefix(strings.TrimSpace(a.Value), "#")
		}
	}
	d.open = append(d.open, id)
	if shown == "" {
		return
	}
	d.shows[""] = append(d.shows[""], shown)
	for _, around := range d.open {
		if around != "" {
			d.shows[around] = append(d.shows[around], shown)
		}
	}
}

// repeated is how many elements a part shows by reference, at most one more than may be.
// Parts that show one another are not drawn, and count as far as they are known.
func (d *drawing) repeated(part string, known map[string]int) int {
	if n, is := known[part]; is {
		return n
	}
	known[part] = 0
	sum := 0
	for _, shown := range d.shows[part] {
		sum = min(sum+1+d.repeated(shown, known), maxRepeated+1)
	}
	known[part] = sum
	return sum
}

// attributeFault is what is wrong with an attribute of an element.
func attributeFault(element string, a xml.Attr) Fault {
	name, value := strings.ToLower(a.Name.Local), strings.TrimSpace(a.Value)
	switch {
	case a.Name.Space == "xmlns", a.Name.Space == "" && name == "xmlns":
		return Fault{} // names, which nobody fetches
	case strings.HasPrefix(name, "on"):
		return Fault{Why: svgActive, What: a.Name.Local}
	case name == "attributename" && animations[element] && (strings.HasPrefix(strings.ToLower(value), "on") || strings.HasSuffix(strings.ToLower(value), "href")):
		return Fault{Why: svgActive, What: a.Name.Local + "=" + shortened(value)}
	case name == "href", name == "src":
		if !within(value) {
			return Fault{Why: svgReference, What: shortened(value)}
		}
		return Fault{}
	case a.Name.Space == xmlSpace && name == "base":
		return Fault{Why: svgReference, What: shortened(value)}
	}
	if a.Name.Space != "" { // of a program that draws, for itself
		return Fault{}
	}
	return referring(value)
}

// within reports whether a reference leads to a part of the same drawing, or is a picture
// itself.
func within(address string) bool {
	address = strings.ToLower(strings.TrimSpace(address))
	return address == "" || strings.HasPrefix(address, "#") || strings.HasPrefix(address, "data:image/png;") || strings.HasPrefix(address, "data:image/jpeg;")
}

// referring is the fault of a style that brings in something from elsewhere. An escape
// could hide that, and drawings need none.
func referring(style string) Fault {
	lower := strings.ToLower(style)
	for _, way := range []string{"@import", "\\", "image-set(", "image(", "src(", "javascript:"} {
		if at := strings.Index(lower, way); at >= 0 {
			return Fault{Why: svgReference, What: shortened(lower[at:])}
		}
	}
	for _, part := range strings.Split(lower, "url(")[1:] {
		if !within(strings.TrimLeft(part, " \t\r\n\f\"'")) {
			return Fault{Why: svgReference, What: shortened("url(" + part)}
		}
	}
	return Fault{}
}

// maxQuoted is how much of a fault is quoted, in characters.
const maxQuoted = 60

func shortened(text string) string {
	if runes := []rune(strings.ToValidUTF8(text, "")); len(runes) > maxQuoted {
		return string(runes[:maxQuoted]) + "…"
	}
	return text
}

// length is a number of pixels, as attributes have it.
var length = regexp.MustCompile(`^(\d{1,6}(?:\.\d{1,9})?)(?:px)?$`)

// measure takes the size from the attributes of the whole: those of its width and height,
// else those of what is seen of it.
func (d *drawing) measure(attributes []xml.Attr) {
	said := map[string]string{}
	for _, a := range attributes {
		if a.Name.Space == "" {
			said[a.Name.Local] = strings.TrimSpace(a.Value)
		}
	}
	box := strings.FieldsFunc(said["viewBox"], func(r rune) bool { return r <= ' ' || r == ',' })
	if len(box) != 4 {
		box = []string{"", "", said["width"], said["height"]}
	}
	for i, value := range []*float64{&d.width, &d.height} {
		if m := length.FindStringSubmatch(box[2+i]); m != nil {
			*value, _ = strconv.ParseFloat(m[1], 64) // it is a number
		}
	}
}
