package pdf

import (
	"encoding/xml"
	"fmt"
	"strings"
)

// assembly is a file whose pages have their numbers.
type assembly struct {
	*layout
	w           *writer
	tree        int   // of the pages
	pages       []int // numbers of their objects
	annotations [][]int
}

// assemble writes the file.
func assemble(l *layout) []byte {
	a := &assembly{layout: l, w: newWriter()}
	a.tree = a.w.reserve()
	for range l.pages {
		a.pages = append(a.pages, a.w.reserve())
	}
	root := a.w.reserve()
	l.root.reserve(a.w)
	a.writePages()
	a.writeStructure(root)
	outlines := a.writeBookmarks()
	direction := ""
	if l.doc.Voice.RightToLeft {
		direction = "/Direction/R2L"
	}
	metadata := a.w.raw("/Type/Metadata/Subtype/XML", []byte(a.metadata()))
	catalogue := a.w.add(fmt.Sprintf("<</Type/Catalog/Pages %s/Lang%s/MarkInfo<</Marked true>>/StructTreeRoot %s/Metadata %s%s/ViewerPreferences<</DisplayDocTitle true%s>>>>",
		ref(a.tree), literal(l.doc.Voice.Language), ref(root), ref(metadata), outlines, direction))
	info := a.w.add(fmt.Sprintf("<</Title%s/Author%s/Producer(Exempla)>>", text(l.doc.Title), text(l.doc.Author)))
	return a.w.finish(catalogue, info)
}

func (a *assembly) writePages() {
	var fonts, pictures, kids strings.Builder
	for _, s := range a.subsets {
		fmt.Fprintf(&fonts, "/F%d %s", s.index, ref(s.write(a.w)))
	}
	for _, p := range a.pictures {
		fmt.Fprintf(&pictures, "/%s %s", p.name(), ref(p.write(a.w)))
	}
	resources := a.w.add("<</Font<<" + fonts.String() + ">>/XObject<<" + pictures.String() + ">>>>")
	key := len(a.layout.pages) // of the first annotation in the parent tree
	for i, p := range a.layout.pages {
		var list []int
		var refs strings.Builder
		for _, link := range p.annotations {
			n := a.w.add(a.annotation(link, key))
			key++
			list = append(list, n)
			refs.WriteString(ref(n) + " ")
		}
		a.annotations = append(a.annotations, list)
		content := a.w.stream("", p.content.Bytes())
		a.w.set(a.pages[i], fmt.Sprintf("<</Type/Page/Parent %s/MediaBox[0 0 %s]/Resources %s/Contents %s/StructParents %d/Tabs/S/Annots[%s]>>",
			ref(a.tree), numbers(pageWidth, pageHeight), ref(resources), ref(content), i, refs.String()))
		kids.WriteString(ref(a.pages[i]) + " ")
	}
	a.w.set(a.tree, fmt.Sprintf("<</Type/Pages/Count %d/Kids[%s]>>", len(a.pages), kids.String()))
}

func (a *assembly) annotation(link annotation, key int) string {
	act := "/A<</S/URI/URI" + literal(link.address) + ">>"
	if link.address == "" {
		act = "/Dest" + a.destination(a.names[link.to])
	}
	return fmt.Sprintf("<</Type/Annot/Subtype/Link/F 4/Border[0 0 0]/Rect[%s]/Contents%s/StructParent %d%s>>",
		numbers(link.area[:]...), text(link.contents), key, act)
}

// destination is a place that links and bookmarks lead to.
func (a *assembly) destination(at target) string {
	if at.page == nil {
		at.page = a.layout.pages[0]
	}
	return fmt.Sprintf("[%s/XYZ 0 %s 0]", ref(a.pages[at.page.index]), number(at.y+4))
}

// writeStructure writes the elements, and for each page and link which they belong to.
func (a *assembly) writeStructure(root int) {
	a.root.write(a.w, root, a)
	var tree strings.Builder
	for i, p := range a.layout.pages {
		fmt.Fprintf(&tree, "%d[", i)
		for _, e := range p.marked {
			tree.WriteString(ref(e.number) + " ")
		}
		tree.WriteString("]")
	}
	key := len(a.layout.pages)
	for _, p := range a.layout.pages {
		for _, link := range p.annotations {
			fmt.Fprintf(&tree, "%d %s ", key, ref(link.link.number))
			key++
		}
	}
	parents := a.w.add("<</Nums[" + tree.String() + "]>>")
	a.w.set(root, fmt.Sprintf("<</Type/StructTreeRoot/K %s/ParentTree %s/ParentTreeNextKey %d>>", ref(a.root.number), ref(parents), key))
}

// writeBookmarks writes the bookmarks, those of headings below that of their title, and
// returns how the catalogue leads to them.
func (a *assembly) writeBookmarks() string {
	if len(a.bookmarks) == 0 {
		return ""
	}
	root := a.w.reserve()
	numbers := make([]int, len(a.bookmarks))
	for i := range numbers {
		numbers[i] = a.w.reserve()
	}
	level := func(i int) int { return min(a.bookmarks[i].level, i) } // the first has nothing above it
	parent := root
	for i, b := range a.bookmarks {
		var links strings.Builder
		if level(i) == 0 {
			parent = root
		}
		fmt.Fprintf(&links, "/Parent %s", ref(parent))
		first, last := 0, 0
		count := 0
		for j := i + 1; level(i) == 0 && j < len(numbers) && level(j) > 0; j++ {
			first, last, count = numbers[i+1], numbers[j], count+1
		}
		if count > 0 {
			fmt.Fprintf(&links, "/First %s/Last %s/Count %d", ref(first), ref(last), count)
		}
		if j := i + 1 + count; j < len(numbers) && level(j) == level(i) {
			fmt.Fprintf(&links, "/Next %s", ref(numbers[j]))
		}
		for j := i - 1; j >= 0 && level(j) >= level(i); j-- {
			if level(j) == level(i) {
				fmt.Fprintf(&links, "/Prev %s", ref(numbers[j]))
				break
			}
		}
		a.w.set(numbers[i], fmt.Sprintf("<</Title%s/Dest%s%s>>", text(b.text), a.destination(b.at), links.String()))
		if level(i) == 0 {
			parent = numbers[i]
		}
	}
	lastTop := 0
	for i := range numbers {
		if level(i) == 0 {
			lastTop = i
		}
	}
	a.w.set(root, fmt.Sprintf("<</Type/Outlines/First %s/Last %s/Count %d>>", ref(numbers[0]), ref(numbers[lastTop]), len(numbers)))
	return "/Outlines " + ref(root) + "/PageMode/UseOutlines"
}

// metadata says title and language as programs other than readers look for them.
func (a *assembly) metadata() string {
	return `<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">` +
		`<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title><rdf:Alt><rdf:li xml:lang="x-default">` + escaped(a.doc.Title) +
		`</rdf:li></rdf:Alt></dc:title><dc:creator><rdf:Seq><rdf:li>` + escaped(a.doc.Author) + `</rdf:li></rdf:Seq></dc:creator><dc:language><rdf:Bag><rdf:li>` +
		escaped(a.doc.Voice.Language) + `</rdf:li></rdf:Bag></dc:language></rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="r"?>`
}

func escaped(value string) string {
	var b strings.Builder
	// A builder takes everything.
	_ = xml.EscapeText(&b, []byte(value))
	return b.String()
}
