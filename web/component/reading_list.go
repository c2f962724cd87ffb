package component

import "net/url"

// field is a hidden field of a form.
type field struct{ Name, Value string }

// fields are the parameters of a query as fields of a form, in no order that matters.
func fields(query string) []field {
	values, _ := url.ParseQuery(query) // written by ourselves
	var list []field
	for name, some := range values {
		for _, value := range some {
			list = append(list, field{name, value})
		}
	}
	return list
}
