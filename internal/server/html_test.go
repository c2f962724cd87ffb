package server_test

import (
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// part is one condition of a selector: a tag, a class, an id or an attribute.
var part = regexp.MustCompile(`^\w+|\.[\w-]+|#[\w-]+|\[[\w-]+(?:=[^\]]*)?\]`)

// all returns the elements below n that match a selector: steps from ancestor to
// descendant, such as "li.item a[rel=next]". Values must have no spaces.
func all(n *html.Node, selector string) []*html.Node {
	found := []*html.Node{n}
	for step := range strings.FieldsSeq(selector) {
		conditions := part.FindAllString(step, -1)
		var next []*html.Node
		for _, from := range found {
			for d := range from.Descendants() {
				if matches(d, conditions) && !slices.Contains(next, d) {
					next = append(next, d)
				}
			}
		}
		found = next
	}
	return found
}

func matches(n *html.Node, conditions []string) bool {
	return n.Type == html.ElementNode && !slices.ContainsFunc(conditions, func(c string) bool { return !meets(n, c) })
}

func meets(n *html.Node, condition string) bool {
	switch condition[0] {
	case '.':
		return slices.Contains(strings.Fields(attr(n, "class")), condition[1:])
	case '#':
		return attr(n, "id") == condition[1:]
	case '[':
		name, value, exact := strings.Cut(strings.Trim(condition, "[]"), "=")
		return has(n, name) && (!exact || attr(n, name) == value)
	}
	return n.Data == condition
}

// attr is the value of an attribute; empty if there is none.
func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func has(n *html.Node, name string) bool {
	return slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == name })
}

// text is the text of an element with single spaces.
func text(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// texts is the text of each element.
func texts(nodes []*html.Node) []string {
	var list []string
	for _, n := range nodes {
		list = append(list, text(n))
	}
	return list
}

// attrs is an attribute of each element.
func attrs(nodes []*html.Node, name string) []string {
	var list []string
	for _, n := range nodes {
		list = append(list, attr(n, name))
	}
	return list
}
