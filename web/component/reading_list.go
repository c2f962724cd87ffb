package component

import (
	"maps"
	"net/url"
	"slices"
)

// field is a hidden field of a form.
type field struct{ Name, Value string }

// fields are the parameters of a query as fields of a form, always in the same order, so
// that a page is the same bytes each time.
func fields(query string) []field {
	values, _ := url.ParseQuery(query) // written by ourselves
	var list []field
	for _, name := range slices.Sorted(maps.Keys(values)) {
		for _, value := range values[name] {
			list = append(list, field{name, value})
		}
	}
	return list
}
