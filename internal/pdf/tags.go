package pdf

import (
	"cmp"
	"fmt"
	"strings"
)

// element is a part of the structure that screen readers read.
type element struct {
	kind     string
	language string // if it is another one than that of what is around it
	voice    Voice
	alt      string    // of a picture
	box      []float64 // of a picture, on its page
	kids     []kid
	number   int // of its object
}

// kid is what an element holds: another element, content of a page, or a link on one.
type kid struct {
	element    *element
	page       *page
	mark       int // of the content; negative for a link
	annotation int
}

// child adds an element to another one.
func (l *layout) child(parent *element, kind string, v Voice) *element {
	around := cmp.Or(parent.voice, l.doc.Voice)
	e := &element{kind: kind, voice: cmp.Or(v, around)}
	if e.voice.Language != around.Language {
		e.language = e.voice.Language
	}
	parent.kids = append(parent.kids, kid{element: e})
	return e
}

// number gives the elements their objects.
func (e *element) reserve(w *writer) {
	e.number = w.reserve()
	for _, k := range e.kids {
		if k.element != nil {
			k.element.reserve(w)
		}
	}
}

// write writes an element and those within it.
func (e *element) write(w *writer, parent int, a *assembly) {
	var b strings.Builder
	fmt.Fprintf(&b, "<</Type/StructElem/S/%s/P %s", e.kind, ref(parent))
	if e.language != "" {
		b.WriteString("/Lang" + literal(e.language))
	}
	if e.alt != "" {
		b.WriteString("/Alt" + text(e.alt))
	}
	if e.box != nil {
		b.WriteString("/A<</O/Layout/BBox[" + numbers(e.box...) + "]/Placement/Block>>")
	}
	if e.kind == "TH" {
		b.WriteString("/A<</O/Table/Scope/Column>>")
	}
	b.WriteString("/K[")
	for _, k := range e.kids {
		switch {
		case k.element != nil:
			b.WriteString(ref(k.element.number) + " ")
			k.element.write(w, e.number, a)
		case k.mark < 0:
			fmt.Fprintf(&b, "<</Type/OBJR/Obj %s/Pg %s>>", ref(a.annotations[k.page.index][k.annotation]), ref(a.pages[k.page.index]))
		default:
			fmt.Fprintf(&b, "<</Type/MCR/Pg %s/MCID %d>>", ref(a.pages[k.page.index]), k.mark)
		}
	}
	w.set(e.number, b.String()+"]>>")
}
