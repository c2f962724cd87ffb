package exchange

import (
	"encoding/json"
	"slices"
	"strings"
)

// part is a cell with a part of a field: in the column "texts.el.title", the field is
// texts and the path el.title.
type part struct {
	field, path, cell string
	line              int
}

// tree is a JSON object being built.
type tree map[string]json.RawMessage

// setParts merges the parts of each field and sets the field.
func (w *row) setParts(parts []part) {
	var done []string
	for _, p := range parts {
		if slices.Contains(done, p.field) {
			continue
		}
		done = append(done, p.field)
		own := slices.DeleteFunc(slices.Clone(parts), func(q part) bool { return q.field != p.field })
		if slices.Contains(placeColumns, p.field) {
			w.set(p.field, p.line, encode(places(own)))
		} else {
			w.set(p.field, p.line, object(own))
		}
		for _, q := range own {
			w.lines[q.field+"."+q.path] = q.line
		}
	}
}

// object nests parts by their paths and leaves out empty cells.
func object(parts []part) json.RawMessage {
	made := tree{}
	inner := map[string][]part{}
	for _, p := range parts {
		head, rest, nested := strings.Cut(p.path, ".")
		switch {
		case strings.TrimSpace(p.cell) == "":
		case nested:
			inner[head] = append(inner[head], part{head, rest, p.cell, p.line})
		default:
			made[head] = encode(p.cell)
		}
	}
	for head, parts := range inner {
		made[head] = object(parts)
	}
	return encode(made)
}

// places zips lists such as "Turin; Milan" and "45.07; 45.46" into places. A column
// without a path ("cities") holds the names.
func places(parts []part) []tree {
	var list []tree
	for _, p := range parts {
		name := p.path
		if name == "" {
			name = "name"
		}
		for i, entry := range entries(p.cell) {
			if entry == "" { // still counted: the third latitude belongs to the third name
				continue
			}
			for len(list) <= i {
				list = append(list, tree{})
			}
			list[i][name] = plainValue(name, encode(entry))
		}
	}
	return list
}
