package machine

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
)

// resource is a thing that is described: its address, what it is, and statements
// about it in their order.
type resource struct {
	id, class  string
	properties []property
}

// property is one kind of statement, by its prefixed name, with all its values.
type property struct {
	name   string
	values []value
}

// value is another resource, by its address, or a text with its language.
type value struct {
	ID       string `json:"@id,omitempty"`
	Text     string `json:"@value,omitempty"`
	Language string `json:"@language,omitempty"`
}

// add adds a value to a property.
func (r *resource) add(name string, v value) {
	for i := range r.properties {
		if r.properties[i].name == name {
			r.properties[i].values = append(r.properties[i].values, v)
			return
		}
	}
	r.properties = append(r.properties, property{name, []value{v}})
}

// prefixes are the vocabularies that descriptions use.
var prefixes = []struct{ Name, Space string }{
	{"dcat", "http://www.w3.org/ns/dcat#"},
	{"dct", "http://purl.org/dc/terms/"},
	{"foaf", "http://xmlns.com/foaf/0.1/"},
}

// writeTurtle writes resources as RDF 1.1 Turtle.
func writeTurtle(out io.Writer, resources []resource) error {
	var b strings.Builder
	for _, p := range prefixes {
		fmt.Fprintf(&b, "@prefix %s: <%s> .\n", p.Name, p.Space)
	}
	for _, r := range resources {
		fmt.Fprintf(&b, "\n<%s> a %s", r.id, r.class)
		for _, p := range r.properties {
			for i, v := range p.values {
				separator := ",\n        "
				if i == 0 {
					separator = ";\n    " + p.name + " "
				}
				b.WriteString(" " + separator + v.turtle())
			}
		}
		b.WriteString(" .\n")
	}
	_, err := io.WriteString(out, b.String())
	return err
}

// turtleEscapes are the characters that may not stand in a text of Turtle as they are.
var turtleEscapes = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`, "\r", `\r`)

func (v value) turtle() string {
	switch {
	case v.ID != "":
		return "<" + v.ID + ">"
	case v.Language != "":
		return `"` + turtleEscapes.Replace(v.Text) + `"@` + v.Language
	}
	return `"` + turtleEscapes.Replace(v.Text) + `"`
}

// writeJSONLD writes resources as JSON-LD 1.1, with nothing to fetch.
func writeJSONLD(out io.Writer, resources []resource) error {
	context := map[string]string{}
	for _, p := range prefixes {
		context[p.Name] = p.Space
	}
	return json.NewEncoder(out).Encode(struct {
		Context map[string]string `json:"@context"`
		Graph   []resource        `json:"@graph"`
	}{context, resources})
}

// MarshalJSON writes the resource as a node of JSON-LD.
func (r resource) MarshalJSON() ([]byte, error) {
	node := map[string]json.RawMessage{}
	put := func(name string, v any) error {
		text, err := json.Marshal(v)
		node[name] = text
		return err
	}
	if err := put("@id", r.id); err != nil {
		return nil, err
	}
	if err := put("@type", r.class); err != nil {
		return nil, err
	}
	for _, p := range r.properties {
		if err := put(p.name, p.values); err != nil {
			return nil, err
		}
	}
	return json.Marshal(node)
}
